"""Nobody sees what is another's: every query, for every kind of viewer."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from cri_data.audit.log import Action, record
from cri_data.cli.main import main
from cri_data.jobs.publish import publish_closed_quarters
from cri_data.model.filters import FIELDS
from cri_data.model.roles import ROLES, Viewer
from cri_data.store.query_files import question_named, questions
from cri_ui.session import services, session
from cri_ui.session.services import Services
from tests.support.small_store import add, day, empty_store

# Each query, for each kind of viewer: minutes.
pytestmark = pytest.mark.long

NAMES = tuple(questions())
# All tests of one question come after each other, and in one process: what it answers to
# one of them is there for the others.
EACH_QUESTION = pytest.mark.parametrize("name", NAMES, scope="module")
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
# Counts of everybody's requests, made safe when they were written
# (tests/jobs/test_publish.py): the same for every viewer too.
PUBLISHED = {
    "published_requests_by_state_and_topic",
    "published_requests_by_topic",
    "published_by_state",
    "quarters_options",
}
# What was uploaded, by whom, and what waits for a partner: no partner's business.
OF_THE_OFFICE = {
    "uploads_list",
    "upload_changes_list",
    "agency_gone",
    "partner_fits_list",
    "requests_without_partner_list",
    "waiting_by_state",
    "unassigned_requests_by_state",
    "unassigned_requests_by_topic",
}
# Rows, or numbers made of rows, that a partner has some of.
OF_ROWS = {
    "agencies_found_list",
    "agencies_with_most_requests_list",
    "agency_detail",
    "agency_engagements_list",
    "agency_outcomes_list",
    "agency_peers_by_requests",
    "agency_peers_by_topic",
    "agency_peers_list",
    "agency_peers_totals",
    "agency_requests_list",
    "agency_timeline",
    "agency_totals",
    "attention_list",
    "attention_totals",
    "backlog_by_month",
    "backlog_by_partner",
    "backlog_by_stage",
    "backlog_list",
    "backlog_totals",
    "datasets_list",
    "agencies_served_by_state",
    "engagement_dates_list",
    "engagement_detail",
    "engagement_outcomes_list",
    "engagements_by_map_group",
    "engagements_by_partner",
    "engagements_by_place",
    "engagements_by_state",
    "engagements_by_step",
    "engagements_list",
    "engagements_next_list",
    "engagements_next_totals",
    "engagements_totals",
    "headlines",
    "headlines_by_month",
    "map_engagements_list",
    "map_places_found_list",
    "outcomes_by_baseline",
    "outcomes_by_group",
    "outcomes_by_metric",
    "outcomes_list",
    "outcomes_totals",
    "partner_coverage_list",
    "partner_pairs",
    "partner_detail",
    "partner_load_by_quarter",
    "partner_outcomes_by_topic",
    "partner_stage_times",
    "partners_by_topic",
    "partners_list",
    "partners_options",
    "period_options",
    # Published counts, but those of a partner's own topics and near its own work.
    "published_requests_by_own_topic",
    "published_requests_near_work",
    "reach_by_group",
    "reach_by_kind",
    "reach_totals",
    "records_totals",
    "request_detail",
    "request_engagements_list",
    "requests_by_fiscal_month",
    "requests_and_delivery_by_group",
    "requests_by_fiscal_year_and_topic",
    "requests_by_group_and_topic",
    "requests_by_month",
    "requests_by_month_expected",
    "requests_by_region",
    "requests_by_size_band",
    "requests_by_state",
    "requests_by_topic",
    "requests_change_by_group",
    "requests_by_topic_this_year_and_last",
    "requests_concentration_totals",
    "requests_count",
    "requests_list",
    "requests_lorenz_curve",
    "requests_totals",
    "sources_options",
    "stage_ends_by_day",
    "stage_times_by_partner",
    "stage_times_by_region",
    "stage_times_by_size_band",
    "stage_times_by_stage",
    "stage_times_by_topic",
    "stage_times_this_year_by_region",
    "stage_times_this_year_by_stage",
    "unserved_agencies_by_group",
    "unserved_agencies_list",
}
SEES_ALL = ("staff", "leadership", "administrator")
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
    # At its agency: each is in its own state.
    amounts = (8.0, 20, 30, None, None, engagement_id)
    partners = (lead, list(supporting))
    return (engagement_id, request_id, *partners, None, "active", *dates, *amounts)


def outcome(outcome_id: str, engagement_id: str, followup: float | None) -> tuple:
    after = None if followup is None else DAY
    return (outcome_id, engagement_id, "complaints", 9.0, DAY, followup, after)


def store_with(*, rows_of_b: bool, path: Path | None = None):
    """A leads one engagement and supports another, led by its friend C.

    With B's rows: an engagement of its own, one on A's request, one with C, and
    an agency and requests that nobody works on yet.
    """
    store = empty_store(path)
    add(
        store,
        "partners",
        ("PA", "Partner A", ["training"], "TX"),
        ("PC", "Partner C", ["compstat"], "OH"),
    )
    add(
        store,
        "agencies",
        ("A1", "Alder PD", "municipal", "TX", 8, "78701", "Austin"),
        ("A2", "Birch PD", "municipal", "OH", 80, "43004", "Blacklick"),
        # A peer of A1.
        ("A3", "Cedar PD", "municipal", "TX", 9, "78701", "Austin"),
    )
    add(store, "requests", request("R1", "A1", "accepted"))
    add(store, "requests", request("R2", "A2", "in_delivery"))
    add(store, "requests", request("R3", "A3", "in_delivery"))
    add(store, "engagements", engagement("E1", "R1", "PA"))
    add(store, "engagements", engagement("E2", "R2", "PC", "PA"))
    add(store, "engagements", engagement("E3", "R3", "PA"))
    add(store, "outcomes", outcome("O1", "E1", 4.0), outcome("O2", "E2", None))
    # Before B's rows: what was published does not change with them. Every number of
    # these few: with a threshold the quarter would wait.
    publish_closed_quarters(store, 1)
    if rows_of_b:
        add_rows_of_b(store)
        publish_closed_quarters(store, 1)
    return store


def add_rows_of_b(store) -> None:
    place = ("80202", f"{MARK} City", 39.7, -105.0)
    add(store, "partners", ("ZZB-P", f"{MARK} Association", ["tribal"], "CO", "selected"))
    add(
        store,
        "agencies",
        ("ZZB-A1", f"{MARK} PD", "tribal", "CO", 5, *place),
        ("ZZB-A2", f"{MARK} Sheriff", "sheriff", "PR", 500, *place),
        # A peer of A1.
        ("ZZB-A3", f"{MARK} Town PD", "municipal", "TX", 7, *place),
    )
    add(
        store,
        "requests",
        request("ZZB-R1", "ZZB-A1", "in_delivery"),
        request("ZZB-R2", "ZZB-A2", "accepted"),
        request("ZZB-R3", "ZZB-A2", "received"),
        # Of A's agency, but not A's to deliver.
        request("ZZB-R4", "A1", "assigned"),
        request("ZZB-R5", "ZZB-A3", "assigned"),
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
    # An agency that is not there any more.
    add(store, "changes", ("ZZB-U1", "agencies", "ZZB-A9", f'{{"{MARK}": 1}}', None))
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


@pytest.fixture(scope="module")
def file_with_b(tmp_path_factory):
    """The same rows in a file, for the command line."""
    path = tmp_path_factory.mktemp("access") / "cri.duckdb"
    store = store_with(rows_of_b=True, path=path)
    store.close()
    return path


@pytest.fixture
def on_disk(file_with_b, monkeypatch):
    monkeypatch.setenv("CRI_STORE", str(file_with_b))


@pytest.fixture
def fetching(with_b):
    """The pages' way to ask, over B's rows.

    What is kept for whom is the question here: answers may be those of other tests.
    """

    class Answering:
        info = with_b.info

        def ask(self, name: str, viewer: Viewer, /, **given: object) -> pd.DataFrame:
            return answer_of(with_b, name, viewer, given)

    services.provide(Services(Answering()))
    yield
    services.provide(None)


def givens(name: str) -> list[dict]:
    """Everything worth asking a query for: each record, reason and filter.

    Nothing is too few to be seen: what is left out for that would hide a leak too, and
    so few measurements would hide everybody's.
    """
    params = question_named(name).takes
    of_all = {"suppress_below": 0} if "suppress_below" in params else {}
    given: list[dict] = [of_all]
    records = {
        "request_id": ["R1", "R2", "ZZB-R1", "ZZB-R2", "ZZB-R4"],
        "engagement_id": ["E1", "E2", "ZZB-E1", "ZZB-E2", "ZZB-E3", "ZZB-E4"],
        "agency_id": ["A1", "A2", "ZZB-A1", "ZZB-A3", "ZZB-A9"],
        "agency_ids": [["A1", "ZZB-A1", "ZZB-A2"]],
        "text": ["PD", MARK],
        "upload_id": ["ZZB-U1"],
        "attention": list(KINDS),
        "outcome_group": ["topic", "partner", "goal"],
        "partners": [["ZZB-P"], ["PC"]],
        "states": [["CO", "PR", "TX"]],
        "topics": [["training"]],
        # The second has the same days a year ago.
        "date_from": [day("2023-01-01"), day("2024-06-01")],
        "quarter": ["FY2023 Q3"],
        "partner_id": ["PA", "PC", "ZZB-P"],
        "colored_by": ["partner", "status", "size"],
        "map_groups": [["officers"], ["other"]],
        "place_state": ["TX", "CO"],
        "cell_degrees": [3.2],
        "step_kind": ["quarter"],
        "stage": ["decided", "assigned", "closed", "received_to_assigned"],
    }
    for param, values in records.items():
        if param in params:
            given += [of_all | {param: value} for value in values]
    if "date_to" in params and "date_from" not in params:
        # Of a year that has all requests.
        given.append(of_all | {"date_to": day("2023-09-30")})
    if "days_ahead" in params:
        # Before all dates: then some are ahead.
        given.append(of_all | {"as_of": day("2023-01-01")})
    if "unserved" in params:
        # After all requests: then nobody is served.
        given.append(of_all | {"date_from": day("2024-01-01")})
    return given


# The stores of this file are only read, so what each answers once it answers always.
_ANSWERS: dict[tuple, pd.DataFrame] = {}


def answer_of(store, name: str, viewer: Viewer, given: dict) -> pd.DataFrame:
    key = (store, name, viewer, repr(given))
    if key not in _ANSWERS:
        _ANSWERS[key] = store.ask(name, viewer, **given)
    return _ANSWERS[key]


def answers(store, name: str, viewer: Viewer) -> list[pd.DataFrame]:
    return [answer_of(store, name, viewer, given) for given in givens(name)]


def texts(answer: pd.DataFrame) -> str:
    return answer.to_csv(index=False)


def test_every_query_file_is_of_one_kind():
    """A new file fails until somebody says who may see what of it."""
    kinds = (PUBLIC, PUBLISHED, ADMINISTRATION, OF_THE_OFFICE, OF_ROWS)
    assert sorted(NAMES) == sorted(name for kind in kinds for name in kind)


def test_every_role_is_either_bound_to_rows_or_sees_all():
    assert set(ROLES) == {*SEES_ALL, "partner"}


@EACH_QUESTION
def test_the_marks_are_there_for_those_who_may_see_all(name, with_b, without_b):
    """The rows planted would be seen: that a partner sees none means something."""
    if name in PUBLIC | PUBLISHED:
        return
    for viewer in map(Viewer, who_see_all(name)):
        # Asked until one differs.
        is_seen = any(
            texts(answer_of(with_b, name, viewer, given))
            != texts(answer_of(without_b, name, viewer, given))
            for given in givens(name)
        )
        # period_options tells two days, which are the same with B's rows.
        assert is_seen == (name != "period_options")


@EACH_QUESTION
def test_a_partner_sees_no_mark_of_another(name, with_b):
    for answer in answers(with_b, name, A):
        assert MARK not in texts(answer)


@EACH_QUESTION
def test_no_number_of_a_partner_changes_with_anothers_rows(name, with_b, without_b):
    pairs = zip(answers(with_b, name, A), answers(without_b, name, A), strict=True)
    for seen, untold in pairs:
        # Both stores were published, each at its own moment.
        kept = [column for column in seen if column != "published_at"]
        pd.testing.assert_frame_equal(seen[kept], untold[kept])


@EACH_QUESTION
def test_a_partner_does_see_what_is_its_own(name, with_b):
    if name in OF_THE_OFFICE | ADMINISTRATION:
        assert all(answer.empty for answer in answers(with_b, name, A))
        return
    assert any(not answer.empty for answer in answers(with_b, name, A))


CRAFTED = (
    "ZZB-R1",
    ["ZZB-P", "ZZB-A1", "PA"],
    ["CO", None],
    [],
    "' or true --",
    "R1' union all select agency_name from agencies --",
    "(select max(summary) from requests)",
    "9999-12-31",
    "-infinity",
    10**30,
    -1,
    "x" * 10_000,
    {"ZZB": ["ZZB-R1"]},
)


def outcome_of(store, name: str, param: str, value: object) -> str:
    """The answer to a crafted value, or the refusal, as text."""
    try:
        answer = store.ask(name, A, **{param: value})
    except (duckdb.Error, OverflowError) as error:
        return f"{type(error).__name__}: {error}"
    return texts(answer.drop(columns="published_at", errors="ignore"))


@EACH_QUESTION
def test_no_crafted_value_brings_anything_of_another(name, with_b, without_b):
    """Answers and refusals are those of a store in which B's rows are not.

    A third of the values for each parameter of its own, another third with the next
    question; for each filter, which all questions read alike, one value. Over all
    questions every value meets every parameter.
    """
    for at, param in enumerate(question_named(name).takes, NAMES.index(name)):
        step = len(CRAFTED) if param in FIELDS else 3
        for value in CRAFTED[at % step :: step]:
            seen = outcome_of(with_b, name, param, value)
            assert seen == outcome_of(without_b, name, param, value)


@pytest.mark.usefixtures("on_disk")
@EACH_QUESTION
def test_ask_as_a_partner_prints_nothing_of_another(name, capsys):
    """The command line, with B's rows in the store, and B's own for comparison."""
    ids = {
        "partner_id": "ZZB-P",
        "request_id": "ZZB-R1",
        "engagement_id": "ZZB-E1",
        "upload_id": "ZZB-U1",
    }
    ids |= {"agency_id": "ZZB-A3", "agency_ids": "ZZB-A3,ZZB-A1", "text": MARK}
    given = {"attention": KINDS[0], **ids}
    params = [
        f"--param={param}={given[param]}"
        for param in question_named(name).takes
        if param in given
    ]
    assert main(["ask", name, "--as", "partner:PA", *params]) == 0
    assert MARK not in capsys.readouterr().out


@pytest.mark.usefixtures("on_disk")
def test_ask_as_the_other_partner_does_print_its_rows(capsys):
    assert main(["ask", "requests_list", "--as", "partner:ZZB-P"]) == 0
    assert f"{MARK} PD" in capsys.readouterr().out


@pytest.mark.usefixtures("fetching")
@EACH_QUESTION
def test_a_kept_answer_of_another_viewer_is_never_given(name, with_b):
    """The same question and filters, whoever asked before."""
    viewers = [*(Viewer(role) for role in SEES_ALL), Viewer("partner", "ZZB-P"), A]
    for given in givens(name):
        for viewer in [*viewers, *reversed(viewers)]:
            expected = answer_of(with_b, name, viewer, given)
            pd.testing.assert_frame_equal(session.fetch(name, viewer, **given), expected)


def test_a_partner_sees_its_engagements_led_and_supported(with_b):
    assert set(with_b.ask("engagements_list", A).engagement_id) == {"E1", "E2", "E3"}
    assert set(with_b.ask("requests_list", A).request_id) == {"R1", "R2", "R3"}
    assert set(with_b.ask("outcomes_list", A).outcome_id) == {"O1", "O2"}
    assert set(with_b.ask("partners_options", A).partner_id) == {"PA", "PC"}


@EACH_QUESTION
@pytest.mark.parametrize("who", NOBODY)
def test_who_is_nobody_sees_nothing(who, name, with_b):
    for answer in answers(with_b, name, NOBODY[who]):
        if question_named(name).key:
            assert answer.empty
        else:
            assert len(answer) == 1
            # Of nothing there are too few.
            seen = answer.drop(columns="is_suppressed", errors="ignore")
            assert (seen.isna() | seen.eq(0)).all(axis=None)


@pytest.mark.parametrize("name", sorted(PUBLIC | PUBLISHED))
def test_public_reference_is_the_same_for_all(name, with_b):
    of_staff = with_b.ask(name, Viewer("staff"))
    pd.testing.assert_frame_equal(with_b.ask(name, A), of_staff)


@EACH_QUESTION
def test_nothing_given_stands_in_for_the_viewer(name, with_b):
    posed = {"viewer": Viewer("staff", "ZZB-P").params()["viewer"]}
    for given in givens(name):
        answer = with_b.ask(name, A, **given, **posed)
        pd.testing.assert_frame_equal(answer, answer_of(with_b, name, A, given))


@pytest.mark.parametrize("name", sorted(ADMINISTRATION))
@pytest.mark.parametrize("role", ["staff", "leadership"])
def test_what_is_for_administrators_is_for_no_other(role, name, with_b):
    for given in givens(name):
        assert with_b.ask(name, Viewer(role), **given).empty
        assert not with_b.ask(name, Viewer("administrator"), **given).empty


@pytest.mark.parametrize("role", SEES_ALL)
@EACH_QUESTION
def test_the_other_roles_see_all_whatever_partner_is_named(name, role, with_b):
    for given in givens(name):
        of_all = answer_of(with_b, name, Viewer(role), given)
        pd.testing.assert_frame_equal(with_b.ask(name, Viewer(role, "PA"), **given), of_all)
