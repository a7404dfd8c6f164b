"""The commands that make a backup and restore one."""

from pathlib import Path

import click

from cri_data import settings
from cri_data.backups.backup import backup as back_up
from cri_data.backups.restore import restore as restore_backup
from cri_data.cli.command import DONE, WHO, Command, with_store
from cri_data.store.store import Store


@click.command("backup", Command)
@click.argument("file", type=Path, metavar="FILE")
@with_store(page="the Backups page")
def backup(store: Store, file: Path) -> int:
    """Write the store to a new backup file."""
    rows = back_up(store, file, WHO)
    print(f"{file} holds all {rows:,} rows of {store.path}.")
    return DONE


@click.command("restore", Command)
@click.argument("file", type=Path, metavar="FILE")
def restore(file: Path) -> int:
    """Replace the store with a backup."""
    path = settings.store_path()
    done = restore_backup(file, path, WHO)
    aside = f" The previous store is {done.put_aside}." if done.put_aside else ""
    print(f"{path} holds the {done.rows:,} rows of {file}.{aside}")
    for note in done.notes:
        print(note)
    return DONE
