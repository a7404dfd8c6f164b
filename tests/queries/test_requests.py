"""What the questions about requests answer, counted by head in the small store."""

import pandas as pd
import pytest

from cri_data.model.roles import STAFF
from tests.support.small_store import add, day, empty_store, small_store
from tests.support.uploads import loaded


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def ids(store, **chosen) -> str:
    """The requests that the filters leave, oldest first, joined."""
    answer = store.ask("requests_list", STAFF, **chosen)
    return " ".join(sorted(answer.request_id))


def column_by(answer: pd.DataFrame, key: str, column: str) -> dict:
    return dict(zip(answer[key], answer[column], strict=True))


def test_totals_of_everything(store):
    (row,) = store.ask("requests_totals", STAFF).to_dict("records")
    assert row == {
        "requests": 6,
        "requests_open": 4,
        # R3 has no engagement, R5 only a cancelled one; R2 is not accepted yet.
        "requests_without_partner": 2,
        "agencies": 5,
        "agencies_with_requests": 4,
        "share_of_agencies_reached": 4 / 5,
        "requests_from_small_agencies": 3,
        # R4 is from an agency of unknown size.
        "share_of_requests_from_small_agencies": 3 / 5,
        # 5, 10, 10, 20 and 30 days; 30 and 41; 121.
        "median_days_to_decided": 10,
        "median_days_to_delivery_started": 35.5,
        "median_days_to_closed": 121,
    }


def test_totals_of_nothing_are_zero_and_their_shares_unknown(store):
    (row,) = store.ask("requests_totals", STAFF, states=[]).to_dict("records")
    assert (row["requests"], row["agencies"]) == (0, 0)
    assert pd.isna(row["share_of_agencies_reached"])
    assert pd.isna(row["share_of_requests_from_small_agencies"])
    assert pd.isna(row["median_days_to_decided"])


@pytest.mark.long
@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({}, "R1 R2 R3 R4 R5 R6"),
        # A period is inclusive at both ends, and is of received_on.
        ({"date_from": day("2024-01-10")}, "R1 R2 R5"),
        ({"date_from": day("2024-01-11")}, "R2 R5"),
        ({"date_to": day("2023-08-01")}, "R3 R4 R6"),
        ({"date_from": day("2023-03-05"), "date_to": day("2024-01-10")}, "R1 R3 R4"),
        ({"topics": ["tribal"]}, "R1 R5"),
        ({"topics": ["tribal", "training"]}, "R1 R2 R4 R5 R6"),
        ({"topics": []}, ""),
        ({"topics": ["no-such-topic"]}, ""),
        ({"regions": ["South"]}, "R1 R2 R3 R6"),
        ({"regions": ["Territories", "Midwest"]}, "R4 R5"),
        ({"regions": []}, ""),
        ({"divisions": ["East North Central"]}, "R4"),
        ({"divisions": []}, ""),
        ({"states": ["PR"]}, "R5"),
        ({"states": []}, ""),
        ({"size_bands": ["Not reported"]}, "R4"),
        ({"size_bands": ["Under 10", "25-49"]}, "R1 R2 R5"),
        ({"size_bands": []}, ""),
        ({"agency_types": ["sheriff"]}, "R3 R6"),
        ({"agency_types": []}, ""),
        ({"agency_types": ["sheriff"], "topics": ["compstat"]}, "R3"),
        # Of the partners that lead or support an engagement that is not canceled.
        ({"partners": ["P1"]}, "R1 R6"),
        ({"partners": ["P2"], "date_from": day("2024-01-01")}, "R1"),
        ({"partners": []}, ""),
        ({"delivery_modes": ["web_training"]}, "R1"),
        ({"delivery_modes": ["Not reported"]}, "R1 R6"),
        # One engagement must be both: E4 is P2's and in web training, E1 is P1's.
        ({"delivery_modes": ["web_training"], "partners": ["P2"]}, "R1"),
        ({"delivery_modes": ["web_training"], "partners": ["P1"]}, ""),
        ({"delivery_modes": []}, ""),
        ({"request_statuses": ["declined", "received"]}, "R2 R4"),
        ({"request_statuses": ["Not reported"]}, ""),
        ({"request_statuses": []}, ""),
        ({"sources": ["IACP"]}, "R2"),
        ({"sources": ["Not reported"]}, "R1 R3 R4 R5 R6"),
        ({"sources": ["IACP"], "partners": ["P1"]}, ""),
        ({"sources": []}, ""),
        ({"agency_types": ["Not reported"]}, ""),
    ],
)
def test_each_filter(store, chosen, left):
    assert ids(store, **chosen) == left
    (totals,) = store.ask("requests_totals", STAFF, **chosen).to_dict("records")
    assert totals["requests"] == len(left.split())
    assert store.ask("requests_count", STAFF, **chosen).requests[0] == totals["requests"]


