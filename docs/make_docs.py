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

# What the upload understands, with the problems that it reports otherwise.
HOW_CELLS_ARE_READ = """
## How cells are read

- **Numbers** may have their unit: `36 hours` under `hours`, `45%` or `3.1/5` under a metric
  in percent or with scores from 1 to 5. A number with another unit (`2 days` of hours,
  `$1,500`, `85%` of people) is left blank with a warning, and so is an outcome value
  outside the scale of its metric. A cell of a workbook is what the sheet shows, also if
  its format adds it: 45%, $1,500, 2 weeks, `00501`, `R-0017`. If all values of a column
  under metrics in percent are 1 or less, a warning asks whether they are shares. One click
  (or `--unlikely-blank`) leaves these blank.
- **Decimal commas.** If a column, or else its file, shows decimal commas (`3,1`), `2,875`
  is 2.875 and `1.250` is 1250; a note says so. Without such cells, `2,875` is 2875. If a
  column shows both, or nothing shows it in a file with semicolons between its cells, such
  numbers are problems.
- **Dates** may be written as `2024-01-31`, `20240131`, `1/31/2024`, `1/31/24`,
  `31-Jan-24`, `31JAN2024`, `Jan. 31, 2024`, or `Wednesday, January 31, 2024`, with or
  without a time. The day is the one that is written, whatever the time zone. Excel's day
  numbers (45322) are dates if the column shows it; a note says so. Years 00 to 49 are 2000
  to 2049.
- **Month or day first.** The dates of a column show the order: `1/31/2024` has the month
  first, so `1/2/2024` in the same column is January 2. What the column shows is stronger
  than a choice, also a remembered one; a note tells which order was used. Without any such
  date you are asked, and if a column shows both orders, its dates are problems.
- **Remembered choices** are told with what they did. A remembered value for all rows is
  not used in a column that has other values, and not where the stored record has another
  one.
- **States** may be USPS codes, names, or abbreviations: `FL`, `Florida`, `Fla.`, `P.R.`
- **Suggestions** are only made for typing errors. `Not approved` or `Off-site` are never
  taken for their opposites.
- **No value.** `NA`, `N/A`, `NULL`, `None`, `-`, and similar words count as blank
  in every column (as an ID also within `="NULL"`), and `unknown` or `TBD` in dates and
  numbers. A note says how many. They never clear a stored value, also where blank cells do.
- **Lists** such as `topic_ids` are separated by semicolons. Commas, line breaks, `|`, `/`,
  `&`, and `and` also separate items if every item is known.
- **Places** at 0, 0, with longitude without its minus sign, with latitude and longitude
  swapped, or outside the United States are left blank with a warning. Places more than 500
  miles from the agency's state, and ZIP Codes of another state, are warnings.
- **Unlikely dates.** Days in the future (for planned and effective dates, more than 10
  years ahead), and days before 1971, which some programs write for an unknown date, are
  stored with a warning, and so are days in a column whose day and month Excel may have
  swapped. One click leaves all of them blank.
"""

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


