"""The trail on the command line."""

import argparse
import json

from cri_data.access import Viewer
from cri_data.chain import chain_faults, newest_seal
from cri_data.store import Store
from cri_data.trail import action_in_words, what_in_words

_ADMINISTRATOR = Viewer("administrator")


def declare(command: argparse.ArgumentParser) -> None:
    """What the command trail takes."""
    command.add_argument(
        "--json", action="store_true", help="print one JSON object per entry"
    )


def trail(store: Store, options: argparse.Namespace) -> int:
    """Print the trail, newest entry first; 1 where it is not whole, else 0."""
    told = store.ask_arrow("trail_list", _ADMINISTRATOR).to_pylist()
    for entry in told:
        print(_as_json(entry) if options.json else _as_text(entry))
    faults = chain_faults(store)
    if not options.json:
        number, seal = newest_seal(store)
        for fault in faults or [f"The trail is whole. Entry {number:,} has seal {seal}."]:
            print(fault)
    return 1 if faults else 0


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
