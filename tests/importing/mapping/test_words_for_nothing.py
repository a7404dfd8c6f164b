"""Words for "no value": blank, told as a class, and no reason to erase what is stored."""

import pytest

from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import load
from tests.support.small_store import small_store
from tests.support.uploads import counts, loaded, looked_at, problems, quietly, stored

AGENCIES = (
    "agency_id,agency_name,state,city,agency_type,sworn_officers,sworn_as_of_on,zip\n"
)
WORDS = (
    *("NA", "N/A", "n/a", "NULL", "null", "None", "NaN", "-", "--", "<NA>", "nil"),
    *("(blank)", "\\N", "\N{EN DASH}"),
)


@pytest.fixture
def store():
    store = small_store()
    yield store
    store.close()


@pytest.mark.parametrize("word", WORDS)
def test_they_are_blank_in_columns_of_every_kind(store, word: str):
    row = f"Z1,Zed,TX,{word},{word},{word},{word},{word}\n"
    done = loaded(store, "agencies", AGENCIES + row)
    assert problems(done) == []
    kept = stored(store, "agencies", "Z1")
    optional = AGENCIES.strip().split(",")[3:]
    assert [kept[name] for name in optional] == [None] * 5
    assert [note.partition(" means")[0] for note in done.checked.notes] == [
        f"{name}: '{word}' (1 row)"
        for name in ("agency_type", "city", "zip", "sworn_officers", "sworn_as_of_on")
    ]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("column", ["agency_id", "agency_name", "state"])
def test_they_are_no_id_no_name_and_no_state(store, column: str, word: str):
    cells = {"agency_id": "Z1", "agency_name": "Zed", "state": "TX"} | {column: word}
    text = "agency_id,agency_name,state\n" + ",".join(cells.values()) + "\n"
    looked = looked_at(store, "agencies", text)
    assert problems(looked) == [(2, column, "", "required_missing", "error")]


@pytest.mark.parametrize("word", ["NA", "N/A", "--"])
def test_they_are_no_topic_and_no_partner(store, word: str):
    text = f"engagement_id,request_id,lead_partner_id,topic_id\nN1,R1,P1,{word}\n"
    assert problems(loaded(store, "engagements", text)) == []
    assert stored(store, "engagements", "N1")["topic_id"] is None
    text = f"request_id,agency_id,received_on,topic_ids\nN1,A1,2024-01-02,{word}\n"
    looked = looked_at(store, "requests", text)
    assert [problem[3] for problem in problems(looked)] == ["required_missing"]


@pytest.mark.parametrize("word", ["unknown", "TBD", "Not reported", "?"])
def test_words_that_a_text_may_mean_are_only_blank_elsewhere(store, word: str):
    row = f"Z1,Zed,TX,{word},,{word},{word},{word}\n"
    assert problems(loaded(store, "agencies", AGENCIES + row)) == []
    kept = stored(store, "agencies", "Z1")
    assert (kept["city"], kept["sworn_officers"], kept["zip"]) == (word, None, None)
    coded = f"agency_id,agency_name,state,agency_type\nZ2,Zulu,TX,{word}\n"
    found = problems(looked_at(store, "agencies", coded))
    assert [problem[3] for problem in found] == ["unknown_code"]


@pytest.mark.parametrize(
    ("column", "cell", "is_erased"),
    [
        ("city", "NA", False),
        ("city", "", True),
        ("agency_type", "n/a", False),
        ("agency_type", "", True),
        ("sworn_officers", "unknown", False),
        ("sworn_officers", "-", False),
        ("sworn_officers", " ", True),
    ],
)
def test_they_never_erase_what_is_stored(store, column: str, cell: str, is_erased: bool):
    before = stored(store, "agencies", "A1")[column]
    assert before is not None
    text = f"agency_id,agency_name,state,{column}\nA1,Alder PD,TX,{cell}\n"
    source = SourceFile.from_bytes("a.csv", text.encode())
    done = load(store, "agencies", source, Recipe(blanks_erase=True), "a test", quietly)
    assert stored(store, "agencies", "A1")[column] == (None if is_erased else before)
    assert counts(done)[2:4] == ((1, 0) if is_erased else (0, 1))


def test_a_person_may_give_such_a_word_a_meaning(store):
    text = "agency_id,agency_name,state,agency_type\nZ1,Zed,TX,NA\n"
    recipe = Recipe(values={"agency_type": {"NA": "special"}})
    source = SourceFile.from_bytes("a.csv", text.encode())
    load(store, "agencies", source, recipe, "a test", quietly)
    assert stored(store, "agencies", "Z1")["agency_type"] == "special"
