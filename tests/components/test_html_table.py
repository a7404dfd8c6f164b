"""Tables of HTML: text is text, numbers stand at the right, a keyboard reaches them."""

import pandas as pd
import pytest
import streamlit as st

from cri_ui.components import html_table
from tests.support.tables import tables_in

HOSTILE = "<img src=x onerror=hit()> & **b** [x](http://y) 'a' \"b\""


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn in a test, as HTML."""
    made: list[str] = []
    monkeypatch.setattr(st, "html", made.append)
    return made


def test_what_a_cell_a_head_and_a_name_hold_is_text(drawn: list[str]) -> None:
    html_table.draw(pd.DataFrame({HOSTILE: [HOSTILE], "Rows": ["1"]}), HOSTILE)
    html_table.draw_pairs({HOSTILE: HOSTILE}, HOSTILE)
    assert "<img" not in "".join(drawn)
    (table,) = tables_in(drawn)
    assert list(table) == [HOSTILE, "Rows"]
    assert table.iloc[0].tolist() == [HOSTILE, "1"]


@pytest.mark.parametrize(
    ("cells", "is_number"),
    [
        (["1", "2,345", "-0.5"], True),
        (["45.7%", "–"], True),
        (["n < 5", "12"], True),
        (["hidden", "12"], True),
        (["hidden", "–"], False),
        (["2024-01-31"], False),
        (["A1", "2"], False),
        ([], False),
    ],
)
def test_columns_of_numbers_stand_at_the_right(
    drawn: list[str], cells: list[str], is_number: bool
) -> None:
    html_table.draw(pd.DataFrame({"Requests": cells}, dtype=object), "Requests")
    assert drawn[0].count('class="number"') == (len(cells) + 1 if is_number else 0)


def test_a_keyboard_reaches_a_table_and_a_screen_reader_names_it(
    drawn: list[str],
) -> None:
    html_table.draw(pd.DataFrame({"Term": ["Reach"]}), "Terms & meanings")
    html_table.draw_pairs({"Term": "Reach"}, "Terms & meanings")
    named = 'role="region" aria-label="Terms &amp; meanings" tabindex="0"'
    assert [named in html for html in drawn] == [True, True]
