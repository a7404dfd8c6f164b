"""Every visit: open the store, see who looks, draw menu and filters, run the page."""

import streamlit as st

from cri_data.store.store import StoreError
from cri_ui import navigation
from cri_ui.components import filter_bar, page
from cri_ui.server.settings_check import wrong_settings
from cri_ui.session import denials, session
from cri_ui.views import sign_in, view_as

st.set_page_config(
    page_title="Collaborative Reform dashboard",
    # A picture of ours: an icon by name is fetched from another host.
    page_icon=navigation.ROOT / "static" / "icon.png",
    layout="wide",
)

page.say_when_working()

if wrong := wrong_settings():
    page.settings_wrong(wrong)
    st.stop()

try:
    session.store()
    someone = sign_in.here()
except StoreError as error:
    page.store_unusable(error)
    st.stop()

viewer = view_as.viewer_of_session(someone.own, someone.is_signed_in)
entry, which = navigation.menu(viewer)
filters, in_words = filter_bar.draw_filters(viewer, which)
view_as.draw_view_as(someone.own, someone.is_signed_in)
sign_in.draw_who(someone)
if asked_for := navigation.refused(entry, viewer, someone.own):
    denials.tell(session.store(), someone.who, page=asked_for.url)
session.show(session.Shown(someone.who, viewer, filters, in_words, someone.still))
if session.info().is_demonstration:
    page.demonstration_banner()
view_as.draw_looking_as(someone.own, viewer)
entry.run()
