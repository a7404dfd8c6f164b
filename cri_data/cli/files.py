"""The commands that need a file and no store: template and read."""

import argparse
import sys
from pathlib import Path

from cri_data.cli import output
from cri_data.cli.command import DONE, Commands, command, whole_number
from cri_data.importing.mapping.templates import template_csv, template_xlsx
from cri_data.model.datasets import DATASETS
from cri_data.reading import ReadOptions, read_any


def declare(commands: Commands) -> None:
    """Declare template and read."""
    made = command(
        commands, "template", _template, "write a file to fill in", needs_store=False
    )
    made.add_argument("dataset", choices=list(DATASETS), metavar="DATASET")
    made.add_argument("file", type=Path, metavar="OUT.csv|OUT.xlsx")

    made = command(
        commands,
        "read",
        _read,
        "print what is read of a file, without a store",
        needs_store=False,
    )
    made.add_argument("file", type=Path, metavar="FILE")
    add_dialect(made)
    made.add_argument(
        "--json", action="store_true", help="print the dialect, faults and counts instead"
    )


def add_dialect(made: argparse.ArgumentParser) -> None:
    """What a person may say of how a file is written; else it is found."""
    made.add_argument("--encoding", metavar="NAME", help="such as mac-roman")
    made.add_argument("--separator", metavar="TEXT", help="one or two characters")
    made.add_argument("--header-rows", type=whole_number, metavar="N")
    made.add_argument("--sheet", metavar="NAME", help="of a workbook")


def told(options: argparse.Namespace) -> dict[str, object]:
    """What was said of it."""
    names = ("encoding", "separator", "header_rows", "sheet")
    given = {name: getattr(options, name) for name in names}
    return {name: value for name, value in given.items() if value is not None}


def _template(options: argparse.Namespace) -> int:
    is_workbook = options.file.suffix.lower() == ".xlsx"
    make = template_xlsx if is_workbook else template_csv
    options.file.write_bytes(make(DATASETS[options.dataset]))
    print(f"{options.file} has the headings of {options.dataset} and an example row.")
    return DONE


def _read(options: argparse.Namespace) -> int:
    file = read_any(
        options.file.name, options.file.read_bytes(), ReadOptions(**told(options))
    )
    if options.json:
        print(output.reading_json(file))
    else:
        output.write_reading(file, sys.stdout.buffer)
    return DONE
