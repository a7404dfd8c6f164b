"""Stored agencies that are probably one, side by side, and which of two to keep."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from cri_data.importing.matching.duplicate_agencies import duplicate_agencies
from cri_data.model.code_lists import ORI
from cri_data.store import query_files
from cri_data.store.store import Store

# An ORI always has digits.
_REAL_ORI = re.compile(rf"(?=.*\d.*\d){ORI}")


@dataclass(frozen=True)
class ComparedAgency:
    """An agency as a person compares it with another one.

    `loaded_at` is when it was first loaded (UTC), None if not known. `known_values` is how
    many of its values are known, and `version` differs when one of them does.
    """

    agency_id: str
    agency_name: str
    city: str | None
    state: str
    requests: int
    loaded_at: datetime | None
    known_values: int
    version: str

    @property
    def has_ori(self) -> bool:
        """Whether its ID is an ORI."""
        return bool(_REAL_ORI.fullmatch(self.agency_id))


@dataclass(frozen=True)
class DuplicatePair:
    """Two stored agencies that are probably one, and why."""

    one: ComparedAgency
    other: ComparedAgency
    reason: str

    @property
    def suggested(self) -> tuple[ComparedAgency, str]:
        """The one to keep, and why: the first of these reasons that tells them apart.

        The reason is "" if none does.
        """
        one, other = self.one, self.other
        for better, why in (
            (one.has_ori - other.has_ori, "its ID is an ORI"),
            ((one.requests > 0) - (other.requests > 0), "it has requests"),
            (one.requests - other.requests, "it has more requests"),
            (one.known_values - other.known_values, "more is known of it"),
            (_earlier(one, other), "it was loaded first"),
        ):
            if better:
                return (one if better > 0 else other), why
        return one, ""

    @property
    def may_be_two(self) -> bool:
        """Whether both have an ORI, which two agencies of one name have, too."""
        return self.one.has_ori and self.other.has_ori

    def beside(self, kept_id: str) -> ComparedAgency:
        """The one that goes if that one is kept."""
        return self.other if kept_id == self.one.agency_id else self.one


def _earlier(one: ComparedAgency, other: ComparedAgency) -> int:
    if one.loaded_at is None or other.loaded_at is None:
        return 0
    return (one.loaded_at < other.loaded_at) - (one.loaded_at > other.loaded_at)


def duplicate_pairs(store: Store) -> list[DuplicatePair]:
    """All pairs of stored agencies that are probably one, the most certain first."""
    found = duplicate_agencies(store)
    ids = {i for pair in found for i in (pair.agency_id, pair.like_agency_id)}
    with store.cursor() as cursor:
        known = compared_agencies(cursor, ids)
    pairs = [
        DuplicatePair(known[pair.agency_id], known[pair.like_agency_id], pair.reason)
        for pair in found
        # Someone else may have merged it between the two questions.
        if {pair.agency_id, pair.like_agency_id} <= known.keys()
    ]
    return sorted(pairs, key=lambda pair: pair.may_be_two)


def merged_as_suggested(pairs: Iterable[DuplicatePair]) -> list[DuplicatePair]:
    """The pairs that can be merged together as suggested.

    Without those that may be two agencies, and without chains: of three alike, one pair.
    """
    gone: set[str] = set()
    kept: set[str] = set()
    chosen = []
    for pair in pairs:
        keeps = pair.suggested[0].agency_id
        goes = pair.beside(keeps).agency_id
        if not (pair.may_be_two or goes in gone | kept or keeps in gone):
            gone.add(goes)
            kept.add(keeps)
            chosen.append(pair)
    return chosen


def compared_agencies(
    cursor: DuckDBPyConnection, agency_ids: Iterable[str]
) -> dict[str, ComparedAgency]:
    """These agencies by ID, as this cursor's transaction sees them, if stored."""
    statement = query_files.statement("records/agencies_compared")
    rows = cursor.execute(statement, {"agency_ids": sorted(agency_ids)}).fetchall()
    return {row[0]: ComparedAgency(*row) for row in rows}
