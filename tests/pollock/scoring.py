"""The benchmark's measure: success, and how much of the table was found."""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cri_data.cli.output import write_reading
from cri_data.reading import UnreadableFile, read_any
from tests.pollock.pollutions import WEIGHTS, Polluted, Table


@dataclass(frozen=True)
class Score:
    """Ten measures from 0 to 1: success; precision, recall, F1 of three things."""

    polluted: Polluted
    success: float
    header: tuple[float, float, float]
    records: tuple[float, float, float]
    cells: tuple[float, float, float]

    @property
    def points(self) -> float:
        """All measures together: 10 for a file that is read as it should be."""
        return self.success + sum(self.header + self.records + self.cells)


def read_back(content: bytes) -> Table:
    """What the command prints of a file, as a table; nothing where it refuses."""
    out = io.BytesIO()
    try:
        write_reading(read_any("polluted.csv", content), out)
    except UnreadableFile:
        return []
    return list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))


def score(polluted: Polluted) -> Score:
    """Read a file without being told anything of it, and compare."""
    try:
        found = read_back(polluted.content)
    except Exception:
        return Score(polluted, 0, *[(0.0, 0.0, 0.0)] * 3)
    clean = polluted.clean
    if not clean:
        return Score(polluted, 1, *[(1.0, 1.0, 1.0)] * 3)
    return Score(
        polluted,
        1,
        _measures(_normal_cells(clean[:1]), _normal_cells(found[:1])),
        _measures(_normal_rows(clean[1:]), _normal_rows(found[1:])),
        _measures((c for row in clean for c in row), (c for row in found for c in row)),
    )


def _measures(expected: Iterable[str], found: Iterable[str]) -> tuple[float, float, float]:
    wanted, given = Counter(expected), Counter(found)
    if not wanted:
        return 1.0, 1.0, 1.0
    shared = (wanted & given).total()
    if not shared:
        return 0.0, 0.0, 0.0
    recall, precision = shared / wanted.total(), shared / given.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def _normal_cells(rows: Table) -> list[str]:
    return [_normal(cell) for row in rows for cell in row]


def _normal_rows(rows: Table) -> list[str]:
    return ["".join(map(_normal, row)) for row in rows]


def _normal(cell: str) -> str:
    """A cell as the value that it stands for."""
    if re.fullmatch(r"-?\d+", cell):
        return str(int(cell))
    if re.fullmatch(r"\$?-?\d*\.?\d+", cell):
        return f"{cell[:1] if cell[:1] == '$' else ''}{float(cell.lstrip('$'))}"
    if re.fullmatch(r"\d\d/\d\d/\d{4}", cell):
        return datetime.strptime(cell, "%d/%m/%Y").isoformat()  # noqa: DTZ007
    return cell.lower()


@dataclass(frozen=True)
class Totals:
    """Mean points of all files, of each class, and weighted by the classes."""

    simple: float
    weighted: float
    by_kind: dict[str, tuple[int, float]]


def totals(scores: Iterable[Score]) -> Totals:
    """The scores of a set; every class shares its weight among its files."""
    by_kind = defaultdict(list)
    for of in scores:
        by_kind[of.polluted.kind].append(of.points)
    every = [points for kind in by_kind.values() for points in kind]
    means = {kind: (len(of), sum(of) / len(of)) for kind, of in by_kind.items()}
    weight = sum(WEIGHTS[kind] for kind in means)
    weighted = sum(WEIGHTS[kind] * mean for kind, (_, mean) in means.items()) / weight
    return Totals(sum(every) / len(every), weighted, means)
