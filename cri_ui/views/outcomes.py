"""The words and the table of the outcomes page."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import GOALS, UNITS
from cri_ui.components import page
from cri_ui.components.text import count_of, share

IMPROVED = (
    "Of the measurements with a value before and a value after: the share whose "
    "value after is better in the metric's own direction."
)
CHANGE = (
    "Value after minus value before, averaged. The interval (Student's t) holds the "
    "true mean in 95 of 100 such samples; one that holds zero shows no clear change. "
    "Before and after alone do not prove what caused a change. ↓ better: a metric that "
    "should fall, so that left of zero is the better side."
)


def in_a_sentence(totals: pd.Series) -> str:
    """The totals of the page in a sentence."""
    without = int(totals.outcomes_without_baseline)
    return (
        f"**{count_of(int(totals.outcomes), 'measurement')}**: "
        f"**{int(totals.n):,}** with a value before and after, of which "
        f"**{share(totals.share_of_outcomes_improved)}** improved; "
        f"{int(totals.outcomes_awaiting_followup):,} still without their follow-up"
        + (f"; {without:,} without a value before." if without else ".")
    )


def metrics_table(by_metric: pd.DataFrame) -> None:
    """Draw every metric with its figures; where there are too few, say so."""
    with st.container(border=True):
        st.header("Every metric")
        shown = page.with_labels(by_metric, goal=GOALS.labels, unit=UNITS.labels)
        shown = shown[
            [
                "metric_name",
                "unit",
                "n",
                "mean_baseline",
                "mean_followup",
                "mean_change",
                "ci_low",
                "ci_high",
                "share_improved",
                "better",
                "goal",
                "is_suppressed",
            ]
        ]
        page.few_hidden(by_metric)
        page.grid(shown, "Metrics with n, means before and after, change and interval.")
        page.download(by_metric, "outcomes_every_metric", "Outcomes by metric")
