"""People and access page: the list, its forms, and the roles."""

import time

import pandas as pd
import streamlit as st

from cri_data.accounts import users
from cri_data.accounts.login_sessions import end_all
from cri_data.accounts.users import PeopleError, Person
from cri_data.model.roles import ROLES, STAFF, Viewer
from cri_ui.components import html_table, page
from cri_ui.components.flash import show_after_rerun
from cri_ui.components.text import INVISIBLE, moment, plain_markdown
from cri_ui.navigation import PAGES
from cri_ui.session import services, session


def listed() -> list[Person]:
    """Everyone with access. Read on every run, because others may change it."""
    return users.listed(session.store())


def draw_people(everybody: list[Person]) -> None:
    """Draw the list of people with access."""
    st.header("People")
    if not everybody:
        st.info("No one has access yet.", icon=":material/group:")
        return
    names = _partners()
    table = pd.DataFrame(
        {
            "Email": person.email,
            "Role": person.role.capitalize(),
            "Partner": names.get(person.partner_id or "", person.partner_id or "") or "–",
            "Since": moment(person.added_at),
            "Added by": person.added_by,
        }
        for person in everybody
    )
    st.dataframe(table, hide_index=True, alt="People with access, with their roles.")


def draw_unused_note() -> None:
    """Draw a note if sign-in is not configured, because the list then has no effect."""
    if session.who() == session.LOCAL:
        page.note(
            "Sign-in is not configured, so this list has no effect yet. It takes effect as "
            "soon as sign-in is configured."
        )


def draw_add(everybody: list[Person]) -> None:
    """Draw the form that adds a person or changes their role."""
    names = _partners()
    with st.container(border=True):
        st.header("Add or change")
        email = st.text_input("Email", key="people_email")
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
            page.note("There are no partners yet. Staff can add them on the Upload page.")
        elif role == "partner":
            partner_id = st.selectbox(
                "Partner",
                list(names),
                index=None,
                format_func=names.__getitem__,
                placeholder="Choose a partner",
                key="people_partner",
            )
        before = {person.email: person.role for person in everybody}
        # An address copied from one of our pages can contain invisible characters.
        email = email.replace(INVISIBLE, "").strip().lower()
        if before.get(email, role) != role:
            page.note(
                f"{plain_markdown(email)} has the role "
                f"{before[email].capitalize()}. Saving changes it."
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
    show_after_rerun(
        f"{person.email} can now sign in as {person.role}{of}. No message is sent, so send "
        "them the address. If they were signed in, they must sign in again."
    )


def draw_remove(everybody: list[Person]) -> None:
    """Draw the form that removes a person, with a confirmation."""
    if not everybody:
        return
    with st.container(border=True):
        st.header("Remove")
        email = _choose("Person", everybody, "people_remove")
        is_sure = st.checkbox(
            "Yes, remove access from their next click.",
            key=f"people_sure_{email}",
        )
        if st.button("Remove", key="people_remove_now", disabled=not (email and is_sure)):
            _remove(email, is_sure)


def _remove(email: str | None, is_sure: bool) -> None:
    # A client can send a click on a disabled button.
    if not email or not is_sure:
        return
    try:
        users.remove(session.store(), email, session.who())
    except PeopleError as error:
        st.error(plain_markdown(str(error)), icon=":material/error:")
        return
    show_after_rerun(f"{email} no longer has access. You can add them again at any time.")


def draw_end(everybody: list[Person]) -> None:
    """Draw the form that signs a person out everywhere. They keep their role."""
    if not everybody:
        return
    with st.container(border=True):
        st.header("Sign out")
        page.note("Use this for a computer that was lost or left open.")
        email = _choose("Person to sign out", everybody, "people_end")
        if email:
            known = services.current().sign_ins()
            count = len(known.open_of(session.store(), email, time.time()))
            page.note(f"Sign-ins seen by this dashboard: {count}.")
        if (
            st.button("Sign out everywhere", key="people_end_now", disabled=not email)
            and email
        ):
            end_all(session.store(), email, session.who())
            show_after_rerun(f"{email} is signed out everywhere and can sign in again.")


def _choose(label: str, everybody: list[Person], key: str) -> str | None:
    """Draw the choice of a person. Returns the email, or None."""
    return st.selectbox(
        label,
        [person.email for person in everybody],
        index=None,
        placeholder="Choose a person",
        key=key,
    )


def draw_roles() -> None:
    """Draw each role with its description and pages."""
    st.header("Roles")
    table = pd.DataFrame(
        {
            "Role": role.name.capitalize(),
            "Description": role.sentence,
            "Pages": ", ".join(
                page.title for page in PAGES if Viewer(role.name).may(page.permission)
            ),
        }
        for role in ROLES.values()
    )
    html_table.draw(table, "Roles, with their descriptions and pages.")


def _partners() -> dict[str, str]:
    rows = session.fetch("partners_options", STAFF)
    return dict(zip(rows["partner_id"], rows["partner_name"], strict=True))
