"""The interval of a share in SQL: published values, and statsmodels'."""

import pytest
from statsmodels.stats.proportion import proportion_confint

from cri_data.store.store import Store
from tests.support.small_store import empty_store


@pytest.fixture(scope="module")
def store():
    store = empty_store()
    yield store
    store.close()


def interval(store: Store, part: int, whole: int) -> tuple:
    with store.cursor() as cursor:
        statement = "select wilson_low($part, $whole), wilson_high($part, $whole)"
        return cursor.execute(statement, {"part": part, "whole": whole}).fetchall()[0]


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Newcombe (1998) for the first three.
    [
        (81, 263, 0.2553, 0.3662),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (8, 10, 0.4902, 0.9433),
        (0, 5, 0, 0.4345),
        (5, 5, 0.5655, 1),
    ],
)
def test_published_intervals(store, part, whole, low, high):
    assert interval(store, part, whole) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("whole", [1, 7, 250, 18_000])
def test_the_same_as_statsmodels(store, whole):
    for part in {0, 1, whole // 3, whole}:
        expected = proportion_confint(part, whole, method="wilson")
        assert interval(store, part, whole) == pytest.approx(expected, abs=1e-6)


def test_a_share_of_nothing_has_no_interval(store):
    assert interval(store, 0, 0) == (None, None)
