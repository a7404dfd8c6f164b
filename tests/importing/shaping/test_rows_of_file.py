"""Rows of a reshaped file: each is read, rejected, or left out, and problems name it."""

import csv
import io

import pytest

from cri_data.importing.mapping.accounts import account_of
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import ImportResult, load
from cri_data.model.problem_rules import Rule, Severity
from cri_data.reading import Reason
from cri_data.store.store import Store
from tests.support.small_store import small_store
from tests.support.uploads import contents, counts, problems, quietly, stored


@pytest.fixture
def store():
    store = small_store()
    yield store
    store.close()


# The headings of these files name no wave.
FOLLOWUP = Recipe(waves={"": "followup"})


def load_text(store: Store, text: str, recipe: Recipe = FOLLOWUP) -> ImportResult:
    source = SourceFile.from_bytes("o.csv", text.encode())
    return load(store, "outcomes", source, recipe, "Jo", quietly)


def said(done: ImportResult) -> list[str]:
    return list(done.checked.problems["message"])


def rejected(done: ImportResult) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.rejects.decode("utf-8-sig"))))


def accounted(done: ImportResult, read: int, rejected_rows: int, left_out: int) -> None:
    """The rows of the file: read without an error, rejected, and left out."""
    account = account_of(done.prepared)
    assert done.checked.counts.rejected_rows == rejected_rows == len(rejected(done))
    assert account.read - rejected_rows == read
    assert sum(part.rows for part in account.left_out) == left_out
    assert account.rows == read + rejected_rows + left_out


WIDE = (
    "engagement_id,Training rating,Tactics test,Comments\n"
    "E1,4.4,71,good\nE2,,NA,none\nE3,3,abc,\nE9,4,50,\nE4,many,,\n"
)


def test_problems_of_a_wide_file_name_its_rows_and_headings(store):
    done = load_text(store, WIDE)
    assert counts(done) == (7, 5, 0, 0, 2, 2)
    assert problems(done) == [
        (4, "followup_value", "abc", "not_a_number", "warning"),
        (5, "engagement_id", "E9", "unknown_reference", "error"),
        (6, "followup_value", "many", "not_a_number", "warning"),
    ]
    assert said(done)[0].startswith("In the column 'Tactics test': ")
    assert said(done)[2].startswith("In the column 'Training rating': ")
    (row,) = rejected(done)
    assert list(row) == [*WIDE.splitlines()[0].split(","), "row", "problems"]
    assert [*row.values()][:5] == ["E9", "4", "50", "", "5"]
    accounted(done, read=3, rejected_rows=1, left_out=1)
    (none,) = account_of(done.prepared).left_out
    assert (none.reason, none.first_row, none.rows) == (Reason.NO_VALUE, 3, 1)


LONG = (
    "engagement_id,metric_id,Wave,Score,Date\n"
    "E1,tactics-test,Pre,50,2024-01-05\n"
    "E1,tactics-test,pretest,52,2024-01-06\n"
    "E1,Tactics test score,Post,60,2024-03-05\n"
    "E2,tactics-test,Pre,50,2024-01-05\n"
    "E2,tactics-test,Post,60,2024-01-04\n"
    "E3,tactics-test,midpoint,55,2024-01-04\n"
    "E4,tactics-test,,55,2024-01-04\n"
    "E4,training-rating,Post,,2024-01-04\n"
    "E9,training-rating,Pre,2,\n"
    "E9,training-rating,Post,3,\n"
    "E5,TACTICS-TEST,Pre,51,\n"
    "E5,tactics-test,Post,x,\n"
)


def test_problems_of_a_long_file_name_its_rows(store):
    done = load_text(store, LONG)
    assert problems(done) == [
        (2, "", "E1, tactics-test", "wave_repeated", "error"),
        (3, "", "E1, tactics-test", "wave_repeated", "error"),
        (4, "", "E1, tactics-test", "wave_repeated", "error"),
        (5, "", "", "rejected_with", "error"),
        (6, "followup_on", "2024-01-04", "dates_out_of_order", "error"),
        (7, "Wave", "midpoint", "wave_unknown", "error"),
        (8, "Wave", "", "wave_unknown", "error"),
        (10, "engagement_id", "E9", "unknown_reference", "error"),
        (11, "engagement_id", "E9", "unknown_reference", "error"),
        (13, "followup_value", "x", "not_a_number", "warning"),
    ]
    both = "Rows 2 and 3 are both the baseline of one outcome (E1, tactics-test). "
    assert all(text.startswith(both) for text in said(done)[:3])
    assert "row 6" in said(done)[3]
    assert said(done)[4].startswith("In the column 'Date': ")
    # Three rows that are no outcome each, two without a known wave, two outcomes rejected.
    assert counts(done) == (8, 1, 0, 0, 7, 1)
    accounted(done, read=2, rejected_rows=9, left_out=1)
    assert stored(store, "outcomes", "E5:tactics-test")["baseline_value"] == 51


