"""Downloads: CSV files and workbooks that describe themselves and run no formulas."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from cri_data import settings
from cri_data.audit.log import Action, record
from cri_data.export.formula_guard import guarded
from cri_data.export.table_workbook import table_workbook
from cri_ui.images import chromium
from cri_ui.images.document import Picture
from cri_ui.images.pictures import png, svg
from cri_ui.session import denials, services, session


@dataclass(frozen=True)
class Taken:
    """The content of a download. `rows` is None if there are none to count."""

    content: bytes
    rows: int | None = None


@dataclass(frozen=True)
class Export:
    """A download: its name in the audit log, and how to make it.

    `what` never contains a cell's value or the name of an uploaded file.
    """

    what: str
    make: Callable[[], Taken]
    filters: str | None = None


def button(
    label: str,
    export: Export,
    file_name: str,
    key: str,
    mime: str = "text/csv",
    help: str | None = None,  # noqa: A002
) -> None:
    """Draw a download button. Each download is recorded in the audit log."""
    st.download_button(
        label,
        data=_at_the_click(export),
        file_name=file_name,
        mime=mime,
        icon=":material/download:",
        on_click="ignore",
        key=key,
        help=help,
    )


def _at_the_click(export: Export) -> Callable[[], bytes]:
    """What runs when the button is clicked."""
    # It runs apart from the page: what it needs of the visit is found out now.
    store, who = session.store(), session.who()

    def taken() -> bytes:
        most = settings.DOWNLOADS_PER_HOUR.whole_number()
        if services.current().downloads.seconds_to_wait(who, most):
            denials.record_denial(store, who, limit="downloads")
            raise PermissionError("They have downloaded enough for an hour.")
        made = export.make()
        # First the trail: what it cannot say is not handed out.
        record(
            store,
            who,
            Action.EXPORTED,
            table=export.what,
            filters=export.filters,
            rows=made.rows,
        )
        return made.content

    return session.with_access(taken)


def pictures(name: str, picture: Callable[[], Picture], as_of_on: date) -> None:
    """Draw buttons that download a picture of a chart, as PNG and as SVG."""
    if chromium.program() is None:
        st.markdown(":small[Pictures (PNG, SVG) need Chromium on the server.]")
        return
    words = session.filters_in_words()
    with st.container(horizontal=True, gap="xsmall"):
        for kind, drawn, mime in (
            ("png", png, "image/png"),
            ("svg", svg, "image/svg+xml"),
        ):
            button(
                f"Download {kind.upper()}",
                Export(name, partial(_drawn, drawn, picture), words),
                file_name=f"{name}_{as_of_on.isoformat()}.{kind}",
                key=f"download_{name}_{kind}",
                mime=mime,
            )


def _drawn(draw: Callable[[Picture], bytes], picture: Callable[[], Picture]) -> Taken:
    return Taken(draw(picture()))


def guarded_csv(
    table: pd.DataFrame, title: str, filters_in_words: str, as_of_on: date
) -> bytes:
    """The table as CSV (UTF-8 with a byte order mark), with a description above it.

    The first lines begin with # and give title, filters, number of rows, and as-of date;
    then a header and all rows. Text that a spreadsheet would run as a formula gets an
    apostrophe.
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


def guarded_workbook(
    table: pd.DataFrame, title: str, filters_in_words: str, as_of_on: date
) -> bytes:
    """The table as an Excel workbook, with its description on a sheet of its own."""
    return table_workbook(
        [str(name) for name in table.columns],
        (
            [_value(cell) for cell in row]
            for row in table.itertuples(index=False, name=None)
        ),
        {
            "Title": title,
            "Filters": filters_in_words,
            "Rows": f"{len(table):,}",
            "As of": as_of_on.isoformat(),
        },
    )


def _cell(cell: object) -> object:
    """A cell of a CSV file: text, or a number."""
    value = _value(cell)
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    return value.isoformat() if isinstance(value, date) else value


def _value(cell: object) -> object:
    """A cell of a query's result as a plain value; None if it is not known."""
    # A column of whole numbers none of which is known comes from a query as pd.NA.
    if any(cell is unknown for unknown in (None, pd.NA, pd.NaT)):
        return None
    if isinstance(cell, np.generic):
        cell = cell.item()
    if isinstance(cell, float):
        if cell != cell:
            return None
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime):
        # A date comes from a query as midnight.
        is_date = cell.tzinfo is None and cell.time() == datetime.min.time()
        return cell.date() if is_date else cell
    return cell
