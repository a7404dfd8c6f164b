"""Clicks on links of charts: what they set, and that what is not known sets nothing."""

import json
from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from cri_ui.components import chart_clicks
from cri_ui.server import streamlit_internals
from tests.components.test_filter_bar import DEMAND, chips, warned, words
from tests.conftest import ROOT

Opened = Callable[..., AppTest]
Click = Callable[[AppTest, object], AppTest]


@pytest.fixture
def click(monkeypatch: pytest.MonkeyPatch) -> Iterator[Click]:
    """Run a page as if a browser sent a clicked link."""
    sent: list[object] = []
    monkeypatch.setattr(
        streamlit_internals, "clicked", lambda _: sent.pop() if sent else None
    )

    def clicked(app: AppTest, link: object) -> AppTest:
        sent.append(link)
        return app.run()

    yield clicked
    assert not sent


def test_a_click_sets_and_takes_back_what_the_link_changes(
    app: Opened, click: Click
) -> None:
    opened = app(DEMAND, region=["West"], from_fy="FY2024")
    click(opened, "?from_fy=FY2024&region=West&state=Texas&size=Under+10")
    said = "FY2024 and later; regions: West; states: Texas; "
    assert words(opened) == said + "agency size (sworn officers): Under 10"
    assert opened.multiselect(key="state").value == ["TX"]
    click(opened, "?from_fy=FY2024&region=West")
    assert words(opened) == "FY2024 and later; regions: West"
    click(opened, "?")
    assert words(opened) == "no filters, all years"
    # A run without a click changes nothing.
    assert words(opened.run()) == "no filters, all years"


def test_a_month_is_exact_dates_and_taken_back_leaves_the_years(
    app: Opened, click: Click
) -> None:
    opened = app(DEMAND, from_fy="FY2024", to_fy="FY2024")
    click(opened, "?from=2024-02-01&from_fy=FY2024&to=2024-02-29&to_fy=FY2024")
    assert words(opened) == "2024-02-01 to 2024-02-29"
    click(opened, "?from_fy=FY2024&to_fy=FY2024")
    assert words(opened) == "FY2024"


def test_links_of_the_new_picture_lead_from_what_is_set(app: Opened, click: Click) -> None:
    opened = click(app(DEMAND), "?region=South")
    assert any("?region=South&amp;topic=" in one.proto.body for one in opened.get("html"))


def test_view_as_stays(app: Opened, click: Click) -> None:
    opened = click(app(DEMAND, role="leadership"), "?region=South")
    assert opened.session_state["view_as"] == "leadership"
    assert words(opened) == "regions: South"


def test_what_the_page_has_no_filter_for_stays(app: Opened, click: Click) -> None:
    opened = app("pages/engagements/engagement_map.py", status=["active"])
    assert words(opened) == "engagement status: Active"
    opened.switch_page(str(ROOT / DEMAND)).run()
    click(opened, "?region=South")
    assert opened.session_state["status"] == ["active"]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("?state=Atlantis&region=South", "a state that is not known: Atlantis."),
        ("?region=South&from=2024-02-31", "a date that is not known: 2024-02-31."),
        ("?region=South&to_fy=FY1066", "a fiscal year that is not known: FY1066."),
        (
            "?region=South&topic=%3Cimg+src%3Dx%3E&topic=%27%3B+drop+table+requests",
            r"topics that are not known: \<img src=x\>, '; drop table requests.",
        ),
    ],
)
def test_values_that_are_not_known_are_named_and_the_rest_applies(
    link: str, said: str, app: Opened, click: Click
) -> None:
    opened = click(app(DEMAND), link)
    assert words(opened) == "regions: South"
    (warning,) = warned(opened)
    assert said in warning
    assert warning.endswith("The rest of the link applies.")


@pytest.mark.parametrize(
    "link",
    [
        *("state=Texas", "https://x.example/?state=Texas", "", 7, None, ["?state=Texas"]),
        *({"state": "Texas"}, "?" + "state=Texas&" * 2_000, "?" + "a=1&" * 1_500),
    ],
    ids=lambda link: json.dumps(link)[:30],
)
def test_what_is_no_address_of_a_page_sets_nothing(link: object) -> None:
    assert chart_clicks.filters_of(link) == {}


def test_only_filters_are_set(app: Opened, click: Click) -> None:
    opened = app(DEMAND)
    click(opened, "?view_as=administrator&_shown=x&period=x&region=South&\x00=1")
    assert opened.session_state["view_as"] == "staff"
    assert chips(opened) == ["Region: South"]
