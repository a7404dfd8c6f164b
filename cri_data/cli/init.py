"""The commands that make a store."""

import click

from cri_data.cli.command import DONE, WHO, Command, whole_number, with_store
from cri_data.jobs import demonstration
from cri_data.store.store import Store


@click.command("init", Command)
@with_store(makes_store=True)
def init(store: Store) -> int:
    """Make an empty store. An existing store is not changed."""
    print(f"The store {store.path} is ready.")
    return DONE


@click.command("demo", Command)
@click.option("--requests", type=whole_number, default=3000, metavar="N")
@click.option("--seed", type=int, default=1, metavar="S")
@with_store(makes_store=True)
def demo(store: Store, requests: int, seed: int) -> int:
    """Fill the store with demonstration data."""
    demonstration.fill(store, requests, seed, WHO)
    print(f"{store.path} holds {requests:,} invented requests.")
    return DONE
