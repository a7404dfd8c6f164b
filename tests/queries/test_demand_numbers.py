"""Demand and reach against pandas over the exported files, for filters drawn at random."""

import math
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import special
from statsmodels.stats.proportion import proportion_confint

from cri_data.export.dataset_csv import export
from cri_data.model.code_lists import (
    AGENCY_TYPES,
    DELIVERY_MODES,
    REGIONS,
    REQUEST_STATUSES,
)
from cri_data.model.roles import STAFF
from cri_data.store.store import Store
from tests.support.stores import demonstration_store

EDGES = [-1, 9, 24, 49, 99, 249, 499, 999, math.inf]
BANDS = [
    *("Under 10", "10-24", "25-49", "50-99", "100-249", "250-499", "500-999"),
    "1,000 or more",
]
pytestmark = pytest.mark.long

PARTS = {
    "requests_completed": ["completed"],
    "requests_in_delivery": ["in_delivery"],
    "requests_accepted": ["accepted", "assigned"],
    "requests_undecided": ["received", "under_review"],
    "requests_declined": ["declined"],
    "requests_withdrawn": ["withdrawn"],
}
REACH = "share_of_agencies_reached"
RATE = "requests_per_1000_agencies_per_year"
# Of no filter, of one and several fields, and of a period with no day in it (27).
SEEDS = (0, 9, 18, 23, 27, 36, 44, 48)


@dataclass(frozen=True)
class Files:
    """The exported files; a request has its agency's columns and a list of topics."""

    agencies: pd.DataFrame
    requests: pd.DataFrame
    topics: list[str]
    worked_on: set[str]
    as_of: date

    def chosen(self, given: dict) -> "Files":
        """What is left of each by the written rules."""
        agencies = _of_agencies(self.agencies, given)
        requests = self.requests[self.requests.agency_id.isin(agencies.agency_id)]
        asked = self._in_time(self._of_topics(requests, given), given)
        topics = given.get("topics", self.topics)
        return Files(agencies, asked, list(topics), self.worked_on, self.as_of)

    def nation(self, given: dict) -> pd.DataFrame:
        return self._in_time(self._of_topics(self.requests, given), given)

    def _of_topics(self, requests: pd.DataFrame, given: dict) -> pd.DataFrame:
        if "request_statuses" in given:
            statuses = requests.status.fillna("Not reported")
            requests = requests[statuses.isin(given["request_statuses"])]
        if "delivery_modes" in given:
            modes = set(given["delivery_modes"])
            requests = _where(requests, [bool(modes & one) for one in requests.modes])
        if "topics" not in given:
            return requests
        wanted = set(given["topics"])
        return _where(requests, [bool(wanted & set(named)) for named in requests.topics])

    def _in_time(self, requests: pd.DataFrame, given: dict) -> pd.DataFrame:
        first, last = given.get("date_from", date.min), given.get("date_to", date.max)
        return _where(requests, [first <= on <= last for on in requests.received_on])

    def years(self, given: dict) -> float:
        first = max(self.requests.received_on.min(), given.get("date_from", date.min))
        last = min(self.as_of, given.get("date_to", date.max))
        return ((last - first).days + 1) / 365.25 if first <= last else math.nan


def _where(rows: pd.DataFrame, are_kept: list[bool]) -> pd.DataFrame:
    return rows[np.array(are_kept, dtype=bool)]


def _of_agencies(agencies: pd.DataFrame, given: dict) -> pd.DataFrame:
    columns = {
        "regions": "region",
        "states": "state",
        "size_bands": "size_band",
        "agency_types": "agency_type",
    }
    for field, column in columns.items():
        if field in given:
            agencies = agencies[agencies[column].isin(given[field])]
    return agencies


def filters_of(seed: int) -> dict:
    """Filters drawn at random; the first draw has none."""
    chance = random.Random(seed)  # noqa: S311
    if not seed:
        return {}
    options = {
        "topics": [
            *("training", "tribal", "compstat", "officer-wellness"),
            "mass-casualty",
        ],
        "regions": list(REGIONS),
        "states": ["TX", "CA", "OH", "NY", "WY", "PR", "DC"],
        "size_bands": [*BANDS, "Not reported"],
        "agency_types": list(AGENCY_TYPES.labels),
        "request_statuses": [*REQUEST_STATUSES.labels, "Not reported"],
        "delivery_modes": [*DELIVERY_MODES.labels],
    }
    given: dict = {
        field: chance.sample(values, chance.randint(1, len(values) - 1))
        for field, values in options.items()
        if chance.random() < 0.25
    }
    if chance.random() < 0.6:
        given["date_from"] = date(2017, 6, 1) + timedelta(chance.randint(0, 3300))
    if chance.random() < 0.6:
        given["date_to"] = date(2019, 1, 1) + timedelta(chance.randint(0, 3300))
    return given


