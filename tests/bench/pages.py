"""What the server takes to run each page, against its queries in bare DuckDB.

Streamlit's own test runner runs cri_ui/main.py as the server does, but draws
nothing and sends nothing. Cold: no answer is kept from before, as after an
upload or for filters that nobody chose yet. Warm: every answer is. The floor
is Streamlit itself: a page of one title, through the same menu and runner.
"""

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import duckdb
from streamlit.testing.v1 import AppTest

from cri_data import settings
from cri_data.model.roles import STAFF, Viewer
from cri_data.store import query_files
from cri_data.store.store import Store
from cri_ui.navigation import PAGES, ROOT, Page
from cri_ui.session import session
from tests.bench.timing import median_ms, seconds

# Measured as staff, who is there without sign-in.
URLS = tuple(page.url for page in PAGES if STAFF.may(page.permission))

MAIN = ROOT / "cri_ui" / "main.py"
FLOOR = """
import streamlit as st

st.navigation([st.Page(lambda: st.title("Nothing"), title="Nothing")]).run()
"""

# Seconds until a page counts as stuck.
_PATIENCE = 300


@dataclass(frozen=True)
class Asked:
    """A query as a page asked it: its name, statement and what was bound."""

    name: str
    sql: str
    bound: dict[str, object]


def measured(
    path: Path, runs: int, urls: Sequence[str] = URLS
) -> dict[str, dict[str, object]]:
    """Per page its medians in milliseconds, its queries, and the ratio."""
    with _pages_of(path) as store:
        trivial = AppTest.from_string(FLOOR, default_timeout=_PATIENCE)
        _run(trivial)
        opened = {page.url: _opened(page) for page in PAGES if page.url in urls}
        # As app.py does once the server stands.
        gc.collect()
        gc.freeze()
        try:
            return {
                url: _measured(store, trivial, page, runs) for url, page in opened.items()
            }
        finally:
            gc.unfreeze()


@contextmanager
def _pages_of(path: Path) -> Iterator[Store]:
    """The store that the pages open; afterwards closed and forgotten."""
    with mock.patch.dict(os.environ, {settings.STORE.name: str(path)}):
        _forget()
        store = session.store()
        try:
            yield store
        finally:
            session.close_at_end()
            _forget()


def _forget() -> None:
    session.store.clear()
    session._answer.clear()


def _opened(page: Page) -> AppTest:
    print(f"  {page.title} …", flush=True)
    test = AppTest.from_file(str(MAIN), default_timeout=_PATIENCE)
    _run(test)
    test.switch_page(os.path.relpath(ROOT / page.path, MAIN.parent))
    _run(test)
    return test


def _run(test: AppTest) -> None:
    test.run()
    if test.exception:
        raise RuntimeError(f"A page failed: {test.exception[0].message}")


def _measured(
    store: Store, trivial: AppTest, page: AppTest, runs: int
) -> dict[str, object]:
    asked = _asked_by(page)
    floors, colds, warms, sums = [], [], [], []
    per_query: list[list[float]] = [[] for _ in asked]
    with store.cursor() as cursor:
        # Turn by turn, so that what else the machine does hits all alike.
        for _ in range(runs):
            floors.append(seconds(lambda: _run(trivial)))
            session._answer.clear()
            colds.append(seconds(lambda: _run(page)))
            warms.append(seconds(lambda: _run(page)))
            times = [seconds(lambda one=one: _answer(cursor, one)) for one in asked]
            sums.append(sum(times))
            for known, time in zip(per_query, times, strict=True):
                known.append(time)
    floor, cold, queries = median_ms(floors), median_ms(colds), median_ms(sums)
    return {
        "ratio": round(cold / (queries + floor), 2),
        "cold_ms": cold,
        "warm_ms": median_ms(warms),
        "queries_ms": queries,
        "floor_ms": floor,
        "queries": [
            {"name": one.name, "ms": median_ms(times)}
            for one, times in zip(asked, per_query, strict=True)
        ],
    }


def _asked_by(page: AppTest) -> list[Asked]:
    """What a page asks the store when no answer is kept."""
    asked: list[Asked] = []
    ask = Store.ask

    def noting(store: Store, name: str, viewer: Viewer, **values: object) -> object:
        query = query_files.question_named(name)
        given = {"as_of": store.info().as_of_on} | values | viewer.params()
        bound = {param: given.get(param) for param in query.params}
        asked.append(Asked(name, query.sql, bound))
        return ask(store, name, viewer, **values)

    session._answer.clear()
    with mock.patch.object(Store, "ask", noting):
        _run(page)
    return asked


def _answer(cursor: duckdb.DuckDBPyConnection, asked: Asked) -> None:
    # To Arrow: the least that a whole answer can cost.
    cursor.execute(asked.sql, asked.bound).to_arrow_table()
