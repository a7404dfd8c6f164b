"""The commands that output rows: ask and export."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import click

from cri_data.audit.log import Action, record
from cri_data.cli import output
from cri_data.cli.command import DONE, WHO, Command, pair, with_store
from cri_data.export.dataset_csv import export as export_datasets
from cri_data.model.filters import Filters
from cri_data.model.roles import STAFF, Viewer, viewer_named
from cri_data.store.query_files import QueryError, question_named
from cri_data.store.store import Store

_LISTS = {field.name for field in fields(Filters)} - {"date_from", "date_to"}
_LISTS |= {"agency_ids"}


def _viewer(text: str | Viewer) -> Viewer:
    if isinstance(text, Viewer):
        return text
    try:
        return viewer_named(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command("ask", Command)
@click.option(
    "--param",
    "params",
    multiple=True,
    type=pair,
    metavar="name=value",
    help="a value; a list is states=TX,CA; without it, null; can be repeated",
)
@click.option(
    "--as",
    "viewer",
    type=_viewer,
    default=STAFF,
    metavar="leadership|staff|administrator|partner:ID",
    help="whose access applies (staff)",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(output.FORMATS)),
    default="table",
    metavar="|".join(output.FORMATS),
    help="format of the answer (table)",
)
@click.argument("query", metavar="QUERY")
@with_store(page="the dashboards")
def ask(
    store: Store,
    query: str,
    params: tuple[tuple[str, str], ...],
    viewer: Viewer,
    form: str,
) -> int:
    """Answer one question of queries/."""
    values = {name: text.split(",") if name in _LISTS else text for name, text in params}
    _refuse_unknown_params(query, values)
    answer = store.ask_arrow(query, viewer, **values)
    filters = "; ".join(f"{name}: {text}" for name, text in params)
    # The audit log first, because unrecorded rows must not be output.
    record(
        store,
        WHO,
        Action.EXPORTED,
        table=query,
        filters=filters or None,
        rows=answer.num_rows,
    )
    print(output.FORMATS[form](answer))
    return DONE


def _refuse_unknown_params(name: str, values: Mapping[str, object]) -> None:
    """Raise QueryError for a parameter that the query would ignore."""
    own = question_named(name).takes
    for given in values:
        if given not in own:
            raise QueryError(
                f"{name} has no parameter '{given}'. It has: {', '.join(own) or 'none'}."
            )


@click.command("export", Command)
@click.argument("directory", type=Path, metavar="DIR")
@with_store(page="the About the data page")
def export(store: Store, directory: Path) -> int:
    """Write one CSV file per dataset into a folder."""

    def record_export(counts: dict[str, int]) -> None:
        rows = sum(counts.values())
        record(store, WHO, Action.EXPORTED, table="every dataset", rows=rows)

    written = export_datasets(store, directory, before=record_export)
    for name, rows in written.items():
        print(f"{directory / name}.csv: {rows:,} rows")
    return DONE
