"""New agencies of a file that look like stored ones under other IDs."""

from dataclasses import dataclass

from duckdb import ColumnExpression as Col
from duckdb import DuckDBPyConnection

from cri_data.importing.matching.match import agencies_named_as
from cri_data.importing.problems import CellProblem
from cri_data.importing.staging import SIMILAR_ROWS
from cri_data.model.counted import count_of
from cri_data.model.datasets import AGENCIES, Dataset
from cri_data.model.problem_rules import Rule, Severity, message
from cri_data.store import query_files


@dataclass(frozen=True)
class SimilarAgencies:
    """How many agencies of a file are new, and how many of these look like stored ones."""

    new: int = 0
    alike: int = 0

    def __str__(self) -> str:
        """The numbers in one sentence."""
        verb = "looks" if self.alike == 1 else "look"
        new = count_of(self.new, "new agency", "new agencies")
        return (
            f"{self.alike:,} of {new} {verb} like stored ones under other "
            "IDs. Check their IDs, because an agency that is stored twice counts "
            "twice."
        )


NO_SIMILAR = SimilarAgencies()


def similar_agencies(
    cursor: DuckDBPyConnection, dataset: Dataset
) -> tuple[SimilarAgencies, list[CellProblem]]:
    """The new agencies of `merged` with the name and place of a stored one."""
    if dataset is not AGENCIES or not _are_stored(cursor):
        return NO_SIMILAR, []
    new = cursor.execute(query_files.statement("upload/new_agencies")).to_arrow_table()
    if not new.num_rows:
        return NO_SIMILAR, []
    SIMILAR_ROWS.hand_over(cursor, agencies_named_as(cursor, new))
    found = cursor.execute(query_files.statement("upload/similar_agencies")).fetchall()
    SIMILAR_ROWS.take_back(cursor)
    problems: list[CellProblem] = [
        (
            *(row, AGENCIES.key, record_id, Rule.SIMILAR_AGENCY, Severity.WARNING),
            message(Rule.SIMILAR_AGENCY, id=stored_id, name=stored_name),
        )
        for row, record_id, stored_id, stored_name in found
    ]
    return SimilarAgencies(new.num_rows, len(problems)), problems


def _are_stored(cursor: DuckDBPyConnection) -> bool:
    stored = cursor.table(AGENCIES.name).select(Col(AGENCIES.key))
    return stored.limit(1).fetchone() is not None
