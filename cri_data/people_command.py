"""The command `people`: who may sign in, changed while the dashboard is down."""

import argparse
import json
from collections.abc import Callable

from cri_data import people, sign_ins
from cri_data.access import ROLES
from cri_data.store import Store

_WHO = "command line"

Run = Callable[[Store, argparse.Namespace], int]


def declare(command: argparse.ArgumentParser) -> None:
    """Give the command its parts."""
    parts = command.add_subparsers(
        dest="part", required=True, metavar="add|remove|end|list"
    )
    command.set_defaults(parts=parts)

    part = _part(parts, "add", _add, "let a person sign in, or change their role")
    part.add_argument("email", metavar="EMAIL")
    part.add_argument("role", choices=list(ROLES), metavar="|".join(ROLES))
    part.add_argument("--partner", metavar="ID", help="whose a partner's person is")

    part = _part(parts, "remove", _remove, "let a person sign in no more")
    part.add_argument("email", metavar="EMAIL")

    part = _part(parts, "end", _end, "end every sign-in of a person, who may sign in again")
    part.add_argument("email", metavar="EMAIL")

    part = _part(parts, "list", _list, "list who may sign in, and as what")
    part.add_argument("--json", action="store_true", help="print a JSON array")


def _part(
    parts: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Run,
    summary: str,
) -> argparse.ArgumentParser:
    part = parts.add_parser(name, help=summary, description=summary)
    part.set_defaults(run=run)
    return part


def _add(store: Store, options: argparse.Namespace) -> int:
    person = people.add(store, options.email, options.role, options.partner, _WHO)
    of = f" of {person.partner_id}" if person.partner_id else ""
    print(f"{person.email} signs in as {person.role}{of}.")
    return 0


def _remove(store: Store, options: argparse.Namespace) -> int:
    people.remove(store, options.email, _WHO)
    print(f"{options.email.strip().lower()} signs in no more.")
    return 0


def _end(store: Store, options: argparse.Namespace) -> int:
    sign_ins.end_all(store, options.email, _WHO)
    print(f"{options.email.strip().lower()} is signed out everywhere.")
    return 0


def _list(store: Store, options: argparse.Namespace) -> int:
    listed = people.listed(store)
    if options.json:
        print(json.dumps([_as_json(person) for person in listed], indent=2))
        return 0
    for person in listed:
        added = f"{person.added_at:%Y-%m-%d} by {person.added_by}"
        print(f"{person.email}  {person.role}  {person.partner_id or '–'}  {added}")
    if not listed:
        print("Nobody is on the list.")
    return 0


def _as_json(person: people.Person) -> dict[str, str | None]:
    return vars(person) | {"added_at": person.added_at.isoformat()}
