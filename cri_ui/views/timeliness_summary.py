"""Timeliness page in a sentence: faster than last year or not, where, and who waits."""

from typing import Any

import pandas as pd

from cri_data.model.stages import NO_PARTNER, WHOLE
from cri_data.store.rows import table_rows
from cri_ui.components.text import UNKNOWN, count_of, plain_markdown, whole

_VERDICTS = {
    "faster": "Requests are assigned **faster** than last year",
    "slower": "Requests are assigned **slower** than last year",
    "no clear difference": "**No clear difference** from last year in days to assignment",
}
_TOO_FEW = "Too few requests to compare days to assignment with last year"

# Partners with most old requests that the summary names.
_PARTNERS_SAID = 3


def in_a_sentence(
    by_stage: pd.DataFrame,
    by_region: pd.DataFrame,
    backlog: pd.Series,
    by_partner: pd.DataFrame,
) -> str:
    """Whether the office is faster than last year, where, and how many wait for whom."""
    said = (
        _against_last_year(by_stage),
        _where(by_region),
        _waiting(backlog, by_partner),
    )
    return " ".join(filter(None, said))


def _against_last_year(by_stage: pd.DataFrame) -> str:
    of_whole = next(
        (row for row in table_rows(by_stage) if row.stage == WHOLE),
        None,
    )
    if of_whole is None:
        return f"{_TOO_FEW}."
    said = _VERDICTS.get(of_whole.this_year_is, _TOO_FEW)
    return (
        f"{said}: half within **{_days(of_whole.median_days)}**, last year "
        f"{_days(of_whole.median_days_last_year)}."
    )


def _where(by_region: pd.DataFrame) -> str:
    """The regions that are faster or slower than last year."""
    said = []
    for verdict in ("faster", "slower"):
        regions = by_region.loc[by_region["this_year_is"] == verdict, "region"]
        if len(regions):
            said.append(f"{verdict.capitalize()} in: {', '.join(regions)}.")
    return " ".join(said)


def _days(number: float | None) -> str:
    return UNKNOWN if pd.isna(number) else count_of(int(number), "day")


def _waiting(backlog: pd.Series, by_partner: pd.DataFrame) -> str:
    old = int(backlog.requests_over_90_days)
    said = (
        f"**{old:,}** of {count_of(int(backlog.requests_open), 'open request')} "
        f"{'has' if old == 1 else 'have'} waited over 90 days"
    )
    with_whom = [
        f"{whole(row.requests_over_90_days)} with {_named(row)}"
        for row in table_rows(by_partner.head(_PARTNERS_SAID))
        if row.requests_over_90_days
    ]
    return f"{said}: {', '.join(with_whom)}." if with_whom else f"{said}."


def _named(row: Any) -> str:
    if row.lead_partner_id == NO_PARTNER:
        return NO_PARTNER.lower()
    return plain_markdown(row.lead_partner_name)
