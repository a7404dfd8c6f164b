"""Stage times, counted by hand and against published and independent calculations."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight, survdiff

from cri_data.export.dataset_csv import export
from cri_data.model.roles import STAFF
from cri_data.model.stages import STAGES
from cri_data.store.store import Store
from tests.support.small_store import AS_OF, add, day, empty_store
from tests.support.stores import demonstration_store

# Weeks of remission with 6-MP; a plus: not relapsed yet (Freireich 1963, Gehan 1965).
SIX_MP = "6 6 6 7 10 13 16 22 23 6+ 9+ 10+ 11+ 17+ 19+ 20+ 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
BEGUN = date(2024, 1, 1)

# By stage: what it begins with and ends with, in a file of requests.
DATES = {
    "decided": ("received_on", "decided_on"),
    "assigned": ("decided_on", "assigned_on"),
    "delivery_started": ("assigned_on", "delivery_started_on"),
    "closed": ("delivery_started_on", "closed_on"),
    "received_to_assigned": ("received_on", "assigned_on"),
}


def after(days: int, begun: date = BEGUN) -> date:
    return begun + timedelta(days=days)


def asked(store: Store, question: str, key: str, **values: object) -> dict:
    """An answer by its key."""
    answer = store.ask(question, STAFF, **values)
    return {row[key]: row for row in answer.to_dict("records")}


def one_agency() -> Store:
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    return store


def studied(times: str, prefix: str, begun: date) -> list[tuple]:
    """A request per patient: decided after so many days, or withdrawn before."""
    rows = []
    for number, time in enumerate(times.split()):
        ended = after(int(time.rstrip("+")), begun)
        given = (f"{prefix}{number}", "A1", begun)
        if time.endswith("+"):
            rows.append((*given, "withdrawn", ["training"], *[None] * 3, ended))
        else:
            rows.append((*given, "accepted", ["training"], ended))
    return rows


@pytest.fixture(scope="module")
def trial():
    """The patients with 6-MP in this fiscal year, those with placebo in the last."""
    store = one_agency()
    add(store, "requests", *studied(SIX_MP, "M", BEGUN))
    add(store, "requests", *studied(PLACEBO, "P", date(2023, 1, 1)))
    yield store
    store.close()


def test_the_median_and_shares_of_the_published_table(trial):
    of_year = {"date_from": day("2023-10-01"), "stage": "decided"}
    (row,) = trial.ask(
        "stage_times_by_region", STAFF, **of_year, target_days=[10] * 5
    ).to_dict("records")
    assert (row["requests_entered"], row["requests_ended"]) == (21, 9)
    assert row["requests_closed_before"] == 12
    assert row["median_days"] == 23
    assert pd.isna(row["p90_days"])
    assert 1 - row["share_within_target"] == pytest.approx(0.7529, abs=5e-5)
    published = {6: 0.857, 7: 0.807, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    for target, waiting in published.items():
        (row,) = trial.ask(
            "stage_times_by_region", STAFF, **of_year, target_days=[target] * 5
        ).to_dict("records")
        assert 1 - row["share_within_target"] == pytest.approx(waiting, abs=5e-4)


def test_a_target_later_than_anybody_was_watched_has_no_share(trial):
    of_year = {"date_from": day("2023-10-01"), "stage": "decided"}
    answer = trial.ask("stage_times_by_region", STAFF, **of_year, target_days=[36] * 5)
    assert answer.share_within_target.isna().all()
    # All with placebo have relapsed by week 23, so by week 36 too.
    before = {"date_to": day("2023-09-30"), "stage": "decided"}
    answer = trial.ask("stage_times_by_region", STAFF, **before, target_days=[36] * 5)
    assert list(answer.share_within_target) == [1]


def test_the_published_comparison_says_slower(trial):
    """Log-rank of 6-MP against placebo: chi-square 16.79."""
    row = asked(trial, "stage_times_this_year_by_stage", "stage")["decided"]
    assert (row["median_days"], row["median_days_last_year"]) == (23, 8)
    assert row["logrank_z"] ** 2 == pytest.approx(16.79, abs=5e-3)
    assert row["this_year_is"] == "slower"


ENDS = (
    # What is known, and what is counted of each stage: b began, e ended, c closed
    # before, i still in it, u unknown; - not begun.
    ("received", "", "i---i"),
    ("accepted", "D", "ei--i"),
    ("assigned", "D A", "eei-e"),
    ("in_delivery", "D A S", "eeeie"),
    ("completed", "D A S C", "eeeee"),
    ("declined", "D C", "e---c"),
    # The day of the decision is the day when it left.
    ("declined", "D", "e---c"),
    ("declined", "C", "u---c"),
    ("declined", "D A C", "eec-e"),
    ("withdrawn", "C", "c---c"),
    ("withdrawn", "D C", "ec--c"),
    # When it was withdrawn is unknown.
    ("withdrawn", "D", "eu--u"),
    # The status, or a later date, says that a stage is over.
    ("accepted", "", "uu--i"),
    ("assigned", "A", "uui-e"),
    ("completed", "D S C", "euueu"),
    ("withdrawn", "S C", "uuueu"),
    ("completed", "D A S", "eeeue"),
    # Without a status, a day of closing says that it is closed.
    (None, "C", "c---c"),
    (None, "D", "ei--i"),
    # What a status says is open is open.
    ("received", "C", "i---i"),
)


@pytest.mark.long
@pytest.mark.parametrize(("status", "dates", "counted"), ENDS)
def test_what_a_request_counts_as_in_each_stage(status, dates, counted):
    known = dict(zip("DASC", (after(n) for n in (10, 20, 30, 40)), strict=True))
    days = [known[one] if one in dates.split() else None for one in "DASC"]
    store = one_agency()
    add(store, "requests", ("R1", "A1", BEGUN, status, ["training"], *days))
    found = asked(store, "stage_times_by_stage", "stage")
    columns = {
        "e": "requests_ended",
        "c": "requests_closed_before",
        "i": "requests_in_stage",
        "u": "requests_time_unknown",
    }
    for stage, one in zip(STAGES, counted, strict=True):
        assert (stage in found) == (one != "-")
        if one != "-":
            assert found[stage]["requests_entered"] == 1
            assert found[stage][columns[one]] == 1
    store.close()


def test_days_out_of_order_or_to_come_are_unknown():
    store = one_agency()
    future = AS_OF + timedelta(days=1)
    add(
        store,
        "requests",
        ("R1", "A1", BEGUN, "accepted", ["training"], after(-1)),
        ("R2", "A1", BEGUN, "accepted", ["training"], future),
        ("R3", "A1", future, "received", ["training"]),
        ("R4", "A1", BEGUN, "accepted", ["training"], after(0)),
    )
    row = asked(store, "stage_times_by_stage", "stage")["decided"]
    assert (row["requests_entered"], row["requests_time_unknown"]) == (4, 3)
    assert (row["requests_ended"], row["median_days"]) == (1, 0)
    store.close()


def test_last_year_is_as_it_was_known_on_the_same_day():
    """As of June 30, 2024: what ended after June 30, 2023 had not ended then."""
    store = one_agency()
    add(
        store,
        "requests",
        ("L1", "A1", day("2023-06-20"), "accepted", ["training"], day("2023-06-25")),
        ("L2", "A1", day("2023-06-20"), "accepted", ["training"], day("2023-07-02")),
        # Received after the same day of last year.
        ("L3", "A1", day("2023-07-02"), "accepted", ["training"], day("2023-07-03")),
        ("T1", "A1", day("2024-06-20"), "accepted", ["training"], day("2024-06-22")),
    )
    row = asked(store, "stage_times_this_year_by_stage", "stage")["decided"]
    assert (row["requests_entered"], row["requests_entered_last_year"]) == (1, 2)
    assert (row["requests_ended"], row["requests_ended_last_year"]) == (1, 1)
    assert row["this_year_from_on"] == pd.Timestamp("2023-10-01")
    # As many days as from October 1, 2023: a leap day is among them.
    assert row["last_year_to_on"] == pd.Timestamp("2023-07-01")
    assert row["this_year_is"] == "no clear difference"
    # A whole year against a whole one, the leap year before.
    row = asked(
        store, "stage_times_this_year_by_stage", "stage", date_to=day("2023-09-30")
    )["decided"]
    assert row["last_year_from_on"] == pd.Timestamp("2021-10-01")
    assert row["last_year_to_on"] == pd.Timestamp("2022-09-30")
    assert (row["requests_entered"], row["requests_entered_last_year"]) == (3, 0)
    assert pd.isna(row["this_year_is"])
    store.close()


def test_partners_and_topics_share_a_request():
    store = one_agency()
    add(store, "partners", ("P1", "Partner One"), ("P2", "Partner Two"))
    started = (day("2024-01-05"), day("2024-01-10"), day("2024-01-20"))
    add(
        store,
        "requests",
        ("R1", "A1", BEGUN, "in_delivery", ["training", "tribal"], *started),
        ("R2", "A1", BEGUN, "in_delivery", ["training"], *started),
    )
    planned = (None, day("2024-02-01"))
    add(
        store,
        "engagements",
        ("E1", "R1", "P1", [], None, "completed", day("2024-01-20")),
        ("E2", "R1", "P2", [], None, "planned", *planned),
        ("E3", "R2", "P1", [], None, "cancelled", *planned),
    )
    by_partner = asked(
        store, "stage_times_by_partner", "lead_partner_id", stage="delivery_started"
    )
    # Of two that are not canceled, the one under way leads R1.
    assert {name: row["requests_ended"] for name, row in by_partner.items()} == {
        "P2": 1,
        "No partner yet": 1,
    }
    by_topic = asked(store, "stage_times_by_topic", "topic_id", stage="decided")
    counts = {name: row["requests_entered"] for name, row in by_topic.items()}
    assert counts == {"training": 2, "tribal": 1}
    store.close()


def test_critical_values_are_of_the_normal_distribution():
    store = empty_store()
    with store.cursor() as cursor:
        found = cursor.execute(
            "select n, z_of_comparisons(n) from range(1, 7) as of(n)"
        ).fetchall()
    for n, z in found:
        assert float(z) == pytest.approx(norm.ppf(1 - 0.025 / n), abs=1e-6)
    store.close()


@pytest.fixture(scope="module")
def store():
    store = demonstration_store(3000)
    yield store
    store.close()


@pytest.fixture(scope="module")
def requests(store, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The exported file of requests, with region and size of the agency."""
    folder: Path = tmp_path_factory.mktemp("exported")
    export(store, folder)
    days = [one for one in pd.read_csv(folder / "requests.csv", nrows=1) if "_on" in one]
    requests = pd.read_csv(folder / "requests.csv", parse_dates=days)
    agencies = pd.read_csv(folder / "agencies.csv")
    regions = store.ask("states_options", STAFF)[["state", "region"]]
    agencies = agencies.merge(regions, on="state")
    return requests.merge(agencies[["agency_id", "region"]], on="agency_id")


