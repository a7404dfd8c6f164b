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


def test_they_are_blank_in_columns_of_every_kind(store):
    rows = [
        f"Z{n},Zed,TX,{word},{word},{word},{word},{word}\n" for n, word in enumerate(WORDS)
    ]
    done = loaded(store, "agencies", AGENCIES + "".join(rows))
    assert problems(done) == []
    optional = AGENCIES.strip().split(",")[3:]
    for n in range(len(WORDS)):
        kept = stored(store, "agencies", f"Z{n}")
        assert [kept[name] for name in optional] == [None] * 5
    # Each word of each column is told with its number.
    told = [note.partition(" means")[0].partition(": ") for note in done.checked.notes]
    assert [name for name, _, _ in told] == [
        *("agency_type", "city", "zip", "sworn_officers", "sworn_as_of_on")
    ]
    for _, _, words in told:
        assert sorted(words.split(", ")) == sorted(f"'{word}' (1 row)" for word in WORDS)


@pytest.mark.parametrize("column", ["agency_id", "agency_name", "state"])
def test_they_are_no_id_no_name_and_no_state(store, column: str):
    rows = [
        {"agency_id": f"Z{n}", "agency_name": "Zed", "state": "TX"} | {column: word}
        for n, word in enumerate(WORDS)
    ]
    text = "".join(",".join(row.values()) + "\n" for row in rows)
    looked = looked_at(store, "agencies", "agency_id,agency_name,state\n" + text)
    assert problems(looked) == [
        (row, column, "", "required_missing", "error") for row in range(2, 2 + len(WORDS))
    ]


def test_they_are_no_topic_and_no_partner(store):
    words = ["NA", "N/A", "--"]
    rows = [f"N{n},R1,P1,{word}\n" for n, word in enumerate(words)]
    head = "engagement_id,request_id,lead_partner_id,topic_id\n"
    assert problems(loaded(store, "engagements", head + "".join(rows))) == []
    for n in range(len(words)):
        assert stored(store, "engagements", f"N{n}")["topic_id"] is None
    rows = [f"N{n},A1,2024-01-02,{word}\n" for n, word in enumerate(words)]
    head = "request_id,agency_id,received_on,topic_ids\n"
    looked = looked_at(store, "requests", head + "".join(rows))
    assert [problem[3] for problem in problems(looked)] == ["required_missing"] * len(words)


def test_they_are_no_id_where_a_program_protected_them(store):
    cells = ["'NA", '"=""NULL"""', "\N{ZERO WIDTH SPACE}None"]
    rows = [f"{cell},Zed,TX\n" for cell in cells]
    looked = looked_at(store, "agencies", "agency_id,agency_name,state\n" + "".join(rows))
    assert problems(looked) == [
        (row, "agency_id", "", "required_missing", "error") for row in (2, 3, 4)
    ]
    rows = [f"N{n},R1,P1,{cell}\n" for n, cell in enumerate(cells)]
    head = "engagement_id,request_id,lead_partner_id,topic_id\n"
    done = loaded(store, "engagements", head + "".join(rows))
    assert [stored(store, "engagements", f"N{n}")["topic_id"] for n in range(3)] == [
        None
    ] * 3
    (note,) = done.checked.notes
    assert note.startswith("topic_id: '")


def test_words_that_a_text_may_mean_are_only_blank_elsewhere(store):
    words = ["unknown", "TBD", "Not reported", "?"]
    rows = [f"Z{n},Zed,TX,{word},,{word},{word},{word}\n" for n, word in enumerate(words)]
    assert problems(loaded(store, "agencies", AGENCIES + "".join(rows))) == []
    for n, word in enumerate(words):
        kept = stored(store, "agencies", f"Z{n}")
        assert (kept["city"], kept["sworn_officers"], kept["zip"]) == (word, None, None)
    rows = [f"Y{n},Zulu,TX,{word}\n" for n, word in enumerate(words)]
    head = "agency_id,agency_name,state,agency_type\n"
    found = problems(looked_at(store, "agencies", head + "".join(rows)))
    assert [problem[3] for problem in found] == ["unknown_code"] * len(words)


@pytest.mark.long
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
