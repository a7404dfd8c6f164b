"""What rows of one file do to each other, and what would come of all of them."""

import itertools

import pytest

from cri_data.importing.problems import problem_kinds
from tests.support.small_store import small_store
from tests.support.uploads import AGENCIES, REQUESTS, contents, counts, looked_at, problems

TOPICS = "topic_id,topic_name,maps_to,effective_from_on,effective_to_on\n"


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def rules(loading) -> list[tuple]:
    """(row, rule) of every problem."""
    return [(row, rule) for row, _, _, rule, _ in problems(loading)]


# The same key more than once


@pytest.mark.parametrize("second", ["Z,Zed,TX", "Z, Zed ,Texas"])
def test_rows_that_agree_count_once(store, second: str):
    loading = looked_at(store, "agencies", f"{AGENCIES}Z,Zed,TX\n{second}\nY,Wye,OH\n")
    assert problems(loading) == [(3, "agency_id", "Z", "row_repeated", "warning")]
    assert loading.checked.problems.message[0] == "Duplicate of row 2. No action needed."
    assert counts(loading) == (3, 2, 0, 1, 0, 1)
    assert list(loading.checked.new.agency_id) == ["Z", "Y"]


DISAGREEING = ("Z,Zed,TX", "Z,Zee,TX", "Z,Zed,TX", "Y,Wye,OH")


@pytest.mark.long
@pytest.mark.parametrize("order", sorted(set(itertools.permutations(DISAGREEING))))
def test_rows_that_disagree_are_all_rejected_in_any_order(store, order: tuple[str, ...]):
    loading = looked_at(store, "agencies", AGENCIES + "\n".join(order))
    rows = [place + 2 for place, line in enumerate(order) if line.startswith("Z")]
    assert problems(loading) == [
        (row, "agency_id", "Z", "key_repeated", "error") for row in rows
    ]
    listed = ", ".join(map(str, rows))
    message = f"Rows {listed} have the same agency_id but conflicting values."
    assert loading.checked.problems.message.str.startswith(message).all()
    assert counts(loading) == (4, 1, 0, 0, 3, 0)


def test_a_row_and_a_broken_row_of_the_same_key_do_not_meet(store):
    loading = looked_at(store, "agencies", f"{AGENCIES}Z,Zed\nZ,Zed,TX\n")
    assert rules(loading) == [(2, "too_few_cells")]
    assert counts(loading) == (2, 1, 0, 0, 1, 0)


def test_rows_that_agree_are_all_rejected_where_one_is(store):
    row = "Z,A1,2024-01-02,training,2024-01-01\n"
    text = f"{REQUESTS.strip()},decided_on\n{row}{row}"
    loading = looked_at(store, "requests", text)
    assert rules(loading) == [
        *((2, "dates_out_of_order"), (3, "dates_out_of_order"), (3, "row_repeated"))
    ]
    assert counts(loading) == (2, 0, 0, 0, 2, 1)


# Rows that refer to rows of their own file


def test_a_topic_may_map_to_one_further_down(store):
    loading = looked_at(store, "topics", f"{TOPICS}a,A,b,,\nb,B,c,,\nc,C,training,,\n")
    assert problems(loading) == []
    assert counts(loading) == (3, 3, 0, 0, 0, 0)


@pytest.mark.long
@pytest.mark.parametrize(
    ("last", "rule"),
    [
        ("c,C,magic,,", "unknown_reference"),
        ("c,,training,,", "required_missing"),
        ("c,C,training,2024-01-02,2024-01-01", "dates_out_of_order"),
        ("c,C,training", "too_few_cells"),
        ("c,C,training,,\nc,Sea,training,,", "key_repeated"),
    ],
)
def test_who_refers_to_a_rejected_row_is_rejected_in_turn(store, last: str, rule: str):
    loading = looked_at(store, "topics", f"{TOPICS}a,A,b,,\nb,B,c,,\n{last}\nd,D,d,,\n")
    found = rules(loading)
    assert [of for row, of in found if row < 4] == ["unknown_reference"] * 2
    assert {of for row, of in found if row >= 4} == {rule}
    assert list(loading.checked.new.topic_id) == ["d"]
    counts(loading)


def test_each_unknown_id_of_a_list_is_said(store):
    text = f"{REQUESTS}Z,A1,2024-01-01,magic;training;luck;magic\n"
    assert [
        value for _, _, value, _, _ in problems(looked_at(store, "requests", text))
    ] == [*("luck", "magic")]


