"""What a person takes away: a CSV that says what it is and runs nothing."""

import csv
import io
from datetime import date, datetime

import pandas as pd

from cri_data.guard import guarded


def guarded_csv(
    table: pd.DataFrame, title: str, filters_in_words: str, as_of_on: date
) -> bytes:
    """The table as CSV (UTF-8 with byte-order mark), what it shows said above it.

    The first lines begin with # and name title, filters, number of rows and
    as-of date; then a header and every row. Texts that a spreadsheet would run
    get an apostrophe.
    """
    text = io.StringIO(newline="")
    # With "\n" alone a lone "\r" in a text is not quoted, and what follows it
    # would begin a row, unguarded.
    writer = csv.writer(text, lineterminator="\r\n")
    for line in (
        f"# {title}",
        f"# Filters: {filters_in_words}",
        f"# Rows: {len(table)}",
        f"# As of: {as_of_on.isoformat()}",
    ):
        writer.writerow([line])
    writer.writerow(table.columns)
    for row in table.itertuples(index=False, name=None):
        writer.writerow([_cell(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _cell(cell: object) -> object:
    if isinstance(cell, str):
        return guarded(cell)
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell):
        return ""
    if isinstance(cell, datetime):
        # A date comes from a query as midnight.
        is_date = cell.tzinfo is None and cell.time() == datetime.min.time()
        return cell.date().isoformat() if is_date else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell
