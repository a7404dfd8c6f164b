"""Find the agency of rows whose cell is no known ID: by the name in it, or beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import ColumnExpression as Col
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from cri_data.importing.mapping.mapped_file import MappedFile, with_texts
from cri_data.importing.matching.match import LONGEST_NAME, AgencyMeant, agencies_meant
from cri_data.importing.problems import LONGEST, CellProblem, problem_rows
from cri_data.importing.staging import UNCERTAIN_AGENCIES
from cri_data.model.code_lists import ORI
from cri_data.model.datasets import AGENCIES
from cri_data.model.problem_rules import Rule, Severity, message

_ID = AGENCIES.key

# An ORI is never a name, even if it is unknown.
_ORI = f"^{ORI}$"

# Without a state, or beside a name, only two words are a name: no ID has them.
_TWO_WORDS = r"[A-Za-z]{2,}\.? +[A-Za-z]"

# The rules whose rows have no agency yet.
_WITHOUT_AGENCY = (
    Rule.UNKNOWN_REFERENCE,
    Rule.REQUIRED_MISSING,
    Rule.ID_NOT_CERTAIN,
    Rule.ID_CHANGED,
)

_PLACES = ("state", "city", "agency_type")
_TEXT = pa.string()


@dataclass(frozen=True)
class UnknownAgency:
    """The rows of a file that have one agency, which is not known.

    `given` is the text in the first row's cell, or "". `name`, `state`, and `city` say
    which agency it is, or are "". `is_confirmed_by_name`: the cell itself has the name, and
    its state stands beside it, so what a person says of it applies to later files, too.
    `meant` are the stored agencies that it may be, the best first.
    """

    given: str
    name: str
    state: str
    city: str
    rows: tuple[int, ...]
    is_confirmed_by_name: bool
    meant: tuple[AgencyMeant, ...]

    @property
    def likely(self) -> AgencyMeant | None:
        """The agency that it is, if the evidence is strong."""
        found = [one for one in self.meant if one.is_likely]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class NamedAgencies:
    """A file with the IDs of certain agencies.

    `uncertain` are the rows that have an uncertain name in place of an ID: row, value, and
    problem. `said` are the problems of blank cells that a name beside them filled.
    `unknown` are the agencies that are not known yet, those with the most rows first.
    """

    prepared: MappedFile
    uncertain: pa.Table
    said: Sequence[CellProblem] = ()
    unknown: tuple[UnknownAgency, ...] = ()


_NOTHING = pa.table(
    {
        "row": pa.array([], pa.int64()),
        "given_no": pa.array([], pa.int64()),
        "agency_id": pa.array([], _TEXT),
        "value": pa.array([], _TEXT),
        "problem": pa.array([], _TEXT),
    }
)


def with_named_agencies(
    cursor: DuckDBPyConnection, prepared: MappedFile, merged: Mapping[str, str]
) -> NamedAgencies:
    """Find the agencies of rows without a known ID. `merged` has former IDs."""
    known = _known_ids(cursor, merged)
    rows = _unknown_rows(prepared, known)
    if not rows.num_rows:
        return NamedAgencies(prepared, _NOTHING)
    named = rows.filter(pc.is_valid(rows["name"]))
    answered, meant = agencies_meant(cursor, named) if named.num_rows else (_NOTHING, {})
    found = pc.index_in(rows["row"], value_set=answered["row"].combine_chunks())
    for name in ("given_no", "agency_id", "problem"):
        rows = rows.append_column(name, pc.take(answered[name].combine_chunks(), found))
    # Beside another ID, even the name of a stored agency is only a proposal.
    is_free = pc.or_(rows["is_name"], pc.is_null(rows["given"]))
    is_taken = pc.and_(is_free, pc.is_valid(rows["agency_id"]))
    taken, rest = rows.filter(is_taken), rows.filter(pc.invert(is_taken))
    is_uncertain = pc.and_(rest["is_name"], rest["has_state"])
    uncertain = rest.filter(is_uncertain)
    return NamedAgencies(
        _with_ids(prepared, taken),
        pa.table(
            {
                "row": uncertain["row"],
                "value": uncertain["given"],
                "problem": uncertain["problem"],
            }
        ),
        _said_of_filled(taken, meant),
        # Before any agency is stored, there is none to choose.
        _unknown_agencies(rest, meant) if len(known) else (),
    )


def _known_ids(cursor: DuckDBPyConnection, merged: Mapping[str, str]) -> pa.Array:
    stored = cursor.table(AGENCIES.name).select(Col(_ID)).to_arrow_table()[_ID]
    former = pa.array(list(merged), _TEXT)
    return pa.concat_arrays([stored.cast(_TEXT).combine_chunks(), former])


def _unknown_rows(prepared: MappedFile, known: pa.Array) -> pa.Table:
    """The rows whose agency is not known.

    Columns: row, given (the cell), name, state, city, agency_type, is_name (whether the
    cell itself is the name), and has_state (whether the file has states).
    """
    texts, beside = prepared.texts, prepared.named_by
    refers = [column.name for column in prepared.dataset.columns if column.refers_to]
    if _ID not in refers or _ID not in texts.column_names:
        return _NOTHING
    is_unknown = pc.invert(pc.is_in(texts[_ID], value_set=known))
    texts = texts.filter(is_unknown)
    beside = texts.select(["row"]) if beside is None else beside.filter(is_unknown)
    given, has_state = texts[_ID], "state" in beside.column_names
    is_name = _are_names(given, has_state and "name" not in beside.column_names)
    name = pc.if_else(is_name, given, pa.scalar(None, _TEXT))
    if "name" in beside.column_names:
        is_name = pc.and_kleene(is_name, pc.is_null(beside["name"]))
        name = pc.coalesce(beside["name"], name)
    columns = {place: _column(beside, place) for place in _PLACES}
    return pa.table(
        {
            "row": texts["row"],
            "given": given,
            "name": name,
            **columns,
            "is_name": pc.fill_null(is_name, fill_value=False),
            "has_state": pa.repeat(has_state, texts.num_rows),
        }
    )


def _are_names(given: pa.ChunkedArray, may_be_any: bool) -> pa.ChunkedArray:
    """Whether each cell is a name instead of an ID: any text but an ORI, or two words."""
    pattern = _ORI if may_be_any else _TWO_WORDS
    fits = pc.match_substring_regex(given, pattern)
    return pc.invert(fits) if may_be_any else fits


def _column(table: pa.Table, name: str) -> pa.ChunkedArray | pa.Array:
    return table[name] if name in table.column_names else pa.nulls(table.num_rows, _TEXT)


def _with_ids(prepared: MappedFile, taken: pa.Table) -> MappedFile:
    """The file with the IDs of certain agencies."""
    if not taken.num_rows:
        return prepared
    texts = prepared.texts
    found = pc.index_in(texts["row"], value_set=taken["row"].combine_chunks())
    ids = pc.take(taken["agency_id"], found)
    return with_texts(prepared, _ID, pc.if_else(pc.is_valid(ids), ids, texts[_ID]))


def _said_of_filled(
    taken: pa.Table, meant: Mapping[int, list[AgencyMeant]]
) -> list[CellProblem]:
    """The problems of blank cells with a certain name beside them."""
    filled = taken.filter(pc.is_null(taken["given"]))
    columns = (filled[name].to_pylist() for name in ("row", "name", "given_no"))
    said = {
        given_no: message(Rule.AGENCY_BY_NAME, agency=meant[given_no][0])
        for given_no in pc.unique(filled["given_no"]).to_pylist()
    }
    return [
        (
            *(row, _ID, name[:LONGEST], Rule.AGENCY_BY_NAME, Severity.WARNING),
            said[given_no],
        )
        for row, name, given_no in zip(*columns, strict=True)
    ]


def _unknown_agencies(
    rest: pa.Table, meant: Mapping[int, list[AgencyMeant]]
) -> tuple[UnknownAgency, ...]:
    """These rows by the agency that they name, or by their text."""
    # Of a name, the rows belong together whatever stands in place of its ID.
    text = pc.if_else(pc.is_null(rest["given_no"]), rest["given"], pa.scalar(None, _TEXT))
    by_agency = rest.append_column("text", text).group_by(
        ["given_no", "text", "is_name", "has_state"], use_threads=False
    )
    groups = by_agency.aggregate(
        [("row", "list"), *((name, "first") for name in ("given", "name", "state", "city"))]
    ).to_pylist()
    agencies = [_unknown_agency(group, meant) for group in groups]
    return tuple(sorted(agencies, key=lambda agency: -len(agency.rows)))


def _unknown_agency(
    group: Mapping[str, Any], meant: Mapping[int, list[AgencyMeant]]
) -> UnknownAgency:
    name = group["name_first"] or ""
    is_confirmed = group["is_name"] and group["has_state"] and len(name) <= LONGEST_NAME
    return UnknownAgency(
        given=group["given_first"] or "",
        name=name,
        state=group["state_first"] or "",
        city=group["city_first"] or "",
        rows=tuple(group["row_list"]),
        is_confirmed_by_name=is_confirmed,
        meant=tuple(
            one for one in meant.get(group["given_no"], []) if one.is_close or is_confirmed
        ),
    )


def uncertain_agencies(cursor: DuckDBPyConnection, uncertain: pa.Table) -> DuckDBPyRelation:
    """Add the problems of rows without a certain agency, from the table `uncertain`."""
    UNCERTAIN_AGENCIES.hand_over(cursor, uncertain)
    return problem_rows(
        UNCERTAIN_AGENCIES.rows(cursor),
        _ID,
        Col("value"),
        Rule.AGENCY_NOT_CERTAIN,
        Severity.ERROR,
        Col("problem"),
    )


def with_agencies_meant(
    problems: pd.DataFrame, unknown: Sequence[UnknownAgency]
) -> pd.DataFrame:
    """The problems, with the agencies that a row without a known one may mean."""
    said = [
        (agency.rows, f" Did you mean {' or '.join(map(str, agency.meant))}?")
        for agency in unknown
        if agency.meant and not agency.is_confirmed_by_name
    ]
    asked = {row: text for rows, text in said for row in rows}
    if not asked:
        return problems
    is_without = (problems["column"] == _ID) & problems["rule"].isin(_WITHOUT_AGENCY)
    added = problems["row"].where(is_without).map(asked).fillna("")
    return problems.assign(message=problems["message"] + added)
