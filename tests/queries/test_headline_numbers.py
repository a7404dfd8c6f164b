"""The numbers on the pages against pandas over the exported files, worked out apart."""

import math
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from cri_data.export.dataset_csv import export
from cri_data.model.filters import Filters, fiscal_year_end, fiscal_year_start
from cri_data.model.roles import STAFF
from cri_data.store.store import Store
from tests.support.stores import demonstration_store

CLOSED = ["completed", "declined", "withdrawn"]
SIZE_BANDS = {
    **{"Under 10": 10, "10-24": 25, "25-49": 50, "50-99": 100, "100-249": 250},
    **{"250-499": 500, "500-999": 1000, "1,000 or more": math.inf},
}
FY2024 = {"date_from": fiscal_year_start(2024), "date_to": fiscal_year_end(2024)}
CHOSEN = {
    "everything": Filters(),
    "two states": Filters(states=("TX", "OH")),
    "a topic": Filters(topics=("officer-wellness",)),
    "a fiscal year": Filters(**FY2024),
    "all three": Filters(states=("CA", "TX"), topics=("training", "compstat"), **FY2024),
    "until a day": Filters(date_to=date(2023, 3, 31)),
    "nothing": Filters(states=()),
}


@dataclass(frozen=True)
class Files:
    """The exported files as frames; what is chosen of each, by the written rules."""

    agencies: pd.DataFrame
    requests: pd.DataFrame
    engagements: pd.DataFrame
    outcomes: pd.DataFrame
    metrics: pd.DataFrame
    as_of: pd.Timestamp

    def chosen(self, filters: Filters) -> "Files":
        in_states = self.agencies
        if filters.states is not None:
            in_states = in_states[in_states.state.isin(filters.states)]
        return Files(
            in_states,
            self._of(self.requests, in_states, filters, self.requests.received_on),
            self._of(self.engagements, in_states, filters, self.engagements.period_on),
            self._of(self.outcomes, in_states, filters, self.outcomes.period_on),
            self.metrics,
            self.as_of,
        )

    def _of(
        self,
        rows: pd.DataFrame,
        agencies: pd.DataFrame,
        filters: Filters,
        days: pd.Series,
    ) -> pd.DataFrame:
        keep = rows.agency_id.isin(agencies.agency_id)
        if filters.topics is not None:
            keep &= rows.topics.map(lambda named: bool(set(named) & set(filters.topics)))
        if filters.date_from:
            keep &= days >= pd.Timestamp(filters.date_from)
        if filters.date_to:
            keep &= days <= pd.Timestamp(filters.date_to)
        return rows[keep]


