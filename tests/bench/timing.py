"""How long something takes, and how much memory a process took at its highest."""

import gc
import math
import os
import resource
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter


def seconds(act: Callable[[], object]) -> float:
    """How long one call takes. Garbage of before is not collected meanwhile."""
    gc.collect()
    start = perf_counter()
    act()
    return perf_counter() - start


def median_ms(times: list[float]) -> float:
    """The median of seconds, in milliseconds."""
    return round(statistics.median(times) * 1000, 2)


def processor_seconds() -> float:
    """What this process has had of the processors: others do not lengthen it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def machine_seconds() -> float:
    """What all processes of this machine have had of its processors (Linux)."""
    fields = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    user, nice, system, _idle, _waiting, hard, soft, *_ = map(int, fields)
    return (user + nice + system + hard + soft) / os.sysconf("SC_CLK_TCK")


def peak_memory_mb() -> float:
    """The highest resident memory of this process so far, in megabytes.

    Linux hands ru_maxrss of the parent on to a program that it starts, so
    that the child's own is read where the kernel says it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM:"))
        return round(int(peak.split()[1]) * 1024 / 1e6, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # macOS counts bytes, others kilobytes.
    return round(peak * (1 if sys.platform == "darwin" else 1024) / 1e6, 1)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = math.ceil(percent / 100 * len(ordered))
    return ordered[max(rank, 1) - 1]
