"""What a chart brings with it, and what stands where there is nothing to chart."""

import pytest
from streamlit.testing.v1 import AppTest


def _charts() -> None:
    import streamlit as st  # noqa: PLC0415

    from cri_ui.components import page  # noqa: PLC0415

    page._draw_figure(
        st.session_state.figure, "name", 'Bars: "this" & <that>.', st.session_state.line
    )


def drawn(figure: object, line: str = "") -> AppTest:
    app = AppTest.from_function(_charts)
    app.session_state.figure, app.session_state.line = figure, line
    return app.run()


@pytest.mark.parametrize("nothing", ["", {"data": [], "layout": {}}])
def test_where_nothing_may_be_shown_there_is_a_note(nothing: object):
    app = drawn(nothing)
    assert not app.exception
    (note,) = app.markdown
    assert note.value.startswith(":small[No data to chart: ")
    assert not app.html


def test_a_figure_of_html_has_its_text_alternative():
    app = drawn("<table></table>")
    (html,) = app.html
    assert html.value == (
        '<div role="figure" aria-label="Bars: &quot;this&quot; &amp; &lt;that&gt;.">'
        "<table></table></div>"
    )


@pytest.mark.parametrize(
    "figure", ["<table></table>", {"data": [{"x": [1]}], "layout": {"height": 99}}]
)
def test_a_figure_says_which_records_it_is_of(figure: object):
    app = drawn(figure, "Topic: <b>: 2 of 3 requests.")
    assert not app.exception
    said = '<p class="scope">Topic: &lt;b&gt;: 2 of 3 requests.</p>'
    assert "".join(html.value for html in app.html).count(said) == 1
