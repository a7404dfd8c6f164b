"""The rows of a demonstration keep the rules of the data and look like the field."""

import pandas as pd
import pytest

from cri_data.model.code_lists import STATES
from cri_data.model.datasets import DATASETS, Column, Kind
from cri_data.store.store import Store
from tests.jobs.test_demonstration import AS_OF, rows_of
from tests.support.stores import demonstration_store

# What is planned may lie ahead.
PLANNED = {"planned_start_on", "planned_end_on"}


@pytest.fixture(scope="module")
def store():
    store = demonstration_store(3000)
    yield store
    store.close()


@pytest.fixture(scope="module")
def tables(store: Store) -> dict[str, pd.DataFrame]:
    return {name: rows_of(store, f"from {name}") for name in DATASETS}


@pytest.fixture(scope="module")
def agencies(store: Store) -> pd.DataFrame:
    return rows_of(store, "from described_agencies")


@pytest.fixture(scope="module")
def requests(store: Store) -> pd.DataFrame:
    return rows_of(
        store,
        "select *, fiscal_year(received_on) as fiscal_year "
        "from visible_requests({'role': 'staff', 'partner_id': null})",
    )


@pytest.mark.parametrize("name", DATASETS)
def test_keys_are_there_and_unique(tables: dict[str, pd.DataFrame], name: str):
    keys = tables[name][DATASETS[name].key]
    assert len(keys) > 0
    assert keys.notna().all()
    assert keys.is_unique


@pytest.mark.parametrize("name", DATASETS)
def test_required_values_are_there(tables: dict[str, pd.DataFrame], name: str):
    missing = tables[name][list(DATASETS[name].required)].isna().sum()
    assert missing.sum() == 0


@pytest.mark.parametrize("name", DATASETS)
def test_dates_do_not_go_backwards(tables: dict[str, pd.DataFrame], name: str):
    for chain in DATASETS[name].date_chains:
        dates = tables[name][list(chain)].apply(pd.to_datetime)
        latest = dates.cummax(axis="columns")
        backwards = dates.notna() & (dates != latest)
        assert not backwards.any().any(), (name, chain)


@pytest.mark.parametrize("name", DATASETS)
def test_no_date_is_after_the_as_of_date(tables: dict[str, pd.DataFrame], name: str):
    dates = [
        column.name
        for column in DATASETS[name].columns
        if column.kind is Kind.DATE and column.name not in PLANNED
    ]
    for column in dates:
        assert not (pd.to_datetime(tables[name][column]) > AS_OF).any(), column


def values_of(table: pd.DataFrame, column: Column) -> pd.Series:
    values = table[column.name]
    if column.kind is Kind.ID_LIST:
        values = values.explode()
    return values.dropna()


@pytest.mark.parametrize("name", DATASETS)
def test_references_codes_and_ranges_hold(tables: dict[str, pd.DataFrame], name: str):
    for column in DATASETS[name].columns:
        values = values_of(tables[name], column)
        if column.refers_to:
            known = tables[column.refers_to][DATASETS[column.refers_to].key]
            assert values.isin(known).all(), column.name
        if column.codes:
            assert values.isin(column.codes.values).all(), column.name
        if column.low is not None:
            assert values.between(column.low, column.high).all(), column.name


# Agencies: the shape of the field


def test_agencies_are_of_all_kinds(agencies: pd.DataFrame):
    counts = agencies["agency_type"].value_counts()
    assert counts["municipal"] == 12_500
    assert 2_900 <= counts["sheriff"] <= 3_200
    assert 45 <= counts["county"] <= 80
    assert 50 <= counts["state"] <= 100
    assert 180 <= counts["tribal"] <= 220
    assert 800 <= counts["campus"] <= 1_000
    assert 600 <= counts["special"] <= 1_000


def test_every_state_and_territory_has_agencies(agencies: pd.DataFrame):
    assert set(agencies["state"]) == set(STATES.values)
    assert agencies["state"].value_counts().max() < 1_500


