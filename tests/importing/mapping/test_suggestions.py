"""What headings may be, from their spelling and their cells."""

import pytest

from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.mapping.suggestions import propose_recipe, with_choices
from cri_data.importing.recipe import LEFT_OUT, Recipe
from cri_data.importing.service import load
from cri_data.model.datasets import DATASETS
from cri_data.reading import read_file
from cri_data.store.connection import open_store
from tests.support.uploads import quietly


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("proposing") / "cri.duckdb")
    yield store
    store.close()


def columns(store, text: str) -> dict[str, str | None]:
    proposal = propose_recipe(store, "agencies", read_file("a.csv", text.encode()))
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
    proposal = propose_recipe(store, "agencies", read_file("a.csv", text.encode()))
    first, second = proposal.headings
    assert (first.samples, first.why) == (
        ("A1", "A2", "A3"),
        "similar to agency_id: check it",
    )
    assert (second.samples, second.why) == (
        ("red", "blue", "green"),
        "not recognized, ignored",
    )
    assert proposal.recipe == Recipe(headings={"Agncy ID": "agency_id"})


def test_what_was_decided_before_comes_first(store):
    decided = Recipe(
        headings={"Code": "agency_id", "Agency Name": LEFT_OUT, "Who": "agency_name"},
        constants={"state": "TX"},
    )
    text = "Code,Agency Name,Who\nA1,x,Elm PD\n"
    source = SourceFile("a.csv", text.encode)
    load(store, "agencies", source, decided, "Ann", quietly)
    proposal = propose_recipe(store, "agencies", read_file("b.csv", text.encode()))
    assert proposal.recipe == decided
    assert proposal.saved.decided_by == "Ann"
    assert [(heading.column, heading.why) for heading in proposal.headings] == [
        ("agency_id", "your earlier choice"),
        (None, "your earlier choice"),
        ("agency_name", "your earlier choice"),
    ]


LOG = "request_id,received_on,topic_ids,ORI,Agency\nR1,2024-01-31,training,TX0010100,Elm\n"


def test_two_headings_that_could_be_one_column_are_for_a_person_to_choose(store):
    file = read_file("a.csv", LOG.encode())
    proposal = propose_recipe(store, "requests", file)
    assert proposal.recipe == Recipe()
    assert [
        (heading.name, heading.column, heading.why)
        for heading in proposal.headings
        if heading.is_unclear
    ] == [
        ("ORI", None, "could be agency_id, and so could 'Agency': choose one"),
        ("Agency", None, "could be agency_id, and so could 'ORI': choose one"),
    ]


@pytest.mark.parametrize(
    ("chosen", "matches"),
    [
        ({}, {}),
        ({"ORI": "agency_id"}, {"ORI": "agency_id"}),
        (
            {"ORI": None, "Agency": "agency_id"},
            {"ORI": LEFT_OUT, "Agency": "agency_id"},
        ),
        ({"ORI": None, "Agency": None}, {"ORI": LEFT_OUT, "Agency": LEFT_OUT}),
    ],
)
def test_what_is_chosen_of_them_is_the_recipe(chosen, matches):
    headings = tuple(LOG.split("\n", maxsplit=1)[0].split(","))
    recipe = with_choices(Recipe(), DATASETS["requests"], headings, chosen)
    assert recipe == Recipe(headings=matches)
