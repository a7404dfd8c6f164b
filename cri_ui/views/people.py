"""The list of people and the forms that change it."""

import time

import pandas as pd
import streamlit as st

from cri_data.accounts import users
from cri_data.accounts.login_sessions import end_all
from cri_data.accounts.users import PeopleError, Person
from cri_data.model.roles import ROLES, STAFF, Viewer
from cri_ui.components import page
from cri_ui.components.flash import say_and_draw_anew
from cri_ui.components.text import INVISIBLE, plain_markdown
from cri_ui.navigation import PAGES
from cri_ui.session import services, session


def listed() -> list[Person]:
    """Everybody on the list, read anew on every run."""
    return users.listed(session.store())


def draw_people(everybody: list[Person]) -> None:
    """The list as a table."""
    st.header("People")
    if not everybody:
        st.info("Nobody is on the list yet.", icon=":material/group:")
        return
    names = _partners()
    table = pd.DataFrame(
        {
            "E-mail": person.email,
            "Role": person.role.capitalize(),
            "Partner": names.get(person.partner_id or "", person.partner_id or "") or "–",
            "Since (UTC)": f"{person.added_at:%Y-%m-%d %H:%M}",
            "Added by": person.added_by,
        }
        for person in everybody
    )
    st.dataframe(table, hide_index=True, alt="Who may sign in, and as what.")


def say_unused() -> None:
    """Without sign-in the list does nothing: say so."""
    if session.who() == session.LOCAL:
        page.note(
            "Sign-in is not configured, so nobody is asked who they are and this list "
            "does nothing yet. It holds as soon as sign-in is configured."
        )


def draw_add(everybody: list[Person]) -> None:
    """Add a person, or give another role to one who is there."""
    names = _partners()
    with st.container(border=True):
        st.header("Add or change")
        email = st.text_input("E-mail", key="people_email")
        role = st.selectbox(
            "Role",
            list(ROLES),
            index=None,
            format_func=str.capitalize,
            placeholder="Choose a role",
            key="people_role",
        )
        page.note(ROLES[role].sentence if role in ROLES else "")
        partner_id = None
        if role == "partner" and not names:
            page.note("There are no partners yet: staff load them on the Upload page.")
        elif role == "partner":
            partner_id = st.selectbox(
                "Partner",
                list(names),
                index=None,
                format_func=names.__getitem__,
                placeholder="Choose their partner",
                key="people_partner",
            )
        before = {person.email: person.role for person in everybody}
        # An address that was copied from a page of ours can hold what cannot be seen.
        email = email.replace(INVISIBLE, "").strip().lower()
        if before.get(email, role) != role:
            page.note(
                f"{plain_markdown(email)} is on the list as "
                f"{before[email].capitalize()}: saving changes that."
            )
        if st.button("Save", key="people_add", type="primary"):
            _add(email, role, partner_id)


def _add(email: str, role: str | None, partner_id: str | None) -> None:
    try:
        person = users.add(session.store(), email, role, partner_id, session.who())
    except PeopleError as error:
        st.error(plain_markdown(str(error)), icon=":material/error:")
        return
    of = f" of {_partners()[partner_id]}" if partner_id else ""
    say_and_draw_anew(
        f"{person.email} may sign in now, as {person.role}{of}. No message is sent: "
        "tell them the address. Whoever was signed in with it signs in again."
    )


def draw_remove(everybody: list[Person]) -> None:
    """Take a person off the list, once that is confirmed."""
    if not everybody:
        return
    with st.container(border=True):
        st.header("Remove")
        email = _choose("Person", everybody, "people_remove")
        is_sure = st.checkbox(
            "Yes: from their next click on they see nothing.",
            key=f"people_sure_{email}",
        )
        if st.button("Remove", key="people_remove_now", disabled=not (email and is_sure)):
            _remove(email, is_sure)


def _remove(email: str | None, is_sure: bool) -> None:
    # A button can be pressed over the wire though it is drawn disabled.
    if not email or not is_sure:
        return
    try:
        users.remove(session.store(), email, session.who())
    except PeopleError as error:
        st.error(plain_markdown(str(error)), icon=":material/error:")
        return
    say_and_draw_anew(f"{email} is off the list, and may be added again at any time.")


def draw_end(everybody: list[Person]) -> None:
    """End all sign-ins of a person, who keeps the role and may sign in again."""
    if not everybody:
        return
    with st.container(border=True):
        st.header("End sign-ins")
        page.note("For a computer that was lost, or left open.")
        email = _choose("Whose", everybody, "people_end")
        if email:
            known = services.current().sign_ins()
            count = len(known.open_of(session.store(), email, time.time()))
            page.note(f"Signed in now, as far as this dashboard has seen: {count}.")
        if st.button("End them all", key="people_end_now", disabled=not email) and email:
            end_all(session.store(), email, session.who())
            say_and_draw_anew(f"{email} is signed out everywhere, and may sign in again.")


def _choose(label: str, everybody: list[Person], key: str) -> str | None:
    """Draw the choice of a person; the e-mail, if one is chosen."""
    return st.selectbox(
        label,
        [person.email for person in everybody],
        index=None,
        placeholder="Choose a person",
        key=key,
    )


def draw_roles() -> None:
    """What each role is, and which pages it may open."""
    st.header("Roles")
    table = pd.DataFrame(
        {
            "Role": role.name.capitalize(),
            "What it does": role.sentence,
            "Pages": ", ".join(
                page.title for page in PAGES if Viewer(role.name).may(page.permission)
            ),
        }
        for role in ROLES.values()
    )
    st.table(table, alt="What each role does and may open.", hide_index=True)


def _partners() -> dict[str, str]:
    rows = session.fetch("partners_options", STAFF)
    return dict(zip(rows["partner_id"], rows["partner_name"], strict=True))
