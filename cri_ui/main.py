"""Every visit: open the store, see who looks, draw menu and filters, run the page."""

import streamlit as st

from cri_data.store import StoreError
from cri_ui import filter_bar, identity, navigation, refusals, session, ui, viewing
from cri_ui.wrong_settings import wrong_settings

st.set_page_config(
    page_title="Collaborative Reform dashboard",
    # A picture of ours: an icon by name is fetched from another host.
    page_icon=navigation.ROOT / "static" / "icon.png",
    layout="wide",
)

if wrong := wrong_settings():
    ui.settings_wrong(wrong)
    st.stop()

try:
    session.store()
    someone = identity.here()
except StoreError as error:
    ui.store_unusable(error)
    st.stop()

viewer = viewing.viewer_of_session(someone.own, someone.is_signed_in)
page, which = navigation.menu(viewer)
filters, in_words = filter_bar.draw_filters(viewer, which)
viewing.draw_view_as(someone.own, someone.is_signed_in)
identity.draw_who(someone)
if asked_for := navigation.refused(page, viewer, someone.own):
    refusals.tell(session.store(), someone.who, page=asked_for.url)
session.show(session.Shown(someone.who, viewer, filters, in_words, someone.still))
if session.info().is_demonstration:
    ui.demonstration_banner()
viewing.draw_looking_as(someone.own, viewer)
page.run()
