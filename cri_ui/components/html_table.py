"""Tables of a few rows as HTML: every screen reader knows them, and they can be copied.

Where one does not fit, it is moved sideways, with a finger or the arrow keys:
`st.table` has a box for that which no keyboard reaches.
"""

import html
import re

import pandas as pd
import streamlit as st

from cri_ui.components.text import UNKNOWN

# What a column of numbers has in its cells, and what stands there instead of one.
_NUMBER = re.compile(r"[-+]?[\d,]+(\.\d+)?( ?%)?")
_NO_NUMBER = re.compile(rf"{UNKNOWN}||hidden|n < \d+")


def draw(table: pd.DataFrame, alt: str) -> None:
    """Draw a table of text, a row for a row; `alt` says what it is."""
    st.html(as_html(table, alt))


def as_html(table: pd.DataFrame, alt: str) -> str:
    """A table of text, a row for a row; `alt` says what it is.

    Columns of numbers stand at the right. A cell can have lines: the first one of
    them is its headline. Nothing in a cell means anything to a browser.
    """
    texts = {str(name): [str(cell) for cell in table[name]] for name in table.columns}
    kinds = [_kind(cells) for cells in texts.values()]
    heads = "".join(
        f'<th scope="col"{kind}>{html.escape(name)}</th>'
        for name, kind in zip(texts, kinds, strict=True)
    )
    rows = "".join(
        f"<tr>{_row(cells, kinds)}</tr>" for cells in zip(*texts.values(), strict=True)
    )
    return _region(f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>", alt)


def draw_pairs(pairs: dict[str, str], alt: str) -> None:
    """Draw values under their names, a row for each; `alt` says what they are."""
    rows = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td>{html.escape(text)}</td></tr>'
        for name, text in pairs.items()
    )
    st.html(_region(f"<tbody>{rows}</tbody>", alt))


def _row(cells: tuple[str, ...], kinds: list[str]) -> str:
    return "".join(
        f"<td{kind}>{html.escape(cell)}</td>"
        for cell, kind in zip(cells, kinds, strict=True)
    )


def _kind(cells: list[str]) -> str:
    """The class of a column's cells, as an attribute."""
    if any("\n" in cell for cell in cells):
        return ' class="lines"'
    numbers = [cell for cell in cells if not _NO_NUMBER.fullmatch(cell)]
    if numbers and all(map(_NUMBER.fullmatch, numbers)):
        return ' class="number"'
    return ""


def _region(inside: str, alt: str) -> str:
    return (
        f'<div class="table" role="region" aria-label="{html.escape(alt)}" tabindex="0">'
        f"<table>{inside}</table></div>"
    )
