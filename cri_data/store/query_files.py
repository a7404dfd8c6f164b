"""The query files: each file of queries/ is read once and checked before use."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import duckdb

from cri_data.model.filters import FIELDS
from cri_data.model.refusal import Refusal

# The parameters that are one struct each, of Viewer and of Filters; and the targets of
# the stages, which are settings.
_VIEWER, _FILTERS, _TARGETS = "viewer", "filters", "target_days"

# One struct each, too: what is compared, which follows from filters and as-of date. By
# the name of the parameter, the statement that finds it.
MADE = {"periods": "store/compared_periods", "years": "store/compared_years"}

QUERIES = Path(__file__).resolve().parents[2] / "queries"


@dataclass(frozen=True)
class Query:
    """A query: its name, one line in English, grain, parameters, and statement.

    `filters` are the fields of Filters that it uses. Empty if it takes no filters.
    `then` names the module of cri_data/statistics that adds columns to the result.
    """

    name: str
    question: str
    key: tuple[str, ...]
    params: tuple[str, ...]
    filters: tuple[str, ...]
    sql: str
    then: str = ""

    @property
    def takes(self) -> tuple[str, ...]:
        """The parameters that callers can set: not the viewer, targets, or what is made."""
        made = (_VIEWER, _FILTERS, _TARGETS, *MADE)
        own = [param for param in self.params if param not in made]
        return (*self.filters, *own)


class QueryError(Refusal):
    """A query file that breaks a rule, or an unknown query name."""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def parse_query(name: str, sql: str) -> Query:
    """Read a query's header, and compare it with the statement.

    The header has `-- <question>` (one or more lines), `-- key: a, b`, `-- params: x, y`,
    if `filters` is a parameter, `-- ignores: z` for unused fields of Filters, and, where
    statistics add columns to the result, `-- then: module`. Raises QueryError if the header
    is incomplete or names an unknown field, if there is not exactly one statement, or if
    the declared and the bound parameters differ.
    """
    question: list[str] = []
    header: dict[str, tuple[str, ...]] = {}
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        text = line.removeprefix("--").strip()
        label, colon, rest = text.partition(":")
        if colon and label in ("key", "params", "ignores", "then"):
            header[label] = _listed(rest)
        else:
            question.append(text)
    if not question or "key" not in header or "params" not in header:
        raise QueryError(f"{name}: the header needs a question, key: and params:")
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        raise QueryError(f"{name}: one statement a file, found {len(statements)}")
    bound = set(statements[0].named_parameters)
    if bound != set(header["params"]):
        difference = ", ".join(sorted(bound ^ set(header["params"])))
        raise QueryError(f"{name}: declared and bound parameters differ: {difference}")
    # "one row" is the grain of totals, which need no key column.
    key = () if header["key"] == ("one row",) else header["key"]
    ignored = header.get("ignores", ())
    if not set(ignored) <= set(FIELDS) or (ignored and _FILTERS not in bound):
        raise QueryError(f"{name}: it cannot ignore {', '.join(ignored)}")
    heeded = tuple(field for field in FIELDS if field not in ignored)
    filters = heeded if _FILTERS in bound else ()
    then = "".join(header.get("then", ()))
    return Query(name, " ".join(question), key, header["params"], filters, sql, then)


@cache
def questions() -> dict[str, Query]:
    """All queries of queries/, by name."""
    return {
        path.stem: parse_query(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(QUERIES.glob("*.sql"))
    }


def question_named(name: str) -> Query:
    """The query with that name. Raises QueryError, with similar names, if there is none."""
    known = questions()
    if name not in known:
        names = ", ".join(sorted(known))
        raise QueryError(f"There is no query '{name}'. There are: {names}.")
    return known[name]


@cache
def statement(name: str) -> str:
    """The text of a statement under queries/, such as 'upload/add_upload'."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


@cache
def scripts_hash() -> str:
    """SHA-256 of the build scripts, to tell versions apart."""
    return sha256(repr(build_scripts()).encode()).hexdigest()


def build_scripts() -> list[tuple[str, str]]:
    """(name, SQL) of the scripts that build a store, in order."""
    return [
        (path.stem, path.read_text(encoding="utf-8"))
        for path in sorted((QUERIES / "build").glob("*.sql"))
    ]
