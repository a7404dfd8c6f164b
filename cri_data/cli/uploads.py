"""The commands about uploads that were accepted."""

import argparse
import sys
from pathlib import Path

from cri_data.audit.log import Action, record
from cri_data.cli import output
from cri_data.cli.command import DONE, NOTHING_DONE, WHO, Commands, command
from cri_data.importing.commit.stored_files import kept_file
from cri_data.importing.commit.undo import undo
from cri_data.model.roles import STAFF
from cri_data.store.store import Store

_PAGE = "the Upload history page"


def declare(commands: Commands) -> None:
    """Declare uploads, undo and kept."""
    command(commands, "uploads", _uploads, "list the uploads, newest first", page=_PAGE)

    made = command(commands, "undo", _undo, "take back an upload", page=_PAGE)
    made.add_argument("upload_id", metavar="UPLOAD_ID")
    made.add_argument(
        "--rest",
        action="store_true",
        help="leave the records that later uploads changed as they are",
    )

    made = command(commands, "kept", _kept, "write an upload's file as it came", page=_PAGE)
    made.add_argument("upload_id", metavar="UPLOAD_ID")
    made.add_argument("file", type=Path, metavar="OUT")
    made.add_argument("--rejected", action="store_true", help="its rejected rows instead")


def _uploads(store: Store, options: argparse.Namespace) -> int:
    del options
    listed = store.ask_arrow("uploads_list", STAFF)
    record(store, WHO, Action.EXPORTED, table="uploads", rows=listed.num_rows)
    print(output.table(listed))
    return DONE


def _undo(store: Store, options: argparse.Namespace) -> int:
    undo(store, options.upload_id, WHO, options.rest)
    print(f"{options.upload_id} is undone: the store is as it was before.")
    return DONE


def _kept(store: Store, options: argparse.Namespace) -> int:
    kept = kept_file(store, options.upload_id)
    content = kept.rejected if options.rejected else kept.content
    if content is None:
        print(f"Nothing of the kind was kept of {options.upload_id}.", file=sys.stderr)
        return NOTHING_DONE
    what = "its rejected rows" if options.rejected else "the file as it came"
    record(store, WHO, Action.EXPORTED, table=f"{what} of {options.upload_id}")
    options.file.write_bytes(content)
    print(f"{options.file}: {len(content):,} bytes")
    return DONE
