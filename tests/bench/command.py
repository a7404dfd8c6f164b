"""Measure pages, load and names, print a table, write bench.json."""

import argparse
import json
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from cri_data.jobs import demonstration
from cri_data.store.connection import open_store
from tests.bench import load, names, pages, report

RESULT = Path("bench.json")


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; 0, or 1 where the store given holds other rows than asked."""
    options = _parser().parse_args(arguments)
    with ExitStack() as left_behind:
        folder = options.folder or Path(left_behind.enter_context(TemporaryDirectory()))
        store = options.store or folder / "demonstration.duckdb"
        held = fill_store(store, options.requests)
        if held != options.requests:
            print(
                f"{store} holds {held:,} requests, not {options.requests:,}. Name "
                f"another file, or say --requests {held}."
            )
            return 1
        measured = {
            "requests": options.requests,
            "rows": options.rows,
            "runs": options.runs,
            "versions": report.versions(),
        }
        if "load" in options.parts:
            print(f"Loading {options.rows:,} rows …", flush=True)
            measured["load"] = load.measured(store, folder, options.rows, options.runs)
        if "names" in options.parts:
            print(f"Matching {options.names:,} names …", flush=True)
            measured["names"] = names.measured(
                options.agencies, options.names, options.runs
            )
        if "pages" in options.parts:
            print(f"Opening the pages over {held:,} requests …", flush=True)
            measured["pages"] = pages.measured(store, options.runs, options.pages)
    print(report.as_text(measured))
    options.result.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    return 0


def fill_store(path: Path, requests: int) -> int:
    """Fill a new file with a demonstration; how many requests the file holds.

    A file that is there already is taken as it is.
    """
    is_new = not path.exists()
    store = open_store(path)
    try:
        if is_new:
            print(f"Filling a store with {requests:,} requests …", flush=True)
            demonstration.fill(store, requests)
        with store.cursor() as cursor:
            return cursor.execute("select count(*) from requests").fetchone()[0]
    finally:
        store.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--requests",
        type=int,
        default=1_000_000,
        help="requests in the store that the pages are measured on",
    )
    parser.add_argument(
        "--rows", type=int, default=1_000_000, help="rows of the file that is loaded"
    )
    parser.add_argument(
        "--names", type=int, default=100_000, help="names of agencies that are matched"
    )
    parser.add_argument(
        "--agencies", type=int, default=23_000, help="agencies that they are matched to"
    )
    parser.add_argument(
        "--runs", type=int, default=7, help="of everything; the median counts"
    )
    parser.add_argument(
        "--parts",
        nargs="+",
        choices=("load", "names", "pages"),
        default=("load", "names", "pages"),
        help="what to measure",
    )
    parser.add_argument(
        "--pages",
        nargs="+",
        choices=pages.URLS,
        default=pages.URLS,
        metavar="URL",
        help="which pages, by their address",
    )
    parser.add_argument(
        "--store", type=Path, help="a demonstration store to use again, or to make"
    )
    parser.add_argument(
        "--folder", type=Path, help="where large files may lie (else a temporary one)"
    )
    parser.add_argument("--result", type=Path, default=RESULT, help="the JSON to write")
    return parser
