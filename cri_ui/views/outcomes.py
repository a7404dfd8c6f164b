"""Outcomes page: its summary, definitions, groups, and the outcomes behind the numbers."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import DELIVERY_MODES, GOALS, LEVELS, UNITS
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui import charts
from cri_ui.components import columns, filter_links, page, row_picker
from cri_ui.components.switch import switch
from cri_ui.components.text import count_of, share
from cri_ui.session import session

SHARES = (
    "Of the outcomes with a baseline and a follow-up, how many improved, stayed the same, "
    "or got worse. For some metrics, lower is better. The interval is Wilson's. The "
    "verdict compares how many agencies improved and got worse (sign test), adjusted for "
    "the number of metrics: with no effect at all, about one page in twenty would "
    "show a change. A change does not prove that the assistance caused it: there is no "
    "comparison group, and scores and ratings are self-reported."
)
CHANGE = (
    "Follow-up minus baseline at a typical agency: the median over agencies, with its 95% "
    "interval. Each agency counts once, because its measurements resemble each other. "
    "An interval that includes zero shows no clear change. ↓ better: lower values are "
    "better, so left of zero is an improvement."
)
GROUPED = (
    "Groups measure different metrics, and small groups differ by chance. The pooled share "
    "draws small groups towards the share of all. Groups whose intervals overlap are not "
    "in an order."
)
BEGAN = (
    "Agencies often ask for help after a bad year, and the next year is often better "
    "without any help (regression to the mean). If mainly those that began in the worse "
    "half of a metric's baselines improved, that is part of the improvement."
)

GROUPS = {
    "topic": "Topic",
    "partner": "Lead partner",
    "region": "Region",
    "size": "Agency size",
    "mode": "Delivery mode",
    "goal": "Goal",
    "level": "Level",
    "time": "Time since the end",
}
# The groups that are a filter of the page, where it has that one.
_KEYS = {"topic": "topic", "partner": "partner", "region": "region", "size": "size"}
_LABELS = {
    "mode": DELIVERY_MODES.labels,
    "goal": GOALS.labels,
    "level": LEVELS.labels,
}


def in_a_sentence(totals: pd.Series) -> str:
    """The page's totals as sentences, with what is not known."""
    said = f"**{count_of(int(totals.outcomes), 'outcome')}**: {_measured(totals)}. "
    awaiting = int(totals.outcomes_awaiting_followup)
    due = awaiting - int(totals.outcomes_overdue)
    without = int(totals.outcomes_without_baseline)
    return said + (
        f"{awaiting:,} {'awaits' if awaiting == 1 else 'await'} a follow-up: "
        f"{int(totals.outcomes_overdue):,} overdue, {due:,} not yet due. "
        + (
            f"{without:,} {'has' if without == 1 else 'have'} no baseline."
            if without
            else ""
        )
    )


def _measured(totals: pd.Series) -> str:
    if not totals.n:
        return "**none** with a baseline and a follow-up"
    said = f"**{int(totals.n):,}** with a baseline and a follow-up, "
    if pd.isna(totals.share_of_outcomes_improved):
        return f"{said}too few to show how many improved"
    return (
        f"{said}of which "
        f"**{share(totals.share_of_outcomes_improved)}** improved, "
        f"{share(totals.share_of_outcomes_same)} stayed the same, and "
        f"{share(totals.share_of_outcomes_worse)} got worse"
    )


def groups(viewer: Viewer, filters: Filters, few: int) -> None:
    """Draw in what share of outcomes each of the chosen groups improved."""
    chosen = switch("Outcomes by", GROUPS, "outcomes_by")
    by_group = session.fetch(
        "outcomes_by_group", viewer, filters, outcome_group=chosen, suppress_below=few
    )
    labels = {"group_name": _LABELS[chosen]} if chosen in _LABELS else {}
    page.chart(
        charts.outcomes_by_group,
        session.made_of(
            by_group,
            ("labeled", chosen),
            lambda: page.with_labels(by_group, **labels).drop(
                columns=["group_id", "band_order"]
            ),
        ),
        GROUPS[chosen],
        _KEYS.get(chosen, ""),
        filter_links.here(),
        name=f"outcomes_by_{chosen}",
        title=f"Outcomes by {GROUPS[chosen].lower()}",
        alt=f"Bars of outcomes improved, same, and worse, by {GROUPS[chosen].lower()}.",
        definition=GROUPED,
    )


def began(viewer: Viewer, filters: Filters, few: int) -> None:
    """Draw how those improved that began worse or better than the others."""
    halves = session.fetch("outcomes_by_baseline", viewer, filters, suppress_below=few)
    with st.container(border=True):
        st.header("Where they began", help=BEGAN)
        page.few_hidden(halves)
        page.grid(halves, "Outcomes improved, by the half of baselines they began in.")


def metrics_table(by_metric: pd.DataFrame) -> None:
    """Draw the table of all metrics, with a note if any are hidden, once asked for."""
    asked = st.expander(
        "All metrics: baselines, follow-ups, targets, and response rates",
        icon=":material/table_rows:",
        key="all_metrics",
        on_change="rerun",
    )
    if not asked.open:
        return
    with asked:
        shown = page.with_labels(
            by_metric, goal=GOALS.labels, unit=UNITS.labels, level=LEVELS.labels
        )
        page.few_hidden(by_metric)
        page.grid(
            shown[[name for name in _COLUMNS if name in shown]],
            "Metrics: pairs measured, baseline and follow-up, change, targets, responses.",
        )
        page.download(by_metric, "outcomes_every_metric", "Outcomes by metric")


_COLUMNS = (
    *("metric_name", "unit", "n", "agencies", "mean_baseline", "mean_followup"),
    *("typical_change", "typical_change_low", "typical_change_high", "verdict"),
    *("share_of_outcomes_followed_up", "outcomes_with_target", "share_of_targets_met"),
    *("share_of_invited_responded", "better", "level", "goal", "is_suppressed"),
)


def rows_behind(viewer: Viewer, filters: Filters, total: int) -> None:
    """Draw the list of outcomes, newest first, once it is asked for."""
    asked = st.expander(
        "Outcomes, newest first",
        icon=":material/list:",
        key="outcomes_behind",
        on_change="rerun",
    )
    if not asked.open:
        return
    with asked:
        limit = row_picker.row_limit(total, "outcomes")
        found = session.fetch("outcomes_list", viewer, filters, row_limit=limit)
        page.rows_shown(len(found), total, "outcome")
        shown = columns.shown(found).drop(columns=["metric_id"])
        st.dataframe(
            shown,
            column_config=columns.formats(shown),
            hide_index=True,
            alt="Outcomes, newest first.",
        )
        page.download_all(
            "outcomes_list",
            "Outcomes",
            f"{total:,} rows",
            lambda: session.fetch_all("outcomes_list", viewer, filters),
        )
