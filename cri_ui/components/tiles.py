"""Tiles: a number each, with what it is made of and how it changed.

They are HTML, drawn by a browser in a few milliseconds. Colors are in static/frame.css.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from cri_ui.components.masks import mask, stroke, through

# How a change reads: what it means, before its number.
_ARROWS = {"up": "▲", "down": "▼", "": ""}


@dataclass(frozen=True)
class Change:
    """How a number changed from a period.

    `direction` is "up" or "down" where the change is more than chance, else "".
    `tone` is "good" or "bad" where that is known of a clear change, else "".
    """

    period: str
    text: str
    direction: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Course:
    """A number month by month: a line without a scale, and what it says in words."""

    values: tuple[float, ...]
    said: str


@dataclass(frozen=True)
class Tile:
    """One number. `remark` says what it is made of; `link` leads behind it."""

    label: str
    value: str
    definition: str
    remark: str = ""
    changes: tuple[Change, ...] = ()
    link: str = ""
    course: Course | None = None


def draw(tiles: Sequence[Tile], alt: str) -> None:
    """Draw the tiles in rows; `alt` says what they are."""
    items = "".join(f"<li>{_inside(tile)}</li>" for tile in tiles)
    st.html(f'<ul class="tiles" aria-label="{html.escape(alt)}">{items}</ul>')


def _inside(tile: Tile) -> str:
    label = html.escape(tile.label)
    if tile.link:
        label = f'<a href="{html.escape(tile.link)}">{label}</a>'
    remark = f"<p>{html.escape(tile.remark)}</p>" if tile.remark else ""
    changes = "".join(map(_change, tile.changes))
    return (
        "<details><summary>"
        f'<span class="sr">About {html.escape(tile.label)}</span></summary>'
        f"<p>{html.escape(tile.definition)}</p></details>"
        f'<p class="label">{label}</p>'
        f"<strong>{html.escape(tile.value)}</strong>{remark}"
        f"{changes}{_course(tile.course)}"
    )


def _course(course: Course | None) -> str:
    known = [value for value in course.values if pd.notna(value)] if course else []
    if course is None or len(known) < 2:
        return ""
    # Room for the line's own width at its highest and lowest.
    room = (max(known) - min(known)) * 0.08
    drawn = stroke(through(course.values, min(known) - room, max(known) + room), 1.5)
    said = html.escape(course.said)
    return (
        f'<i class="course" role="img" aria-label="{said}" title="{said}" '
        f'style="{mask(drawn, len(course.values), 100)}"></i>'
    )


def _change(change: Change) -> str:
    kind = " ".join(filter(None, (change.direction, change.tone)))
    arrow = _ARROWS[change.direction]
    shown = f'<span aria-hidden="true">{arrow}</span> ' if arrow else ""
    return (
        f'<p class="change"><span>{html.escape(change.period)}</span> '
        f'<span class="{kind}">{shown}{html.escape(change.text)}</span></p>'
    )
