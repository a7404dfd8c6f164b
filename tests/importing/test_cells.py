"""Cells of a column: the quick look at first and last bytes takes nothing for plain."""

import pyarrow as pa
import pytest

from cri_data.importing.cells import cell_texts

CELLS = [
    ("plain", "plain"),
    ("", None),
    (" ", None),
    ("\u00a0", None),
    (" before", "before"),
    ("behind\t", "behind"),
    ("\u00a0hard\u00a0", "hard"),
    ("\u3000wide\u3000", "wide"),
    ("é", "é"),
    ("caf\u00e9", "caf\u00e9"),
    ("'=1+1", "=1+1"),
    ("'tis", "'tis"),
    (" '+1 ", "+1"),
    ("\x7f", "\x7f"),
]


def column(*pieces: list[str]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(piece, pa.string()) for piece in pieces], pa.string())


@pytest.mark.parametrize(("cell", "text"), CELLS)
def test_one_odd_cell_among_plain_ones_is_understood(cell: str, text: str | None):
    for cells in (["a", cell, "b"], [cell, "a"], ["a", cell]):
        expected = [text if one is cell else one for one in cells]
        assert cell_texts(column(cells)).to_pylist() == expected


def test_each_piece_of_a_column_is_looked_at_by_itself():
    cells = column(["a", "b"], [], [" c ", ""], ["'=d"])
    assert cell_texts(cells).to_pylist() == ["a", "b", "c", None, "=d"]


def test_a_slice_is_looked_at_where_it_lies():
    whole = column([" before", "a", "b", "behind "])
    assert cell_texts(whole.slice(1, 2)).to_pylist() == ["a", "b"]
    assert cell_texts(whole.slice(2)).to_pylist() == ["b", "behind"]


def test_nothing_and_nulls_stay_what_they_are():
    assert cell_texts(pa.chunked_array([], pa.string())).to_pylist() == []
    assert cell_texts(column([None, "a", " "])).to_pylist() == [None, "a", None]
