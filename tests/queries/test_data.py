"""What the choices and the pages about the data itself answer."""

import pandas as pd
import pytest

from cri_data.model.roles import STAFF, Viewer
from tests.support.small_store import AS_OF, add, day, empty_store, small_store

LEADERSHIP = Viewer("leadership")


@pytest.fixture(scope="module")
def store():
    store = small_store()
    add(
        store,
        "uploads",
        ("U1", day("2024-06-01"), "Ann", "requests", "a.csv", "committed"),
        ("U2", day("2024-06-02"), "Ben", "requests", "b.csv", "undone"),
        ("U3", day("2024-05-01"), "Ben", "agencies", "c.csv", "committed"),
    )
    add(
        store,
        "changes",
        (
            "U1",
            "requests",
            "R2",
            '{"status": "received", "topic_ids": ["training"], "summary": null}',
            '{"status": "accepted", "topic_ids": ["training","tribal"], "summary": null}',
        ),
        ("U1", "requests", "R1", None, '{"status": "received", "summary": null}'),
        ("U3", "agencies", "A1", None, "{}"),
    )
    yield store
    store.close()


def test_topics_and_sizes_to_choose_from(store):
    topics = store.ask("topics_options", STAFF)
    assert len(topics) == 14
    assert topics.topic_name.is_monotonic_increasing
    bands = store.ask("size_bands_options", STAFF)
    assert list(bands.band_order) == list(range(1, 10))
    assert bands.size_band.iloc[-1] == "Not reported"


def test_states_to_choose_from(store):
    states = store.ask("states_options", STAFF)
    # 50 states, DC and five territories.
    assert len(states) == 56
    counts = states.groupby("region").size().to_dict()
    assert counts == {
        "Midwest": 12,
        "Northeast": 9,
        "South": 17,
        "Territories": 5,
        "West": 13,
    }
    assert states.division.nunique() == 9 + 1


def test_partners_to_choose_from(store):
    assert list(store.ask("partners_options", STAFF).partner_id) == ["P1", "P2"]
    # P2 supports P1 in E1, so that each sees the other.
    for partner_id in ("P1", "P2"):
        own = store.ask("partners_options", Viewer("partner", partner_id))
        assert list(own.partner_id) == ["P1", "P2"]


def test_sources_to_choose_from(store):
    answer = store.ask("sources_options", STAFF, suppress_below=1)
    assert list(answer.source) == ["Not reported", "IACP"]
    assert list(answer.requests) == [5, 1]
    # What few requests name may be a person.
    assert list(store.ask("sources_options", STAFF, suppress_below=2).source) == [
        "Not reported"
    ]
    # Of P2's requests, R1 and R6, none has a source.
    own = store.ask("sources_options", Viewer("partner", "P2"), suppress_below=1)
    assert list(own.requests) == [2]


def test_all_records_are_counted(store):
    (row,) = store.ask("records_totals", STAFF).to_dict("records")
    assert row == {"agencies": 5, "requests": 6, "engagements": 5, "outcomes": 6}
    (own,) = store.ask("records_totals", Viewer("partner", "P2")).to_dict("records")
    assert own == {"agencies": 2, "requests": 2, "engagements": 3, "outcomes": 4}


def test_a_partner_that_works_alone_sees_itself_alone():
    store = empty_store()
    add(store, "partners", ("P1", "Partner One"), ("P2", "Partner Two"))
    own = store.ask("partners_options", Viewer("partner", "P2"))
    assert list(own.partner_name) == ["Partner Two"]


def test_period(store):
    (row,) = store.ask("period_options", STAFF).to_dict("records")
    assert row == {
        "first_on": pd.Timestamp("2022-11-11"),
        # E4 is planned; the last request is of May 30.
        "last_on": pd.Timestamp("2024-07-15"),
        "as_of_on": pd.Timestamp(AS_OF),
    }
    (row,) = empty_store().ask("period_options", STAFF).to_dict("records")
    assert pd.isna(row["first_on"])
    assert pd.isna(row["last_on"])


def test_datasets(store):
    rows = store.ask("datasets_list", LEADERSHIP).set_index("dataset")
    assert rows.rows_visible.to_dict() == {
        "agencies": 5,
        "topics": 14,
        "partners": 2,
        "metrics": 16,
        "requests": 6,
        "engagements": 5,
        "outcomes": 6,
    }
    assert rows.newest_on["requests"] == pd.Timestamp("2024-05-30")
    assert rows.newest_on["outcomes"] == pd.Timestamp("2024-04-10")
    # U2 was undone.
    assert rows.last_uploaded_at["requests"] == pd.Timestamp("2024-06-01")
    assert pd.isna(rows.last_uploaded_at["outcomes"])


def test_uploads_newest_first(store):
    assert list(store.ask("uploads_list", STAFF).upload_id) == ["U2", "U1", "U3"]


def test_changes_of_one_upload_are_values_that_differ(store):
    answer = store.ask("upload_changes_list", STAFF, upload_id="U1")
    rows = answer[["record_id", "change", "column", "before", "after"]].astype(object)
    assert rows.where(rows.notna(), None).to_dict("split")["data"] == [
        ["R1", "new", "status", None, "received"],
        ["R2", "changed", "status", "received", "accepted"],
        ["R2", "changed", "topic_ids", "training", "training;tribal"],
    ]
    first = store.ask("upload_changes_list", STAFF, upload_id="U1", row_limit=1)
    assert list(first.record_id) == ["R1"]
    assert store.ask("upload_changes_list", STAFF).empty
