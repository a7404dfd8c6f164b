"""How the cells of each column are read: what the file itself proves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import CoalesceOperator, DuckDBPyConnection, DuckDBPyRelation
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.staging import DIFFERENT_TEXTS
from cri_data.model.datasets import Kind
from cri_data.store.rows import only_row

# A date whose order must be known: two small numbers, then the year.
_NUMERIC_DATE = r"^(\D+ )?\d{1,2}[/.\-]\s?\d{1,2}[/.\-]\s?\d{2}"
_DAY_NUMBER = r"^\d{5}(\.\d+)?$"
_ISO_DATE = r"^\d{4}-\d{2}-\d{2}$"

# Days after today that Excel's day numbers may reach.
_DAYS_AHEAD = 3 * 365

# A column whose dates prove two orders.
BOTH_ORDERS = "both"

# The orders of dates, in words for people.
ORDER_WORDS = {"mdy": "month first", "dmy": "day first", "ymd": "year first"}

# The decimal sign of a column that is not clear about it.
UNCLEAR_SIGN = "?"

# What separates the cells of files from countries that write decimal commas.
_SEPARATOR_WITH_COMMAS = ";"


@dataclass(frozen=True)
class ColumnReading:
    """How a column is read.

    `date_order` is one of ORDER_WORDS, BOTH_ORDERS, or None if nothing proves it. With the
    last two, dates such as 1/2/2018 are problems. `day_numbers` if numbers of five digits
    are days, as Excel counts them. `is_plain` if all dates look like 2024-01-31, so that
    nothing else is tried. `is_swapped` if day and month of dates in ISO format may
    have changed places. `decimal_sign` is a point, a comma, or UNCLEAR_SIGN, which makes
    2,875 and 2.875 problems. `notes` tell people what is read other than usual.
    """

    date_order: str | None = None
    day_numbers: bool = False
    is_plain: bool = False
    is_swapped: bool = False
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
            readings[name] = _date_reading(cursor, name, texts, prepared)
        else:
            sign = signs.get(name, ".")
            notes = _said_of_sign(name, sign)
            readings[name] = ColumnReading(decimal_sign=sign, notes=notes)
    return readings


def _date_reading(
    cursor: DuckDBPyConnection, name: str, texts: pa.Array, prepared: MappedFile
) -> ColumnReading:
    recipe = prepared.recipe
    chosen = recipe.date_orders.get(name)
    if pc.all(pc.match_substring_regex(texts, _ISO_DATE), min_count=0).as_py():
        return ColumnReading(chosen, is_plain=True)
    if not _matches(texts, f"{_NUMERIC_DATE}|{_DAY_NUMBER}"):
        return ColumnReading(chosen)
    proven, day_numbers, is_swapped = _proven_by_dates(cursor, texts)
    order, said = _settled_order(name, proven, recipe)
    notes = [said] if said else []
    if day_numbers:
        notes.append(
            f"In {name}, numbers such as 45322 are read as Excel's day numbers "
            "(45322 is 2024-01-31)."
        )
    # In a text file, no program has turned texts into dates.
    is_swapped = is_swapped and prepared.file.dialect.sheet != ""
    return ColumnReading(order, day_numbers, is_swapped=is_swapped, notes=tuple(notes))


def _settled_order(
    name: str, proven: str | None, recipe: Recipe
) -> tuple[str | None, str | None]:
    """The order to use, and what to tell about a choice.

    What the file proves is stronger than any choice. A choice only settles what the file
    leaves open.
    """
    chosen = recipe.date_orders.get(name)
    if chosen is None or chosen == proven:
        return proven, None
    words = ORDER_WORDS[chosen]
    whose = _whose_choice(name, recipe)
    if proven in ORDER_WORDS:
        return proven, (
            f"{name} is read {ORDER_WORDS[proven]}, because its dates show it. "
            f"{whose} ({words}) was not used."
        )
    return chosen, f"{name} is read {words}: {whose[0].lower()}{whose[1:]}."


def _whose_choice(name: str, recipe: Recipe) -> str:
    remembered = recipe.remembered
    if remembered and name in remembered.date_orders:
        return f"The choice for {remembered.source}"
    return "The chosen order"


def _matches(texts: pa.Array, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(texts, pattern)).as_py())


def _proven_by_dates(
    cursor: DuckDBPyConnection, texts: pa.Array
) -> tuple[str | None, bool, bool]:
    """The order that dates prove, and whether they prove day numbers and swapped days."""
    text, newest_year = Col("text"), Value(datetime.now(UTC).year % 100 + 1)
    known = texts.drop_null()
    DIFFERENT_TEXTS.hand_over(cursor, pa.table({"text": known}))
    rows = DIFFERENT_TEXTS.rows(cursor)
    # Found once for each text, because each proof uses them several times.
    found = rows.select(text, Call("numeric_date_parts", text).alias("parts")).aggregate(
        [
            Call("proven_date_order", Col("parts"), newest_year).alias("date_order"),
            Call("shows_swapped_days", text, Col("parts")).alias("is_swapped"),
        ]
    )
    order, is_swapped = only_row(found)
    day_numbers = _matches(known, _DAY_NUMBER) and _are_day_numbers(rows)
    DIFFERENT_TEXTS.take_back(cursor)
    return order, day_numbers, is_swapped


def _are_day_numbers(different: DuckDBPyRelation) -> bool:
    """Whether the numbers of five digits among these texts must be Excel's days."""
    text = Col("text")
    newest = Value(datetime.now(UTC).date() + timedelta(days=_DAYS_AHEAD))
    days = [Call("written_date", text, Value(order)) for order in ("mdy", "dmy")]
    rows = different.select(text, CoalesceOperator(*days).alias("day"))
    proof = Call("proves_day_numbers", text, Col("day"), newest).alias("day_numbers")
    return bool(only_row(rows.aggregate([proof]))[0])


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
