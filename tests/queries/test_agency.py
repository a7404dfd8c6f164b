"""What the questions about one agency answer: counted by head, and again by pandas."""

import pandas as pd
import pytest

from cri_data.model.roles import STAFF, Viewer
from tests.support.small_store import AS_OF, add, day, empty_store, small_store
from tests.support.stores import demonstration_store


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def row_of(store, question: str, agency_id: str, **given) -> dict:
    (row,) = store.ask(question, STAFF, agency_id=agency_id, **given).to_dict("records")
    return row


# -- One agency ------------------------------------------------------------------


def test_profile_with_the_agencys_own_place(store):
    row = row_of(store, "agency_detail", "A1")
    known = {name: row[name] for name in ("agency_name", "city", "region", "division")}
    assert known == {
        "agency_name": "Alder PD",
        "city": "Alder",
        "region": "South",
        "division": "West South Central",
    }
    assert (row["size_band"], row["sworn_officers"]) == ("Under 10", 8)
    assert (row["latitude"], row["longitude"], row["place_of"]) == (31.0, -97.0, "agency")


@pytest.mark.long
@pytest.mark.parametrize("text", ["TX0010100", "tx0010100", "TX00101", "tx00101"])
def test_an_agency_is_known_by_its_id_in_any_case_and_by_seven_characters(text):
    store = empty_store()
    add(store, "agencies", ("TX0010100", "Elm PD", "municipal", "TX", 8, "78701"))
    row = row_of(store, "agency_detail", text)
    assert row["agency_id"] == "TX0010100"
    # Austin's ZIP: latitude 30, longitude -97.
    assert row["place_of"] == "zip"
    assert (int(row["latitude"]), int(row["longitude"])) == (30, -97)


def test_the_id_as_it_is_written_goes_before_the_same_in_other_case():
    store = empty_store()
    add(store, "agencies", ("a1", "Lower PD"), ("A1", "Upper PD"))
    assert row_of(store, "agency_detail", "A1")["agency_name"] == "Upper PD"
    assert row_of(store, "agency_detail", "a1")["agency_name"] == "Lower PD"


def test_totals(store):
    row = row_of(store, "agency_totals", "A1", suppress_below=3)
    assert row == {
        "agency_id": "A1",
        # R2 is open.
        "requests": 2,
        "requests_open": 1,
        "first_received_on": pd.Timestamp("2024-01-10"),
        "last_received_on": pd.Timestamp("2024-02-15"),
        # E1, and E4, whose hours are not known.
        "engagements": 2,
        "engagements_cancelled": 0,
        "engagements_with_hours": 1,
        "hours": 10.0,
        # O1 and O2 of three are better.
        "outcomes": 3,
        "n": 3,
        "outcomes_improved": 2,
        "share_of_outcomes_improved": 2 / 3,
        "is_suppressed": False,
    }


def test_what_improved_is_hidden_where_too_few_were_measured(store):
    row = row_of(store, "agency_totals", "A1", suppress_below=4)
    assert row["is_suppressed"]
    assert row["n"] == 3
    assert pd.isna(row["outcomes_improved"])
    assert pd.isna(row["share_of_outcomes_improved"])


def test_canceled_engagements_are_apart_and_unknown_hours_are_not_zero(store):
    row = row_of(store, "agency_totals", "A4")
    assert (row["engagements"], row["engagements_cancelled"]) == (0, 1)
    assert pd.isna(row["hours"])


def test_an_agency_that_never_asked_has_zeros(store):
    row = row_of(store, "agency_totals", "A5")
    assert (row["requests"], row["engagements"], row["outcomes"]) == (0, 0, 0)
    assert store.ask("agency_timeline", STAFF, agency_id="A5").empty


