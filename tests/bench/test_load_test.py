"""What the load test computes, without a clock."""

import pytest

from tests.bench.load_test import choices
from tests.bench.targets import Target
from tests.bench.timing import percentile


@pytest.mark.parametrize(("percent", "expected"), [(50, 50), (95, 95), (100, 100), (0, 1)])
def test_percentile_of_one_to_a_hundred(percent: int, expected: int):
    assert percentile(range(100, 0, -1), percent) == expected


def test_percentile_of_few_values_is_one_of_them():
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile([3.0, 1.0, 2.0], 95) == 3.0


def test_every_choice_is_one_change_from_the_one_before():
    every = choices(("a", "b", "c"))
    assert every == [("a",), ("a", "b"), ("b",), ("b", "c"), ("c",), ("c", "a")]
    for before, after in zip(every, [*every[1:], every[0]], strict=True):
        assert len(set(before) ^ set(after)) == 1


def test_a_target_is_met_up_to_its_limit():
    assert Target("load test", "p95", 150, 150).is_met
    assert not Target("load test", "p95", 150, 151).is_met
