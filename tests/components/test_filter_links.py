"""Links of charts: what is clicked is chosen, what is chosen is taken back, and no more."""

from datetime import date
from urllib.parse import parse_qs

import pytest

from cri_ui.components.filter_links import FilterLinks

OPEN = FilterLinks(
    (("region", ("South",)), ("state", ("Ohio", "Texas")), ("topic", ("A & B",)))
)


def chosen(link: str) -> dict[str, list[str]]:
    assert link.startswith("?")
    return parse_qs(link[1:])


def test_a_click_chooses_and_keeps_the_other_filters():
    assert chosen(OPEN.to({"size": "Under 10"})) == {
        "region": ["South"],
        "state": ["Ohio", "Texas"],
        "topic": ["A & B"],
        "size": ["Under 10"],
    }


def test_of_several_values_a_click_leaves_the_one():
    assert chosen(OPEN.to({"state": "Texas"}))["state"] == ["Texas"]


def test_a_second_click_goes_back():
    assert "topic" not in chosen(OPEN.to({"topic": "A & B"}))
    both = {"topic": "A & B", "region": "South"}
    assert chosen(OPEN.to(both)) == {"state": ["Ohio", "Texas"]}
    # One of the two alone was set: now both are.
    other = {"topic": "A & B", "region": "West"}
    assert (
        chosen(OPEN.to(other)).items() >= {"region": ["West"], "topic": ["A & B"]}.items()
    )


@pytest.mark.parametrize("name", ["a&region=West", "<i>", '"', "x\u202ey", "é 100%"])
def test_a_name_stays_one_value(name):
    found = chosen(OPEN.to({"type": name}))
    assert len(found) == 4
    assert len(found["type"]) == 1


def test_what_is_no_choice_is_no_link():
    assert OPEN.to({"region": "Not reported"}) == ""
    assert OPEN.to({"topic": "A", "division": "Not reported"}) == ""
    assert chosen(OPEN.to({"type": "Not reported"}))["type"] == ["Not reported"]
    assert chosen(OPEN.to({"size": "Not reported"}))["size"] == ["Not reported"]


def test_a_click_on_a_month_chooses_its_days_and_another_goes_back():
    link = OPEN.to_month(date(2024, 2, 1))
    days = {"from": ["2024-02-01"], "to": ["2024-02-29"]}
    assert chosen(link).items() >= days.items()
    assert chosen(link)["region"] == ["South"]
    query = tuple((key, tuple(values)) for key, values in chosen(link).items())
    assert chosen(FilterLinks(query).to_month(date(2024, 2, 1))) == chosen(OPEN.to({}))


def test_years_take_exact_dates_away_because_these_would_count():
    open_page = FilterLinks((("from", ("2024-02-01",)), ("to", ("2024-02-29",))))
    link = open_page.to({"from_fy": "FY2023", "to_fy": "FY2023"})
    assert chosen(link) == {"from_fy": ["FY2023"], "to_fy": ["FY2023"]}


def test_where_a_page_has_no_such_filter_there_is_no_link():
    page = FilterLinks((("topic", ("A",)),), frozenset({"topic", "from", "to"}))
    assert page.to({"partner": "IACP"}) == ""
    assert page.to({"topic": "B", "partner": "IACP"}) == ""
    assert chosen(page.to({"topic": "B"})) == {"topic": ["B"]}