def test_timeline_of_all_that_happened(store):
    answer = store.ask("agency_timeline", STAFF, agency_id="A1")
    events = [
        f"{row.event_on:%m-%d} {row.event} {row.record_id}" for row in answer.itertuples()
    ]
    assert events == [
        "07-15 engagement_planned E4",
        "05-10 request_closed R1",
        "04-10 followup O1",
        "04-10 followup O2",
        "04-10 followup O3",
        "04-01 engagement_ended E1",
        "02-20 baseline O1",
        "02-20 baseline O2",
        "02-20 baseline O3",
        "02-20 engagement_started E1",
        "02-20 delivery_started R1",
        "02-15 request_received R2",
        "02-01 request_assigned R1",
        "01-20 request_decided R1",
        "01-10 request_received R1",
    ]
    assert answer.is_to_come.tolist() == [True] + [False] * 14
    assert set(answer.fiscal_year) == {2024}
    of_event = answer.drop_duplicates("event").set_index("event")
    assert of_event.status["request_closed"] == "completed"
    assert of_event.status["request_decided"] == "accepted"
    assert of_event.value["followup"] == 4.0
    assert of_event.metric_name["followup"] == "Officer morale survey"
    assert of_event.lead_partner_name["engagement_started"] == "Partner One"


def test_timeline_of_a_decline_and_of_a_canceled_engagement(store):
    declined = store.ask("agency_timeline", STAFF, agency_id="A3")
    assert declined.set_index("event").status["request_decided"] == "declined"
    canceled = store.ask("agency_timeline", STAFF, agency_id="A4").set_index("event")
    assert canceled.status["engagement_planned"] == "cancelled"
    assert "engagement_cancelled" not in canceled.index
    assert not canceled.is_to_come["engagement_planned"]


def test_events_without_a_day_come_last():
    store = empty_store()
    add(store, "agencies", ("A1", "Elm PD", "municipal", "TX", 8))
    add(store, "partners", ("P1", "Partner One"))
    add(store, "requests", ("R1", "A1", day("2024-01-10"), "accepted", ["training"]))
    add(store, "engagements", ("E1", "R1", "P1", [], None, "planned"))
    add(store, "outcomes", ("O1", "E1", "complaints", 9.0))
    answer = store.ask("agency_timeline", STAFF, agency_id="A1")
    assert answer.event.tolist() == ["request_received", "baseline", "engagement_planned"]
    assert answer.event_on.isna().tolist() == [False, True, True]


def test_lists_are_the_agencys_own_newest_first(store):
    requests = store.ask("agency_requests_list", STAFF, agency_id="A1")
    assert requests.request_id.tolist() == ["R2", "R1"]
    # E1 is P1's, E4 is P2's.
    assert requests.lead_partners[1] == "Partner One; Partner Two"
    # From February 15 to June 30.
    assert requests.days_open[0] == (AS_OF - day("2024-02-15")).days
    engagements = store.ask("agency_engagements_list", STAFF, agency_id="A1")
    assert engagements.engagement_id.tolist() == ["E4", "E1"]
    assert engagements.supporting_partners[1] == "Partner Two"
    outcomes = store.ask("agency_outcomes_list", STAFF, agency_id="A1")
    assert outcomes.set_index("outcome_id").result.to_dict() == {
        "O3": "worse",
        "O2": "improved",
        "O1": "improved",
    }
    waiting = store.ask("agency_outcomes_list", STAFF, agency_id="A2")
    assert waiting.set_index("outcome_id").result.to_dict() == {
        "O4": "improved",
        "O5": "awaiting_followup",
        "O6": "awaiting_followup",
    }


def test_lists_stop_at_the_limit(store):
    for name, first in (("requests", "R2"), ("engagements", "E4"), ("outcomes", "O3")):
        one = store.ask(f"agency_{name}_list", STAFF, agency_id="A1", row_limit=1)
        assert one.iloc[:, 0].tolist() == [first]


def test_a_partner_sees_its_own_part_of_an_agency(store):
    own = store.ask("agency_timeline", Viewer("partner", "P2"), agency_id="A2")
    assert "E5" not in set(own.record_id)
    assert {"E2", "O6", "R6"} <= set(own.record_id)
    assert "R3" not in set(own.record_id)


# -- No longer stored --------------------------------------------------------------


@pytest.fixture(scope="module")
def gone():
    store = empty_store()
    add(store, "agencies", ("A1", "Kept PD", "municipal", "TX", 8))
    add(store, "agencies", ("A9", "Back PD", "municipal", "TX", 8))
    add(
        store,
        "uploads",
        ("U1", day("2024-06-01"), "Ann", "agencies", None, "committed"),
        ("U2", day("2024-06-02"), "Ann", "agencies", None, "committed"),
    )
    add(
        store,
        "changes",
        ("U1", "agencies", "A2", "{}", None),
        ("U2", "agencies", "A3", "{}", None),
        ("U2", "agencies", "A4", "{}", None),
        # Removed, and brought back.
        ("U2", "agencies", "A9", "{}", None),
    )
    with store.writing() as cursor:
        cursor.execute(
            "insert into merged_agencies values ('A2', 'A3', 'U1'), ('A3', 'A1', 'U2')"
        )
    yield store
    store.close()


