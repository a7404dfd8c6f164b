"""Whether each cell of a loaded file is stored as it shows, or named by a problem."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from cri_data.export.dataset_csv import export
from cri_data.importing.service import ImportResult
from cri_data.model.datasets import Column, Kind
from cri_data.store.store import Store
from tests.shown.cell import Meaning, Shown
from tests.shown.files import ShownFile, datasets, shown_file
from tests.support.small_store import small_store
from tests.support.uploads import loaded

# Signs before which an exported text has an apostrophe more.
_GUARDED = ("=", "+", "-", "@", "'", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")

# Problems that say that a value is possible. They excuse no other value.
_NO_EXCUSE = ("unusual",)

# Parts of notes about all cells of a column, and the sign of the cells that they are about.
_TOLD_OF_COLUMNS = {"the comma is read as the decimal sign": ",.", "day numbers": ""}


# Wrong cells of a file that are reported.
_REPORTED = 3


def check(file: ShownFile) -> None:
    """Load a file into the small store. Raises AssertionError with its wrong cells."""
    wrong = _wrong_cells(file)[:_REPORTED]
    if not wrong:
        return
    said = []
    for row, column, what in wrong:
        # Whether the row alone shows it, or the other cells of its column matter.
        alone = file.cut_to(row)
        of_alone = [one for one in _wrong_cells(alone) if one[1] == column]
        said.append(
            counterexample(alone, 0, column, of_alone[0][2])
            if of_alone
            else counterexample(file, row, column, what)
        )
    raise AssertionError("\n".join(said))


def check_many(files: int, seed: int) -> int:
    """Check so many files of all datasets. Returns how many cells they have."""
    cells = 0
    for number in range(files):
        for dataset in datasets():
            file = shown_file(dataset, number % 2 == 0, seeded(seed + number))
            check(file)
            cells += sum(map(len, file.rows))
    return cells


def _wrong_cells(file: ShownFile) -> list[tuple[int, str, str]]:
    store = small_store()
    with TemporaryDirectory() as folder:
        wrong = list(wrong_cells(store, file, Path(folder)))
    store.close()
    return wrong


def wrong_cells(
    store: Store, file: ShownFile, folder: Path
) -> Iterator[tuple[int, str, str]]:
    """Load a file. Row from 0, column, and what is wrong, for each cell that is.

    `folder` is where the store is exported.
    """
    key = file.dataset.key
    before = {row[key] for row in _exported(store, file, folder)}
    done = loaded(store, file.dataset.name, file.content)
    exported = {row[key]: row for row in _exported(store, file, folder)}
    kept = {
        record_id: row for record_id, row in exported.items() if record_id not in before
    }
    numbers = [number for number, _ in done.prepared.file.records()]
    if len(numbers) != len(file.rows):
        yield 0, key, f"{len(file.rows)} rows, of which {len(numbers)} are read"
        return
    problems = done.checked.problems
    rejected = set(problems[problems["severity"] == "error"]["row"])
    told = problems[~problems["rule"].isin(_NO_EXCUSE)]
    named = set(zip(told["row"], told["column"], strict=True))
    met = set()
    for place, number in enumerate(numbers):
        if number in rejected or (number, "") in named:
            continue
        cells = dict(zip(file.columns, file.rows[place], strict=True))
        ids = [one for one in cells[key].meanings if one in kept]
        if (number, key) in named:
            met |= {*kept}
            continue
        if not ids:
            yield place, key, "the row is not stored under this ID"
            continue
        met.add(ids[0])
        for name, shown in cells.items():
            column = file.dataset.column(name)
            value = kept[ids[0]][name]
            is_told = (number, name) in named or _is_noted(done, name, shown)
            if not is_told and not _is_one_of(column, value, shown):
                yield place, name, f"stored as {value!r}, and no problem names it"
    for record_id in kept.keys() - met:
        yield 0, key, f"{record_id!r} is stored, which no row shows"


def _exported(store: Store, file: ShownFile, folder: Path) -> list[dict[str, str]]:
    export(store, folder)
    path = folder / f"{file.dataset.name}.csv"
    with path.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    return [{name: _unguarded(cell) for name, cell in row.items()} for row in rows]


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_GUARDED) else cell


def _is_noted(done: ImportResult, name: str, shown: Shown) -> bool:
    """Whether a note is about this cell: its column and text, or all such cells."""
    text = shown.text.strip()
    for note in done.checked.notes + done.prepared.notes:
        if name not in note:
            continue
        if f"'{text}'" in note:
            return True
        for part, signs in _TOLD_OF_COLUMNS.items():
            if part in note and (text.isdigit() if not signs else {*text} & {*signs}):
                return True
    return False


def _is_one_of(column: Column, value: str, shown: Shown) -> bool:
    if not shown.text.strip():
        return value == ""
    return any(_is_same(column, value, meant) for meant in shown.meanings)


def _is_same(column: Column, value: str, meant: Meaning) -> bool:
    """Whether an exported cell is this value, read by the rules of the export alone."""
    if column.kind is Kind.ID_LIST:
        return tuple(value.split(";")) == meant
    if isinstance(meant, date):
        return value == meant.isoformat()
    if isinstance(meant, Decimal):
        try:
            stored = Decimal(value)
        except InvalidOperation:
            return False
        # Fractions are kept to fifteen digits, whole numbers exactly.
        exact = meant == meant.to_integral_value()
        return (
            stored == meant
            if exact
            else abs(stored - meant) <= abs(meant) * Decimal("1e-15")
        )
    return value == meant


def counterexample(file: ShownFile, row: int, column: str, said: str) -> str:
    """A wrong cell with all that its reading may depend on."""
    place = file.columns.index(column)
    shown = file.rows[row][place]
    kind = "workbook" if file.is_workbook else "text file"
    lines = [
        f"In a {kind} of {file.dataset.name}, the cell {shown} of {column} in row {row + 2}"
        f" is {said}.",
        f"  It means {' or '.join(map(str, shown.meanings)) or 'nothing'}.",
        f"  Its row: {', '.join(map(str, file.rows[row]))}",
    ]
    if len(file.rows) > 1:
        lines.append(f"  Its column: {', '.join(str(cells[place]) for cells in file.rows)}")
    return "\n".join(lines)


def seeded(seed: int) -> Random:
    """Chance that is the same each time."""
    return Random(seed)  # noqa: S311
