"""Who is looking: without sign-in staff, who may look as another role does."""

import streamlit as st

from cri_data.access import ROLES, STAFF, Viewer
from cri_ui import session, ui

_ROLE, _PARTNER = "view_as", "view_as_partner"


def draw_view_as() -> None:
    """Draw the switch in the sidebar."""
    with st.sidebar, st.expander("View as", icon=":material/visibility:"):
        role = st.selectbox(
            "Role",
            ["staff", "leadership", "partner", "administrator"],
            format_func=str.capitalize,
            key=_ROLE,
            persist_state="session",
            help="Without sign-in you are staff. See what another role sees.",
        )
        if role == "partner":
            partners = _partners()
            st.selectbox(
                "Partner",
                list(partners),
                format_func=partners.get,
                key=_PARTNER,
                persist_state="session",
            )
        ui.note(ROLES[role].sentence)


def viewer_of_session() -> Viewer:
    """The viewer that the switch stands on."""
    role = st.session_state.get(_ROLE, STAFF.role)
    if role != "partner":
        return Viewer(role) if role in ROLES else STAFF
    partners = list(_partners())
    chosen = st.session_state.get(_PARTNER)
    if chosen in partners:
        return Viewer("partner", chosen)
    # Absent, it is nobody: a partner without a name sees nothing.
    return Viewer("partner", partners[0] if partners else None)


def _partners() -> dict[str, str]:
    rows = session.asked("partners_options")
    return dict(zip(rows["partner_id"], rows["partner_name"], strict=True))
