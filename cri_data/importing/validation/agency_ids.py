"""Find the agency of rows that have its name instead of its ID."""

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import ColumnExpression as Col
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from cri_data.importing.mapping.mapped_file import MappedFile, with_texts
from cri_data.importing.matching.match import agency_ids
from cri_data.importing.problems import problem_rows
from cri_data.importing.staging import NAMED_ROWS, UNCERTAIN_AGENCIES
from cri_data.model.code_lists import ORI
from cri_data.model.problem_rules import Rule, Severity
from cri_data.store import query_files

# An ORI is never a name, even if it is unknown.
_ORI = f"^{ORI}$"


def with_named_agencies(
    cursor: DuckDBPyConnection, prepared: MappedFile
) -> tuple[MappedFile, pa.Table]:
    """The file with the IDs of certain agencies, and the rows without a certain match.

    These rows are from match.agency_ids(): row, agency_id, value, problem.
    """
    rows = named_rows(cursor, prepared)
    answered = agency_ids(cursor, rows) if rows.num_rows else _NOTHING
    uncertain = answered.filter(pc.is_valid(answered["problem"]))
    certain = answered.filter(pc.is_valid(answered["agency_id"]))
    if certain.num_rows:
        texts = prepared.texts
        found = pc.index_in(texts["row"], value_set=certain["row"].combine_chunks())
        ids = pc.take(certain["agency_id"], found)
        column = pc.if_else(pc.is_valid(ids), ids, texts["agency_id"])
        prepared = with_texts(prepared, "agency_id", column)
    return prepared, uncertain


_NOTHING = pa.table(
    {
        "row": pa.array([], pa.int64()),
        "agency_id": pa.array([], pa.string()),
        "value": pa.array([], pa.string()),
        "problem": pa.array([], pa.string()),
    }
)


def named_rows(cursor: DuckDBPyConnection, prepared: MappedFile) -> pa.Table:
    """The agencies that the file names: row, name, state, and so on.

    Without rows that have a known ID or an ORI.
    """
    if prepared.named_by is None:
        return _NOTHING
    named = prepared.named_by.append_column("name", prepared.texts["agency_id"])
    is_name = pc.and_(
        pc.is_valid(named["name"]),
        pc.invert(pc.match_substring_regex(named["name"], _ORI)),
    )
    named = named.filter(pc.fill_null(is_name, fill_value=False))
    NAMED_ROWS.hand_over(cursor, named)
    unknown = cursor.execute(
        query_files.statement("upload/unknown_agencies")
    ).to_arrow_table()
    NAMED_ROWS.take_back(cursor)
    return unknown


def uncertain_agencies(cursor: DuckDBPyConnection, uncertain: pa.Table) -> DuckDBPyRelation:
    """Add the problems of rows without a certain agency, from the table `uncertain`."""
    UNCERTAIN_AGENCIES.hand_over(cursor, uncertain)
    return problem_rows(
        UNCERTAIN_AGENCIES.rows(cursor),
        "agency_id",
        Col("value"),
        Rule.AGENCY_NOT_CERTAIN,
        Severity.ERROR,
        Col("problem"),
    )
