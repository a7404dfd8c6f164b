"""IDs of outcomes in a file without them, which names their engagement and metric.

The one stored outcome of that engagement and metric is meant. If none is stored, the ID is
made of both, so that the same file updates its outcomes and never doubles them.
"""

import pyarrow as pa
from duckdb import DuckDBPyConnection

from cri_data.importing.mapping.mapped_file import MappedFile, with_texts
from cri_data.importing.problems import add_problems
from cri_data.importing.staging import NAMED_OUTCOMES
from cri_data.model.datasets import OUTCOMES
from cri_data.model.problem_rules import Rule, message
from cri_data.store import query_files


def with_outcome_ids(cursor: DuckDBPyConnection, prepared: MappedFile) -> MappedFile:
    """The file with the IDs of its outcomes. Its engagements and metrics are known IDs."""
    if not prepared.matching.makes_ids:
        return prepared
    _hand_over(cursor, prepared)
    made = cursor.execute(query_files.statement("upload/outcome_ids")).to_arrow_table()
    NAMED_OUTCOMES.take_back(cursor)
    return with_texts(prepared, OUTCOMES.key, made["outcome_id"].cast(pa.string()))


def add_uncertain_outcomes(cursor: DuckDBPyConnection, prepared: MappedFile) -> None:
    """Add problems where several outcomes are stored, or the new ID is another's."""
    if not prepared.matching.makes_ids:
        return
    _hand_over(cursor, prepared)
    found = cursor.execute(
        query_files.statement("upload/uncertain_outcomes"),
        {
            "rule": str(Rule.OUTCOME_NOT_CERTAIN),
            "several": message(Rule.OUTCOME_NOT_CERTAIN, "several", ids="{}"),
            "other": message(Rule.OUTCOME_NOT_CERTAIN, "other", ids="{}"),
        },
    ).to_arrow_table()
    NAMED_OUTCOMES.take_back(cursor)
    if found.num_rows:
        add_problems(cursor.from_arrow(found))


def _hand_over(cursor: DuckDBPyConnection, prepared: MappedFile) -> None:
    names = ["row", OUTCOMES.key, "engagement_id", "metric_id"]
    texts = prepared.texts.select(names)
    numbered = texts.append_column("place", pa.arange(0, texts.num_rows))
    NAMED_OUTCOMES.hand_over(cursor, numbered)
