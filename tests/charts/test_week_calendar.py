"""The calendar by week, and the list of what is next: their rows, and text as text."""

import re
from datetime import date

import pandas as pd

from cri_ui.charts.next_engagements import next_engagements_table
from cri_ui.charts.week_calendar import week_calendar

HOSTILE = "<img src=x onerror=alert(1)>"


def dates(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "step_on": pd.to_datetime([on for on, _ in rows]),
            "step": ["Planned start"] * len(rows),
            "agency_name": [name for _, name in rows],
            "state": ["TX"] * len(rows),
            "topic_name": ["Training"] * len(rows),
        }
    )


# Sunday, June 30, 2024.
FROM, TO = date(2024, 6, 30), date(2024, 7, 16)


def test_a_row_per_week_from_sunday_to_saturday():
    drawn = week_calendar(dates(("2024-07-03", "Elm PD")), FROM, TO)
    assert re.findall(r'scope="row">([^<]*)<', drawn) == ["Jun 30", "Jul 7", "Jul 14"]
    weeks = drawn.split('<tr role="row"')[2:]
    assert [week.count("<td ") for week in weeks] == [7, 7, 7]
    # Wednesday is the fourth day. July 17 to 20 are beyond the end.
    assert "Elm PD (TX)" in weeks[0].split("<td ")[4]
    assert weeks[2].count('class="out"') == 4
    assert [' class="empty"><th' in week for week in weeks] == [False, True, True]
    assert drawn.count('scope="col"') == 8


def test_a_week_that_begins_before_the_first_day():
    drawn = week_calendar(dates(), date(2024, 7, 3), date(2024, 7, 4))
    assert re.findall(r'scope="row">([^<]*)<', drawn) == ["Jun 30"]
    assert drawn.count('class="out"') == 5


def test_many_on_one_day_open_on_request():
    four = week_calendar(dates(*[("2024-07-03", "Elm PD")] * 4), FROM, TO)
    assert "<details>" not in four
    six = week_calendar(dates(*[("2024-07-03", "Elm PD")] * 6), FROM, TO)
    assert "<summary>3 more</summary>" in six
    assert six.count("<li ") == 6


def test_names_are_text():
    drawn = week_calendar(dates(("2024-07-03", HOSTILE)), FROM, TO)
    assert HOSTILE not in drawn
    assert "&lt;img" in drawn


def engagement(**values: object) -> dict[str, object]:
    names = (
        *("engagement_id", "request_id", "status", "late", "next_step", "agency_name"),
        *("city", "state", "topic_name", "delivery_mode", "site_name"),
        *("lead_partner_name", "supporting_partners"),
    )
    days = ("next_on", "planned_start_on", "started_on", "planned_end_on")
    numbers = ("days_late", "hours", "participants_in_person", "participants_virtual")
    return (
        dict.fromkeys(names)
        | dict.fromkeys((*days, "last_activity_on"), pd.NaT)
        | dict.fromkeys(numbers, float("nan"))
        | values
    )


def test_late_ones_are_marked_and_say_why():
    table = pd.DataFrame(
        [
            engagement(
                engagement_id="E-1",
                agency_name=HOSTILE,
                days_late=1,
                late="not begun",
                next_step="Planned start",
                next_on=pd.Timestamp("2024-06-29"),
                hours=12.5,
            ),
            engagement(engagement_id="E-2", agency_name="Elm PD"),
        ]
    )
    late, other = next_engagements_table(table).split("<tr")[2:]
    assert late.startswith(' class="late"')
    assert "<b>1 day late</b><small>Planned start Jun 29, 2024, not begun</small>" in late
    assert HOSTILE not in late
    assert "<dt>Hours</dt><dd>13</dd>" in late
    assert "late" not in other
    assert "No date<small>No planned end is reported</small>" in other
    assert "<dt>Hours" not in other


def test_no_rows_no_table():
    assert next_engagements_table(pd.DataFrame()) == ""
