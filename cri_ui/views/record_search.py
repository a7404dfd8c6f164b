"""The search for a record, with its results as a list."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import ENGAGEMENT_STATUSES, REQUEST_STATUSES, STATES
from cri_data.model.datasets import AGENCIES, DATASETS, Column
from cri_data.records import MOST_FOUND, RecordError, found_records, record_cells
from cri_ui.components import columns, page, row_picker
from cri_ui.components.text import LONGEST_NAME, plain_markdown
from cri_ui.session import session
from cri_ui.views.agency_search import found_agencies

# By what the records of a dataset are found, and by what else.
_BY = {"agencies": "name, city, state, or ID"}
_FOUND_BY = {
    "requests": "Or by the name of the agency, or words of the summary.",
    "engagements": "Or by the name of the agency, the lead partner, or the site.",
    "outcomes": "Or by the name of the agency or the metric.",
}


def find(
    dataset: str, what: str = "record", but: str | None = None, key: str | None = None
) -> str | None:
    """Draw the search and its results as a list. Returns the chosen record's ID, if any.

    `what` is what the record is called, and `but` an ID that is not in the list.
    """
    key = key or f"records_{dataset}_{what}"
    text = st.text_input(
        f"Find the {what} by {_BY.get(dataset, 'ID or name')}",
        key=f"{key}_text",
        placeholder="Enter all or part of it",
        help=_FOUND_BY.get(dataset),
    ).strip()
    if not text:
        return None
    found, is_alike = _found(dataset, text, but)
    if found.empty:
        st.info(
            f"No {what} has all of these words in its {_BY.get(dataset, 'ID or name')}. "
            "Try fewer words, or part of one.",
            icon=":material/search_off:",
        )
        return None
    id_column = DATASETS[dataset].key
    if is_alike:
        page.note("No agency has all of these words. These have similar names.")
    elif len(found) == MOST_FOUND:
        page.note(f"The first {MOST_FOUND} matches. Type more to narrow the list.")
    place = row_picker.chosen_row(
        *(found, _with_labels, id_column, f"{key}_found"),
        f"{dataset.capitalize()} found.",
        "choose a row",
    )
    if place is None and len(found) == 1 and not is_alike:
        # The only match needs no choice.
        place = 0
    return None if place is None else str(found[id_column].iloc[place])


def _found(dataset: str, text: str, but: str | None) -> tuple[pd.DataFrame, bool]:
    """The records found, and whether their names are only like the text."""
    if dataset == AGENCIES.name:
        of_agencies = found_agencies(session.viewer(), text)
        found, is_alike = of_agencies.agencies, of_agencies.is_alike
    else:
        found, is_alike = found_records(session.store(), dataset, text), False
    is_other = found[DATASETS[dataset].key] != but
    return found[is_other].reset_index(drop=True), is_alike


def _with_labels(found: pd.DataFrame) -> pd.DataFrame:
    """The records with labels instead of codes."""
    known = {
        column.name: column.codes.labels
        for dataset in DATASETS.values()
        for column in dataset.columns
        if column.codes and column.name in found and column.codes is not STATES
    }
    statuses = {"requests": REQUEST_STATUSES, "engagements": ENGAGEMENT_STATUSES}
    for name, codes in statuses.items():
        if DATASETS[name].key == found.columns[0]:
            known["status"] = codes.labels
    return page.with_labels(found, **known)


def refers_to_agency(column: Column) -> bool:
    """Whether cells of this column are IDs of agencies, which are searched for."""
    return column.refers_to == AGENCIES.name


def agency_in_words(agency_id: str) -> str:
    """Name, place, and ID of an agency as Markdown. Only the ID of one not stored."""
    try:
        cells = record_cells(session.store(), AGENCIES.name, agency_id)
    except RecordError:
        return plain_markdown(agency_id[:LONGEST_NAME])
    place = ", ".join(filter(None, (cells["city"], cells["state"])))
    return plain_markdown(f"{cells['agency_name']} ({place}; {agency_id})")


def draw_agency(column: Column, begins: str, key: str) -> str:
    """Draw the agency of a record, and the search for another one. Returns its ID now.

    `begins` is the ID at first, or "".
    """
    label = columns.label(column.name).removesuffix(" (ORI)")
    place = st.empty()
    with st.expander(
        "Change the agency" if begins else "Choose the agency", icon=":material/search:"
    ):
        chosen = find(AGENCIES.name, "agency", begins, key) or begins
    now = agency_in_words(chosen) if chosen else "Not known"
    place.markdown(f"{plain_markdown(label)}: **{now}**")
    return chosen
