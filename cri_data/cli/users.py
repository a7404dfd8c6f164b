"""The command `people`: who may sign in, changed while the dashboard is down."""

import argparse
import json

from cri_data.accounts import login_sessions, users
from cri_data.audit.log import Action, record
from cri_data.cli.command import DONE, WHO, Commands, command
from cri_data.model.roles import ROLES
from cri_data.store.store import Store

_PAGE = "the People and access page"


def declare(commands: Commands) -> None:
    """Declare people and its four parts."""
    made = command(commands, "people", _list, "who may sign in", page=_PAGE)
    parts = made.add_subparsers(dest="part", required=True, metavar="add|remove|end|list")
    made.set_defaults(parts=parts)

    part = command(
        parts, "add", _add, "let a person sign in, or change their role", page=_PAGE
    )
    part.add_argument("email", metavar="EMAIL")
    part.add_argument("role", choices=list(ROLES), metavar="|".join(ROLES))
    part.add_argument("--partner", metavar="ID", help="whose a partner's person is")

    part = command(parts, "remove", _remove, "let a person sign in no more", page=_PAGE)
    part.add_argument("email", metavar="EMAIL")

    part = command(
        parts,
        "end",
        _end,
        "end every sign-in of a person, who may sign in again",
        page=_PAGE,
    )
    part.add_argument("email", metavar="EMAIL")

    part = command(parts, "list", _list, "list who may sign in, and as what", page=_PAGE)
    part.add_argument("--json", action="store_true", help="print a JSON array")


def _add(store: Store, options: argparse.Namespace) -> int:
    person = users.add(store, options.email, options.role, options.partner, WHO)
    of = f" of {person.partner_id}" if person.partner_id else ""
    print(f"{person.email} signs in as {person.role}{of}.")
    return DONE


def _remove(store: Store, options: argparse.Namespace) -> int:
    users.remove(store, options.email, WHO)
    print(f"{options.email.strip().lower()} signs in no more.")
    return DONE


def _end(store: Store, options: argparse.Namespace) -> int:
    login_sessions.end_all(store, options.email, WHO)
    print(f"{options.email.strip().lower()} is signed out everywhere.")
    return DONE


def _list(store: Store, options: argparse.Namespace) -> int:
    listed = users.listed(store)
    record(store, WHO, Action.EXPORTED, table="people", rows=len(listed))
    if options.json:
        print(json.dumps([_as_json(person) for person in listed], indent=2))
        return DONE
    for person in listed:
        added = f"{person.added_at:%Y-%m-%d} by {person.added_by}"
        print(f"{person.email}  {person.role}  {person.partner_id or '–'}  {added}")
    if not listed:
        print("Nobody is on the list.")
    return DONE


def _as_json(person: users.Person) -> dict[str, str | None]:
    return vars(person) | {"added_at": person.added_at.isoformat()}
