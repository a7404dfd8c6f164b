"""The query files: each keeps the rules of the house, and no header may lie."""

import importlib
import re

import duckdb
import pytest

from cri_data.audit.log import Action, record
from cri_data.jobs.publish import publish_closed_quarters
from cri_data.model.filters import FIELDS
from cri_data.model.roles import Viewer
from cri_data.store import query_files
from tests.support.small_store import add, day, small_store

NAMES = tuple(query_files.questions())
FILTERED = tuple(name for name in NAMES if query_files.question_named(name).filters)

# What a question about one thing must be given to have an answer.
ONE_THING = {
    "agency_id": "A1",
    "request_id": "R1",
    "engagement_id": "E1",
    "upload_id": "U1",
    "attention": "accepted_without_partner",
    "outcome_group": "topic",
    "stage": "received_to_assigned",
    "partner_id": "P2",
    "text": "PD",
}
# An agency that is not there any more, and requests that wait, which R1 does not.
OTHERWISE = {
    "agency_gone": {"agency_id": "A9"},
    "partner_fits_list": {"request_id": None},
    "requests_without_partner_list": {"request_id": None},
}


def given_to(name: str) -> dict[str, object]:
    """What a question must be given to have an answer: a period, if it compares some."""
    compares = "periods" in query_files.question_named(name).params
    of_period = {"date_from": day("2024-01-01")} if compares else {}
    return ONE_THING | of_period | OTHERWISE.get(name, {})


@pytest.fixture(scope="module")
def store():
    store = small_store()
    add(
        store,
        "uploads",
        ("U1", day("2024-06-01"), "Ann", "requests", "a.csv", "committed"),
        ("U2", day("2024-06-02"), "Ann", "requests", "b.csv", "undone"),
    )
    add(
        store,
        "changes",
        ("U1", "requests", "R1", None, '{"request_id": "R1"}'),
        ("U1", "requests", "R2", '{"request_id": "R2"}', '{"request_id": "R2"}'),
        ("U1", "agencies", "A9", '{"agency_id": "A9"}', None),
    )
    add(store, "partners", ("P3", "Partner Three", ["training"], "TX", "selected"))
    # A peer of A1.
    add(store, "agencies", ("A6", "Fir PD", "municipal", "TX", 9))
    record(store, "a@b.org", Action.SIGNED_IN)
    publish_closed_quarters(store, 1)
    yield store
    store.close()


@pytest.mark.parametrize("name", NAMES)
def test_names_what_it_asks_and_is_one_select(name):
    query = query_files.question_named(name)
    (statement,) = duckdb.extract_statements(query.sql)
    assert statement.type == duckdb.StatementType.SELECT
    assert query.question.endswith(".")
    assert "viewer" in query.params


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_key_is_unique_and_never_null(name, store):
    query = query_files.question_named(name)
    answer = store.ask(name, Viewer("administrator"), **given_to(name))
    assert not answer.empty
    if not query.key:
        assert len(answer) == 1
        return
    keys = answer[list(query.key)]
    assert not keys.isna().any(axis=None)
    assert not keys.duplicated().any()


@pytest.mark.parametrize("name", NAMES)
def test_order_is_total(name):
    """The last `order by` ends with the key, or with what determines it."""
    query = query_files.question_named(name)
    order = query.sql.rsplit("order by", 1)[1]
    columns = set(re.findall(r"[a-z_]+", order.split("limit")[0]))
    assert "all" in columns or set(query.key) <= columns | determined_by(columns)


def determined_by(columns: set[str]) -> set[str]:
    """Columns that follow from those given, in the answers that hold both."""
    one_for_one = {
        "band_order": "size_band",
        "group_order": "requests_group",
        "attention_order": "attention",
        "headline_order": "headline",
        # attention_list answers for one reason at a time.
        "record_id": "attention",
        "dataset_order": "dataset",
    }
    return {other for given, other in one_for_one.items() if given in columns}


