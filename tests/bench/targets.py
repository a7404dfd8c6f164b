"""What the measurements are held against: each target, and whether it is met."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

# Milliseconds that 95 of 100 answers may take, by the number of viewers.
P95_MS = {"20": 150, "50": 500, "100": 1500}

PROCESSOR_MS = 35
PROCESSOR_TO_BARE_PAGE = 0.5

# From the key that chooses to the picture: up to so many requests, and above.
FEW_REQUESTS = 3_000
FILTER_MS, FILTER_OF_MANY_MS = 600, 900
OPEN_MS = 4_000
PICTURE_TO_BARE_PAGE = 1.2
# A click on a chart, over a filter of the bare page.
CLICK_OVER_BARE_PAGE_MS = 400

# A page's questions to seven plain aggregates, at so many requests; and the same
# questions at ten times as many.
COLD_REQUESTS = 1_000_000
COLD_TO_AGGREGATES = 4.0
TEN_TIMES_THE_ROWS = 4.0


@dataclass(frozen=True)
class Target:
    """One figure and the most that it may be."""

    part: str
    what: str
    at_most: float
    measured: float
    unit: str = "ms"

    @property
    def is_met(self) -> bool:
        """Whether the figure is within its target."""
        return self.measured <= self.at_most

    def as_json(self) -> dict[str, object]:
        """The target as it stands in bench.json."""
        return asdict(self) | {"is_met": self.is_met}


def targets(measured: dict) -> list[Target]:
    """Every target that something was measured for."""
    return [
        *_of_load_test(measured.get("load_test", {})),
        *_of_pictures(measured.get("pictures", {})),
        *_of_cold_answers(measured.get("cold_answers", {})),
    ]


def _of_load_test(load_test: dict) -> Iterator[Target]:
    part = "load test"
    for requests, pages in load_test.get("requests", {}).items():
        for page, crowds in pages.items():
            where = f"{page}, {int(requests):,} requests"
            worst = max(crowd["processor_ms_per_rerun"] for crowd in crowds.values())
            yield Target(part, f"{where}: processor a rerun", PROCESSOR_MS, worst)
            for count, bare in load_test["bare_page"].items():
                if count in crowds:
                    ours = crowds[count]["processor_ms_per_rerun"]
                    yield Target(
                        part,
                        f"{where}: processor to the bare page's",
                        PROCESSOR_TO_BARE_PAGE,
                        round(ours / bare["processor_ms_per_rerun"], 2),
                        "x",
                    )
            for count, crowd in crowds.items():
                if count in P95_MS:
                    what = f"{where}: {count} viewers, p95"
                    yield Target(part, what, P95_MS[count], crowd["p95_ms"])
                yield Target(
                    part, f"{where}: {count} viewers, errors", 0, crowd["errors"], ""
                )


def _of_pictures(pictures: dict) -> Iterator[Target]:
    part = "pictures"
    bare = pictures.get("bare_page")
    for requests, pages in pictures.get("requests", {}).items():
        most = FILTER_MS if int(requests) <= FEW_REQUESTS else FILTER_OF_MANY_MS
        limits = {"filter_ms": most, "open_ms": OPEN_MS}
        for page, waits in pages.items():
            for name, at_most in limits.items():
                if name not in waits:
                    continue
                what = f"{page}, {int(requests):,} requests: {_WAITS[name]}"
                yield Target(part, what, at_most, waits[name])
                if bare:
                    ratio = round(waits[name] / bare[name], 2)
                    what = f"{what}, to the bare page's"
                    yield Target(part, what, PICTURE_TO_BARE_PAGE, ratio, "x")
            if bare and "click_ms" in waits:
                over = waits["click_ms"] - bare["filter_ms"]
                what = (
                    f"{page}, {int(requests):,} requests: click to picture, over a filter"
                )
                what += " of the bare page"
                yield Target(part, what, CLICK_OVER_BARE_PAGE_MS, over)


_WAITS = {"filter_ms": "filter to picture", "open_ms": "cold open"}


def _of_cold_answers(cold: dict) -> Iterator[Target]:
    part = "cold answers"
    many = cold.get(str(COLD_REQUESTS), {})
    most = cold.get(str(10 * COLD_REQUESTS), {})
    for page, choices in many.items():
        for chosen, taken in choices.items():
            what = f"{page}, {COLD_REQUESTS:,} requests, {chosen}"
            ratio = taken["ratio"]
            yield Target(part, f"{what}: cold answers", COLD_TO_AGGREGATES, ratio, "x")
            if most:
                ten = most[page][chosen]["questions_ms"] / taken["questions_ms"]
                yield Target(
                    part,
                    f"{what}: ten times the rows",
                    TEN_TIMES_THE_ROWS,
                    round(ten, 2),
                    "x",
                )
