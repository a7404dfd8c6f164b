"""The filters beside the pages: in the address, in words, and never what is not there."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]
DEMAND = "pages/dashboards/demand.py"


def words(app: AppTest) -> str:
    """What the page says that it shows."""
    assert not app.exception
    (text,) = [m.value for m in app.markdown if "Showing " in m.value]
    return text.split("Showing ")[1].split(" · ")[0]


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({}, "everything, all years"),
        ({"state": ["TX"]}, "states: Texas"),
        ({"state": ["Texas", "OH"]}, "states: Texas, Ohio"),
        ({"region": ["West"], "size": ["Under 10"]}, None),
        ({"from_fy": "FY2023", "to_fy": "FY2024"}, "FY2023 to FY2024"),
        # The wrong way round means the same.
        ({"from_fy": "FY2024", "to_fy": "FY2023"}, "FY2023 to FY2024"),
        ({"from_fy": "FY2024", "to_fy": "FY2024"}, "FY2024"),
        ({"from": "2024-01-31"}, "2024-01-31 to now"),
        # What is not among the choices counts for nothing.
        ({"state": ["Atlantis"]}, "everything, all years"),
        ({"from_fy": "FY1066"}, "everything, all years"),
        ({"topic": ["'; drop table requests; --"]}, "everything, all years"),
    ],
)
def test_a_link_says_what_is_shown(app: Opened, params: dict, said: str | None) -> None:
    shown = words(app(DEMAND, **params))
    if said is None:
        assert "regions: West" in shown
        assert "Under 10" in shown
    else:
        assert shown == said


def test_exact_dates_count_before_years(app: Opened) -> None:
    params = {"from": "2024-02-01", "to": "2024-02-29", "from_fy": "FY2020"}
    assert words(app(DEMAND, **params)) == "2024-02-01 to 2024-02-29"


def test_a_choice_goes_into_the_address_and_clear_takes_it_out(app: Opened) -> None:
    opened = app(DEMAND)
    opened.multiselect(key="state").set_value(["TX"]).run()
    assert words(opened) == "states: Texas"
    opened.selectbox(key="from_fy").set_value("FY2024").run()
    assert words(opened) == "FY2024 and later; states: Texas"
    opened.button(key="clear_filters").click().run()
    assert words(opened) == "everything, all years"
    assert not opened.multiselect(key="state").value


def test_a_page_without_filters_draws_none(app: Opened) -> None:
    opened = app("pages/data/about.py", state=["TX"])
    assert not opened.exception
    assert not opened.sidebar.multiselect


def test_only_engagements_are_chosen_by_partner(app: Opened) -> None:
    keys = {box.key for box in app("pages/engagements/engagement_map.py").multiselect}
    assert {"partner", "status"} <= keys
    assert not {"partner", "status"} & {box.key for box in app(DEMAND).multiselect}


def test_years_stand_one_under_the_other(app: Opened) -> None:
    """Side by side "FY2025" is cut off as soon as it is chosen."""
    opened = app(DEMAND)
    beside = [box.key for column in opened.sidebar.columns for box in column.selectbox]
    assert "from_fy" not in beside
    assert {box.key for box in opened.sidebar.selectbox} >= {"from_fy", "to_fy"}