@pytest.mark.parametrize("name", NAMES)
def test_rows_come_through_the_access_macros(name):
    """No file reads a stored table by its own name."""
    sql = re.sub(r"--.*", "", query_files.question_named(name).sql)
    stored = (
        "agencies|topics|partners|requests|engagements|metrics|outcomes|uploads|changes"
        "|request_topics|partner_topics|engagement_partners|described_agencies|placed_agencies"
        "|agencies_now|requests_now|engagements_now|outcomes_now|facts_of_agencies"
        "|facts_of_requests|facts_of_engagements|facts_of_outcomes|agency_codes|topic_sets"
        "|published_requests|published_totals|people|audit|audit_seals|upload_files|upload_readings"
        "|recipes|merged_agencies"
    )
    read = set(re.findall(rf"(?:from|join)\s+({stored})\b(?!\()", sql))
    own_steps = set(re.findall(r"^(?:with )?(\w+) as (?:materialized )?\(", sql, re.M))
    assert read <= own_steps


@pytest.mark.long
@pytest.mark.parametrize("name", FILTERED)
def test_heeds_every_filter_but_those_it_says_it_ignores(name, store):
    """Bound without a field that it heeds, DuckDB refuses; without another, it does not."""
    query = query_files.question_named(name)
    known = {"as_of": day("2024-06-30")} | Viewer("staff").params()
    given = {param: known.get(param) for param in query.params}
    for field in FIELDS:
        others = {other: None for other in FIELDS if other != field}
        bound = given | {"filters": others}
        with store.cursor() as cursor:
            if field in query.filters:
                with pytest.raises(duckdb.BinderException, match=field):
                    cursor.execute(query.sql, bound)
            else:
                assert cursor.execute(query.sql, bound).fetchall() is not None


def test_a_true_header_is_read():
    query = query_files.parse_query(
        "q",
        "-- How many?\n-- Of all.\n-- key: a, b\n-- params: x\nselect $x as a, 1 as b",
    )
    assert query.question == "How many? Of all."
    assert query.key == ("a", "b")
    assert query.params == ("x",)
    assert query.filters == ()


def test_a_header_says_which_filters_it_ignores():
    query = query_files.parse_query(
        "q",
        "-- How many?\n-- key: one row\n-- params: viewer, filters, x\n"
        "-- ignores: statuses, partners\nselect $viewer, $filters, $x",
    )
    heeded = tuple(field for field in FIELDS if field not in ("partners", "statuses"))
    assert query.filters == heeded
    assert query.takes == (*heeded, "x")


@pytest.mark.parametrize(
    "sql",
    [
        "-- How many?\n-- params: x\nselect $x",
        "-- How many?\n-- key: one row\nselect 1",
        "-- key: one row\n-- params:\nselect 1",
        "-- How many?\n-- key: one row\n-- params: x\nselect $x, $y",
        "-- How many?\n-- key: one row\n-- params: x, y\nselect $x",
        "-- How many?\n-- key: one row\n-- params:\nselect 1; select 2",
        "-- How many?\n-- key: one row\n-- params:\n",
        "-- How many?\n-- key: one row\n-- params: filters\n-- ignores: a\nselect $filters",
        "-- How many?\n-- key: one row\n-- params: x\n-- ignores: states\nselect $x",
    ],
    ids=[
        "no key",
        "no params",
        "no question",
        "undeclared",
        "unbound",
        "two statements",
        "no statement",
        "no such filter",
        "no filters",
    ],
)
def test_a_header_that_lies_is_refused(sql):
    with pytest.raises(query_files.QueryError):
        query_files.parse_query("q", sql)


def test_an_unknown_question_names_the_known_ones():
    with pytest.raises(query_files.QueryError, match="requests_totals"):
        query_files.question_named("requests_total")


def test_statistics_that_are_named_are_there_and_all_are_named():
    """A module without an `answer` holds what the others share."""
    folder = query_files.QUERIES.parent / "cri_data" / "statistics"
    found = {
        path.stem: importlib.import_module(f"cri_data.statistics.{path.stem}")
        for path in folder.glob("[a-z]*.py")
    }
    named = {query_files.question_named(name).then for name in NAMES} - {""}
    assert named == {name for name, module in found.items() if hasattr(module, "answer")}


@pytest.mark.parametrize(
    "name", [name for name in NAMES if query_files.question_named(name).then]
)
def test_columns_that_statistics_add_are_in_every_answer(store, name):
    """Also as Arrow, which the command line prints, and where there are no rows."""
    viewer = Viewer("staff")
    answer = store.ask(name, viewer)
    assert store.ask_arrow(name, viewer).column_names == list(answer)
    nobody = store.ask(name, Viewer("nobody"))
    assert nobody.empty
    assert list(nobody) == list(answer)
