"""A file whose writing makes no sense costs no more than its length allows."""

import pytest

from cri_data.reading import UnreadableFile, read_any
from cri_data.reading.masking import CsvSyntax
from cri_data.reading.quote_repair import Effort, repaired_line
from cri_data.reading.records import records
from tests.support.stores import new_store
from tests.support.uploads import REQUESTS, counts, looked_at, problems

HEAD = "agency_id,agency_name,state\n"
ROWS = "A1,Aina,TX\nA2,Bora,TX\n"
COMMA = CsvSyntax(",")


def spent(text: str, width: int = 3) -> int:
    effort = Effort(len(text))
    before = effort.left
    assert list(records(text, COMMA, width, effort))
    return before - effort.left


@pytest.mark.parametrize("times", [501, 1_001, 20_001, 200_001])
def test_a_line_of_quotes_and_separators_costs_one_line_at_most(times: int):
    assert 1_000 < spent(HEAD + '",' * times) < 120_000


@pytest.mark.long
@pytest.mark.parametrize(
    "line", ['",' * 41, '"a",' * 60 + '"b', '"x"y,' * 500, "'\"," * 300, '" ",' * 99]
)
@pytest.mark.parametrize("times", [10, 100, 1_000])
def test_many_such_lines_cost_no_more_than_their_length(line: str, times: int):
    text = HEAD + f"{line}\n" * times
    # The last line may take what was left, and what it takes is not known before.
    assert spent(text) <= 150_000 + len(text) + 50_000


def test_twice_the_line_costs_no_more_than_twice_as_much():
    few, many = (spent(f'{HEAD}"a,"b",{"x," * times}"') for times in (2_000, 4_000))
    assert many < few * 2.5


def test_a_row_that_is_not_clear_is_told_and_the_others_are_read():
    file = read_any("a.csv", (HEAD + ROWS + '",' * 501 + "\n" + ROWS).encode())
    assert [(fault.row, fault.rule) for fault in file.faults] == [(4, "quotes_not_clear")]
    assert file.faults[0].message.endswith("one before and after the cell.")
    assert file.rows["row"].to_pylist() == [2, 3, 5, 6]


def test_one_row_that_is_not_clear_takes_nothing_from_the_next():
    line = 'A3,"Cora "the" city",TX\n'
    text = HEAD + ROWS + '",' * 501 + "\n" + line * 200
    file = read_any("a.csv", text.encode())
    assert file.rows.slice(2)["c1"].to_pylist() == ['Cora "the" city'] * 200


@pytest.mark.parametrize("quoted", [10, 60])
def test_a_wide_row_with_one_quote_too_many_is_still_mended(quoted: int):
    cells = ['"a, b"'] * quoted
    cells[quoted // 2] = '"a "b"'
    found = repaired_line(",".join(cells), ",", '"', quoted, Effort(0))
    assert found.is_clear
    assert found.cells == [
        'a "b' if place == quoted // 2 else "a, b" for place in range(quoted)
    ]


@pytest.mark.long
def test_a_file_of_nothing_but_broken_rows_is_given_up():
    with pytest.raises(UnreadableFile) as options:
        read_any("a.csv", (HEAD + 'A1,"x\n' * 60_000).encode())
    assert str(options.value).startswith("50,001 of the first 50,001 rows are broken")
    assert str(options.value).endswith("CSV UTF-8 again and load that.")


@pytest.mark.long
def test_many_broken_rows_among_many_more_good_ones_are_told_one_by_one():
    text = HEAD + ("A1,Aina,TX\n" * 5 + 'A1,"x\n') * 50_100
    assert len(read_any("a.csv", text.encode()).faults) == 50_100


@pytest.fixture(scope="module")
def store():
    store = new_store()
    yield store
    store.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("dataset", "head", "row", "column"),
    [
        ("requests", REQUESTS, "R1,A1,2020-01-01,{}", "topic_ids"),
        ("requests", REQUESTS, "R1,A1,{},training", "received_on"),
        ("agencies", HEAD, "A1,Aina,{}", "state"),
    ],
)
def test_no_text_that_must_be_understood_is_longer_than_values_are(
    store, dataset, head, row, column
):
    for cell in ("a;b;" * 501, "1/" * 1_001, "9" * 2_001):
        looked = looked_at(store, dataset, head + row.format(cell))
        rules = [(of, rule) for _, of, _, rule, _ in problems(looked) if of == column]
        assert rules == [(column, "too_long")]
        assert counts(looked)[4] == 1


def test_the_longest_list_is_a_list(store):
    looked = looked_at(store, "requests", f"{REQUESTS}R1,A1,2020-01-01,{'a;b;' * 500}")
    assert [p[2] for p in problems(looked) if p[1] == "topic_ids"] == ["a", "b"]
