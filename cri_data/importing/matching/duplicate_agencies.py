"""Stored agencies that are probably one: of the same ID otherwise written, or name."""

from dataclasses import dataclass

import pyarrow as pa
from duckdb import ColumnExpression as Col
from duckdb import DuckDBPyConnection

from cri_data.importing.matching.id_forms import id_forms, id_texts, loose_forms
from cri_data.importing.matching.match import agencies_named_alike
from cri_data.importing.staging import SIMILAR_ROWS
from cri_data.store import query_files
from cri_data.store.store import Store

_SAME_ID, _SAME_NAME = "same ID", "same name and place"


@dataclass(frozen=True)
class DuplicateAgencies:
    """Two stored agencies that are probably one, and why."""

    agency_id: str
    agency_name: str
    state: str
    like_agency_id: str
    like_agency_name: str
    reason: str

    def __str__(self) -> str:
        """The pair on one line."""
        return (
            f"{self.agency_id} {self.agency_name} ({self.state}) and "
            f"{self.like_agency_id} {self.like_agency_name}: {self.reason}"
        )


def duplicate_agencies(store: Store) -> list[DuplicateAgencies]:
    """All pairs of stored agencies that are probably one, in the order of their IDs."""
    with store.cursor() as cursor:
        pairs = _pairs_of_ids(cursor) + _pairs_of_names(cursor)
        if not pairs:
            return []
        columns = zip(*pairs, strict=True)
        names = ["agency_id", "record_id", "reason"]
        arrays = [pa.array(column, pa.string()) for column in columns]
        SIMILAR_ROWS.hand_over(cursor, pa.table(arrays, names=names))
        statement = query_files.statement("upload/duplicate_agencies")
        found = cursor.execute(statement).fetchall()
        SIMILAR_ROWS.take_back(cursor)
    return [DuplicateAgencies(*row) for row in found]


def _pairs_of_ids(cursor: DuckDBPyConnection) -> list[tuple[str, str, str]]:
    ids = cursor.table("agencies").select(Col("agency_id")).order("agency_id")
    written = ids.to_arrow_table()["agency_id"].cast(pa.string())
    forms = loose_forms(id_forms(id_texts(written), of_agencies=True))
    alike: dict[str, list[str]] = {}
    for one, form in zip(written.to_pylist(), forms.to_pylist(), strict=True):
        alike.setdefault(form, []).append(one)
    return [(same[0], other, _SAME_ID) for same in alike.values() for other in same[1:]]


def _pairs_of_names(cursor: DuckDBPyConnection) -> list[tuple[str, str, str]]:
    pairs = {(min(pair), max(pair)) for pair in agencies_named_alike(cursor)}
    return [(one, other, _SAME_NAME) for one, other in pairs]