@pytest.mark.parametrize("agency_id", ["A2", "a3"])
def test_a_merged_agency_leads_to_the_one_at_the_end(gone, agency_id):
    row = row_of(gone, "agency_gone", agency_id)
    assert (row["into_agency_id"], row["into_agency_name"]) == ("A1", "Kept PD")


def test_a_withdrawn_agency_has_the_upload_that_removed_it(gone):
    row = row_of(gone, "agency_gone", "A4")
    assert pd.isna(row["into_agency_id"])
    assert row["upload_id"] == "U2"
    assert row["gone_at"] == pd.Timestamp("2024-06-02")


@pytest.mark.parametrize("agency_id", ["A1", "A9", "nothing", None])
def test_what_is_stored_or_was_never_is_not_gone(gone, agency_id):
    assert gone.ask("agency_gone", STAFF, agency_id=agency_id).empty


# -- Found ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("alder", ["A1"]),
        ("tx pd", ["A1"]),
        ("PUERTO", ["A4"]),
        ("a5", ["A5"]),
        ("%", []),
        ("", ["A1", "A2", "A3", "A4", "A5"]),
    ],
)
def test_agencies_are_found_by_each_word_of_name_and_place(store, text, ids):
    found = store.ask("agencies_found_list", STAFF, text=text)
    assert found.agency_id.tolist() == ids


def test_words_may_be_short_and_the_most_similar_name_comes_first():
    store = empty_store()
    add(
        store,
        "agencies",
        ("A1", "East St. Louis Park Police"),
        ("A2", "Saint Louis University Police Department"),
        ("A3", "Saint Louis Police Department"),
        ("A4", "Mount Vernon Sheriff", "sheriff", "NY"),
    )

    def found(text: str) -> list[str]:
        return store.ask("agencies_found_list", STAFF, text=text).agency_id.tolist()

    assert found("st louis pd") == ["A3", "A1", "A2"]
    assert found("St Louis PD dept") == ["A3", "A2"]
    assert found("MT VERNON ny") == ["A4"]
    assert found("mt vernon pd") == []


def test_agencies_given_by_id_keep_their_order(store):
    found = store.ask("agencies_found_list", STAFF, agency_ids=["A3", "A1", "Z"])
    assert found.agency_id.tolist() == ["A3", "A1"]
    assert store.ask("agencies_found_list", STAFF, agency_ids=[]).empty
    own = store.ask("agencies_found_list", Viewer("partner", "P2"), agency_ids=["A3", "A1"])
    assert own.agency_id.tolist() == ["A1"]


def test_agencies_with_the_most_requests(store):
    found = store.ask("agencies_with_most_requests_list", STAFF)
    assert dict(zip(found.agency_id, found.requests, strict=True)) == {
        "A1": 2,
        "A2": 2,
        "A3": 1,
        "A4": 1,
    }
    assert found.requests_open.tolist() == [1, 2, 0, 1]


# -- Peers ----------------------------------------------------------------------------


def with_peers(municipal: int):
    """A0 of Texas (8 officers, two requests), municipal peers M0…, and two sheriffs.

    M0 made five requests, M1 one. S0 made one. Agencies of other sizes and regions are
    no peers.
    """
    store = empty_store()
    add(store, "agencies", ("A0", "Alder PD", "municipal", "TX", 8))
    peers = [(f"M{i}", f"Peer {i}", "municipal", "FL", 9) for i in range(municipal)]
    sheriffs = [(f"S{i}", f"Sheriff {i}", "sheriff", "TX", 1) for i in range(2)]
    others = [
        ("X1", "Large PD", "municipal", "TX", 10),
        ("X2", "Ohio PD", "municipal", "OH", 8),
        ("X3", "Unknown PD", "municipal", "TX", None),
        ("X4", "Nowhere PD", "municipal", None, 8),
    ]
    add(store, "agencies", *peers, *sheriffs, *others)

    def request(number: int, agency_id: str, *topics: str) -> tuple:
        return (f"R{number}", agency_id, day("2024-01-10"), "received", list(topics))

    add(
        store,
        "requests",
        request(1, "A0", "training"),
        request(2, "A0", "training", "tribal"),
        *(request(number, "M0", "compstat") for number in range(3, 8)),
        request(8, "M1", "training", "compstat"),
        request(9, "S0", "tribal"),
        request(10, "X2", "tribal"),
    )
    return store


