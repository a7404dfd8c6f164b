"""The commands that use a file but no store: template and read."""

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cri_data.cli import output
from cri_data.cli.command import DONE, Command, whole_number
from cri_data.importing.mapping.templates import template_csv, template_xlsx
from cri_data.model.datasets import DATASETS
from cri_data.reading import ReadOptions, read_any

_READ_OPTIONS = (
    click.option("--encoding", metavar="NAME", help="such as mac-roman"),
    click.option("--separator", metavar="TEXT", help="one or two characters"),
    click.option(
        "--header-rows", type=whole_number, metavar="N", help="number of heading rows"
    ),
    click.option("--sheet", metavar="NAME", help="name of the sheet in a workbook"),
)


def read_options(run: Callable[..., int]) -> Callable[..., int]:
    """Options for how a file is read, given to the command as the dict `specified`.

    What is not specified is detected from the file.
    """

    @functools.wraps(run)
    def run_with_options(
        *positional: Any,
        encoding: str | None,
        separator: str | None,
        header_rows: int | None,
        sheet: str | None,
        **others: Any,
    ) -> int:
        given = {
            "encoding": encoding,
            "separator": separator,
            "header_rows": header_rows,
            "sheet": sheet,
        }
        specified = {name: value for name, value in given.items() if value is not None}
        return run(*positional, specified=specified, **others)

    for option in reversed(_READ_OPTIONS):
        option(run_with_options)
    return run_with_options


@click.command("template", Command)
@click.argument("dataset", type=click.Choice(list(DATASETS)), metavar="DATASET")
@click.argument("file", type=Path, metavar="OUT.csv|OUT.xlsx")
def template(dataset: str, file: Path) -> int:
    """Write a template for a dataset."""
    is_workbook = file.suffix.lower() == ".xlsx"
    make = template_xlsx if is_workbook else template_csv
    file.write_bytes(make(DATASETS[dataset]))
    print(f"{file} has the headings of {dataset} and an example row.")
    return DONE


@click.command("read", Command)
@click.argument("file", type=Path, metavar="FILE")
@read_options
@click.option(
    "--json", "as_json", is_flag=True, help="print the dialect, faults and counts instead"
)
def read(file: Path, specified: dict[str, Any], as_json: bool) -> int:
    """Print the rows read from a file, without a store."""
    found = read_any(file.name, file.read_bytes(), ReadOptions(**specified))
    if as_json:
        print(output.reading_json(found))
    else:
        output.write_reading(found, sys.stdout.buffer)
    return DONE