def test_agencies_are_numbered_like_oris(agencies: pd.DataFrame):
    prefix = agencies["state"].replace({"NE": "NB", "GU": "GM"})
    assert agencies["agency_id"].str.fullmatch(r"[A-Z]{2}[0-9]{7}").all()
    assert (agencies["agency_id"].str[:2] == prefix).all()


def test_agencies_are_mostly_small_with_a_long_tail(agencies: pd.DataFrame):
    municipal = agencies[agencies["agency_type"] == "municipal"]
    sworn = municipal["sworn_officers"].dropna()
    assert 0.45 <= (sworn < 10).mean() <= 0.55
    assert 0.05 <= (sworn >= 100).mean() <= 0.07
    biggest = municipal.loc[municipal["sworn_officers"].idxmax()]
    assert (biggest["state"], biggest["city"]) == ("NY", "New York")
    assert 9_000 <= sworn.max() <= 11_000
    people = municipal["population_served"] / municipal["sworn_officers"]
    assert 400 <= people.median() <= 600


def test_some_agencies_are_not_fully_known(agencies: pd.DataFrame):
    assert 0.05 <= agencies["sworn_officers"].isna().mean() <= 0.09
    assert 0.02 <= agencies["latitude"].isna().mean() <= 0.04
    assert (agencies["latitude"].isna() == agencies["longitude"].isna()).all()
    assert (agencies["latitude"].isna() & agencies["zip"].notna()).any()
    assert (agencies["latitude"].isna() & agencies["zip"].isna()).any()
    dated = agencies["sworn_as_of_on"].notna()
    assert (dated == agencies["sworn_officers"].notna()).all()


def test_tribal_police_is_only_where_tribes_are(agencies: pd.DataFrame):
    tribal = agencies[agencies["agency_type"] == "tribal"]
    assert {"AZ", "NM", "OK", "SD", "WA"} <= set(tribal["state"])
    assert not {"DC", "OH", "PA", "VT", "WV", "PR"} & set(tribal["state"])


# Partners


def test_partners_come_and_go(tables: dict[str, pd.DataFrame]):
    partners = tables["partners"]
    assert len(partners) == 11
    assert set(partners["selection_status"]) == {
        "applied",
        "selected",
        "not_selected",
        "former",
    }
    joined = pd.to_datetime(partners["effective_from_on"])
    assert (joined > "2019-01-01").sum() >= 2
    former = partners["selection_status"] == "former"
    assert (partners["effective_to_on"].notna() == former).all()
    assert partners["base_latitude"].notna().all()


def test_those_who_lead_were_partners_and_know_the_topic(
    tables: dict[str, pd.DataFrame],
):
    led = tables["engagements"].merge(
        tables["requests"][["request_id", "assigned_on", "topic_ids"]], on="request_id"
    )
    led = led.merge(
        tables["partners"],
        left_on="lead_partner_id",
        right_on="partner_id",
        suffixes=("", "_known"),
    )
    assert (led["effective_from_on"] <= led["assigned_on"]).all()
    gone = led["effective_to_on"].notna()
    assert gone.any()
    assert (led["assigned_on"] <= led["effective_to_on"])[gone].all()
    for topic_id, asked, known in zip(
        led["topic_id"], led["topic_ids"], led["topic_ids_known"], strict=True
    ):
        if isinstance(topic_id, str):
            assert topic_id in asked
            assert topic_id in known
        else:
            assert set(asked) & set(known)


# Requests


def test_requests_grow_over_the_years_with_a_dip(requests: pd.DataFrame):
    by_year = requests["fiscal_year"].value_counts().sort_index()
    assert list(by_year.index) == list(range(2018, 2027))
    assert by_year[2020] < by_year[2019] < by_year[2022]
    assert by_year[2022:].is_monotonic_increasing
    assert by_year[2026] > 3 * by_year[2018]


