"""The field of partners: counted by hand, and against pandas over the exported files."""

from pathlib import Path

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from cri_data.export.dataset_csv import export
from cri_data.model.roles import STAFF
from tests.support.small_store import AS_OF, add, day, small_store
from tests.support.stores import demonstration_store

SELECTED = "selected"


@pytest.fixture(scope="module")
def store():
    """The small store, with four partners more; the as-of day is June 30, 2024."""
    store = small_store()
    add(
        store,
        "partners",
        (
            *("P3", "Partner Three", ["compstat"], "TX", SELECTED, day("2017-06-01")),
            *(day("2017-10-01"), AS_OF, 100.0, "executives"),
        ),
        # Not partners today: until yesterday, from tomorrow, and not selected.
        (
            *("P4", "Partner Four", ["tribal"], "PR", SELECTED, None),
            *(day("2017-10-01"), day("2024-06-29"), 100.0),
        ),
        ("P5", "Partner Five", ["tribal"], "PR", SELECTED, None, day("2024-07-01"), None),
        ("P6", "Partner Six", ["tribal"], "PR", "applied", day("2024-06-01")),
    )
    add(
        store,
        "requests",
        ("R7", "A1", day("2024-06-01"), "accepted", ["compstat", "tribal"]),
    )
    add(
        store,
        "engagements",
        (
            *("X1", "R3", "P3", [], "compstat", "completed", day("2024-04-10")),
            *(None, day("2024-04-12"), day("2024-05-01"), day("2024-05-01"), 25.0),
        ),
    )
    yield store
    store.close()


def field(store, **given) -> pd.DataFrame:
    return store.ask("partners_list", STAFF, suppress_below=0, **given).set_index(
        "partner_id"
    )


def test_the_field_is_by_name_with_selection_and_numbers(store):
    rows = field(store)
    assert list(rows.index) == ["P5", "P4", "P1", "P6", "P3", "P2"]
    assert rows.is_selected[rows.is_selected].index.tolist() == ["P3"]
    one, two, three = rows.loc["P1"], rows.loc["P2"], rows.loc["P3"]
    # E1 and E5; E3 is canceled.
    assert (one.engagements, one.engagements_completed, one.hours) == (2, 2, 10)
    assert (one.engagements_with_hours, one.engagements_supported) == (1, 0)
    # E2 and E4; E2 is past its planned end. P2 supports E1.
    assert (two.engagements_active, two.engagements_planned, two.hours) == (1, 1, 5)
    assert (two.engagements_supported, two.engagements_open) == (1, 2)
    assert two.engagements_late == 1
    # April to June 2024.
    assert (three.hours_last_quarter, three.share_of_capacity_last_quarter) == (25, 0.25)
    assert three.quarter_from_on == pd.Timestamp("2024-04-01")
    assert rows.share_of_capacity_last_quarter.drop("P3").isna().all()


def test_outcomes_have_their_interval_and_hide_few(store):
    one = field(store).loc["P1"]
    low, high = proportion_confint(3, 4, method="wilson")
    assert (one.n, one.share_improved) == (4, 0.75)
    assert (one.share_improved_low, one.share_improved_high) == pytest.approx((low, high))
    hidden = store.ask("partners_list", STAFF, suppress_below=5).set_index("partner_id")
    assert hidden.is_suppressed["P1"]
    assert hidden.loc["P1", ["n", "share_improved", "share_improved_low"]].isna().all()


def test_a_period_moves_what_is_of_the_period_alone(store):
    rows = field(store, date_from=day("2024-01-01"))
    assert rows.engagements.to_dict() == {
        **{"P5": 0, "P4": 0, "P6": 0},
        **{"P1": 1, "P2": 1, "P3": 1},
    }
    # Now, whatever the period.
    assert (rows.engagements_open["P2"], rows.engagements_late["P2"]) == (2, 1)
    assert rows.hours_last_quarter["P3"] == 25


def test_the_filter_by_partner_leaves_its_row_as_it_is(store):
    rows, one = field(store), field(store, partners=["P2"])
    assert list(one.index) == ["P2"]
    alone, among_all = (
        [None if pd.isna(value) else value for value in found.loc["P2"]]
        for found in (one, rows)
    )
    assert alone == among_all


