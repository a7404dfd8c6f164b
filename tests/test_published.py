"""The published table: right, written once, and no small number can be worked out."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cri_data.access import STAFF, Viewer
from cri_data.publishing import publish_closed_quarters
from cri_data.store import Store
from tests.small_store import add, day, empty_store

TOPICS = ("training", "tribal", "compstat")
STATES = ("TX", "OH", "CO", "PR")
QUARTERS = {
    "FY2023 Q4": "2023-09-30",
    "FY2024 Q1": "2023-10-01",
    "FY2024 Q2": "2024-03-31",
    # The store's "now" lies in it.
    "FY2024 Q3": "2024-06-30",
}
# (quarter, state, topics) of each request.
Asked = tuple[str, str, tuple[str, ...]]


def store_of(asked: list[Asked]) -> Store:
    store = empty_store()
    add(store, "agencies", *[(state, state, "municipal", state) for state in STATES])
    add_requests(store, asked)
    return store


def add_requests(store: Store, asked: list[Asked], first: int = 0) -> None:
    rows = [
        {
            "request_id": f"R{first + number}",
            "agency_id": state,
            "received_on": day(QUARTERS[quarter]),
            "topic_ids": list(topics),
        }
        for number, (quarter, state, topics) in enumerate(asked)
    ]
    if rows:
        with store.writing() as cursor:
            cursor.execute(
                "insert into requests by name select unnest($rows, max_depth := 2)",
                {"rows": rows},
            )


def published(store: Store) -> tuple[pd.DataFrame, pd.DataFrame]:
    viewer = Viewer("partner", "PA")
    cells = store.ask("published_requests_by_state_and_topic", viewer)
    return cells, store.ask("published_requests_by_topic", viewer)


# -- What is published is true --------------------------------------------------

MANY: list[Asked] = [
    *[("FY2024 Q1", "TX", ("training",))] * 6,
    *[("FY2024 Q1", "OH", ("training", "tribal"))] * 3,
    *[("FY2024 Q1", "CO", ("training",))] * 2,
    *[("FY2024 Q1", "PR", ("compstat",))] * 4,
]


def test_counts_small_cells_and_totals() -> None:
    store = store_of(MANY)
    assert publish_closed_quarters(store, 5) == ["FY2024 Q1"]
    cells, totals = published(store)
    assert len(cells) == 56 * 14
    shown = cells[~cells.is_suppressed]
    assert shown[["state", "topic_id", "requests"]].values.tolist() == [
        ["TX", "training", 6]
    ]
    assert cells[cells.is_suppressed].requests.isna().all()
    # 6 and at least 5 in small ones; tribal (3) and compstat (4) are small
    # themselves, and none of the other topics is told from them.
    assert totals[~totals.is_suppressed][["topic_id", "requests"]].values.tolist() == [
        ["training", 11]
    ]
    assert totals[totals.is_suppressed].requests.isna().all()
    quarter = store.ask("quarters_options", STAFF).iloc[0]
    assert quarter.quarter_from_on == pd.Timestamp("2023-10-01")
    assert quarter.quarter_to_on == pd.Timestamp("2023-12-31")
    assert quarter.as_of_on == pd.Timestamp("2024-06-30")


def test_a_total_that_leaves_a_small_number_is_not_shown() -> None:
    store = store_of([*MANY[:6], *MANY[9:11]])
    publish_closed_quarters(store, 5)
    totals = published(store)[1].set_index("topic_id")
    # 8, but 6 of them stand in Texas: the other 2 would be told.
    assert pd.isna(totals.requests["training"])


@pytest.mark.parametrize("below", [0, 1])
def test_without_a_threshold_everything_is_shown(below: int) -> None:
    store = store_of(MANY)
    publish_closed_quarters(store, below)
    cells, totals = published(store)
    assert cells.requests.sum() == totals.requests.sum() == 18
    assert not cells.is_suppressed.any()
    assert not totals.is_suppressed.any()


def test_the_threshold_is_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRI_SUPPRESS_BELOW", "7")
    store = store_of(MANY)
    publish_closed_quarters(store)
    cells = published(store)[0]
    assert cells.is_suppressed.all()
    assert set(cells.suppress_below) == {7}


# -- Once, and only when closed -------------------------------------------------


def test_a_quarter_is_published_once_and_stays_as_it_is() -> None:
    store = store_of(MANY)
    publish_closed_quarters(store, 5)
    before = published(store)
    version = store.info().data_version
    assert publish_closed_quarters(store, 5) == []
    assert store.info().data_version == version
    add_requests(store, [*MANY, *[("FY2023 Q4", "TX", ("tribal",))] * 9], first=100)
    assert publish_closed_quarters(store, 5) == ["FY2023 Q4"]
    for then, now in zip(before, published(store), strict=True):
        same = now[now.quarter == "FY2024 Q1"].reset_index(drop=True)
        pd.testing.assert_frame_equal(then, same)


def test_an_open_quarter_and_one_of_few_requests_wait() -> None:
    few = [("FY2024 Q2", "TX", ("training",))] * 4
    store = store_of([*few, *[("FY2024 Q3", "TX", ("training",))] * 20])
    assert publish_closed_quarters(store, 5) == []
    add_requests(store, few[:1], first=100)
    assert publish_closed_quarters(store, 5) == ["FY2024 Q2"]
    with store.writing() as cursor:
        cursor.execute("update store_info set as_of_on = date '2024-07-01'")
    assert publish_closed_quarters(store, 5) == ["FY2024 Q3"]


# -- Attacks ---------------------------------------------------------------------


@pytest.mark.parametrize(("below", "states"), [(2, 3), (2, 5), (3, 3), (3, 4), (4, 3)])
def test_who_knows_the_rule_narrows_no_suppressed_cell(below: int, states: int) -> None:
    """All columns there can be, by what would be published of them.

    Whoever sees a publication knows that the truth is one of its columns, and
    among these each suppressed cell takes every small number there is.
    """
    columns = list(product(range(2 * below), repeat=states))
    store = empty_store()
    with store.cursor() as cursor:
        small = cursor.execute(
            "select list(is_small_cell(n, $b) order by n) from range($to) as t(n)",
            {"b": below, "to": 2 * below},
        ).fetchone()[0]
        safe = cursor.execute(
            "select shared, cells, is_safe_total(shared, cells, $b)"
            " from range($to) as a(shared), range($to) as b(cells)",
            {"b": below, "to": 2 * below * states + 1},
        ).fetchall()
    is_safe = {(shared, cells): told for shared, cells, told in safe}
    possible: dict[tuple, list[tuple[int, ...]]] = defaultdict(list)
    totals_beside_small = 0
    for column in columns:
        hidden = [count for count in column if small[count]]
        told = is_safe[sum(hidden), len(hidden)]
        totals_beside_small += told and bool(hidden)
        shown = tuple(None if small[count] else count for count in column)
        possible[shown, sum(column) if told else None].append(column)
    for (shown, _), alternatives in possible.items():
        for place, count in enumerate(shown):
            if count is None:
                assert {one[place] for one in alternatives} == set(range(below))
    # The rule does show totals over small cells, where there is room.
    assert totals_beside_small or (below, states) == (2, 3) or states == below == 3


def intervals(cells: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """The least and the most that each suppressed cell can be, from all that is told."""
    hidden = cells[cells.is_suppressed].assign(most_of_one=cells.suppress_below - 1)
    keys = ["quarter", "topic_id"]
    column = cells.groupby(keys).agg(
        shown=("requests", "sum"), number=("is_suppressed", "sum")
    )
    column["total"] = totals.set_index(keys).requests
    found = hidden.join(column, on=keys)
    shared = (found.total - found.shown).astype("float64")
    least = (shared - (found.number - 1) * found.most_of_one).clip(lower=0).fillna(0)
    most = np.minimum(shared.fillna(np.inf), found.most_of_one)
    return found.assign(least=least, most=most)


def solved(cells: pd.DataFrame, totals: pd.DataFrame) -> int:
    """How many suppressed cells the published equations fix, by linear algebra."""
    fixed = 0
    for (quarter, topic_id), column in cells.groupby(["quarter", "topic_id"]):
        of_column = (totals.quarter == quarter) & (totals.topic_id == topic_id)
        total = totals.requests[of_column].iloc[0]
        unknown = int(column.is_suppressed.sum())
        if pd.isna(total) or not unknown:
            continue
        equations = np.ones((1, unknown))
        rank = np.linalg.matrix_rank(equations)
        for cell in np.eye(unknown):
            fixed += np.linalg.matrix_rank(np.vstack([equations, cell])) == rank
    return fixed


ONE = some.tuples(
    some.sampled_from(list(QUARTERS)),
    some.sampled_from(STATES),
    some.lists(some.sampled_from(TOPICS), min_size=1, max_size=3, unique=True).map(tuple),
)
SEVERAL = some.lists(some.tuples(ONE, some.integers(1, 9)), max_size=30).map(
    lambda groups: [one for one, times in groups for _ in range(times)]
)


@pytest.fixture(scope="module")
def one_store() -> Iterator[Store]:
    """Opened once for all the tables of the next test, which empties it itself."""
    store = store_of([])
    yield store
    store.close()


@settings(max_examples=40, deadline=None)
@given(asked=SEVERAL, below=some.integers(2, 7))
def test_no_small_number_can_be_worked_out(
    one_store: Store, asked: list[Asked], below: int
) -> None:
    with one_store.writing() as cursor:
        for table in ("requests", "published_requests", "published_totals"):
            cursor.execute(f"delete from {table}")
    add_requests(one_store, asked)
    publish_closed_quarters(one_store, below)
    cells, totals = published(one_store)
    truth: Counter[tuple[str, str, str]] = Counter()
    for quarter, state, topics in asked:
        truth.update((quarter, state, topic) for topic in topics)
    for cell in cells.itertuples():
        count = truth[cell.quarter, cell.state, cell.topic_id]
        assert cell.is_suppressed == (count < below)
        assert cell.is_suppressed or cell.requests == count
    for total in totals[~totals.is_suppressed].itertuples():
        assert total.requests == sum(
            count
            for (quarter, _, topic), count in truth.items()
            if (quarter, topic) == (total.quarter, total.topic_id)
        )
    if not cells.empty:
        told = intervals(cells, totals)
        assert (told.least == 0).all()
        assert (told.most == below - 1).all()
        assert solved(cells, totals) == 0


def test_the_attack_does_find_what_is_given_away() -> None:
    """It is not blind: totals shown as they are would tell."""
    store = store_of([*MANY[:6], *MANY[9:11]])
    publish_closed_quarters(store, 5)
    cells, totals = published(store)
    is_training = totals.topic_id == "training"
    told = intervals(cells, totals.assign(requests=totals.requests.mask(is_training, 8.0)))
    assert (told[told.topic_id == "training"].most == 2).all()
    one_hidden = cells[cells.topic_id == "training"].head(2)
    one_hidden = one_hidden.assign(is_suppressed=[True, False])
    assert solved(one_hidden, totals.assign(requests=9.0)) == 1
