"""What the measurements are held against: each target, and whether it is met."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

# Milliseconds that 95 of 100 answers may take, by the number of viewers.
P95_MS = {"20": 150, "50": 500, "100": 1500}

PROCESSOR_MS = 35
PROCESSOR_TO_BARE_PAGE = 0.5


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
    return list(_of_load_test(measured.get("load_test", {})))


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
