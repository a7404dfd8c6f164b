"""The score of every class and of the whole set: `python -m tests.pollock [DIR]`.

With a directory, the polluted files and the clean ones are written there too.
"""

import csv
import sys
from pathlib import Path

from tests.pollock.pollutions import WEIGHTS, Polluted, polluted_files
from tests.pollock.scoring import score, totals


def main(arguments: list[str]) -> int:
    """Print the scores, the worst files last."""
    scores = []
    for polluted in polluted_files():
        scores.append(score(polluted))
        if arguments:
            _write(polluted, Path(arguments[0]))
    found = totals(scores)
    print(f"{'class':28} {'files':>6} {'weight':>7} {'of 10':>8}")
    for kind, (files, mean) in found.by_kind.items():
        print(f"{kind:28} {files:6} {WEIGHTS[kind]:7} {mean:8.4f}")
    print(f"{'all, simple':28} {len(scores):6} {'':7} {found.simple:8.4f}")
    print(f"{'all, weighted':28} {len(scores):6} {'':7} {found.weighted:8.4f}")
    worst = sorted(scores, key=lambda of: of.points)[:10]
    print("worst:", ", ".join(f"{of.polluted.name} {of.points:.3f}" for of in worst))
    return 0


def _write(polluted: Polluted, directory: Path) -> None:
    for folder in ("csv", "clean"):
        (directory / folder).mkdir(parents=True, exist_ok=True)
    (directory / "csv" / polluted.name).write_bytes(polluted.content)
    with (directory / "clean" / polluted.name).open("w", newline="") as file:
        csv.writer(file).writerows(polluted.clean)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
