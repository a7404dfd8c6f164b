"""The main script of every run: check the viewer, draw menu and filters, run the page."""

import streamlit as st

from cri_data.store.store import StoreError
from cri_ui import navigation
from cri_ui.components import chart_clicks, filter_bar, page
from cri_ui.server.settings_check import wrong_settings
from cri_ui.session import denials, session
from cri_ui.views import frame, saved_views, sign_in, view_as

navigation.draw_icon()

page.say_when_working()

if wrong := wrong_settings():
    navigation.title_browser_tab("Settings to fix")
    page.settings_wrong(wrong)
    st.stop()

try:
    session.store()
    someone = sign_in.here()
except StoreError as error:
    navigation.title_browser_tab("Store not available")
    page.store_unusable(error)
    st.stop()

viewer = view_as.viewer_of_session(someone.own, someone.is_signed_in)
entry, open_page = navigation.menu(viewer)
frame.draw_style()
frame.draw_account(someone)
frame.draw_phone_menu(viewer, entry.url_path)
chart_clicks.take_click(viewer, open_page)
chosen = filter_bar.draw_filters(viewer, open_page)
if asked_for := navigation.refused(entry, viewer, someone.own):
    denials.record_denial(session.store(), someone.who, page=asked_for.url)
session.show(
    session.Shown(someone.who, viewer, chosen.filters, chosen.in_words, someone.still),
    entry.url_path,
)
saved_views.draw_saved_views(viewer, open_page)
if someone.is_signed_in:
    sign_in.watch(someone)
if session.info().is_demonstration:
    page.demonstration_banner()
view_as.draw_looking_as(someone.own, viewer)
filter_bar.draw_chips(chosen)
entry.run()
session.end_run()
