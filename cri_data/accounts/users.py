"""People who can sign in, and their roles."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cri_data import settings
from cri_data.audit import log
from cri_data.audit.log import Action
from cri_data.model.refusal import Refusal
from cri_data.model.roles import ROLES, Viewer
from cri_data.store import query_files
from cri_data.store.store import Store

_ADMINISTRATOR = "administrator"

# The longest address that mail can be sent to.
_LONGEST = 254


class PeopleError(Refusal):
    """The list of people can't be changed this way. The message says what to do."""


@dataclass(frozen=True)
class Person:
    """A person with access. Only people of a partner have a `partner_id`."""

    email: str
    role: str
    partner_id: str | None
    added_by: str
    added_at: datetime


def plain_email(text: str) -> str | None:
    """An email as the list stores it, in lower case. None if it is not valid.

    Only ASCII, because other letters can look the same or change in lower case.
    """
    email = text.strip()
    name, at, host = email.partition("@")
    is_one = name and at and host and "@" not in host and len(email) <= _LONGEST
    is_plain = email.isascii() and email.isprintable() and " " not in email
    return email.lower() if is_one and is_plain else None


def viewer_of(store: Store, email: str) -> Viewer | None:
    """The viewer for that email. None if the person has no access."""
    plain = plain_email(email)
    found = store.rows("people/find", email=plain) if plain else []
    # Two rows for one email, or an unknown role, give no access.
    if len(found) != 1 or found[0][0] not in ROLES:
        return None
    return Viewer(*found[0])


def listed(store: Store) -> list[Person]:
    """All people with access, by email."""
    return [Person(*row) for row in store.rows("people/list")]


def add(
    store: Store, email: str, role: str | None, partner_id: str | None, who: str
) -> Person:
    """Give a person access, or change their role.

    A person who already has access must sign in again, and may use another account.
    Raises PeopleError, with what to do, for an invalid email or role, for a partner's
    person without a known partner, and for the last administrator.
    """
    plain = checked_email(email)
    partner_id = (partner_id or "").strip() or None
    with store.users_lock:
        given = _checked_role(store, role, partner_id)
        person = Person(plain, given, partner_id, who, datetime.now(UTC))
        if role != _ADMINISTRATOR:
            _keep_an_administrator(store, plain)
        is_listed = bool(store.rows("people/find", email=plain))
        with log.append_transaction(store, who) as transaction:
            if is_listed:
                _part(transaction, person.email, person.added_at)
            transaction.cursor.execute(query_files.statement("people/add"), vars(person))
            transaction.record(
                Action.ROLE_GIVEN, email=plain, role=role, partner=partner_id
            )
    return person


def remove(store: Store, email: str, who: str) -> None:
    """Remove a person's access, from their next click.

    Raises PeopleError for an unknown person and for the last administrator.
    """
    plain = checked_email(email)
    with store.users_lock:
        found = store.rows("people/find", email=plain)
        if not found:
            raise PeopleError(f"{plain} is not on the list. Check the list again.")
        _keep_an_administrator(store, plain)
        role, partner_id = found[0]
        with log.append_transaction(store, who) as transaction:
            _part(transaction, plain, datetime.now(UTC))
            views = query_files.statement("saved_views/remove_of_person")
            transaction.cursor.execute(views, {"email": plain})
            transaction.record(
                Action.ROLE_TAKEN, email=plain, role=role, partner=partner_id
            )


def _part(transaction: log.AuditedTransaction, email: str, at: datetime) -> None:
    """Remove a person's role, account, and sign-ins together."""
    transaction.cursor.execute(query_files.statement("people/remove"), {"email": email})
    transaction.cursor.execute(
        query_files.statement("people/forget_account"), {"email": email}
    )
    end_sign_ins(transaction, email, at)


def end_sign_ins(transaction: log.AuditedTransaction, email: str, at: datetime) -> None:
    """End a person's sign-ins up to that time, within a transaction."""
    row = {"email": email, "ended_at": at}
    transaction.cursor.execute(query_files.statement("people/add_ending"), row)


def account_of(store: Store, email: str) -> str | None:
    """The account that the person signs in with. None before the first sign-in."""
    found = store.rows("people/account", email=email)
    return found[0][0] if found else None


def is_account_of(store: Store, email: str, account: str) -> bool:
    """Whether this is the account that the person signs in with. The first one counts.

    An email can pass to another person, and a second provider can claim it. A person is
    identified by the provider and its own name for them. Adding the person again allows
    another account.
    """
    with store.users_lock:
        known = account_of(store, email)
        if known is not None:
            return known == account
        row = {"email": email, "account": account, "bound_at": datetime.now(UTC)}
        with log.append_transaction(store, email) as transaction:
            transaction.cursor.execute(query_files.statement("people/bind_account"), row)
            transaction.record(Action.ACCOUNT_BOUND)
        return True


def add_first_administrator(store: Store) -> bool:
    """Add the administrator named by CRI_ADMIN if there is none.

    Returns whether there is one now. Raises PeopleError for an invalid email.
    """
    if any(person.role == _ADMINISTRATOR for person in listed(store)):
        return True
    email = settings.ADMIN.text()
    if not email:
        return False
    try:
        add(store, email, _ADMINISTRATOR, None, settings.ADMIN.name)
    except PeopleError as error:
        raise PeopleError(f"{settings.ADMIN.name}: {error}") from error
    return True


def checked_email(text: str) -> str:
    """An email as the list stores it. Raises PeopleError if it is not valid."""
    email = plain_email(text)
    if email is None:
        raise PeopleError(
            f"'{text.strip()}' is not a valid email address. Enter the address that the "
            "person signs in with, such as name@agency.gov."
        )
    return email


def _checked_role(store: Store, role: str | None, partner_id: str | None) -> str:
    """The role, if it fits the partner. Otherwise raises PeopleError."""
    if not role:
        raise PeopleError(f"Choose a role: {', '.join(ROLES)}.")
    if role not in ROLES:
        raise PeopleError(f"There is no role '{role}'. There are: {', '.join(ROLES)}.")
    if role != "partner":
        if partner_id:
            raise PeopleError(f"The {role} role has no partner. Leave the partner out.")
        return role
    if not partner_id:
        raise PeopleError("Choose the partner that the person belongs to.")
    if not store.rows("people/partner_is_known", partner_id=partner_id)[0][0]:
        raise PeopleError(
            f"There is no partner '{partner_id}'. Upload the partner first, or check "
            "its partner_id."
        )
    return role


def _keep_an_administrator(store: Store, email: str) -> None:
    """Raise PeopleError if this person is the only administrator."""
    is_one = store.rows("people/find", email=email)[:1] == [(_ADMINISTRATOR, None)]
    others = store.rows("people/count_other_administrators", email=email)[0][0]
    if is_one and not others:
        raise PeopleError(
            f"{email} is the only administrator. Make someone else an administrator first."
        )
