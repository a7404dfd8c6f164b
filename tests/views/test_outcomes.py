"""Outcomes in a sentence: measured ones, too few of them, and none."""

import pandas as pd
import pytest

from cri_ui.views.outcomes import in_a_sentence

UNKNOWN = float("nan")


def totals(n: int, improved: float, same: float, worse: float) -> pd.Series:
    return pd.Series(
        {
            "outcomes": 40,
            "n": n,
            "share_of_outcomes_improved": improved,
            "share_of_outcomes_same": same,
            "share_of_outcomes_worse": worse,
            "outcomes_awaiting_followup": 7,
            "outcomes_overdue": 3,
            "outcomes_without_baseline": 0,
        }
    )


def test_one_outcome_awaits_and_several_await() -> None:
    one = totals(0, UNKNOWN, UNKNOWN, UNKNOWN)
    one[["outcomes_awaiting_followup", "outcomes_without_baseline"]] = [1, 1]
    one["outcomes_overdue"] = 0
    assert in_a_sentence(one).endswith(
        "1 awaits a follow-up: 0 overdue, 1 not yet due. 1 has no baseline."
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            totals(20, 0.5, 0.25, 0.25),
            "**20** with a baseline and a follow-up, of which **50%** improved, 25% stayed "
            "the same, and 25% got worse",
        ),
        (
            totals(3, UNKNOWN, UNKNOWN, UNKNOWN),
            "**3** with a baseline and a follow-up, too few to show how many improved",
        ),
        (
            totals(0, UNKNOWN, UNKNOWN, UNKNOWN),
            "**none** with a baseline and a follow-up",
        ),
    ],
    ids=["measured", "too few", "none"],
)
def test_no_share_is_told_that_is_not_known(found: pd.Series, said: str) -> None:
    awaiting = "7 await a follow-up: 3 overdue, 4 not yet due. "
    assert in_a_sentence(found) == f"**40 outcomes**: {said}. {awaiting}"
