"""What a person decided about a file: kept as text, followed, refused where wrong."""

import pytest

from cri_data.importing.mapping.headings import HeadingsError, match_headings
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import (
    LEFT_OUT,
    Recipe,
    RecipeError,
    headings_key,
    recipe_from_json,
)
from cri_data.importing.service import ImportResult, load, preview
from cri_data.model.datasets import DATASETS
from cri_data.reading import ReadOptions
from tests.support.stores import new_store
from tests.support.uploads import AGENCIES, REQUESTS, counts, problems, quietly, stored

EVERYTHING = Recipe(
    read_options=ReadOptions(encoding="mac-roman", header_rows=2),
    headings={"Name": "agency_name", "Phone": LEFT_OUT},
    constants={"state": "TX"},
    lists={"topic_ids": ("First", "Second")},
    city_state="Place",
    values={"agency_type": {"Sheriff's Office": "sheriff", "?": ""}},
    date_orders={"received_on": "dmy"},
    blanks_erase=True,
    all_or_nothing=True,
    repairs={7: {"Name": "Elm PD"}},
)


@pytest.fixture
def texts():
    """The columns of a file as its dataset and a recipe have them."""

    def prepared(dataset: str, text: str, recipe: Recipe) -> dict[str, list]:
        return (
            SourceFile.from_bytes("a.csv", text.encode())
            .mapped(dataset, recipe)
            .texts.to_pydict()
        )

    return prepared


@pytest.mark.parametrize("recipe", [Recipe(), EVERYTHING])
def test_a_recipe_is_read_as_it_was_written(recipe: Recipe):
    assert recipe_from_json(recipe.to_json()) == recipe
    assert recipe.is_empty == (recipe == Recipe())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not valid JSON"),
        ("[]", "is an object"),
        ('{"color": 1}', "is an object"),
        ('{"repairs": {"x": {}}}', "is not valid:"),
        ('{"lists": 3}', "is not valid:"),
        ('{"told": {"color": 1}}', "is not valid:"),
        ('{"date_orders": {"received_on": "ymd"}}', "'ymd'"),
    ],
)
def test_what_is_no_recipe_is_refused(text: str, said: str):
    with pytest.raises(RecipeError, match=said):
        recipe_from_json(text)


def test_what_is_remembered_is_not_what_was_typed_into_one_file():
    kept = EVERYTHING.to_remember()
    assert (kept.repairs, kept.blanks_erase, kept.all_or_nothing) == ({}, False, False)
    assert kept.values == EVERYTHING.values


def test_files_with_the_same_headings_share_a_key_whatever_their_order():
    assert headings_key(("ORI", "Agency Name")) == headings_key(("agency_name", "ori"))
    assert headings_key(("ORI",)) != headings_key(("ORI", "State"))


@pytest.mark.parametrize(
    ("place", "city", "state"),
    [
        ("Elm, TX", "Elm", "TX"),
        ("St. Louis, Missouri 63101", "St. Louis", "Missouri"),
        ("Winston-Salem NC 27101-1234", "Winston-Salem", "NC"),
        ("Truth or Consequences, N.M.", "Truth or Consequences", "N.M."),
        ("Elm", "Elm", None),
        ("", None, None),
    ],
)
def test_city_and_state_in_one_cell_are_split(texts, place: str, city, state):
    file = f'agency_id,agency_name,Place\nA1,Elm PD,"{place}"\n'
    split = texts("agencies", file, Recipe(city_state="Place"))
    assert (split["city"], split["state"]) == ([city], [state])


def test_cells_side_by_side_make_one_list_without_its_blanks(texts):
    file = (
        "request_id,agency_id,received_on,First,Second\n"
        "R1,A1,2024-01-01,training,tribal\n"
        "R2,A1,2024-01-01,,compstat\n"
        "R3,A1,2024-01-01,,\n"
    )
    recipe = Recipe(lists={"topic_ids": ("First", "Second")})
    lists = texts("requests", file, recipe)["topic_ids"]
    assert lists == ["training;tribal", "compstat", None]


@pytest.mark.parametrize(
    ("first", "second", "values", "expected"),
    [
        ("De-esc", "De-esc", {"De-esc": "training"}, "training;training"),
        ("a", "b", {"a": "b", "b": "a"}, "b;a"),
        ("a ; b", "c", {"b": ""}, "a;c"),
        ("a", "", {"a": ""}, None),
        (r"a\1", "b.", {r"a\1": r"x\2", "b": "no"}, r"x\2;b."),
        ("a ; c", "", {"b": "no"}, "a ; c"),
    ],
)
def test_ids_of_a_list_are_taken_for_others_all_at_once(
    texts, first: str, second: str, values: dict[str, str], expected: str | None
):
    head = "request_id,agency_id,received_on,First,Second\n"
    recipe = Recipe(lists={"topic_ids": ("First", "Second")}, values={"topic_ids": values})
    row = f"R1,A1,2024-01-01,{first},{second}\n"
    assert texts("requests", head + row, recipe)["topic_ids"] == [expected]