def read(folder: Path, name: str, *dates: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", parse_dates=list(dates))


def days_to(requests: pd.DataFrame, column: str) -> pd.Series:
    return (requests[column] - requests.received_on).dt.days


@pytest.fixture(scope="module")
def store():
    store = demonstration_store(3000)
    yield store
    store.close()


@pytest.fixture(scope="module")
def files(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("exported")
    export(store, folder)
    agencies = read(folder, "agencies")
    agencies["is_small"] = agencies.sworn_officers < 50
    edges = [-1, *(below - 1 for below in SIZE_BANDS.values())]
    bands = pd.cut(agencies.sworn_officers, edges, labels=list(SIZE_BANDS))
    agencies["size_band"] = bands.astype(object).fillna("Not reported")
    requests = read(
        *(folder, "requests", "received_on", "decided_on", "assigned_on"),
        *("delivery_started_on", "closed_on"),
    ).merge(agencies[["agency_id", "state", "is_small", "size_band"]], on="agency_id")
    requests["topics"] = requests.topic_ids.str.split(";")
    requests["is_open"] = ~requests.status.isin(CLOSED)
    engagements = read(folder, "engagements", "started_on", "planned_start_on").merge(
        requests[["request_id", "agency_id", "topics"]], on="request_id"
    )
    engagements["topics"] = [
        [topic if isinstance(topic, str) else named[0]]
        for topic, named in zip(engagements.topic_id, engagements.topics, strict=True)
    ]
    engagements["period_on"] = engagements.started_on.fillna(engagements.planned_start_on)
    outcomes = read(folder, "outcomes", "baseline_on", "followup_on").merge(
        engagements[["engagement_id", "agency_id", "topics"]], on="engagement_id"
    )
    outcomes["period_on"] = outcomes.followup_on.fillna(outcomes.baseline_on)
    as_of = pd.Timestamp(store.info().as_of_on)
    metrics = read(folder, "metrics")
    return Files(agencies, requests, engagements, outcomes, metrics, as_of)


@pytest.fixture(scope="module", params=CHOSEN)
def filters(request: pytest.FixtureRequest) -> Filters:
    return CHOSEN[request.param]


@pytest.fixture(scope="module")
def chosen(files: Files, filters: Filters) -> Files:
    return files.chosen(filters)


@cache
def asked(store: Store, name: str, filters: Filters, **more: object) -> pd.DataFrame:
    """An answer of the store, which is only read; no test changes it either."""
    return store.ask(name, STAFF, **filters.params(), **more)


def same(value: object, expected: object) -> bool:
    """Equal to the last digits; what cannot be worked out is missing in both."""
    if pd.isna(expected) or pd.isna(value):
        return bool(pd.isna(expected)) and bool(pd.isna(value))
    return math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-12)


def share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


# Requests


@pytest.mark.long
def test_the_demonstration_is_worth_comparing(files: Files):
    assert len(files.requests) == 3000
    assert (files.requests.topics.map(len) > 1).sum() > 100
    assert files.engagements.topic_id.isna().any() or len(files.engagements) > 1000
    assert len(files.chosen(CHOSEN["all three"]).requests) > 5
    assert len(files.chosen(CHOSEN["all three"]).outcomes) > 5


@pytest.mark.long
def test_totals_of_requests(store, filters: Filters, chosen: Files, files: Files):
    (totals,) = asked(store, "requests_totals", filters).to_dict("records")
    requests, agencies = chosen.requests, chosen.agencies
    working = files.engagements[files.engagements.status != "cancelled"].request_id
    accepted = requests[requests.status.isin(["accepted", "assigned", "in_delivery"])]
    expected = {
        "requests": len(requests),
        "requests_open": requests.is_open.sum(),
        "requests_without_partner": (~accepted.request_id.isin(working)).sum(),
        "agencies": len(agencies),
        "agencies_with_requests": requests.agency_id.nunique(),
        "share_of_agencies_reached": share(requests.agency_id.nunique(), len(agencies)),
        "requests_from_small_agencies": requests.is_small.sum(),
        "share_of_requests_from_small_agencies": share(
            requests.is_small.sum(), (requests.size_band != "Not reported").sum()
        ),
        "median_days_to_decided": days_to(requests, "decided_on").median(),
        "median_days_to_delivery_started": days_to(
            requests, "delivery_started_on"
        ).median(),
        "median_days_to_closed": days_to(requests, "closed_on").median(),
    }
    assert set(totals) == set(expected)
    assert [name for name in expected if not same(totals[name], expected[name])] == []


@pytest.mark.long
def test_requests_by_topic(store, filters: Filters, chosen: Files):
    answer = asked(store, "requests_by_topic", filters).set_index("topic_id")
    named = chosen.requests.explode("topics")
    if filters.topics is not None:
        named = named[named.topics.isin(filters.topics)]
    # A topic that nobody named has 0.
    topics = named.groupby("topics").size().reindex(answer.index, fill_value=0)
    assert len(topics) == (14 if filters.topics is None else len(filters.topics))
    assert dict(answer.requests) == dict(topics)
    open_of_topic = named.groupby("topics").is_open.sum()
    assert dict(answer.requests_open) == dict(
        open_of_topic.reindex(answer.index, fill_value=0)
    )
    for topic, requests in answer.requests.items():
        part = answer.share_of_requests[topic]
        assert same(part, share(requests, len(chosen.requests)))


def test_requests_by_state(store, filters: Filters, chosen: Files, files: Files):
    answer = asked(store, "requests_by_state", filters).set_index("state")
    by_state = chosen.requests.groupby("state")
    # A state with agencies that did not ask has 0.
    agencies = chosen.agencies.groupby("state").size()
    requests = by_state.size().reindex(agencies.index, fill_value=0)
    with_requests = by_state.agency_id.nunique().reindex(agencies.index, fill_value=0)
    assert dict(answer.requests) == dict(requests)
    assert dict(answer.agencies) == dict(agencies)
    assert dict(answer.agencies_with_requests) == dict(with_requests)
    first, last = files.requests.received_on.min(), files.as_of
    if filters.date_from:
        first = max(first, pd.Timestamp(filters.date_from))
    if filters.date_to:
        last = min(last, pd.Timestamp(filters.date_to))
    years = ((last - first).days + 1) / 365.25
    for state, rate in answer.requests_per_1000_agencies_per_year.items():
        assert same(rate, 1000 * requests[state] / agencies[state] / years)


def test_requests_by_size_band(store, filters: Filters, chosen: Files):
    answer = asked(store, "requests_by_size_band", filters).set_index("size_band")
    agencies = chosen.agencies.groupby("size_band").size()
    requests = chosen.requests.groupby("size_band").size()
    order = [band for band in (*SIZE_BANDS, "Not reported") if band in agencies.index]
    assert list(answer.index) == order
    assert dict(answer.agencies) == dict(agencies)
    assert dict(answer.requests) == dict(requests.reindex(agencies.index, fill_value=0))


@pytest.mark.long
def test_backlog_is_what_is_open_at_the_end(store, filters: Filters, files: Files):
    headlines = asked(store, "headlines", filters, suppress_below=5)
    backlog = headlines.set_index("headline").value["requests_backlog"]
    last = files.as_of
    if filters.date_to:
        last = min(last, pd.Timestamp(filters.date_to))
    anytime = Filters(states=filters.states, topics=filters.topics)
    requests = files.chosen(anytime).requests
    was_open = (requests.closed_on > last) & (last < files.as_of)
    assert backlog == ((requests.received_on <= last) & (requests.is_open | was_open)).sum()


@pytest.mark.long
def test_headlines_are_the_totals(store, filters: Filters, chosen: Files, files: Files):
    headlines = asked(store, "headlines", filters, suppress_below=5)
    values = dict(zip(headlines.headline, headlines.value, strict=True))
    (totals,) = asked(store, "requests_totals", filters).to_dict("records")
    shared = set(values) & set(totals)
    assert len(shared) == 3
    for name in shared:
        assert same(values[name], totals[name])
    counted = chosen.engagements[chosen.engagements.status != "cancelled"]
    by_now = counted[~(counted.period_on > files.as_of)]
    assert values["engagements"] == len(by_now)
    assert same(values["hours"], by_now.hours.sum(min_count=1))
    people = by_now[["participants_in_person", "participants_virtual"]]
    assert same(values["participants"], people.stack().sum() if len(people) else math.nan)
    improved = asked(store, "outcomes_totals", filters, suppress_below=5)
    expected = improved.share_of_outcomes_improved[0]
    assert same(values["share_of_outcomes_improved"], expected)


# Engagements and outcomes


def test_totals_of_engagements(store, filters: Filters, chosen: Files):
    (totals,) = asked(store, "engagements_totals", filters).to_dict("records")
    counted = chosen.engagements[chosen.engagements.status != "cancelled"]
    assert totals["engagements"] == len(counted)
    assert totals["engagements_cancelled"] == len(chosen.engagements) - len(counted)
    assert totals["engagements_active"] == (chosen.engagements.status == "active").sum()
    assert totals["engagements"] > 0 or filters.states == ()


@pytest.mark.long
def test_engagements_by_partner(store, filters: Filters, chosen: Files, files: Files):
    answer = asked(store, "engagements_by_partner", filters, suppress_below=0)
    answer = answer.set_index("lead_partner_id")
    counted = chosen.engagements[chosen.engagements.status != "cancelled"]
    for partner, row in answer.iterrows():
        led = counted[counted.lead_partner_id == partner]
        answered = files.requests[files.requests.request_id.isin(led.request_id)]
        assert row.engagements == len(led)
        assert row.agencies_served == led.agency_id.nunique()
        assert row.engagements_with_hours == led.hours.notna().sum()
        assert same(row.hours, led.hours.sum() if led.hours.notna().any() else math.nan)
        median = days_to(answered, "delivery_started_on").median()
        assert same(row.median_days_to_delivery_started, median)
        measured = chosen.outcomes.merge(
            files.engagements[["engagement_id", "lead_partner_id"]]
        )
        pairs = measured[measured.lead_partner_id == partner].dropna(
            subset=["baseline_value", "followup_value"]
        )
        higher = (
            pairs.metric_id.map(chosen.metrics.set_index("metric_id").better) == "higher"
        )
        change = pairs.followup_value - pairs.baseline_value
        assert row.n == len(pairs)
        assert same(
            row.share_improved, share((change * (2 * higher - 1) > 0).sum(), len(pairs))
        )
    (totals,) = asked(store, "engagements_totals", filters).to_dict("records")
    improved = asked(store, "outcomes_totals", filters, suppress_below=0)
    assert answer.engagements.sum() == totals["engagements"]
    assert answer.n.sum() == improved.n[0]


@pytest.mark.long
def test_outcomes_by_metric(store, filters: Filters, chosen: Files):
    answer = asked(store, "outcomes_by_metric", filters, suppress_below=0)
    answer = answer.set_index("metric_id")
    outcomes = chosen.outcomes
    assert dict(answer.outcomes) == dict(outcomes.groupby("metric_id").size())
    better = dict(zip(chosen.metrics.metric_id, chosen.metrics.better, strict=True))
    pairs = outcomes.dropna(subset=["baseline_value", "followup_value"])
    for metric, of_metric in pairs.groupby("metric_id"):
        row = answer.loc[metric]
        change = of_metric.followup_value - of_metric.baseline_value
        is_better = change > 0 if better[metric] == "higher" else change < 0
        assert row.n == len(change)
        assert same(row.mean_baseline, of_metric.baseline_value.mean())
        assert same(row.mean_followup, of_metric.followup_value.mean())
        assert same(row.mean_change, change.mean())
        assert same(row.share_improved, is_better.mean())
        of_agency = change.groupby(of_metric.agency_id).mean()
        assert row.agencies == len(of_agency)
        assert same(row.typical_change, of_agency.median())
        assert row.outcomes_same == (change == 0).sum()
        assert row.outcomes_improved + row.outcomes_same + row.outcomes_worse == row.n
    assert not answer.is_suppressed.any()
    assert answer.n.sum() == len(pairs)


@pytest.mark.long
def test_few_measurements_are_hidden(store, filters: Filters, chosen: Files):
    answer = asked(store, "outcomes_by_metric", filters, suppress_below=5)
    pairs = chosen.outcomes.dropna(subset=["baseline_value", "followup_value"])
    n = answer.metric_id.map(pairs.groupby("metric_id").size()).fillna(0)
    assert answer.is_suppressed[n < 5].all()
    assert answer[answer.is_suppressed].n.isna().all()
    # One more may be hidden, so that what is hidden is not a single cell of few.
    assert (answer.is_suppressed & (n >= 5)).sum() <= 1
    assert n[answer.is_suppressed].sum() == 0 or n[answer.is_suppressed].sum() >= 5
