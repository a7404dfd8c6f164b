"""Results on a terminal: as a table, CSV, or JSON."""

import io
import json
from dataclasses import asdict
from datetime import date, datetime
from typing import BinaryIO

import pandas as pd
import pyarrow as pa

from cri_data.export.csv_writer import row_writer
from cri_data.importing.mapping.accounts import account_of
from cri_data.importing.matching.match import CERTAIN
from cri_data.importing.problems import problem_kinds
from cri_data.importing.service import ImportResult
from cri_data.local_time import local_time
from cri_data.model.counted import count_of
from cri_data.model.problem_rules import Severity
from cri_data.reading import FileRead
from cri_data.store.rows import table_rows

# Longer cells are cut in a table, but not in CSV or JSON.
_WIDEST = 60
_PROBLEMS_SHOWN = 20


def table(answer: pa.Table) -> str:
    """Aligned columns under their names, with times in the office's time zone."""
    head = answer.column_names
    rows = [[_read_cell(name, row[name]) for name in head] for row in answer.to_pylist()]
    shown = [[cell[:_WIDEST] for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *shown, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in [head, ["-" * width for width in widths], *shown]
    ]
    return "\n".join(line.rstrip() for line in lines)


def as_csv(answer: pa.Table) -> str:
    """CSV with a header and exact values. Null is an empty cell."""
    text = io.StringIO()
    write_row = row_writer(text)
    write_row(answer.column_names)
    for row in answer.to_pylist():
        write_row(_cell(cell) for cell in row.values())
    return text.getvalue().rstrip("\n")


def as_json(answer: pa.Table) -> str:
    """A JSON array of objects. Dates are like 2018-01-31."""
    return json.dumps(answer.to_pylist(), default=_plain, ensure_ascii=False)


FORMATS = {"table": table, "csv": as_csv, "json": as_json}


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, list):
        return ";".join(str(part) for part in cell)
    return str(_plain(cell) if isinstance(cell, date) else cell)


def _read_cell(name: str, cell: object) -> str:
    if isinstance(cell, datetime) and name.endswith("_at"):
        return local_time(cell)
    return _cell(cell)


