"""Stored files without the rows of some records: searched first, then written."""

import gzip
import re
import zlib
from dataclasses import dataclass, field
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from cri_data.importing.commit.read_options import (
    REWRITTEN,
    is_plain,
    options_from_text,
    options_to_text,
)
from cri_data.reading import ReadOptions
from cri_data.reading.workbook import is_workbook
from cri_data.redaction.file_rows import Looked, Wanted, without_rows
from cri_data.redaction.text_encodings import writings
from cri_data.store import query_files
from cri_data.store.rows import only_row

# For more texts, reading the file is faster than searching it for each.
_FEW = 40

# This program wrote this file, so its format is detected correctly.
_REJECTED, _AS_FOUND = "rejected.csv", ReadOptions()


class LookedTooEarly(Exception):
    """The records or texts to remove changed since the files were searched."""


class _Kept(NamedTuple):
    """An upload with a stored file, and its read options. Null if not known."""

    upload_id: str
    dataset: str
    name: str
    options: str | None


@dataclass(frozen=True)
class File:
    """The new stored files of an upload, compressed. None if nothing may be kept."""

    content: bytes | None
    rejected: bytes | None
    options: str | None
    rewritten: int
    deleted: int


@dataclass(frozen=True)
class Seen:
    """All searched files. None for those that don't contain what is wanted."""

    wanted: Wanted
    files: dict[str, File | None] = field(default_factory=dict)

    def after(self, other: "Seen | None") -> "Seen":
        """What is still valid once the files of `other` were rewritten."""
        left_alone = {one for one, file in other.files.items() if not file} if other else {}
        return Seen(self.wanted, {n: f for n, f in self.files.items() if n in left_alone})


def look_through(cursor: DuckDBPyConnection, wanted: Wanted) -> Seen:
    """Search all stored files. Writes nothing, and no one waits for it."""
    seen = Seen(wanted)
    for kept in _kept_files(cursor):
        seen.files[kept.upload_id] = _looked_at(cursor, kept, wanted)
    return seen


def rewrite(
    cursor: DuckDBPyConnection, wanted: Wanted, seen: Seen | None
) -> tuple[int, int]:
    """Replace the files. Returns how many were rewritten and how many deleted.

    Files added since `seen` are searched now. Raises LookedTooEarly if the search was for
    another record or text.
    """
    if seen and seen.wanted != wanted:
        raise LookedTooEarly
    known = seen.files if seen else {}
    rewritten = deleted = 0
    for kept in _kept_files(cursor):
        if kept.upload_id in known:
            file = known[kept.upload_id]
        else:
            file = _looked_at(cursor, kept, wanted)
        if file is None:
            continue
        _write(cursor, kept.upload_id, file)
        rewritten, deleted = rewritten + file.rewritten, deleted + file.deleted
    return rewritten, deleted


def _write(cursor: DuckDBPyConnection, upload_id: str, file: File) -> None:
    of = {"upload_id": upload_id}
    packed = {"content": file.content, "rejected": file.rejected}
    cursor.execute(query_files.statement("redaction/replace_file"), of | packed)
    cursor.execute(
        query_files.statement("redaction/replace_reading"), of | {"told": file.options}
    )


def _kept_files(cursor: DuckDBPyConnection) -> list[_Kept]:
    rows = cursor.execute(query_files.statement("redaction/kept_files")).fetchall()
    return [_Kept(*row) for row in rows]


def _looked_at(cursor: DuckDBPyConnection, kept: _Kept, wanted: Wanted) -> File | None:
    named = {"upload_id": kept.upload_id}
    packed = only_row(cursor.execute(query_files.statement("upload/kept_file"), named))
    ways = (options_from_text(kept.options), _AS_FOUND)
    left: list[bytes | None] = []
    options, rewritten, deleted = kept.options, 0, 0
    for content, name, how in zip(packed, (kept.name, _REJECTED), ways, strict=True):
        looked = _looked_into(content, kept.dataset, name, wanted, how)
        if not looked.is_touched:
            left.append(content)
        elif looked.content is None:
            left.append(None)
            deleted += 1
        else:
            left.append(gzip.compress(looked.content))
            rewritten += 1
            options = options_to_text(REWRITTEN) if how is not _AS_FOUND else options
    content, rejected = left
    if not rewritten and not deleted:
        return None
    return File(content, rejected, options, rewritten, deleted)


def _looked_into(
    packed: bytes | None,
    dataset: str,
    name: str,
    wanted: Wanted,
    options: ReadOptions | None,
) -> Looked:
    if packed is None:
        return Looked(None, is_touched=False)
    try:
        plain = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error):
        # Damaged, so it can't be read or searched.
        return Looked(None, is_touched=True)
    if not may_tell(plain, wanted, options):
        return Looked(plain, is_touched=False)
    return without_rows(dataset, name, plain, wanted, options)


def may_tell(content: bytes, wanted: Wanted, options: ReadOptions | None) -> bool:
    """Whether the file has to be read. False if it can't contain any of them.

    Looks for the longest run of letters, digits, and spaces in each, which is written the
    same however a file is quoted.
    """
    sought = (*wanted.ids, *wanted.texts)
    if len(sought) > _FEW or is_workbook(content) or not is_plain(options):
        return True
    runs = (max(re.findall(r"[A-Za-z0-9 ]+", text), key=len, default="") for text in sought)
    return any(written in content for run in runs for written in writings(run))
