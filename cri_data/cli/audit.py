"""The commands that look whether store and trail are whole: check and trail."""

import argparse
import json

from cri_data.audit.log import Action, record
from cri_data.audit.verify import chain_faults, newest_seal
from cri_data.audit.wording import action_in_words, what_in_words
from cri_data.checks.store import findings
from cri_data.cli.command import DONE, SOME_REJECTED, WHO, Commands, command
from cri_data.model.roles import Viewer
from cri_data.store.store import Store

_ADMINISTRATOR = Viewer("administrator")

_SOUND = "Nothing is wrong: records, people, the published table and the trail hold."


def declare(commands: Commands) -> None:
    """Declare check and trail."""
    command(
        commands,
        "check",
        _check,
        "check records, people, the published table and the trail",
    )

    made = command(
        commands,
        "trail",
        _trail,
        "print who did what and when",
        page="the Trail page",
    )
    made.add_argument("--json", action="store_true", help="print one JSON object per entry")


def _check(store: Store, options: argparse.Namespace) -> int:
    del options
    found = findings(store)
    for finding in found:
        print(finding)
    if not found:
        print(_SOUND)
    return SOME_REJECTED if found else DONE


def _trail(store: Store, options: argparse.Namespace) -> int:
    """Print the trail, newest entry first."""
    told = store.ask_arrow("trail_list", _ADMINISTRATOR).to_pylist()
    # First the trail: what it cannot say is not handed out. The entry that says
    # so is the next one, and no part of what is printed.
    record(store, WHO, Action.EXPORTED, table="trail", rows=len(told))
    for entry in told:
        print(_as_json(entry) if options.json else _as_text(entry))
    faults = chain_faults(store)
    if not options.json:
        number, seal = newest_seal(store)
        for fault in faults or [f"The trail is whole. Entry {number:,} has seal {seal}."]:
            print(fault)
    return SOME_REJECTED if faults else DONE


def _as_json(entry: dict) -> str:
    recorded_at = f"{entry['recorded_at'].isoformat(timespec='microseconds')}Z"
    told = entry | {"recorded_at": recorded_at, "what": json.loads(entry["what"])}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _as_text(entry: dict) -> str:
    moment = entry["recorded_at"].isoformat(" ", "seconds")
    return (
        f"{entry['entry_number']:>6}  {moment}  {entry['who']}  "
        f"{action_in_words(entry['action'])}  {what_in_words(entry['what'])}".rstrip()
    )
