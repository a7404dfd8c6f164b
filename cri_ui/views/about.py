"""About page: the datasets, their columns, and the definitions of the numbers."""

from functools import partial

import pandas as pd
import streamlit as st

from cri_data.export.dataset_csv import counted_dataset_csv
from cri_data.importing.mapping.templates import GUIDE_HEADS, guide_rows
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.model.roles import Permission, Viewer
from cri_data.store.store import Store
from cri_ui.components import downloads, html_table, page
from cri_ui.components.text import day
from cri_ui.session import session
from cri_ui.views import outcomes, timeliness_words, unserved
from cri_ui.views.agency_peers import PEERS
from cri_ui.views.demand_changes import CHANGES
from cri_ui.views.demand_delivery import DELIVERED
from cri_ui.views.demand_groups import INDEX, PER_AGENCIES
from cri_ui.views.demand_states import FUNNEL, SMOOTHED
from cri_ui.views.headlines import HEADLINES
from cri_ui.views.overview import BY_PARTNER
from cri_ui.views.reach import CONCENTRATION, KINDS, REACH

RULES = (
    (
        "Request",
        "Counts once in every total and once under each topic it names, so the rows of "
        "a table by topic add up to more than the total.",
    ),
    ("Requests, engagements, agencies", "Different units. They are never added together."),
    (
        "Period",
        "Applies to the date a request was received, the date an engagement started (or "
        "its planned start), and the date of an outcome's follow-up (or its baseline).",
    ),
    ("Fiscal year", "October to September. FY2018 is October 2017 to September 2018."),
    ("Small agency", "Under 50 sworn officers (program definition)."),
    (
        "Region",
        "The Census Bureau's four regions and nine divisions. The territories are "
        "separate, because they are in no Census region.",
    ),
    (
        "Agencies with requests (share)",
        "Agencies with at least one request, as a share of all agencies in that group.",
    ),
    ("Reach", REACH),
    ("Small, tribal, and campus agencies", KINDS),
    ("Agencies not served", unserved.DEFINITION),
    ("Concentration of requests", CONCENTRATION),
    (
        "Requests per 1,000 agencies",
        "Requests divided by all agencies in that group, times 1,000.",
    ),
    ("Requests per 1,000 agencies per year", PER_AGENCIES),
    ("Index (100 = national rate)", INDEX),
    ("Smoothed rate", SMOOTHED),
    ("Funnel plot", FUNNEL),
    ("Rising and falling topics", CHANGES),
    ("Requested and delivered", DELIVERED),
    (
        "Without partner",
        "Accepted, assigned, or in delivery, with no engagement except canceled ones.",
    ),
    (
        "Open",
        "Not completed, declined, or withdrawn. Days open count to the as-of date.",
    ),
    ("Engagements by partner", BY_PARTNER),
    (
        "Lead partners",
        "Partners that lead a request's engagements. Canceled engagements don't count.",
    ),
    ("Peers of an agency", PEERS),
    ("Outcomes improved, same, worse", outcomes.SHARES),
    ("Typical change", outcomes.CHANGE),
    ("Outcomes by group", outcomes.GROUPED),
    ("Where they began", outcomes.BEGAN),
    (
        "Awaiting a follow-up",
        "Outcomes with a baseline and no follow-up. Overdue: more than 180 days after the "
        "end of an engagement that is not canceled. Outcomes of canceled engagements "
        "count in all other numbers of outcomes.",
    ),
    (
        "No status",
        "A request without a status is open unless it has a date of closing. While open, "
        "it needs a decision.",
    ),
    (
        "Open on a past date",
        "The status says whether a request is open as of the as-of date, and the date of "
        "closing since when it is not. A closed request without that date counts as "
        "closed all along.",
    ),
    (
        "Days of waiting (attention)",
        "Since the step before. If its date is not known, since the last known date "
        "before it.",
    ),
    (
        "Place of an engagement",
        "Its own coordinates; if unknown, those of the agency, then of the agency's ZIP.",
    ),
    *timeliness_words.TERMS,
    ("Not reported", "Shown as a dash (–). Never counted as zero."),
)


def freshness(datasets: pd.DataFrame) -> None:
    """Draw the number of rows in each dataset, and when it was updated."""
    st.header("Data in the store")
    known = session.info()
    words = f"As of {day(known.as_of_on)}."
    # The version grows with others' uploads, which partners must not see.
    if session.viewer().may(Permission.VIEW_DEMAND):
        words += f" Data version {known.data_version}."
    page.note(words)
    page.grid(datasets, "Rows in each dataset, newest date, and last upload.")


def tables(viewer: Viewer) -> None:
    """Draw each dataset with its columns and its download."""
    st.header("Datasets and columns")
    names = [dataset.name.capitalize() for dataset in DATASETS.values()]
    for tab, dataset in zip(st.tabs(names), DATASETS.values(), strict=True):
        with tab:
            st.markdown(
                f"One row per {dataset.row_is}. {dataset.meaning} Key: `{dataset.key}`."
            )
            html_table.draw(
                described(dataset),
                f"Columns of {dataset.name}: {', '.join(GUIDE_HEADS).lower()}.",
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
    """The columns of a dataset, described as in its template's guide."""
    return pd.DataFrame(guide_rows(dataset), columns=list(GUIDE_HEADS))


def definitions() -> None:
    """Draw the definitions of terms and numbers."""
    st.header("How numbers are counted")
    named = [(headline.label, headline.definition) for headline in HEADLINES.values()]
    html_table.draw(
        pd.DataFrame([*RULES, *named], columns=["Term", "Definition"]),
        "Definitions of terms and numbers.",
    )