# Everything that is wrong with a row, at once


def test_all_problems_of_a_row_are_found(store):
    text = (
        "request_id,agency_id,received_on,topic_ids,status,decided_on,closed_on\n"
        "Z1,A9,2024-01-02,magic,lost,2024-01-01,1/2/2024\n"
        ",A9,2024-01-02,training,received,2024-01-01,\n"
        "Z2,A1,2024-01-02,training,received,2024-01-03,\n"
    )
    loading = looked_at(store, "requests", text)
    assert problems(loading) == [
        (2, "agency_id", "A9", "unknown_reference", "error"),
        (2, "decided_on", "2024-01-01", "dates_out_of_order", "error"),
        (2, "topic_ids", "magic", "unknown_reference", "error"),
        (2, "closed_on", "1/2/2024", "ambiguous_date", "warning"),
        (2, "status", "lost", "unknown_code", "warning"),
        (3, "agency_id", "A9", "unknown_reference", "error"),
        (3, "decided_on", "2024-01-01", "dates_out_of_order", "error"),
        (3, "request_id", "", "required_missing", "error"),
    ]
    assert counts(loading) == (3, 1, 0, 0, 2, 2)


def test_equal_problems_are_put_together(store):
    text = "agency_id,agency_name,state,zip\n" + "".join(
        f"Z{n},Zed,{state},{zip_code}\n"
        for n, (state, zip_code) in enumerate(
            [("Mars", "1"), ("TX", "1"), ("Mars", ""), ("Io", "1")]
        )
    )
    kinds = problem_kinds(looked_at(store, "agencies", text).checked.problems)
    columns = ["severity", "column", "value", "rows", "first_row", "rule"]
    assert list(kinds[columns].itertuples(index=False, name=None)) == [
        ("error", "state", "Mars", 2, 2, "unknown_code"),
        ("error", "state", "Io", 1, 5, "unknown_code"),
        ("warning", "zip", "1", 3, 2, "not_a_zip"),
    ]


def test_a_long_value_is_shown_cut(store):
    for length, rule in ((2_000, "unknown_code"), (2_001, "too_long")):
        loading = looked_at(store, "agencies", f"{AGENCIES}Z,Zed,{'x' * length}\n")
        assert problems(loading) == [(2, "state", "x" * 200, rule, "error")]


# What would come of the file


def test_new_changed_unchanged_and_rejected_add_up(store):
    text = (
        f"{AGENCIES}A1,Alder PD,TX\nA2,Birch Sheriff,OH\nA3,,OH\n"
        "Z,Zed,TX\nZ,Zed,TX\n\nA4\nA5,Elm PD,CA\n"
    )
    loading = looked_at(store, "agencies", text)
    assert counts(loading) == (7, 1, 1, 3, 2, 1)
    assert rules(loading) == [
        *((4, "required_missing"), (6, "row_repeated"), (8, "too_few_cells"))
    ]
    differences = loading.checked.differences
    assert list(differences.itertuples(index=False, name=None)) == [
        (3, "A2", "state", "TX", "OH")
    ]
    assert list(loading.checked.new.agency_id) == ["Z"]


def test_each_changed_value_is_shown_before_and_after(store):
    text = (
        "request_id,agency_id,received_on,topic_ids,closed_on,source\n"
        "R1,A1,2024-01-10,tribal;training,,web\nR2,A1,2024-02-15,training,2024-03-01,\n"
    )
    differences = looked_at(store, "requests", text).checked.differences
    shown = differences.astype(object).where(differences.notna(), None)
    assert list(shown.itertuples(index=False, name=None)) == [
        (2, "R1", "source", None, "web"),
        (2, "R1", "topic_ids", "training;tribal", "tribal;training"),
        (3, "R2", "closed_on", None, "2024-03-01"),
    ]


def test_a_look_changes_nothing(store):
    before, version = contents(store), store.info().data_version
    loading = looked_at(store, "agencies", f"{AGENCIES}A1,Other,OH\nZ,Zed,TX\n")
    assert counts(loading) == (2, 1, 1, 0, 0, 0)
    assert loading.upload_id is None
    assert contents(store) == before
    assert store.info().data_version == version
    assert store.rows("upload/next_upload_id") == [("U-000001",)]
