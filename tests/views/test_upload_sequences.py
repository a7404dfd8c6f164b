"""The Upload page commits what it shows, in whatever order its steps are taken."""

import random
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from cri_ui.session import session
from cri_ui.views.upload import review
from tests.conftest import ROOT
from tests.support.uploads import contents, loaded

pytestmark = pytest.mark.slow

Opened = Callable[..., AppTest]

FILE = b"""agency_id,agency_name,state,agency_type
A1,Elm,Texass,Sherif
A2,Oak,TX,City
A3,,TX,City
"""

CHANGED = "something changed after this page was shown"


def box(page: AppTest, label: str):
    return next(box for box in page.selectbox if box.label.startswith(label))


def button(page: AppTest, words: str):
    return next((button for button in page.button if words in button.label), None)


def stored() -> list[tuple]:
    """Id, name, type and state of the stored agencies."""
    return [row[:4] for row in contents(session.store())["agencies"]]


def send(page: AppTest, content: bytes = FILE) -> None:
    page.file_uploader[0].upload("agencies.csv", content).run()


class Person:
    """Takes steps on the page, and knows by heart what each has to do."""

    def __init__(self, page: AppTest) -> None:
        self.page = page
        self.state: str | None = None
        self.kind: str | None = None
        self.name: str | None = None
        self.stored: dict[str, tuple] = {}
        self.before: dict[str, tuple] | None = None
        send(page)

    def rows_to_store(self) -> dict[str, tuple]:
        """What a commit stores of the file, with the choices so far."""
        rows = {"A2": ("Oak", "municipal", "TX")}
        if self.state:
            # A cell without a meaning is blank, and a blank cell keeps what is stored.
            kept = self.stored.get("A1", (None, None))[1]
            rows["A1"] = ("Elm", self.kind or kept, self.state)
        if self.name:
            rows["A3"] = (self.name, "municipal", "TX")
        return rows

    def choose_state(self) -> None:
        self._choose("state: Texass", "state", [None, "TX", "OK"])

    def choose_kind(self) -> None:
        self._choose("agency_type: Sherif", "kind", [None, "sheriff", "county"])

    def _choose(self, label: str, attribute: str, among: list[str | None]) -> None:
        if self.before is not None:
            return
        now = getattr(self, attribute)
        chosen = next(one for one in among[1:] + among if one != now)
        box(self.page, label).set_value(chosen).run()
        setattr(self, attribute, chosen)

    def repair(self) -> None:
        if self.before is not None or self.name:
            return
        row = next(box for box in self.page.selectbox if box.label == "Rejected row")
        row.set_value(4).run()
        field = next(t for t in self.page.text_input if t.label == "agency_name")
        field.set_value("Fir")
        next(one for one in self.page.button if one.label == "Apply").click().run()
        self.name = "Fir"

    def commit(self) -> None:
        pressed = button(self.page, "Commit ")
        if pressed is None:
            return
        pressed.click().run()
        self.before = dict(self.stored)
        self.stored |= self.rows_to_store()
        assert "is committed" in self.page.success[0].value

    def commit_while_choosing(self) -> None:
        """A choice and a click on Commit arrive together, as from a slow browser."""
        pressed = button(self.page, "Commit ")
        if pressed is None:
            return
        self.state = "OK" if self.state == "TX" else "TX"
        box(self.page, "state: Texass").set_value(self.state)
        pressed.click().run()
        assert CHANGED in self.page.warning[0].value

    def undo(self) -> None:
        pressed = button(self.page, "Undo this upload")
        if pressed is None:
            return
        pressed.click().run()
        self.stored, self.before = self.before, None

    def leave_and_come_back(self) -> None:
        self.page.switch_page(str(ROOT / "pages/data/about.py")).run()
        self.page.switch_page(str(ROOT / "pages/data/upload.py")).run()
        send(self.page)
        self.before = None

    def send_again(self) -> None:
        send(self.page)
        self.before = None

    def check(self) -> None:
        """What is stored and what the page shows is what was done."""
        assert not self.page.exception
        assert stored() == [(key, *self.stored[key]) for key in sorted(self.stored)]
        if self.before is not None:
            return
        rows = self.rows_to_store()
        new = len(rows.keys() - self.stored.keys())
        changed = sum(self.stored.get(key, row) != row for key, row in rows.items())
        shown = ["3", new, changed, len(rows) - new - changed, 3 - len(rows)]
        assert [one.value for one in self.page.metric] == list(map(str, shown))
        chosen = (
            box(self.page, "state: Texass").value,
            box(self.page, "agency_type: Sherif").value,
        )
        assert chosen == (self.state, self.kind)
        rows_in_words = f"Commit {new + changed} row"
        assert bool(new + changed) == bool(button(self.page, rows_in_words))


STEPS = [
    Person.choose_state,
    Person.choose_kind,
    Person.repair,
    Person.commit,
    Person.commit,
    Person.undo,
    Person.undo,
    Person.commit_while_choosing,
    Person.leave_and_come_back,
    Person.send_again,
]


@pytest.mark.parametrize("seed", range(6))
def test_steps_in_any_order_commit_what_is_shown(empty_app: Opened, seed: int) -> None:
    person = Person(empty_app("pages/data/upload.py"))
    person.check()
    for step in random.Random(seed).choices(STEPS, k=12):  # noqa: S311
        step(person)
        person.check()


def test_what_others_store_meanwhile_is_reviewed_before_a_commit(
    empty_app: Opened,
) -> None:
    page = empty_app("pages/data/upload.py")
    send(page)
    loaded(session.store(), "agencies", "agency_id,agency_name,state\nA2,Old,TX\n")
    button(page, "Commit 1 row").click().run()
    assert CHANGED in page.warning[0].value
    # What was a new record is a changed one now.
    assert [one.value for one in page.metric] == ["3", "0", "1", "0", "2"]
    assert stored() == [("A2", "Old", None, "TX")]
    button(page, "Commit 1 row").click().run()
    assert stored() == [("A2", "Oak", "municipal", "TX")]


def test_what_others_store_during_a_commit_stops_it(
    empty_app: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = empty_app("pages/data/upload.py")
    send(page)
    real = review.load

    def load_after_another(store, *given):
        other = "agency_id,agency_name,state\nA2,Old,TX\n"
        if not stored():
            loaded(store, "agencies", other)
        return real(store, *given)

    monkeypatch.setattr(review, "load", load_after_another)
    button(page, "Commit 1 row").click().run()
    assert CHANGED in page.warning[0].value
    assert stored() == [("A2", "Old", None, "TX")]


def test_other_settings_of_the_file_are_reviewed_before_a_commit(
    empty_app: Opened,
) -> None:
    page = empty_app("pages/data/upload.py")
    send(page)
    rows = next(one for one in page.number_input if one.label == "Heading rows")
    rows.set_value(2)
    button(page, "Commit 1 row").click().run()
    assert stored() == []
    rows = next(one for one in page.number_input if one.label == "Heading rows")
    assert rows.value == 2


def test_a_fix_made_after_a_commit_waits_for_its_file(empty_app: Opened) -> None:
    page = empty_app("pages/data/upload.py")
    send(page)
    button(page, "Commit 1 row").click().run()
    send(page)
    box(page, "state: Texass").set_value("TX").run()
    page.switch_page(str(ROOT / "pages/data/about.py")).run()
    page.switch_page(str(ROOT / "pages/data/upload.py")).run()
    assert "Your 1 fix to agencies.csv is saved" in page.info[0].value
