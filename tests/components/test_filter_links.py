"""Links of charts: what is clicked is chosen, what is chosen is taken back, and no more."""

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
