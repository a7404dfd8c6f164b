"""The command `people`: change who can sign in while the dashboard is stopped."""

import json

import click

from cri_data.accounts import login_sessions, users
from cri_data.audit.log import Action, record
from cri_data.cli.command import DONE, WHO, Command, with_store
from cri_data.local_time import local_time
from cri_data.model.roles import ROLES
from cri_data.store.store import Store

_PAGE = "the People and access page"


@click.group("people", no_args_is_help=True)
def people() -> None:
    """Manage who can sign in."""


@people.command("add", Command)
@click.option("--partner", metavar="ID", help="the partner of a person with that role")
@click.argument("email", metavar="EMAIL")
@click.argument("role", type=click.Choice(list(ROLES)), metavar="|".join(ROLES))
@with_store(_PAGE)
def add(store: Store, email: str, role: str, partner: str | None) -> int:
    """Let a person sign in, or change their role."""
    person = users.add(store, email, role, partner, WHO)
    of = f" of {person.partner_id}" if person.partner_id else ""
    print(f"{person.email} can sign in as {person.role}{of}.")
    return DONE


@people.command("remove", Command)
@click.argument("email", metavar="EMAIL")
@with_store(_PAGE)
def remove(store: Store, email: str) -> int:
    """Stop a person from signing in."""
    users.remove(store, email, WHO)
    print(f"{email.strip().lower()} can no longer sign in.")
    return DONE


@people.command("end", Command)
@click.argument("email", metavar="EMAIL")
@with_store(_PAGE)
def end(store: Store, email: str) -> int:
    """Sign a person out everywhere. They can sign in again."""
    login_sessions.end_all(store, email, WHO)
    print(f"{email.strip().lower()} is signed out everywhere.")
    return DONE


@people.command("list", Command)
@click.option("--json", "as_json", is_flag=True, help="print a JSON array")
@with_store(_PAGE)
def list_people(store: Store, as_json: bool) -> int:
    """List the people who can sign in, and their roles."""
    listed = users.listed(store)
    record(store, WHO, Action.EXPORTED, table="people", rows=len(listed))
    if as_json:
        print(json.dumps([_as_json(person) for person in listed], indent=2))
        return DONE
    for person in listed:
        added = f"{local_time(person.added_at)} by {person.added_by}"
        print(f"{person.email}  {person.role}  {person.partner_id or '–'}  {added}")
    if not listed:
        print("No one has access yet.")
    return DONE


def _as_json(person: users.Person) -> dict[str, str | None]:
    return vars(person) | {"added_at": person.added_at.isoformat()}