def test_a_constant_fills_a_missing_column_and_the_blanks_of_one_that_is_there(texts):
    file = "agency_id,agency_name,agency_type\nA1,Elm PD,\nA2,Oak PD,tribal\n"
    filled = texts(
        "agencies", file, Recipe(constants={"state": "TX", "agency_type": "municipal"})
    )
    assert filled["state"] == ["TX", "TX"]
    assert filled["agency_type"] == ["municipal", "tribal"]


def test_a_text_is_taken_for_another_and_a_cell_typed_anew(texts):
    file = AGENCIES + "A1,Elm PD,Tex\nA2,Oak PD,n/a\nA3,,TX\n"
    recipe = Recipe(
        values={"state": {"Tex": "TX", "n/a": ""}}, repairs={4: {"agency_name": "Ash PD"}}
    )
    changed = texts("agencies", file, recipe)
    assert changed["state"] == ["TX", None, "TX"]
    assert changed["agency_name"] == ["Elm PD", "Oak PD", "Ash PD"]
    assert changed["row"] == [2, 3, 4]


def test_a_heading_left_out_is_no_column():
    headings = ("agency_id", "agency_name", "state", "city")
    recipe = Recipe(headings={"city": LEFT_OUT})
    matching = match_headings(headings, DATASETS["agencies"], recipe)
    assert ("city" in matching.columns, matching.left_out) == (False, ("city",))


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        (Recipe(headings={"Nme": "agency_name"}), "no heading 'Nme'"),
        (Recipe(city_state="Place"), "no heading 'Place'"),
        (Recipe(lists={"topic_ids": ("First",)}), "no heading 'First'"),
        (Recipe(headings={"state": "color"}), "no column 'color'"),
        (Recipe(constants={"color": "red"}), "no column 'color'"),
        (Recipe(values={"color": {"red": "r"}}), "no column 'color'"),
        (Recipe(headings={"state": LEFT_OUT}), "needs the column state"),
    ],
)
def test_a_recipe_that_does_not_fit_the_file_is_refused(recipe: Recipe, said: str):
    headings = ("agency_id", "agency_name", "state")
    with pytest.raises(HeadingsError, match=said):
        match_headings(headings, DATASETS["agencies"], recipe)


@pytest.fixture
def filled(tmp_path):
    store = new_store(tmp_path / "cri.duckdb")
    load_as(store, "agencies", AGENCIES + "A1,Elm PD,TX\n")
    yield store
    store.close()


def load_as(store, dataset: str, text: str, recipe: Recipe | None = None) -> ImportResult:
    return load(
        store,
        dataset,
        SourceFile.from_bytes("a.csv", text.encode()),
        recipe or Recipe(),
        "a test",
        quietly,
    )


@pytest.mark.long
@pytest.mark.parametrize(("order", "day"), [("mdy", "2024-02-01"), ("dmy", "2024-01-02")])
def test_an_order_that_was_decided_settles_dates_that_prove_none(filled, order, day):
    recipe = Recipe(date_orders={"received_on": order})
    text = REQUESTS + "R1,A1,2/1/2024,training\n"
    without = preview(
        filled, "requests", SourceFile.from_bytes("r.csv", text.encode()), Recipe(), quietly
    )
    assert [problem[3] for problem in problems(without)] == ["ambiguous_date"]
    decided = preview(
        filled, "requests", SourceFile.from_bytes("r.csv", text.encode()), recipe, quietly
    )
    assert problems(decided) == []
    assert str(decided.checked.new.received_on[0])[:10] == day


@pytest.mark.long
def test_blanks_erase_only_where_the_recipe_says_so(filled):
    load_as(
        filled, "agencies", "agency_id,agency_name,state,city,zip\nA1,Elm PD,TX,Elm,75201\n"
    )
    blank = "agency_id,agency_name,state,city,zip\nA1,Elm PD,TX,,soon\n"
    assert counts(load_as(filled, "agencies", blank))[3] == 1
    erased = load_as(filled, "agencies", blank, Recipe(blanks_erase=True))
    assert counts(erased)[2] == 1
    differences = erased.checked.differences.astype(object)
    assert differences.where(differences.notna(), None).to_dict("records") == [
        {"row": 2, "record_id": "A1", "column": "city", "before": "Elm", "after": None}
    ]
    kept = stored(filled, "agencies", "A1")
    # What is not understood is no blank.
    assert (kept["city"], kept["zip"]) == (None, "75201")


@pytest.mark.long
def test_all_or_nothing_keeps_the_good_rows_out_with_the_bad(filled):
    text = AGENCIES + "A2,Oak PD,OH\nA3,,OH\n"
    refused = load_as(filled, "agencies", text, Recipe(all_or_nothing=True))
    assert (refused.upload_id, refused.checked.counts.rejected) == (None, 1)
    taken = load_as(
        filled, "agencies", AGENCIES + "A2,Oak PD,OH\n", Recipe(all_or_nothing=True)
    )
    assert taken.upload_id is not None