def test_a_request_of_several_topics_counts_once_in_the_totals(store):
    by_topic = store.ask("requests_by_topic", STAFF)
    counts = column_by(by_topic, "topic_id", "requests")
    assert {topic: count for topic, count in counts.items() if count} == {
        "training": 4,
        "compstat": 2,
        "tribal": 2,
        "gun-violence": 1,
    }
    # The ten topics that nobody named have 0, and no days.
    assert len(counts) == 14
    assert by_topic[by_topic.requests == 0].median_days_to_decided.isna().all()
    assert by_topic.requests.sum() == 9
    assert store.ask("requests_totals", STAFF).requests[0] == 6


def test_by_topic_counts_of_the_requests_chosen(store):
    answer = store.ask("requests_by_topic", STAFF, topics=["tribal"])
    (row,) = answer.to_dict("records")
    assert row == {
        "topic_id": "tribal",
        "topic_name": "Tribal law enforcement",
        "requests": 2,
        "share_of_requests": 1.0,
        "requests_from_small_agencies": 2,
        "requests_open": 1,
        "median_days_to_decided": 7.5,
    }


def test_by_topic_shares_are_of_all_requests(store):
    answer = store.ask("requests_by_topic", STAFF)
    shares = column_by(answer, "topic_id", "share_of_requests")
    assert shares["training"] == pytest.approx(4 / 6)


def test_by_region_with_the_territories(store):
    answer = store.ask("requests_by_region", STAFF)
    assert answer.to_dict("list") == {
        "region": ["South", "Midwest", "Territories", "West"],
        "requests": [4, 1, 1, 0],
        "agencies": [2, 1, 1, 1],
        "agencies_with_requests": [2, 1, 1, 0],
        "requests_per_1000_agencies": [2000, 1000, 1000, 0],
        "share_of_agencies_reached": [1, 1, 1, 0],
    }


def test_by_region_leaves_out_regions_without_agencies(store):
    answer = store.ask("requests_by_region", STAFF, states=["OH"])
    assert list(answer.region) == ["Midwest"]


def test_by_region_keeps_the_agencies_of_those_who_did_not_ask(store):
    answer = store.ask("requests_by_region", STAFF, topics=["tribal"])
    assert column_by(answer, "region", "requests")["South"] == 1
    assert column_by(answer, "region", "agencies")["South"] == 2
    assert column_by(answer, "region", "share_of_agencies_reached")["South"] == 0.5


def test_by_size_band_says_not_reported(store):
    answer = store.ask("requests_by_size_band", STAFF)
    assert list(answer.size_band) == ["Under 10", "25-49", "100-249", "Not reported"]
    assert list(answer.band_order) == [1, 3, 5, 9]
    assert list(answer.requests) == [2, 1, 2, 1]
    assert list(answer.requests_per_1000_agencies) == [2000, 500, 2000, 1000]


@pytest.mark.long
def test_size_bands_begin_where_they_say():
    bands = {
        "Under 10": (0, 9),
        "10-24": (10, 24),
        "25-49": (25, 49),
        "50-99": (50, 99),
        "100-249": (100, 249),
        "250-499": (250, 499),
        "500-999": (500, 999),
        "1,000 or more": (1000, 30000),
        "Not reported": (None, None),
    }
    store = empty_store()
    for band, both_ends in bands.items():
        agencies = [
            (f"{band}-{end}", f"Asks as {band}", "municipal", "TX", sworn)
            for end, sworn in zip("ab", both_ends, strict=True)
        ]
        add(store, "agencies", *agencies)
        rest = (day("2024-01-01"), "received", ["training"])
        add(store, "requests", *((agency[0], agency[0], *rest) for agency in agencies))
    answer = store.ask("requests_list", STAFF)
    assert len(answer) == 18
    assert all(row.agency_id.startswith(row.size_band) for row in answer.itertuples())
    (totals,) = store.ask("requests_totals", STAFF).to_dict("records")
    # Under 50 sworn officers: the first three bands.
    assert totals["requests_from_small_agencies"] == 6


