"""The commands about accepted uploads."""

import sys
from pathlib import Path

import click

from cri_data.audit.log import Action, record
from cri_data.cli import output
from cri_data.cli.command import DONE, NOTHING_DONE, WHO, Command, with_store
from cri_data.importing.commit.stored_files import kept_file
from cri_data.importing.commit.undo import undo as undo_upload
from cri_data.model.roles import STAFF
from cri_data.store.store import Store

_PAGE = "the Upload history page"


@click.command("uploads", Command)
@with_store(_PAGE)
def uploads(store: Store) -> int:
    """List the uploads, newest first."""
    listed = store.ask_arrow("uploads_list", STAFF)
    record(store, WHO, Action.EXPORTED, table="uploads", rows=listed.num_rows)
    print(output.table(listed))
    return DONE


@click.command("undo", Command)
@click.option(
    "--rest",
    is_flag=True,
    help="keep records that later uploads changed",
)
@click.argument("upload_id", metavar="UPLOAD_ID")
@with_store(_PAGE)
def undo(store: Store, upload_id: str, rest: bool) -> int:
    """Undo an upload."""
    undo_upload(store, upload_id, WHO, rest)
    print(f"{upload_id} was undone.")
    return DONE


@click.command("kept", Command)
@click.option("--rejected", is_flag=True, help="write its rejected rows instead")
@click.argument("upload_id", metavar="UPLOAD_ID")
@click.argument("file", type=Path, metavar="OUT")
@with_store(_PAGE)
def kept(store: Store, upload_id: str, file: Path, rejected: bool) -> int:
    """Write an upload's original file."""
    stored = kept_file(store, upload_id)
    content = stored.rejected if rejected else stored.content
    if content is None:
        print(f"No such file was saved for {upload_id}.", file=sys.stderr)
        return NOTHING_DONE
    what = "rejected rows" if rejected else "original file"
    record(store, WHO, Action.EXPORTED, table=f"{what} of {upload_id}")
    file.write_bytes(content)
    print(f"{file}: {len(content):,} bytes")
    return DONE
