"""The page Matching: reasons in words, weights, a choice saved once, and all at once."""

from collections.abc import Callable
from types import SimpleNamespace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from cri_data.matching.criteria import CRITERIA
from cri_data.matching.fit import scored_pairs
from cri_data.model.roles import STAFF
from cri_data.records import PlannedEngagement, assign
from cri_ui.session import session
from cri_ui.views.matching_cards import card, ties_in_words
from cri_ui.views.matching_overall import Overall, both_by_request, in_words, overall_of
from cri_ui.views.matching_reasons import fit_in_words, reasons
from tests.support.matching import fill_matching, matching_store
from tests.support.small_store import day

PAGE = "pages/engagements/matching.py"
LABELS = {one.name: one.label for one in CRITERIA}

Opened = Callable[..., AppTest]


@pytest.fixture(scope="module")
def fits() -> pd.DataFrame:
    store = matching_store()
    found = scored_pairs(store.ask("partner_fits_list", STAFF), {})
    store.close()
    return found


def pair(fits: pd.DataFrame, request_id: str, partner_id: str) -> SimpleNamespace:
    rows = fits[(fits.request_id == request_id) & (fits.partner_id == partner_id)]
    (row,) = rows.to_dict("records")
    return SimpleNamespace(**row)


def test_reasons_in_words(fits: pd.DataFrame) -> None:
    topic = "De-escalation and crisis training"
    assert reasons(pair(fits, "R-1", "P1")) == {
        "expertise": f"In its expertise: {topic}",
        "outcomes": f"4 of 6 outcomes improved in {topic}",
        "near_work": "Nearest current engagement: under 1 mile",
        "near_base": "Its base in New York, NY: 2,469 miles",
        "alike": (
            "3 engagements of the same type (municipal police), 3 of the same size "
            "(under 10 officers)"
        ),
        "room": "60 of 986 hours booked (3 engagements, 1 without reported hours)",
        "dates": "Selected on all 90 planned days",
    }


def test_what_is_not_known_is_said(fits: pd.DataFrame) -> None:
    said = reasons(pair(fits, "R-3", "P2"))
    assert said["expertise"] == "Not known: its expertise is not reported"
    assert said["outcomes"] == "Not known: no outcomes measured in 21st Century COMPSTAT"
    assert said["near_work"] == "Not known: no current engagement with a known place"
    assert said["alike"] == "Not known: type and size of the agency are not reported"
    assert said["room"] == (
        "Not known: no capacity reported; 0 hours booked (0 engagements)"
    )
    assert said["dates"] == "Selected until Aug 31, 2024: 33 of 90 planned days"
    few = reasons(pair(fits, "R-1", "P9"))
    assert few["outcomes"].startswith("Not known: fewer than 5 outcomes measured")
    assert few["expertise"] == "None of the request's topics is in its expertise"
    assert few["room"] == "0 of 0 hours booked (0 engagements)"
    assert "(" in fit_in_words(pair(fits, "R-3", "P2"))
    assert reasons(pair(fits, "R-2", "P1"))["near_work"] == (
        "Not known: the agency has no known place"
    )


def test_a_card_holds_no_markup_of_the_data(fits: pd.DataFrame) -> None:
    hostile = pair(fits, "R-1", "P1")
    hostile.partner_name = hostile.base_city = hostile.topic_name = "<script>x</script>"
    drawn = card(hostile, LABELS)
    assert "<script>" not in drawn
    assert drawn.count("<li>") == len(CRITERIA)


def test_ties_are_said(fits: pd.DataFrame) -> None:
    one = fits[fits.request_id == "R-1"]
    assert "tied" not in ties_in_words(one)
    alike = pd.concat([one.assign(fit=50.0, is_tied=True, is_outside=False)] * 2)
    assert "are tied" in ties_in_words(alike)
    assert "has the same fit as the last one shown" in ties_in_words(alike)
    assert "Only 2 partners can be chosen." in ties_in_words(one.head(2))