def test_a_topic_has_a_row_while_it_is_in_effect():
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    add(store, "requests", ("R1", "A1", day("2024-01-10"), "received", ["tribal"]))
    with store.writing() as cursor:
        cursor.execute(
            "update topics set effective_to_on = date '2023-06-30' "
            "where topic_id in ('training', 'tribal')"
        )
        cursor.execute(
            "update topics set effective_from_on = date '2024-06-01' "
            "where topic_id = 'compstat'"
        )
    rows = {
        period: store.ask("requests_by_topic", STAFF, **{side: day(on)}).topic_id
        for period, side, on in (
            ("since July 2023", "date_from", "2023-07-01"),
            ("until May 2024", "date_to", "2024-05-31"),
        )
    }
    # One that was asked for has its row all the same.
    assert "training" not in set(rows["since July 2023"])
    assert set(rows["since July 2023"]) >= {"tribal", "compstat"}
    assert "compstat" not in set(rows["until May 2024"])
    assert set(rows["until May 2024"]) >= {"tribal", "training"}
    store.close()


# From November 11, 2022, the first request, to June 30, 2024.
YEARS = 598 / 365.25


def test_by_state(store):
    answer = store.ask("requests_by_state", STAFF)
    # California has an agency that asked for nothing. Other states have no agencies.
    assert list(answer.state) == ["CA", "OH", "PR", "TX"]
    assert list(answer.state_name) == ["California", "Ohio", "Puerto Rico", "Texas"]
    assert list(answer.requests) == [0, 1, 1, 4]
    assert list(answer.requests_open) == [0, 0, 1, 3]
    assert list(answer.agencies_with_requests) == [0, 1, 1, 2]
    assert list(answer.requests_per_1000_agencies_per_year) == pytest.approx(
        [0, 1000 / YEARS, 1000 / YEARS, 2000 / YEARS]
    )


def test_by_state_what_is_expected_is_the_nations_rate_of_each_size(store):
    # Sizes: A1 under 10 asked twice, A4 and A5 (25-49) once, A2 twice, A3 once.
    answer = store.ask("requests_by_state", STAFF)
    assert list(answer.requests_expected) == [0.5, 1, 0.5, 4]
    assert list(answer.demand_index) == [0, 100, 200, 100]
    of_california = store.ask("requests_by_state", STAFF, states=["CA"])
    # The nation is the same, whatever agencies are chosen.
    assert list(of_california.requests_expected) == [0.5]
    assert store.ask("requests_by_state", STAFF, states=[]).empty


def test_a_rate_is_per_year_of_the_period(store):
    whole = store.ask(
        "requests_by_state", STAFF, date_from=day("2023-07-01"), date_to=day("2024-06-30")
    )
    assert set(whole.years) == {366 / 365.25}
    # Of a year that began before the first request, the days since then count, and of
    # one that has not begun, none.
    begun = store.ask("requests_by_state", STAFF, date_to=day("2022-11-20"))
    assert set(begun.years) == {10 / 365.25}
    to_come = store.ask("requests_by_state", STAFF, date_from=day("2025-01-01"))
    assert list(to_come.requests) == [0] * 4
    assert to_come.years.isna().all()
    assert to_come.requests_per_1000_agencies_per_year.isna().all()


def test_by_region_and_topic(store):
    answer = store.ask("requests_by_group_and_topic", STAFF)
    south = answer[answer.agency_group == "South"]
    counts = column_by(south, "topic_id", "requests")
    assert {topic: count for topic, count in counts.items() if count} == {
        "training": 3,
        "compstat": 1,
        "tribal": 1,
    }
    assert set(south.agencies) == {2}
    rates = column_by(south, "topic_id", "requests_per_1000_agencies_per_year")
    assert rates["training"] == pytest.approx(1500 / YEARS)
    assert rates["compstat"] == rates["tribal"] == pytest.approx(500 / YEARS)
    assert rates["gun-violence"] == 0
    # Nobody in the West asked: rows of zero. The Northeast has no agencies: no row.
    west = answer[answer.agency_group == "West"]
    assert (len(west), west.requests.sum()) == (14, 0)
    assert list(dict.fromkeys(answer.agency_group)) == [
        *("Midwest", "South", "West", "Territories")
    ]


def test_by_size_band_and_topic(store):
    answer = store.ask(
        "requests_by_group_and_topic", STAFF, grouped_by="size_band", topics=["tribal"]
    )
    shown = answer[["agency_group", "topic_id", "group_order", "requests", "agencies"]]
    assert shown.to_dict("list") == {
        "agency_group": ["Under 10", "25-49", "100-249", "Not reported"],
        "topic_id": ["tribal"] * 4,
        "group_order": [1, 3, 5, 99],
        "requests": [1, 1, 0, 0],
        "agencies": [1, 2, 1, 1],
    }
    # All sizes are one: two requests of five agencies.
    assert list(answer.requests_expected) == pytest.approx([0.4, 0.8, 0.4, 0.4])
    assert list(answer.demand_index) == pytest.approx([250, 125, 0, 0])


