"""Figures of stage times, of this year against last, and of the backlog."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from cri_data.model.stages import AGE_BANDS, ENDS, STAGES, WAITS_FOR
from cri_data.store.rows import table_rows
from cri_ui.charts.cells import Cell, cell_table
from cri_ui.charts.figures import Figure, layout
from cri_ui.charts.months import links_of_months
from cri_ui.components.filter_links import KEYS, FilterLinks
from cri_ui.components.text import UNKNOWN, share, whole

_AGES = (
    "requests_0_to_7_days",
    "requests_8_to_30_days",
    "requests_31_to_90_days",
    "requests_over_90_days",
)
_ENDS = {
    "share_ended": "Ended",
    "share_declined": "Declined",
    "share_withdrawn": "Withdrawn",
    "share_closed_otherwise": "Closed without status",
    "share_still_in": "Still in it",
}
# A shade as light as a verdict needs to be seen.
_VERDICTS = {"faster": ("good", 0.4), "slower": ("bad", 0.4)}


def stage_times_by_stage(by_stage: pd.DataFrame) -> str:
    """A row per stage: median, 90th percentile, share within target, how many."""
    return _times(by_stage, "stage", "Stage", STAGES)


def stage_times_by_group(
    by_group: pd.DataFrame, column: str, names: str, links: FilterLinks | None = None
) -> str:
    """The same for one stage, a row per region, size, topic, or partner."""
    return _times(by_group, column, names, {}, _links(by_group, column, links))


def _links(table: pd.DataFrame, column: str, links: FilterLinks | None) -> list[str]:
    """Where the name of each row leads: to the page filtered to it."""
    if links is None:
        return []
    key = KEYS[column.removeprefix("lead_").removesuffix("_name")]
    return [links.to({key: name}) for name in table[column]]


def _times(
    table: pd.DataFrame,
    column: str,
    names: str,
    labels: dict[str, str],
    links: Sequence[str] = (),
) -> str:
    rows = [
        (
            labels.get(getattr(row, column), getattr(row, column)),
            [
                Cell(whole(row.median_days)),
                Cell(whole(row.p90_days)),
                Cell(share(row.share_within_target), _strength(row.share_within_target)),
                Cell(whole(row.target_days)),
                Cell(whole(row.requests_entered)),
                Cell(whole(row.requests_in_stage)),
                Cell(whole(row.requests_time_unknown)),
            ],
        )
        for row in table_rows(table)
    ]
    heads = (
        *("Median days", "9 of 10 within (days)", "Within target", "Target (days)"),
        *("Began", "Still in it", "Time unknown"),
    )
    said = "Days in the stage, open requests included"
    return cell_table(names, heads, rows, said, links)


def stage_years_by_stage(by_stage: pd.DataFrame) -> str:
    """A row per stage: this year against last."""
    return _years(by_stage, "stage", "Stage", STAGES)


def stage_years_by_region(by_region: pd.DataFrame, links: FilterLinks | None = None) -> str:
    """A row per region: this year against last, in one stage."""
    return _years(by_region, "region", "Region", {}, _links(by_region, "region", links))


def _years(
    table: pd.DataFrame,
    column: str,
    names: str,
    labels: dict[str, str],
    links: Sequence[str] = (),
) -> str:
    rows = []
    for row in table_rows(table):
        verdict = UNKNOWN if pd.isna(row.this_year_is) else row.this_year_is
        tone, strength = _VERDICTS.get(verdict, ("number", None))
        named = labels.get(getattr(row, column), getattr(row, column))
        cells = [
            Cell(verdict, strength, tone),
            Cell(whole(row.median_days)),
            Cell(whole(row.median_days_last_year)),
            Cell(share(row.share_within_target)),
            Cell(share(row.share_within_target_last_year)),
            Cell(whole(row.target_days)),
            Cell(whole(row.requests_entered)),
            Cell(whole(row.requests_entered_last_year)),
        ]
        rows.append((named, cells))
    heads = (
        *("This year is", "Median days", "Last year"),
        *("Within target", "Last year", "Target (days)"),
        *("Began", "Last year"),
    )
    return cell_table(names, heads, rows, "This year and last, on the same days", links)


def stage_ends_by_day(by_day: pd.DataFrame, stage: str) -> str:
    """A row per number of days: what had become of requests by then."""
    if by_day.empty:
        return ""
    shown = [
        name
        for name in _ENDS
        if name in ("share_ended", "share_still_in") or by_day[name].any()
    ]
    rows = [
        (
            f"{row.days} days",
            [Cell(share(getattr(row, name), 1), getattr(row, name)) for name in shown],
        )
        for row in table_rows(by_day)
    ]
    heads = [ENDS[stage] if name == "share_ended" else _ENDS[name] for name in shown]
    return cell_table("Within", heads, rows, "Share of the requests that began")


def backlog_by_stage(by_stage: pd.DataFrame) -> str:
    """A row per stage: open requests by days since received."""
    return _ages(by_stage, "waits_for", "Waits for", WAITS_FOR)


def backlog_by_partner(by_partner: pd.DataFrame, links: FilterLinks | None = None) -> str:
    """A row per lead partner: open requests by days since received."""
    column = "lead_partner_name"
    leads = _links(by_partner, column, links)
    return _ages(by_partner, column, "Lead partner", {}, leads)


def _ages(
    table: pd.DataFrame,
    column: str,
    names: str,
    labels: dict[str, str],
    links: Sequence[str] = (),
) -> str:
    most = max((int(table[name].max()) for name in _AGES if len(table)), default=0) or 1
    rows = [
        (
            labels.get(getattr(row, column), getattr(row, column)),
            [
                *(
                    Cell(whole(getattr(row, name)), getattr(row, name) / most)
                    for name in _AGES
                ),
                Cell(whole(row.requests_open)),
                Cell(whole(row.oldest_days)),
            ],
        )
        for row in table_rows(table)
    ]
    heads = (*AGE_BANDS.values(), "All open", "Oldest (days)")
    return cell_table(names, heads, rows, "Open requests, by days since received", links)


def backlog_by_month(by_month: pd.DataFrame, links: FilterLinks | None = None) -> Figure:
    """Bars of requests received and closed each month, and a line of those open.

    With `links`, a click on a month filters to its days.
    """
    months = by_month["month_on"].dt.strftime("%Y-%m-%d").tolist()

    def drawn(column: str, name: str, **style: Any) -> dict[str, Any]:
        return {
            "x": months,
            "y": by_month[column].tolist(),
            "name": name,
            "hovertemplate": "%{x|%b %Y}: %{y:,} " + name.lower() + "<extra></extra>",
            "customdata": links_of_months(by_month, links),
            **style,
        }

    return {
        "data": [
            drawn("requests_received", "Received", type="bar"),
            drawn("requests_closed", "Closed", type="bar"),
            drawn(
                "requests_open_at_end",
                "Open at the end of the month",
                type="scatter",
                mode="lines",
                line={"width": 2.5},
            ),
        ],
        "layout": layout(
            300,
            showlegend=True,
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            margin={"l": 8, "r": 8, "t": 32, "b": 8},
            hovermode="x",
            barmode="group",
            xaxis={"type": "date", "fixedrange": True},
            yaxis={
                "rangemode": "tozero",
                "fixedrange": True,
                "title": {"text": "Requests"},
            },
        ),
    }


def _strength(value: float | None) -> float | None:
    return None if pd.isna(value) else value
