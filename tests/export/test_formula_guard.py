"""The guard against formulas: on, off, and never on what is harmless."""

import re

import pyarrow as pa
import pytest

from cri_data.export.formula_guard import GUARDED, exact, guarded
from cri_data.importing.cells import cell_texts


def read(cell: str) -> str | None:
    """What an upload takes the cell for."""
    return cell_texts(pa.chunked_array([pa.array([cell], pa.string())])).to_pylist()[0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", *"＝＋－＠", "\t", "\r", "'"])
def test_what_a_spreadsheet_would_run_is_guarded(start: str):
    assert guarded(f"{start}1") == f"'{start}1"
    assert re.match(GUARDED, f"'{start}1\n2").group(1) == f"{start}1\n2"


@pytest.mark.parametrize("text", ["", "a", "1", " =1", "a=1", '"=1"', "\n=1", "é", "’"])
def test_what_is_harmless_is_left(text: str):
    assert guarded(text) == text == exact(text)
    assert re.match(GUARDED, text) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1", "=1"),
        ("-5", "-5"),
        ("'", "'"),
        ("'Aina", "'Aina"),
        ("'=1", "''=1"),
        ("''", "'''"),
        ("''=1", "'''=1"),
    ],
)
def test_exact_touches_only_what_looks_guarded(text: str, written: str):
    assert exact(text) == written
    assert read(written) == text


@pytest.mark.parametrize(
    "text",
    ["=1", "'=1", "''=1", "'", "''", "'Aina", "-5", "+a\nb", "@x", "a", "'=a\r\nb", "= 1"],
)
@pytest.mark.parametrize("write", [guarded, exact])
def test_what_is_written_is_read_back(write, text: str):
    assert read(write(text)) == text


@pytest.mark.parametrize("cell", ["", " ", "\t\r\n", "\xa0\u3000"])
def test_blank_cells_are_null(cell: str):
    assert read(cell) is None
