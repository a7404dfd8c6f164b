"""Measure the dashboard, print what was measured and its targets, write bench.json."""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import cold_answers, load, load_test, names, pictures, report, stores
from tests.bench.targets import targets

RESULT = Path("bench.json")

# Pages without filters are opened only: nobody changes anything on them.
PAGES = (*load_test.PAGES, *pictures.WITHOUT_FILTERS)


def main(arguments: list[str] | None = None) -> int:
    """Run the parts asked for, print what they measured, write it as JSON; 0."""
    options = _parser().parse_args(arguments)
    measured: dict = {"versions": report.versions()}
    for part in options.only:
        PARTS[part](options, measured)
        # After each part: a run of an hour that fails in its last has measured much.
        measured["targets"] = [target.as_json() for target in targets(measured)]
        text = json.dumps(measured, indent=2) + "\n"
        options.result.write_text(text, encoding="utf-8")
    print(report.as_text(measured, targets(measured)))
    return 0


def _load_test(options: argparse.Namespace, measured: dict) -> None:
    bare_page: dict = {}
    if not options.without_bare_page:
        print("Load test of the bare page …", flush=True)
        bare_page = load_test.measure_bare_page(options.viewers[:1], options.seconds)
    measured["load_test"] = {"bare_page": bare_page, "requests": {}}
    for requests in options.requests:
        kept = stores.filled(options.stores, requests)
        print(f"Load test over {requests:,} requests …", flush=True)
        with TemporaryDirectory() as folder:
            measured["load_test"]["requests"][str(requests)] = load_test.measure_dashboard(
                stores.copied(kept, Path(folder)),
                _with_filters(options.pages),
                options.viewers,
                options.seconds,
            )


def _with_filters(pages: Sequence[str]) -> list[str]:
    return [page for page in pages if page not in pictures.WITHOUT_FILTERS]


def _pictures(options: argparse.Namespace, measured: dict) -> None:
    bare_page: dict = {}
    if not options.without_bare_page:
        print("Pictures of the bare page …", flush=True)
        bare_page = pictures.measure_bare_page()
    measured["pictures"] = {"bare_page": bare_page, "requests": {}}
    for requests in options.requests:
        kept = stores.filled(options.stores, requests)
        print(f"Pictures over {requests:,} requests …", flush=True)
        with TemporaryDirectory() as folder:
            measured["pictures"]["requests"][str(requests)] = pictures.measure_dashboard(
                stores.copied(kept, Path(folder)), options.pages
            )


def _cold_answers(options: argparse.Namespace, measured: dict) -> None:
    measured["cold_answers"] = {}
    for requests in options.cold_requests:
        kept = stores.filled(options.stores, requests)
        print(f"Cold answers over {requests:,} requests …", flush=True)
        with TemporaryDirectory() as one, TemporaryDirectory() as other:
            copies = stores.copied(kept, Path(one)), stores.copied(kept, Path(other))
            # What a page asks depends on how much it finds: the map's questions do.
            asked = cold_answers.questions(copies[0], _with_filters(options.pages))
            measured["cold_answers"][str(requests)] = cold_answers.measure(
                copies, asked, options.runs
            )


def _load(options: argparse.Namespace, measured: dict) -> None:
    kept = stores.filled(options.stores, max(options.requests))
    print(f"Loading {options.rows:,} rows …", flush=True)
    with TemporaryDirectory() as folder:
        store = stores.copied(kept, Path(folder))
        measured["load"] = load.measured(store, Path(folder), options.rows, options.runs)


def _names(options: argparse.Namespace, measured: dict) -> None:
    print(f"Matching {options.names:,} names …", flush=True)
    measured["names"] = names.measured(options.agencies, options.names, options.runs)


PARTS: dict[str, Callable[[argparse.Namespace, dict], None]] = {
    "load-test": _load_test,
    "pictures": _pictures,
    "cold-answers": _cold_answers,
    "load": _load,
    "names": _names,
}


def _list_of(kind: Callable[[str], object], among: Sequence[str] = ()) -> Callable:
    """Read a list such as `20,50,100`; `among` are the only ones that there are."""

    def read(text: str) -> list:
        listed = [kind(one.strip()) for one in text.split(",")]
        if unknown := [one for one in listed if among and one not in among]:
            raise argparse.ArgumentTypeError(
                f"{unknown[0]!r} is none of {', '.join(among)}"
            )
        return listed

    return read


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    lists = (
        ("--only", _list_of(str, tuple(PARTS)), tuple(PARTS), "parts to measure"),
        ("--requests", _list_of(int), (3_000, 1_000_000), "sizes of the stores"),
        (
            "--cold-requests",
            _list_of(int),
            (1_000_000, 10_000_000),
            "sizes of the stores of the cold answers",
        ),
        ("--viewers", _list_of(int), (20, 50, 100), "viewers at once in the load test"),
        ("--pages", _list_of(str, PAGES), PAGES, "pages, by address"),
    )
    for name, kind, default, text in lists:
        listed = ",".join(map(str, default))
        parser.add_argument(
            name, type=kind, default=default, metavar="A,B", help=f"{text} ({listed})"
        )
    numbers = (
        ("--seconds", 20, "how long each crowd of the load test clicks"),
        ("--rows", 1_000_000, "rows of the file that is loaded"),
        ("--names", 100_000, "names of agencies that are matched"),
        ("--agencies", 23_000, "agencies that they are matched to"),
        ("--runs", 7, "of what repeats; the median counts"),
    )
    for name, default, text in numbers:
        parser.add_argument(name, type=int, default=default, help=f"{text} ({default})")
    parser.add_argument(
        "--without-bare-page", action="store_true", help="measure no ratio to that page"
    )
    parser.add_argument(
        "--stores", type=Path, default=stores.FOLDER, help="where generated stores are kept"
    )
    parser.add_argument("--result", type=Path, default=RESULT, help="the JSON to write")
    return parser