def _plain(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def write_reading(file: FileRead, out: BinaryIO) -> None:
    """Write the rows read from any file as CSV: UTF-8, commas, LF.

    Headings are in one row, if the file has any. Rows with too few or too many cells
    stay as they are.
    """
    text = io.TextIOWrapper(out, "utf-8", "replace", newline="", write_through=True)
    write_row = row_writer(text)
    if file.header:
        write_row(file.header)
    for _, cells in file.records():
        write_row(cells)
    text.detach()


def reading_json(file: FileRead) -> str:
    """How a file was read, as one JSON object."""
    dialect = asdict(file.dialect)
    first_heading = file.dialect.preamble_rows + 1 if file.header else None
    return json.dumps(
        {
            "file": file.name,
            "sha256": file.sha256,
            **dialect,
            "header_row": first_heading,
            "headings": file.headings,
            "columns": len(file.headings),
            "rows": file.row_count,
            "fault_count": len(file.faults),
            "faults": [
                {
                    "row": fault.row,
                    "rule": fault.rule,
                    "value": fault.value,
                    "message": fault.message,
                }
                for fault in file.faults
            ],
            "notes": file.notes,
        },
        ensure_ascii=False,
    )


def loading_json(loading: ImportResult) -> str:
    """The result of loading a file as one JSON object."""
    counts, account = loading.checked.counts, account_of(loading.prepared)
    return json.dumps(
        {
            "upload_id": loading.upload_id,
            "rows_in_file": account.rows,
            "rows": counts.rows,
            "inserted": counts.inserted,
            "updated": counts.updated,
            "unchanged": counts.unchanged,
            "rejected": counts.rejected,
            "rejected_rows": counts.rejected_rows,
            "blocks": [
                {
                    "sheet": block.sheet,
                    "first_row": block.first_row,
                    "last_row": block.last_row,
                    "rows": block.rows,
                }
                for block in account.blocks
            ],
            "left_out": [asdict(part) for part in account.left_out],
            "matched_columns": loading.prepared.matching.renamed(
                loading.prepared.file.headings
            ),
            "left_out_headings": loading.prepared.matching.left_out,
            "notes": _notes(loading),
            "similar_agencies": asdict(loading.checked.similar),
            "problems": _placed(loading).to_dict("records"),
        },
        ensure_ascii=False,
    )


def loading_text(loading: ImportResult, dry_run: bool) -> str:
    """The result of loading a file, as text for people."""
    counts = loading.checked.counts
    account, dataset = account_of(loading.prepared), loading.prepared.dataset
    is_shaped = loading.prepared.shaped is not None
    what = (
        f"{count_of(counts.rows, dataset.row_is, dataset.name)} in "
        f"{count_of(account.read, 'row')}"
        if is_shaped
        else f"{count_of(counts.rows, 'row')} of {dataset.name}"
    )
    lines = [
        f"{what}: "
        f"{counts.inserted:,} new, "
        f"{counts.updated:,} changed, {counts.unchanged:,} unchanged, "
        f"{counts.rejected:,} rejected; {count_of(counts.warnings, 'warning')}."
    ]
    matched = loading.prepared.matching.renamed(loading.prepared.file.headings)
    if matched:
        pairs = (f"'{heading}' as {column}" for heading, column in matched.items())
        lines.append(f"Matched columns: {', '.join(pairs)}.")
    if loading.prepared.matching.left_out:
        left_out = ", ".join(
            f"'{heading}'" for heading in loading.prepared.matching.left_out
        )
        lines.append(f"Ignored columns: {left_out}.")
    lines += _notes(loading)
    if is_shaped:
        read = account.read - counts.rejected_rows
        lines.append(
            f"{count_of(account.rows, 'row')} in the file: {read:,} read, "
            f"{counts.rejected_rows:,} rejected in whole or in part, "
            f"{account.rows - account.read:,} left out."
        )
    lines += account.in_words
    lines += _problem_lines(loading)
    lines.append(_ending(loading, dry_run))
    return "\n".join(lines)


def _notes(loading: ImportResult) -> list[str]:
    prepared = loading.prepared
    return [
        *prepared.file.notes,
        *(prepared.shaped.notes if prepared.shaped else ()),
        *prepared.matching.notes,
        *loading.checked.notes,
    ]


def _placed(loading: ImportResult) -> pd.DataFrame:
    """The problems, with the sheet and its own row numbers if several sheets were read."""
    file, problems = loading.prepared.file, loading.checked.problems
    if not file.has_sheets:
        return problems
    places = [file.place(row) for row in problems["row"]]
    placed = problems.assign(row=[row for _, row in places])
    placed.insert(0, "sheet", [sheet for sheet, _ in places])
    return placed


def _problem_lines(loading: ImportResult) -> list[str]:
    file, kinds = loading.prepared.file, problem_kinds(loading.checked.problems)
    lines = [
        f"  {'warning' if kind.severity != Severity.ERROR else 'rejected'}, "
        f"{count_of(kind.rows, 'row')} (first: row {file.row_name(kind.first_row)}), "
        f"{kind.column or 'the whole row'}"
        f"{f' = {kind.value!r}' if kind.value else ''}: {kind.message}"
        for kind in table_rows(kinds.head(_PROBLEMS_SHOWN))
    ]
    more = len(kinds) - _PROBLEMS_SHOWN
    if more > 0:
        lines.append(f"  … and {count_of(more, 'more kind')}; --json lists every problem.")
    return lines


def _ending(loading: ImportResult, dry_run: bool) -> str:
    if dry_run:
        return "This was a dry run. Nothing was changed."
    if loading.upload_id:
        return f"Committed as {loading.upload_id}. To reverse it, use undo."
    return "Nothing was changed."


def undecided_names(matched: pa.Table) -> list[dict]:
    """The names without a certain match."""
    return [name for name in matched.to_pylist() if name["how"] not in CERTAIN]


def names_json(dataset: str, matched: pa.Table) -> str:
    """The matches of the names in a file, as one JSON object."""
    counts = {
        how: {"names": names, "rows": rows} for how, names, rows in _name_counts(matched)
    }
    return json.dumps(
        {"dataset": dataset, "matched": counts, "names": matched.to_pylist()},
        ensure_ascii=False,
    )


def names_text(dataset: str, matched: pa.Table) -> str:
    """The matches of the names in a file, with proposals, as text for people."""
    lines = [f"{count_of(matched.num_rows, 'name')} of {dataset}:"]
    lines += [
        f"  {how:<9} {names:>7,} {'name' if names == 1 else 'names'} in "
        f"{count_of(rows, 'row')}"
        for how, names, rows in _name_counts(matched)
    ]
    for name in undecided_names(matched):
        where = f" ({name['state']})" if name["state"] else ""
        lines.append(
            f"{name['name'] or 'no name'}{where}, {count_of(name['rows'], 'row')}:"
        )
        lines += [
            f"  {one['score']:.2f} {one['id']} {one['name']}: {one['reason']}"
            for one in name["proposals"]
        ] or ["  no similar name found"]
    return "\n".join(lines)


def _name_counts(matched: pa.Table) -> list[tuple[str, int, int]]:
    """(how, names, rows) of every way that occurs."""
    counts = matched.group_by("how").aggregate([("rows", "count"), ("rows", "sum")])
    return sorted(
        (one["how"], one["rows_count"], one["rows_sum"]) for one in counts.to_pylist()
    )
