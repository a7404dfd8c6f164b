"""Match names in a file to agencies, partners, and topics.

Files name agencies, but the store has their IDs. Names are split into parts
(queries/build/75_names.sql) and matched by ID, by confirmed meanings, and by name, for all
names at once in DuckDB. For other names, the best three records are proposed. A match is
certain only if one record fits and no other is close.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa
from duckdb import DuckDBPyConnection

from cri_data.importing.staging import CONFIRMED_ROWS, NAMED_ROWS
from cri_data.model.code_lists import AGENCY_TYPES, STATES
from cri_data.model.problem_rules import Rule, message
from cri_data.model.refusal import Refusal
from cri_data.store import query_files
from cri_data.store.rows import only_row

# The datasets whose records files may name instead of giving the key.
NAMED = ("agencies", "partners", "topics")

# The ways in which a name can match, and those that are certain.
ORI, ID, ALIAS, NAME, PROPOSAL, NONE = "ori", "id", "alias", "name", "proposal", "none"
CERTAIN = (ORI, ID, ALIAS, NAME)

# The most characters of a name; longer text has no parts (names/keep_parts.sql).
LONGEST_NAME = 300

_GIVEN = ("name", "state", "city", "agency_type")


@dataclass(frozen=True)
class AgencyMeant:
    """A stored agency that a name may mean, and why.

    `is_certain`, as if the file had its ID. `is_close`: the names are the same except for
    spelling. `is_likely`: besides, the evidence is strong, and no other one of the state is
    close (queries/upload/names/keep_proposals.sql).
    """

    agency_id: str
    agency_name: str
    city: str | None
    state: str
    reason: str
    is_close: bool
    is_likely: bool
    is_certain: bool

    @property
    def place(self) -> str:
        """City and state."""
        return f"{self.city}, {self.state}" if self.city else self.state

    def __str__(self) -> str:
        """The agency in one line."""
        return f"{self.agency_name} ({self.place}; {self.agency_id})"


class UnknownRecord(Refusal):
    """A confirmed meaning can't be saved. The message says why."""


def match_agencies(cursor: DuckDBPyConnection, named: pa.Table) -> pa.Table:
    """The match of each agency name, one row per different name.

    `named` has the text columns name and, if the file has them, state, city, and
    agency_type. The result has these columns and `rows` (the number of rows with the name),
    `how` (ori, alias, name, proposal, none), `record_id` and `record_name` for a certain
    match, and `proposals` otherwise: up to three {id, name, score, reason}, the best first,
    with scores from 0 to 1.
    """
    return match_names(cursor, "agencies", named)


def match_names(cursor: DuckDBPyConnection, dataset: str, named: pa.Table) -> pa.Table:
    """The match of each name of a dataset; see match_agencies().

    Partners and topics are matched only by name.
    """
    with _compared(cursor, dataset, named):
        return cursor.execute(_statement("matched")).to_arrow_table()


def agency_ids(cursor: DuckDBPyConnection, rows: pa.Table) -> pa.Table:
    """The agency of each row that names one: row, given_no, agency_id, value, problem.

    `rows` has the columns row (whole number), name, and, if the file has them, state and
    city. Rows of one name have one given_no. A certain match has an agency_id and no
    problem. Otherwise `problem` gives the reason and the best three agencies, for the rule
    agency_not_certain.
    """
    return agencies_meant(cursor, rows)[0]


def agencies_meant(
    cursor: DuckDBPyConnection, rows: pa.Table
) -> tuple[pa.Table, dict[int, list[AgencyMeant]]]:
    """The table of agency_ids(), and what each given_no may mean, the best first."""
    with _compared(cursor, "agencies", rows):
        answered = cursor.execute(
            _statement("agency_ids"),
            {
                "blank": message(Rule.AGENCY_NOT_CERTAIN, "blank"),
                "unlike_any": message(Rule.AGENCY_NOT_CERTAIN, "unlike any", place="{}"),
                "like_some": message(Rule.AGENCY_NOT_CERTAIN, "like some", matches="{}"),
            },
        ).to_arrow_table()
        found = cursor.execute(_statement("agencies_meant")).fetchall()
    meant: dict[int, list[AgencyMeant]] = {}
    for given_no, *agency, _ in found:
        meant.setdefault(given_no, []).append(AgencyMeant(*agency))
    return answered, meant


def agencies_named_as(cursor: DuckDBPyConnection, rows: pa.Table) -> pa.Table:
    """The stored agency that each row certainly names: row, record_id.

    `rows` are like those of agency_ids(). Rows without a certain match are left out.
    """
    with _same(cursor, "agencies", rows):
        return cursor.execute(_statement("settled_rows")).to_arrow_table()


def agencies_named_alike(cursor: DuckDBPyConnection) -> list[tuple[str, str]]:
    """Pairs of different stored agencies with the same name and place, by their IDs."""
    agencies = cursor.table("agencies").order("agency_id").to_arrow_table()
    ids = agencies["agency_id"].to_pylist()
    named = agencies.rename_columns({"agency_name": "name"})
    with _same(cursor, "agencies", named):
        found = cursor.execute(_statement("alike_rows")).fetchall()
    # Each agency is also like itself.
    return [(ids[row], other) for row, other in found if ids[row] != other]


