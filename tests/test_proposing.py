"""What headings may be, from their spelling and their cells."""

import pytest

from cri_data.store import open_store
from cri_data.upload.loading import load
from cri_data.upload.proposing import proposed
from cri_data.upload.reading import read_file
from cri_data.upload.recipe import LEFT_OUT, Recipe
from tests.uploads import quietly


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("proposing") / "cri.duckdb")
    yield store
    store.close()


def columns(store, text: str) -> dict[str, str | None]:
    proposal = proposed(store, "agencies", read_file("a.csv", text.encode()))
    return {heading.name: heading.column for heading in proposal.headings}


@pytest.mark.parametrize(
    ("headings", "row", "expected"),
    [
        (
            "ORI,Agency Name,State",
            "TX0010100,Elm PD,TX",
            {"ORI": "agency_id", "Agency Name": "agency_name", "State": "state"},
        ),
        (
            "Agncy ID,Agencey Name,Statee",
            "A1,Elm PD,TX",
            {"Agncy ID": "agency_id", "Agencey Name": "agency_name", "Statee": "state"},
        ),
        (
            "Code,Who,Where",
            "TX0010100,Elm PD,Texas",
            {"Code": "agency_id", "Who": None, "Where": "state"},
        ),
        ("ORI,A,B", "TX0010100,75201,75202", {"ORI": "agency_id", "A": "zip", "B": None}),
        ("county,x", "Oak,Elm", {"county": "county", "x": None}),
    ],
)
def test_headings_are_known_by_name_spelling_or_cells(store, headings, row, expected):
    assert columns(store, f"{headings}\n{row}\n") == expected


def test_a_heading_shows_its_first_different_cells_and_why(store):
    text = "Agncy ID,x\nA1,\nA1,red\nA2,blue\nA3,red\nA4,green\nA5,pink\n"
    proposal = proposed(store, "agencies", read_file("a.csv", text.encode()))
    first, second = proposal.headings
    assert (first.samples, first.why) == (
        ("A1", "A2", "A3"),
        "much like agency_id: check it",
    )
    assert (second.samples, second.why) == (("red", "blue", "green"), "not known, left out")
    assert proposal.recipe == Recipe(headings={"Agncy ID": "agency_id"})


def test_what_was_decided_before_comes_first(store):
    decided = Recipe(
        headings={"Code": "agency_id", "Agency Name": LEFT_OUT, "Who": "agency_name"},
        constants={"state": "TX"},
    )
    text = "Code,Agency Name,Who\nA1,x,Elm PD\n"
    load(store, "agencies", "a.csv", text.encode(), decided, "Ann", quietly)
    proposal = proposed(store, "agencies", read_file("b.csv", text.encode()))
    assert proposal.recipe == decided
    assert proposal.remembered.decided_by == "Ann"
    assert [(heading.column, heading.why) for heading in proposal.headings] == [
        ("agency_id", "as decided before"),
        (None, "as decided before"),
        ("agency_name", "as decided before"),
    ]
