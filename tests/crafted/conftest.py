"""A server on a demonstration with rows, marked, that its partners may not see."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cri_data.model.roles import STAFF
from cri_data.store.store import Store
from tests.browser.server import served
from tests.support.small_store import add, day
from tests.support.stores import demonstration_store

# In every text of the rows that are another's, and in nothing that is sent.
MARK = "ZZMARKED"
_DAY = day("2026-05-05")


@dataclass(frozen=True)
class Served:
    """A running server: its address, its log, and the partner to look as."""

    address: str
    log_path: Path
    partner_name: str

    def log(self) -> str:
        """All that the server has written so far."""
        return self.log_path.read_text(encoding="utf-8", errors="replace")


def _add_marked_rows(store: Store) -> None:
    # The switch "view as" lists partners by name, so the name bears no mark.
    add(store, "partners", ("ZZID-P", "Another Association"))
    place = ("80202", f"{MARK} City", 39.7, -105.0)
    add(store, "agencies", ("ZZID-A1", f"{MARK} PD", "tribal", "CO", 5, *place))
    dates = (_DAY, _DAY, None, None)
    add(
        store,
        "requests",
        ("ZZID-R1", "ZZID-A1", _DAY, "in_delivery", ["training"], *dates, MARK),
    )
    done = (_DAY, _DAY, _DAY, _DAY, _DAY)
    amounts = (8.0, 20, 30, 40.0, -90.0, f"{MARK} hall")
    add(
        store,
        "engagements",
        ("ZZID-E1", "ZZID-R1", "ZZID-P", [], None, "active", *done, *amounts),
    )
    add(store, "outcomes", ("ZZID-O1", "ZZID-E1", "complaints", 9.0, _DAY, 4.0, _DAY))
    add(store, "uploads", ("U-000001", _DAY, MARK, "requests", MARK, "committed"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Started for the tests of one file; its log must stay clean."""
    folder = tmp_path_factory.mktemp("crafted")
    store = demonstration_store(400, folder / "cri.duckdb")
    _add_marked_rows(store)
    partner_name = store.ask("partners_options", STAFF)["partner_name"].iloc[0]
    store.close()
    assert partner_name != "Another Association"
    log_path = folder / "log.txt"
    with served(folder / "cri.duckdb", log_path=log_path) as address:
        yield Served(address, log_path, partner_name)
