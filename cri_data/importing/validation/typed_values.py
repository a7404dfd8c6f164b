"""Convert the text of cells to values. Each different text is parsed once."""

from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import CaseExpression, DuckDBPyConnection, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.staging import DIFFERENT_TEXTS, TYPED
from cri_data.importing.validation.column_readings import ColumnReading, column_readings
from cri_data.importing.validation.places import PLACES, faults_of_places
from cri_data.model.datasets import EARLIEST, LATEST, Column, Kind
from cri_data.model.units import METRIC_UNITS, NO_UNIT, OF_THE_METRIC, Unit

# The rows that DuckDB compresses and writes together. Other chunks would have to be rebuilt
# at great cost.
_ROW_GROUP = 122_880

_AS_THEY_ARE = (Kind.ID, Kind.TEXT)

# Longer text is never a date, number, code, or list of IDs. Parsing it would take long.
LONGEST_VALUE = 2_000
_TEXT = pa.string()

# Read up to 180 degrees at first, to tell whether latitude and longitude are swapped.
_LATITUDES = tuple(latitude for latitude, _ in PLACES)


@dataclass(frozen=True)
class Typed:
    """The table `typed`, and how each column that is not text was read."""

    table: pa.Table
    readings: dict[str, ColumnReading]

    @property
    def notes(self) -> tuple[str, ...]:
        """What people should know about how columns were read."""
        return tuple(note for one in self.readings.values() for note in one.notes)

    def refuted_orders(self, recipe: Recipe) -> tuple[str, ...]:
        """The columns that are read in another order than the recipe has."""
        return tuple(
            name
            for name, order in recipe.date_orders.items()
            if name in self.readings and self.readings[name].date_order != order
        )


def keep_typed(cursor: DuckDBPyConnection, prepared: MappedFile) -> Typed:
    """Make the table `typed`: row, record_id, x_<column> as text, v_<column> as value.

    It is an Arrow table, from which the cursor reads only the needed columns. Outcomes also
    have metric_unit, the unit of their metric. u_<column> is whether the cell says that its
    value is not known, and p_<column> the fault of its place, in columns where one has it.
    """
    dataset, texts = prepared.dataset, prepared.texts
    present = [column for column in dataset.columns if column.name in texts.column_names]
    as_they_are = [column.name for column in present if column.kind in _AS_THEY_ARE]
    given = texts.select(["row", *as_they_are]).combine_chunks()
    given = {name: given[name] for name in given.column_names}
    values = {name: given[name] for name in as_they_are}
    parsed = [column for column in present if column.kind not in _AS_THEY_ARE]
    encoded = {column.name: _encoded(texts[column.name]) for column in parsed}
    readings = column_readings(
        cursor, prepared, {name: one.readable for name, one in encoded.items()}
    )
    units = _metric_units(cursor, prepared)
    for column in parsed:
        one, reading = encoded[column.name], readings[column.name]
        given[column.name] = one.texts
        values[column.name] = _understood(cursor, column, one, reading, units)
    faults = _take_faulty_places(given, values)
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
            **({} if units is None else {"metric_unit": units}),
            **{f"p_{name}": fault for name, fault in faults.items()},
            **{f"u_{name}": is_word for name, is_word in prepared.unknown.items()},
        }
    )
    typed = in_row_groups(typed)
    TYPED.hand_over(cursor, typed)
    return Typed(typed, readings)


def _take_faulty_places(
    given: dict[str, pa.ChunkedArray], values: dict[str, pa.ChunkedArray]
) -> dict[str, pa.ChunkedArray]:
    """Make both numbers of faulty places null. Returns the faults of these columns."""
    faults: dict[str, pa.ChunkedArray] = {}
    for latitude, longitude in PLACES:
        if {latitude, longitude} <= values.keys():
            fault = faults_of_places(values[latitude], values[longitude])
            # Also without a fault, a number beside one that is not valid means no place.
            is_half = pc.or_(
                are_unclear(given[latitude], values[latitude]),
                are_unclear(given[longitude], values[longitude]),
            )
            half = pc.if_else(is_half, pa.scalar("half"), pa.scalar(None, _TEXT))
            fault = pc.coalesce(fault, half)
            if fault.null_count < len(fault):
                for name in (latitude, longitude):
                    of_column = pc.if_else(pc.is_valid(values[name]), fault, None)
                    faults[name] = of_column
                    values[name] = pc.if_else(pc.is_valid(fault), None, values[name])
        for name in {latitude, longitude} & values.keys():
            if name in _LATITUDES:
                is_far = pc.greater(pc.abs(values[name]), 90.0)
                values[name] = pc.if_else(pc.fill_null(is_far, False), None, values[name])
    return faults


