"""What is next, what is late, and what is near a partner's work, counted by hand."""

from datetime import timedelta

import pandas as pd
import pytest

from cri_data.jobs.publish import publish_closed_quarters
from cri_data.model.roles import STAFF, Viewer
from tests.support.small_store import AS_OF, add, day, empty_store, small_store

P1, P2 = Viewer("partner", "P1"), Viewer("partner", "P2")


@pytest.fixture(scope="module")
def store():
    """The small store, with engagements of P1 on each side of late.

    The as-of day is June 30, 2024.
    """
    store = small_store()
    add(
        store,
        "engagements",
        # Planned to start the day before: late. Planned to end later.
        ("L1", "R2", "P1", [], "training", "planned", day("2024-06-29"), day("2024-09-01")),
        # Planned to start today: not late.
        ("L2", "R2", "P1", [], "training", "planned", AS_OF, day("2024-12-31")),
        # Without a status, past both: late, not begun.
        ("L3", "R3", "P1", [], "compstat", None, day("2024-01-01"), day("2024-02-01")),
        # Under way, planned to end 90 days from now, and one day after that.
        (
            *("L4", "R3", "P1", [], "compstat", "active", day("2024-01-01")),
            *(AS_OF + timedelta(days=90), day("2024-01-02")),
        ),
        (
            *("L5", "R3", "P1", [], "compstat", "active", day("2024-01-01")),
            *(AS_OF + timedelta(days=91), day("2024-01-02")),
        ),
        # Ended, whatever its status is not.
        (
            *("L6", "R3", "P1", [], "compstat", None, day("2024-01-01")),
            *(day("2024-02-01"), day("2024-01-02"), day("2024-05-01")),
        ),
    )
    # A follow-up due within 180 days of the end of L6: October 28, 2024.
    add(store, "outcomes", ("OL", "L6", "complaints", 3.0, day("2024-05-01")))
    yield store
    store.close()


def test_open_engagements_are_late_ones_first_then_by_date(store):
    answer = store.ask("engagements_next_list", P1)
    rows = answer[["engagement_id", "late", "days_late", "next_step"]].astype(object)
    assert rows.where(rows.notna(), None).to_numpy().tolist() == [
        ["L3", "not_started", 181, "start"],
        ["L1", "not_started", 1, "start"],
        ["L2", None, None, "start"],
        ["L4", None, None, "end"],
        ["L5", None, None, "end"],
    ]
    assert list(answer.next_on)[2] == pd.Timestamp(AS_OF)
    assert list(store.ask("engagements_next_list", P1, row_limit=2).engagement_id) == [
        "L3",
        "L1",
    ]


def test_totals_are_those_of_the_list(store):
    (row,) = store.ask("engagements_next_totals", P1).to_dict("records")
    assert row == {
        "engagements_active": 2,
        "engagements_planned": 2,
        "engagements_without_status": 1,
        "engagements_late": 2,
        "engagements_late_not_begun": 2,
        "engagements_late_not_ended": 0,
        "most_days_late": 181,
        "next_on": pd.Timestamp(AS_OF),
    }
    # E2 of P2 is past its planned end; E4 is planned for July 15.
    (row,) = store.ask("engagements_next_totals", P2).to_dict("records")
    assert row["engagements_late"] == row["engagements_late_not_ended"] == 1
    assert row["next_on"] == pd.Timestamp("2024-07-15")


def test_past_the_planned_end_is_what_needs_attention_says(store):
    attention = store.ask(
        "attention_list", STAFF, attention="engagements_past_planned_end"
    ).set_index("record_id")["days"]
    listed = store.ask("engagements_next_list", STAFF).set_index("engagement_id")
    past_end = listed[listed.planned_end_on < pd.Timestamp(AS_OF)]
    assert set(past_end.index) == set(attention.index) == {"E2", "L3"}
    # The longer of two delays counts.
    assert listed.days_late["E2"] == attention["E2"]
    assert listed.days_late["L3"] > attention["L3"]


def test_dates_ahead_are_starts_ends_and_follow_ups_due(store):
    def dates(viewer: Viewer, days_ahead: int | None) -> list[tuple]:
        answer = store.ask("engagement_dates_list", viewer, days_ahead=days_ahead)
        return list(
            zip(
                answer.step_on.dt.strftime("%Y-%m-%d"),
                answer.engagement_id,
                answer.step,
                strict=True,
            )
        )

    near = [
        ("2024-06-30", "L2", "start"),
        ("2024-09-01", "L1", "end"),
        ("2024-09-28", "L4", "end"),
    ]
    assert dates(P1, 90) == near
    assert dates(P1, None) == [
        *near,
        ("2024-09-29", "L5", "end"),
        ("2024-10-28", "L6", "followup"),
        ("2024-12-31", "L2", "end"),
    ]
    assert dates(P2, 90) == [("2024-07-15", "E4", "start"), ("2024-08-01", "E4", "end")]


