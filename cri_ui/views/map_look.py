"""How the engagement map is looked at: layer, colors, and place, kept in its address."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from cri_data.model.filters import Filters
from cri_data.model.roles import Permission, Viewer
from cri_ui.components import link_values
from cri_ui.components.switch import switch
from cri_ui.components.text import plain_markdown
from cri_ui.maps import marks
from cri_ui.maps.palette import COLORED_BY, REST, TOPICS_IN_WORDS, Group, groups
from cri_ui.maps.viewport import Place, place_near, place_of_state, whole_map
from cri_ui.session import session

ENGAGEMENTS, WAITING, PUBLISHED = "engagements", "waiting", "published"
REACH, COVERAGE, NETWORK = "reach", "coverage", "network"

_LAYERS: dict[str, tuple[str, Callable[[Viewer], bool]]] = {
    ENGAGEMENTS: ("Engagements", lambda _: True),
    WAITING: ("Waiting requests", lambda viewer: viewer.may(Permission.VIEW_DEMAND)),
    PUBLISHED: ("Published demand", lambda viewer: not viewer.may(Permission.VIEW_DEMAND)),
    REACH: ("Agencies served", lambda viewer: viewer.may(Permission.VIEW_REACH)),
    COVERAGE: ("Partner coverage", lambda _: True),
    NETWORK: ("Partner network", lambda _: True),
}

PLACE, FIND, COLOR = "place", "find", "color"
WHOLE_MAP = "Whole map"
FIRST_COLOR = next(iter(COLORED_BY))
_MOST_FOUND = 6


@dataclass(frozen=True)
class Where:
    """The place that is looked at: a state, or an agency, or neither."""

    state: str | None = None
    agency_id: str | None = None
    spot: tuple[str, float, float] | None = None


def place_of(where: Where) -> Place:
    """Where the map is sent for a place."""
    if where.spot:
        return place_near(*where.spot)
    return (place_of_state(where.state) if where.state else None) or whole_map()


def layer_of(viewer: Viewer) -> str:
    """Draw the switch of layers. Returns the chosen one."""
    open_to = {name: said for name, (said, may) in _LAYERS.items() if may(viewer)}
    return switch("Show on the map", open_to, "layer")


def colored_by() -> str:
    """Draw the choice of what colors mean. Returns it."""
    link_values.take_choices(COLOR, "color", COLORED_BY)
    chosen = st.selectbox(
        "Color by",
        list(COLORED_BY),
        format_func=lambda name: COLORED_BY.get(name, name),
        key=COLOR,
        bind="query-params",
        help="At most five colors, each with a shape, and gray for the rest. "
        + TOPICS_IN_WORDS,
    )
    return chosen if chosen in COLORED_BY else FIRST_COLOR


def where(viewer: Viewer) -> Where:
    """Draw the choice of a state and the search for an agency. Returns the place."""
    state, agency = _state(viewer), _agency(viewer)
    if agency is not None:
        spot = (str(agency.state), float(agency.longitude), float(agency.latitude))
        known = pd.notna(agency.longitude) and pd.notna(agency.latitude)
        return Where(agency_id=str(agency.agency_id), spot=spot if known else None)
    return Where(state=state)


def _state(viewer: Viewer) -> str | None:
    rows = session.fetch("states_options", viewer)
    names = session.made_of(
        rows,
        "states of the map",
        lambda: dict(zip(rows["state"], rows["state_name"], strict=True)),
    )
    link_values.take_choices(PLACE, "place", {WHOLE_MAP: WHOLE_MAP, **names})
    chosen = st.selectbox(
        "Go to",
        [WHOLE_MAP, *names],
        format_func=lambda code: names.get(code, code),
        key=PLACE,
        bind="query-params",
        help="Moves the map to a state or territory and lists what is there. A filter "
        "takes away the rest; this does not.",
    )
    return chosen if chosen in names else None


def _agency(viewer: Viewer) -> pd.Series | None:
    text = st.text_input(
        "Find an agency or city",
        key=FIND,
        bind="query-params",
        placeholder="Name, city, or ORI",
        max_chars=80,
        icon=":material/search:",
    )
    if not text or not text.strip():
        return None
    found = session.fetch("map_places_found_list", viewer, text=text, row_limit=_MOST_FOUND)
    if found.empty:
        st.markdown(":small[No agency with engagements found.]")
        return None
    at = 0
    if len(found) > 1:
        lines = [_agency_line(found.iloc[number]) for number in range(len(found))]
        at = st.selectbox(
            f"Found {len(found)}",
            range(len(found)),
            format_func=lambda number: lines[number],
            key=f"map_found_{text}",
        )
    return found.iloc[at if at in range(len(found)) else 0]


def _agency_line(agency: pd.Series) -> str:
    known = (agency.agency_name, agency.city, agency.state)
    return ", ".join(str(one) for one in known if pd.notna(one))


def groups_of(counts: pd.DataFrame, by: str, is_dark: bool) -> list[Group]:
    """The groups of the legend. Partners with a color have their names in the counts."""
    named = counts.dropna(subset=["partner_order"])
    partners = dict(zip(named["map_group"], named["partner_name"].astype(str), strict=True))
    known = set(counts["map_group"])
    # The rest is named only if there is any.
    found = groups(by, partners, is_dark)
    return [one for one in found if one.shape != REST or one.code in known]


def legend(viewer: Viewer, filters: Filters, by: str, is_dark: bool) -> list[str] | None:
    """Draw the legend, which filters. Returns the codes that are chosen; None: all."""
    # Of all that the viewer sees: whatever a filter leaves, the choice stays.
    counts = session.fetch("engagements_by_map_group", viewer, filters, colored_by=by)
    names = {one.code: one.name for one in groups_of(counts, by, is_dark)}
    key = f"show_{by}"
    link_values.take_choices(key, "color", names)
    chosen = st.pills(
        "Choose to show only these",
        list(names),
        format_func=lambda code: plain_markdown(names.get(code, code)),
        selection_mode="multi",
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
    known = [code for code in chosen or () if code in names]
    return known or None


def legend_marks(counts: pd.DataFrame, shown: list[Group], is_dark: bool) -> str:
    """A style that gives each entry of the legend its mark and its count."""
    number = dict(zip(counts["map_group"], counts["points"], strict=True))
    rules = []
    for at, one in enumerate(shown, 1):
        entry = f".st-key-map_legend button:nth-of-type({at})"
        picture = marks.address(one, is_dark)
        rules.append(f'{entry}::before {{ background-image: url("{picture}"); }}')
        count = int(number.get(one.code, 0))
        rules.append(f'{entry}::after {{ content: "{count:,}"; }}')
    return f"<style>{' '.join(rules)}</style>"
