"""Who may sign in, as what, and what each role may open."""

import streamlit as st

from cri_ui import people_page, session, ui

session.require(session.Permission.MANAGE_PEOPLE)
st.title("People and access")
ui.opening("Who may sign in, and as what. A change holds from their next click.", False)

people_page.say_unused()
listed = people_page.listed()
people_page.draw_people(listed)
with st.grid(2, min_column_width=420):
    people_page.draw_add(listed)
    people_page.draw_remove(listed)
    people_page.draw_end(listed)
people_page.draw_roles()
