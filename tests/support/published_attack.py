"""What can be told of others' requests from the published table, by whom."""

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import product

import numpy as np
import pandas as pd

from tests.support.small_store import empty_store

# Quarter, state and topic.
Key = tuple[str, str, str]

# Of one cell: nobody's, still to give and given to P later, P's, Q's, P's with Q.
Cell = tuple[int, int, int, int, int]
CellRule = Callable[[int, int, int], bool]
TotalRule = Callable[[int, int, int, int], bool]


def rules(below: int, most: int, states: int) -> tuple[CellRule, TotalRule]:
    """The rules as the store has them, looked up in what they say of every number."""
    store = empty_store()
    with store.cursor() as cursor:
        small = cursor.execute(
            "select n, give, own, is_small_to_somebody(n, give, own, $b)"
            " from range($to) as a(n), range($to) as b(give), range($to) as c(own)",
            {"b": below, "to": most + 1},
        ).fetchall()
        safe = cursor.execute(
            "select n, give, own, cells, is_safe_total(n, give, own, cells, $b)"
            " from range($sum) as a(n), range($sum) as b(give), range($sum) as c(own),"
            " range($to) as d(cells)",
            {"b": below, "sum": most * states + 1, "to": states + 1},
        ).fetchall()
    is_small = {tuple(given): flag for *given, flag in small}
    is_safe = {tuple(given): flag for *given, flag in safe}
    return lambda *given: is_small[given], lambda *given: is_safe[given]


def publication(
    column: tuple[Cell, ...], is_small: CellRule, is_safe: TotalRule
) -> tuple[tuple[int | None, ...], int | None]:
    """What is told of a topic: its cells and its total, None where suppressed."""
    shown = tuple(
        None if is_small(sum(cell), cell[1], max(cell[2], cell[3]) + cell[4]) else sum(cell)
        for cell in column
    )
    hidden = [cell for cell, count in zip(column, shown, strict=True) if count is None]
    _, given, of_p, of_q, of_both = map(sum, zip((0,) * 5, *hidden, strict=True))
    shared = sum(map(sum, hidden))
    is_told = is_safe(shared, given, max(of_p, of_q) + of_both, len(hidden))
    return shown, sum(map(sum, column)) if is_told else None


# Who attacks, by the parts of a cell that it knows.
ATTACKERS = {"no partner": (), "P": (2, 4), "P, given more since": (1, 2, 4)}


def pinned(
    columns: list[tuple[Cell, ...]], below: int, is_small: CellRule, is_safe: TotalRule
) -> list[tuple]:
    """What is told of others, to whom, by all columns that there can be.

    Whoever sees a publication and its own rows knows that the truth is one of
    the columns with both. A count of others is given away where it is known and
    small, or where it can no more be each small number.
    """
    found = []
    published = [publication(column, is_small, is_safe) for column in columns]
    for who, known in ATTACKERS.items():
        possible: dict[tuple, set[tuple[int, ...]]] = defaultdict(set)
        for column, seen in zip(columns, published, strict=True):
            own = tuple(tuple(cell[part] for part in known) for cell in column)
            others = tuple(
                sum(cell) - sum(mine) for cell, mine in zip(column, own, strict=True)
            )
            possible[(*seen, own)].add(others)
        for (shown, total, own), all_others in possible.items():
            by_cell = [set(values) for values in zip(*all_others, strict=True)]
            sums = {sum(others) for others in all_others}
            for is_told, values in [
                *zip([count is not None for count in shown], by_cell, strict=True),
                (total is not None, sums),
            ]:
                is_safe_when_told = is_told and min(values) >= below
                least = 0 if values is not sums else min(sums)
                if not is_safe_when_told and not values >= set(range(least, least + below)):
                    found.append((who, shown, total, own, values))
    return found


def all_columns(states: int, most: Cell) -> list[tuple[Cell, ...]]:
    cells = list(product(*(range(number + 1) for number in most)))
    return list(product(cells, repeat=states))


def given_away(cells: pd.DataFrame, totals: pd.DataFrame, own: Counter[Key]) -> list[tuple]:
    """What is told of others' requests to whoever has these: cells and topics."""
    keys = ["quarter", "state", "topic_id"]
    known = cells.assign(own=[own[key] for key in cells[keys].itertuples(index=False)])
    hidden = intervals(known, totals)
    narrowed = (hidden.least > 0) | (hidden.most < hidden.most_of_one)
    of_topic = known.groupby(["quarter", "topic_id"]).own.sum()
    left = totals.join(of_topic, on=["quarter", "topic_id"])
    small = [
        one[~one.is_suppressed & (one.requests - one.own < one.suppress_below)]
        for one in (known, left)
    ]
    return [
        *hidden[narrowed][keys].itertuples(index=False, name=None),
        *small[0][keys].itertuples(index=False, name=None),
        *small[1][["quarter", "topic_id"]].itertuples(index=False, name=None),
    ]


def intervals(cells: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """The least and the most that others have in each suppressed cell, from all told.

    At the worst: as if others never had more than a small number in one.
    """
    hidden = cells[cells.is_suppressed].assign(most_of_one=cells.suppress_below - 1)
    keys = ["quarter", "topic_id"]
    column = cells.groupby(keys).agg(
        shown=("requests", "sum"), number=("is_suppressed", "sum")
    )
    column["own_hidden"] = hidden.groupby(keys).own.sum()
    column["total"] = totals.set_index(keys).requests
    found = hidden.join(column, on=keys)
    shared = (found.total - found.shown - found.own_hidden).astype("float64")
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
