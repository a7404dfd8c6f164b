"""A stored file without the rows of some records, or deleted if that is impossible."""

import html
import io
import re
import zipfile
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from cri_data.export.csv_writer import row_writer
from cri_data.export.formula_guard import GUARDED
from cri_data.importing.cells import cell_texts
from cri_data.importing.commit.read_options import SURE, is_plain
from cri_data.importing.mapping.headings import HeadingsError
from cri_data.importing.mapping.read_dataset import match_dataset
from cri_data.importing.matching.id_forms import id_forms, id_texts, loose_forms
from cri_data.importing.recipe import Recipe
from cri_data.model.datasets import Dataset
from cri_data.reading import FileRead, ReadOptions, UnreadableFile, read_any
from cri_data.reading.encoding import text_of
from cri_data.reading.workbook import is_workbook, workbook
from cri_data.redaction.text_encodings import writings
from cri_data.settings import SettingError

# Shorter texts may be part of other text by chance, so they must fill a cell.
_TELLING = 8


@dataclass(frozen=True)
class Looked:
    """What is left of a file. `content` is None if nothing may be kept."""

    content: bytes | None
    is_touched: bool


@dataclass(frozen=True)
class Wanted:
    """What to remove: IDs of one dataset's records, and texts that only they have."""

    dataset: Dataset
    ids: frozenset[str]
    texts: frozenset[str]

    @property
    def telling(self) -> list[str]:
        """The texts to look for inside other text too."""
        return [text for text in self.texts if len(text) >= _TELLING]


def without_rows(
    dataset: str, name: str, content: bytes, wanted: Wanted, options: ReadOptions | None
) -> Looked:
    """The file without the rows of the wanted records or with the wanted texts.

    It is read with the `options` of its upload. None means unknown options. Without such
    rows, the file stays unchanged. Otherwise it is written as REWRITTEN, with the headings
    and the other rows. A workbook with such text, or a file that would still contain it,
    is deleted.
    """
    if is_workbook(content):
        return _deleted_if(_workbook_tells(name, content, wanted, dataset), content)
    try:
        file = read_any(name, content, options, joins=True)
    except UnreadableFile:
        tells = not is_plain(options) or _hold(content, *wanted.telling, *wanted.ids)
        return _deleted_if(tells, content)
    hits = _hits(file, wanted, dataset)
    if not hits:
        return _deleted_if(_tells_elsewhere(file, content, wanted, options), content)
    left = _rewritten(file, hits)
    if left is None or any(telling in left for telling in wanted.telling):
        return Looked(None, is_touched=True)
    return Looked(left.encode("utf-8-sig"), is_touched=True)


def _deleted_if(tells: bool, content: bytes) -> Looked:
    return Looked(None if tells else content, tells)


def _hits(file: FileRead, wanted: Wanted, dataset: str) -> set[int]:
    """The rows that belong to a wanted record or contain one of its texts."""
    is_own = dataset == wanted.dataset.name
    place = _key_place(file, wanted.dataset) if is_own else None
    found = set() if place is None else _rows_of_ids(file, wanted, place)
    broken = {fault.row for fault in file.faults}
    for row, cells in file.records():
        texts = [_text(cell) for cell in cells]
        # Without a column of keys, each cell may be one.
        named = texts if is_own and (place is None or row in broken) else []
        if not wanted.ids.isdisjoint(named) or not wanted.texts.isdisjoint(texts):
            found.add(row)
    return found


def _rows_of_ids(file: FileRead, wanted: Wanted, place: int) -> set[int]:
    """The rows whose ID has the form of a wanted one, as loading recognizes them."""
    ids = _forms(pa.chunked_array([pa.array(list(wanted.ids), pa.string())]), wanted)
    forms = _forms(cell_texts(file.rows[f"c{place}"]), wanted)
    is_wanted = pc.is_in(forms, value_set=pc.drop_null(ids).combine_chunks())
    return set(file.rows["row"].filter(is_wanted).to_pylist())


def _forms(ids: pa.ChunkedArray, wanted: Wanted) -> pa.ChunkedArray:
    return loose_forms(id_forms(id_texts(ids), wanted.dataset.name == "agencies"))


def _key_place(file: FileRead, dataset: Dataset) -> int | None:
    """The position of the key column. None if the headings don't show it."""
    try:
        return match_dataset(file, dataset, Recipe()).columns.get(dataset.key)
    except HeadingsError:
        return None


def _text(cell: str | None) -> str:
    trimmed = (cell or "").strip()
    within = re.match(GUARDED, trimmed)
    return within.group(1).strip() if within else trimmed


def _rewritten(file: FileRead, left_out: set[int]) -> str | None:
    """The headings and the other rows. None if there are no other rows."""
    text = io.StringIO(newline="")
    write_row = row_writer(text)
    write_row(file.headings)
    written = 0
    for row, cells in file.records():
        if row not in left_out:
            write_row([cell or "" for cell in cells])
            written += 1
    return text.getvalue() if written else None


def _tells_elsewhere(
    file: FileRead, content: bytes, wanted: Wanted, options: ReadOptions | None
) -> bool:
    """Whether a text is outside the rows, or in the rows as they were loaded."""
    text = text_of(content, file.encoding)
    if any(telling in text for telling in wanted.telling):
        return True
    if options is not None:
        return False
    # It may have been loaded in another encoding that was not recorded.
    others = [] if file.encoding in SURE else [*wanted.ids, *wanted.texts]
    return _hold(content, *wanted.telling) or any(
        written in content
        for other in others
        for written in writings(other) - {other.encode(file.encoding, "ignore")}
    )


def _hold(content: bytes, *texts: str) -> bool:
    """Whether the bytes contain one of the texts in any encoding."""
    return any(written in content for text in texts for written in writings(text))


def _workbook_tells(name: str, content: bytes, wanted: Wanted, dataset: str) -> bool:
    """Whether any sheet or other part of the workbook contains a wanted text."""
    try:
        # Sheets without cells contain no text, and reading refuses them.
        with workbook(name, content) as book:
            filled = [s for s in book.sheets if any(r.cells for r in book.records(s))]
        for sheet in filled:
            read = read_any(name, content, ReadOptions(sheet=sheet), joins=True)
            if _hits(read, wanted, dataset):
                return True
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return any(
                text in html.unescape(parts.read(part).decode("utf-8", "ignore"))
                for part in parts.namelist()
                for text in wanted.telling
            )
    except SettingError:
        # Not an error in the file.
        raise
    except Exception:
        # A workbook that can't be searched may contain the text.
        return True
