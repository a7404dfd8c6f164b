"""Bar charts as a browser draws them: lengths, colors, and room on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.server import settled

# Of every chart: how wide its room is and all that is in it; of every bar: its number,
# where it begins and ends, and its color; the color of the ground.
_SEEN = """() => {
    const ground = getComputedStyle(document.querySelector('.stApp')).backgroundColor;
    return [...document.querySelectorAll('.bars')].map(chart => ({
        ground,
        room: chart.clientWidth,
        inside: chart.scrollWidth,
        cut: [...chart.querySelectorAll('th, td, span')]
            .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
            .map(e => e.innerText),
        bars: [...chart.querySelectorAll('td > div')].map(bar => {
            const {left, width} = bar.getBoundingClientRect();
            const number = bar.parentElement.nextElementSibling.innerText;
            const value = parseFloat(number.replaceAll(',', ''));
            return {value, left, width, color: getComputedStyle(bar).backgroundColor};
        }),
    }));
}"""


def charts_of(page: Page, address: str, count: int) -> list[dict[str, Any]]:
    page.goto(address)
    settled(page)
    page.locator(".bars").nth(count - 1).wait_for()
    return page.evaluate(_SEEN)


@pytest.mark.parametrize(
    ("width", "theme", "color"),
    [(1400, "light", "rgb(11, 92, 173)"), (390, "dark", "rgb(111, 177, 242)")],
)
def test_bars_are_as_long_as_their_numbers_and_all_fits(
    width: int,
    theme: str,
    color: str,
    demonstration: str,
    visit: Callable[..., Page],
) -> None:
    page = visit(color_scheme=theme, width=width)
    for chart in charts_of(page, f"{demonstration}/overview", 4):
        assert chart["inside"] <= chart["room"]
        assert chart["cut"] == []
        bars = chart["bars"]
        assert len({round(bar["left"], 1) for bar in bars}) == 1
        assert {bar["color"] for bar in bars} == {color}
        longest = max(bars, key=lambda bar: bar["value"])
        for bar in bars:
            share = bar["value"] / longest["value"]
            assert bar["width"] == pytest.approx(share * longest["width"], abs=1)


def test_bars_show_in_colors_that_the_reader_forces(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.emulate_media(forced_colors="active")
    chart = charts_of(page, f"{demonstration}/demand", 2)[0]
    assert chart["ground"] not in {bar["color"] for bar in chart["bars"]}
    assert len(chart["bars"]) > 10
