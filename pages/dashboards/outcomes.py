"""What changed after assistance, metric by metric."""

import streamlit as st

from cri_ui import charts
from cri_ui.components import empty, page
from cri_ui.session import session
from cri_ui.views import outcomes

viewer = session.require(session.Permission.VIEW_OUTCOMES)
st.title("Outcomes")
filters = session.filters()

few = session.suppress_below()
totals = session.fetch_row("outcomes_totals", viewer, filters)
by_metric = session.fetch("outcomes_by_metric", viewer, filters, suppress_below=few)
page.opening(outcomes.in_a_sentence(totals), record="outcome")
if by_metric.empty:
    empty.nothing_found(viewer, filters, "outcome")
    st.stop()

page.chart(
    charts.outcomes_by_metric,
    by_metric,
    name="outcomes_by_metric",
    title="Outcomes improved, by metric",
    alt="Bars: shares of outcomes that improved, stayed the same, or got worse, by metric.",
    definition=outcomes.SHARES,
)
page.chart(
    charts.outcomes_typical_change,
    by_metric,
    name="outcomes_typical_change",
    title="Typical change, with 95% interval",
    alt="Dot plot with intervals: typical change by metric, one panel per unit.",
    definition=outcomes.CHANGE,
)
outcomes.groups(viewer, filters, few)
outcomes.began(viewer, filters, few)
outcomes.metrics_table(by_metric)
outcomes.rows_behind(viewer, filters, int(totals.outcomes))
