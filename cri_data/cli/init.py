"""The commands that make a store."""

import argparse

from cri_data.cli.command import DONE, WHO, Commands, command, whole_number
from cri_data.jobs import demonstration
from cri_data.store.store import Store


def declare(commands: Commands) -> None:
    """Declare init and demo."""
    made = command(commands, "init", _init, "make an empty store")
    made.set_defaults(makes_store=True)

    made = command(commands, "demo", _demo, "fill the store with invented data")
    made.set_defaults(makes_store=True)
    made.add_argument("--requests", type=whole_number, default=3000, metavar="N")
    made.add_argument("--seed", type=int, default=1, metavar="S")


def _init(store: Store, options: argparse.Namespace) -> int:
    del options
    print(f"The store {store.path} is ready.")
    return DONE


def _demo(store: Store, options: argparse.Namespace) -> int:
    demonstration.fill(store, options.requests, options.seed, WHO)
    print(f"{store.path} holds {options.requests:,} invented requests.")
    return DONE
