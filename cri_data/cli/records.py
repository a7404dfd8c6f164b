"""The commands about single records."""

from collections.abc import Callable

import click

from cri_data.cli import output
from cri_data.cli.command import DONE, NOTHING_DONE, WHO, Command, pair, with_store
from cri_data.model.datasets import DATASETS
from cri_data.records import RecordError, merge_agencies, record_cells
from cri_data.records import correct as correct_record
from cri_data.records import withdraw as withdraw_record
from cri_data.redaction.redact import redact as redact_record
from cri_data.redaction.redact import redactable
from cri_data.store.store import Store

_PAGE = "the Records page"


def _record(
    datasets: list[str], metavar: str = "DATASET"
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The arguments that name one record of one of the datasets."""

    def decorate(run: Callable[..., int]) -> Callable[..., int]:
        run = click.argument("record_id", metavar="ID")(run)
        return click.argument("dataset", type=click.Choice(datasets), metavar=metavar)(run)

    return decorate


@click.command("correct", Command)
@click.option(
    "--set",
    "cells",
    multiple=True,
    type=pair,
    required=True,
    metavar="column=text",
    help="a new value; a blank one deletes the value; can be repeated",
)
@_record(list(DATASETS))
@with_store(_PAGE)
def correct(
    store: Store, dataset: str, record_id: str, cells: tuple[tuple[str, str], ...]
) -> int:
    """Correct one record."""
    stored = record_cells(store, dataset, record_id)
    unknown = [name for name, _ in cells if name not in stored]
    if unknown:
        raise RecordError(
            f"{dataset} have no column '{unknown[0]}'. They have: {', '.join(stored)}."
        )
    loading = correct_record(store, dataset, stored, dict(cells), WHO)
    print(output.loading_text(loading, dry_run=False))
    return NOTHING_DONE if loading.checked.counts.rejected else DONE


@click.command("withdraw", Command)
@_record(list(DATASETS))
@with_store(_PAGE)
def withdraw(store: Store, dataset: str, record_id: str) -> int:
    """Remove one record. To bring it back, use undo."""
    upload_id = withdraw_record(store, dataset, record_id, WHO)
    print(f"{record_id} is withdrawn as {upload_id}. To reverse it, use undo.")
    return DONE


@click.command("redact", Command)
@_record(redactable(), "|".join(redactable()))
@with_store(_PAGE)
def redact(store: Store, dataset: str, record_id: str) -> int:
    """Permanently delete one record's free text everywhere."""
    places = redact_record(store, dataset, record_id, WHO)
    print(
        f"The free text of {record_id} is deleted: {places}. "
        "Earlier backups still contain it."
    )
    return DONE


@click.command("merge", Command)
@click.argument("gone_id", metavar="AGENCY_ID")
@click.argument("kept_id", metavar="KEPT_ID")
@with_store(_PAGE)
def merge(store: Store, gone_id: str, kept_id: str) -> int:
    """Merge one agency into another."""
    upload_id = merge_agencies(store, gone_id, kept_id, WHO)
    print(f"{gone_id} is merged into {kept_id} as {upload_id}. To reverse it, use undo.")
    return DONE
