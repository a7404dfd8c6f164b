"""The pages of partners: the field, and one in full, by its link."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from cri_data.model.roles import STAFF
from cri_ui.session import session
from tests.conftest import with_tables_open
from tests.support.tables import tables_of, tiles_of
from tests.support.uploads import loaded

pytestmark = pytest.mark.slow

Opened = Callable[..., AppTest]

PAGE = "pages/engagements/partners.py"
HOSTILE = "<img src=x onerror=alert(1)> **bold**"


def text_of(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def of_partners(opened: AppTest, *ids: str) -> AppTest:
    """The page with these partners chosen, as a link of a name does."""
    opened.multiselect(key="partner").set_value(list(ids)).run()
    assert not opened.exception
    return opened


def drawn(app: AppTest, kind: str) -> str:
    return "".join(one.value for one in app.html if f'class="{kind}"' in one.value)


def test_the_field_is_never_by_how_well_partners_do(app: Opened) -> None:
    opened = app(PAGE, "leadership")
    assert not opened.exception
    assert "This is no ranking" in text_of(opened)
    assert opened.get("button_group")[0].options == ["Name", "Engagements"]
    names = session.store().ask("partners_list", STAFF).partner_name
    table = drawn(opened, "field")
    places = [table.index(f">{name}<") for name in names]
    assert places == sorted(places)
    assert f"partner={names[0].replace(' ', '+')}" in table


def test_one_partner_chosen_is_shown_in_full(app: Opened) -> None:
    opened = with_tables_open(of_partners(app(PAGE, "staff"), "APOL"))
    headings = [one.value for one in opened.main.header]
    assert headings[0] == "Allied Patrol Officers League"
    assert "The field of partners" not in headings
    row = session.store().ask("partners_list", STAFF).set_index("partner_id").loc["APOL"]
    shown = tiles_of(opened)
    assert shown["Engagements"] == f"{row.engagements:,}"
    times = session.store().ask("stage_times_by_partner", STAFF, stage="delivery_started")
    days = times.set_index("lead_partner_id").median_days["APOL"]
    assert shown["Days to start"] == f"{days:,}"
    assert shown["Open now"] == f"{row.engagements_open:,}"
    load = next(one for one in tables_of(opened) if "Quarter" in one)
    assert sum(int(one) for one in load["Engagements"]) == row.engagements
    assert "All partners" in "".join(one.value for one in opened.html)


def test_two_partners_stand_side_by_side(app: Opened) -> None:
    opened = of_partners(app(PAGE, "staff"), "APOL", "NAPS")
    table = drawn(opened, "field")
    assert table.count('<tr><th scope="row">') == 2


def test_an_association_without_engagements_is_no_error(app: Opened) -> None:
    opened = of_partners(app(PAGE, "staff"), "MCRF")
    assert "Selection: Not selected. Applied Mar 29, 2019." in text_of(opened)
    assert tiles_of(opened)["Outcomes improved"] == "–"


def test_a_hostile_name_is_text(empty_app: Opened) -> None:
    rows = f"partner_id,partner_name,selection_status\nP1,{HOSTILE},selected\n"
    loaded(session.store(), "partners", rows)
    field = empty_app(PAGE, "staff")
    for opened in (field, of_partners(field, "P1")):
        assert "<img" not in "".join(one.value for one in opened.html)
        assert "**bold**" not in text_of(opened)
