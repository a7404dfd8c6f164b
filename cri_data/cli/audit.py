"""The commands that verify the store and print the audit log: check and trail."""

import json
from typing import Any

import click

from cri_data.audit.log import Action, record
from cri_data.audit.verify import chain_faults, newest_seal
from cri_data.audit.wording import action_in_words, what_in_words
from cri_data.checks.store import findings
from cri_data.cli.command import DONE, SOME_REJECTED, WHO, Command, with_store
from cri_data.importing.matching.duplicate_agencies import (
    DuplicateAgencies,
    duplicate_agencies,
)
from cri_data.local_time import local_time
from cri_data.model.roles import Viewer
from cri_data.store.store import Store

_ADMINISTRATOR = Viewer("administrator")

# The most probable duplicates that are printed.
_PAIRS_SHOWN = 1_000

_SOUND = (
    "No problems found: the records, people, published table and audit log are consistent."
)


@click.command("check", Command)
@with_store()
def check(store: Store) -> int:
    """Check records, people, the published table and the audit log."""
    found = findings(store)
    for finding in found:
        print(finding)
    if not found:
        print(_SOUND)
    _print_duplicates(duplicate_agencies(store))
    return SOME_REJECTED if found else DONE


def _print_duplicates(pairs: list[DuplicateAgencies]) -> None:
    """Print what may be doubled. It is no fault, because a person must decide."""
    if not pairs:
        return
    count = f"{len(pairs):,} {'pair' if len(pairs) == 1 else 'pairs'}"
    print(f"Probable duplicate agencies: {count}. To merge two, use merge or Records.")
    for pair in pairs[:_PAIRS_SHOWN]:
        print(f"  {pair}")
    if len(pairs) > _PAIRS_SHOWN:
        print(f"  … and {len(pairs) - _PAIRS_SHOWN:,} more.")


@click.command("trail", Command)
@click.option("--json", "as_json", is_flag=True, help="print one JSON object per entry")
@with_store(page="the Audit log page")
def trail(store: Store, as_json: bool) -> int:
    """Print the audit log: who did what and when, newest first."""
    entries = store.ask_arrow("trail_list", _ADMINISTRATOR).to_pylist()
    # The audit log first, because unrecorded rows must not be output. This new entry is
    # not among the printed ones.
    record(store, WHO, Action.EXPORTED, table="trail", rows=len(entries))
    for entry in entries:
        print(_as_json(entry) if as_json else _as_text(entry))
    faults = chain_faults(store)
    if not as_json:
        number, seal = newest_seal(store)
        intact = f"The audit log is intact. Entry {number:,} has seal {seal}."
        print("\n".join(faults or [intact]))
    return SOME_REJECTED if faults else DONE


def _as_json(entry: dict[str, Any]) -> str:
    recorded_at = f"{entry['recorded_at'].isoformat(timespec='microseconds')}Z"
    what = json.loads(entry["what"])
    whole = entry | {"recorded_at": recorded_at, "what": what}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)


def _as_text(entry: dict[str, Any]) -> str:
    return (
        f"{entry['entry_number']:>6}  {local_time(entry['recorded_at'])}  {entry['who']}  "
        f"{action_in_words(entry['action'])}  {what_in_words(entry['what'])}".rstrip()
    )
