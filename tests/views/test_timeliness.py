"""Timeliness: its summary, its sections, and the list that the numbers lead to."""

from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from cri_data.model.stages import STAGES, WAITS_FOR
from cri_ui.views.timeliness_summary import in_a_sentence
from tests.support.tables import tables_of

pytestmark = pytest.mark.slow

PAGE = "pages/dashboards/timeliness.py"
Opened = Callable[..., AppTest]


def headers(app: AppTest) -> list[str]:
    return [one.value for one in app.header if one.value != "Filters"]


def test_it_opens_on_the_comparison_and_what_waits(app: Opened) -> None:
    opened = app(PAGE)
    assert headers(opened) == [
        "This year against last, by stage",
        "Received to assigned: this year against last, by region",
        "Open requests by age and what they wait for",
        "Open requests by age and partner",
        "Open requests",
    ]
    texts = "\n".join(one.value for one in opened.markdown)
    assert "open requests have waited over 90 days" in texts


DAYS = "Days in each stage"


@pytest.mark.parametrize("by", ["Region", "Agency size", "Topic", "Lead partner"])
def test_days_in_a_stage_by_every_group(by: str, app: Opened) -> None:
    opened = app(PAGE, tables=True, show=DAYS, stage="Delivery start to closed", by=by)
    assert not opened.exception
    assert "Delivery start to closed: what becomes of requests" in headers(opened)
    assert headers(opened)[-1].startswith("Delivery start to closed, by ")


def test_partners_are_not_compared_before_they_come_in(app: Opened) -> None:
    opened = app(PAGE, show=DAYS, stage="Received to decided", by="Lead partner")
    assert headers(opened)[-1] == "Received to decided: what becomes of requests"
    assert any("Choose a later stage" in one.value for one in opened.markdown)


def test_months_have_their_table(app: Opened) -> None:
    opened = app(PAGE, tables=True, show="Month by month")
    assert headers(opened)[-1] == "Received, closed, and open by month"


def test_tables_name_stages_as_figures_do(app: Opened) -> None:
    opened = app(PAGE, tables=True)
    shown = [table for table in tables_of(opened) if "Stage" in table]
    assert [list(table["Stage"]) for table in shown] == [list(STAGES.values())]
    (waits,) = [table for table in tables_of(opened) if "Waits for" in table]
    assert list(waits["Waits for"]) == list(WAITS_FOR.values())


def test_a_link_leads_to_the_rows_behind_a_cell(app: Opened) -> None:
    everything = app(PAGE).dataframe[-1].value
    old = app(PAGE, age="Over 90 days", waits="Decision").dataframe[-1].value
    assert 0 < len(old) < len(everything)
    assert set(old["waits_for"]) == {"Decision"}
    assert (old["days_open"] > 90).all()


def test_a_link_with_nonsense_shows_the_page_as_it_opens(app: Opened) -> None:
    opened = app(PAGE, show="<script>", stage="x", by="y", age="z", lead="PX")
    assert not opened.exception
    assert headers(opened) == headers(app(PAGE))


BY_STAGE = pd.DataFrame(
    {
        "stage": ["decided", "received_to_assigned"],
        "this_year_is": ["slower", "faster"],
        "median_days": [20, 41],
        "median_days_last_year": [18, None],
    }
)
BY_REGION = pd.DataFrame(
    {"region": ["Midwest", "South", "West"], "this_year_is": ["faster", None, "slower"]}
)
WAITING = pd.Series({"requests_open": 5, "requests_over_90_days": 3})
BY_PARTNER = pd.DataFrame(
    {
        "lead_partner_id": ["P1", "No partner yet", "P2"],
        "lead_partner_name": ["One *and* only", "No partner yet", "Two"],
        "requests_over_90_days": [2, 1, 0],
    }
)


def test_the_summary_says_faster_where_and_who_waits() -> None:
    assert in_a_sentence(BY_STAGE, BY_REGION, WAITING, BY_PARTNER) == (
        "Requests are assigned **faster** than last year: half within **41 days**, "
        "last year –. Faster in: Midwest. Slower in: West. "
        "**3** of 5 open requests have waited over 90 days: "
        "2 with One \\*and\\* only, 1 with no partner yet."
    )


def test_the_summary_of_nothing_claims_nothing() -> None:
    nothing = pd.Series({"requests_open": 0, "requests_over_90_days": 0})
    assert in_a_sentence(BY_STAGE[:0], BY_REGION[:0], nothing, BY_PARTNER[:0]) == (
        "Too few requests to compare days to assignment with last year. "
        "**0** of 0 open requests have waited over 90 days."
    )
