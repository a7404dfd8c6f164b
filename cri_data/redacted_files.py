"""The kept files without the rows of some records: looked for first, then written."""

import gzip
import re
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from cri_data import catalog
from cri_data.upload.kept_rows import Wanted, without_rows
from cri_data.upload.reading.workbooks import is_workbook

# For more it is quicker to read the file than to look for each of them.
_FEW = 40

_REJECTED = "rejected.csv"


class LookedTooEarly(Exception):
    """What is wanted has changed since the files were looked through."""


@dataclass(frozen=True)
class File:
    """What becomes of an upload's kept files, packed; None where nothing may stay."""

    content: bytes | None
    rejected: bytes | None
    rewritten: int
    let_go: int


@dataclass(frozen=True)
class Seen:
    """Every file looked at for these; None for those that tell nothing of them."""

    wanted: Wanted
    files: dict[str, File | None] = field(default_factory=dict)

    def after(self, other: "Seen | None") -> "Seen":
        """What still holds once the files of `other` were written anew."""
        left_alone = {one for one, file in other.files.items() if not file} if other else {}
        return Seen(self.wanted, {n: f for n, f in self.files.items() if n in left_alone})


def look_through(cursor: DuckDBPyConnection, wanted: Wanted) -> Seen:
    """Look at every kept file. It writes nothing, and nobody waits for it."""
    seen = Seen(wanted)
    for upload_id, dataset, name in _kept_files(cursor):
        seen.files[upload_id] = _looked_at(cursor, upload_id, dataset, name, wanted)
    return seen


def rewrite(
    cursor: DuckDBPyConnection, wanted: Wanted, seen: Seen | None
) -> tuple[int, int]:
    """Write the files anew: how many were rewritten, and how many let go.

    Those that came since `seen` are looked at now. Raises LookedTooEarly where
    it was another record, or another text of it, that was looked for.
    """
    if seen and seen.wanted != wanted:
        raise LookedTooEarly
    known = seen.files if seen else {}
    rewritten = let_go = 0
    for upload_id, dataset, name in _kept_files(cursor):
        if upload_id in known:
            file = known[upload_id]
        else:
            file = _looked_at(cursor, upload_id, dataset, name, wanted)
        if file is None:
            continue
        cursor.execute(
            catalog.statement("redaction/replace_file"),
            {"upload_id": upload_id, "content": file.content, "rejected": file.rejected},
        )
        rewritten, let_go = rewritten + file.rewritten, let_go + file.let_go
    return rewritten, let_go


def _kept_files(cursor: DuckDBPyConnection) -> list[tuple[str, str, str]]:
    return cursor.execute(catalog.statement("redaction/kept_files")).fetchall()


def _looked_at(
    cursor: DuckDBPyConnection, upload_id: str, dataset: str, name: str, wanted: Wanted
) -> File | None:
    packed = cursor.execute(
        catalog.statement("upload/kept_file"), {"upload_id": upload_id}
    ).fetchone()
    left, rewritten, let_go = [], 0, 0
    for content, file_name in zip(packed, (name, _REJECTED), strict=True):
        plain = None if content is None else gzip.decompress(content)
        if plain is None or not may_tell(plain, wanted):
            left.append(content)
            continue
        looked = without_rows(dataset, file_name, plain, wanted)
        if not looked.is_touched:
            left.append(content)
        elif looked.content is None:
            left.append(None)
            let_go += 1
        else:
            left.append(gzip.compress(looked.content))
            rewritten += 1
    return File(*left, rewritten, let_go) if rewritten or let_go else None


def may_tell(content: bytes, wanted: Wanted) -> bool:
    """Whether the file has to be read: False where it cannot hold any of them.

    By the longest run of letters, digits and spaces of each, for those are written alike
    however a file is quoted and encoded.
    """
    sought = (*wanted.ids, *wanted.texts)
    if len(sought) > _FEW or is_workbook(content):
        return True
    for text in sought:
        run = max(re.findall(r"[A-Za-z0-9 ]+", text), key=len, default="").encode()
        # The second is how UTF-16 has it, whichever byte comes first.
        if run in content or b"\0".join(bytes([byte]) for byte in run) in content:
            return True
    return False
