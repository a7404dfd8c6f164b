"""The measurements for people, and what they were measured with."""

import os
import platform
from importlib import metadata

_PACKAGES = ("duckdb", "pandas", "pyarrow", "streamlit")


def versions() -> dict[str, object]:
    """What was measured with. Nothing that names the machine."""
    return {
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in _PACKAGES},
        "cores": os.cpu_count(),
    }


def as_text(measured: dict) -> str:
    """The measurements as tables."""
    lines: list[str] = []
    if "pages" in measured:
        lines += _pages(measured["pages"])
    if "load" in measured:
        lines += _load(measured["load"])
    if "names" in measured:
        lines += _names(measured["names"])
    return "\n".join(lines)


def _pages(pages: dict[str, dict]) -> list[str]:
    head = ("page", "ratio", "cold ms", "warm ms", "queries", "floor", "slowest query")
    lines = ["", _line(head)]
    for url, page in pages.items():
        slowest = max(page["queries"], key=lambda one: one["ms"], default=None)
        numbers = (page[name] for name in ("cold_ms", "warm_ms", "queries_ms", "floor_ms"))
        lines.append(
            _line(
                (
                    url,
                    f"{page['ratio']:.2f}",
                    *(f"{number:,.0f}" for number in numbers),
                    f"{slowest['name']} {slowest['ms']:,.0f} ms" if slowest else "",
                )
            )
        )
    lines.append("ratio: cold, to its queries in bare DuckDB and Streamlit's own floor")
    return lines


def _line(cells: tuple[str, ...]) -> str:
    first, *numbers, last = cells
    return f"{first:<16}" + "".join(f"{cell:>10}" for cell in numbers) + f"  {last}"


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
