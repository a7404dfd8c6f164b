"""Our work, a partner's first page: what it shows is what the queries say, and its own."""

import re
from collections.abc import Callable

import pytest
import streamlit as st
from icalendar import Calendar
from streamlit.testing.v1 import AppTest

from cri_data.model.roles import Viewer
from cri_ui import navigation
from cri_ui.components.text import whole
from cri_ui.session import session
from tests.support.tables import tiles_of

pytestmark = pytest.mark.slow

Opened = Callable[..., AppTest]

PAGE = "pages/engagements/partner_home.py"
OWN = Viewer("partner", "APOL")


def test_it_is_the_first_page_of_a_partner_and_of_nobody_else() -> None:
    for role in ("leadership", "staff", "administrator"):
        assert navigation.open_to(Viewer(role))[0].title == "Overview"
    assert navigation.open_to(OWN)[0].title == "Our work"


def test_tiles_and_list_are_what_the_queries_say(app: Opened) -> None:
    opened = app(PAGE, "partner", "APOL")
    assert not opened.exception
    totals = session.store().ask("engagements_next_totals", OWN).iloc[0]
    year = (
        session.store()
        .ask("headlines", OWN, date_from="2025-10-01", date_to="2026-09-30")
        .set_index("headline")["value"]
    )
    shown = tiles_of(opened)
    assert shown["Active"] == str(totals.engagements_active)
    assert shown["Late"] == str(totals.engagements_late)
    assert shown["Engagements"] == whole(year["engagements"])
    assert shown["Hours"] == whole(year["hours"])

    listed = session.store().ask("engagements_next_list", OWN, row_limit=25)
    (drawn,) = [one.value for one in opened.html if 'class="next"' in one.value]
    ids = re.findall(r"<dt>Engagement</dt><dd>([^<]+)</dd>", drawn)
    assert ids == list(listed.engagement_id)
    assert drawn.count('<tr class="late">') == listed.days_late.notna().sum()


def test_the_calendar_and_its_file_have_the_partners_own_dates(
    app: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, Callable[[], bytes]] = {}

    def keep(label: str, data: Callable[[], bytes], **_: object) -> None:
        files[label] = data

    monkeypatch.setattr(st, "download_button", keep)
    opened = app(PAGE, "partner", "APOL")
    dates = session.store().ask("engagement_dates_list", OWN)
    near = session.store().ask("engagement_dates_list", OWN, days_ahead=90)
    (drawn,) = [one.value for one in opened.html if 'class="weeks"' in one.value]
    assert drawn.count("<li ") == len(near) > 0

    events = Calendar.from_ical(files["Download calendar file (all dates ahead)"]()).walk(
        "VEVENT"
    )
    assert [event.decoded("dtstart").isoformat() for event in events] == [
        day.date().isoformat() for day in dates.step_on
    ]
    assert len({event["uid"] for event in events}) == len(events)
    own = session.store().ask("engagements_list", OWN)
    named = {re.search(r"Engagement: (\S+)", event["description"])[1] for event in events}
    assert named <= set(own.engagement_id)


def test_a_partner_without_engagements_is_told_so(app: Opened) -> None:
    opened = app(PAGE, "partner", "PPPF")
    assert not opened.exception
    assert "No engagements yet." in opened.info[0].value
    assert not tiles_of(opened)
