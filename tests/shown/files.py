"""Files of each dataset, made of cells in all forms."""

import csv
import io
from dataclasses import dataclass
from random import Random

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cri_data.model.datasets import DATASETS, Column, Dataset, Kind
from tests.shown import dates, numbers, texts
from tests.shown.cell import Form, Shown
from tests.shown.meanings import CODES, LISTS, METRIC_UNITS, RANGES, REFERENCES

# Cells of a file.
_CELLS = 200

# The share of cells in required columns that are of any form. Others are as usual, or no
# row would be stored.
_WILD = 0.06


@dataclass(frozen=True)
class ShownFile:
    """A file, and the cells in it by row and column."""

    dataset: Dataset
    content: bytes
    columns: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]

    def cut_to(self, row: int) -> "ShownFile":
        """A file of one of its rows."""
        chance = Random(row)  # noqa: S311
        return written(
            self.dataset, self.columns, (self.rows[row],), chance, self.is_workbook
        )

    @property
    def is_workbook(self) -> bool:
        """Whether it is a workbook, and not a text file."""
        return self.content.startswith(b"PK")


def shown_file(dataset: Dataset, is_workbook: bool, chance: Random) -> ShownFile:
    """A file of this dataset with about 200 cells."""
    columns = _some_columns(dataset, chance)
    order = chance.choice(("mdy", "mdy", "dmy", "ymd"))
    rows = []
    for number in range(1, _CELLS // len(columns) + 1):
        metric = chance.choice(list(METRIC_UNITS))
        row = []
        for column in columns:
            usual = _usual(column, dataset, number, metric)
            if usual is not None and chance.random() > _WILD:
                row.append(usual)
                continue
            forms = _forms(column, dataset, number, order, metric, is_workbook)
            row.append(
                Shown("") if chance.random() < 0.03 else chance.choice(forms)(chance)
            )
        rows.append(tuple(row))
    names = tuple(column.name for column in columns)
    return written(dataset, names, tuple(rows), chance, is_workbook)


def _some_columns(dataset: Dataset, chance: Random) -> list[Column]:
    """The required columns and some others, in any order but for the key."""
    others = [column for column in dataset.columns if not column.required]
    some = chance.sample(others, min(len(others), 7))
    first, *required = (column for column in dataset.columns if column.required)
    rest = [*required, *some]
    chance.shuffle(rest)
    return [first, *rest]


def _usual(column: Column, dataset: Dataset, number: int, metric: str) -> Shown | None:
    """A cell of a required column that keeps its row. Of an ID, the forms do."""
    if column.name == "metric_id" and dataset.name == "outcomes":
        return Shown(metric, (metric,))
    if not column.required or column.name == dataset.key:
        return None
    if column.refers_to:
        known = REFERENCES[column.refers_to][0]
        return Shown(known, ((known,) if column.kind is Kind.ID_LIST else known,))
    if column.kind is Kind.TEXT:
        return Shown(f"Name {number}", (f"Name {number}",))
    if column.kind is Kind.DATE:
        return Shown("2011-03-04", (dates.date(2011, 3, 4),))
    text, code = next(iter(CODES[column.name].items()))
    return Shown(text, (code,))


def _forms(
    column: Column,
    dataset: Dataset,
    number: int,
    order: str,
    metric: str,
    is_workbook: bool,
) -> list[Form]:
    typed: list[Form] = []
    if column.name == dataset.key:
        return texts.id_forms(number, is_workbook)
    if column.kind is Kind.DATE:
        named = [one.name for one in dataset.columns if one.kind is Kind.DATE]
        # In the order of the columns, so that no date is before an earlier one.
        year = 2011 + named.index(column.name)
        forms, typed = dates.date_forms(year, order), dates.date_cells(year)
    elif column.kind in (Kind.INTEGER, Kind.NUMBER):
        unit = METRIC_UNITS[metric] if column.name.endswith("_value") else ""
        unit, places, low, high = RANGES[unit or column.name]
        forms = numbers.number_forms(unit, places, low, high)
        typed = numbers.number_cells(unit, low, high)
    elif column.kind is Kind.ZIP:
        forms, typed = texts.zip_forms(), texts.zip_cells()
    elif column.kind is Kind.CODE:
        forms = texts.code_forms(CODES[column.name], ("XX", "Other", "0", "not any"))
    elif column.refers_to:
        known = REFERENCES[column.refers_to]
        meanings = LISTS if column.kind is Kind.ID_LIST else {}
        forms = texts.reference_forms(meanings, known, column.kind is Kind.ID_LIST)
    else:
        forms, typed = texts.text_forms(), texts.text_cells()
    return [*forms, *typed * 3] if is_workbook else forms


def written(
    dataset: Dataset,
    columns: tuple[str, ...],
    rows: tuple[tuple[Shown, ...], ...],
    chance: Random,
    is_workbook: bool,
) -> ShownFile:
    """The file of these cells."""
    make = _workbook if is_workbook else _text
    return ShownFile(dataset, make(columns, rows, chance), columns, rows)


def _text(
    columns: tuple[str, ...], rows: tuple[tuple[Shown, ...], ...], chance: Random
) -> bytes:
    out = io.StringIO(newline="")
    quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    # A single tab is an outer space of a cell, unless it separates cells.
    writer = csv.writer(out, delimiter=chance.choice(",,,|"), quoting=quoting)
    writer.writerows([columns, *([cell.text for cell in row] for row in rows)])
    return out.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "utf-16")))


def _workbook(
    columns: tuple[str, ...], rows: tuple[tuple[Shown, ...], ...], chance: Random
) -> bytes:
    book = openpyxl.Workbook()
    if chance.random() < 0.2:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(columns)
    for row, cells in enumerate(rows, start=2):
        for place, shown in enumerate(cells, start=1):
            cell = sheet.cell(row, place)
            cell.value = shown.value if shown.is_of_workbook else shown.text or None
            if not shown.is_of_workbook and shown.text:
                # Not a formula or an error, as openpyxl would guess.
                cell.data_type = "s"
            cell.number_format = shown.number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def datasets() -> list[Dataset]:
    """All datasets, those with most columns first."""
    return sorted(DATASETS.values(), key=lambda dataset: -len(dataset.columns))