def test_a_follow_up_is_due_until_it_is_overdue(store):
    due = store.ask("engagement_dates_list", P1, as_of=day("2024-10-28"))
    assert "followup" in set(due.step)
    over = store.ask("engagement_dates_list", P1, as_of=day("2024-10-29"))
    assert "followup" not in set(over.step)
    attention = {"attention": "followups_overdue", "as_of": day("2024-10-29")}
    assert "OL" in set(store.ask("attention_list", P1, **attention).record_id)


@pytest.fixture(scope="module")
def published():
    """Five published quarters; P1 knows training, from Texas, and works in Ohio."""
    store = empty_store()
    add(
        store,
        "agencies",
        ("T1", "Texas PD", "municipal", "TX"),
        ("O1", "Ohio PD", "municipal", "OH"),
        ("I1", "Indiana PD", "municipal", "IN"),
        ("C1", "California PD", "municipal", "CA"),
    )
    add(
        store,
        "partners",
        ("P1", "Partner One", ["training"], "TX"),
        ("P2", "Partner Two", None, "CA"),
    )
    months = ("2023-02-01", "2023-05-01", "2023-08-01", "2023-11-01", "2024-02-01")
    requests = [
        (f"R-{agency}-{month}-{n}", agency, day(month), "completed", [topic])
        for month in months
        for agency, topic, many in (
            ("T1", "training", 1),
            ("O1", "training", 2),
            ("I1", "training", 3),
            ("I1", "compstat", 4),
            ("C1", "training", 5),
        )
        for n in range(many)
    ]
    requests = [(f"{row[0]}-{number}", *row[1:]) for number, row in enumerate(requests)]
    add(store, "requests", *requests)
    ohio = next(row[0] for row in requests if row[1] == "O1")
    add(
        store,
        "engagements",
        ("E1", ohio, "P1", [], "training", "active", day("2024-02-01")),
        # Over for more than a year: not near any more.
        (
            *("E2", requests[-1][0], "P1", [], "training", "completed"),
            *(day("2023-01-01"), None, day("2023-01-01"), day("2023-02-01")),
        ),
    )
    publish_closed_quarters(store, 1)
    yield store
    store.close()


def test_own_topics_are_those_of_the_four_newest_quarters(published):
    answer = published.ask("published_requests_by_own_topic", P1)
    (row,) = answer.to_dict("records")
    assert row["topic_id"] == "training"
    # 1 + 2 + 3 + 5 in each of four quarters; the oldest does not count.
    assert row["requests"] == 44
    assert (row["quarters_shown"], row["quarters_hidden"]) == (4, 0)
    assert row["quarter_from_on"] == pd.Timestamp("2023-04-01")
    assert published.ask("published_requests_by_own_topic", P2).empty


def test_near_are_own_states_and_their_divisions(published):
    answer = published.ask("published_requests_near_work", P1)
    asked = answer[answer.requests > 0]
    assert list(zip(asked.state, asked.requests, asked.is_own_state, strict=True)) == [
        ("IN", 12, False),
        ("OH", 8, True),
        ("TX", 4, True),
    ]
    # East North Central and West South Central; the Pacific is not near.
    assert set(answer.state) == {"IL", "IN", "MI", "OH", "WI", "AR", "LA", "OK", "TX"}


def test_what_is_published_hidden_stays_hidden():
    hidden = empty_store()
    add(hidden, "agencies", ("T1", "Texas PD", "municipal", "TX"))
    add(hidden, "partners", ("P1", "Partner One", ["training"], "TX"))
    add(
        hidden,
        "requests",
        *(
            (f"R{n}", "T1", day("2024-02-01"), "completed", ["training", "tribal"][: n % 2])
            for n in range(40)
        ),
        *((f"S{n}", "T1", day("2024-02-01"), "completed", ["compstat"]) for n in range(9)),
        *((f"T{n}", "T1", day("2023-11-01"), "completed", ["compstat"]) for n in range(9)),
        ("U1", "T1", day("2023-11-01"), "completed", ["training"]),
    )
    assert publish_closed_quarters(hidden, 5)
    near = hidden.ask("published_requests_near_work", P1)
    texas = near[near.state == "TX"].iloc[0]
    # Twenty in one quarter, and one, which is hidden, in the other.
    assert (texas.requests, texas.quarters_shown, texas.quarters_hidden) == (20, 1, 1)
    hidden.close()
