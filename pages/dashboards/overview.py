"""Requests, response times, partners, and what needs attention."""

import streamlit as st

from cri_ui import charts
from cri_ui.components import empty, filter_links, page
from cri_ui.session import session
from cri_ui.views import changes, headlines, overview
from cri_ui.views.attention import attention

viewer = session.require(session.Permission.VIEW_OVERVIEW)
st.title("Overview")
filters = session.filters()

few = session.suppress_below()
numbers = session.fetch("headlines", viewer, filters, suppress_below=few)
stages = session.fetch("stage_times_this_year_by_stage", viewer, filters)
by_month = session.fetch("requests_by_month_expected", viewer, filters)
months = session.fetch("headlines_by_month", viewer, filters, suppress_below=few)
waiting = session.fetch("attention_totals", viewer, filters)
page.opening(headlines.compared(numbers, filters), found=headlines.in_a_sentence(numbers))
headlines.draw_tiles(numbers, stages, months)
if headlines.nothing_counted(numbers):
    empty.nothing_found(viewer, filters)
    attention(waiting, viewer, filters)
    st.stop()

with st.grid(2, min_column_width=420):
    page.chart(
        charts.requests_by_month_expected,
        by_month,
        filter_links.here(),
        name="requests_by_month_expected",
        title="Requests by month",
        alt="Line chart: requests received each month, with the limits of chance.",
        definition=overview.BY_MONTH,
    )
    changes.draw_changes(viewer, filters, numbers)
changes.draw_forecast(viewer, filters)
attention(waiting, viewer, filters)
overview.bar_charts(viewer, filters, few)