def test_topics_and_partners_are_engagements_and_expertise(store):
    rows = store.ask("partners_by_topic", STAFF)
    found = {
        (row.topic_id, row.partner_id): (row.engagements, row.has_expertise)
        for row in rows.itertuples()
    }
    assert found == {
        # E1 has the first topic of its request.
        ("training", "P1"): (2, False),
        ("training", "P2"): (1, False),
        ("compstat", "P2"): (1, False),
        ("compstat", "P3"): (1, True),
        ("tribal", "P4"): (0, True),
        ("tribal", "P5"): (0, True),
        ("tribal", "P6"): (0, True),
    }


def test_what_waits_has_partners_of_today_alone(store):
    by_topic = store.ask("unassigned_requests_by_topic", STAFF)
    # R5, and R7; R3 has X1 now.
    rows = by_topic[["topic_id", "requests_unassigned", "partners_selected"]]
    assert rows.to_numpy().tolist() == [["tribal", 2, 0], ["compstat", 1, 1]]
    assert by_topic.partners[1] == "P3"
    assert list(by_topic.oldest_days) == [29, 29]

    by_state = store.ask("unassigned_requests_by_state", STAFF)
    names = ["state", "requests_unassigned", "partners_in_state", "partners_in_division"]
    assert by_state[names].to_numpy().tolist() == [["PR", 1, 0, 0], ["TX", 1, 1, 1]]


def test_what_waits_is_what_needs_attention(store):
    attention = store.ask("attention_list", STAFF, attention="accepted_without_partner")
    by_state = store.ask("unassigned_requests_by_state", STAFF)
    assert by_state.requests_unassigned.sum() == len(attention) == 2
    assert by_state.oldest_days.max() == attention.days.max()


def test_load_has_each_quarter_newest_first(store):
    rows = store.ask("partner_load_by_quarter", STAFF, partner_id="P1")
    assert list(rows.quarter) == ["FY2024 Q2", "FY2024 Q1", "FY2023 Q4"]
    assert list(rows.engagements) == [1, 0, 1]
    assert rows.hours.fillna(-1).tolist() == [10, -1, -1]
    assert rows.share_of_capacity.isna().all()
    three = store.ask("partner_load_by_quarter", STAFF, partner_id="P3")
    assert (three.share_of_capacity[0], three.is_partial[0]) == (0.25, False)
    early = {"partner_id": "P3", "as_of": day("2024-06-29")}
    assert store.ask("partner_load_by_quarter", STAFF, **early).is_partial[0]


def test_outcomes_of_a_partner_by_topic_add_up_to_its_row(store):
    given = {"partner_id": "P1", "suppress_below": 0}
    rows = store.ask("partner_outcomes_by_topic", STAFF, **given)
    assert list(rows.group_id) == ["training"]
    assert (rows.n.sum(), rows.outcomes_improved.sum()) == (4, 3)
    assert store.ask("partner_outcomes_by_topic", STAFF).empty


def test_one_partner_is_described(store):
    (row,) = store.ask("partner_detail", STAFF, partner_id="P3").to_dict("records")
    assert (row["partner_name"], row["is_selected"]) == ("Partner Three", True)
    assert (row["base_state"], row["capacity_hours_per_quarter"]) == ("TX", 100)
    assert store.ask("partner_detail", STAFF, partner_id="nobody").empty


# -- Against pandas ------------------------------------------------------------


@pytest.fixture(scope="module")
def demo():
    store = demonstration_store(400)
    yield store
    store.close()


@pytest.fixture(scope="module")
def files(demo, tmp_path_factory) -> dict[str, pd.DataFrame]:
    folder: Path = tmp_path_factory.mktemp("export")
    export(demo, folder)
    read = {path.stem: pd.read_csv(path) for path in folder.glob("*.csv")}
    for table in read.values():
        for name in table.columns:
            if name.endswith("_on"):
                table[name] = pd.to_datetime(table[name])
    engagements = read["engagements"]
    engagements["period_on"] = engagements.started_on.fillna(engagements.planned_start_on)
    return read


FY2024 = {"date_from": day("2023-10-01"), "date_to": day("2024-09-30")}


