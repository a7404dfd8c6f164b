"""Redaction on the command line."""

import argparse

from cri_data.redaction import redact, redactable
from cri_data.store import Store

WHO = "command line"


def declare_redact(command: argparse.ArgumentParser) -> None:
    """What the command redact takes."""
    choices = redactable()
    command.add_argument("dataset", choices=choices, metavar="|".join(choices))
    command.add_argument("record_id", metavar="ID")


def redact_record(store: Store, options: argparse.Namespace) -> int:
    """Take one record's free text out everywhere."""
    places = redact(store, options.dataset, options.record_id, WHO)
    print(
        f"The free text of {options.record_id} is gone: {places}. "
        "Backups made before still hold it."
    )
    return 0