@pytest.fixture(scope="module")
def few():
    store = with_peers(3)
    yield store
    store.close()


def test_peers_are_of_any_type_where_few_are_of_the_same(few):
    row = row_of(few, "agency_peers_totals", "A0")
    assert pd.isna(row.pop("agency_type"))
    # M0 to M2, S0 and S1: 5, 1, 0, 1, and 0 requests.
    assert row == {
        "agency_id": "A0",
        "size_band": "Under 10",
        "region": "South",
        "requests": 2,
        "peers": 5,
        "peers_with_requests": 3,
        "share_of_peers_with_requests": 3 / 5,
        "requests_of_peers": 7,
        "median_requests_of_peers": 1,
        "most_requests_of_peers": 5,
        "peers_with_fewer_requests": 4,
        "peers_with_as_many_requests": 0,
        "peers_with_more_requests": 1,
    }


def test_peers_are_of_the_same_type_where_there_are_ten():
    for municipal, peers in ((9, 11), (10, 10)):
        store = with_peers(municipal)
        row = row_of(store, "agency_peers_totals", "A0")
        assert row["peers"] == peers
        assert pd.isna(row["agency_type"]) == (municipal == 9)
        store.close()


@pytest.mark.parametrize("agency_id", ["X3", "X4"])
def test_an_agency_without_known_size_or_region_has_no_peers(few, agency_id):
    row = row_of(few, "agency_peers_totals", agency_id)
    assert row["peers"] == 0
    for name in ("share_of_peers_with_requests", "median_requests_of_peers"):
        assert pd.isna(row[name])
    for question in ("list", "by_topic", "by_requests"):
        assert few.ask(f"agency_peers_{question}", STAFF, agency_id=agency_id).empty


def test_peers_by_number_of_requests(few):
    answer = few.ask("agency_peers_by_requests", STAFF, agency_id="A0")
    assert answer.requests_group.tolist() == ["0", "1", "2-3", "4-7"]
    assert answer.peers.tolist() == [2, 2, 0, 1]
    assert answer.share_of_peers.tolist() == [0.4, 0.4, 0, 0.2]
    assert answer.is_own_group.tolist() == [False, False, True, False]


def test_peers_by_topic_name_what_the_agency_never_requested(few):
    answer = few.ask("agency_peers_by_topic", STAFF, agency_id="A0")
    # Each topic of the program has its row.
    assert len(answer) == 14
    first = answer.head(3).set_index("topic_id")
    assert first.peers_with_topic.to_dict() == {"compstat": 2, "training": 1, "tribal": 1}
    assert first.share_of_peers_with_topic["compstat"] == 2 / 5
    assert first.requests_of_peers.to_dict() == {"compstat": 6, "training": 1, "tribal": 1}
    assert first.requests.to_dict() == {"compstat": 0, "training": 2, "tribal": 1}
    assert first.is_never_requested.to_dict() == {
        "compstat": True,
        "training": False,
        "tribal": False,
    }


def test_peers_with_the_most_requests_come_first(few):
    answer = few.ask("agency_peers_list", STAFF, agency_id="A0")
    assert answer.agency_id.tolist() == ["M0", "M1", "S0", "M2", "S1"]
    assert answer.requests.tolist() == [5, 1, 1, 0, 0]
    one = few.ask("agency_peers_list", STAFF, agency_id="A0", row_limit=1)
    assert one.agency_id.tolist() == ["M0"]


# -- Counted again ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def demonstration():
    store = demonstration_store(400)
    yield store
    store.close()


def table(store, name: str) -> pd.DataFrame:
    with store.cursor() as cursor:
        return cursor.execute(f"from {name}").df()


def some_agencies(requests: pd.DataFrame) -> list[str]:
    """Those with the most requests, one with one, and one with none."""
    counts = requests.agency_id.value_counts()
    return [*counts.index[:4], counts.index[-1], "IL0920500"]


BANDS = [0, 10, 25, 50, 100, 250, 500, 1000, 10**9]


