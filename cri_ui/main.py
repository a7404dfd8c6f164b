"""Every visit: open the store, see who looks, draw menu and filters, run the page."""

import streamlit as st

from cri_data.store import StoreError
from cri_ui import filter_bar, frame, identity, navigation, refusals, session, ui, viewing
from cri_ui.wrong_settings import wrong_settings

navigation.draw_icon()

if wrong := wrong_settings():
    navigation.title_browser_tab("Settings to fix")
    ui.settings_wrong(wrong)
    st.stop()

try:
    session.store()
    someone = identity.here()
except StoreError as error:
    navigation.title_browser_tab("Store not available")
    ui.store_unusable(error)
    st.stop()

viewer = viewing.viewer_of_session(someone.own, someone.is_signed_in)
page, which = navigation.menu(viewer)
frame.draw_style()
frame.draw_account(someone)
frame.draw_phone_menu(viewer, page.url_path)
chosen = filter_bar.draw_filters(viewer, which)
if asked_for := navigation.refused(page, viewer, someone.own):
    refusals.tell(session.store(), someone.who, page=asked_for.url)
session.show(
    session.Shown(someone.who, viewer, chosen.filters, chosen.in_words, someone.still)
)
if someone.is_signed_in:
    identity.watch(someone)
if session.info().is_demonstration:
    ui.demonstration_banner()
viewing.draw_looking_as(someone.own, viewer)
filter_bar.draw_chips(chosen)
page.run()
