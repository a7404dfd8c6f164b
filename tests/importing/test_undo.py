"""Taking back the rest of an upload; what is kept and remembered of uploads."""

import threading

import pytest

from cri_data.importing.commit.stored_files import kept_file
from cri_data.importing.commit.undo import TouchedLater, UndoError, undo
from cri_data.importing.mapping.headings import HeadingsError
from cri_data.importing.mapping.saved_recipes import forget, saved_recipe
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import load
from cri_data.model.roles import STAFF
from tests.support.stores import new_store
from tests.support.uploads import AGENCIES, contents, loaded, quietly, stored


@pytest.fixture
def store(tmp_path):
    store = new_store(tmp_path / "cri.duckdb")
    yield store
    store.close()


def state(store, upload_id: str) -> str:
    uploads = store.ask("uploads_list", STAFF).set_index("upload_id")
    return uploads.state[upload_id]


@pytest.mark.long
def test_the_rest_is_undone_where_later_uploads_changed_some(store):
    loaded(store, "agencies", AGENCIES + "A1,Elm PD,TX\nA2,Oak PD,OH\n")
    before = contents(store)
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\nA2,Oak,OH\nA3,Ash,CA\n")
    loaded(store, "agencies", AGENCIES + "A1,Elm Town,TX\n")
    with pytest.raises(TouchedLater) as refused:
        undo(store, "U-000002", "Ann")
    assert refused.value.later == {"U-000003": 1}
    undo(store, "U-000002", "Ann", only_rest=True)
    assert [row[:2] for row in contents(store)["agencies"]] == [
        ("A1", "Elm Town"),
        ("A2", "Oak PD"),
    ]
    assert state(store, "U-000002") == "undone in part"
    # With the later one gone, what was left is undone too.
    undo(store, "U-000003", "Ann")
    undo(store, "U-000002", "Ann")
    assert contents(store) == before
    assert state(store, "U-000002") == "undone"


def test_where_nothing_is_left_to_undo_that_is_said(store):
    loaded(store, "agencies", AGENCIES + "A1,Elm PD,TX\n")
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\n")
    with pytest.raises(UndoError, match="Later uploads changed every record"):
        undo(store, "U-000001", "Ann", only_rest=True)


def test_the_file_and_its_rejected_rows_are_kept_as_they_came(store):
    text = "\ufeffagency_id;agency_name;state\r\nA1;Élm PD;TX\r\nA2;;OH\r\n"
    done = loaded(store, "agencies", text.encode("utf-16"))
    kept = kept_file(store, done.upload_id)
    assert kept.content == text.encode("utf-16")
    assert kept.rejected == done.rejects
    loaded(store, "agencies", AGENCIES + "A9,Ash PD,CA\n")
    assert kept_file(store, "U-000002").rejected is None
    assert kept_file(store, "U-000009").content is None


def test_a_file_over_the_limit_is_not_kept(store, monkeypatch):
    monkeypatch.setenv("CRI_KEEP_FILE_MB", "0")
    done = loaded(store, "agencies", AGENCIES + "A1,Elm PD,TX\nA2,,TX\n")
    kept = kept_file(store, done.upload_id)
    assert (kept.content, kept.rejected) == (None, None)


DECIDED = Recipe(headings={"Who": "agency_name"}, values={"state": {"Tex": "TX"}})


def decide(store, text: str, recipe: Recipe) -> None:
    load(
        store,
        "agencies",
        SourceFile.from_bytes("a.csv", text.encode()),
        recipe,
        "Ann",
        quietly,
    )


def test_what_was_decided_is_known_for_the_next_file_with_the_same_headings(store):
    decide(store, "agency_id,Who,state\nA1,Elm PD,Tex\n", DECIDED)
    assert stored(store, "agencies", "A1")["state"] == "TX"
    known = saved_recipe(store, "agencies", ("STATE", "who", "Agency ID"))
    assert known.decided_by == "Ann"
    assert known.recipe == Recipe(headings={"who": "agency_name"}, values=DECIDED.values)
    assert saved_recipe(store, "agencies", ("agency_id", "Who")) is None
    assert saved_recipe(store, "requests", ("agency_id", "Who", "state")) is None


def test_the_last_decision_counts_and_can_be_forgotten(store):
    decide(store, "agency_id,Who,state\nA1,Elm PD,Tex\n", DECIDED)
    other = Recipe(headings={"Who": "agency_name"}, constants={"city": "Elm"})
    decide(store, "agency_id,Who,state\nA2,Oak PD,OH\n", other)
    headings = ("agency_id", "Who", "state")
    assert saved_recipe(store, "agencies", headings).recipe == other
    forget(store, "agencies", headings, "Ann")
    assert saved_recipe(store, "agencies", headings) is None


def test_a_refused_file_decides_nothing(store):
    with pytest.raises(HeadingsError):
        decide(store, "agency_id,Who,state\nA1,Elm PD,Tex\n", Recipe())
    assert saved_recipe(store, "agencies", ("agency_id", "Who", "state")) is None


def test_of_two_who_undo_the_same_at_once_one_is_told():
    store = new_store()
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\n")
    answers: list[str] = []

    def undoing(who: str) -> None:
        try:
            undo(store, "U-000001", who)
            answers.append("done")
        except UndoError as error:
            answers.append(str(error))

    threads = [threading.Thread(target=undoing, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["U-000001 was already undone. Nothing was changed.", "done"]
    assert contents(store)["agencies"] == []
    with store.cursor() as cursor:
        entries = cursor.execute("select count(*) from audit where action = 'undone'")
        assert entries.fetchone() == (1,)
    store.close()
