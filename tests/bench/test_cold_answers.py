"""The yardstick of the cold answers counts the same rows as the pages do."""

from pathlib import Path

import duckdb
import pytest

from cri_data.store.connection import open_store
from tests.bench import cold_answers, stores


@pytest.fixture(scope="module")
def store(kept: Path) -> Path:
    return stores.filled(kept, 200)


@pytest.mark.parametrize("fact", ["requests", "engagements", "outcomes"])
@pytest.mark.parametrize("chosen", cold_answers.CHOSEN)
def test_there_are_seven_aggregates_that_are_one_statement_each(fact: str, chosen: str):
    aggregates = cold_answers.aggregates_of(fact, chosen)
    assert len(aggregates) == 7
    assert len({one.query.strip() for one in aggregates}) == 7


@pytest.mark.long
def test_questions_and_aggregates_count_the_same_requests(store: Path, tmp_path: Path):
    ours, flat = (tmp_path / name for name in ("ours", "flat"))
    for folder in (ours, flat):
        folder.mkdir()
    copies = stores.copied(store, ours), stores.copied(store, flat)
    asked = cold_answers.questions(copies[0], ["demand"])
    measured = cold_answers.measure(copies, asked, 1)

    assert set(measured["demand"]) == {"everything", "filtered"}
    opened = open_store(copies[0])
    try:
        counted = {
            chosen: next(one for one in questions if one.name == "requests_totals")
            .answer(opened)
            .requests.iloc[0]
            for (_, chosen), questions in asked.items()
        }
    finally:
        opened.close()
    assert counted == {chosen: in_aggregate(copies[1], chosen) for chosen in counted}
    assert counted["everything"] == 200
    assert 0 < counted["filtered"] < 200


def in_aggregate(flat: Path, chosen: str) -> int:
    """The requests of the plain aggregate by month, together."""
    with duckdb.connect(str(flat)) as connection:
        by_month = connection.execute(cold_answers.aggregates_of("requests", chosen)[0])
        return sum(requests for _, requests, _ in by_month.fetchall())
