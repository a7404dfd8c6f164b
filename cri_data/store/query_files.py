"""The questions: every file of queries/, read once and checked before use."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

QUERIES = Path(__file__).resolve().parents[2] / "queries"


@dataclass(frozen=True)
class Query:
    """A question: its name, one English line, grain, parameters and statement."""

    name: str
    question: str
    key: tuple[str, ...]
    params: tuple[str, ...]
    sql: str


class QueryError(Exception):
    """A query file that breaks the house's rules, or a name that is none."""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def parse_query(name: str, sql: str) -> Query:
    """Read a query's header and hold it against its statement.

    The header is `-- <question>` (one line or more), `-- key: a, b` and
    `-- params: x, y`. Raises QueryError where it is incomplete, where there
    is not exactly one statement, or where the declared parameters are not
    those that the statement binds.
    """
    question: list[str] = []
    header: dict[str, tuple[str, ...]] = {}
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        text = line.removeprefix("--").strip()
        label, colon, rest = text.partition(":")
        if colon and label in ("key", "params"):
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
    # "one row" is the grain of totals: there is no column to be unique.
    key = () if header["key"] == ("one row",) else header["key"]
    return Query(name, " ".join(question), key, header["params"], sql)


@cache
def questions() -> dict[str, Query]:
    """Every query of queries/, by name."""
    return {
        path.stem: parse_query(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(QUERIES.glob("*.sql"))
    }


def question_named(name: str) -> Query:
    """One query. Raises QueryError with the nearest names for an unknown one."""
    known = questions()
    if name not in known:
        names = ", ".join(sorted(known))
        raise QueryError(f"There is no query '{name}'. There are: {names}.")
    return known[name]


@cache
def statement(name: str) -> str:
    """The text of a statement under queries/, such as 'upload/write_topics'."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def build_scripts() -> list[tuple[str, str]]:
    """(name, SQL) of what a store is made of, in order."""
    return [
        (path.stem, path.read_text(encoding="utf-8"))
        for path in sorted((QUERIES / "build").glob("*.sql"))
    ]
