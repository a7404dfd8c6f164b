"""The list of engagements beside the map, and what is chosen in it or on the map."""

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import DELIVERY_MODES, ENGAGEMENT_STATUSES
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.components import columns, drawings, page, row_picker
from cri_ui.components.text import INVISIBLE, LONGEST_NAME, count_of
from cri_ui.maps import layers
from cri_ui.session import session
from cri_ui.views import map_card
from cri_ui.views.map_look import Where

# Degrees of longitude of the places that are put together: far out, and near.
FAR, FAR_ON_PHONE, NEAR = 3.2, 5.0, 0.4

_COLUMNS = [
    *("agency_name", "city", "state", "topic_name", "status", "period_on"),
    *("lead_partner_name", "delivery_mode", "hours", "placed_by", "engagement_id"),
]

_SEEN = "map_seen"
# The chosen engagement in the address, so that a link shows its card.
_ADDRESS = "engagement"


@dataclass(frozen=True)
class Chosen:
    """What was chosen last: an engagement, and a place of several (a cell of the grid)."""

    engagement_id: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class Asked:
    """What the page asks for: filters, what colors mean, and the groups that are shown."""

    viewer: Viewer
    filters: Filters
    by: str
    groups: list[str] | None
    where: Where
    # The chosen step of the timeline, for downloads. Empty: all.
    step: str = ""

    def fetch(self, question: str, **values: object) -> pd.DataFrame:
        """The result of a question about what is shown."""
        return session.fetch(
            question,
            self.viewer,
            self.filters,
            colored_by=self.by,
            map_groups=self.groups,
            **values,
        )


def far_degrees() -> float:
    """How wide the places are that are put together far out."""
    return FAR_ON_PHONE if drawings.is_phone() else FAR


def clicked_on_map(key: str) -> tuple[str, str] | None:
    """What is selected on the map: its layer, and its ID or place."""
    event = st.session_state.get(key) or {}
    objects = event.get("selection", {}).get("objects", {})
    for name, field in (
        (layers.MARKS, "i"),
        (layers.CIRCLES, "p"),
        (layers.NEAR_CIRCLES, "p"),
    ):
        for one in objects.get(name) or ():
            if isinstance(one, dict) and isinstance(one.get(field), str):
                return name, one[field].removeprefix(INVISIBLE)
    return None


def _after_click(before: Chosen, clicked: tuple[str, str] | None) -> Chosen:
    if clicked is None:
        return Chosen()
    name, what = clicked
    if name == layers.MARKS:
        return replace(before, engagement_id=what)
    return Chosen(place=f"{NEAR if name == layers.NEAR_CIRCLES else far_degrees()} {what}")


def draw(asked: Asked, clicked: tuple[str, str] | None) -> Chosen:
    """Draw the list of what the filters and the place hold. Returns what is chosen now.

    The last choice counts, on the map or in the list.
    """
    seen_click, seen_row, chosen = st.session_state.get(_SEEN, (None, None, Chosen()))
    # A link, a saved view, or the way back leads to another one than was chosen last.
    named = st.query_params.get(_ADDRESS, "").strip()[:LONGEST_NAME]
    if named and named != chosen.engagement_id:
        chosen = Chosen(engagement_id=named)
    is_click = clicked != seen_click
    if is_click:
        chosen = _after_click(chosen, clicked)
    found, total = _rows(asked, chosen)
    _heading(asked, chosen, total)
    row = row_picker.chosen_row(
        found,
        _shown,
        "engagement_id",
        "engagement_rows",
        "Engagements, newest first.",
    )
    listed = None if row is None else str(found["engagement_id"].iloc[row])
    if listed != seen_row and not (is_click and listed is None):
        chosen = replace(chosen, engagement_id=listed)
    st.session_state[_SEEN] = (clicked, listed, chosen)
    if chosen.engagement_id is None:
        st.query_params.pop(_ADDRESS, None)
    elif chosen.engagement_id != st.query_params.get(_ADDRESS):
        st.query_params[_ADDRESS] = chosen.engagement_id
    return chosen


def _rows(asked: Asked, chosen: Chosen) -> tuple[pd.DataFrame, int]:
    limit = row_picker.FIRST_ROWS
    if st.session_state.get("more_engagements"):
        limit = row_picker.MOST_ROWS
    found = asked.fetch(
        "map_engagements_list", row_limit=limit, **_place_asked(asked, chosen)
    )
    return found, int(found["engagements_of_all"].iloc[0]) if len(found) else 0


def _place_asked(asked: Asked, chosen: Chosen) -> dict[str, object]:
    if chosen.place:
        degrees, place = chosen.place.split(" ", 1)
        return {"cell_degrees": float(degrees), "place": place}
    return {"place_state": asked.where.state, "agency_id": asked.where.agency_id}


def _heading(asked: Asked, chosen: Chosen, total: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        is_part = bool(chosen.place or asked.where.state or asked.where.agency_id)
        here = " here" if is_part else ""
        said = f"{count_of(total, 'engagement')}{here}"
        if total > row_picker.FIRST_ROWS:
            said += ", newest first"
        page.note(said)
        if chosen.place or chosen.engagement_id:
            st.button("Show all", key="map_all", type="tertiary", on_click=_forget)


def _forget() -> None:
    seen = st.session_state.get(_SEEN, (None, None, Chosen()))
    st.session_state[_SEEN] = (seen[0], seen[1], Chosen())
    st.query_params.pop(_ADDRESS, None)


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    return page.with_labels(
        columns.shown(found)[_COLUMNS],
        status=ENGAGEMENT_STATUSES.labels,
        delivery_mode=DELIVERY_MODES.labels,
        placed_by=map_card.PLACED_BY,
    )
