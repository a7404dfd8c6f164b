"""Agency page: the search, the agency of the link, its headline numbers and profile."""

import html
from typing import Any

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import AGENCY_TYPES
from cri_data.model.roles import Viewer
from cri_data.store.rows import table_rows
from cri_ui.components import agency_link, drawings, html_table, page
from cri_ui.components.text import (
    LONGEST_NAME,
    UNKNOWN,
    count_of,
    day,
    moment,
    plain_line,
    plain_markdown,
    share,
    whole,
)
from cri_ui.maps.state_outline import outline_picture, outlines
from cri_ui.session import session
from cri_ui.views.agency_search import found_agencies

# So many agencies that a search found are listed.
_MOST_LISTED = 20

# The text of the search, also in the address, and the agency that was open then.
_TEXT, _SEARCHED_AT = "find", "_agency_searched_at"

HOURS = (
    "Hours of the agency's engagements. Canceled engagements don't count, and neither do "
    "engagements without reported hours."
)
IMPROVED = (
    "Outcomes with a baseline and a follow-up whose follow-up is better, of all outcomes "
    "with both."
)


def find(viewer: Viewer) -> bool:
    """Draw the search, and links to what it finds. Returns whether there is a text."""
    at = st.query_params.get(agency_link.PARAMETER, "")
    if st.session_state.setdefault(_SEARCHED_AT, at) != at:
        # A link was followed: what was searched for is found.
        st.session_state[_TEXT] = ""
        st.session_state[_SEARCHED_AT] = at
    text = st.text_input(
        "Find an agency",
        key=_TEXT,
        placeholder="Name, ORI, city, county, or state",
        help="Type part of its name or place, or its ORI. Misspelled names are understood.",
        bind="query-params",
    )
    text = text.strip()[:LONGEST_NAME]
    if not text:
        return False
    found = found_agencies(viewer, text)
    with st.container(border=True, gap="xsmall", key="agencies_found"):
        if found.agencies.empty:
            page.note("No agency has these words or a similar name. Try fewer words.")
        elif found.is_alike:
            page.note("No agency has all of these words. These have similar names:")
        elif len(found.agencies) > _MOST_LISTED:
            page.note(f"The first {_MOST_LISTED} matches. Type more to narrow the list.")
        else:
            page.note(f"{count_of(len(found.agencies), 'agency', 'agencies')} found:")
        for row in table_rows(found.agencies.head(_MOST_LISTED)):
            label = f"{row.agency_name} · {_place(row)} · {row.agency_id}"
            agency_link.draw_link(viewer, row.agency_id, label)
    return True


def _place(row: Any) -> str:
    """City, county, and state of an agency, as far as they are known."""
    known = (getattr(row, name) for name in ("city", "county", "state"))
    return ", ".join(str(one) for one in known if pd.notna(one))


def of_link(viewer: Viewer) -> pd.Series | None:
    """The profile of the agency in the page's address; says so if it is not stored."""
    named = st.query_params.get(agency_link.PARAMETER, "").strip()[:LONGEST_NAME]
    if not named:
        return None
    profile = _profile(viewer, named)
    if profile is not None:
        # From this page to itself, Streamlit's links leave the address as it was.
        st.query_params[agency_link.PARAMETER] = profile.agency_id
        return profile
    gone = session.fetch("agency_gone", viewer, agency_id=named)
    if gone.empty:
        st.warning(
            f"The link names an agency that is not known: {plain_markdown(named)}. Search "
            "for it above.",
            icon=":material/link_off:",
        )
        return None
    return _of_gone(viewer, plain_markdown(named), gone.iloc[0])


def _profile(viewer: Viewer, agency_id: str) -> pd.Series | None:
    found = session.fetch("agency_detail", viewer, agency_id=agency_id)
    return None if found.empty else found.iloc[0]


def _of_gone(viewer: Viewer, named: str, gone: pd.Series) -> pd.Series | None:
    """The profile of the agency that it was merged into. Otherwise says what happened."""
    when = "" if pd.isna(gone.gone_at) else f" on {moment(gone.gone_at)}"
    if pd.isna(gone.into_agency_id):
        st.warning(
            f"The link names an agency that was removed{when} (upload "
            f"{plain_markdown(gone.upload_id)}): {named}. Search for another one above.",
            icon=":material/link_off:",
        )
        return None
    st.info(
        f"The link names {named}, which was merged{when} into this agency.",
        icon=":material/merge:",
    )
    return _profile(viewer, gone.into_agency_id)


def heading(profile: pd.Series, totals: pd.Series) -> None:
    """Draw the agency's name, and its history in a sentence."""
    st.header(plain_markdown(profile.agency_name))
    if not totals.requests:
        st.markdown("This agency has **never requested assistance**.")
    elif totals.requests == 1:
        st.markdown(f"One request, received **{day(totals.first_received_on)}**.")
    else:
        st.markdown(
            f"First request **{day(totals.first_received_on)}**, latest request "
            f"**{day(totals.last_received_on)}**."
        )
    page.note(f"Data as of {day(session.info().as_of_on)}. All years.")


