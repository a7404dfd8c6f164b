"""The measurements for people, and what they were measured with."""

import os
import platform
from importlib import metadata

from tests.bench.targets import Target

_PACKAGES = ("duckdb", "pandas", "pyarrow", "streamlit")


def versions() -> dict[str, object]:
    """What was measured with. Nothing that names the machine."""
    return {
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in _PACKAGES},
        "cores": os.cpu_count(),
    }


def as_text(measured: dict, targets: list[Target]) -> str:
    """The measurements as tables, and then what they are held against."""
    lines: list[str] = []
    if "load_test" in measured:
        lines += _load_test(measured["load_test"])
    if "pictures" in measured:
        lines += _pictures(measured["pictures"])
    if "cold_answers" in measured:
        lines += _cold_answers(measured["cold_answers"])
    if "load" in measured:
        lines += _load(measured["load"])
    if "names" in measured:
        lines += _names(measured["names"])
    return "\n".join(lines + _targets(targets))


_CROWD = {
    "p50 ms": "p50_ms",
    "p95 ms": "p95_ms",
    "max ms": "max_ms",
    "reruns/s": "reruns_per_second",
    "errors": "errors",
    "server ms": "processor_ms_per_rerun",
    "viewers ms": "viewers_processor_ms_per_rerun",
    "kB": "bytes_per_rerun",
    "MB/viewer": "memory_per_viewer_mb",
    "others": "others_load",
}


def _load_test(load_test: dict) -> list[str]:
    lines = ["", f"{'load test':<28}{'viewers':>8}" + "".join(f"{h:>11}" for h in _CROWD)]
    pages = {"bare page": load_test["bare_page"]} if load_test["bare_page"] else {}
    for requests, of_store in load_test["requests"].items():
        for page, crowds in of_store.items():
            pages[f"{page} {int(requests):,}"] = crowds
    for page, crowds in pages.items():
        for count, crowd in crowds.items():
            figures = [crowd[name] for name in _CROWD.values()]
            figures[7] = round(figures[7] / 1000, 1)
            cells = "".join(f"{figure:>11,}" for figure in figures)
            lines.append(f"{page:<28}{count:>8}{cells}")
    lines.append(
        "server ms, viewers ms: processor a rerun; kB: sent for a rerun; "
        "others: processors busy with something else"
    )
    return lines


_WAITS = {
    "filter": "filter_ms",
    "chosen again": "filter_again_ms",
    "longest": "filter_max_ms",
    "click": "click_ms",
    "cold open": "open_ms",
}


def _pictures(pictures: dict) -> list[str]:
    lines = ["", f"{'pictures, in ms':<28}" + "".join(f"{h:>14}" for h in _WAITS)]
    pages = {"bare page": pictures["bare_page"]} if pictures["bare_page"] else {}
    for requests, of_store in pictures["requests"].items():
        for page, waits in of_store.items():
            pages[f"{page} {int(requests):,}"] = waits
    for page, waits in pages.items():
        texts = (f"{waits[name]:,}" if name in waits else "-" for name in _WAITS.values())
        figures = "".join(f"{text:>14}" for text in texts)
        lines.append(f"{page:<28}{figures}")
    return lines


_COLD = ("questions_ms", "aggregates_ms", "ratio", "questions_processor_ms")
_COLD += ("aggregates_processor_ms",)


def _cold_answers(cold: dict) -> list[str]:
    head = ("questions ms", "aggregates ms", "ratio", "processor ms", "aggregates'")
    lines = ["", f"{'cold answers':<44}" + "".join(f"{h:>14}" for h in head)]
    for requests, pages in cold.items():
        for page, choices in pages.items():
            for chosen, taken in choices.items():
                figures = (taken[name] for name in _COLD)
                cells = "".join(f"{figure:>14,}" for figure in figures)
                slowest = max(taken["questions"], key=lambda one: one["ms"])
                lines.append(
                    f"{f'{page} {int(requests):,} {chosen}':<44}{cells}  "
                    f"slowest: {slowest['name']} {slowest['ms']:,.0f} ms"
                )
    lines.append(
        "questions: of a page, none kept; aggregates: seven plain ones over flat rows"
    )
    return lines


def _targets(targets: list[Target]) -> list[str]:
    lines = ["", f"{'target':<64}{'at most':>10}{'measured':>10}"]
    for target in targets:
        figures = f"{target.at_most:>10,}{target.measured:>10,}"
        met = "met" if target.is_met else "NOT MET"
        lines.append(f"{target.what:<64}{figures} {target.unit:<3} {met}")
    return lines if targets else []


def _load(load: dict) -> list[str]:
    lines = [
        "",
        f"load            {load['ratio']:.2f} x bare COPY: {load['seconds']:.2f} s against "
        f"{load['bare_seconds']:.2f} s; {load['memory_mb']:,.0f} MB against "
        f"{load['bare_memory_mb']:,.0f} MB at the highest",
        f"  (processors    {load['processor_ratio']:.2f} x: "
        f"{load['processor_seconds']:.2f} s against "
        f"{load['bare_processor_seconds']:.2f} s)",
        f"  with 1 % faults {load['faulty']['ratio']:.2f} x: "
        f"{load['faulty']['seconds']:.2f} s; {load['faulty']['memory_mb']:,.0f} MB",
        f"  an answer meanwhile takes {load['meanwhile']['meanwhile_ms']:,.0f} ms "
        f"(worst {load['meanwhile']['meanwhile_worst_ms']:,.0f}); "
        f"alone {load['meanwhile']['alone_ms']:,.0f} ms",
    ]
    for stage, taken in load["stages"].items():
        memory = load["stage_memory_mb"][stage]
        lines.append(f"  {stage:<40} {taken:>7.2f} s {memory:>8,.0f} MB so far")
    return lines


def _names(names: dict) -> list[str]:
    matched = ", ".join(f"{how} {rows:,}" for how, rows in names["matched"].items())
    return [
        "",
        f"names           {names['names']:,} against {names['agencies']:,} agencies: "
        f"{names['seconds']:.2f} s, {names['memory_mb']:,.0f} MB at the highest",
        f"  (processors   {names['processor_seconds']:.2f} s)",
        f"  {matched}; certain and wrong: {names['wrong']:,}",
    ]
