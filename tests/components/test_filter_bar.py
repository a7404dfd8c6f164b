"""The filters: in the address, in words, as chips, and never what is not there."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]
DEMAND = "pages/dashboards/demand.py"


def words(app: AppTest) -> str:
    """What is set, as downloads say it."""
    assert not app.exception
    return app.session_state["_shown"].filters_in_words


def chips(app: AppTest) -> list[str]:
    """What stands above the page, each a button that removes it."""
    assert not app.exception
    return [button.label for button in app.button if str(button.key).startswith("chip_")]


@pytest.mark.long
@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({}, "no filters, all years"),
        ({"state": ["TX"]}, "states: Texas"),
        ({"state": ["Texas", "OH"]}, "states: Texas, Ohio"),
        # Whatever their case, and each once.
        ({"state": ["tx", "ohio", "TX"]}, "states: Texas, Ohio"),
        ({"topic": ["TRAINING"]}, "topics: De-escalation and crisis training"),
        ({"region": ["wEST"]}, "regions: West"),
        ({"type": ["SHERIFF"]}, "agency types: Sheriff's office"),
        ({"from_fy": "fy2024"}, "FY2024 and later"),
        ({"state": ["XX", "tx"]}, "states: Texas"),
        ({"region": ["West"], "size": ["Under 10"]}, None),
        ({"from_fy": "FY2023", "to_fy": "FY2024"}, "FY2023 to FY2024"),
        # The wrong way round means the same.
        ({"from_fy": "FY2024", "to_fy": "FY2023"}, "FY2023 to FY2024"),
        ({"from_fy": "FY2024", "to_fy": "FY2024"}, "FY2024"),
        ({"from": "2024-01-31"}, "2024-01-31 to now"),
        # What is not among the choices counts for nothing.
        ({"state": ["Atlantis"]}, "no filters, all years"),
        ({"from_fy": "FY1066"}, "no filters, all years"),
        ({"topic": ["'; drop table requests; --"]}, "no filters, all years"),
    ],
)
def test_a_link_says_what_is_shown(app: Opened, params: dict, said: str | None) -> None:
    shown = words(app(DEMAND, **params))
    if said is None:
        assert "regions: West" in shown
        assert "Under 10" in shown
    else:
        assert shown == said


def warned(app: AppTest) -> list[str]:
    """What is said of the link. The page of a demonstration says more."""
    assert not app.exception
    return [one.value for one in app.warning if "The link names" in one.value]


@pytest.mark.long
@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"state": ["XX"]}, "The link names a state that is not known: XX."),
        (
            {"state": ["tx", "XX", "Atlantis"]},
            "The link names states that are not known: XX, Atlantis.",
        ),
        ({"topic": ["no-such"]}, "The link names a topic that is not known: no-such."),
        (
            {"size": ["1-2", "3-4"]},
            "The link names agency sizes that are not known: 1-2, 3-4.",
        ),
        ({"type": ["navy"]}, "The link names an agency type that is not known: navy."),
        (
            {"from_fy": "FY1066"},
            "The link names a fiscal year that is not known: FY1066.",
        ),
        ({"to": "2024-02-31"}, "The link names a date that is not known: 2024-02-31."),
        # Data of a link is text, not markup.
        (
            {"region": ["*Mars*"]},
            r"The link names a region that is not known: \*Mars\*.",
        ),
    ],
)
def test_what_a_link_names_and_nobody_knows_is_named(
    app: Opened, params: dict, said: str
) -> None:
    assert warned(app(DEMAND, **params)) == [f"{said} The rest of the link applies."]


@pytest.mark.long
def test_a_link_that_is_known_says_nothing(app: Opened) -> None:
    assert warned(app(DEMAND, state=["tx"], from_fy="FY2024", **{"to": "2024-02-29"})) == []


@pytest.mark.long
def test_unknown_values_of_several_filters_are_named_until_a_filter_changes(
    app: Opened,
) -> None:
    opened = app(DEMAND, state=["XX"], topic=["no-such"])
    (said,) = warned(opened)
    assert "a topic that is not known: no-such." in said
    assert "a state that is not known: XX." in said
    # It stays while another page is looked at, and while nothing is chosen.
    opened.run()
    assert warned(opened) == [said]
    opened.multiselect(key="state").set_value(["TX"]).run()
    assert warned(opened) == []
    assert words(opened) == "states: Texas"


def test_statuses_of_a_link_are_known_where_they_are_a_filter(app: Opened) -> None:
    opened = app("pages/engagements/engagement_map.py", status=["ACTIVE", "lost", "gone"])
    assert words(opened) == "engagement status: Active"
    assert "engagement statuses that are not known: lost, gone." in warned(opened)[0]


def test_exact_dates_count_before_years(app: Opened) -> None:
    params = {"from": "2024-02-01", "to": "2024-02-29", "from_fy": "FY2020"}
    assert words(app(DEMAND, **params)) == "2024-02-01 to 2024-02-29"


@pytest.mark.long
def test_a_choice_goes_into_the_address_and_clear_takes_it_out(app: Opened) -> None:
    opened = app(DEMAND)
    opened.multiselect(key="state").set_value(["TX"]).run()
    assert words(opened) == "states: Texas"
    opened.selectbox(key="from_fy").set_value("FY2024").run()
    assert words(opened) == "FY2024 and later; states: Texas"
    opened.button(key="clear_filters").click().run()
    assert words(opened) == "no filters, all years"
    assert not opened.multiselect(key="state").value


@pytest.mark.long
def test_what_is_set_stands_above_the_page_and_a_chip_removes_it(app: Opened) -> None:
    opened = app(DEMAND, state=["TX", "OH"], from_fy="FY2024", size=["10-24"])
    assert chips(opened) == [
        "Years: FY2024 and later",
        "State: Texas",
        "State: Ohio",
        "Agency size: 10-24",
    ]
    opened.button(key="chip_1").click().run()
    assert opened.multiselect(key="state").value == ["OH"]
    opened.button(key="chip_0").click().run()
    assert opened.selectbox(key="from_fy").value == "All years"
    assert chips(opened) == ["State: Ohio", "Agency size: 10-24"]
    assert words(opened) == "states: Ohio; agency size (sworn officers): 10-24"
    opened.button(key="clear_filters").click().run()
    assert chips(opened) == []
    assert not [button for button in opened.button if button.key == "clear_filters"]


def test_many_values_of_one_filter_share_a_chip(app: Opened) -> None:
    opened = app(DEMAND, state=["TX", "OH", "CA", "NY"], region=["West"])
    assert chips(opened) == ["Region: West", "State: Texas, Ohio and 2 more"]
    opened.button(key="chip_1").click().run()
    assert opened.multiselect(key="state").value == []
    assert chips(opened) == ["Region: West"]


def test_exact_dates_are_one_chip_in_place_of_the_years(app: Opened) -> None:
    opened = app(DEMAND, **{"from": "2024-02-01", "from_fy": "FY2020"})
    assert chips(opened) == ["Dates: Feb 1, 2024 to now"]
    opened.button(key="chip_0").click().run()
    assert chips(opened) == ["Years: FY2020 and later"]


def test_more_filters_stays_open_while_one_of_them_is_set(app: Opened) -> None:
    """With another label, the browser would close it."""
    opened = app(DEMAND)
    labels = [one.label for one in opened.sidebar.expander]
    assert labels == ["More filters", "Saved views"]
    opened.multiselect(key="division").set_value(["Pacific"]).run()
    assert [one.label for one in opened.sidebar.expander] == labels


def test_enter_can_only_choose_one_option(app: Opened) -> None:
    """No "Select 2 matches" stands before the option that was typed."""
    boxes = app("pages/engagements/engagement_map.py").sidebar.multiselect
    assert len(boxes) == 11
    assert {box.proto.select_all for box in boxes} == {0}


def test_a_page_without_filters_draws_none(app: Opened) -> None:
    opened = app("pages/data/about.py", state=["TX"])
    assert not opened.exception
    assert not opened.sidebar.multiselect


def test_only_engagements_are_chosen_by_their_status(app: Opened) -> None:
    keys = {box.key for box in app("pages/engagements/engagement_map.py").multiselect}
    assert {"partner", "status"} <= keys
    of_requests = {box.key for box in app(DEMAND).multiselect}
    assert "status" not in of_requests
    assert {"partner", "delivery_mode", "request_status", "source"} <= of_requests


def test_requests_are_chosen_by_partner_mode_status_and_source(app: Opened) -> None:
    opened = app(
        DEMAND,
        partner=["NAPS"],
        delivery_mode=["analysis"],
        request_status=["completed", "no-such"],
        source=["Not reported"],
    )
    assert "request status: Completed" in words(opened)
    assert any("request status that is not known: no-such" in one for one in warned(opened))
