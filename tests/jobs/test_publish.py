"""The published table: right, written once, and no small number can be worked out."""

from collections import Counter
from collections.abc import Callable, Iterator

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cri_data.jobs.publish import publish_closed_quarters
from cri_data.model.roles import STAFF, Viewer
from cri_data.store.store import Store
from tests.support.published_attack import (
    Cell,
    Key,
    all_columns,
    given_away,
    pinned,
    publication,
    rules,
    solved,
)
from tests.support.small_store import INSERTS, add, day, empty_store, small_store

TOPICS = ("training", "tribal", "compstat")
STATES = ("TX", "OH", "CO", "PR")
QUARTERS = {
    "FY2023 Q4": "2023-09-30",
    "FY2024 Q1": "2023-10-01",
    "FY2024 Q2": "2024-03-31",
    # The store's "now" lies in it.
    "FY2024 Q3": "2024-06-30",
}
# (quarter, state, topics) of each request, and whose it is: a key of ROUTES.
Asked = tuple[str, str, tuple[str, ...]] | tuple[str, str, tuple[str, ...], str]
# The partners of its engagements, the first of which leads.
ROUTES: dict[str, list[str]] = {
    "nobody's": [],
    "still to give": [],
    "P's": ["P"],
    "Q's": ["Q"],
    "P's with Q": ["P", "Q"],
    "Q's with P": ["Q", "P"],
}


def store_of(asked: list[Asked]) -> Store:
    store = empty_store()
    add(store, "agencies", *[(state, state, "municipal", state) for state in STATES])
    add_requests(store, asked)
    return store


def whose(one: Asked) -> str:
    return one[3] if len(one) == 4 else "nobody's"


def add_requests(store: Store, asked: list[Asked], first: int = 0) -> None:
    numbered = [(f"R{first + number}", one) for number, one in enumerate(asked)]
    requests = [
        {
            "request_id": request_id,
            "agency_id": one[1],
            "received_on": day(QUARTERS[one[0]]),
            "topic_ids": list(one[2]),
            "status": "accepted" if whose(one) == "still to give" else "declined",
        }
        for request_id, one in numbered
    ]
    engagements = [
        {
            "engagement_id": f"E{request_id}",
            "request_id": request_id,
            "lead_partner_id": ROUTES[whose(one)][0],
            "supporting_partner_ids": ROUTES[whose(one)][1:] or None,
        }
        for request_id, one in numbered
        if ROUTES[whose(one)]
    ]
    with store.writing() as cursor:
        for table, rows in (("requests", requests), ("engagements", engagements)):
            if rows:
                cursor.execute(INSERTS[table], {"rows": rows})


def counts(asked: list[Asked], of: Callable[[str], bool]) -> Counter[Key]:
    """By quarter, state and topic: the requests of the routes that `of` is true for."""
    found: Counter[Key] = Counter()
    for one in asked:
        if of(whose(one)):
            found.update((one[0], one[1], topic) for topic in one[2])
    return found


def own_of(asked: list[Asked], partner: str) -> Counter[Key]:
    return counts(asked, lambda route: partner in ROUTES[route])


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


# -- What a partner knows is taken off -------------------------------------------


@pytest.mark.parametrize("partner", ["P1", "P2", "P3"])
def test_own_is_exactly_what_a_partner_sees(partner: str) -> None:
    store = small_store()
    add(store, "engagements", ("E6", "R3", "", ["", "P1", "P1"]), ("E7", None, "P2"))
    with store.cursor() as cursor:
        own = cursor.execute(
            "select request_id from partner_requests where partner_id = $p order by 1",
            {"p": partner},
        ).fetchall()
        seen = cursor.execute(
            "select request_id from visible_request_rows("
            "{'role': 'partner', 'partner_id': $p}) order by 1",
            {"p": partner},
        ).fetchall()
    assert own == seen
    assert bool(own) == (partner != "P3")


# What is asked of one state, and whether its cell is shown below a threshold of 5.
CELLS = {
    "TX": ([("nobody's", 5)], True),
    "OH": ([("P's", 9)], False),
    "CO": ([("P's", 9), ("nobody's", 4)], False),
    "PR": ([("P's", 9), ("nobody's", 5)], True),
    "CA": ([("P's", 9), ("Q's", 4), ("nobody's", 1)], True),
    "NY": ([("P's with Q", 9), ("Q's", 2), ("nobody's", 4)], False),
    "FL": ([("Q's with P", 9), ("nobody's", 4)], False),
    # Any partner may be given these tomorrow.
    "WA": ([("still to give", 9), ("nobody's", 4)], False),
    "GA": ([("still to give", 9), ("P's", 4), ("nobody's", 4)], False),
    "ME": ([("still to give", 9), ("P's", 4), ("nobody's", 5)], True),
}


