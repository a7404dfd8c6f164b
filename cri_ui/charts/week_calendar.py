"""A calendar as an HTML table: a row per week and a column per day of the week.

On a phone the days that have something are a list, week by week: the roles of the table
are written out, because a browser forgets them when a style draws rows as blocks.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

import pandas as pd

from cri_data.store.rows import table_rows
from cri_ui.components.text import UNKNOWN, escaped

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
# As many of a day are in view; the others open.
_IN_VIEW = 3
_ONE_DAY = timedelta(days=1)

# What a day is, in a word before the agency's name.
WORDS = {"Planned start": "Start", "Planned end": "End", "Follow-up due": "Follow-up"}


def week_calendar(dates: pd.DataFrame, from_on: date, to_on: date) -> str:
    """The weeks from `from_on` to `to_on`, with the dates of each day.

    `dates` have labels instead of codes.
    """
    by_day: dict[date, list[Any]] = {}
    for row in table_rows(dates):
        by_day.setdefault(row.step_on.date(), []).append(row)
    heads = "".join(
        f'<th role="columnheader" scope="col"><abbr title="{name}">{name[:3]}</abbr></th>'
        for name in _DAYS
    )
    weeks = "".join(
        _week(start, by_day, from_on, to_on) for start in _weeks(from_on, to_on)
    )
    return (
        '<div class="weeks"><table role="table" aria-label="Dates of engagements, by '
        'week"><thead role="rowgroup"><tr role="row">'
        f'<th role="columnheader" scope="col">Week of</th>{heads}</tr></thead>'
        f'<tbody role="rowgroup">{weeks}</tbody></table></div>'
    )


def _weeks(from_on: date, to_on: date) -> list[date]:
    """The Sundays on which the weeks begin."""
    first = from_on - ((from_on.weekday() + 1) % 7) * _ONE_DAY
    return [first + 7 * n * _ONE_DAY for n in range((to_on - first).days // 7 + 1)]


def _week(start: date, by_day: dict[date, list[Any]], from_on: date, to_on: date) -> str:
    days = [start + n * _ONE_DAY for n in range(7)]
    cells = "".join(_day(on, by_day.get(on, []), from_on <= on <= to_on) for on in days)
    kind = "" if any(by_day.get(on) for on in days) else ' class="empty"'
    return (
        f'<tr role="row"{kind}><th role="rowheader" scope="row">'
        f"{start:%b} {start.day}</th>{cells}</tr>"
    )


def _day(on: date, rows: Sequence[Any], is_inside: bool) -> str:
    if not is_inside:
        return '<td role="cell" class="out"></td>'
    kind = "" if rows else ' class="empty"'
    # In a column of its day of the week the number is enough; in a list it is not.
    short = f"{on:%b} {on.day}" if on.day == 1 else str(on.day)
    long = f"{on:%a}, {on:%b} {on.day}"
    return (
        f'<td role="cell"{kind}><time datetime="{on}"><span>{short}</span>'
        f"<span>{long}</span></time>{_listed(rows)}</td>"
    )


def _listed(rows: Sequence[Any]) -> str:
    if not rows:
        return ""
    # One more than that is not worth a click.
    in_view = _IN_VIEW if len(rows) > _IN_VIEW + 1 else len(rows)
    shown = f"<ul>{''.join(map(_item, rows[:in_view]))}</ul>"
    if in_view == len(rows):
        return shown
    others = "".join(map(_item, islice(rows, in_view, None)))
    more = f"<summary>{len(rows) - in_view} more</summary>"
    return f"{shown}<details>{more}<ul>{others}</ul></details>"


def _item(row: Any) -> str:
    state = f" ({escaped(row.state)})" if pd.notna(row.state) else ""
    return (
        f'<li class="{WORDS[row.step].lower()}"><b>{WORDS[row.step]}</b> '
        f"{escaped(row.agency_name) or UNKNOWN}{state}"
        f"<small>{escaped(row.topic_name)}</small></li>"
    )
