"""Saved views: this page with its filters under a name, own ones and shared ones."""

import html
from urllib.parse import urlencode

import streamlit as st

from cri_data.accounts import saved_views
from cri_data.accounts.saved_views import SavedView, SavedViewError
from cri_data.model.roles import Viewer
from cri_ui import navigation
from cri_ui.components import page
from cri_ui.components.flash import show_after_rerun
from cri_ui.components.text import escaped, plain_markdown
from cri_ui.navigation import FilterSet, Page
from cri_ui.session import session

_NAME, _SHARED = "saved_view_name", "saved_view_shared"


def draw_saved_views(viewer: Viewer, open_page: Page | None) -> None:
    """Draw, in the sidebar under the filters, what is saved and the form to save."""
    if open_page is None or open_page.filters is FilterSet.NONE:
        return
    # Drawn when opened: else each click would pay for it.
    opened = st.sidebar.expander("Saved views", key="saved_views", on_change="rerun")
    if not opened.open:
        return
    may_share = viewer.may(session.Permission.VIEW_OVERVIEW)
    with opened:
        _draw_list(viewer, may_share)
        _draw_form(open_page, may_share)


def _draw_list(viewer: Viewer, sees_shared: bool) -> None:
    who = session.who()
    pages = {one.url: one for one in navigation.open_to(viewer)}
    views = [
        view
        for view in saved_views.of_person(session.store(), who, sees_shared)
        if view.page in pages
    ]
    if not views:
        page.note("No saved views yet.")
    for view in views:
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            _draw_link(view, pages[view.page], view.saved_by == who)
            if view.saved_by == who:
                st.button(
                    "Remove",
                    key=f"remove_view_{view.view_id}",
                    help=f"Remove {plain_markdown(view.name)}",
                    type="tertiary",
                    on_click=_remove,
                    args=(view,),
                )


def _draw_link(view: SavedView, of: Page, is_own: bool) -> None:
    """Draw a link that loads the page, so that it is just as it was saved."""
    remark = "shared" if view.is_shared else "only you see it"
    if not is_own:
        remark = f"shared by {view.saved_by}"
    address = html.escape(f"{of.url}?{view.address}")
    st.html(
        f'<a class="saved-view" href="{address}" target="_self">'
        f"{escaped(view.name)}</a><br><small>{of.title}, {escaped(remark)}</small>",
        width="stretch",
    )


def _draw_form(open_page: Page, may_share: bool) -> None:
    with st.form("saved_view", clear_on_submit=True, border=False):
        name = st.text_input(
            "Save this page and its filters as",
            max_chars=saved_views.LONGEST_NAME,
            key=_NAME,
        )
        shared = may_share and st.checkbox(
            "Share with leadership, staff, and administrators", key=_SHARED
        )
        if st.form_submit_button("Save view", icon=":material/bookmark_add:"):
            _save(open_page, name, shared)


def _save(open_page: Page, name: str, shared: bool) -> None:
    given = {key: st.query_params.get_all(key) for key in sorted(st.query_params)}
    try:
        view = saved_views.save(
            session.store(),
            session.who(),
            name,
            open_page.url,
            urlencode(given, doseq=True),
            shared,
        )
    except SavedViewError as error:
        st.error(plain_markdown(error))
        return
    show_after_rerun(f"Saved the view {view.name}.")


def _remove(view: SavedView) -> None:
    try:
        saved_views.remove(session.store(), session.who(), view.view_id)
    except SavedViewError:
        # Removed in another window: then it is what was asked for.
        return