def test_both_assignments_by_request_and_in_words(fits: pd.DataFrame) -> None:
    overall: Overall = overall_of(fits)
    table = both_by_request(overall, fits)
    assert list(table.request_id) == ["R-2", "R-1", "R-3"]
    assert list(table.best_partner) == ["Partner Two", "Partner One", "Partner One"]
    assert table.is_same_partner.all()
    assert in_words(overall) == (
        "**3 requests** matched. Both ways have the same total fit. No assignment is "
        "better."
    )


pages = pytest.mark.slow


def html_of(app: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def cards(app: AppTest) -> str:
    return "\n".join(
        part for part in html_of(app).split("\n") if 'class="candidate"' in part
    )


@pages
def test_the_longest_waiting_is_open_with_three_partners(app: Opened) -> None:
    opened = app(PAGE)
    assert cards(opened).count("<h3>") == 3
    waiting = session.fetch("requests_without_partner_list", STAFF)
    assert opened.query_params["request"] == waiting.request_id[0]
    said = f"**{len(waiting)} accepted requests** have no partner yet."
    assert any(said in one.value for one in opened.markdown)


@pages
def test_a_link_opens_a_request_with_its_weights(app: Opened) -> None:
    waiting = session.fetch("requests_without_partner_list", STAFF)
    asked = {"request": waiting.request_id[2], "weight_near_base": "100"}
    asked |= {f"weight_{one.name}": "0" for one in CRITERIA if one.name != "near_base"}
    opened = app(PAGE, **asked)
    assert not opened.exception
    assert opened.number_input(key="weight_near_base").value == 100
    found = session.fetch(
        "partner_fits_list",
        STAFF,
        request_id=waiting.request_id[2],
        start_on=opened.date_input(key="start").value,
        end_on=opened.date_input(key="end").value,
    )
    nearest = found.sort_values("miles_from_base").partner_name.iloc[0]
    assert f"<h3>1. {nearest}</h3>" in cards(opened)


@pages
def test_leadership_sees_reasons_and_cannot_choose(app: Opened) -> None:
    opened = app(PAGE, "leadership")
    assert cards(opened).count("<h3>") == 3
    assert not [button for button in opened.button if button.label.startswith("Choose")]


def press(opened: AppTest, label: str) -> AppTest:
    (button,) = (button for button in opened.button if button.label == label)
    button.click().run()
    assert not opened.exception
    return opened


@pages
def test_a_choice_is_previewed_saved_and_gone_from_the_list(empty_app: Opened) -> None:
    fill_matching(session.store())
    opened = empty_app(PAGE, request="R-1")
    press(opened, "Choose Partner One")
    assert "E-1-1" in html_of(opened)
    press(opened, "Save the planned engagement")
    assert opened.success[0].value.startswith("Saved as U-")
    assert not opened.warning
    waiting = session.fetch("requests_without_partner_list", STAFF)
    assert list(waiting.request_id) == ["R-2", "R-3"]
    assert opened.query_params["request"] == "R-2"
    uploads = session.store().ask("uploads_list", STAFF)
    assert uploads.kind.iloc[0] == "assignment"


@pages
def test_who_comes_second_is_told(empty_app: Opened) -> None:
    fill_matching(session.store())
    opened = empty_app(PAGE, request="R-1")
    press(opened, "Choose Partner Two")
    planned = PlannedEngagement("R-1", "P1", day("2024-07-30"), day("2024-10-27"))
    assign(session.store(), planned, "someone else")
    press(opened, "Save the planned engagement")
    assert opened.warning[0].value.startswith(
        "Request R-1 has a partner by now: Partner One. Nothing was saved."
    )
    assert list(session.store().ask("uploads_list", STAFF).kind).count("assignment") == 1


@pages
def test_all_at_once_is_made_only_when_opened(app: Opened) -> None:
    opened = app(PAGE)
    labels = {button.label for button in opened.get("download_button")}
    assert not any("Download engagements" in label for label in labels)
    opened.session_state["matching_overall"] = True
    opened.run()
    assert not opened.exception
    labels = {button.label for button in opened.get("download_button")}
    assert "Download engagements (best in total)" in labels
    assert "Total fit" in html_of(opened)