def test_requests_are_numbered_within_their_fiscal_year(requests: pd.DataFrame):
    parts = requests["request_id"].str.extract(r"^R-(\d{4})-(\d{5})$").astype(int)
    assert (parts[0] == requests["fiscal_year"]).all()
    numbered = requests.assign(number=parts[1]).groupby("fiscal_year")["number"]
    assert (numbered.min() == 1).all()
    assert (numbered.max() == numbered.count()).all()


def test_requests_come_in_on_working_days(requests: pd.DataFrame):
    assert (requests["received_on"].dt.day_of_week < 5).all()
    assert requests["received_on"].min() >= pd.Timestamp("2017-10-01")


def test_small_agencies_are_half_of_those_served(requests: pd.DataFrame):
    served = requests.drop_duplicates("agency_id")
    assert 0.48 <= served["is_small_agency"].mean() <= 0.56
    assert requests["agency_id"].value_counts().max() >= 4


def test_topics_fit_those_who_ask(requests: pd.DataFrame):
    named = requests.explode("topic_ids")
    topics = named["topic_ids"].value_counts()
    assert set(topics.index[:2]) == {"officer-wellness", "training"}
    assert len(topics) == 14
    large = named["sworn_officers"].ge(100).groupby(named["topic_ids"]).mean()
    assert large["mass-demonstrations"] > 0.6 > 0.1 > large["shared-services"]
    tribal = named.loc[named["topic_ids"] == "tribal", "agency_type"]
    assert (tribal == "tribal").mean() > 0.9


def test_requests_name_one_to_four_different_topics(requests: pd.DataFrame):
    counts = requests["topic_ids"].map(len)
    assert counts.between(1, 4).all()
    assert 0.30 <= (counts > 1).mean() <= 0.40
    assert (requests["topic_ids"].map(lambda ids: len(set(ids))) == counts).all()


def test_stages_take_their_time(requests: pd.DataFrame):
    assert 18 <= requests["days_to_decided"].median() <= 24
    assert 45 <= requests["days_to_assigned"].median() <= 62
    assert 80 <= requests["days_to_delivery_started"].median() <= 105


def test_requests_stand_at_every_stage(requests: pd.DataFrame):
    shares = requests["status"].value_counts(normalize=True)
    assert len(shares) == 8
    assert 0.06 <= shares["declined"] <= 0.10
    assert 0.04 <= shares["withdrawn"] <= 0.08
    assert 0.65 <= shares["completed"] <= 0.82
    closed = requests["status"].isin(["completed", "declined", "withdrawn"])
    assert (requests["closed_on"].notna() == closed).all()
    assert requests["closed_reason"][~closed].isna().all()


def test_a_few_old_requests_are_stuck(requests: pd.DataFrame):
    age = (AS_OF - requests["received_on"]).dt.days
    for status in ("under_review", "accepted", "assigned", "in_delivery"):
        stuck = (requests["status"] == status) & (age > 500)
        assert 1 <= stuck.sum() <= 60, status


# Engagements and outcomes


def test_engagements_fit_their_status(tables: dict[str, pd.DataFrame]):
    engagements = tables["engagements"]
    shares = engagements["status"].value_counts(normalize=True)
    assert set(shares.index) == {"planned", "active", "completed", "cancelled"}
    assert 0.03 <= shares["cancelled"] <= 0.08
    started = engagements["status"].isin(["active", "completed"])
    assert (engagements["started_on"].notna() == started).all()
    ended = engagements["status"] == "completed"
    assert (engagements["ended_on"].notna() == ended).all()
    assert engagements["delivery_mode"].nunique() == 10
    assert engagements["hours"].dropna().between(2, 400).all()


def test_requests_have_engagements_or_lack_them(tables: dict[str, pd.DataFrame]):
    requests, engagements = tables["requests"], tables["engagements"]
    assigned = requests[requests["assigned_on"].notna()]
    assert engagements["request_id"].isin(assigned["request_id"]).all()
    assert 1.2 <= len(engagements) / len(assigned) <= 1.4
    kept = engagements[engagements["status"] != "cancelled"]["request_id"]
    open_ones = requests["status"].isin(["accepted", "assigned", "in_delivery"])
    without = requests[open_ones & ~requests["request_id"].isin(kept)]
    assert set(without["status"]) >= {"accepted", "assigned"}
    completed = requests[requests["status"] == "completed"]["request_id"]
    assert completed.isin(kept).all()


