"""File settings: how the file was read, its first rows, and corrections by hand."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from cri_data.reading import SEPARATORS, Dialect, FileRead, ReadOptions
from cri_ui.views.upload.state import drawn

_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "windows-1252": "Windows-1252 (Western)",
    "latin-1": "Latin-1",
    "mac-roman": "Mac Roman",
}
_QUOTES = {'"': 'double (")', "'": "single (')", "": "none"}
_ESCAPES = {'"': "doubled", "\\": "backslash"}
_ROWS = {"Heading rows": "header_rows", "Rows above the headings": "preamble_rows"}


# The settings that were changed by hand, by the hash of the file.
_CHOSEN = "_upload_read_options"


def chosen_options(sha256: str) -> ReadOptions:
    """The file settings that were changed by hand so far."""
    return st.session_state.get(_CHOSEN, {}).get(sha256, ReadOptions())


def _setting(name: str, sha256: str) -> str:
    """The key of a setting's widget, which shows what was chosen before."""
    key = f"read_{name}_{sha256[:12]}_{drawn()}"
    st.session_state.setdefault(key, getattr(chosen_options(sha256), name))
    return key


def _take(name: str, sha256: str, key: str) -> Callable[[], None]:
    def take() -> None:
        options = replace(chosen_options(sha256), **{name: st.session_state[key]})
        st.session_state.setdefault(_CHOSEN, {})[sha256] = options

    return take


def draw_reading(
    sha256: str, file: FileRead | None, sheets: tuple[str, ...], is_open: bool = True
) -> None:
    """Draw the detected file settings, which can be changed by hand.

    `file` is None if it could not be read without such a change.
    """
    with st.expander("File settings", expanded=is_open, icon=":material/manage_search:"):
        if file and file.shown:
            st.dataframe(
                _first_rows(file),
                hide_index=True,
                height="content",
                alt="The first rows of the file, by row number.",
            )
        with st.grid(3):
            _choices(sha256, file.dialect if file else None, sheets)


def _first_rows(file: FileRead) -> pd.DataFrame:
    width = max(len(cells) for _, cells in file.shown)
    rows = [[row, *cells, *[""] * (width - len(cells))] for row, cells in file.shown]
    return pd.DataFrame(rows, columns=["row", *(f"Cell {n + 1}" for n in range(width))])


def _choices(sha256: str, dialect: Dialect | None, sheets: tuple[str, ...]) -> None:
    if sheets:
        st.selectbox(
            "Sheet",
            list(sheets),
            index=None,
            placeholder=f"Found: {dialect.sheet}" if dialect else "Choose",
            key=(key := _setting("sheet", sha256)),
            on_change=_take("sheet", sha256, key),
        )
    else:
        for name, label, options in (
            ("encoding", "Encoding", _ENCODINGS),
            ("separator", "Separator", SEPARATORS),
            ("quote", "Quotation mark", _QUOTES),
            ("escape", "Quotation mark inside a quoted value", _ESCAPES),
        ):
            found = getattr(dialect, name, None)
            st.selectbox(
                label,
                list(options),
                index=None,
                format_func=options.__getitem__,
                placeholder=f"Found: {options.get(str(found), found)}"
                if dialect
                else "Choose",
                key=(key := _setting(name, sha256)),
                on_change=_take(name, sha256, key),
            )
    for label, name in _ROWS.items():
        st.number_input(
            label,
            min_value=0,
            max_value=1_000,
            value=None,
            step=1,
            placeholder=f"Found: {getattr(dialect, name)}" if dialect else "",
            key=(key := _setting(name, sha256)),
            on_change=_take(name, sha256, key),
        )
