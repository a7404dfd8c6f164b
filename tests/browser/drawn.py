"""What a page draws as a picture, lists and maps, once it takes the mouse."""

import pandas as pd
from playwright.sync_api import Error, FloatRect, Locator, Page, expect

# The same room in so many frames one after the other, and something is drawn in it.
_STANDS = """list => {
    const canvas = list.querySelector('canvas[data-testid=data-grid-canvas]');
    const {x, y, width, height} = list.getBoundingClientRect();
    const room = [canvas?.width, x, y, width, height].join();
    list.frames = canvas?.width && room === list.room ? list.frames + 1 : 0;
    list.room = room;
    return list.frames > 20;
}"""


def box_of_list(page: Page, rows: Locator) -> FloatRect:
    """Where a list of rows is drawn, in view."""
    rows.scroll_into_view_if_needed()
    page.wait_for_function(_STANDS, arg=rows.element_handle())
    return rows.bounding_box()


def middle_of_map(page: Page) -> tuple[float, float]:
    """The middle of the map, under the mouse: where one engagement says who leads it."""
    chart = page.get_by_test_id("stDeckGlJsonChart")
    chart.scroll_into_view_if_needed()
    tooltip = page.locator(".deck-tooltip", has_text="Led by")
    for _ in range(40):
        # The map has its place, and draws its marks, some moments after the page.
        box = chart.bounding_box()
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.move(middle[0] - 2, middle[1])
        page.mouse.move(*middle)
        try:
            tooltip.wait_for(timeout=500)
        except Error:
            continue
        return middle
    expect(tooltip).to_be_visible()
    return middle


def alone(engagements: pd.DataFrame) -> tuple[str, str, str]:
    """A state and a status that one engagement with a place has alone, and its agency.

    It is its agency's only one, so that the map can be sent to it.
    """
    groups = engagements.groupby(["state", "status"])
    lone = groups.filter(lambda group: len(group) == 1).dropna(subset=["latitude"])
    of_agency = engagements["agency_id"].value_counts()
    lone = lone[lone["agency_id"].map(of_agency) == 1]
    return tuple(lone[["state", "status", "agency_id"]].iloc[0])