@pytest.mark.long
@pytest.mark.parametrize(
    ("recipe", "rows"),
    [
        (Recipe(left_out=(3,)), {5, 6, 7, 8, 10, 11}),
        (Recipe(repairs={3: {"Wave": "After"}}, left_out=(4,)), {5, 6, 7, 8, 10, 11}),
        (Recipe(waves={"midpoint": "followup"}), {2, 3, 4, 5, 6, 8, 10, 11}),
        (Recipe(values={"engagement_id": {"E9": "E4"}}), {2, 3, 4, 5, 6, 7, 8}),
    ],
)
def test_choices_about_rows_and_words_of_the_file(store, recipe, rows):
    found = load_text(store, LONG, recipe).checked.problems
    assert set(found.loc[found["severity"] == Severity.ERROR, "row"]) == rows


def test_rows_that_share_an_engagement_and_metric_are_named(store):
    text = "engagement_id,Training rating,Tactics test\nE1,4,50\nE1,5,\nE1,4,\n"
    done = load_text(store, text)
    found = {(row, rule) for row, _, _, rule, _ in problems(done)}
    assert found == {(2, "key_repeated"), (3, "key_repeated"), (4, "key_repeated")}
    assert said(done)[0].startswith("Rows 2, 3, 4 have the same engagement and metric")
    assert counts(done) == (4, 1, 0, 0, 3, 0)


WAVES = (
    "engagement_id,metric_id,Wave,Value,Date\nE1,tactics-test,Pre,50,2024-01-01\n"
    "E1,tactics-test,Post,60,2024-03-01\nE2,training-rating,Post,4,\n"
)


@pytest.mark.long
def test_the_same_file_again_changes_nothing(store):
    assert counts(load_text(store, WAVES)) == (2, 2, 0, 0, 0, 0)
    before = stored(store, "outcomes", "E1:tactics-test")
    assert (before["baseline_value"], before["followup_value"]) == (50, 60)
    assert str(before["followup_on"]) == "2024-03-01"
    assert counts(load_text(store, WAVES)) == (2, 0, 0, 2, 0, 0)
    # The waves may come in two files, and the second completes the first.
    first = WAVES.splitlines()[0] + "\nE2,training-rating,Pre,3,\n"
    assert counts(load_text(store, first)) == (1, 0, 1, 0, 0, 0)
    pair = stored(store, "outcomes", "E2:training-rating")
    assert (pair["baseline_value"], pair["followup_value"]) == (3, 4)


def test_corrected_rejected_rows_load(store):
    done = load_text(store, WIDE)
    again = load_text(store, done.rejects.decode("utf-8-sig").replace("E9", "E5"))
    assert counts(again) == (2, 2, 0, 0, 0, 0)


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One is stored, under an ID of the office.
        ("engagement_id,Complaints in a year,Days lost\nE2,7,3\n", (2, 1, 1, 0, 0)),
        # Three, and two, are stored.
        ("engagement_id,complaints,officer-morale\nE1,7,3\n", (2, 1, 0, 0, 1)),
        ("engagement_id,complaints,officer-morale\nE5,7,3\n", (2, 1, 0, 0, 1)),
        # In rows, too.
        (
            "engagement_id,metric_id,Post\nE2,complaints,7\nE5,complaints,7\n",
            (2, 0, 1, 0, 1),
        ),
        # An engagement in another spelling.
        ("engagement_id,metric_id,Wave,Value\ne2,complaints,Post,7\n", (1, 0, 1, 0, 0)),
    ],
)
def test_the_only_stored_outcome_of_an_engagement_and_metric_is_meant(
    store, text, expected
):
    text = text.replace("Days lost\n", "Days lost to injury\n")
    before = contents(store)["outcomes"]
    done = load_text(store, text)
    assert counts(done)[:5] == expected
    assert len(contents(store)["outcomes"]) == len(before) + expected[1]
    if expected[2]:
        assert stored(store, "outcomes", "O6")["followup_value"] == 7
        assert stored(store, "outcomes", "O6")["baseline_value"] == 5
    if expected[4]:
        rules = {rule for _, _, _, rule, severity in problems(done) if severity == "error"}
        assert rules == {Rule.OUTCOME_NOT_CERTAIN}
        assert "O1, O2, O3" in said(done)[0] or "O4, O5" in said(done)[0]


def test_an_id_that_is_another_outcomes_is_not_taken(store):
    wide = "engagement_id,complaints,tactics-test\nE1,7,50\n"
    load_text(store, wide)
    moved = "outcome_id,engagement_id,metric_id\nE1:complaints,E4,complaints\n"
    load_text(store, moved)
    done = load_text(store, wide)
    assert counts(done)[:5] == (2, 0, 0, 1, 1)
    assert "'E1:complaints' is stored with another engagement" in said(done)[0]