@pytest.fixture(scope="module")
def store():
    store = demonstration_store(400)
    with store.writing() as cursor:
        cursor.execute("update requests set status = null where hash(request_id) % 9 = 0")
    yield store
    store.close()


@pytest.fixture(scope="module")
def files(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder: Path = tmp_path_factory.mktemp("exported")
    export(store, folder)
    agencies = pd.read_csv(folder / "agencies.csv")
    bands = pd.cut(agencies.sworn_officers, EDGES, labels=BANDS).astype(object)
    agencies["size_band"] = bands.fillna("Not reported")
    states = store.ask("states_options", STAFF).set_index("state")
    agencies["region"] = agencies.state.map(states.region)
    requests = pd.read_csv(folder / "requests.csv", parse_dates=["received_on"])
    requests["received_on"] = requests.received_on.dt.date
    requests["topics"] = requests.topic_ids.str.split(";")
    columns = ["agency_id", "state", "region", "size_band", "agency_type"]
    requests = requests.merge(agencies[columns], on="agency_id")
    engagements = pd.read_csv(folder / "engagements.csv")
    under_way = engagements[engagements.status != "cancelled"]
    worked_on = set(under_way.request_id)
    modes = under_way.groupby("request_id").delivery_mode.agg(set)
    requests["modes"] = [modes.get(request_id, set()) for request_id in requests.request_id]
    topics = list(pd.read_csv(folder / "topics.csv").topic_id)
    return Files(agencies, requests, topics, worked_on, store.info().as_of_on)


def close(value: float, expected: float) -> bool:
    if pd.isna(value) or pd.isna(expected):
        return bool(pd.isna(value) and pd.isna(expected))
    return math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-9)


def naming(requests: pd.DataFrame, topic: str) -> pd.DataFrame:
    return _where(requests, [topic in named for named in requests.topics])


def test_random_filters_leave_something_to_compare(files: Files):
    counts = [len(files.chosen(filters_of(seed)).requests) for seed in SEEDS]
    assert sum(count > 20 for count in counts) >= 4
    assert min(counts) == 0
    assert files.requests.status.isna().sum() > 20


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("grouped_by", ["region", "size_band", "agency_type"])
def test_topics_by_group(store: Store, files: Files, seed: int, grouped_by: str):
    given = filters_of(seed)
    chosen, nation = files.chosen(given), files.nation(given)
    answer = store.ask("requests_by_group_and_topic", STAFF, grouped_by=grouped_by, **given)
    column, years = grouped_by, files.years(given)
    agencies = chosen.agencies.groupby(column).size()
    assert len(answer) == len(agencies) * len(chosen.topics)
    # By size, the nation is one; else a rate for each size.
    all_bands = pd.Series("All", files.agencies.index)
    band_of = all_bands if grouped_by == "size_band" else files.agencies.size_band
    bands = dict(zip(files.agencies.agency_id, band_of, strict=True))
    in_nation = files.agencies.agency_id.map(bands).value_counts()
    rates = {
        topic: naming(nation, topic).agency_id.map(bands).value_counts() / in_nation
        for topic in chosen.topics
    }
    asked = {topic: naming(chosen.requests, topic)[column] for topic in chosen.topics}
    sizes = {
        group: rows.agency_id.map(bands).value_counts()
        for group, rows in chosen.agencies.groupby(column)
    }
    for row in answer.itertuples():
        requests = (asked[row.topic_id] == row.agency_group).sum()
        expected = (sizes[row.agency_group] * rates[row.topic_id].fillna(0)).sum()
        assert (row.requests, row.agencies) == (requests, agencies[row.agency_group])
        assert close(getattr(row, RATE), 1000 * requests / row.agencies / years)
        assert close(row.requests_expected, expected)
        assert close(row.demand_index, 100 * requests / expected if expected else math.nan)
        if expected:
            high = special.gammaincinv(requests + 1, 0.975) / expected * 100
            assert row.demand_index_high == pytest.approx(high)


@pytest.mark.parametrize("seed", SEEDS)
def test_states(store: Store, files: Files, seed: int):
    given = filters_of(seed)
    chosen, nation = files.chosen(given), files.nation(given)
    answer = store.ask("requests_by_state", STAFF, **given).set_index("state")
    agencies = chosen.agencies.groupby("state").size()
    assert dict(answer.agencies) == dict(agencies)
    assert answer.requests.sum() == len(chosen.requests)
    rates = nation.groupby("size_band").size() / files.agencies.groupby("size_band").size()
    expected = chosen.agencies.size_band.map(rates.fillna(0)).groupby(chosen.agencies.state)
    assert list(answer.requests_expected) == pytest.approx(list(expected.sum()))
    reached = chosen.requests.groupby("state").agency_id.nunique()
    for state, row in answer.iterrows():
        assert close(row[REACH], reached.get(state, 0) / row.agencies)
    # Drawn together, the rates still stand around the same average.
    shrunk = answer[f"shrunk_{RATE}"]
    if answer.requests.sum():
        assert (shrunk <= max(answer[RATE].max(), shrunk.min()) + 1e-9).all()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("grouped_by", ["region", "size_band", "agency_type", "state"])
