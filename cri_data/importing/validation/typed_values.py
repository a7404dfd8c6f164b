"""Convert the text of cells to values. Each different text is parsed once."""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import CaseExpression, DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.importing.staging import DIFFERENT_TEXTS, TYPED
from cri_data.model.datasets import EARLIEST, LATEST, Column, Kind
from cri_data.store.rows import only_row

# A date whose order must be known: two small numbers, then the year.
NUMERIC_DATE = r"^\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"

# The rows that DuckDB compresses and writes together. Other chunks would have to be rebuilt
# at great cost.
_ROW_GROUP = 122_880

_AS_THEY_ARE = (Kind.ID, Kind.TEXT)

# Longer text is never a date, number, code, or list of IDs. Parsing it would take long.
LONGEST_VALUE = 2_000
_TEXT = pa.string()


def keep_typed(cursor: DuckDBPyConnection, prepared: MappedFile) -> pa.Table:
    """Make the table `typed`: row, record_id, x_<column> as text, v_<column> as value.

    It is an Arrow table, from which the cursor reads only the needed columns.
    """
    dataset, texts = prepared.dataset, prepared.texts
    present = [column for column in dataset.columns if column.name in texts.column_names]
    as_they_are = [column.name for column in present if column.kind in _AS_THEY_ARE]
    given = texts.select(["row", *as_they_are]).combine_chunks()
    given, values = {name: given[name] for name in given.column_names}, {}
    for column in present:
        name = column.name
        if column.kind in _AS_THEY_ARE:
            values[name] = given[name]
            continue
        order = prepared.recipe.date_orders.get(name)
        given[name], values[name] = _understood(cursor, column, texts[name], order)
    if dataset.name == "agencies" and {"agency_type", "agency_name"} <= given.keys():
        values["agency_type"] = _agency_types_by_name(
            texts["agency_type"], texts["agency_name"], values["agency_type"]
        )
    typed = pa.table(
        {
            "row": given["row"],
            "record_id": values[dataset.key],
            **{f"x_{column.name}": given[column.name] for column in present},
            **{f"v_{column.name}": values[column.name] for column in present},
        }
    )
    typed = in_row_groups(typed)
    TYPED.hand_over(cursor, typed)
    return typed


def in_row_groups(table: pa.Table) -> pa.Table:
    """The rows in chunks that the store can write without rebuilding them."""
    return pa.Table.from_batches(table.to_batches(_ROW_GROUP), table.schema)


def _understood(
    cursor: DuckDBPyConnection,
    column: Column,
    texts: pa.ChunkedArray,
    date_order: str | None,
) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """The different texts of a column, and the value of each row.

    A value is null if the text is not valid.
    """
    encoded = texts.dictionary_encode().unify_dictionaries()
    different = encoded.chunk(0).dictionary if encoded.num_chunks else pa.array([], _TEXT)
    places = pa.chunked_array([chunk.indices for chunk in encoded.chunks], pa.int32())
    pieces = [
        places.slice(start, _ROW_GROUP).combine_chunks()
        for start in range(0, len(places), _ROW_GROUP)
    ]
    meant = _meant(cursor, column, different, date_order)
    return (
        pa.chunked_array(
            [pa.DictionaryArray.from_arrays(piece, different) for piece in pieces],
            pa.dictionary(pa.int32(), _TEXT),
        ),
        pa.chunked_array([pc.take(meant, piece) for piece in pieces], meant.type),
    )


def _meant(
    cursor: DuckDBPyConnection, column: Column, texts: pa.Array, date_order: str | None
) -> pa.Array:
    """The values of these texts, in the same order."""
    is_too_long = pc.greater(pc.utf8_length(texts), LONGEST_VALUE)
    texts = pc.if_else(is_too_long, pa.scalar(None, _TEXT), texts)
    numbered = {"place": pa.arange(0, len(texts)), "text": texts}
    DIFFERENT_TEXTS.hand_over(cursor, pa.table(numbered))
    rows = DIFFERENT_TEXTS.rows(cursor)
    if column.kind is Kind.DATE and date_order is None:
        date_order = _proven_date_order(rows)
    value = _in_range(column, _parsed(column, date_order)).alias("value")
    found = rows.select(Col("place"), value).sort(Col("place")).to_arrow_table()
    DIFFERENT_TEXTS.take_back(cursor)
    return found["value"].combine_chunks()


def _proven_date_order(different: DuckDBPyRelation) -> str | None:
    """The date order that the numeric dates of a column prove, if any."""
    text = Col("text")
    numeric = different.filter(Call("regexp_matches", text, Value(NUMERIC_DATE)))
    order = Call("proven_date_order", text).alias("date_order")
    return only_row(numeric.aggregate([order]))[0]


def _parsed(column: Column, date_order: str | None) -> Expression:
    text = Col("text")
    if column.kind is Kind.DATE:
        return Call("cell_date", text, Value(date_order))
    if column.kind is Kind.INTEGER:
        return Call("cell_integer", text)
    if column.kind is Kind.NUMBER:
        return Call("cell_number", text)
    if column.kind is Kind.ZIP:
        return Call("cell_zip", text)
    if column.kind is Kind.ID_LIST:
        return Call("cell_list", text)
    codes = column.code_list
    return Call(
        "cell_code",
        text,
        Value(list(codes.values)),
        Value(list(codes.aliases)),
        Value(list(codes.aliases.values())),
    )


def _range(column: Column) -> tuple[date, date] | tuple[float | None, float | None] | None:
    if column.kind is Kind.DATE:
        return EARLIEST, LATEST
    if column.low is not None or column.high is not None:
        return column.low, column.high
    return None


def _in_range(column: Column, parsed: Expression) -> Expression:
    limits = _range(column)
    if limits is None:
        return parsed
    low, high = limits
    return CaseExpression((parsed >= Value(low)) & (parsed <= Value(high)), parsed)


def _agency_types_by_name(
    texts: pa.ChunkedArray, names: pa.ChunkedArray, types: pa.ChunkedArray
) -> pa.ChunkedArray:
    """Change the type "County" to sheriff's office if the name says so.

    National lists have one type for both. Our own code `county` does not change.
    """
    is_county = pc.equal(pc.utf8_lower(texts), "county")
    is_ours = pc.equal(texts, "county")
    is_sheriff = pc.match_substring(pc.utf8_lower(names), "sheriff")
    by_name = pc.and_(pc.and_(is_county, pc.invert(is_ours)), is_sheriff)
    sheriff = pa.scalar("sheriff", _TEXT)
    return pc.if_else(pc.fill_null(by_name, fill_value=False), sheriff, types)