def remember(
    cursor: DuckDBPyConnection, dataset: str, confirmed: pa.Table, who: str
) -> None:
    """Save which record each name means, for later files.

    `confirmed` is like the table of match_names(), with record_id. `cursor` is from
    Store.writing(). Replaces earlier meanings of the same names. Raises UnknownRecord,
    which rolls back, for a record that is not stored and for a name with two meanings.
    """
    _keep_confirmed(cursor, dataset, confirmed)
    _refuse(cursor, dataset)
    _forgotten(cursor, dataset)
    cursor.execute(_statement("remember"), {"dataset": dataset, "who": who})


def forget(cursor: DuckDBPyConnection, dataset: str, names: pa.Table) -> int:
    """Delete the confirmed meanings of these names. Returns how many there were."""
    _keep_confirmed(cursor, dataset, names)
    return _forgotten(cursor, dataset)


def confirmed_names(cursor: DuckDBPyConnection, dataset: str) -> pa.Table:
    """The confirmed names: name, state, city, record_id, person, and time."""
    values = {"dataset": dataset}
    return cursor.execute(_statement("remembered"), values).to_arrow_table()


# -- Steps ---------------------------------------------------------------------


def _statement(name: str) -> str:
    return query_files.statement(f"upload/names/{name}")


@contextmanager
def _compared(cursor: DuckDBPyConnection, dataset: str, named: pa.Table) -> Iterator[None]:
    """Write the tables given_rows, given_names, settled_names, and proposed_names."""
    with _same(cursor, dataset, named):
        _step(cursor, "keep_candidates")
        _step(cursor, "keep_compared")
        _step(cursor, "keep_proposals", dataset)
        _step(cursor, "add_ids_elsewhere", dataset)
        yield


@contextmanager
def _same(cursor: DuckDBPyConnection, dataset: str, named: pa.Table) -> Iterator[None]:
    """Write the tables given_rows, given_names, same_names, and settled_names."""
    _keep_given(cursor, named)
    _keep_known(cursor, dataset)
    _step(cursor, "keep_parts", dataset)
    _step(cursor, "keep_current_ids", dataset)
    _step(cursor, "keep_settled", dataset)
    _step(cursor, "keep_same", dataset)
    _step(cursor, "add_certain")
    yield
    _step(cursor, "drop_compared")


def _step(cursor: DuckDBPyConnection, name: str, dataset: str | None = None) -> None:
    cursor.execute(_statement(name), {"dataset": dataset} if dataset else {})


def _keep_given(cursor: DuckDBPyConnection, named: pa.Table) -> None:
    rows = named["row"] if "row" in named.column_names else _places(named)
    columns = {name: _texts(named, name) for name in _GIVEN}
    NAMED_ROWS.hand_over(cursor, pa.table({"row": rows, **columns}))
    cursor.execute(
        _statement("keep_given"),
        {
            "state_codes": list(STATES.values),
            "state_aliases": list(STATES.aliases),
            "state_alias_codes": list(STATES.aliases.values()),
            "type_codes": list(AGENCY_TYPES.values),
            "type_aliases": list(AGENCY_TYPES.aliases),
            "type_alias_codes": list(AGENCY_TYPES.aliases.values()),
        },
    )
    NAMED_ROWS.take_back(cursor)
    _step(cursor, "keep_given_names")


def _texts(named: pa.Table, name: str) -> pa.ChunkedArray | pa.Array:
    """The column as text. Without such a column, nulls."""
    if name in named.column_names:
        return named[name].cast(pa.string())
    return pa.nulls(named.num_rows, pa.string())


def _places(named: pa.Table) -> pa.Array:
    return pa.array(range(named.num_rows), pa.int64())


def _keep_known(cursor: DuckDBPyConnection, dataset: str) -> None:
    if dataset not in NAMED:
        raise KeyError(dataset)
    _step(cursor, f"keep_known_{dataset}")


def _keep_confirmed(cursor: DuckDBPyConnection, dataset: str, confirmed: pa.Table) -> None:
    # In the given order, because rows are identified by their position here.
    names = confirmed.drop_columns([n for n in ("row",) if n in confirmed.column_names])
    _keep_given(cursor, names)
    _keep_known(cursor, dataset)
    _step(cursor, "keep_parts", dataset)
    record_ids = _texts(names, "record_id")
    rows = pa.table({"row": _places(names), "record_id": record_ids})
    CONFIRMED_ROWS.hand_over(cursor, rows)
    _step(cursor, "keep_confirmed")
    CONFIRMED_ROWS.take_back(cursor)


def _refuse(cursor: DuckDBPyConnection, dataset: str) -> None:
    refused = cursor.execute(_statement("refused_confirmed")).fetchone()
    if refused is None:
        return
    written, record_ids, is_of_several = refused
    if is_of_several:
        raise UnknownRecord(
            f"'{written}' was confirmed as more than one record: {record_ids}. Choose one."
        )
    raise UnknownRecord(
        f"'{written}' cannot be saved as '{record_ids or ''}': the {dataset} have no "
        f"record with that ID. Correct it, or load it first."
    )


def _forgotten(cursor: DuckDBPyConnection, dataset: str) -> int:
    return only_row(cursor.execute(_statement("forget"), {"dataset": dataset}))[0]
