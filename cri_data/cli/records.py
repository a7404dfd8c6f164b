"""The commands about single records."""

import argparse

from cri_data.cli import output
from cri_data.cli.command import DONE, NOTHING_DONE, WHO, Commands, command, pair
from cri_data.model.datasets import DATASETS
from cri_data.records import RecordError, correct, merge_agencies, record_cells, withdraw
from cri_data.redaction.redact import redact, redactable
from cri_data.store.store import Store

_PAGE = "the Records page"


def declare(commands: Commands) -> None:
    """Declare correct, withdraw, redact and merge."""
    made = command(commands, "correct", _correct, "correct one record", page=_PAGE)
    _add_record(made, list(DATASETS))
    made.add_argument(
        "--set",
        action="append",
        type=pair,
        required=True,
        metavar="column=text",
        help="blank erases; may be given again",
    )

    made = command(commands, "withdraw", _withdraw, "take one record out", page=_PAGE)
    _add_record(made, list(DATASETS))

    made = command(
        commands,
        "redact",
        _redact,
        "take one record's free text out everywhere, for ever",
        page=_PAGE,
    )
    _add_record(made, redactable(), "|".join(redactable()))

    made = command(commands, "merge", _merge, "make one agency of two", page=_PAGE)
    made.add_argument("gone_id", metavar="AGENCY_ID")
    made.add_argument("kept_id", metavar="KEPT_ID")


def _add_record(
    made: argparse.ArgumentParser, choices: list[str], metavar: str = "DATASET"
) -> None:
    made.add_argument("dataset", choices=choices, metavar=metavar)
    made.add_argument("record_id", metavar="ID")


def _correct(store: Store, options: argparse.Namespace) -> int:
    cells = record_cells(store, options.dataset, options.record_id)
    unknown = [name for name, _ in options.set if name not in cells]
    if unknown:
        raise RecordError(
            f"{options.dataset} have no column '{unknown[0]}'. They have: "
            f"{', '.join(cells)}."
        )
    loading = correct(store, options.dataset, cells, dict(options.set), WHO)
    print(output.loading_text(loading, dry_run=False))
    return NOTHING_DONE if loading.checked.counts.rejected else DONE


def _withdraw(store: Store, options: argparse.Namespace) -> int:
    upload_id = withdraw(store, options.dataset, options.record_id, WHO)
    print(f"{options.record_id} is withdrawn as {upload_id}, which undo takes back.")
    return DONE


def _redact(store: Store, options: argparse.Namespace) -> int:
    places = redact(store, options.dataset, options.record_id, WHO)
    print(
        f"The free text of {options.record_id} is gone: {places}. "
        "Backups made before still hold it."
    )
    return DONE


def _merge(store: Store, options: argparse.Namespace) -> int:
    upload_id = merge_agencies(store, options.gone_id, options.kept_id, WHO)
    print(
        f"{options.gone_id} is {options.kept_id} from now on, as {upload_id}, which undo "
        "takes back."
    )
    return DONE
