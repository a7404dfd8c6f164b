"""Rows that a person leaves out: all but one of a repeated id, and any that is rejected."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from cri_data.importing.mapping.excluded_rows import (
    RepeatedId,
    recipe_excluding,
    repeated_ids,
)
from cri_data.importing.mapping.saved_recipes import saved_recipe
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe, recipe_from_json
from cri_data.importing.service import load, preview
from cri_data.store.store import Store
from cri_ui.session import session
from tests.support.stores import new_store
from tests.support.tables import tables_of
from tests.support.uploads import AGENCIES, contents, counts, problems, quietly

Opened = Callable[..., AppTest]

FILE = (AGENCIES + "A1,Elm,TX\nA2,Oak,OH\nA1,Elm City,TX\nA3,Fir,XX\n").encode()


@pytest.fixture
def store() -> Store:
    return new_store()


def looked(store: Store, recipe: Recipe):
    return preview(store, "agencies", SourceFile.from_bytes("a.csv", FILE), recipe, quietly)


def test_of_a_repeated_id_one_row_is_kept_and_the_other_is_told_as_left_out(
    store: Store,
) -> None:
    repeated = looked(store, Recipe())
    assert counts(repeated) == (4, 1, 0, 0, 3, 0)
    assert repeated_ids(repeated.checked.problems) == [RepeatedId("A1", (2, 4))]
    kept = looked(store, recipe_excluding(Recipe(), [2]))
    assert counts(kept) == (3, 2, 0, 0, 1, 1)
    assert problems(kept) == [
        (2, "", "A1", "row_left_out", "warning"),
        (5, "state", "XX", "unknown_code", "error"),
    ]
    assert kept.checked.new["agency_name"].tolist() == ["Oak", "Elm City"]
    assert b"Elm," not in kept.rejects


def test_a_row_typed_over_is_left_out_all_the_same(store: Store) -> None:
    recipe = Recipe(repairs={5: {"state": "TX"}}, left_out=(5, 2, 99))
    assert counts(looked(store, recipe)) == (2, 2, 0, 0, 0, 2)


def test_what_is_left_out_is_kept_with_the_file_and_not_for_the_next(
    store: Store,
) -> None:
    recipe = Recipe(headings={"state": "state"}, left_out=(2, 5))
    assert recipe_from_json(recipe.to_json()) == recipe
    done = load(
        store, "agencies", SourceFile.from_bytes("a.csv", FILE), recipe, "a test", quietly
    )
    assert [row[1] for row in contents(store)["agencies"]] == ["Elm City", "Oak"]
    assert done.prepared.file.row_count == 2
    headings = ("agency_id", "agency_name", "state")
    assert saved_recipe(store, "agencies", headings).recipe.left_out == ()


def counted(page: AppTest) -> list[str]:
    assert not page.exception
    return [metric.value for metric in page.metric]


def button(page: AppTest, words: str):
    return next(button for button in page.button if words in button.label)


@pytest.mark.long
def test_one_click_keeps_a_row_and_leaves_the_others_out(empty_app: Opened) -> None:
    page = empty_app("pages/data/upload.py")
    page.file_uploader[0].upload("a.csv", FILE).run()
    assert counted(page) == ["4", "1", "0", "0", "3"]
    button(page, "Keep row 4").click().run()
    assert counted(page) == ["3", "2", "0", "0", "1"]
    button(page, "Exclude row 5").click().run()
    assert counted(page) == ["2", "2", "0", "0", "0"]
    (kinds,) = [table for table in tables_of(page) if "Rows" in table]
    said = "You excluded this row."
    assert [problem.split("\n")[1] for problem in kinds["Problem"]] == [said] * 2
    button(page, "Restore 2 excluded rows").click().run()
    assert counted(page) == ["4", "1", "0", "0", "3"]
    button(page, "Keep row 2").click().run()
    button(page, "Commit 2 rows").click().run()
    names = [row[1] for row in contents(session.store())["agencies"]]
    assert names == ["Elm", "Oak"]


def test_a_file_of_which_all_rows_are_left_out_has_nothing_to_load(
    empty_app: Opened,
) -> None:
    page = empty_app("pages/data/upload.py")
    page.file_uploader[0].upload("a.csv", (AGENCIES + "A3,Fir,XX\n").encode()).run()
    button(page, "Exclude row 2").click().run()
    assert page.info[0].value.startswith("Every row of this file is excluded")
    assert not page.error
