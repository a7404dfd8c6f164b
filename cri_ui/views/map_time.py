"""The map's timeline: fiscal years or quarters to step through, with the count of each."""

import html
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_data.store.rows import table_rows
from cri_ui.components import link_values
from cri_ui.components.switch import switch
from cri_ui.session import session

YEAR, BY = "map_step", "steps"
ALL = "All years"
_KINDS = {"year": "Years", "quarter": "Quarters"}

# Seconds that each step stands while it plays.
_EACH = 1.6
_PLAYS, _NEXT = "map_plays", "map_next_step"


@dataclass(frozen=True)
class Step:
    """The chosen step of the timeline, with its days; or all."""

    name: str = ALL
    first_on: date | None = None
    last_on: date | None = None

    def filters(self, filters: Filters) -> Filters:
        """These filters, narrowed to the days of the step."""
        if self.first_on is None or self.last_on is None:
            return filters
        first = max(filters.date_from or self.first_on, self.first_on)
        last = min(filters.date_to or self.last_on, self.last_on)
        return replace(filters, date_from=first, date_to=last)


def draw(
    viewer: Viewer, filters: Filters, colored_by: str, chosen: list[str] | None
) -> Step:
    """Draw the timeline: a bar for each step, the slider, and play. Returns the step."""
    room = st.container(horizontal=True, vertical_alignment="bottom", key="map_time")
    with room:
        plays = _play_button()
        with st.container(key="map_steps", gap=None):
            bars, slider = st.empty(), st.container()
        kind = switch("Steps", _KINDS, BY)
    steps = session.fetch(
        "engagements_by_step",
        viewer,
        filters,
        step_kind=kind,
        colored_by=colored_by,
        map_groups=chosen,
    )
    if len(steps) < 2:
        return Step()
    names = [ALL, *steps["step"]]
    _take_next(names)
    link_values.take_choices(YEAR, "step", {name: name for name in names})
    with slider:
        name = st.select_slider(
            "Begun, or planned to begin, in", names, key=YEAR, bind="query-params"
        )
    name = name if name in names else ALL
    bars.html(_bars(steps, name))
    if plays:
        _tick(names, name)
    return _step_named(steps, name)


def _step_named(steps: pd.DataFrame, name: str) -> Step:
    found = steps[steps["step"] == name]
    if found.empty:
        return Step()
    row = found.iloc[0]
    days = pd.Timestamp(row.step_from_on).date(), pd.Timestamp(row.step_to_on).date()
    return Step(name, *days)


def _play_button() -> bool:
    plays = bool(st.session_state.get(_PLAYS))
    st.button(
        "Pause" if plays else "Play",
        icon=":material/pause:" if plays else ":material/play_arrow:",
        key="map_play",
        on_click=_toggle,
        help="Shows one step after the other.",
    )
    return plays


def _toggle() -> None:
    st.session_state[_PLAYS] = not st.session_state.get(_PLAYS)


def _take_next(names: list[str]) -> None:
    """Move the slider to the step that is due while it plays; never to one that is gone."""
    due = st.session_state.pop(_NEXT, None)
    if due in names:
        st.session_state[YEAR] = due
    elif st.session_state.get(YEAR, ALL) not in names:
        st.session_state[YEAR] = ALL


def _tick(names: list[str], name: str) -> None:
    """Go on to the next step after a while; stop after the last one."""

    @st.fragment(run_every=_EACH)
    def wait() -> None:
        # The first run is this one.
        if not st.session_state.get("map_ticks"):
            st.session_state["map_ticks"] = name
            return
        if st.session_state["map_ticks"] != name:
            st.session_state["map_ticks"] = name
            return
        at = names.index(name) + 1
        if at >= len(names):
            st.session_state[_PLAYS] = False
        else:
            st.session_state[_NEXT] = names[at]
        st.session_state["map_ticks"] = ""
        st.rerun(scope="app")

    wait()


def _bars(steps: pd.DataFrame, chosen: str) -> str:
    """A light bar per step above the slider, the chosen one strong, each with its count."""
    most = max(int(steps["points"].max()), 1)
    bars = []
    for row in table_rows(steps):
        told = f"{row.step}: {int(row.engagements):,}"
        if row.engagements_cancelled:
            told += f", plus {int(row.engagements_cancelled):,} canceled"
        is_on = ' class="on"' if row.step == chosen else ""
        bars.append(
            f'<li{is_on} title="{html.escape(told)}"><span>{int(row.engagements):,}</span>'
            f'<i style="height:{row.points / most:.1%}"></i></li>'
        )
    few = "" if len(bars) <= 14 else " many"
    return (
        f'<ol class="steps{few}" aria-label="Engagements by step, first to last">'
        f"<li></li>{''.join(bars)}</ol>"
    )