@pytest.mark.long
def test_a_cell_is_shown_where_enough_is_left_for_whoever_knows_most() -> None:
    store = store_of([])
    for state in CELLS.keys() - set(STATES):
        add(store, "agencies", (state, state, "municipal", state))
    asked: list[Asked] = [
        ("FY2024 Q1", state, ("training",), route)
        for state, (routes, _) in CELLS.items()
        for route, times in routes
        for _ in range(times)
    ]
    add_requests(store, asked)
    publish_closed_quarters(store, 5)
    cells = published(store)[0]
    cells = cells[cells.topic_id == "training"].set_index("state")
    for state, (routes, is_shown) in CELLS.items():
        seen = cells.loc[state]
        assert (state, seen.is_suppressed) == (state, not is_shown)
        count = sum(times for _, times in routes)
        assert seen.requests == count if is_shown else pd.isna(seen.requests)


@pytest.mark.long
@pytest.mark.parametrize("route", ["P's", "P's with Q", "Q's with P", "still to give"])
def test_a_total_leaves_enough_for_whoever_knows_most(route: str) -> None:
    """Two of one route, and 5, 4 or 3 of others, none of 5 in one state."""
    asked: list[Asked] = []
    for topic, others in zip(TOPICS, (2, 1, 0), strict=True):
        asked += [("FY2024 Q1", state, (topic,), route) for state in ("TX", "OH")]
        asked += [("FY2024 Q1", "CO", (topic,))] * 3
        asked += [("FY2024 Q1", "PR", (topic,))] * others
    store = store_of(asked)
    publish_closed_quarters(store, 5)
    cells, totals = published(store)
    assert cells.is_suppressed.all()
    shown = totals[~totals.is_suppressed]
    assert shown[["topic_id", "requests"]].values.tolist() == [["training", 7]]
    assert totals[totals.is_suppressed].requests.isna().all()


@pytest.mark.long
@pytest.mark.parametrize("route", ["P's", "still to give"])
def test_a_quarter_of_one_partner_waits(route: str) -> None:
    store = store_of(
        [
            *[("FY2024 Q1", "TX", ("training",), route)] * 20,
            *[("FY2024 Q1", "OH", ("training",))] * 4,
        ]
    )
    assert publish_closed_quarters(store, 5) == []
    add_requests(store, [("FY2024 Q1", "OH", ("training",))], first=100)
    assert publish_closed_quarters(store, 5) == ["FY2024 Q1"]


# -- Attacks ---------------------------------------------------------------------

# (below, states, how many at most of each part of a cell): what is nobody's can be
# each small number.
SIZES = [
    (2, 3, (1, 1, 1, 1, 1)),
    (2, 4, (1, 1, 1, 1, 0)),
    (3, 3, (2, 1, 2, 1, 0)),
]


@pytest.mark.long
@pytest.mark.parametrize(("below", "states", "most"), SIZES)
def test_who_knows_the_rule_narrows_no_suppressed_cell(
    below: int, states: int, most: Cell
) -> None:
    columns = all_columns(states, most)
    is_small, is_safe = rules(below, sum(most), states)
    assert pinned(columns, below, is_small, is_safe) == []
    # The rule does show cells, and totals over suppressed ones, where there is room,
    # to a partner that has some of them too.
    seen = [publication(column, is_small, is_safe) for column in columns]
    assert any(count is not None for shown, _ in seen for count in shown)
    assert any(total is not None and None in shown for shown, total in seen)


# How often what may yet be given, and what one partner has, are taken off: of a
# cell and of what suppressed ones share.
WEAKER = {
    "the rule before: counts alone": (0, 0, 0, 0),
    "own left in totals": (1, 1, 1, 0),
    "own left in cells": (1, 0, 1, 1),
    "still to give left in totals": (1, 1, 0, 1),
    "still to give left in cells": (0, 1, 1, 1),
}


@pytest.mark.long
@pytest.mark.parametrize("rule", WEAKER)
def test_the_same_attack_narrows_counts_where_the_rule_is_weaker(rule: str) -> None:
    below, states, most = 2, 3, (2, 1, 1, 1, 0)
    is_small, is_safe = rules(below, sum(most), states)
    give, own, give_shared, own_shared = WEAKER[rule]
    found = pinned(
        all_columns(states, most),
        below,
        lambda n, to_give, of_one: is_small(n, give * to_give, own * of_one),
        lambda n, to_give, of_one, cells: is_safe(
            n, give_shared * to_give, own_shared * of_one, cells
        ),
    )
    assert found


