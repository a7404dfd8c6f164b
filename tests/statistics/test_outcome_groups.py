"""Pooled shares: near the whole where groups differ by chance alone, else their own."""

import numpy as np
import pytest

from cri_data.statistics.outcome_groups import pooled


def test_groups_that_differ_by_chance_have_the_share_of_all():
    part, whole = np.array([5.0, 11, 9, 10]), np.array([10.0, 20, 20, 20])
    assert pooled(part, whole) == pytest.approx(35 / 70)


def test_large_groups_that_differ_keep_their_own():
    part, whole = np.array([900.0, 100, 5]), np.array([1000.0, 1000, 10])
    shares = pooled(part, whole)
    assert shares[:2] == pytest.approx([0.9, 0.1], abs=0.005)
    # The small one lies between its own share and that of all.
    assert shares[2] == pytest.approx(0.5, abs=0.01)


def test_a_small_group_is_drawn_further_than_a_large_one():
    part, whole = np.array([70.0, 7, 30, 3]), np.array([100.0, 10, 100, 10])
    shares = pooled(part, whole)
    of_all = 110 / 220
    assert abs(shares[0] - of_all) > abs(shares[1] - of_all) > 0
    assert abs(shares[2] - of_all) > abs(shares[3] - of_all) > 0


def test_the_published_weights():
    """Equal groups: DerSimonian and Laird's variance is the spread less that by chance."""
    part, whole = np.array([20.0, 50, 80]), np.array([100.0, 100, 100])
    by_chance = 0.25 / 100
    between = np.var([0.2, 0.5, 0.8], ddof=1) - by_chance
    weight = between / (between + by_chance)
    assert pooled(part, whole) == pytest.approx(0.5 + weight * np.array([-0.3, 0, 0.3]))


def test_hidden_and_empty_groups_stay_unknown():
    shares = pooled(np.array([np.nan, 0, 4]), np.array([np.nan, 0, 8]))
    assert np.isnan(shares[:2]).all()
    assert shares[2] == 0.5
    assert np.isnan(pooled(np.array([]), np.array([]))).all()
    assert pooled(np.array([3.0, 4]), np.array([3.0, 4])) == pytest.approx([1, 1])
