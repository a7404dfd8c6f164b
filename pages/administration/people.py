"""Who can sign in, with which role, and what each role can open."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import people

session.require(session.Permission.MANAGE_PEOPLE)
st.title("People and access")
page.opening(
    "Who can sign in, and with which role. A change takes effect on the person's next "
    "click.",
    False,
)

people.draw_unused_note()
listed = people.listed()
people.draw_people(listed)
with st.grid(2, min_column_width=420):
    people.draw_add(listed)
    people.draw_remove(listed)
    people.draw_end(listed)
people.draw_roles()
