"""More rows than the store writes at once: every one is checked and written."""

import pytest

from cri_data.importing.commit.undo import undo
from tests.support.small_store import small_store
from tests.support.uploads import contents, counts, loaded, problems, stored

pytestmark = pytest.mark.slow

# Over two row groups of 122,880, the last of them not full.
ROWS = 250_000


@pytest.fixture
def store():
    store = small_store()
    yield store
    store.close()


def requests(**changed: str) -> str:
    """A file of good new requests; `changed` has other lines, by their row (r2 …)."""
    lines = ["request_id,agency_id,received_on,status,topic_ids"]
    lines += [
        f"M{row},A{1 + row % 4},2024-01-{1 + row % 28:02d},received,training;tribal"
        for row in range(2, ROWS + 2)
    ]
    for row, line in changed.items():
        lines[int(row[1:]) - 1] = line
    return "\n".join(lines)


def test_rows_of_every_piece_are_written_and_taken_back(store):
    before = contents(store)
    loading = loaded(store, "requests", requests())
    assert counts(loading) == (ROWS, ROWS, 0, 0, 0, 0)
    written = {row[0]: row for row in contents(store)["requests"]}
    assert len(written) == ROWS + len(before["requests"])
    for row in (2, 122_881, 122_882, 122_883, 245_762, ROWS + 1):
        _, agency, _, received, status, *_, topics = written[f"M{row}"]
        assert (agency, received.isoformat(), status, topics) == (
            f"A{1 + row % 4}",
            f"2024-01-{1 + row % 28:02d}",
            "received",
            ["training", "tribal"],
        )
    undo(store, loading.upload_id, "a test")
    assert contents(store) == before


def test_what_is_wrong_is_found_in_every_piece_and_the_rest_is_written(store):
    text = requests(
        r2="M2,A9,2024-01-01,received,training",
        r3="M3,A1,2024-01-01,lost,training",
        r122881="M122881,A1,2024-02-30,received,training",
        r122882="M122882,A1,2024-01-01,received",
        r122884="M9,A2,2024-01-11,received,training;tribal",
        r245762="R2,A1,2024-02-15,under_review,training",
        r250001="M250001,A1,2024-01-01,received,magic",
    )
    loading = loaded(store, "requests", text)
    assert problems(loading) == [
        (2, "agency_id", "A9", "unknown_reference", "error"),
        (3, "status", "lost", "unknown_code", "warning"),
        (9, "request_id", "M9", "key_repeated", "error"),
        (122881, "received_on", "2024-02-30", "not_a_date", "error"),
        (122882, "", "", "too_few_cells", "error"),
        (122884, "request_id", "M9", "key_repeated", "error"),
        (250001, "topic_ids", "magic", "unknown_reference", "error"),
    ]
    assert counts(loading) == (ROWS, ROWS - 7, 1, 0, 6, 1)
    differences = loading.checked.differences
    assert list(differences.itertuples(index=False, name=None)) == [
        (245762, "R2", "status", "received", "under_review")
    ]
    assert list(loading.checked.new["row"][:3]) == [3, 4, 5]
    assert len(loading.checked.new) == 1_000
    assert stored(store, "requests", "R2")["status"] == "under_review"
    assert stored(store, "requests", "M3")["status"] is None
