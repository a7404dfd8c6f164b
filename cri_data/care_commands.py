"""Redaction, backup and restore on the command line."""

import argparse
from pathlib import Path

from cri_data import settings
from cri_data.backup import backup, restore
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


def declare_file(command: argparse.ArgumentParser) -> None:
    """What backup and restore take."""
    command.add_argument("file", type=Path, metavar="FILE")


def make_backup(store: Store, options: argparse.Namespace) -> int:
    """Write the store to a new file."""
    rows = backup(store, options.file, WHO)
    print(f"{options.file} holds all {rows:,} rows of {store.path}.")
    return 0


def put_back(options: argparse.Namespace) -> int:
    """Put a backup in the store's place."""
    path = settings.store_path()
    done = restore(options.file, path, WHO)
    aside = f" The store before is {done.put_aside}." if done.put_aside else ""
    print(f"{path} holds the {done.rows:,} rows of {options.file}.{aside}")
    return 0