def test_no_engagement_outlives_its_request(tables: dict[str, pd.DataFrame]):
    both = tables["engagements"].merge(tables["requests"], on="request_id")
    assert not (both["started_on"] < both["delivery_started_on"]).any()
    assert not (both["ended_on"] > both["closed_on"]).any()


def test_engagements_have_hard_cases(tables: dict[str, pd.DataFrame]):
    engagements = tables["engagements"]
    active = engagements[engagements["status"] == "active"]
    assert (active["planned_end_on"] < AS_OF).any()
    assert (active["last_activity_on"] < AS_OF - pd.Timedelta(days=60)).any()
    assert engagements["topic_id"].isna().any()
    assert engagements["supporting_partner_ids"].notna().any()
    assert engagements["latitude"].notna().any()
    assert (engagements["latitude"].isna() == engagements["longitude"].isna()).all()
    supporting = engagements.explode("supporting_partner_ids")
    doubled = supporting["lead_partner_id"] == supporting["supporting_partner_ids"]
    assert not doubled.fillna(value=False).any()


def test_outcomes_are_of_completed_engagements(tables: dict[str, pd.DataFrame]):
    outcomes = tables["outcomes"].merge(tables["engagements"], on="engagement_id")
    assert (outcomes["status"] == "completed").all()
    completed = (tables["engagements"]["status"] == "completed").sum()
    assert 0.66 <= outcomes["engagement_id"].nunique() / completed <= 0.74
    assert not outcomes.duplicated(["engagement_id", "metric_id"]).any()
    assert outcomes["metric_id"].nunique() == 16


def test_outcome_values_are_within_their_units(tables: dict[str, pd.DataFrame]):
    outcomes = tables["outcomes"].merge(tables["metrics"], on="metric_id")
    values = outcomes.melt(
        "unit", ["baseline_value", "followup_value", "target_value"]
    ).dropna()
    assert (values["value"] >= 0).all()
    assert values.loc[values["unit"] == "percent", "value"].le(100).all()
    scores = values.loc[values["unit"] == "score_1_to_5", "value"]
    assert scores.between(1, 5).all()
    is_survey = outcomes["unit"] == "score_1_to_5"
    assert outcomes["respondents_invited"][~is_survey].isna().all()
    assert outcomes["respondents_invited"][is_survey].notna().any()
    answered = outcomes["respondents_responded"].dropna()
    assert (answered <= outcomes["respondents_invited"].loc[answered.index]).all()


def test_outcomes_are_sometimes_incomplete(tables: dict[str, pd.DataFrame]):
    outcomes = tables["outcomes"]
    assert 0.20 <= outcomes["followup_value"].isna().mean() <= 0.30
    assert 0.02 <= outcomes["baseline_value"].isna().mean() <= 0.12
    for kind in ("baseline", "followup"):
        value, on = outcomes[f"{kind}_value"], outcomes[f"{kind}_on"]
        assert (value.isna() == on.isna()).all()
    neither = outcomes["followup_value"].isna() & outcomes["baseline_value"].isna()
    assert not neither.any()


def test_outcomes_improve_modestly_and_not_everywhere(
    tables: dict[str, pd.DataFrame],
):
    pairs = tables["outcomes"].merge(tables["metrics"], on="metric_id")
    pairs = pairs.dropna(subset=["baseline_value", "followup_value"])
    change = pairs["followup_value"] - pairs["baseline_value"]
    is_better = change.where(pairs["better"] == "higher", -change) > 0
    assert 0.55 <= is_better.mean() <= 0.75
    by_metric = is_better.groupby(pairs["metric_id"]).mean()
    assert by_metric["violent-clearance"] < 0.6
    assert by_metric["days-lost"] < 0.6
    assert by_metric.max() < 1