@pytest.mark.long
@pytest.mark.parametrize("given", [{}, FY2024, {"states": ["TX", "CA", "OH"]}], ids=str)
def test_the_field_against_pandas(demo, files, given):
    as_of = pd.Timestamp(demo.info().as_of_on)
    places = files["requests"].merge(files["agencies"][["agency_id", "state"]])
    every = files["engagements"].merge(places[["request_id", "state"]], on="request_id")
    every = every[every.status != "cancelled"]
    if "states" in given:
        every = every[every.state.isin(given["states"])]
    chosen = every
    if "date_from" in given:
        chosen = every[
            every.period_on.between(*map(pd.Timestamp, (FY2024["date_from"], "2024-09-30")))
        ]
    rows = field(demo, **given)
    assert set(rows.index) == set(files["partners"].partner_id)
    for partner_id, row in rows.iterrows():
        led = chosen[chosen.lead_partner_id == partner_id]
        assert row.engagements == len(led)
        assert row.engagements_completed == (led.status == "completed").sum()
        assert (row.hours if row.engagements_with_hours else 0) == pytest.approx(
            led.hours.sum()
        )
        helping = chosen.supporting_partner_ids.fillna("").str.split(";")
        assert row.engagements_supported == sum(partner_id in ids for ids in helping)

        now = every[every.lead_partner_id == partner_id]
        now = now[now.status.isin(["planned", "active"])]
        assert row.engagements_open == len(now)
        is_past_end = now.ended_on.isna() & (now.planned_end_on < as_of)
        is_past_start = (
            (now.status == "planned")
            & now.started_on.isna()
            & now.ended_on.isna()
            & (now.planned_start_on < as_of)
        )
        assert row.engagements_late == (is_past_end | is_past_start).sum()

        quarter = every[(every.lead_partner_id == partner_id)]
        quarter = quarter[quarter.period_on.between("2026-07-01", "2026-09-30")]
        assert (
            0 if pd.isna(row.hours_last_quarter) else row.hours_last_quarter
        ) == pytest.approx(quarter.hours.sum())


@pytest.mark.long
def test_outcomes_of_the_field_against_pandas(demo, files):
    known = (
        files["outcomes"]
        .merge(files["metrics"][["metric_id", "better"]])
        .merge(files["engagements"][["engagement_id", "lead_partner_id"]])
        .dropna(subset=["baseline_value", "followup_value"])
    )
    up = known.followup_value > known.baseline_value
    down = known.followup_value < known.baseline_value
    known["is_improved"] = up.where(known.better == "higher", down)
    expected = known.groupby("lead_partner_id").is_improved.agg(["size", "sum"])
    rows = field(demo)
    for partner_id, (n, improved) in expected.iterrows():
        row = rows.loc[partner_id]
        assert (row.n, row.share_improved) == (n, pytest.approx(improved / n))
        limits = proportion_confint(improved, n, method="wilson")
        assert (row.share_improved_low, row.share_improved_high) == pytest.approx(limits)
    assert len(expected) > 5


@pytest.mark.long
@pytest.mark.parametrize("suppress_below", [0, 5, 60])
def test_the_same_numbers_stand_on_the_other_pages(demo, suppress_below):
    few = {"suppress_below": suppress_below}
    rows = demo.ask("partners_list", STAFF, **few).set_index("partner_id")
    led = demo.ask("engagements_by_partner", STAFF, **few).set_index("lead_partner_id")
    groups = demo.ask("outcomes_by_group", STAFF, outcome_group="partner", **few)
    groups = groups.set_index("group_id")
    for partner_id in led.index.intersection(rows.index):
        row = rows.loc[partner_id]
        assert row.engagements == led.engagements[partner_id]
        assert row.hours == pytest.approx(led.hours[partner_id])
        if partner_id in groups.index:
            assert row.is_suppressed == groups.is_suppressed[partner_id]
            assert row.share_improved == pytest.approx(
                groups.share_improved[partner_id], nan_ok=True
            )
    times = demo.ask("stage_times_by_partner", STAFF, stage="delivery_started")
    times = times.set_index("lead_partner_id")
    stages = demo.ask("partner_stage_times", STAFF, partner_id="SAPC").set_index("stage")
    assert stages.median_days["delivery_started"] == times.median_days["SAPC"]
    assert list(stages.index) == ["received_to_assigned", "delivery_started", "closed"]
