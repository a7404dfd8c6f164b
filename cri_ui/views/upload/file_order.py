"""The order in which files are loaded, what is loaded already, and what comes next."""

import pandas as pd
import streamlit as st

from cri_data.model.datasets import DATASETS, Dataset
from cri_data.model.roles import Viewer
from cri_ui.components import html_table, page
from cri_ui.session import session

# The files of an office. A new store already has topics and metrics.
FILES = ("agencies", "partners", "requests", "engagements", "outcomes")


def draw_order(viewer: Viewer) -> None:
    """Draw the order of files. It is open while one of them is not loaded yet."""
    stored = _stored(viewer)
    following = _next(stored)
    with st.expander(
        "Order of files", icon=":material/format_list_numbered:", expanded=bool(following)
    ):
        html_table.draw(_table(stored), "The order of files, and what is loaded already.")
        page.note(
            "A row can refer only to records that are already loaded, so load the files "
            "in this order. A new store already has the program's topics and metrics: "
            f"{stored['topics']:,} topics and {stored['metrics']:,} metrics are loaded."
        )
    if following:
        page.note(f"**Next:** load {following}.")


def draw_missing(viewer: Viewer, dataset_name: str) -> None:
    """Draw which files have to come before those of this dataset, if any is missing."""
    stored = _stored(viewer)
    missing = [name for name in _needed(DATASETS[dataset_name]) if not stored[name]]
    if missing:
        named = " and ".join(missing)
        st.info(
            f"{dataset_name.capitalize()} refer to {named}, and none are loaded yet. Load "
            f"{named} first.",
            icon=":material/low_priority:",
        )


def next_file(viewer: Viewer) -> str:
    """The first file in the order that is not loaded yet, or "" if all are."""
    return _next(_stored(viewer))


def _stored(viewer: Viewer) -> dict[str, int]:
    """The number of stored records by dataset."""
    found = session.fetch("datasets_list", viewer)
    return dict(zip(found["dataset"], map(int, found["rows_visible"]), strict=True))


def _next(stored: dict[str, int]) -> str:
    return next((name for name in FILES if not stored[name]), "")


def _needed(dataset: Dataset) -> list[str]:
    """The datasets that each row of this one must refer to."""
    return [
        column.refers_to
        for column in dataset.columns
        if column.required and column.refers_to
    ]


def _table(stored: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "File": [
                f"{number}. {name.capitalize()}" for number, name in enumerate(FILES, 1)
            ],
            "Refers to": [
                ", ".join(_needed(DATASETS[name])) or "nothing" for name in FILES
            ],
            "Loaded": [
                f"{stored[name]:,}" if stored[name] else "Not yet" for name in FILES
            ],
        }
    )