@pytest.mark.parametrize(
    ("grouped_by", "groups"),
    [
        (
            "division",
            ["East North Central", "West South Central", "Pacific", "Territories"],
        ),
        ("agency_type", ["municipal", "sheriff", "tribal"]),
    ],
)
def test_groups_stand_in_their_order_and_each_request_is_in_one(store, grouped_by, groups):
    answer = store.ask("requests_by_group_and_topic", STAFF, grouped_by=grouped_by)
    assert list(dict.fromkeys(answer.agency_group)) == groups
    by_topic = column_by(store.ask("requests_by_topic", STAFF), "topic_id", "requests")
    assert dict(answer.groupby("topic_id").requests.sum()) == by_topic
    # Expected are as many as there are, where nothing is left out.
    expected = answer.groupby("topic_id").requests_expected.sum()
    assert dict(expected) == pytest.approx(by_topic)


def test_by_month_has_no_gaps_and_ends_at_the_as_of_month(store):
    answer = store.ask("requests_by_month", STAFF)
    months = pd.date_range("2022-11-01", "2024-06-01", freq="MS")
    assert list(answer.month_on) == list(months)
    asked = answer[answer.requests > 0]
    assert [f"{on:%Y-%m}" for on in asked.month_on] == [
        *("2022-11", "2023-03", "2023-08", "2024-01", "2024-02", "2024-05")
    ]
    assert answer.requests.sum() == 6
    assert answer.requests_from_small_agencies.sum() == 3


def test_by_month_ends_with_the_chosen_period(store):
    answer = store.ask("requests_by_month", STAFF, date_to=day("2023-04-30"))
    assert f"{answer.month_on.iloc[-1]:%Y-%m}" == "2023-04"
    assert len(answer) == 6
    assert store.ask("requests_by_month", STAFF, states=[]).empty


def test_days_that_are_hardly_meant_do_not_stretch_the_months():
    store = small_store()
    head = "request_id,agency_id,received_on,topic_ids\n"
    loaded(
        store, "requests", f"{head}N1,A1,2042-07-01,training\nN2,A1,1900-01-01,training\n"
    )
    months = store.ask("requests_by_month", STAFF).month_on
    assert (f"{months.min():%Y-%m}", f"{months.max():%Y-%m}") == ("2022-11", "2024-06")
    (span,) = store.ask("period_options", STAFF).to_dict("records")
    assert span["first_on"].year == 2022
    assert span["last_on"].year == 2024
    store.close()


def test_list_is_newest_first_and_no_longer_than_asked(store):
    answer = store.ask("requests_list", STAFF)
    assert list(answer.request_id) == ["R5", "R2", "R1", "R3", "R4", "R6"]
    first_two = store.ask("requests_list", STAFF, row_limit=2)
    assert list(first_two.request_id) == ["R5", "R2"]


def test_list_shows_topics_primary_first_and_ages_what_is_open(store):
    rows = store.ask("requests_list", STAFF).set_index("request_id")
    assert rows.topic_ids["R4"] == "gun-violence;training;compstat"
    assert rows.topics["R4"] == (
        "Gun violence prevention; De-escalation and crisis training; 21st Century COMPSTAT"
    )
    assert rows.days_open["R2"] == 136
    # Declined, though nobody wrote down when: not open.
    assert pd.isna(rows.days_open["R4"])
    assert rows.days_to_delivery_started["R1"] == 41
    assert pd.isna(rows.days_to_delivery_started["R5"])


def test_list_and_detail_say_who_leads_the_answer(store):
    answer = store.ask("requests_list", STAFF)
    led = answer[answer.lead_partners.notna()]
    # R5's only engagement is cancelled; R2, R3 and R4 have none.
    both = "Partner One; Partner Two"
    assert dict(zip(led.request_id, led.lead_partners, strict=True)) == {
        "R1": both,
        "R6": both,
    }
    for request_id in answer.request_id:
        (detail,) = store.ask("request_detail", STAFF, request_id=request_id).lead_partners
        row = answer.set_index("request_id").lead_partners[request_id]
        assert detail == row or (pd.isna(detail) and pd.isna(row))


def test_detail_of_one_request_and_of_none(store):
    (row,) = store.ask("request_detail", STAFF, request_id="R1").to_dict("records")
    assert (row["agency_name"], row["state_name"]) == ("Alder PD", "Texas")
    assert row["topics"] == "De-escalation and crisis training; Tribal law enforcement"
    assert (row["days_to_decided"], row["days_to_closed"]) == (10, 121)
    assert store.ask("request_detail", STAFF, request_id="R99").empty
    assert store.ask("request_detail", STAFF).empty
