"""What the store takes for a page's questions when no answer is kept.

The yardstick is plain SQL of the bench's own: seven GROUP BY aggregates over a flat
table of the same rows, with the same filters. It uses nothing of the dashboard's macros
or facts, so it does not get slower or faster with them.
"""

import asyncio
import gc
import os
import pickle
import signal
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import duckdb

from cri_data.model.roles import Viewer
from cri_data.store.connection import open_store
from cri_data.store.store import Store
from tests.bench import servers
from tests.bench.timing import median_ms, processor_seconds
from tests.bench.viewer import Viewer as Visitor

_SQL = Path(__file__).resolve().parent / "sql"

# Which rows a page is about, so which flat table its yardstick reads.
FACTS = {
    "overview": "requests",
    "demand": "requests",
    "reach": "requests",
    "timeliness": "requests",
    "outcomes": "outcomes",
    "engagement_map": "engagements",
}

# Seconds until the server must have heard that its answers are old.
_PATIENCE = 30

# What a reader has chosen, as the address names it; sql/*_filtered.sql filters alike.
CHOSEN = {
    "everything": "",
    "filtered": "region=South&region=West&from_fy=FY2020&to_fy=FY2023",
}


@dataclass(frozen=True)
class Question:
    """One question as a page asked it."""

    name: str
    viewer: Viewer
    values: dict[str, object]

    def answer(self, store: Store) -> object:
        """The store's answer, planned and computed anew."""
        return store.ask(self.name, self.viewer, **self.values)


# By page and by what was chosen.
Asked = dict[tuple[str, str], list[Question]]


def questions(store: Path, pages: Sequence[str]) -> Asked:
    """What each page asks the store when no answer is kept, each question once.

    Raises RuntimeError where a page asks nothing that could be noted.
    """
    asked: Asked = {}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "asked.pickle"
        with servers.noted_dashboard(store, file) as server:
            for page in pages:
                for chosen, query in CHOSEN.items():
                    _forget(server, file)
                    asyncio.run(_open(server.address, page, query))
                    asked[page, chosen] = _noted(file)
                    if not asked[page, chosen]:
                        raise RuntimeError(f"The page {page} asked the store nothing.")
    return asked


def _forget(server: servers.Server, file: Path) -> None:
    """Let the server take every kept answer for out of date, and note anew."""
    file.unlink(missing_ok=True)
    os.kill(server.process_id, signal.SIGUSR1)
    give_up = time.monotonic() + _PATIENCE
    while not file.exists():
        if time.monotonic() > give_up:
            raise RuntimeError("The server does not hear that its answers are old.")
        time.sleep(0.05)


async def _open(address: str, page: str, query: str) -> None:
    async with Visitor(address, page, query) as visitor:
        await visitor.open()


def _noted(file: Path) -> list[Question]:
    found: list[Question] = []
    with file.open("rb") as noted:
        while noted.peek(1):
            # The bench's own server wrote this file, a moment ago.
            question = Question(*pickle.load(noted))  # noqa: S301
            if question not in found:
                found.append(question)
    return found


def measure(copies: tuple[Path, Path], asked: Asked, runs: int) -> dict[str, dict]:
    """Per page and choice, the medians of its questions and of the seven aggregates.

    `copies` are two of the same store: the dashboard's own code opens the first, the
    flat tables are made in the second.
    """
    ours, flat = copies
    store = open_store(ours)
    try:
        with duckdb.connect(str(flat)) as connection:
            connection.execute((_SQL / "flat.sql").read_text(encoding="utf-8"))
            measured: dict[str, dict] = {}
            for (page, chosen), of_page in asked.items():
                taken = _measure(store, connection, FACTS[page], chosen, of_page, runs)
                measured.setdefault(page, {})[chosen] = taken
            return measured
    finally:
        store.close()


def _measure(
    store: Store,
    connection: duckdb.DuckDBPyConnection,
    fact: str,
    chosen: str,
    asked: list[Question],
    runs: int,
) -> dict:
    aggregates = aggregates_of(fact, chosen)
    per_question: list[list[float]] = [[] for _ in asked]
    sums, plain, processor, plain_processor = [], [], [], []
    # Turn by turn, so that other work of the machine hits both alike. The first turn
    # reads the files from the disk and does not count.
    for turn in range(runs + 1):
        gc.collect()
        begun = processor_seconds()
        times = [_seconds(lambda one=one: one.answer(store)) for one in asked]
        between = processor_seconds()
        bare = sum(
            _seconds(lambda one=one: connection.execute(one).to_arrow_table())
            for one in aggregates
        )
        if turn:
            sums.append(sum(times))
            plain.append(bare)
            processor.append(between - begun)
            plain_processor.append(processor_seconds() - between)
            for known, taken in zip(per_question, times, strict=True):
                known.append(taken)
    return {
        "questions_ms": median_ms(sums),
        "aggregates_ms": median_ms(plain),
        "ratio": round(statistics.median(sums) / statistics.median(plain), 2),
        # Other work on the machine lengthens the times, but hardly these.
        "questions_processor_ms": median_ms(processor),
        "aggregates_processor_ms": median_ms(plain_processor),
        "questions": [
            {"name": one.name, "ms": median_ms(times)}
            for one, times in zip(asked, per_question, strict=True)
        ],
    }


def _seconds(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def aggregates_of(fact: str, chosen: str) -> list[duckdb.Statement]:
    """The plain statements of the bench: `fact` is a key of sql/, such as "requests"."""
    return duckdb.extract_statements(
        (_SQL / f"{fact}_{chosen}.sql").read_text(encoding="utf-8")
    )