ONE = some.tuples(
    some.sampled_from(list(QUARTERS)),
    some.sampled_from(STATES),
    some.lists(some.sampled_from(TOPICS), min_size=1, max_size=3, unique=True).map(tuple),
    some.sampled_from(list(ROUTES)),
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


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(asked=SEVERAL, below=some.integers(2, 7))
def test_no_small_number_can_be_worked_out(
    one_store: Store, asked: list[Asked], below: int
) -> None:
    with one_store.writing() as cursor:
        for table in ("requests", "engagements", "published_requests", "published_totals"):
            cursor.execute(f"delete from {table}")
    add_requests(one_store, asked)
    publish_closed_quarters(one_store, below)
    cells, totals = published(one_store)
    truth = counts(asked, lambda _: True)
    to_give = counts(asked, lambda route: route == "still to give")
    own = {partner: own_of(asked, partner) for partner in ("P", "Q")}
    for cell in cells.itertuples():
        key = (cell.quarter, cell.state, cell.topic_id)
        left = truth[key] - to_give[key] - max(of_one[key] for of_one in own.values())
        assert cell.is_suppressed == (left < below)
        assert cell.is_suppressed or cell.requests == truth[key]
    for total in totals[~totals.is_suppressed].itertuples():
        assert total.requests == sum(
            count
            for (quarter, _, topic), count in truth.items()
            if (quarter, topic) == (total.quarter, total.topic_id)
        )
    if not cells.empty:
        for known in (Counter(), *own.values(), *(one + to_give for one in own.values())):
            assert given_away(cells, totals, known) == []
        assert solved(cells, totals) == 0


def test_the_attack_does_find_what_is_given_away() -> None:
    """It is not blind: totals shown as they are would tell."""
    store = store_of([*MANY[:6], *MANY[9:11]])
    publish_closed_quarters(store, 5)
    cells, totals = published(store)
    is_training = totals.topic_id == "training"
    seen = totals.assign(
        requests=totals.requests.mask(is_training, 8.0),
        is_suppressed=totals.is_suppressed & ~is_training,
    )
    found = given_away(cells, seen, Counter())
    assert {key[-1] for key in found} == {"training"}
    # Every other state: at most 2.
    assert len(found) == 55
    one_hidden = cells[cells.topic_id == "training"].head(2)
    one_hidden = one_hidden.assign(is_suppressed=[True, False])
    assert solved(one_hidden, totals.assign(requests=9.0)) == 1


@pytest.mark.long
@pytest.mark.parametrize(
    ("route", "found"),
    [
        # Texas shows 7, of which P led 6; of the topic, 3 are left in 3 states.
        ("P's", ("FY2024 Q1", "TX", "training")),
        ("still to give", ("FY2024 Q1", "TX", "training")),
        ("nobody's", None),
    ],
)
def test_the_attack_finds_what_the_rule_before_gave_away(
    route: str, found: tuple | None
) -> None:
    asked: list[Asked] = [
        *[("FY2024 Q1", "TX", ("training",), route)] * 6,
        ("FY2024 Q1", "TX", ("training",)),
        *[("FY2024 Q1", "OH", ("tribal",), route)] * 3,
        *[("FY2024 Q1", "CO", ("tribal",))] * 3,
        *[("FY2024 Q1", "PR", ("compstat",))] * 9,
    ]
    known = counts(asked, lambda one: one == route and route != "nobody's")
    assert given_away(*published_by(asked, before=False), known) == []
    seen = given_away(*published_by(asked, before=True), known)
    if found is None:
        assert seen == []
    else:
        # In a cell, and in a topic of which every state is suppressed.
        assert {found, ("FY2024 Q1", "tribal")} <= set(seen)


def published_by(asked: list[Asked], *, before: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is published by the rule, or by the one before it: counts alone."""
    store = store_of(asked)
    if before:
        with store.writing() as cursor:
            cursor.execute(
                "create or replace macro is_small_to_somebody(n, give, own, below) as"
                " is_small_cell(n, below)"
            )
            cursor.execute(
                "create or replace macro is_safe_total(n, give, own, cells, below) as"
                " cells = 0 or n between below and (cells - 1) * (below - 1)"
            )
    assert publish_closed_quarters(store, 5) == ["FY2024 Q1"]
    return published(store)
