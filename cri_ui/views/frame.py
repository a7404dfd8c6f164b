"""What stands around every page: its style, the account menu, the phone's menu."""

import streamlit as st

from cri_data.model.roles import Viewer
from cri_ui import navigation
from cri_ui.components.text import plain_markdown
from cri_ui.views import sign_in, view_as
from cri_ui.views.sign_in import Here

_STYLES = (
    "/app/static/frame.css",
    "/app/static/state-map.css",
    "/app/static/matching.css",
)


def draw_style() -> None:
    """Bring the frame's style sheet, which the browser keeps, and the theme's colors."""
    bar, second, page = (
        f"light-dark({_color('light', option, which)}, {_color('dark', option, which)})"
        for option, which in (
            ("chartCategoricalColors", 0),
            ("chartCategoricalColors", 1),
            ("backgroundColor", 0),
        )
    )
    colors = f":root {{ --bar: {bar}; --second: {second}; --page: {page}; }}"
    imports = "".join(f'@import url("{style}");' for style in _STYLES)
    st.html(f"<style>{imports}{colors}</style>")


def _color(theme: str, option: str, which: int) -> str:
    """A color of a theme: of several, the one at this place."""
    color = st.get_option(f"theme.{theme}.{option}")
    return color if isinstance(color, str) else color[which]


def draw_account(someone: Here) -> None:
    """At the top right: who is signed in, whose view it is, and the way out."""
    roles = view_as.open_to(someone.own, someone.is_signed_in)
    label = plain_markdown(someone.who) if someone.is_signed_in else "View as"
    icon = "account_circle" if someone.is_signed_in else "visibility"
    with (
        st.container(key="account"),
        st.popover(label, icon=f":material/{icon}:", type="tertiary"),
    ):
        sign_in.draw_who(someone)
        view_as.draw_view_as(roles, someone.is_signed_in)
        sign_in.draw_way_out(someone)


def draw_phone_menu(viewer: Viewer, open_page: str) -> None:
    """The menu again, where the bar has no room; drawn only while it is open.

    `open_page` is the address of the page that is open: on another the menu is closed.
    """
    with st.container(key="phone_menu"):
        menu = st.popover(
            "Menu",
            icon=":material/menu:",
            type="tertiary",
            key=f"menu_{open_page}",
            on_change="rerun",
        )
        if menu.open:
            for page in navigation.open_to(viewer):
                menu.page_link(navigation.ROOT / page.path, width="stretch")
