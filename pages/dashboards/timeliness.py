"""How long requests wait in each stage, against last year, and what still waits."""

import streamlit as st

from cri_ui.components import empty, page
from cri_ui.session import session
from cri_ui.views import backlog, timeliness
from cri_ui.views.timeliness_summary import in_a_sentence

viewer = session.require(session.Permission.VIEW_TIMELINESS)
st.title("Timeliness")
filters = session.filters()

by_stage = session.fetch("stage_times_this_year_by_stage", viewer, filters)
by_region = timeliness.by_region_this_year(viewer, filters)
waiting = session.fetch_row("backlog_totals", viewer, filters)
by_partner = session.fetch("backlog_by_partner", viewer, filters)
page.opening(in_a_sentence(by_stage, by_region, waiting, by_partner))
if by_stage.empty and not waiting.requests_open:
    empty.nothing_found(viewer, filters)
    st.stop()

timeliness.compared(by_stage)
timeliness.this_year(by_stage, by_region)
section = timeliness.section()
if section == "open":
    backlog.ages(viewer, filters, by_partner)
    backlog.rows_behind(viewer, filters, by_partner)
elif section == "days":
    timeliness.times(viewer, filters)
else:
    timeliness.months(viewer, filters)
