"""Nobody sees what is another's: every query, for every kind of viewer."""

import pandas as pd
import pytest

from cri_data.access import Viewer
from cri_data.audit import Action, record
from cri_data.catalog import question_named, questions
from tests.small_store import add, day, empty_store

NAMES = tuple(questions())
# In every text of a row that is B's alone.
MARK = "ZZB"
A = Viewer("partner", "PA")
NOBODY = {
    "unknown role": Viewer("director"),
    "unknown role with a partner": Viewer("director", "PA"),
    "no role": Viewer(None),
    "no role with a partner": Viewer(None, "PA"),
    "role in other case": Viewer("STAFF"),
    "partner of none": Viewer("partner"),
    "partner of an empty name": Viewer("partner", ""),
}
# What the program and the Census publish: the same for every viewer.
PUBLIC = {"topics_options", "states_options", "size_bands_options"}
# What administrators alone see.
ADMINISTRATION = {"trail_list"}
DAY = day("2023-06-01")
KINDS = (
    "undecided_over_30_days",
    "accepted_without_partner",
    "assigned_not_started_over_60_days",
    "engagements_past_planned_end",
    "engagements_quiet_over_60_days",
    "followups_overdue",
)


def request(request_id: str, agency_id: str, status: str) -> tuple:
    dates = (DAY, DAY, None, None)
    return (request_id, agency_id, DAY, status, ["training"], *dates, request_id)


def engagement(engagement_id: str, request_id: str, lead: str, *supporting) -> tuple:
    dates = (DAY, DAY, DAY, DAY, DAY)
    amounts = (8.0, 20, 30, 40.0, -90.0, engagement_id)
    partners = (lead, list(supporting))
    return (engagement_id, request_id, *partners, None, "active", *dates, *amounts)


def outcome(outcome_id: str, engagement_id: str, followup: float | None) -> tuple:
    after = None if followup is None else DAY
    return (outcome_id, engagement_id, "complaints", 9.0, DAY, followup, after)


def store_with(*, rows_of_b: bool):
    """A leads one engagement and supports another, led by its friend C.

    With B's rows: an engagement of its own, one on A's request, one with C, and
    an agency and requests that nobody works on yet.
    """
    store = empty_store()
    add(store, "partners", ("PA", "Partner A"), ("PC", "Partner C"))
    add(
        store,
        "agencies",
        ("A1", "Alder PD", "municipal", "TX", 8, "78701", "Austin"),
        ("A2", "Birch PD", "municipal", "OH", 80, "43004", "Blacklick"),
    )
    add(store, "requests", request("R1", "A1", "accepted"))
    add(store, "requests", request("R2", "A2", "in_delivery"))
    add(store, "engagements", engagement("E1", "R1", "PA"))
    add(store, "engagements", engagement("E2", "R2", "PC", "PA"))
    add(store, "outcomes", outcome("O1", "E1", 4.0), outcome("O2", "E2", None))
    if rows_of_b:
        add_rows_of_b(store)
    return store


def add_rows_of_b(store) -> None:
    place = ("80202", f"{MARK} City", 39.7, -105.0)
    add(store, "partners", ("ZZB-P", f"{MARK} Association"))
    add(
        store,
        "agencies",
        ("ZZB-A1", f"{MARK} PD", "tribal", "CO", 5, *place),
        ("ZZB-A2", f"{MARK} Sheriff", "sheriff", "PR", 500, *place),
    )
    add(
        store,
        "requests",
        request("ZZB-R1", "ZZB-A1", "in_delivery"),
        request("ZZB-R2", "ZZB-A2", "accepted"),
        request("ZZB-R3", "ZZB-A2", "received"),
        # Of A's agency, but not A's to deliver.
        request("ZZB-R4", "A1", "assigned"),
    )
    add(
        store,
        "engagements",
        engagement("ZZB-E1", "ZZB-R1", "ZZB-P"),
        # On A's request, but not A's.
        engagement("ZZB-E2", "R1", "ZZB-P"),
        engagement("ZZB-E3", "R1", "ZZB-P", "PC"),
        # Nobody leads it and nobody supports it.
        engagement("ZZB-E4", "R1", None, None),
    )
    add(
        store,
        "outcomes",
        outcome("ZZB-O1", "ZZB-E1", 1.0),
        outcome("ZZB-O2", "ZZB-E2", 2.0),
        outcome("ZZB-O3", "ZZB-E3", None),
    )
    add(
        store,
        "uploads",
        ("ZZB-U1", DAY, f"{MARK} clerk", "requests", "ZZB.csv", "committed"),
    )
    add(store, "changes", ("ZZB-U1", "requests", "ZZB-R1", None, f'{{"{MARK}": 1}}'))
    record(store, f"{MARK}@b.org", Action.SIGNED_IN)


