"""What holds of every upload: undo restores, twice is once, order does not matter."""

import csv
import io
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cri_data.export.dataset_csv import export
from cri_data.importing.commit.undo import undo
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import load
from cri_data.store.store import Store
from tests.support.stores import copied, new_store, prepared
from tests.support.uploads import AGENCIES, contents, counts, loaded, quietly

pytestmark = pytest.mark.slow

HEAD = ("agency_id", "agency_name", "state", "city", "sworn_officers")

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")),
    max_size=12,
)
_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["A1", "A2", "A3", "B;1", ""]),
        _TEXT,
        st.sampled_from(["TX", "Ohio", "XX", ""]),
        _TEXT,
        st.sampled_from(["12", "1,200", "-3", "many", ""]),
    ),
    min_size=1,
    max_size=8,
)


def written(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([HEAD, *rows])
    return text.getvalue().encode("utf-8")


def load_bytes(store: Store, content: bytes):
    return load(
        store,
        "agencies",
        SourceFile.from_bytes("a.csv", content),
        Recipe(),
        "a test",
        quietly,
    )


def fill(store: Store) -> None:
    loaded(store, "agencies", AGENCIES + "A1,Elm PD,TX\nA9,Oak PD,OH\n")


def known() -> Store:
    return copied(prepared("two known agencies", fill))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(_ROWS, st.integers(0, 99))
def test_undo_restores_twice_is_once_and_order_does_not_matter(rows, seed):
    store, other = known(), known()
    before = contents(store)
    done = load_bytes(store, written(rows))
    after = contents(store)
    assert counts(done)[0] >= counts(done)[4]

    again = load_bytes(store, written(rows))
    assert (contents(store), again.upload_id) == (after, None)

    shuffled = random.Random(seed).sample(rows, len(rows))  # noqa: S311
    load_bytes(other, written(shuffled))
    assert contents(other) == after

    if done.upload_id:
        undo(store, done.upload_id, "a test")
    assert contents(store) == before
    store.close()
    other.close()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=_ROWS)
def test_what_is_exported_loads_back_unchanged(rows, tmp_path_factory):
    store, other = known(), new_store()
    load_bytes(store, written(rows))
    folder = tmp_path_factory.mktemp("out")
    export(store, folder)
    load_bytes(other, (folder / "agencies.csv").read_bytes())
    assert contents(other)["agencies"] == contents(store)["agencies"]
    store.close()
    other.close()
