"""Requests by month with limits, added up by fiscal year, and what a change is made of."""

import pandas as pd
import pytest

from cri_data.export.dataset_csv import export
from cri_data.model.roles import STAFF
from tests.support.small_store import add, day, empty_store, small_store
from tests.support.stores import demonstration_store


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


@pytest.fixture(scope="module")
def demonstration():
    store = demonstration_store(3000)
    yield store
    store.close()


@pytest.fixture(scope="module")
def files(demonstration, tmp_path_factory) -> pd.DataFrame:
    """The demonstration's requests with region, size, and topics, from its CSV files."""
    folder = tmp_path_factory.mktemp("exported")
    export(demonstration, folder)
    requests = pd.read_csv(folder / "requests.csv", parse_dates=["received_on"])
    requests = requests.merge(pd.read_csv(folder / "agencies.csv"), on="agency_id")
    requests["topics"] = requests.topic_ids.str.split(";")
    requests["month"] = requests.received_on.dt.to_period("M").dt.to_timestamp()
    return requests


def test_months_of_all_years_begin_with_the_first_request(store):
    answer = store.ask("requests_by_month_expected", STAFF)
    months = dict(zip(answer.month_on.dt.strftime("%Y-%m"), answer.requests, strict=True))
    assert (min(months), max(months), len(months)) == ("2022-11", "2024-06", 20)
    asked = {"2022-11", "2023-03", "2023-08", "2024-01", "2024-02", "2024-05"}
    assert {month: count for month, count in months.items() if count} == dict.fromkeys(
        asked, 1
    )
    assert answer.is_in_period.all()
    # The as-of day is the last of June: that month is over.
    assert not answer.is_partial.any()


def test_months_of_a_period_have_two_years_before_them(demonstration, files):
    period = {"date_from": day("2024-10-01"), "date_to": day("2025-09-30")}
    answer = demonstration.ask("requests_by_month_expected", STAFF, **period, states=["TX"])
    assert len(answer) == 36
    of_texas = files[files.state == "TX"].groupby("month").size()
    expected = of_texas.reindex(answer.month_on, fill_value=0)
    assert list(answer.requests) == list(expected)
    assert list(answer.is_in_period) == [False] * 24 + [True] * 12
    assert answer.expected[0] == pytest.approx(expected.mean())
    moving = expected.diff().abs().mean()
    assert answer.upper_limit[0] == pytest.approx(expected.mean() + 2.66 * moving)
    totals = demonstration.ask("requests_totals", STAFF, **period, states=["TX"])
    assert answer[answer.is_in_period].requests.sum() == totals.requests[0]


def test_the_month_of_the_as_of_day_is_not_over(store):
    answer = store.ask("requests_by_month_expected", STAFF, as_of=day("2024-06-29"))
    assert list(answer.is_partial) == [False] * 19 + [True]


def test_fiscal_years_are_added_up_from_october(demonstration, files):
    of_south = files[files.state.isin(["TX", "FL", "GA"])]
    answer = demonstration.ask("requests_by_fiscal_month", STAFF, states=["TX", "FL", "GA"])
    years = []
    for year, months in answer.query("not is_forecast").groupby("fiscal_year"):
        days = of_south.received_on
        of_year = days[(days >= f"{year - 1}-10-01") & (days <= f"{year}-09-30")]
        assert months.requests_so_far.iloc[-1] == len(of_year)
        assert (months.requests.cumsum() == months.requests_so_far).all()
        years.append(year)
    # FY2026 is over: it is one of four shown, or the next one is, with its forecast.
    assert years == [2023, 2024, 2025, 2026][int(answer.is_forecast.any()) :]
    assert answer.is_forecast.any() or answer.no_forecast.iloc[-1]


def test_a_month_counts_by_the_days_of_it_that_are_over(store):
    answer = store.ask("requests_by_fiscal_month", STAFF, as_of=day("2024-06-15"))
    assert answer.share_of_month.iloc[-1] == 0.5
    assert (answer.share_of_month.iloc[:-1] == 1).all()
    assert answer.no_forecast.iloc[-1] == "A forecast needs 36 whole months of data."
    # R3, R1, R2, and R5; but R3 is of FY2023.
    assert answer.requests_so_far.iloc[-1] == 3


@pytest.mark.parametrize(
    "chosen",
    [{}, {"states": ["TX", "OH"]}, {"topics": ["training"]}, {"size_bands": ["25-49"]}],
)
def test_the_parts_of_a_change_add_up_to_it(demonstration, chosen):
    period = {"date_from": day("2025-01-01"), "date_to": day("2025-06-30")}
    headlines = demonstration.ask("headlines", STAFF, **period, **chosen)
    requests = headlines.set_index("headline").loc["requests"]
    groups = demonstration.ask("requests_change_by_group", STAFF, **period, **chosen)
    for _, of_kind in groups.groupby("kind"):
        assert of_kind.requests.sum() == pytest.approx(requests.value)
        assert of_kind.requests_last_year.sum() == pytest.approx(requests.last_year)
        assert of_kind.change.sum() == pytest.approx(requests.change_from_last_year)


def test_a_request_of_several_topics_counts_in_equal_parts(demonstration, files):
    period = {"date_from": day("2025-01-01"), "date_to": day("2025-06-30")}
    groups = demonstration.ask("requests_change_by_group", STAFF, **period)
    named = files.assign(part=1 / files.topics.map(len)).explode("topics")
    for column, first, last in (
        ("requests", "2025-01-01", "2025-06-30"),
        ("requests_last_year", "2024-01-01", "2024-06-30"),
    ):
        of_period = named[named.received_on.between(first, last)]
        expected = of_period.groupby("topics").part.sum()
        topics = groups[groups.kind == "topic"].set_index("group_id")[column]
        assert topics[topics > 0].to_dict() == pytest.approx(expected.to_dict())


def test_a_request_without_a_topic_is_a_part_too():
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX"))
    for name, on, topics in (
        ("R1", "2023-01-05", ["training"]),
        ("R2", "2024-01-05", []),
        ("R3", "2024-01-06", ["training", "tribal"]),
    ):
        add(store, "requests", (name, "A1", day(on), "received", topics))
    period = {"date_from": day("2024-01-01"), "date_to": day("2024-01-31")}
    groups = store.ask("requests_change_by_group", STAFF, **period)
    of_topics = groups[groups.kind == "topic"].set_index("group_name").change
    assert of_topics.to_dict() == {
        "No topic": 1,
        "De-escalation and crisis training": -0.5,
        "Tribal law enforcement": 0.5,
    }
    store.close()


def test_without_a_year_before_nothing_changed(store):
    assert store.ask("requests_change_by_group", STAFF).empty
    first = {"date_from": day("2022-11-01"), "date_to": day("2023-01-31")}
    assert store.ask("requests_change_by_group", STAFF, **first).empty
