"""The field of partners and what it covers, or one partner in full."""

import streamlit as st

from cri_ui.components import empty, page
from cri_ui.session import session
from cri_ui.views import one_partner, partner_coverage, partners

viewer = session.require(session.Permission.VIEW_PARTNERS)
st.title("Partners")
filters = session.filters()

field = partners.field_of(viewer, filters)
page.opening(partners.in_a_sentence(field), record="engagement")
if field.empty:
    empty.nothing_found(viewer, filters, "engagement")
    st.stop()

if partners.is_one(filters):
    one_partner.draw(viewer, filters, field.iloc[0])
else:
    partners.draw_field(field)
    partner_coverage.draw(viewer, filters)