def tiles(totals: pd.Series, few: int) -> None:
    """Draw the headline numbers."""
    canceled, outcomes = int(totals.engagements_cancelled), int(totals.outcomes)
    # Three in a row on a tablet, two on a phone.
    with st.grid(6, min_column_width=150 if drawings.is_phone() else 185):
        _tile("Requests", whole(totals.requests), "Requests received from this agency.")
        _tile(
            "Open requests",
            whole(totals.requests_open),
            "Requests not completed, declined, or withdrawn.",
        )
        _tile(
            "Engagements" + (f" (plus {canceled:,} canceled)" if canceled else ""),
            whole(totals.engagements),
            "Engagements for this agency's requests: planned, active, or completed.",
        )
        _tile(f"Hours{_hours_known(totals)}", whole(totals.hours), HOURS)
        _tile(
            "Outcomes measured" + (f" (of {outcomes:,})" if outcomes else ""),
            whole(totals.n),
            "Outcomes with a baseline and a follow-up, of all outcomes.",
        )
        _tile(*improved(totals, few), IMPROVED)


def _tile(label: str, value: str, definition: str) -> None:
    st.metric(label, value, help=definition, border=True, height="stretch")


def all_engagements(totals: pd.Series) -> int:
    """Number of engagements, including canceled ones."""
    return int(totals.engagements + totals.engagements_cancelled)


def _hours_known(totals: pd.Series) -> str:
    engagements = int(totals.engagements)
    if not engagements:
        return ""
    return f" (known of {int(totals.engagements_with_hours):,} of {engagements:,})"


def improved(totals: pd.Series, few: int) -> tuple[str, str]:
    """Label and value of the share of outcomes that improved; hidden if of too few."""
    label, n = "Outcomes improved", int(totals.n)
    if not n:
        return label, UNKNOWN
    if totals.is_suppressed:
        return label, f"n < {few}"
    of_all = f"{int(totals.outcomes_improved):,} of {n:,}"
    return f"{label} ({of_all})", share(totals.share_of_outcomes_improved)


def draw_profile(profile: pd.Series) -> None:
    """Draw what is known of the agency, beside a map of its place."""
    with st.container(border=True):
        st.header("Profile")
        with st.grid(2, min_column_width=300):
            html_table.draw_pairs(
                profile_pairs(profile), f"Profile of {plain_line(profile.agency_name)}"
            )
            st.html(place_map(profile, drawings.is_dark()))


def profile_pairs(profile: pd.Series) -> dict[str, str]:
    """What is known of the agency, by what it is called. A dash if it is not known."""
    sworn = whole(profile.sworn_officers)
    if pd.notna(profile.sworn_officers) and pd.notna(profile.sworn_as_of_on):
        sworn = f"{sworn} (as of {day(profile.sworn_as_of_on)})"
    region, division = profile.region, profile.division
    return {
        "ORI": str(profile.agency_id),
        "Type": AGENCY_TYPES.labels.get(
            profile.agency_type, _or_unknown(profile.agency_type)
        ),
        "City": _or_unknown(profile.city),
        "County": _or_unknown(profile.county),
        "State": _or_unknown(profile.state_name, profile.state),
        "ZIP": _or_unknown(profile.zip),
        "Region": region if region == division else f"{region} ({division})",
        "Agency size": str(profile.size_band),
        "Sworn officers": sworn,
        "Population served": whole(profile.population_served),
    }


def _or_unknown(*values: Any) -> str:
    """The first known value, or a dash."""
    return next((plain_line(one) for one in values if pd.notna(one)), UNKNOWN)


def place_map(profile: pd.Series, is_dark: bool) -> str:
    """The state's outline with a dot for the agency, and whose place the dot is."""
    if profile.state not in outlines():
        return "<p>The agency's state is not known, so there is no map.</p>"
    place, said = _place_of(profile)
    source, width, height = outline_picture(profile.state, place, is_dark)
    alt = f"Map of {_or_unknown(profile.state_name)}. {said}"
    return (
        f'<figure class="place"><img src="{source}" width="{width}" height="{height}" '
        f'alt="{html.escape(alt)}"><figcaption>{html.escape(said)}</figcaption></figure>'
    )


def _place_of(profile: pd.Series) -> tuple[tuple[float, float] | None, str]:
    """Latitude and longitude to mark, if any, and whose they are, in a sentence."""
    state = _or_unknown(profile.state_name)
    if pd.isna(profile.place_of):
        return None, "The agency's place in the state is not known."
    place = float(profile.latitude), float(profile.longitude)
    if not outlines()[profile.state].holds(*place):
        return None, f"The stored coordinates are not in {state}. Correct the record."
    where = f"{_or_unknown(profile.city)}, {state}" if pd.notna(profile.city) else state
    if profile.place_of == "zip":
        return place, f"The dot is the center of ZIP {profile.zip}, not the agency itself."
    return place, f"The dot is the agency, in {where}."
