"""The commands that make a backup and put one back."""

import argparse
from pathlib import Path

from cri_data import settings
from cri_data.backups.backup import backup
from cri_data.backups.restore import restore
from cri_data.cli.command import DONE, WHO, Commands, command
from cri_data.store.store import Store


def declare(commands: Commands) -> None:
    """Declare backup and restore."""
    made = command(
        commands,
        "backup",
        _backup,
        "write the store to a new file",
        page="the Backups page",
    )
    made.add_argument("file", type=Path, metavar="FILE")

    made = command(
        commands,
        "restore",
        _restore,
        "put a backup in the store's place",
        needs_store=False,
    )
    made.add_argument("file", type=Path, metavar="FILE")


def _backup(store: Store, options: argparse.Namespace) -> int:
    rows = backup(store, options.file, WHO)
    print(f"{options.file} holds all {rows:,} rows of {store.path}.")
    return DONE


def _restore(options: argparse.Namespace) -> int:
    path = settings.store_path()
    done = restore(options.file, path, WHO)
    aside = f" The store before is {done.put_aside}." if done.put_aside else ""
    print(f"{path} holds the {done.rows:,} rows of {options.file}.{aside}")
    for note in done.notes:
        print(note)
    return DONE
