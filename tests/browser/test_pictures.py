"""Pictures of charts, as PNG and as SVG: whole, and harmless whatever the data says."""

import io
import xml.etree.ElementTree as ET

import pytest
from PIL import Image
from playwright.sync_api import Browser

from cri_ui.charts.bars import Bar, bar_table
from cri_ui.components.page import as_json
from cri_ui.images import pictures
from cri_ui.images.document import Picture

HOSTILE = '</script><script>document.title="x"</script> & "quoted" <b>bold</b>'
SCOPE = "FY2026: 520 of 3,000 requests, as of Sep 30, 2026."
BARS = bar_table(
    [
        Bar("Training", 40, "40", remark="all year"),
        Bar(HOSTILE, 30, "30"),
        Bar("None", 0, "0"),
    ],
    "Topic",
    "Requests",
)
POINTS = {
    "data": [{"type": "scatter", "x": ["one", "two"], "y": [3, 4], "mode": "lines"}],
    "layout": {"height": 300, "title": {"text": "A line &lt;b&gt;"}},
}


@pytest.fixture(scope="module", autouse=True)
def _needs_chromium(browser: Browser) -> None:
    """These tests are left out, or fail, where the other browser tests are."""


def of_html(title: str = "Requests by topic") -> Picture:
    return Picture(title, BARS, False, SCOPE, HOSTILE)


def texts(svg: bytes) -> str:
    root = ET.fromstring(svg)  # noqa: S314
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not root.findall(".//{http://www.w3.org/2000/svg}script")
    return " ".join(text.strip() for text in root.itertext())


def test_a_svg_holds_title_names_numbers_and_scope_as_text():
    said = texts(pictures.svg(of_html(HOSTILE)))
    for text in ("Topic", "Requests", "Training", "all year", "40", "30", SCOPE):
        assert text in said
    # As the title, as the text alternative, and as a name, which wraps.
    assert said.replace("  ", " ").count('& "quoted"') == 3


def test_a_plotly_figure_is_a_picture_too():
    said = texts(pictures.svg(Picture("Title", as_json(POINTS), True, SCOPE, "Alt")))
    for text in ("Title", "one", "two", SCOPE):
        assert text in said


def test_a_png_is_cut_to_what_is_drawn():
    with Image.open(io.BytesIO(pictures.png(of_html()))) as image:
        assert image.width == 2000
        assert 300 < image.height < 1200
        colors = {color: n for n, color in image.convert("RGB").getcolors(1 << 24)}
    # The bars, as they are in the light theme; the longest is most of the width.
    assert colors[(11, 92, 173)] > 20_000
    assert colors[(255, 255, 255)] > 200_000
