"""The text of cells as values: each different text of a column is understood once."""

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import CaseExpression, DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data.schema import EARLIEST, LATEST, Column, Kind
from cri_data.upload.preparing import Prepared

# A date that needs an order: two small numbers, then the year.
NUMERIC_DATE = r"^\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"

# Rows that DuckDB compresses and writes together.
_ROW_GROUP = 122_880


def keep_typed(cursor: DuckDBPyConnection, prepared: Prepared) -> pa.Table:
    """The table `typed`: row, record_id, x_<column> as text, v_<column> as value.

    Of the rows that are whole. It is an Arrow table that the cursor looks into:
    nothing of the file is copied, and what is not asked for is not read.
    """
    dataset, texts = prepared.dataset, _in_large_pieces(prepared.texts)
    if prepared.file.faults:
        broken = pa.array([fault.row for fault in prepared.file.faults], pa.int64())
        texts = texts.filter(pc.invert(pc.is_in(texts["row"], value_set=broken)))
    given = {
        column.name: texts[column.name]
        for column in dataset.columns
        if column.name in texts.column_names
    }
    values = {
        name: _values(cursor, dataset.column(name), column, prepared.recipe.date_orders)
        for name, column in given.items()
    }
    if dataset.name == "agencies" and {"agency_type", "agency_name"} <= given.keys():
        values["agency_type"] = _agency_types_by_name(given, values["agency_type"])
    typed = pa.table(
        {
            "row": texts["row"],
            "record_id": values[dataset.key],
            **{f"x_{name}": column for name, column in given.items()},
            **{f"v_{name}": column for name, column in values.items()},
        }
    )
    cursor.register("typed", typed)
    return typed


def _in_large_pieces(texts: pa.Table) -> pa.Table:
    """The same in pieces of a row group of the store, or larger ones.

    What comes in smaller pieces is put together again at great cost when it is
    written.
    """
    pieces = [len(chunk) for chunk in texts["row"].chunks]
    if all(rows >= _ROW_GROUP for rows in pieces[:-1]):
        return texts
    whole = texts.combine_chunks()
    return pa.Table.from_batches(whole.to_batches(_ROW_GROUP), whole.schema)


def _values(
    cursor: DuckDBPyConnection,
    column: Column,
    texts: pa.ChunkedArray,
    date_orders: dict[str, str],
) -> pa.ChunkedArray:
    """The values of a column of texts; null where one gives no good value."""
    if column.kind in (Kind.ID, Kind.TEXT):
        return texts
    encoded = texts.dictionary_encode().unify_dictionaries()
    different = encoded.chunk(0).dictionary if encoded.num_chunks else texts
    cursor.register(
        "different",
        pa.table({"place": pa.arange(0, len(different)), "text": different}),
    )
    rows = cursor.table("different")
    order = date_orders.get(column.name)
    if column.kind is Kind.DATE and order is None:
        order = _proven_date_order(rows)
    found = rows.select(
        Col("place"), _in_range(column, _parsed(column, order)).alias("value")
    )
    meant = found.sort(Col("place")).to_arrow_table()["value"].combine_chunks()
    cursor.unregister("different")
    return pa.chunked_array(
        [pc.take(meant, chunk.indices) for chunk in encoded.chunks], meant.type
    )


def _proven_date_order(different: DuckDBPyRelation) -> str | None:
    """The order that the numeric dates of a column prove, if any."""
    text = Col("text")
    numeric = different.filter(Call("regexp_matches", text, Value(NUMERIC_DATE)))
    order = Call("proven_date_order", text).alias("date_order")
    return numeric.aggregate([order]).fetchone()[0]


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
    return Call(
        "cell_code",
        text,
        Value(list(column.codes.values)),
        Value(list(column.codes.aliases)),
        Value(list(column.codes.aliases.values())),
    )


def _range(column: Column) -> tuple[object, object] | None:
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
    given: dict[str, pa.ChunkedArray], types: pa.ChunkedArray
) -> pa.ChunkedArray:
    """A "County" agency is a sheriff's office where its name says so.

    National lists have one type for both. Our own code `county` stays itself.
    """
    text = given["agency_type"]
    says_county = pc.and_(
        pc.equal(pc.utf8_lower(text), "county"), pc.not_equal(text, "county")
    )
    says_sheriff = pc.match_substring(pc.utf8_lower(given["agency_name"]), "sheriff")
    is_sheriff = pc.fill_null(pc.and_(says_county, says_sheriff), fill_value=False)
    return pc.if_else(is_sheriff, pa.scalar("sheriff", pa.string()), types)
