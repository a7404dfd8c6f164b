"""Agencies of a file that are not known, and the choice of the stored agency."""

from collections.abc import Callable

import pyarrow as pa
import streamlit as st

from cri_data.importing.matching.aliases import remember_names
from cri_data.importing.matching.match import UnknownRecord
from cri_data.importing.service import ImportResult
from cri_data.importing.validation.agency_ids import UnknownAgency
from cri_data.importing.validation.agency_repairs import with_agencies
from cri_data.model.datasets import AGENCIES
from cri_data.store.store import StoreError
from cri_ui.components import page
from cri_ui.components.text import LONGEST_NAME, count_of, plain_markdown
from cri_ui.session import session
from cri_ui.views import record_search
from cri_ui.views.upload.state import Decided

# Most agencies to choose at a time; those with the most rows come first.
_AGENCIES = 40

# The agency of the file that is searched for now.
_SEARCHED = "_upload_agency_searched"


def draw_agencies(decided: Decided, looked: ImportResult) -> None:
    """Draw the choice of a stored agency for each one that is not known."""
    unknown = looked.checked.unknown_agencies
    if not unknown:
        return
    text = "**Agencies to choose.** Choose the stored agency that each one is."
    if any(agency.is_confirmed_by_name for agency in unknown):
        text += (
            " Your choice for a name in place of an ID is saved right away, applies to "
            "later files, and is in the audit log."
        )
    st.markdown(text)
    # Where the key stands, labels of buttons wrap (static/frame.css).
    with st.container(key="agencies_to_choose"):
        for agency in unknown[:_AGENCIES]:
            _agency(decided, looked, agency)
    if len(unknown) > _AGENCIES:
        page.note(f"The first {_AGENCIES} of {len(unknown):,} agencies.")


def _agency(decided: Decided, looked: ImportResult, agency: UnknownAgency) -> None:
    # The row, because several can have the same text.
    key = f"agency_{decided.fix_key}_{agency.rows[0]}_{agency.given}_{agency.name}"
    with st.container(border=True):
        st.markdown(_in_words(agency))
        with st.container(horizontal=True):
            for meant in agency.meant:
                st.button(
                    plain_markdown(meant),
                    icon=":material/check:",
                    help=f"{plain_markdown(meant.reason).capitalize()}.",
                    key=f"{key}_{meant.agency_id}",
                    on_click=_take(decided, looked, agency, meant.agency_id),
                )
            is_searched = st.session_state.get(_SEARCHED) == key
            st.button(
                "Close the search" if is_searched else "Find the agency",
                icon=":material/close:" if is_searched else ":material/search:",
                type="tertiary",
                key=f"{key}_search",
                on_click=_search,
                args=("" if is_searched else key,),
            )
        if is_searched:
            _draw_search(decided, looked, agency, key)


def _in_words(agency: UnknownAgency) -> str:
    """What the file says of an agency, and in how many rows, as Markdown."""
    place = ", ".join(filter(None, (agency.city, agency.state)))
    if not agency.name:
        said = f"**{_short(agency.given)}**" if agency.given else "**Blank agency ID**"
    elif agency.given and agency.given != agency.name:
        said = f"**{_short(agency.name)}** (ID {_short(agency.given)} is not known)"
    elif agency.given:
        said = f"**{_short(agency.name)}**"
    else:
        said = f"**{_short(agency.name)}** (ID is blank)"
    return " · ".join(
        filter(None, (said, _short(place), count_of(len(agency.rows), "row")))
    )


def _short(text: str) -> str:
    return plain_markdown(text[:LONGEST_NAME])


def _search(key: str) -> None:
    st.session_state[_SEARCHED] = key


def _draw_search(
    decided: Decided, looked: ImportResult, agency: UnknownAgency, key: str
) -> None:
    found = record_search.find(AGENCIES.name, "agency", key=f"{key}_find")
    if found:
        st.button(
            f"Use {record_search.agency_in_words(found)}",
            type="primary",
            icon=":material/check:",
            key=f"{key}_use",
            on_click=_take(decided, looked, agency, found),
        )


def _take(
    decided: Decided, looked: ImportResult, agency: UnknownAgency, agency_id: str
) -> Callable[[], None]:
    def take() -> None:
        _search("")
        if agency.is_confirmed_by_name:
            _remember(agency, agency_id)
        else:
            chosen = [(agency, agency_id)]
            decided.change(with_agencies(looked.prepared, decided.recipe, chosen))

    return take


def _remember(agency: UnknownAgency, agency_id: str) -> None:
    """Save which agency the name means, for later files, too."""
    confirmed = pa.table(
        {
            "name": pa.array([agency.name]),
            "state": pa.array([agency.state or None], pa.string()),
            "city": pa.array([agency.city or None], pa.string()),
            "record_id": pa.array([agency_id]),
        }
    )
    try:
        remember_names(session.store(), AGENCIES.name, confirmed, session.who())
    except (UnknownRecord, StoreError) as error:
        st.error(plain_markdown(error), icon=":material/error:")