@pytest.mark.long
def test_numbers_of_the_demonstration_counted_again(demonstration):
    agencies, requests, engagements, outcomes, metrics = (
        table(demonstration, name)
        for name in ("agencies", "requests", "engagements", "outcomes", "metrics")
    )
    for agency_id in some_agencies(requests):
        own = requests[requests.agency_id == agency_id]
        theirs = engagements[engagements.request_id.isin(own.request_id)]
        done = theirs[theirs.status != "cancelled"]
        measured = outcomes[outcomes.engagement_id.isin(theirs.engagement_id)]
        pairs = measured.dropna(subset=["baseline_value", "followup_value"])
        change = pairs.followup_value - pairs.baseline_value
        better = pairs.metric_id.map(metrics.set_index("metric_id").better)
        improved = ((change > 0) & (better == "higher")) | (
            (change < 0) & (better == "lower")
        )
        row = row_of(demonstration, "agency_totals", agency_id, suppress_below=0)
        closed = ["completed", "declined", "withdrawn"]
        assert row["requests"] == len(own)
        assert row["requests_open"] == (~own.status.isin(closed)).sum()
        assert row["engagements"] == len(done)
        assert row["engagements_cancelled"] == len(theirs) - len(done)
        assert row["engagements_with_hours"] == done.hours.notna().sum()
        if done.hours.notna().any():
            assert row["hours"] == pytest.approx(done.hours.sum())
        assert (row["outcomes"], row["n"]) == (len(measured), len(pairs))
        assert row["outcomes_improved"] == improved.sum()
        for name, rows in (("requests", own), ("engagements", theirs)):
            listed = demonstration.ask(f"agency_{name}_list", STAFF, agency_id=agency_id)
            key = f"{name.removesuffix('s')}_id"
            assert set(listed[key]) == set(rows[key])
        days = ("received_on", "decided_on", "assigned_on", "delivery_started_on")
        known = own[[*days, "closed_on"]].notna().to_numpy().sum()
        known += theirs[["started_on", "ended_on"]].notna().to_numpy().sum()
        known += (theirs.started_on.isna() & theirs.ended_on.isna()).sum()
        known += measured[["baseline_on", "followup_on"]].notna().to_numpy().sum()
        answer = demonstration.ask("agency_timeline", STAFF, agency_id=agency_id)
        assert len(answer) == known
        assert len(agencies[agencies.agency_id == agency_id]) == 1


@pytest.mark.long
def test_peers_of_the_demonstration_counted_again(demonstration):
    agencies, requests = (table(demonstration, one) for one in ("agencies", "requests"))
    states = table(demonstration, "states").set_index("state").region
    agencies["region"] = agencies.state.map(states)
    agencies["band"] = pd.cut(agencies.sworn_officers, BANDS, right=False, labels=False)
    agencies["requests"] = (
        agencies.agency_id.map(requests.agency_id.value_counts()).fillna(0).astype(int)
    )
    of_agency = agencies.set_index("agency_id")
    for agency_id in some_agencies(requests):
        own = of_agency.loc[agency_id]
        if pd.isna(own.band):
            continue
        peers = of_agency[
            (of_agency.band == own.band)
            & (of_agency.region == own.region)
            & (of_agency.index != agency_id)
        ]
        same = peers[peers.agency_type == own.agency_type]
        peers = same if len(same) >= 10 else peers
        row = row_of(demonstration, "agency_peers_totals", agency_id)
        assert row["peers"] == len(peers)
        assert row["peers_with_requests"] == (peers.requests > 0).sum()
        assert row["median_requests_of_peers"] == peers.requests.median()
        assert row["peers_with_more_requests"] == (peers.requests > own.requests).sum()
        assert row["peers_with_fewer_requests"] == (peers.requests < own.requests).sum()
        groups = demonstration.ask("agency_peers_by_requests", STAFF, agency_id=agency_id)
        assert groups.peers.sum() == len(peers)
        named = requests[requests.agency_id.isin(peers.index)].explode("topic_ids")
        by_topic = demonstration.ask("agency_peers_by_topic", STAFF, agency_id=agency_id)
        counted = dict(zip(by_topic.topic_id, by_topic.peers_with_topic, strict=True))
        expected = named.groupby("topic_ids").agency_id.nunique()
        assert {name: n for name, n in counted.items() if n} == expected.to_dict()