def in_stage(
    requests: pd.DataFrame, stage: str, observed_on: pd.Timestamp
) -> tuple[pd.Series, pd.Series]:
    """Days and causes of the requests that began a stage, as known on a day.

    0: not ended, 1: ended, 2: declined, 3: withdrawn. The demonstration has every date
    and declines on the day of the decision.
    """
    begun, ended = (requests[column] for column in DATES[stage])
    is_declined = requests.status == "declined"
    chosen = begun.notna() & (begun <= observed_on)
    if stage == "assigned":
        chosen &= ~is_declined
    cause = pd.Series(0, requests.index)
    until = pd.Series(observed_on, requests.index)
    left = requests.closed_on.notna() & (requests.closed_on <= observed_on)
    cause[left & (requests.status == "withdrawn")] = 3
    cause[left & is_declined] = 2
    until[left] = requests.closed_on
    done = ended.notna() & (ended <= observed_on)
    cause[done] = 1
    until[done] = ended
    return (until - begun)[chosen].dt.days, cause[chosen]


def kaplan_meier(days: pd.Series, ended: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    curve = SurvfuncRight(days, ended)
    return curve.surv_times, curve.surv_prob


def first_day(curve: tuple[np.ndarray, np.ndarray], waiting: float) -> float:
    reached = curve[0][curve[1] <= waiting + 1e-9]
    return reached[0] if len(reached) else np.nan


def within(curve: tuple[np.ndarray, np.ndarray], target: int) -> float:
    return 1 - np.append(1, curve[1])[np.searchsorted(curve[0], target, side="right")]


def assert_times(row: dict, days: pd.Series, cause: pd.Series, last: str = "") -> None:
    curve = kaplan_meier(days, cause == 1)
    np.testing.assert_equal(float(row[f"median_days{last}"]), first_day(curve, 0.5))
    if not last and "p90_days" in row:
        np.testing.assert_equal(float(row["p90_days"]), first_day(curve, 0.1))
    found = row[f"share_within_target{last}"]
    assert found == pytest.approx(within(curve, row["target_days"]))


def test_every_stage_is_what_statsmodels_says(store, requests):
    as_of = pd.Timestamp(store.info().as_of_on)
    found = asked(store, "stage_times_by_stage", "stage")
    assert list(found) == list(STAGES)
    for stage, row in found.items():
        days, cause = in_stage(requests, stage, as_of)
        assert row["requests_entered"] == len(days)
        assert row["requests_ended"] == (cause == 1).sum()
        assert row["requests_closed_before"] == (cause > 1).sum()
        assert row["requests_in_stage"] == (cause == 0).sum()
        assert row["requests_time_unknown"] == 0
        assert_times(row, days, cause)


@pytest.mark.parametrize("stage", STAGES)
def test_every_region_is_what_statsmodels_says(stage, store, requests):
    as_of = pd.Timestamp(store.info().as_of_on)
    chosen = {"date_from": date(2021, 10, 1), "date_to": date(2024, 9, 30)}
    of_years = requests[requests.received_on.between(*map(pd.Timestamp, chosen.values()))]
    found = asked(store, "stage_times_by_region", "region", stage=stage, **chosen)
    assert set(found) == set(of_years.region)
    for region, row in found.items():
        assert_times(row, *in_stage(of_years[of_years.region == region], stage, as_of))


@pytest.mark.parametrize("stage", ["decided", "assigned", "received_to_assigned"])
def test_cumulative_incidence_is_what_statsmodels_says(stage, store, requests):
    as_of = pd.Timestamp(store.info().as_of_on)
    days, cause = in_stage(requests, stage, as_of)
    if stage == "decided":
        # A decision to decline is told apart from the others.
        cause[(cause == 1) & (requests.loc[cause.index].status == "declined")] = 2
    known = sorted(set(cause) - {0})
    expected = CumIncidenceRight(
        days, cause.map({0: 0} | {c: i + 1 for i, c in enumerate(known)})
    )
    names = {1: "share_ended", 2: "share_declined", 3: "share_withdrawn"}
    for row in store.ask("stage_ends_by_day", STAFF, stage=stage).to_dict("records"):
        at = np.searchsorted(expected.times, row["days"], side="right")
        for number, one in enumerate(known):
            shares = np.append(0, expected.cinc[number])
            assert row[names[one]] == pytest.approx(shares[at])
        ends = [name for name in row if name.startswith("share_") and "none" not in name]
        assert sum(row[name] for name in ends) == pytest.approx(1)


@pytest.mark.parametrize("to", [None, date(2025, 3, 10), date(2024, 3, 10)])
def test_both_years_and_their_difference_are_what_statsmodels_says(to, store, requests):
    for row in store.ask("stage_times_this_year_by_stage", STAFF, date_to=to).to_dict(
        "records"
    ):
        years = [
            ("", row["this_year_from_on"], row["this_year_to_on"]),
            ("_last_year", row["last_year_from_on"], row["last_year_to_on"]),
        ]
        assert years[0][2] - years[0][1] == years[1][2] - years[1][1]
        of_years = []
        for last, first_on, last_on in years:
            received = requests[requests.received_on.between(first_on, last_on)]
            days, cause = in_stage(received, row["stage"], last_on)
            assert row[f"requests_entered{last}"] == len(days)
            assert row[f"requests_ended{last}"] == (cause == 1).sum()
            if days.max() >= row["target_days"] or (cause == 1).all():
                assert_times(row, days, cause, last)
            else:
                assert pd.isna(row[f"share_within_target{last}"])
            of_years.append((days, cause == 1))
        (days, ended), (days_before, ended_before) = of_years
        chi_square, _ = survdiff(
            np.append(days, days_before),
            np.append(ended, ended_before),
            np.repeat(["this", "last"], [len(days), len(days_before)]),
        )
        assert row["logrank_z"] ** 2 == pytest.approx(chi_square)


def test_groups_add_up_to_the_stage(store):
    for stage, row in asked(store, "stage_times_by_stage", "stage").items():
        for group in ("region", "size_band", "partner"):
            found = store.ask(f"stage_times_by_{group}", STAFF, stage=stage)
            assert found.requests_entered.sum() == row["requests_entered"]
            parts = found[[name for name in found if name.startswith("requests_")]].sum()
            assert parts.requests_entered * 2 == parts.sum()
