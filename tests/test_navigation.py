"""The address without a page leads to the viewer's first page."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from cri_ui import navigation


@pytest.fixture
def switched(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where a page led, in place of going there."""
    pages: list[Path] = []

    def switch_page(page: Path, query_params: object) -> None:
        del query_params
        pages.append(page)

    monkeypatch.setattr(st, "switch_page", switch_page)
    return pages


def test_it_leads_to_the_page(switched: list[Path]) -> None:
    navigation._go_to(navigation.PAGES[0])
    assert switched == [navigation.ROOT / navigation.PAGES[0].path]


def test_a_visit_that_went_on_before_ends_without_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def switch_page(page: Path, query_params: object) -> None:
        del query_params
        raise StreamlitPageNotFoundError(page, "", uses_pages_directory=False)

    def stop() -> None:
        raise StopAsyncIteration

    monkeypatch.setattr(st, "switch_page", switch_page)
    monkeypatch.setattr(st, "stop", stop)
    # Outside a visit, st.stop() does nothing.
    with pytest.raises(StopAsyncIteration):
        navigation._go_to(navigation.PAGES[0])
