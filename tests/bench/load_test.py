"""Many viewers at once, who change a filter every two seconds on the real server.

Each viewer speaks Streamlit's protocol as a browser does. Before anything counts, one
viewer asks for everything that the others will, so that answers are warm. The server
is a process of its own; the viewers share the machine with it, so what they cost is
given too. The bare page is measured in the same way, in the same run.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from websockets.exceptions import WebSocketException

from tests.bench import servers
from tests.bench.servers import Server
from tests.bench.timing import machine_seconds, percentile, processor_seconds
from tests.bench.viewer import Answer, Viewer, ViewerError

PAGES = ("overview", "demand", "reach", "timeliness", "outcomes", "engagement_map")

# What viewers change, and seconds from one change to the next, give or take.
FILTER = "Regions"
PERIOD, JITTER = 2.0, 0.4

# Pages that are opened at the same time while viewers arrive.
_AT_ONCE = 4

# Seconds in which the server comes to rest before what it takes is read.
_REST = 1.0

_ERRORS = (ViewerError, WebSocketException, OSError)


@dataclass
class Measured:
    """What many viewers saw: their answers and what went wrong."""

    answers: list[Answer] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def measure_dashboard(
    store: Path, pages: Sequence[str], viewers: Sequence[int], seconds: float
) -> dict[str, dict[str, dict]]:
    """Per page and number of viewers, what they saw and what the server took."""
    measured = {}
    for page in pages:
        print(f"  {page} …", flush=True)
        with servers.dashboard(store) as server:
            measured[page] = _measure(server, page, viewers, seconds)
    return measured


def measure_bare_page(viewers: Sequence[int], seconds: float) -> dict[str, dict]:
    """The bare page, per number of viewers."""
    print("  bare page …", flush=True)
    with servers.bare_page() as server:
        return _measure(server, "", viewers, seconds)


def _measure(
    server: Server, page: str, viewers: Sequence[int], seconds: float
) -> dict[str, dict]:
    opening = asyncio.run(warm_up(server.address, page))
    return {
        str(count): {"first_bytes": opening.bytes}
        | asyncio.run(_crowd(server, page, count, seconds))
        for count in viewers
    }


def choices(options: Sequence[str]) -> list[tuple[str, ...]]:
    """A bounded round of choices, each one change away from the one before.

    One option, that and the next, the next alone, and so on: none comes back before
    all others were chosen.
    """
    following = [*options[1:], *options[:1]]
    return [
        choice
        for this, after in zip(options, following, strict=True)
        for choice in ((this,), (this, after))
    ]


async def warm_up(address: str, page: str) -> Answer:
    """Ask once for all that viewers will ask for; the answer to the first opening."""
    async with Viewer(address, page) as viewer:
        first = await viewer.open()
        for choice in choices(viewer.filters[FILTER].options):
            await viewer.choose(FILTER, choice)
        return first


async def _crowd(server: Server, page: str, count: int, seconds: float) -> dict:
    """So many viewers at once, for so many seconds."""
    before_mb = server.memory_mb()
    measured = Measured()
    chance = random.Random(count)  # noqa: S311 - the same clicks each time
    async with AsyncExitStack() as connections:
        gate = asyncio.Semaphore(_AT_ONCE)
        viewers = [
            await connections.enter_async_context(Viewer(server.address, page))
            for _ in range(count)
        ]
        rounds = [_round_of(chance) for _ in viewers]
        await asyncio.gather(
            *(
                _arrive(viewer, clicks, gate, measured)
                for viewer, clicks in zip(viewers, rounds, strict=True)
            )
        )
        await asyncio.sleep(_REST)
        measured.answers.clear()
        before = _processors(server)
        start = perf_counter()
        await asyncio.gather(
            *(
                _click(viewer, clicks, start + seconds, measured)
                for viewer, clicks in zip(viewers, rounds, strict=True)
            )
        )
        taken = perf_counter() - start
        used = [now - then for now, then in zip(_processors(server), before, strict=True)]
        after_mb = server.memory_mb()
    return _summary(measured, taken, *used) | {
        "memory_mb": round(after_mb, 1),
        "memory_per_viewer_mb": round((after_mb - before_mb) / count, 2),
    }


@dataclass
class _Clicks:
    """The choices of one viewer, in their round, and when they make them."""

    chance: random.Random
    place: int

    def next_choice(self, options: Sequence[str]) -> tuple[str, ...]:
        every = choices(options)
        self.place += 1
        return every[self.place % len(every)]

    def next_pause(self) -> float:
        return PERIOD + self.chance.uniform(-JITTER, JITTER)


def _round_of(chance: random.Random) -> _Clicks:
    own = random.Random(chance.random())  # noqa: S311
    return _Clicks(own, own.randrange(1000))


async def _arrive(
    viewer: Viewer, clicks: _Clicks, gate: asyncio.Semaphore, measured: Measured
) -> None:
    """Open the page and choose once: this does not count, but a failure does."""
    async with gate:
        try:
            await viewer.open()
            options = viewer.filters[FILTER].options
            await viewer.choose(FILTER, clicks.next_choice(options))
        except _ERRORS as error:
            measured.errors.append(str(error))


async def _click(viewer: Viewer, clicks: _Clicks, until: float, measured: Measured) -> None:
    """Change the filter every two seconds, or as soon as the answer allows."""
    due = perf_counter() + clicks.chance.uniform(0, PERIOD)
    while due < until:
        await asyncio.sleep(max(0.0, due - perf_counter()))
        begun = perf_counter()
        try:
            choice = clicks.next_choice(viewer.filters[FILTER].options)
            measured.answers.append(await viewer.choose(FILTER, choice))
        except (*_ERRORS, KeyError) as error:
            measured.errors.append(str(error))
            if isinstance(error, WebSocketException):
                return
        due = max(begun + clicks.next_pause(), perf_counter())


def _processors(server: Server) -> tuple[float, float, float]:
    """Processor seconds so far: of the server, of the viewers, of the whole machine."""
    return server.processor_seconds(), processor_seconds(), machine_seconds()


def _summary(
    measured: Measured, taken: float, server_s: float, own_s: float, machine_s: float
) -> dict:
    """What counts: waiting in milliseconds, and what one rerun costs."""
    answers = measured.answers
    if not answers:
        raise RuntimeError(f"No viewer got an answer: {measured.errors[:3]}")
    waits = [answer.seconds * 1000 for answer in answers]
    return {
        "p50_ms": round(percentile(waits, 50)),
        "p95_ms": round(percentile(waits, 95)),
        "max_ms": round(max(waits)),
        "reruns": len(answers),
        "reruns_per_second": round(len(answers) / taken, 1),
        "errors": len(measured.errors),
        "first_errors": measured.errors[:3],
        "processor_ms_per_rerun": round(server_s / len(answers) * 1000, 1),
        "server_load": round(server_s / taken, 2),
        # Processors that anything else on the machine kept busy: 0 where it is quiet.
        "others_load": round(max(0.0, machine_s - server_s - own_s) / taken, 2),
        "viewers_processor_ms_per_rerun": round(own_s / len(answers) * 1000, 1),
        "bytes_per_rerun": round(sum(answer.bytes for answer in answers) / len(answers)),
        "messages_per_rerun": round(
            sum(answer.messages for answer in answers) / len(answers), 1
        ),
    }
