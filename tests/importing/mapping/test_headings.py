"""Which heading of a file is which column, and what is said where that is not clear."""

import pytest

from cri_data.importing.mapping.headings import (
    HeadingsError,
    fitting_datasets,
    match_headings,
)
from cri_data.importing.recipe import Recipe
from cri_data.model.datasets import DATASETS

AGENCIES = DATASETS["agencies"]
NEEDED = ("agency_id", "agency_name", "state")


def named(dataset: str, *headings: str, **matches: str) -> dict[str, str]:
    """The column of each heading that has one."""
    matching = match_headings(headings, DATASETS[dataset], Recipe(headings=matches))
    return {headings[place]: column for column, place in matching.columns.items()}


@pytest.mark.parametrize("name", DATASETS)
def test_own_names_match_in_any_order_and_case(name: str):
    columns = [column.name for column in DATASETS[name].columns]
    assert named(name, *reversed(columns)) == {column: column for column in columns}
    spoken = [column.replace("_", " ").title() for column in columns]
    assert named(name, *spoken) == dict(zip(spoken, columns, strict=True))


@pytest.mark.parametrize(
    ("name", "heading", "column"),
    [
        (dataset.name, heading, column.name)
        for dataset in DATASETS.values()
        for column in dataset.columns
        for heading in column.headings
    ],
)
def test_every_other_name_matches(name: str, heading: str, column: str):
    others = [needed for needed in DATASETS[name].required if needed != column]
    assert named(name, heading, *others)[heading] == column


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("ORI", "agency_id"),
        ("ORI9", "agency_id"),
        ("Ori Number", "agency_id"),
        ("AGENCY-ID", "agency_id"),
        ("agency.id", "agency_id"),
        ("  Agency   ID ", "agency_id"),
    ],
)
def test_case_and_punctuation_do_not_matter(heading: str, column: str):
    assert named("agencies", heading, *NEEDED[1:])[heading] == column


def test_exact_name_wins_over_another_name_for_the_same():
    headings = ("agency", "department", "agency_name", "ori", "agency_id", "state")
    matching = match_headings(headings, AGENCIES)
    assert matching.columns == {"agency_name": 2, "agency_id": 4, "state": 5}
    assert matching.left_out == ("agency", "department", "ori")


def test_what_is_told_wins_over_everything():
    headings = ("agency_id", "agency_name", "The name", "state")
    matching = match_headings(
        headings, AGENCIES, Recipe(headings={"The name": "agency_name"})
    )
    assert matching.columns["agency_name"] == 2
    assert matching.left_out == ("agency_name",)


def test_headings_of_no_column_are_left_out_and_said():
    matching = match_headings((*NEEDED, "Chief", "", "Phone"), AGENCIES)
    assert matching.left_out == ("Chief", "Phone")


def test_columns_of_rejected_rows_are_left_out_in_silence():
    matching = match_headings((*NEEDED, "row", "problems"), AGENCIES)
    assert matching.columns == {"agency_id": 0, "agency_name": 1, "state": 2}
    assert matching.left_out == ()


@pytest.mark.parametrize(
    ("headings", "matches", "said"),
    [
        (("agency_id", "state"), {}, "needs the column agency_name.*'agency_id', 'state'"),
        (("Chief",), {}, "needs the columns agency_id, agency_name, state"),
        ((*NEEDED, "State"), {}, None),
        ((*NEEDED, "state"), {}, "'state' and 'state' both match state"),
        (("ORI", "ori9", "name", "st"), {}, "'ORI' and 'ori9' both match agency_id"),
        (NEEDED, {"Chief": "city"}, "no heading 'Chief'. It has: 'agency_id'"),
        (NEEDED, {"state": "mayor"}, "agencies have no column 'mayor'.*agency_id"),
        (
            (*NEEDED, "a", "b"),
            {"a": "city", "b": "city"},
            "'a' and 'b' both match city. Rename one",
        ),
        (NEEDED, {"state": "city"}, "needs the column state"),
    ],
)
def test_headings_that_make_no_file_are_refused(
    headings: tuple[str, ...], matches: dict[str, str], said: str | None
):
    if said is None:
        assert match_headings(headings, AGENCIES, Recipe(headings=matches)).left_out == (
            "State",
        )
        return
    with pytest.raises(HeadingsError, match=said):
        match_headings(headings, AGENCIES, Recipe(headings=matches))


@pytest.mark.parametrize("name", DATASETS)
def test_a_file_with_a_datasets_own_headings_fits_it(name: str):
    assert name in fitting_datasets(DATASETS[name].required)


def test_headings_of_nothing_fit_nothing():
    assert fitting_datasets(("Chief", "Phone")) == []
    assert fitting_datasets(("request_id", "ori", "received", "topics")) == ["requests"]


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (("R-31", "TX0010100", "2024-01-31"), "The first row of this file looks like data"),
        (("R-31", "Elm", "1/31/2024"), "looks like data: 'R-31', 'Elm', '1/31/2024'"),
        (("Column 1", "Column 2"), "has no headings"),
        (("request_id", "2024-01-31"), "The headings of this file are"),
        (("TELEPHONE", "Agency of old"), "The headings of this file are"),
    ],
)
def test_a_file_without_headings_is_said_to_lack_them(headings, said: str):
    with pytest.raises(HeadingsError, match=said):
        match_headings(headings, DATASETS["requests"])


@pytest.mark.parametrize(
    "heading", ["Reason", "Start Date", "reason", "START_DATE", "Reason for request"]
)
def test_a_heading_that_may_mean_something_else_is_no_column_of_requests(heading: str):
    required = DATASETS["requests"].required
    matching = match_headings((*required, heading), DATASETS["requests"])
    assert matching.left_out == (heading,)


def test_headings_with_other_names_than_their_column_are_told():
    headings = ("ORI", "agency_name", "State Code", "First", "Second")
    recipe = Recipe(headings={"First": "city"})
    matching = match_headings(headings, AGENCIES, recipe)
    assert matching.renamed(headings) == {
        "ORI": "agency_id",
        "State Code": "state",
        "First": "city",
    }
    joined = Recipe(lists={"topic_ids": ("First", "Second")})
    required = ("request_id", "agency_id", "received_on", "First", "Second")
    matching = match_headings(required, DATASETS["requests"], joined)
    assert matching.renamed(required) == {"First": "topic_ids", "Second": "topic_ids"}
