"""What Overview says of the rest of the fiscal year."""

import pandas as pd
import pytest

from cri_ui.views.changes import outlook


def by_month(
    known: list[tuple[int, float]], ahead: list[tuple[int, float]]
) -> pd.DataFrame:
    """Months as (fiscal year, requests so far), those ahead with limits of 10 and 20."""
    rows = [
        {
            "fiscal_year": year,
            "requests_so_far": so_far,
            "is_forecast": is_forecast,
            "low_80": so_far - 10,
            "high_80": so_far + 10,
            "low_95": so_far - 20,
            "high_95": so_far + 20,
            "forecast_error": 0.05,
            "no_forecast": "Too few years.",
        }
        for is_forecast, months in ((False, known), (True, ahead))
        for year, so_far in months
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("known", "ahead", "said"),
    [
        ([(2025, 100), (2026, 60)], [(2026, 111)], "**probably above last year**"),
        ([(2025, 100), (2026, 60)], [(2026, 89)], "**probably below last year**"),
        ([(2025, 100), (2026, 60)], [(2026, 109)], "Too close to last year to say"),
        ([(2025, 100)], [(2026, 50), (2026, 120)], "FY2025 is over. FY2026 is expected"),
    ],
    ids=["above", "below", "too close", "the next year"],
)
def test_the_year_is_compared_with_the_last_one(
    known: list[tuple[int, float]], ahead: list[tuple[int, float]], said: str
) -> None:
    told = outlook(by_month(known, ahead))
    assert said in told
    assert "FY2025 had 100" in told
    assert f"**{ahead[-1][1]} requests** (80% interval {ahead[-1][1] - 10} to" in told
    assert ("is over" in told) == ("is over" in said)


def test_without_a_forecast_it_says_why() -> None:
    assert outlook(by_month([(2026, 60)], [])) == "No forecast. Too few years."
