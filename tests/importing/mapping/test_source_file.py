"""A file is read and hashed once, and every decision gives what a fresh read gives."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cri_data.importing.mapping import read_dataset, source_file
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.mapping.templates import template_xlsx
from cri_data.importing.recipe import LEFT_OUT, Recipe
from cri_data.importing.service import load, preview
from cri_data.model.datasets import DATASETS
from cri_data.reading import ReadOptions, UnreadableFile, read, sha256_of
from cri_data.store.connection import open_store
from tests.support.uploads import quietly

FILE = (
    b"agency_id,agency_name,state,city,notes\n"
    b"A1,Elm PD,Texass,Elm,x\n"
    b"A2,Oak PD,OH,,y\n"
    b"A2,Oak Police,OH,Oak,\n"
)


class Calls:
    """What was done to a file, by name, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made: list[str] = []
        for module, name in (
            (read_dataset, "read_file"),
            (read, "sha256_of"),
            (source_file, "sha256_of"),
            (source_file, "map_file"),
        ):
            self._count(monkeypatch, module, name)

    def _count(self, monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
        real = getattr(module, name)

        def counted(*given: object) -> object:
            self.made.append(name)
            return real(*given)

        monkeypatch.setattr(module, name, counted)

    def since(self) -> list[str]:
        """The calls since the last time."""
        made, self.made = sorted(self.made), []
        return made


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    return Calls(monkeypatch)


def test_preview_and_commit_share_one_read(calls: Calls) -> None:
    handed_over: list[int] = []

    def read_bytes() -> bytes:
        handed_over.append(len(FILE))
        return FILE

    source, store = SourceFile("a.csv", read_bytes), open_store(None)
    preview(store, "agencies", source, Recipe(), quietly)
    assert calls.since() == ["map_file", "read_file", "sha256_of"]
    preview(store, "agencies", source, Recipe(), quietly)
    assert calls.since() == []
    done = load(store, "agencies", source, Recipe(), "a test", quietly)
    assert (calls.since(), handed_over) == ([], [len(FILE)])
    assert done.prepared.file.sha256 == source.sha256 == sha256_of(FILE)
    store.close()


def test_a_decision_repeats_only_what_depends_on_it(calls: Calls) -> None:
    source = SourceFile.from_bytes("a.csv", FILE)
    assert source.sha256 == sha256_of(FILE)
    source.mapped("agencies", Recipe())
    assert calls.since() == ["map_file", "read_file", "sha256_of"]
    source.mapped("agencies", Recipe(left_out=(3,)))
    assert calls.since() == ["map_file"]
    # The dataset changes what headings mean, and not how a text is read.
    source.read("topics", ReadOptions())
    assert calls.since() == []
    source.read("agencies", ReadOptions(separator=";"))
    assert calls.since() == ["read_file"]


def test_a_workbook_is_read_anew_for_another_dataset(calls: Calls) -> None:
    source = SourceFile.from_bytes("a.xlsx", template_xlsx(DATASETS["agencies"]))
    source.read("agencies", ReadOptions())
    source.read("topics", ReadOptions())
    assert calls.since() == ["read_file", "read_file", "sha256_of"]


def test_a_file_that_cannot_be_read_is_tried_once(calls: Calls) -> None:
    source = SourceFile.from_bytes("a.csv", b"agency_id,agency_name\n")
    for _ in range(3):
        with pytest.raises(UnreadableFile, match="no rows"):
            source.read("agencies", ReadOptions())
    assert calls.since() == ["read_file", "sha256_of"]


def test_a_large_file_is_not_kept_beside_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRI_KEEP_FILE_MB", "0")
    source = SourceFile.from_bytes("a.csv", FILE)
    assert source.mapped("agencies", Recipe()).content is None


RECIPES = st.builds(
    Recipe,
    read_options=st.builds(
        ReadOptions,
        separator=st.sampled_from([None, ",", ";"]),
        header_rows=st.sampled_from([None, 1, 0]),
    ),
    headings=st.sampled_from([{}, {"notes": LEFT_OUT}, {"city": "county"}]),
    constants=st.sampled_from([{}, {"city": "Elm"}]),
    values=st.sampled_from([{}, {"state": {"Texass": "TX"}}]),
    repairs=st.sampled_from([{}, {2: {"state": "TX"}}]),
    left_out=st.sampled_from([(), (3,), (3, 4)]),
)


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["agencies", "topics"]), RECIPES), max_size=6))
def test_every_decision_gives_what_a_fresh_read_gives(decisions) -> None:
    kept = SourceFile.from_bytes("a.csv", FILE)
    for dataset_name, recipe in decisions:
        fresh = SourceFile.from_bytes("a.csv", FILE)
        assert outcome(kept, dataset_name, recipe) == outcome(fresh, dataset_name, recipe)


def outcome(source: SourceFile, dataset_name: str, recipe: Recipe) -> object:
    """Everything that mapping a file gives, or why it cannot be."""
    try:
        mapped = source.mapped(dataset_name, recipe)
    except Exception as error:
        return (type(error), str(error))
    return [getattr(mapped, part.name) for part in dataclasses.fields(mapped)]