def are_unclear(texts: pa.ChunkedArray, values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whether each text has no value."""
    return pc.and_(pc.is_valid(texts), pc.is_null(values))


def in_row_groups(table: pa.Table) -> pa.Table:
    """The rows in chunks that the store can write without rebuilding them."""
    return pa.Table.from_batches(table.to_batches(_ROW_GROUP), table.schema)


@dataclass(frozen=True)
class _Encoded:
    """The different texts of a column, and for each row the number of its text."""

    different: pa.Array
    places: list[pa.Array]

    @property
    def readable(self) -> pa.Array:
        """The different texts that are short enough to be parsed. Others are null."""
        is_too_long = pc.greater(pc.utf8_length(self.different), LONGEST_VALUE)
        return pc.if_else(is_too_long, pa.scalar(None, _TEXT), self.different)

    @property
    def texts(self) -> pa.ChunkedArray:
        """The text of each row."""
        return pa.chunked_array(
            [
                pa.DictionaryArray.from_arrays(piece, self.different)
                for piece in self.places
            ],
            pa.dictionary(pa.int32(), _TEXT),
        )

    def of_rows(self, meant: pa.Array) -> pa.ChunkedArray:
        """The value of each row, from the value of each different text."""
        return pa.chunked_array(
            [pc.take(meant, piece) for piece in self.places], meant.type
        )


def _encoded(texts: pa.ChunkedArray) -> _Encoded:
    encoded = texts.dictionary_encode().unify_dictionaries()
    different = encoded.chunk(0).dictionary if encoded.num_chunks else pa.array([], _TEXT)
    places = pa.chunked_array([chunk.indices for chunk in encoded.chunks], pa.int32())
    pieces = [
        places.slice(start, _ROW_GROUP).combine_chunks()
        for start in range(0, len(places), _ROW_GROUP)
    ]
    return _Encoded(different, pieces)


def _metric_units(
    cursor: DuckDBPyConnection, prepared: MappedFile
) -> pa.ChunkedArray | None:
    """The unit of each row's metric, if the dataset has values in that unit."""
    if not any(column.unit is OF_THE_METRIC for column in prepared.dataset.columns):
        return None
    known = cursor.table("metrics").select(Col("metric_id"), Col("unit")).to_arrow_table()
    ids = prepared.texts["metric_id"].combine_chunks()
    places = pc.index_in(ids, value_set=known["metric_id"].combine_chunks())
    return pa.chunked_array([pc.take(known["unit"].combine_chunks(), places)], _TEXT)


def _understood(
    cursor: DuckDBPyConnection,
    column: Column,
    encoded: _Encoded,
    reading: ColumnReading,
    units: pa.ChunkedArray | None,
) -> pa.ChunkedArray:
    """The value of each row. It is null if the text is not valid."""
    if column.unit is not OF_THE_METRIC or units is None:
        return encoded.of_rows(_meant(cursor, column, encoded.readable, reading))
    values = encoded.of_rows(
        _meant(cursor, replace(column, unit=NO_UNIT), encoded.readable, reading)
    )
    for code, unit in METRIC_UNITS.items():
        is_in_unit = pc.fill_null(pc.equal(units, code), fill_value=False)
        if pc.any(is_in_unit).as_py():
            of_unit = replace(column, unit=unit, low=unit.low, high=unit.high)
            meant = encoded.of_rows(_meant(cursor, of_unit, encoded.readable, reading))
            values = pc.if_else(is_in_unit, meant, values)
    return values


def _meant(
    cursor: DuckDBPyConnection, column: Column, texts: pa.Array, reading: ColumnReading
) -> pa.Array:
    """The values of these texts, in the same order."""
    numbered = {"place": pa.arange(0, len(texts)), "text": texts}
    DIFFERENT_TEXTS.hand_over(cursor, pa.table(numbered))
    # Sorted before, because each step plans again those before it, and a date is much.
    rows = DIFFERENT_TEXTS.rows(cursor).sort(Col("place"))
    value = _in_range(column, parsed(column, reading)).alias("value")
    found = rows.select(value).to_arrow_table()
    DIFFERENT_TEXTS.take_back(cursor)
    return found["value"].combine_chunks()


def parsed(column: Column, reading: ColumnReading) -> Expression:
    """The value of the text, or null if the text is not valid."""
    text = Col("text")
    if column.kind is Kind.DATE:
        if reading.is_plain:
            return Call("iso_date", text)
        return Call(
            "cell_date", text, Value(reading.date_order), Value(reading.day_numbers)
        )
    if column.kind in (Kind.INTEGER, Kind.NUMBER):
        return as_number(column, text, column.unit, reading)
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


def as_number(
    column: Column, text: Expression, unit: Unit, reading: ColumnReading
) -> Expression:
    """The number that this text means, in this unit, whatever its range."""
    macro = "cell_integer" if column.kind is Kind.INTEGER else "cell_number"
    return Call(macro, text, Value(unit.behind_a_number), Value(reading.decimal_sign))


def _range(column: Column) -> tuple[date, date] | tuple[float | None, float | None] | None:
    if column.kind is Kind.DATE:
        return EARLIEST, LATEST
    if column.low is not None or column.high is not None:
        return (-180, 180) if column.name in _LATITUDES else (column.low, column.high)
    return None


def _in_range(column: Column, value: Expression) -> Expression:
    limits = _range(column)
    if limits is None:
        return value
    is_within = Value(True)
    if limits[0] is not None:
        is_within = is_within & (value >= Value(limits[0]))
    if limits[1] is not None:
        is_within = is_within & (value <= Value(limits[1]))
    return CaseExpression(is_within, value)


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
