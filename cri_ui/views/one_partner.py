"""Partners page: one partner in full."""

from typing import Any

import pandas as pd
import streamlit as st

from cri_data.model.filters import Filters
from cri_data.model.roles import Permission, Viewer
from cri_data.model.stages import STAGES
from cri_ui import charts, navigation
from cri_ui.charts import partners as partner_charts
from cri_ui.charts.bars import linked
from cri_ui.charts.timeliness import stage_times_by_stage
from cri_ui.components import filter_links, html_table, page, tiles
from cri_ui.components.text import UNKNOWN, day, plain_line, plain_markdown, share, whole
from cri_ui.components.tiles import Tile
from cri_ui.session import session
from cri_ui.views.outcomes import SHARES
from cri_ui.views.partners import FIELD
from cri_ui.views.timeliness_words import DAYS

LOAD = (
    "Hours of engagements that the partner leads, by the fiscal quarter in which each "
    "began (or is planned to). All hours of an engagement count in that quarter; canceled "
    "ones don't count. Capacity: the hours per quarter of the partner's record."
)


def draw(viewer: Viewer, filters: Filters, row: pd.Series) -> None:
    """Draw the partner of this row of the field."""
    st.header(plain_markdown(row.partner_name))
    back = filter_links.here().to({"partner": row.partner_name})
    st.html(f"<p>{linked('← All partners', back)}</p>")
    tiles.draw(partner_tiles(row), f"{plain_line(row.partner_name)} in numbers")
    page.note(
        "Of engagements that the partner leads, as in the table of all partners. It also "
        f"supports {row.engagements_supported:,} that others lead."
    )
    said = f"led by {plain_line(row.acronym)}; {session.filters_in_words()}"
    with st.grid(2, min_column_width=420):
        _profile(viewer, row.partner_id)
        _load(viewer, filters, row.partner_id, said)
    _outcomes(viewer, filters, row.partner_id, said)
    _timeliness(viewer, filters, row.partner_id, said)
    _more(viewer, row)


def partner_tiles(row: pd.Series) -> list[Tile]:
    """The numbers of the partner's row in the table of all partners."""
    few = f"n < {session.suppress_below()}"
    improved, limits = partner_charts.outcomes_improved(row, few)
    return [
        Tile(
            "Engagements",
            whole(row.engagements),
            FIELD,
            f"{row.engagements_planned:,} planned, {row.engagements_active:,} active, "
            f"{row.engagements_completed:,} completed",
        ),
        Tile(
            "Hours",
            whole(row.hours),
            FIELD,
            f"reported for {row.engagements_with_hours:,}",
        ),
        Tile(
            "Days to start",
            whole(row.median_days_to_delivery_started),
            FIELD,
            f"median; {row.requests_started:,} started, {row.requests_not_started:,} wait",
        ),
        Tile("Outcomes improved", improved, FIELD, limits),
        Tile(
            "Open now", whole(row.engagements_open), FIELD, f"{row.engagements_late:,} late"
        ),
        Tile(
            "Capacity used",
            share(row.share_of_capacity_last_quarter),
            FIELD,
            f"in the quarter from {day(row.quarter_from_on)}",
        ),
    ]


def _profile(viewer: Viewer, partner_id: str) -> None:
    found = session.fetch("partner_detail", viewer, partner_id=partner_id).iloc[0]
    with st.container(border=True, height="stretch"):
        st.header("Profile and selection")
        html_table.draw_pairs(profile_pairs(found), "Profile and selection")


def profile_pairs(found: pd.Series) -> dict[str, str]:
    """What is known of the partner, by what it is called. A dash if it is not known."""
    city = ", ".join(
        plain_line(one) for one in (found.base_city, found.base_state) if pd.notna(one)
    )
    return {
        "Acronym": _known(found.acronym),
        "Type of association": _known(found.kind),
        "Selection": partner_charts.status_label(found.selection_status),
        "Applied": day(found.applied_on),
        "Partner from": day(found.effective_from_on),
        "Partner until": day(found.effective_to_on),
        "Selected now": "yes" if found.is_selected else "no",
        "Base": city or UNKNOWN,
        "Capacity (hours per quarter)": whole(found.capacity_hours_per_quarter),
        "Topics of expertise": _known(found.topics),
    }


def _known(value: Any) -> str:
    return UNKNOWN if value is None or pd.isna(value) else plain_line(value)


def _load(viewer: Viewer, filters: Filters, partner_id: str, said: str) -> None:
    page.chart(
        partner_charts.partner_load_by_quarter,
        session.fetch("partner_load_by_quarter", viewer, filters, partner_id=partner_id),
        name="partner_load_by_quarter",
        title="Hours and capacity, by quarter",
        alt="Bar chart: hours by fiscal quarter, newest first, and share of capacity.",
        definition=LOAD,
        said=said,
    )


def _outcomes(viewer: Viewer, filters: Filters, partner_id: str, said: str) -> None:
    page.chart(
        charts.outcomes_by_group,
        session.fetch(
            *("partner_outcomes_by_topic", viewer, filters),
            partner_id=partner_id,
            suppress_below=session.suppress_below(),
        ),
        "Topic",
        "topic",
        filter_links.here(),
        name="partner_outcomes_by_topic",
        title="Outcomes improved, by topic",
        alt="Bars: shares of outcomes that improved, stayed the same, or got worse.",
        definition=f"Of engagements that the partner leads. {SHARES}",
        said=said,
    )


def _timeliness(viewer: Viewer, filters: Filters, partner_id: str, said: str) -> None:
    found = session.fetch("partner_stage_times", viewer, filters, partner_id=partner_id)
    page.chart(
        stage_times_by_stage,
        session.made_of(
            found, "stage names", lambda: page.with_labels(found, stage=STAGES)
        ),
        name="partner_stage_times",
        title="Days in each stage",
        alt="Table: median days, 90th percentile, and share within target by stage.",
        definition=f"Of requests that the partner leads. {DAYS}",
        said=said,
    )


def _more(viewer: Viewer, row: pd.Series) -> None:
    """Draw links to other pages, filtered to this partner."""
    for title, permission in (
        ("Engagement map", Permission.VIEW_ENGAGEMENTS),
        ("Timeliness", Permission.VIEW_TIMELINESS),
    ):
        if viewer.may(permission):
            st.page_link(
                navigation.ROOT / navigation.path_of(title),
                label=f"{title} of this partner",
                icon=":material/arrow_forward:",
                query_params={"partner": row.partner_name},
            )
