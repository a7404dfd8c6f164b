"""The description of the data, generated from its schema."""

from functools import partial

import pandas as pd
import streamlit as st

from cri_data.export.dataset_csv import counted_dataset_csv
from cri_data.importing.mapping.templates import GUIDE_HEADS, guide_rows
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.model.roles import Permission, Viewer
from cri_data.store.store import Store
from cri_ui.components import downloads, page
from cri_ui.components.text import day, plain_markdown
from cri_ui.session import session
from cri_ui.views import outcomes
from cri_ui.views.overview import BY_PARTNER, HEADLINES

RULES = (
    (
        "Request",
        "Counts once in every total, and once under each topic it names: the "
        "rows of a topic table add up to more than its total.",
    ),
    ("Requests, engagements, agencies", "Are different units and are never added up."),
    (
        "Period",
        "Applies to the day a request was received, the day an engagement "
        "started (else its planned start), the day of an outcome's follow-up (else of its "
        "baseline).",
    ),
    ("Fiscal year", "October to September: FY2018 is October 2017 to September 2018."),
    ("Small agency", "Under 50 sworn officers, the program's own cut."),
    (
        "Region",
        "The Census Bureau's four regions and nine divisions; the territories "
        "stand beside them, because the Census puts them in none.",
    ),
    ("Reach", "Agencies with at least one request, of all agencies of that kind."),
    (
        "Per 1,000 agencies",
        "Requests, divided by all agencies of that kind, times 1,000.",
    ),
    (
        "Without partner",
        "Accepted, assigned or in delivery, with no engagement that is not cancelled.",
    ),
    (
        "Open",
        "Not completed, declined or withdrawn. An open request ages until the as-of date.",
    ),
    ("Who answers", BY_PARTNER),
    (
        "Lead partners",
        "Of a request: the partners that lead its engagements, cancelled ones left out.",
    ),
    ("Share improved", outcomes.IMPROVED),
    ("Mean change", outcomes.CHANGE),
    ("Not known", "A dash. It is never counted as zero."),
)


def freshness(datasets: pd.DataFrame) -> None:
    """Draw how many rows there are of what, and how new they are."""
    st.header("What is in the store")
    known = session.info()
    words = f"As of {day(known.as_of_on)}."
    # Others' uploads count it up: not for a partner to watch.
    if session.viewer().may(Permission.VIEW_DEMAND):
        words += f" Version {known.data_version} of the data."
    page.note(words)
    page.grid(datasets, "Rows of each dataset, the newest date, the last upload.")


def tables(viewer: Viewer) -> None:
    """Draw each dataset with its columns, and its file to take away."""
    st.header("Tables and columns")
    names = [dataset.name.capitalize() for dataset in DATASETS.values()]
    for tab, dataset in zip(st.tabs(names), DATASETS.values(), strict=True):
        with tab:
            st.markdown(
                f"One row per {dataset.row_is}. {dataset.meaning} Key: `{dataset.key}`."
            )
            st.table(
                described(dataset),
                hide_index=True,
                alt=f"Columns of {dataset.name}: {', '.join(GUIDE_HEADS).lower()}.",
            )
            if viewer.may(Permission.UPLOAD):
                downloads.button(
                    f"Download all {dataset.name} as CSV",
                    downloads.Export(
                        f"all {dataset.name}", partial(_all_of, session.store(), dataset)
                    ),
                    file_name=f"{dataset.name}.csv",
                    key=f"dataset_{dataset.name}",
                )


def _all_of(store: Store, dataset: Dataset) -> downloads.Taken:
    content, rows = counted_dataset_csv(store, dataset)
    return downloads.Taken(content, rows)


def described(dataset: Dataset) -> pd.DataFrame:
    """The columns of a dataset in words, as in the guide of its template."""
    rows = [
        (f"`{name}`", required, *map(plain_markdown, words))
        for name, required, *words in guide_rows(dataset)
    ]
    return pd.DataFrame(rows, columns=list(GUIDE_HEADS))


def definitions() -> None:
    """Draw how the numbers are counted."""
    st.header("How the numbers are counted")
    named = [(headline.label, headline.definition) for headline in HEADLINES.values()]
    st.table(
        pd.DataFrame([*RULES, *named], columns=["Term", "Meaning"]),
        hide_index=True,
        alt="Definitions: each term and what it means.",
    )
