"""What a chart brings with it, and what stands where there is nothing to chart."""

import pytest
from streamlit.testing.v1 import AppTest


def _charts() -> None:
    import streamlit as st  # noqa: PLC0415

    from cri_ui.components import page  # noqa: PLC0415

    page._draw_figure(st.session_state.figure, "name", 'Bars: "this" & <that>.')


def drawn(figure: object) -> AppTest:
    app = AppTest.from_function(_charts)
    app.session_state.figure = figure
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
