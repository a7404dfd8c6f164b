"""How columns of answers are called and written for people."""

import numpy as np
import pandas as pd
import pytest

from cri_data.model.roles import STAFF
from cri_data.store.query_files import questions
from cri_ui.components.columns import HIDDEN, as_text, formats, label, shown
from tests.support.stores import new_store


@pytest.mark.parametrize(
    ("name", "cell", "text"),
    [
        ("requests", 1234, "1,234"),
        ("requests", np.int64(1234), "1,234"),
        ("mean_change", 1234.56, "1,234.6"),
        ("share_improved", 0.4567, "45.7%"),
        ("share_improved", None, "–"),
        ("received_on", pd.Timestamp("2024-01-31"), "Jan 31, 2024"),
        ("received_on", pd.NaT, "–"),
        ("month_on", pd.Timestamp("2024-01-01"), "Jan 2024"),
        (
            "uploaded_at",
            pd.Timestamp("2024-01-31 14:05", tz="UTC"),
            "Jan 31, 2024, 9:05 AM EST",
        ),
        ("agency_name", "", ""),
        ("agency_name", "*Elm*\n\u202e <b>PD</b>", "*Elm* <b>PD</b>"),
        ("is_suppressed_here", True, "yes"),
    ],
)
def test_a_cell_is_written_by_what_it_is(name: str, cell: object, text: str) -> None:
    table = pd.DataFrame({name: [cell]})
    assert as_text(table).iloc[0, 0] == text


def test_what_is_for_the_machine_is_not_shown() -> None:
    table = pd.DataFrame({"topic_id": ["a"], "topic_name": ["A"], "band_order": [1]})
    assert list(shown(table)) == ["topic_name"]
    assert list(as_text(table)) == ["Topic"]


def test_a_suppressed_row_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRI_SUPPRESS_BELOW", "7")
    table = pd.DataFrame({"n": [np.nan, 9], "is_suppressed": [True, False]})
    assert list(as_text(table)["Pairs measured"]) == ["n < 7", "9.0"]


def test_formats_go_by_name_and_kind() -> None:
    table = pd.DataFrame(
        {
            "received_on": pd.to_datetime(["2024-01-31"]),
            "uploaded_at": pd.to_datetime(["2024-01-31"], utc=True),
            "share_improved": [0.5],
            "mean_change": [0.5],
            "requests": [5],
            "agency_name": ["Elm"],
        }
    )
    kinds = {name: made["type_config"]["type"] for name, made in formats(table).items()}
    assert kinds == {
        "received_on": "date",
        "uploaded_at": "datetime",
        "share_improved": "number",
        "mean_change": "number",
        "requests": "number",
        "agency_name": "text",
    }


def test_a_grid_has_times_in_the_zone_of_the_office(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CRI_TIME_ZONE", "America/Denver")
    table = pd.DataFrame({"uploaded_at": pd.to_datetime(["2024-01-31"])})
    settings = formats(table)["uploaded_at"]["type_config"]
    assert (settings["format"], settings["timezone"]) == (
        "MMM D, YYYY, h:mm A z",
        "America/Denver",
    )


@pytest.fixture(scope="module")
def answered() -> set[str]:
    """Every column that some question answers with."""
    store = new_store()
    names = {
        name for question in questions() for name in store.ask(question, STAFF).columns
    }
    store.close()
    return names


@pytest.mark.long
def test_every_column_of_an_answer_has_a_name_for_people(answered: set[str]) -> None:
    assert len(answered) > 60
    for name in answered - HIDDEN:
        assert "_" not in label(name)
        assert label(name)[0].isupper() or label(name)[0].isdigit() or name == "n"


def test_nothing_is_hidden_that_no_answer_has(answered: set[str]) -> None:
    assert answered >= HIDDEN
