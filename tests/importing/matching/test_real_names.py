"""A real request log against a real national list: nothing certain is wrong.

The log names agencies in capitals and short; the list is the FBI's. Neither is
part of the project, so that these tests are skipped where they are absent.
"""

import csv
import re

import pyarrow as pa
import pytest

from cri_data.importing.matching.match import CERTAIN, match_agencies
from cri_data.store.store import Store
from tests.support.shared_data import shared_file
from tests.support.stores import new_store
from tests.support.uploads import loaded

# What the words of both mean, said once more and otherwise than the store does.
SHORT = {
    **{"dept": "", "deptment": "", "department": "", "deparment": "", "office": ""},
    **{"of": "", "lea": "", "ed": "", "hi": "", "de": "", "bureau": "", "dps": ""},
    **{"twp": "township", "cty": "county", "co": "county", "pd": "police"},
    **{"sheriffs": "sheriff", "saint": "st", "univ": "university", "reg": "regional"},
    **{"metro": "metropolitan", "intl": "international", "tribe": "tribal"},
}
STATES = {
    **{"AL": "alabama", "AR": "arkansas", "CT": "connecticut", "DE": "delaware"},
    **{"GA": "georgia", "SC": "southcarolina", "UT": "utah", "WI": "wisconsin"},
    **{"MI": "michigan", "WV": "westvirginia"},
}
# Police that the list does not call so, because it is an institution's own.
INSTITUTIONS = re.compile(r"University|College|Airport|Tribal|State Police")


@pytest.fixture(scope="module")
def store():
    content = shared_file("agencies_fbi.csv").read_bytes()
    store = new_store()
    loaded(store, "agencies", content)
    yield store
    store.close()


@pytest.fixture(scope="module")
def matched(store: Store) -> list[dict]:
    path = shared_file("requests_leso_2018q1.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(r["Station Name (LEA)"], r["State"]) for r in csv.DictReader(file)]
    names, states = zip(*rows, strict=True)
    with store.cursor() as cursor:
        named = pa.table({"name": names, "state": states})
        return match_agencies(cursor, named).to_pylist()


def said(name: str, state: str) -> str:
    """What a name says, by a rule that is not the store's: its words but the empty."""
    words = re.findall(r"[a-z0-9]+", name.lower().replace("'", ""))
    # A state's own code, at the beginning or of a university.
    is_own = [word.upper() == state and state in STATES for word in words]
    full = (
        STATES[state] if own else SHORT.get(word, word)
        for word, own in zip(words, is_own, strict=True)
    )
    return "".join(full)


@pytest.mark.long
def test_most_are_certain_and_all_are_counted(matched: list[dict]):
    counts = dict.fromkeys(("name", "proposal", "none"), 0)
    for one in matched:
        counts[one["how"]] += 1
    assert sum(counts.values()) == 878
    assert sum(one["rows"] for one in matched) == 6_929
    assert counts["name"] >= 720
    assert counts["proposal"] >= 70


@pytest.mark.long
def test_every_certain_one_says_the_same_by_another_rule(matched: list[dict]):
    differing = []
    for one in matched:
        if one["how"] not in CERTAIN:
            continue
        given = said(one["name"], one["state"])
        known = said(one["record_name"], one["state"])
        if INSTITUTIONS.search(one["record_name"]):
            given, known = given.replace("police", ""), known.replace("police", "")
        if given != known:
            differing.append((one["name"], one["record_name"]))
    # Read by hand: the same agencies.
    assert [given for given, _ in sorted(differing)] == [
        "DE STATE POLICE",
        "LAS VEGAS METRO POLICE DEPT",
        "MANSFIELD TWP PD WARREN CO.",
        "PEKIN PARK DISTRICT POLICE DEPT",
        "WASHINGTON TWP PD BERGEN COUNTY",
    ]


def test_what_is_not_in_the_list_is_not_certain(matched: list[dict]):
    """Federal offices, Texan constables and towns whose police is not listed."""
    absent = re.compile(r"^(DHS|DOJ|USPS|USDVA|DOI)/|CONSTABLE")
    towns = {"FULSHEAR POLICE DEPT", "MOODY POLICE DEPARTMENT", "GENEVA POLICE DEPT"}
    found = [one for one in matched if absent.search(one["name"]) or one["name"] in towns]
    assert len(found) > 30
    assert {one["how"] for one in found} <= {"proposal", "none"}


@pytest.mark.parametrize(
    ("name", "state", "proposed"),
    [
        # Known as a township; beside a township; twice; of several counties.
        ("MANCHESTER POLICE DEPT", "NJ", ["NJ0151800"]),
        ("BETHLEHEM POLICE DEPT", "PA", ["PA0480300", "PA0481200"]),
        ("LEDYARD POLICE DEPT", "CT", ["CT0007000", "CT0060100"]),
        ("OCEAN TOWNSHIP POLICE DEPT", "NJ", ["NJ0133700", "NJ0152000"]),
        # Public safety, a sheriff without a county.
        ("ALBION DEPT OF PUBLIC SAFETY", "MI", ["MI1320700"]),
        ("PASCO SHERIFF'S OFFICE", "FL", ["FL0510000"]),
    ],
)
def test_two_readings_are_proposed(
    matched: list[dict], name: str, state: str, proposed: list[str]
):
    (one,) = [one for one in matched if (one["name"], one["state"]) == (name, state)]
    assert one["how"] == "proposal"
    best = [proposal["id"] for proposal in one["proposals"]]
    assert best[: len(proposed)] == proposed


@pytest.mark.long
def test_every_known_name_finds_itself_or_is_one_of_several(store: Store):
    with store.cursor() as cursor:
        known = cursor.execute(
            "select agency_id, upper(agency_name) as name, state from agencies"
        ).to_arrow_table()
        answers = match_agencies(cursor, known.select(["name", "state"])).to_pylist()
    ids: dict[tuple, list[str]] = {}
    for agency in known.to_pylist():
        ids.setdefault((agency["name"], agency["state"]), []).append(agency["agency_id"])
    certain = [one for one in answers if one["how"] in CERTAIN]
    assert len(certain) > 22_000
    assert [
        one["name"]
        for one in certain
        if ids[one["name"].strip(), one["state"]] != [one["record_id"]]
    ] == []


@pytest.mark.long
def test_half_a_list_does_not_answer_for_the_other_half(store: Store):
    """An agency that is missing is never taken for one that is there."""
    with store.cursor() as cursor:
        agencies = cursor.execute("from agencies").to_arrow_table()
    half = new_store()
    with half.writing() as cursor:
        cursor.register("all_agencies", agencies)
        cursor.execute(
            "insert into agencies from all_agencies where hash(agency_id) % 2 = 0"
        )
        missing = cursor.execute(
            "select distinct agency_name as name, state from all_agencies"
            " where hash(agency_id) % 2 = 1"
        ).to_arrow_table()
        cursor.unregister("all_agencies")
        answers = match_agencies(cursor, missing).to_pylist()
    half.close()
    # Some agencies are in the list twice, under two ids: those remain.
    wrong = [
        (one["name"], one["record_name"])
        for one in answers
        if one["how"] in CERTAIN
        and sorted(re.findall(r"\w+", one["name"].lower()))
        != sorted(re.findall(r"\w+", one["record_name"].lower()))
    ]
    allowed = re.compile(r"Baltimore County|Hobgood|Seminole|Highway Patrol|State Police")
    assert [pair for pair in wrong if not allowed.search(pair[0])] == []
    assert len(wrong) < 20
