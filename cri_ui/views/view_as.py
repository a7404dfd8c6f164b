"""View as: see the pages as another role, which never has more access."""

import streamlit as st

from cri_data.model.roles import ROLES, Viewer
from cri_ui.components import page
from cri_ui.components.text import plain_markdown
from cri_ui.session import session

_ROLE, _PARTNER = "view_as", "view_as_partner"
BACK = "view_as_oneself"

# The roles that each role can view as, its own first. Without sign-in, the person at
# the computer can view as any role.
_LOCAL = ("staff", "leadership", "partner", "administrator")
_LOOKS_AS = {
    "administrator": ("administrator", "staff", "leadership", "partner"),
    "staff": ("staff", "leadership", "partner"),
}


def open_to(own: Viewer, is_signed_in: bool) -> tuple[str, ...]:
    """The roles that this viewer can view as, their own first. Empty if only their own."""
    return _LOOKS_AS.get(own.role, ()) if is_signed_in else _LOCAL


def draw_view_as(roles: tuple[str, ...], is_signed_in: bool) -> None:
    """Draw the choice among these roles, if there are any."""
    if not roles:
        return
    if st.session_state.get(_ROLE, roles[0]) not in roles:
        # The person's role has changed, or a client sent an invalid value.
        del st.session_state[_ROLE]
    role = st.selectbox(
        "View as",
        roles,
        format_func=str.capitalize,
        key=_ROLE,
        persist_state="session",
        help="See what another role sees. What you do is still recorded under your name."
        if is_signed_in
        else "Without sign-in you are staff. See what another role sees.",
    )
    if role == "partner":
        partners = _partners()
        st.selectbox(
            "Partner",
            list(partners),
            format_func=partners.__getitem__,
            key=_PARTNER,
            persist_state="session",
        )
    if role != roles[0] or not is_signed_in:
        page.note(ROLES[role].sentence)


def draw_looking_as(own: Viewer, viewer: Viewer) -> None:
    """Draw, on every page, the role that is viewed as, and the button to go back."""
    if viewer == own:
        return
    name = plain_markdown(_partners().get(viewer.partner_id or "", ""))
    with st.container(horizontal=True, vertical_alignment="center", key="looking_as"):
        page.note(f":material/visibility: Viewing as {viewer.role} {name}".rstrip())
        st.button(f"Back to {own.role}", key=BACK, on_click=_look_as, args=(own.role,))


def _look_as(role: str) -> None:
    st.session_state[_ROLE] = role


def viewer_of_session(own: Viewer, is_signed_in: bool) -> Viewer:
    """The viewer chosen in "View as". Otherwise the person's own viewer."""
    role = st.session_state.get(_ROLE, own.role)
    if role == own.role or role not in open_to(own, is_signed_in):
        return own
    if role != "partner":
        return Viewer(role)
    partners = list(_partners())
    chosen = st.session_state.get(_PARTNER)
    if chosen in partners:
        return Viewer("partner", chosen)
    # Without an ID, a partner sees nothing.
    return Viewer("partner", partners[0] if partners else None)


def _partners() -> dict[str, str]:
    rows = session.asked("partners_options")
    return session.made_of(
        rows,
        ("options", "partner_id", "partner_name"),
        lambda: dict(zip(rows["partner_id"], rows["partner_name"], strict=True)),
    )