def test_reach(store: Store, files: Files, seed: int, grouped_by: str):
    given = filters_of(seed)
    chosen = files.chosen(given)
    column = grouped_by
    asked = chosen.agencies.agency_id.isin(chosen.requests.agency_id)
    answer = store.ask("reach_by_group", STAFF, grouped_by=grouped_by, **given)
    rows = answer.set_index("agency_group")
    by_group = asked.groupby(chosen.agencies[column])
    assert dict(rows.agencies) == dict(by_group.size())
    assert dict(rows.agencies_with_requests) == dict(by_group.sum())
    for row in answer.itertuples():
        ends = proportion_confint(row.agencies_with_requests, row.agencies, method="wilson")
        assert (
            row.share_of_agencies_reached_low,
            row.share_of_agencies_reached_high,
        ) == pytest.approx(ends, abs=1e-6)
        assert row.is_few_agencies == (row.agencies < 20)
    (totals,) = store.ask("reach_totals", STAFF, **given).to_dict("records")
    assert totals["agencies"] == rows.agencies.sum()
    assert totals["agencies_with_requests"] == rows.agencies_with_requests.sum()
    counts = store.ask("unserved_agencies_by_group", STAFF, grouped_by=grouped_by, **given)
    left = rows.agencies - rows.agencies_with_requests
    assert dict(zip(counts.agency_group, counts.agencies_unserved, strict=True)) == dict(
        left
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_agencies_not_served(store: Store, files: Files, seed: int):
    given = filters_of(seed)
    chosen = files.chosen(given)
    listed = store.ask("unserved_agencies_list", STAFF, **given)
    asked = set(chosen.requests.agency_id)
    assert set(listed.agency_id) == set(chosen.agencies.agency_id) - asked
    assert listed.sworn_officers.dropna().is_monotonic_decreasing
    answered = chosen.requests[chosen.requests.request_id.isin(files.worked_on)]
    waiting = store.ask("unserved_agencies_list", STAFF, unserved="no_engagement", **given)
    assert set(waiting.agency_id) == asked - set(answered.agency_id)
    assert waiting.requests.sum() == chosen.requests.agency_id.isin(waiting.agency_id).sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_kinds_of_agencies(store: Store, files: Files, seed: int):
    given = filters_of(seed)
    chosen = files.chosen(given)
    answer = store.ask("reach_by_kind", STAFF, **given).set_index("kind")
    agencies, requests = chosen.agencies, chosen.requests
    small = ["Under 10", "10-24", "25-49"]
    kinds = {
        "All agencies": agencies,
        "Under 50 sworn officers": agencies[agencies.sworn_officers < 50],
        "50 or more sworn officers": agencies[agencies.sworn_officers >= 50],
        "Size not reported": agencies[agencies.sworn_officers.isna()],
        "Tribal": agencies[agencies.agency_type == "tribal"],
        "Campus": agencies[agencies.agency_type == "campus"],
    }
    assert set(agencies[agencies.sworn_officers < 50].size_band) <= set(small)
    assert set(answer.index) == {kind for kind, rows in kinds.items() if len(rows)}
    for kind, row in answer.iterrows():
        own = requests[requests.agency_id.isin(kinds[kind].agency_id)]
        assert (row.agencies, row.requests) == (len(kinds[kind]), len(own))
        assert row.agencies_with_requests == own.agency_id.nunique()
        part = len(own) / len(requests) if len(requests) else math.nan
        assert close(row.share_of_requests, part)
    # Of known size and not, each agency once.
    sizes = list(kinds)[1:4]
    assert answer.agencies.reindex(sizes).sum() == len(agencies)
    assert answer.requests.reindex(sizes).sum() == len(requests)


@pytest.mark.parametrize("seed", SEEDS)
def test_concentration(store: Store, files: Files, seed: int):
    given = filters_of(seed)
    made = np.sort(files.chosen(given).requests.agency_id.value_counts().to_numpy())
    (totals,) = store.ask("requests_concentration_totals", STAFF, **given).to_dict(
        "records"
    )
    curve = store.ask("requests_lorenz_curve", STAFF, **given)
    if not len(made):
        assert curve.empty
        return
    gini = np.abs(made[:, None] - made).sum() / (2 * len(made) ** 2 * made.mean())
    assert close(totals["gini_index"], gini)
    shares = np.concatenate([[0], made.cumsum() / made.sum()])
    lorenz = np.interp(0.9, np.linspace(0, 1, len(made) + 1), shares)
    assert close(totals["share_of_requests_from_top_tenth"], 1 - lorenz)
    expected = np.interp(
        curve.share_of_agencies_up_to_here, np.linspace(0, 1, len(made) + 1), shares
    )
    assert list(curve.share_of_requests_up_to_here) == pytest.approx(list(expected))
    assert totals["requests"] == curve.requests.sum() == made.sum()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("grouped_by", ["topic", "region", "size_band", "agency_type"])
def test_the_parts_of_requests_add_up(
    store: Store, files: Files, seed: int, grouped_by: str
):
    given = filters_of(seed)
    chosen = files.chosen(given)
    answer = store.ask(
        "requests_and_delivery_by_group", STAFF, grouped_by=grouped_by, **given
    )
    assert (
        answer[[*PARTS, "requests_without_status"]].sum(axis=1) == answer.requests
    ).all()
    for row in answer.itertuples():
        if grouped_by == "topic":
            own = naming(chosen.requests, row.agency_group)
        else:
            own = chosen.requests[chosen.requests[grouped_by] == row.agency_group]
        assert row.requests == len(own)
        for part, statuses in PARTS.items():
            assert getattr(row, part) == own.status.isin(statuses).sum()
        assert row.requests_without_status == own.status.isna().sum()
        assert row.requests_with_engagement == own.request_id.isin(files.worked_on).sum()
    if grouped_by != "topic":
        (totals,) = store.ask("requests_totals", STAFF, **given).to_dict("records")
        assert answer.requests.sum() == totals["requests"]
        return
    by_topic = store.ask("requests_by_topic", STAFF, **given).set_index("topic_id")
    assert dict(by_topic.requests) == dict(answer.set_index("agency_group").requests)


@pytest.mark.parametrize("seed", SEEDS)
def test_fiscal_years(store: Store, files: Files, seed: int):
    given = filters_of(seed)
    chosen = files.chosen(given)
    answer = store.ask("requests_by_fiscal_year_and_topic", STAFF, **given)
    years = [on.year + (on.month >= 10) for on in chosen.requests.received_on]
    for row in answer.itertuples():
        named = naming(chosen.requests.assign(year=years), row.topic_id)
        assert row.requests == (named.year == row.fiscal_year).sum()
    by_topic = store.ask("requests_by_topic", STAFF, **given).set_index("topic_id").requests
    if len(answer):
        assert dict(answer.groupby("topic_id").requests.sum()) == dict(by_topic)


@pytest.mark.parametrize("seed", SEEDS)
def test_this_year_and_last(store: Store, files: Files, seed: int):
    given = filters_of(seed)
    last = min(files.as_of, given.get("date_to", date.max))
    begun = date(last.year - (last.month < 10), 10, 1)
    then = {name: value for name, value in given.items() if not name.startswith("date")}
    before = {"date_from": begun.replace(year=begun.year - 1), "date_to": year_ago(last)}
    this_year = files.chosen(then | {"date_from": begun, "date_to": last}).requests
    last_year = files.chosen(then | before).requests
    answer = store.ask("requests_by_topic_this_year_and_last", STAFF, **given)
    is_known = files.requests.received_on.min().replace(day=1) <= before["date_from"]
    for row in answer.itertuples():
        count = len(naming(this_year, row.topic_id))
        other = len(naming(last_year, row.topic_id)) if is_known else math.nan
        assert row.requests == count
        assert close(row.requests_last_year, other)
        assert close(row.requests_change, count - other)
    assert len(answer) == len(files.chosen(given).topics)
    assert (answer.p_value_adjusted.dropna() >= answer.p_value.dropna() - 1e-12).all()


def year_ago(on: date) -> date:
    """The end of a month is that of the month a year ago."""
    after = on + timedelta(1)
    return after.replace(year=after.year - 1) - timedelta(1)


@pytest.mark.parametrize("grouped_by", ["region", "division", "agency_type"])
def test_as_many_are_expected_as_there_are_where_all_agencies_are_chosen(
    store: Store, grouped_by: str
):
    answer = store.ask("requests_by_group_and_topic", STAFF, grouped_by=grouped_by)
    by_topic = answer.groupby("topic_id")[["requests", "requests_expected"]].sum()
    assert list(by_topic.requests_expected) == pytest.approx(list(by_topic.requests))


def test_a_filter_never_adds_requests_or_agencies(store: Store):
    for seed in SEEDS[1:]:
        given = filters_of(seed)
        (narrow,) = store.ask("reach_totals", STAFF, **given).to_dict("records")
        for field in given:
            fewer = {name: value for name, value in given.items() if name != field}
            (wide,) = store.ask("reach_totals", STAFF, **fewer).to_dict("records")
            for name in ("agencies", "agencies_with_requests"):
                assert narrow[name] <= wide[name]
