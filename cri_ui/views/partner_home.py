"""Our work page: its tiles, the engagements that are next, outcomes, and downloads."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import DELIVERY_MODES, ENGAGEMENT_STATUSES
from cri_data.model.filters import Filters, fiscal_year, fiscal_year_end, fiscal_year_start
from cri_data.model.roles import Viewer
from cri_data.store.rows import table_rows
from cri_ui import charts
from cri_ui.charts.next_engagements import LATE, next_engagements_table
from cri_ui.components import drawings, page
from cri_ui.components import tiles as tile_rows
from cri_ui.components.text import count_of, day, whole
from cri_ui.components.tiles import Tile
from cri_ui.session import session
from cri_ui.views.headlines import headline_tile
from cri_ui.views.outcomes import SHARES

# Rows that the list shows at first, and on request. The download has all.
_FIRST, _MOST = 25, 500

OPEN = "Engagements that you lead or support, whatever their dates. "
LATE_IS = (
    "Past the planned end and not ended, or past the planned start and not begun. "
    "Completed and canceled engagements are never late."
)
NEXT = (
    f"{OPEN}Planned and active ones, the late ones first, then by their next date: the "
    f"planned start of those not begun, else the planned end. Late: {LATE_IS.lower()}"
)
STEPS = {"start": "Planned start", "end": "Planned end", "followup": "Follow-up due"}
# The headline numbers that are about engagements, in the order of the tiles.
_YEAR = ("engagements", "hours", "participants", "share_of_outcomes_improved")


def in_a_sentence(totals: pd.Series) -> str:
    """What is open and late, and the next date, as sentences."""
    late = int(totals.engagements_late)
    is_are = "is" if late == 1 else "are"
    sentence = (
        f"**{count_of(int(totals.engagements_active), 'active engagement')}** and "
        f"**{totals.engagements_planned:,} planned**; "
        + (f"**{late:,} {is_are} late**." if late else "none is late.")
    )
    if pd.notna(totals.next_on):
        sentence += f" Next date: {day(totals.next_on)}."
    return f"{sentence} Data as of {day(session.info().as_of_on)}."


def any_of(every: pd.Series) -> bool:
    """Whether there is an engagement, canceled ones included."""
    return bool(every.engagements + every.engagements_cancelled)


def none_yet() -> None:
    """Draw why the page is empty."""
    st.info(
        "No engagements yet. Engagements that you lead or support appear here once the "
        "program office has recorded them.",
        icon=":material/inbox:",
    )


def this_year(viewer: Viewer) -> pd.DataFrame:
    """The headline numbers of this fiscal year to date, and of the same days last year."""
    year = fiscal_year(session.info().as_of_on)
    chosen = Filters(date_from=fiscal_year_start(year), date_to=fiscal_year_end(year))
    few = session.suppress_below()
    return session.fetch("headlines", viewer, chosen, suppress_below=few)


def tiles(totals: pd.Series, year: pd.DataFrame) -> None:
    """Draw what is open and late, and this fiscal year to date against last year's."""
    by_name = {row.headline: row for row in table_rows(year)}
    drawn = [
        *_open_tiles(totals),
        *(
            headline_tile(by_name[name], is_one_period=True)
            for name in _YEAR
            if name in by_name
        ),
    ]
    tile_rows.draw(drawn, "Our work in numbers")
    if by_name:
        row = by_name["engagements"]
        compared = (
            f", compared with {day(row.last_year_from_on)} to {day(row.last_year_to_on)}"
            if pd.notna(row.last_year_from_on)
            else ""
        )
        page.note(
            f"Active, planned, and late: now. The others: this fiscal year, "
            f"{day(row.recent_from_on)} to {day(row.until_on)}{compared}. An arrow marks a "
            "change that is more than chance (95%)."
        )


def _open_tiles(totals: pd.Series) -> list[Tile]:
    unknown = int(totals.engagements_without_status)
    return [
        Tile(
            "Active",
            whole(totals.engagements_active),
            f"{OPEN}Status: active.",
            f"and {unknown:,} without a status" if unknown else "",
        ),
        Tile("Planned", whole(totals.engagements_planned), f"{OPEN}Status: planned."),
        Tile(
            "Late",
            whole(totals.engagements_late),
            LATE_IS,
            f"{totals.engagements_late_not_begun:,} not begun, "
            f"{totals.engagements_late_not_ended:,} not ended"
            if totals.engagements_late
            else "",
        ),
    ]


def next_engagements(viewer: Viewer, totals: pd.Series) -> None:
    """Draw the planned and active engagements, late ones first."""
    total = int(
        totals.engagements_active
        + totals.engagements_planned
        + totals.engagements_without_status
    )
    with st.container(border=True):
        st.header("What is next", help=NEXT)
        if not total:
            page.note("No engagement is planned or active.")
            return
        limit = _FIRST
        if total > _FIRST and st.toggle(f"Show up to {_MOST}", key="more_next"):
            limit = _MOST
        found = session.fetch("engagements_next_list", viewer, row_limit=limit)
        page.rows_shown(len(found), total, "engagement")
        drawings.draw_once(
            lambda: st.html(next_engagements_table(in_words(found))), "next", of=found
        )
        page.download_all(
            "engagements_next_list",
            "Planned and active engagements",
            f"{total:,} engagements",
            lambda: in_words(session.fetch_all("engagements_next_list", viewer)),
            said="own engagements, planned and active",
        )


def in_words(found: pd.DataFrame) -> pd.DataFrame:
    """The engagements, or their dates, with labels instead of codes."""
    labels = {
        "status": ENGAGEMENT_STATUSES.labels,
        "delivery_mode": DELIVERY_MODES.labels,
        "late": LATE,
        "next_step": STEPS,
        "step": STEPS,
    }
    return page.with_labels(
        found, **{name: known for name, known in labels.items() if name in found}
    )


def outcomes(viewer: Viewer) -> None:
    """Draw the shares of outcomes that improved, by topic, of all years."""
    few = session.suppress_below()
    page.chart(
        charts.outcomes_by_group,
        session.fetch(
            *("outcomes_by_group", viewer, Filters()),
            outcome_group="topic",
            suppress_below=few,
        ),
        "Topic",
        name="outcomes_by_topic",
        title="Our outcomes, by topic",
        alt="Bars: shares of outcomes that improved, stayed the same, or got worse.",
        definition=f"Outcomes of engagements that you lead or support, all years. {SHARES}",
        said="own outcomes, all years",
    )


def downloads(viewer: Viewer, every: pd.Series) -> None:
    """Draw the downloads of all engagements."""
    total = int(every.engagements + every.engagements_cancelled)
    with st.container(border=True):
        st.header("All our engagements", help=f"{OPEN}Canceled ones, too.")
        page.note(
            f"{count_of(total, 'engagement')}, of all years. The *Engagement map* shows "
            "them on a map and as a list to filter."
        )
        page.download_all(
            "engagements_list",
            "Engagements",
            f"{total:,} engagements",
            lambda: session.fetch_all("engagements_list", viewer),
            said="own engagements, all years",
        )
