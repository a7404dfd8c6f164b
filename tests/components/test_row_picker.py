"""The key of a list to choose from: steady, but never so that a choice moves on."""

from streamlit.testing.v1 import AppTest

FIRST, SECOND = ["A1", "A2"], ["B1", "B2"]


def key_of(opened: AppTest, ids: list[str]) -> str:
    """The key of a list that offers these rows, in the next run of a visit."""
    opened.session_state["ids"] = ids
    opened.run()
    assert not opened.exception
    return opened.text[0].value


def visit() -> AppTest:
    def page() -> None:
        import streamlit as st  # noqa: PLC0415

        from cri_ui.components import row_picker  # noqa: PLC0415

        rows = row_picker.checksum(st.session_state["ids"])
        st.text(row_picker.steady_key("list", rows))

    return AppTest.from_function(page)


def choice(place: int) -> dict:
    return {"selection": {"rows": [place], "columns": [], "cells": []}}


def test_with_nothing_chosen_other_rows_take_the_same_place() -> None:
    opened = visit()
    key = key_of(opened, FIRST)
    opened.session_state[key] = {"selection": {"rows": [], "columns": [], "cells": []}}
    assert key_of(opened, SECOND) == key


def test_what_is_chosen_stays_while_the_rows_do() -> None:
    opened = visit()
    key = key_of(opened, FIRST)
    opened.session_state[key] = choice(1)
    assert key_of(opened, FIRST) == key


def test_what_is_chosen_is_dropped_when_the_rows_change_and_never_comes_back() -> None:
    opened = visit()
    key = key_of(opened, FIRST)
    opened.session_state[key] = choice(1)
    other = key_of(opened, SECOND)
    assert other != key
    assert key_of(opened, FIRST) == other


def test_a_point_of_a_map_is_a_choice_too() -> None:
    opened = visit()
    key = key_of(opened, FIRST)
    opened.session_state[key] = {
        "selection": {"indices": {"engagements": [0]}, "objects": {"engagements": [{}]}}
    }
    assert key_of(opened, SECOND) != key