def who_see_all(name: str) -> tuple[str, ...]:
    """The roles that see every row of a question's answer."""
    if name in ADMINISTRATION:
        return ("administrator",)
    return ("staff", "leadership", "administrator")


@pytest.fixture(scope="module")
def without_b():
    store = store_with(rows_of_b=False)
    yield store
    store.close()


@pytest.fixture(scope="module")
def with_b():
    store = store_with(rows_of_b=True)
    yield store
    store.close()


def givens(name: str) -> list[dict]:
    """Everything worth asking a query for: each record, reason and filter."""
    params = question_named(name).params
    given: list[dict] = [{}]
    records = {
        "request_id": ["R1", "R2", "ZZB-R1", "ZZB-R2", "ZZB-R4"],
        "engagement_id": ["E1", "E2", "ZZB-E1", "ZZB-E2", "ZZB-E3", "ZZB-E4"],
        "upload_id": ["ZZB-U1"],
        "attention": list(KINDS),
        "partners": [["ZZB-P"], ["PC"]],
        "states": [["CO", "PR", "TX"]],
        "topics": [["training"]],
        "date_from": [day("2023-01-01")],
    }
    for param, values in records.items():
        if param in params:
            given += [{param: value} for value in values]
    return given


def answers(store, name: str, viewer: Viewer) -> list[pd.DataFrame]:
    return [store.ask(name, viewer, **given) for given in givens(name)]


def texts(answer: pd.DataFrame) -> str:
    return answer.to_csv(index=False)


@pytest.mark.parametrize("name", NAMES)
def test_the_marks_are_there_for_those_who_may_see_all(name, with_b, without_b):
    """The rows planted would be seen: that a partner sees none means something."""
    if name in PUBLIC:
        return
    for role in who_see_all(name):
        told = [texts(one) for one in answers(with_b, name, Viewer(role))]
        untold = [texts(one) for one in answers(without_b, name, Viewer(role))]
        # period_options tells two days, which are the same with B's rows.
        assert told != untold or name == "period_options"


@pytest.mark.parametrize("name", NAMES)
def test_a_partner_sees_no_mark_of_another(name, with_b):
    for answer in answers(with_b, name, A):
        assert MARK not in texts(answer)


@pytest.mark.parametrize("name", NAMES)
def test_no_number_of_a_partner_changes_with_anothers_rows(name, with_b, without_b):
    pairs = zip(answers(with_b, name, A), answers(without_b, name, A), strict=True)
    for told, untold in pairs:
        pd.testing.assert_frame_equal(told, untold)


@pytest.mark.parametrize("name", NAMES)
def test_a_partner_does_see_what_is_its_own(name, with_b):
    if name in ADMINISTRATION | {"uploads_list", "upload_changes_list"}:
        assert all(answer.empty for answer in answers(with_b, name, A))
        return
    assert any(not answer.empty for answer in answers(with_b, name, A))


def test_a_partner_sees_its_engagements_led_and_supported(with_b):
    assert set(with_b.ask("engagements_list", A).engagement_id) == {"E1", "E2"}
    assert set(with_b.ask("requests_list", A).request_id) == {"R1", "R2"}
    assert set(with_b.ask("outcomes_list", A).outcome_id) == {"O1", "O2"}
    assert set(with_b.ask("partners_options", A).partner_id) == {"PA", "PC"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", NOBODY)
def test_who_is_nobody_sees_nothing(who, name, with_b):
    for answer in answers(with_b, name, NOBODY[who]):
        if question_named(name).key:
            assert answer.empty
        else:
            assert len(answer) == 1
            assert (answer.isna() | answer.eq(0)).all(axis=None)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_reference_is_the_same_for_all(name, with_b):
    of_staff = with_b.ask(name, Viewer("staff"))
    pd.testing.assert_frame_equal(with_b.ask(name, A), of_staff)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_given_stands_in_for_the_viewer(name, with_b):
    posed = {"viewer_role": "staff", "viewer_partner": "ZZB-P"}
    for given in givens(name):
        answer = with_b.ask(name, A, **given, **posed)
        pd.testing.assert_frame_equal(answer, with_b.ask(name, A, **given))


@pytest.mark.parametrize("name", sorted(ADMINISTRATION))
@pytest.mark.parametrize("role", ["staff", "leadership"])
def test_what_is_for_administrators_is_for_no_other(role, name, with_b):
    for given in givens(name):
        assert with_b.ask(name, Viewer(role), **given).empty
        assert not with_b.ask(name, Viewer("administrator"), **given).empty


@pytest.mark.parametrize("role", ["staff", "leadership", "administrator"])
@pytest.mark.parametrize("name", NAMES)
def test_the_other_roles_see_all_whatever_partner_is_named(name, role, with_b):
    for given in givens(name):
        of_all = with_b.ask(name, Viewer(role), **given)
        pd.testing.assert_frame_equal(with_b.ask(name, Viewer(role, "PA"), **given), of_all)
