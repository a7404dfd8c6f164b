"""Timeliness page: stage times, this year against last, and months."""

import pandas as pd
import streamlit as st

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_data.model.stages import STAGES, WHOLE, WITH_PARTNER
from cri_ui.charts import timeliness as charts
from cri_ui.components import filter_links, page
from cri_ui.components.text import day
from cri_ui.session import session
from cri_ui.views.timeliness_words import DAYS, ENDS, MONTHS, PARTNER, YEARS

# What can be shown below the comparison with last year.
_SECTIONS = {
    "open": "Open requests",
    "days": "Days in each stage",
    "months": "Month by month",
}

# What one stage's times are told apart by: the question, its column, and a label.
_GROUPS = {
    "region": ("stage_times_by_region", "region", "Region"),
    "size": ("stage_times_by_size_band", "size_band", "Agency size"),
    "topic": ("stage_times_by_topic", "topic_name", "Topic"),
    "partner": ("stage_times_by_partner", "lead_partner_name", "Lead partner"),
}


def compared(by_stage: pd.DataFrame) -> None:
    """Draw which days are compared."""
    if by_stage.empty:
        return
    row = by_stage.iloc[0]
    page.note(
        f"This year: received {day(row.this_year_from_on)} to {day(row.this_year_to_on)}. "
        f"Last year: {day(row.last_year_from_on)} to {day(row.last_year_to_on)}. Each "
        "year as it was known on its last day."
    )


def _stage() -> str:
    """Draw the choice of a stage, which the charts below it are about. Returns it."""
    chosen = st.segmented_control(
        "One stage in detail",
        list(STAGES),
        format_func=lambda name: STAGES[name],
        default=WHOLE,
        required=True,
        key="stage",
        bind="query-params",
    )
    # The browser can send any value.
    return chosen if chosen in STAGES else WHOLE


def section() -> str:
    """Draw the choice of what stands below. Returns it.

    What is not chosen is not counted: together, the sections take seconds in a store of
    a million requests.
    """
    chosen = st.segmented_control(
        "Show",
        list(_SECTIONS),
        format_func=lambda name: _SECTIONS[name],
        default="open",
        required=True,
        key="show",
        bind="query-params",
    )
    # The browser can send any value.
    return chosen if chosen in _SECTIONS else "open"


def by_region_this_year(
    viewer: Viewer, filters: Filters, stage: str = WHOLE
) -> pd.DataFrame:
    """One stage this year against last, by region."""
    question = "stage_times_this_year_by_region"
    return session.fetch(question, viewer, filters, stage=stage)


def this_year(by_stage: pd.DataFrame, by_region: pd.DataFrame) -> None:
    """Draw this year against last: by stage, and days to assignment by region."""
    page.chart(
        charts.stage_years_by_stage,
        _with_stage_names(by_stage),
        name="stage_times_this_year_by_stage",
        title="This year against last, by stage",
        alt="Table: median days and share within target, this year and last.",
        definition=YEARS,
    )
    _regions_this_year(by_region, WHOLE)


def _with_stage_names(by_stage: pd.DataFrame) -> pd.DataFrame:
    """The same table for each visit, because drawings are kept by their table."""
    return session.made_of(
        by_stage, "stage names", lambda: page.with_labels(by_stage, stage=STAGES)
    )


def _regions_this_year(by_region: pd.DataFrame, stage: str) -> None:
    page.chart(
        charts.stage_years_by_region,
        by_region,
        filter_links.here(),
        name=f"stage_times_this_year_by_region_{stage}",
        title=f"{STAGES[stage]}: this year against last, by region",
        alt="Table: median days and share within target by region, for both years.",
        definition=YEARS,
    )


def times(viewer: Viewer, filters: Filters) -> None:
    """Draw the days in each stage, and the chosen stage in detail."""
    page.chart(
        charts.stage_times_by_stage,
        _with_stage_names(session.fetch("stage_times_by_stage", viewer, filters)),
        name="stage_times_by_stage",
        title="Days in each stage",
        alt="Table: median days, 90th percentile, and share within target by stage.",
        definition=DAYS,
    )
    stage = _stage()
    _of_stage(viewer, filters, stage)
    _groups(viewer, filters, stage)


def _of_stage(viewer: Viewer, filters: Filters, stage: str) -> None:
    """Draw one stage: by region against last year, and what becomes of requests."""
    if stage != WHOLE:
        # That one stands above.
        _regions_this_year(by_region_this_year(viewer, filters, stage), stage)
    page.chart(
        charts.stage_ends_by_day,
        session.fetch("stage_ends_by_day", viewer, filters, stage=stage),
        stage,
        name=f"stage_ends_by_day_{stage}",
        title=f"{STAGES[stage]}: what becomes of requests",
        alt="Table: share of requests ended, declined, withdrawn, and still waiting.",
        definition=ENDS,
    )


def _groups(viewer: Viewer, filters: Filters, stage: str) -> None:
    """Draw the days in the chosen stage by region, size, topic, or partner."""
    by = st.segmented_control(
        "Break down by",
        list(_GROUPS),
        format_func=lambda name: _GROUPS[name][2],
        default="region",
        required=True,
        key="by",
        bind="query-params",
    )
    question, column, names = _GROUPS[by if by in _GROUPS else "region"]
    if by == "partner" and stage not in WITH_PARTNER:
        page.note(PARTNER)
        return
    page.chart(
        charts.stage_times_by_group,
        session.fetch(question, viewer, filters, stage=stage),
        column,
        names,
        filter_links.here(),
        name=f"{question}_{stage}",
        title=f"{STAGES[stage]}, by {names.lower()}",
        alt=f"Table: median days and share within target by {names.lower()}.",
        definition=DAYS,
    )


def months(viewer: Viewer, filters: Filters) -> None:
    """Draw requests received, closed, and open, month by month."""
    page.chart(
        charts.backlog_by_month,
        session.fetch("backlog_by_month", viewer, filters),
        filter_links.here(),
        name="backlog_by_month",
        title="Received, closed, and open by month",
        alt="Chart: requests received and closed each month, and open at its end.",
        definition=MONTHS,
    )