# What the guide says about IDs in any dataset.
_IDS = """
## IDs

An ID that is stored as written always means itself. Another one is read as the stored
record whose ID differs only in these ways, with a warning that names both:

- characters that nobody sees, an apostrophe in front, `="00017"`, or `_x000D_` (no warning)
- another kind of dash, a no-break space, wide or combined characters, or case (except in
  IDs of 15 or 18 letters and digits that mix case, as Salesforce's do)
- `1001.0` for `1001`, and lost or added zeros or commas in a number: `17` for `00017`
- in ORIs: seven characters for nine, hyphens, spaces, and `NE` for `NB`

If several stored records are alike, the row is rejected and the message lists them. Two
spellings of a new ID in one file are one record. An ID that a spreadsheet turned into a
date or into `2.02E+11` is rejected.

If a file has both an `agency_id` of its own and a column of ORIs, the ORI is the ID. A new
agency with the name, state, and city of a stored one under another ID has a warning.

## Agencies that are not known

A file that refers to agencies may have their name, state, and city in further columns, such
as `Agency Name` and `State`, also if those are ignored. They help where the ID is blank or
not known:

- A blank ID beside a name that certainly is a stored agency is that agency, with a
  warning.
- Beside another ID, or if the spelling of the name differs, the message names the stored
  agencies that it may be, with their place and ID. Choose one with a click: it is used in
  all rows with this name. Or search for another one by name, city, state, or ID.
- Names are similar if one longer word has one letter missing, doubled, wrong, or swapped,
  or if a word such as `Police` is misspelled (`Morton Polce Department`). A sheriff is
  never proposed for police, nor Precinct 2 for Precinct 3.
- *Apply all suggestions* and `--take-likely` only use agencies of the same name form and
  state. With a typing error in a word such as `Police`, no other agency of the state may
  come close; with one in the name itself, the city must be the same, too.
"""


# What the guide says about the rows of any file.
_ROWS = """
## Rows

- The same headings may come again further down, or on several visible sheets of a workbook,
  also in another order: all rows are read as one table. Choose a sheet to read only that.
- If only the names of such sheets say which state (or type, status, and so on) their rows
  have, match the heading `(sheet name)` with that column: under *Match columns*, where the
  page proposes it if all names fit, or with `--map "(sheet name)=state"`. In the same way,
  `(block title)` is the text alone in a row above the headings of each block, such as a
  state, a fiscal year, or a wave.
- A title above the headings, totals and notes below the rows, and rows of totals within
  them are not records. They are left out, as are the rows below the headings of Qualtrics
  and SurveyMonkey exports that explain them. The questions stand in for headings that are
  only codes (`QID2_TEXT`, `Q7`), and choices in a second row belong to their question
  (`How useful was it? Pre`).
- A table or sheet with other headings is not read. A warning says how many rows it has.
- A merged cell counts for each of its rows. Hidden rows and columns are read; hidden sheets
  are not.
- Other spreadsheets (`.xls`, `.xlsb`, `.ods`, Numbers) are not read. Save them as `.xlsx`.
- An error such as `#N/A`, `#REF!`, or `#DIV/0!`, and a formula whose result is not in the
  workbook, is neither blank nor a value. Nor is a mark for the value of the cell above
  (`"`, `ditto`). In a required column or a reference, the row is
  rejected; otherwise the stored value stays, with a warning.

The result counts every row of the file: read, rejected, or left out, with the reason.
"""


# What the guide says about files of outcomes in other shapes.
_SHAPES = """
## Other shapes of outcomes

- **A column for each metric.** One row for each engagement, with headings that name a
  metric by ID or name, and the wave before or behind it: `Pre: De-escalation test`,
  `deescalation-test_followup`, `Tactics test T1`. A heading may add `date` or `target`.
  You choose the wave of headings that name none.
- **A row for each wave.** A column such as `Wave`, `Timepoint`, or `Period` says
  baseline or follow-up (also pre and post, before and after, T1 and T2, 1 and 2),
  beside one column such as `Value` or `Score` and perhaps a `Date`. The rows of an
  engagement and metric are one outcome.
- **Both.** A column for each metric, and a row or a sheet for each wave.

The page says which shape a file has; *Read rows as they are* (`--as-rows`) refuses it.
A blank value is no outcome. Two rows with the same wave of an outcome are rejected, and
so is a wave that is not known, until you choose what it means (`--wave
"midpoint=followup"`).

In a file without `outcome_id`, the one stored outcome of the engagement and metric is
meant. If none is stored, a new one gets the ID of both, such as `E-1:training-rating`.
If several are, the row is rejected.
"""


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
    return "".join([*parts, _SHAPES, _ROWS, _IDS, HOW_CELLS_ARE_READ])


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
