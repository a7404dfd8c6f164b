"""The signed-in person, checked on every run; otherwise the sign-in page."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from cri_data import settings
from cri_data.accounts.login_sessions import end_all
from cri_data.accounts.oidc_claims import Ended, Identity, Refused, identity_of
from cri_data.model.roles import ROLES, STAFF, Viewer
from cri_ui import navigation
from cri_ui.components import page
from cri_ui.components.text import moment
from cri_ui.session import auth_config, services, session

# How long a page may stay on screen after its sign-in ends.
LOOK_AGAIN_SECONDS = 30


@dataclass(frozen=True)
class Here:
    """The person on this page: their name for the audit log, and their own viewer.

    `still` returns whether they still have access, at any time and on any thread.
    """

    who: str
    own: Viewer
    is_signed_in: bool
    still: Callable[[], bool]


def here() -> Here:
    """The person on this page. Without access, draws the sign-in page and ends the run."""
    configured = auth_config.configured()
    if configured is None:
        return Here(session.LOCAL, STAFF, False, lambda: True)
    if configured.problems:
        _draw_problems(configured)
        st.stop()
    if st.user.get("is_logged_in") is not True:
        _draw_sign_in(configured)
        st.stop()
    return _admitted(configured)


def _admitted(configured: auth_config.SignIn) -> Here:
    store, known, claims = session.store(), services.current().sign_ins(), st.user.to_dict()
    identity = None
    try:
        if not auth_config.is_meant_for_us(claims):
            raise Refused("Your sign-in is for another program.")
        identity = identity_of(claims)
        own = known.admit(store, identity, time.time())
    except Ended as ended:
        _draw_sign_in(configured, str(ended))
        st.stop()
    except Refused as refused:
        if identity is None:
            known.refuse(store, claims, str(refused), time.time())
        _draw_refused(str(refused), identity)
        st.stop()
    return Here(
        identity.email,
        own,
        True,
        lambda: known.holds(session.store(), identity, own, time.time()),
    )


def draw_who(someone: Here) -> None:
    """Draw the signed-in person and their role."""
    if not someone.is_signed_in:
        return
    of = f" of {someone.own.partner_id}" if someone.own.partner_id else ""
    st.text(f"{someone.who}\n{someone.own.role.capitalize()}{of}")
    page.note(ROLES[someone.own.role].sentence)


def draw_way_out(someone: Here) -> None:
    """Draw the buttons that end this sign-in, or all of this person's sign-ins."""
    if not someone.is_signed_in:
        return
    st.button("Sign out", icon=":material/logout:", on_click=_sign_out)
    with st.expander("Your sign-ins", icon=":material/devices:"):
        known = services.current().sign_ins()
        for seen in known.open_of(session.store(), someone.who, time.time()):
            st.text(f"Since {_at(seen.first_at)}, last click {_at(seen.last_at)}")
        page.note("Sign-ins used since the dashboard started.")
        st.button("Sign out everywhere", key="end_all_mine", on_click=_end_all_mine)


@st.fragment(run_every=LOOK_AGAIN_SECONDS)
def watch(someone: Here) -> None:
    """Clear an idle page when its sign-in ends.

    This check does not count as a click, so an idle sign-in stays idle.
    """
    if not someone.still():
        st.rerun()


def _at(seconds: float) -> str:
    return moment(datetime.fromtimestamp(seconds, UTC))


def _sign_out() -> None:
    # A callback runs before the rest of the script.
    with suppress(Ended, Refused):
        identity = identity_of(st.user.to_dict())
        services.current().sign_ins().end(session.store(), identity, time.time())
    st.logout()


def _end_all_mine() -> None:
    email = session.who()
    end_all(session.store(), email, email)
    st.logout()


def _draw_sign_in(configured: auth_config.SignIn, notice: str = "") -> None:
    navigation.title_browser_tab("Sign in")
    st.title(navigation.APP_TITLE)
    if notice:
        st.info(notice, icon=":material/logout:")
    elif st.query_params.get("sign_in") == "failed":
        st.error(
            "Sign-in failed. The sign-in service could not be reached, or it did not "
            "accept you. Try again.",
            icon=":material/report:",
        )
        st.text(
            f"If it happens again, contact {settings.CONTACT.text()}. The log has details."
        )
    st.markdown("Sign in to see the dashboard.")
    for provider in configured.providers:
        name = provider.replace("-", " ").capitalize()
        st.button(
            "Sign in" if provider == auth_config.UNNAMED else f"Sign in with {name}",
            icon=":material/login:",
            key=f"sign_in_{provider}",
            on_click=st.login,
            args=() if provider == auth_config.UNNAMED else (provider,),
        )


def _draw_refused(why: str, identity: Identity | None) -> None:
    navigation.title_browser_tab("No access yet")
    st.title("You don't have access yet")
    st.text(f"{why} Ask {settings.CONTACT.text()} for access.")
    if identity:
        page.note("Once you have access, reload this page.")
    st.button("Sign out", icon=":material/logout:", on_click=_sign_out)


def _draw_problems(configured: auth_config.SignIn) -> None:
    navigation.title_browser_tab("Sign-in is not set up")
    st.title("Sign-in setup is incomplete")
    st.text("\n".join(configured.problems))
    page.note("Fix this in .streamlit/secrets.toml, then restart the dashboard.")
