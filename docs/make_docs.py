"""Generates the tables of README.md and the upload guide from the code.

`python docs/make_docs.py` writes them. With `--check` it changes nothing and
exits 1 if a document is out of date.
"""

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cri_data import settings  # noqa: E402
from cri_data.cli.main import commands_in_words  # noqa: E402
from cri_data.importing.mapping.templates import GUIDE_HEADS, guide_rows  # noqa: E402
from cri_data.model.datasets import DATASETS  # noqa: E402
from cri_data.model.roles import ROLES, Viewer  # noqa: E402
from cri_ui.navigation import PAGES  # noqa: E402
from cri_ui.views.upload.file_order import FILES  # noqa: E402
from tests.support.access_matrix import DOWNLOADS  # noqa: E402

README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "upload-guide.md"

# <!-- table: name --> … <!-- end -->
_BLOCK = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def make_commands() -> str:
    """The targets of the Makefile, with their descriptions."""
    found = re.findall(
        r"^([a-z-]+):.*## (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )
    return table(["command", "what it does"], [[f"`make {n}`", w] for n, w in found])


def store_commands() -> str:
    """The commands of the command line."""
    rows = [
        [f"`python -m cri_data {usage}`".replace("|", "\\|"), summary]
        for usage, summary in commands_in_words()
    ]
    return table(["command", "what it does"], rows)


def configuration() -> str:
    """The settings, their defaults and what they set."""
    rows = [[f"`{s.name}`", f"`{s.default}`", s.description] for s in settings.SETTINGS]
    return table(["variable", "default", "what it sets"], rows)


def datasets() -> str:
    """The datasets, with their required columns."""
    rows = [
        [
            f"`{dataset.name}`",
            dataset.meaning,
            ", ".join(f"`{column}`" for column in dataset.required),
            str(len(dataset.columns)),
        ]
        for dataset in DATASETS.values()
    ]
    return table(["dataset", "what a row is", "required columns", "total columns"], rows)


def pages() -> str:
    """The pages, and the roles that may open each."""
    rows = [
        [
            page.title,
            page.help,
            *("yes" if Viewer(name).may(page.permission) else "–" for name in ROLES),
        ]
        for page in PAGES
    ]
    return table(["page", "what it shows", *ROLES], rows)


def access() -> str:
    """The pages and downloads, and the roles that have access to each."""
    rows = []
    for page in PAGES:
        may = [Viewer(name).may(page.permission) for name in ROLES]
        rows.append([page.title, "", *("yes" if one else "–" for one in may)])
        for what, who in DOWNLOADS.get(page.url, {}).items():
            rows.append(["", what, *("yes" if n in who else "–" for n in ROLES)])
    return table(["page", "download", *ROLES], rows)


TABLES: dict[str, Callable[[], str]] = {
    made.__name__: made
    for made in (make_commands, store_commands, configuration, datasets, pages, access)
}


def made(text: str) -> str:
    """The text with every table generated again. Raises KeyError for an unknown table."""
    return _BLOCK.sub(lambda block: block[1] + TABLES[block[2]]() + block[3], text)


def guide() -> str:
    """The upload guide: each column of each dataset, with its format and an example."""
    parts = [
        "# Upload guide\n\n"
        "This guide lists the columns of each dataset. Include the columns that you have, "
        "in any order. Required columns must not be blank. To get a template with these "
        "examples, go to the *Upload* page or run "
        "`python -m cri_data template DATASET OUT.xlsx`. If you leave the example row in, "
        "it is not loaded.\n\n"
        "Load the files in this order, because a row can refer only to records that are "
        f"already loaded: {', '.join(FILES)}. A new store already has the program's topics "
        "and metrics. The *Upload* page shows which files are loaded. *Commit* is at the "
        "lower edge of the window, beside the counts, and stores exactly what the page "
        "shows. If anything changed after the page was shown, the page checks again and "
        "says so.\n"
    ]
    for dataset in DATASETS.values():
        rows = [
            [f"`{name}`", required, *words, f"`{example}`" if example else ""]
            for name, required, *words, example in guide_rows(dataset)
        ]
        parts.append(
            f"\n## {dataset.name.capitalize()}\n\n"
            f"One row per {dataset.row_is}. {dataset.meaning}\n\n"
            + table(list(GUIDE_HEADS), rows)
        )
    return "".join(parts)


def main() -> int:
    """Write the documents, or check them; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    wanted = {README: made(README.read_text("utf-8")), GUIDE: guide()}
    stale = [
        path
        for path, text in wanted.items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    if options.check:
        for path in stale:
            print(f"{path.name} is out of date. Run: make fix", file=sys.stderr)
        return int(bool(stale))
    for path in stale:
        path.write_text(wanted[path], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
