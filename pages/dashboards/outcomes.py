"""What changed after assistance, metric by metric."""

import streamlit as st

from cri_ui import charts
from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import outcomes

viewer = session.require(session.Permission.VIEW_OUTCOMES)
st.title("Outcomes")
filters = session.filters()

few = session.suppress_below()
totals = session.fetch_row("outcomes_totals", viewer, filters, suppress_below=few)
by_metric = session.fetch("outcomes_by_metric", viewer, filters, suppress_below=few)
page.opening(outcomes.in_a_sentence(totals))
if by_metric.empty:
    page.nothing_found(filters)
    st.stop()

with st.grid(2, min_column_width=420):
    page.chart(
        charts.outcomes_share_improved,
        by_metric,
        name="outcomes_by_metric",
        title="Outcomes improved, by metric",
        alt="Bar chart: share of outcomes that improved, by metric.",
        definition=outcomes.IMPROVED,
    )
    page.chart(
        charts.outcomes_mean_change,
        by_metric,
        name="outcomes_mean_change",
        title="Mean change, with 95% confidence interval",
        alt="Dot plot with intervals: mean change by metric, one panel per unit.",
        definition=outcomes.CHANGE,
    )
outcomes.metrics_table(by_metric)
