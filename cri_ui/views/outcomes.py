"""Outcomes page: its summary, its definitions, and the table of metrics."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import GOALS, UNITS
from cri_ui.components import page
from cri_ui.components.text import count_of, share

IMPROVED = (
    "Of the outcomes with a baseline and a follow-up, the share whose follow-up is "
    "better. For some metrics, lower is better."
)
CHANGE = (
    "Average of follow-up minus baseline. The 95% confidence interval (Student's t) "
    "contains the true mean in 95 of 100 such samples. An interval that includes zero "
    "shows no clear change. A change does not prove that the assistance caused it. "
    "↓ better: lower values are better, so left of zero is an improvement."
)


def in_a_sentence(totals: pd.Series) -> str:
    """The page's totals as a sentence."""
    without = int(totals.outcomes_without_baseline)
    return (
        f"**{count_of(int(totals.outcomes), 'outcome')}**: "
        f"**{int(totals.n):,}** with a baseline and a follow-up, of which "
        f"**{share(totals.share_of_outcomes_improved)}** improved; "
        f"{int(totals.outcomes_awaiting_followup):,} awaiting a follow-up"
        + (f"; {without:,} without a baseline." if without else ".")
    )


def metrics_table(by_metric: pd.DataFrame) -> None:
    """Draw the table of all metrics, with a note if any are hidden."""
    with st.container(border=True):
        st.header("All metrics")
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
        page.grid(shown, "Metrics: pairs measured, mean baseline and follow-up, change.")
        page.download(by_metric, "outcomes_every_metric", "Outcomes by metric")
