"""How the cells of each column are read: what the file itself proves."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection
from duckdb import FunctionExpression as Call

from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.importing.staging import DIFFERENT_TEXTS
from cri_data.model.datasets import Kind
from cri_data.store.rows import only_row

# A date whose order must be known: two small numbers, then the year.
NUMERIC_DATE = r"^\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"

# The decimal sign of a column that is not clear about it.
UNCLEAR_SIGN = "?"

# What separates the cells of files from countries that write decimal commas.
_SEPARATOR_WITH_COMMAS = ";"


@dataclass(frozen=True)
class ColumnReading:
    """How a column is read.

    `date_order` is one of DATE_ORDERS, or None if dates such as 1/2/2018 are problems.
    `decimal_sign` is a point, a comma, or UNCLEAR_SIGN, which makes 2,875 and 2.875
    problems. `notes` tell people what is read other than usual.
    """

    date_order: str | None = None
    decimal_sign: str = "."
    notes: tuple[str, ...] = ()


def column_readings(
    cursor: DuckDBPyConnection, prepared: MappedFile, different: Mapping[str, pa.Array]
) -> dict[str, ColumnReading]:
    """How to read each of these columns, from its different texts."""
    signs = _decimal_signs(cursor, prepared, different)
    readings = {}
    for name, texts in different.items():
        if prepared.dataset.column(name).kind is Kind.DATE:
            order = prepared.recipe.date_orders.get(name)
            readings[name] = ColumnReading(order or _proven_date_order(cursor, texts))
            continue
        sign = signs.get(name, ".")
        readings[name] = ColumnReading(None, sign, _said_of_sign(name, sign))
    return readings


def _proven_date_order(cursor: DuckDBPyConnection, texts: pa.Array) -> str | None:
    """The date order that the numeric dates of a column prove, if any."""
    DIFFERENT_TEXTS.hand_over(cursor, pa.table({"text": texts}))
    text = Col("text")
    numeric = DIFFERENT_TEXTS.rows(cursor).filter(
        Call("regexp_matches", text, Value(NUMERIC_DATE))
    )
    order = Call("proven_date_order", text).alias("date_order")
    found = only_row(numeric.aggregate([order]))[0]
    DIFFERENT_TEXTS.take_back(cursor)
    return found


def _said_of_sign(name: str, sign: str) -> tuple[str, ...]:
    if sign != ",":
        return ()
    return (f"In {name}, the comma is read as the decimal sign: 2,875 is less than 3.",)


def _decimal_signs(
    cursor: DuckDBPyConnection, prepared: MappedFile, different: Mapping[str, pa.Array]
) -> dict[str, str]:
    """The decimal sign of each column of numbers, if any cell of them has a comma.

    A column that proves nothing has the sign that the other columns of its file prove.
    Whole numbers prove nothing.
    """
    kinds = {column.name: column.kind for column in prepared.dataset.columns}
    numbers = [name for name in different if kinds[name] is Kind.NUMBER]
    if not any(_has_comma(different[name]) for name in numbers):
        return {}
    proven = {name: _proven_sign(cursor, different[name]) for name in numbers}
    of_file = {sign for sign in proven.values() if sign}
    of_others = of_file.pop() if len(of_file) == 1 else UNCLEAR_SIGN
    is_american = prepared.file.separator != _SEPARATOR_WITH_COMMAS
    if of_others == UNCLEAR_SIGN and not any(proven.values()) and is_american:
        of_others = "."
    whole = [name for name in different if kinds[name] is Kind.INTEGER]
    of_whole = "," if of_others == "," else "."
    return {name: proven[name] or of_others for name in numbers} | dict.fromkeys(
        whole, of_whole
    )


def _has_comma(texts: pa.Array) -> bool:
    return bool(pc.any(pc.match_substring(texts, ",")).as_py())


def _proven_sign(cursor: DuckDBPyConnection, texts: pa.Array) -> str | None:
    DIFFERENT_TEXTS.hand_over(cursor, pa.table({"text": texts}))
    sign = Call("proven_decimal_sign", Col("text")).alias("decimal_sign")
    found = only_row(DIFFERENT_TEXTS.rows(cursor).aggregate([sign]))[0]
    DIFFERENT_TEXTS.take_back(cursor)
    return found
