"""What is possible but unusual is said, and never keeps a row out."""

import pytest

from cri_data.store.connection import open_store
from tests.support.uploads import counts, loaded, looked_at, problems

AGENCIES = "agency_id,agency_name,state,latitude,longitude,sworn_officers\n"
REQUESTS = "request_id,agency_id,received_on,topic_ids,closed_on,summary\n"
STATED = "request_id,agency_id,received_on,topic_ids,status\n"
ENGAGEMENTS = "engagement_id,request_id,lead_partner_id,hours,site_name\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("unusual") / "cri.duckdb")
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX,32.8,-96.8,12\n")
    loaded(store, "partners", "partner_id,partner_name\nP1,One\n")
    loaded(store, "requests", STATED + "R1,A1,2024-01-10,training,assigned\n")
    yield store
    store.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("dataset", "row", "column"),
    [
        ("agencies", "A1,Elm,TX,32.8,-96.8,119", None),
        ("agencies", "A1,Elm,TX,32.8,-96.8,120", "sworn_officers"),
        ("agencies", "A2,Oak,TX,32.8,-96.8,120", None),
        ("agencies", "A2,Oak,TX,40.7,-74.0,", "latitude"),
        ("agencies", "A2,Oak,OK,32.8,-96.8,", None),
        ("agencies", "A2,Oak,AK,52.9,173.2,", None),
        ("agencies", "A2,Oak,TX,,,", None),
        ("requests", "R2,A1,2024-01-10,training,2024-01-10,", "closed_on"),
        ("requests", "R2,A1,2024-01-10,training,2024-01-11,", None),
        ("requests", "R1,A1,2024-01-10,training,2024-01-12,", "closed_on"),
        ("requests", "R2,A1,2024-01-10,training,,Call 555-010-1234 or so", "summary"),
        ("requests", "R2,A1,2024-01-10,training,,Ask jo.doe@elm.example", "summary"),
        ("requests", "R2,A1,2024-01-10,training,,12 officers since 2019-2020", None),
        ("engagements", "E1,R1,P1,3000,", "hours"),
        ("engagements", "E1,R1,P1,2000,", None),
        ("engagements", "E1,R1,P1,9,Ask jo.doe@elm.example", "site_name"),
    ],
)
def test_a_warning_where_it_is_unusual(store, dataset, row, column):
    heads = {"agencies": AGENCIES, "requests": REQUESTS, "engagements": ENGAGEMENTS}
    looked = looked_at(store, dataset, heads[dataset] + row + "\n")
    found = [(name, rule, severity) for _, name, _, rule, severity in problems(looked)]
    assert found == ([(column, "unusual", "warning")] if column else [])
    assert counts(looked)[4] == 0


REASONS = "request_id,agency_id,received_on,topic_ids,status,closed_on,{}\n"


@pytest.mark.long
@pytest.mark.parametrize(
    ("column", "status", "closed_on", "value", "is_unusual"),
    [
        ("closed_reason", "received", "", "Two shootings in a year", True),
        ("closed_reason", "accepted", "", "New chief", True),
        ("closed_reason", "in_delivery", "", "Out of scope", True),
        ("closed_reason", "declined", "2024-02-01", "Out of scope", False),
        ("closed_reason", "", "", "Out of scope", False),
        ("delivery_started_on", "received", "", "2024-02-01", True),
        ("delivery_started_on", "under_review", "", "2024-02-01", True),
        ("delivery_started_on", "in_delivery", "", "2024-02-01", False),
    ],
)
def test_what_an_open_request_does_not_have_yet_is_named(
    store, column, status, closed_on, value, is_unusual
):
    row = f"R9,A1,2024-01-10,training,{status},{closed_on},{value}\n"
    looked = looked_at(store, "requests", REASONS.format(column) + row)
    found = [problem[1:4] for problem in problems(looked)]
    assert found == ([(column, value, "unusual")] if is_unusual else [])
