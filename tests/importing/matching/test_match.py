"""Names against known agencies: what is certain, what is proposed, and why."""

import pyarrow as pa
import pytest

from cri_data.importing.matching.match import (
    _compared,
    agency_ids,
    match_agencies,
    match_names,
)
from cri_data.importing.matching.name_files import names_in
from cri_data.reading import read_file
from cri_data.store.store import Store
from tests.support.small_store import add, empty_store

# Of the names: one only, two of a name, a town beside its township, a county with
# both forces, two townships told apart by their counties, one in another state.
AGENCIES = (
    ("TX0010100", "Alder Police Department", "municipal", "TX", None, None, "Alder"),
    ("TX0020100", "Franklin Police Department", None, "TX", None, None, "Franklin"),
    ("TX0030100", "Franklin Police Department", None, "TX", None, None, "Wood"),
    ("TX0040000", "Birch County Sheriff's Office", "sheriff", "TX"),
    ("TX0040200", "Birch County Police Department", "county", "TX"),
    ("TX0040300", "Cedar Police Department", "municipal", "TX"),
    ("TX0040400", "Cedar County Police Department", "county", "TX"),
    ("NJ0010100", "Berlin Police Department", "municipal", "NJ", None, None, "Berlin"),
    ("NJ0010200", "Berlin Township Police Department", "municipal", "NJ"),
    ("NJ0020100", "Ocean Township, Monmouth County Police Department", None, "NJ"),
    ("NJ0030100", "Ocean Township, Ocean County Police Department", None, "NJ"),
    ("OH0010100", "Alder Police Department", "municipal", "OH"),
    ("OH0020100", "Johnson City Police Department", "municipal", "OH"),
    ("OH0030100", "Johnson County Police Department", "county", "OH"),
    ("OH0040100", "Elmwood Police Department", "municipal", "OH"),
)


@pytest.fixture(scope="module")
def store():
    store = empty_store()
    add(store, "agencies", *AGENCIES)
    yield store
    store.close()


def named(*rows: tuple) -> pa.Table:
    """Rows of (name, state, city, agency_type); what a row leaves off is null."""
    fields = ("name", "state", "city", "agency_type")
    full = [(*row, *[None] * len(fields))[: len(fields)] for row in rows]
    columns = zip(*full, strict=True)
    return pa.table(
        {
            field: pa.array(values, pa.string())
            for field, values in zip(fields, columns, strict=True)
        }
    )


def key(row: tuple) -> tuple:
    """What a row of named() is known by: it without blanks around."""
    full = (*row, *[None] * 4)[:4]
    return tuple((cell or "").strip() or None for cell in full)


@pytest.fixture(scope="module")
def answers(store: Store) -> dict[tuple, dict]:
    """How each name of the tables below matched, all asked at once."""
    rows = [row for row, *_ in (*CERTAINLY, *PROPOSED)] + UNKNOWN
    with store.cursor() as cursor:
        found = match_agencies(cursor, named(*rows)).to_pylist()
    fields = ("name", "state", "city", "agency_type")
    return {key(tuple(one[field] for field in fields)): one for one in found}


def proposals(one: dict) -> list[tuple]:
    """(id, score) of each, the best first."""
    return [(proposal["id"], proposal["score"]) for proposal in one["proposals"]]


# Certain


CERTAINLY = [
    (("ALDER PD", "TX"), "name", "TX0010100"),
    (("ALDER PD", "OH"), "name", "OH0010100"),
    (("ALDER PD", "Texas"), "name", "TX0010100"),
    (("BIRCH CTY SO", "TX"), "name", "TX0040000"),
    (("BIRCH COUNTY POLICE", "TX"), "name", "TX0040200"),
    (("BERLIN TWP PD", "NJ"), "name", "NJ0010200"),
    (("CITY OF BERLIN PD", "NJ"), "name", "NJ0010100"),
    (("OCEAN TWP PD OCEAN CO", "NJ"), "name", "NJ0030100"),
    (("JOHNSON COUNTY PD", "OH"), "name", "OH0030100"),
    # The city, or the type, tells two of a name apart.
    (("FRANKLIN PD", "TX", "Wood"), "name", "TX0030100"),
    (("FRANKLIN PD", "TX", " FRANKLIN "), "name", "TX0020100"),
    # Of the known one no city is known: nothing speaks against it.
    (("ALDER PD", "OH", "Elsewhere"), "name", "OH0010100"),
    (("BIRCH COUNTY", "TX", None, "Sheriff's office"), "name", "TX0040000"),
    # An ORI, in nine characters or seven, with or without its state.
    (("TX0010100", "TX"), "ori", "TX0010100"),
    (("tx0010100", None), "ori", "TX0010100"),
    (("TX00101", "TX"), "ori", "TX0010100"),
]


@pytest.mark.parametrize(("row", "how", "agency_id"), CERTAINLY)
def test_certain(answers, row: tuple, how: str, agency_id: str):
    one = answers[key(row)]
    assert (one["how"], one["record_id"]) == (how, agency_id)
    assert one["record_name"] in {agency[1] for agency in AGENCIES}
    assert one["proposals"] == []


# Proposed


PROPOSED = [
    (
        ("FRANKLIN PD", "TX"),
        [("TX0020100", 0.96), ("TX0030100", 0.96)],
        "same name; one of 2 of that name",
    ),
    (
        ("BERLIN PD", "NJ"),
        [("NJ0010100", 0.96), ("NJ0010200", 0.92)],
        "same name; another comes near",
    ),
    (
        ("OCEAN TWP PD", "NJ"),
        [("NJ0020100", 0.93), ("NJ0030100", 0.93)],
        "same name; the known name says more: monmouth county",
    ),
    (
        ("CEDAR PD", "TX"),
        [("TX0040300", 0.96), ("TX0040400", 0.9)],
        "same name; another comes near",
    ),
    # CTY is a county mostly, and a city at times.
    (
        ("JOHNSON CTY PD", "OH"),
        [("OH0030100", 0.96), ("OH0020100", 0.65)],
        "same name; another comes near",
    ),
    (
        ("BERLIN BOROUGH PD", "NJ"),
        [("NJ0010100", 0.95), ("NJ0010200", 0.85)],
        "same name; the known name does not say borough",
    ),
    (
        ("ALDER DEPT OF PUBLIC SAFETY", "OH"),
        [("OH0010100", 0.95)],
        "same name; the type differs (police, not public safety)",
    ),
    (("ELMWOD PD", "OH"), [("OH0040100", 0.93)], "one letter differs"),
    (("EMLWOOD PD", "OH"), [("OH0040100", 0.93)], "one letter differs"),
    (
        ("ELM WOOD PD", "OH"),
        [("OH0040100", 0.96)],
        "same name, written in one word or two",
    ),
    (
        ("ALDER PD", "TX", "Elsewhere"),
        [("TX0010100", 0.9)],
        "same name; the city differs (Alder)",
    ),
    (
        ("ALDER PD", "TX", None, "Sheriff"),
        [("TX0010100", 0.85)],
        "same name; the type given differs",
    ),
    (
        ("ALDER PD", None),
        [("OH0010100", 0.96), ("TX0010100", 0.96)],
        "same name; no state is given",
    ),
    (
        ("ALDER PD", "Texarkana"),
        [("OH0010100", 0.96), ("TX0010100", 0.96)],
        "same name; the state given is unknown",
    ),
    (
        ("TX0010100", "OH"),
        [("TX0010100", 0.8)],
        "the id is of an agency in TX",
    ),
]


@pytest.mark.parametrize(("row", "proposed", "reason"), PROPOSED)
def test_proposed_with_the_reason(answers, row: tuple, proposed: list, reason: str):
    one = answers[key(row)]
    assert (one["how"], one["record_id"]) == ("proposal", None)
    assert proposals(one)[: len(proposed)] == proposed
    assert one["proposals"][0]["reason"] == reason


UNKNOWN = [
    ("ZEBRA PD", "TX"),
    ("ALDER PD", "NJ"),
    ("DOJ/FBI HOUSTON", "TX"),
    (None, "TX"),
    ("", "TX"),
    ("?!", "TX"),
    ("POLICE DEPARTMENT", "TX"),
]


@pytest.mark.parametrize("row", UNKNOWN)
def test_nothing_like_it_is_known(answers, row: tuple):
    one = answers[key(row)]
    assert (one["how"], one["record_id"], one["proposals"]) == ("none", None, [])


# The table


def test_each_name_is_one_row_with_how_often_it_is_named(store):
    rows = [("ALDER PD", "TX"), ("ZEBRA PD", "TX"), ("ALDER PD", "OH")]
    with store.cursor() as cursor:
        table = match_agencies(cursor, named(*rows, rows[0], (" ALDER PD ", "TX")))
    assert [(one["name"], one["state"], one["rows"]) for one in table.to_pylist()] == [
        *(("ALDER PD", "OH", 1), ("ALDER PD", "TX", 3), ("ZEBRA PD", "TX", 1))
    ]


def test_the_order_of_rows_does_not_matter(store):
    rows = [("ALDER PD", "TX"), ("FRANKLIN PD", "TX"), ("BERLIN PD", "NJ"), ("?", None)]
    with store.cursor() as cursor:
        one = match_agencies(cursor, named(*rows)).to_pylist()
        other = match_agencies(cursor, named(*reversed(rows))).to_pylist()
    assert one == other


def test_no_names_and_no_agencies():
    store = empty_store()
    with store.cursor() as cursor:
        assert (
            match_agencies(cursor, pa.table({"name": pa.array([], "string")})).num_rows == 0
        )
        (one,) = match_agencies(cursor, named(("ALDER PD", "TX"))).to_pylist()
    assert one["how"] == "none"
    store.close()


def test_what_the_names_hold_is_only_text(store):
    hostile = ["x' or '1'='1", "<POLICE>", "a|b", "\x00\x01", "(" * 500, "ALDER " * 9000]
    with store.cursor() as cursor:
        table = match_agencies(cursor, named(*((text, "TX") for text in hostile)))
    assert table.num_rows == len(hostile)
    assert not set(table["how"].to_pylist()) & {"ori", "alias", "name"}


# For the load


def test_each_row_gets_its_agency_or_what_to_do(store):
    rows = named(
        *(("ALDER PD", "TX"), ("FRANKLIN PD", "TX"), ("ALDER PD", "TX")),
        *(("ZEBRA PD", "TX"), (None, "TX")),
    ).append_column("row", pa.array([7, 5, 3, 2, 4]))
    with store.cursor() as cursor:
        answers = agency_ids(cursor, rows).to_pylist()
    assert [(a["row"], a["agency_id"], a["value"]) for a in answers] == [
        (2, None, "ZEBRA PD"),
        (3, "TX0010100", "ALDER PD"),
        (4, None, None),
        (5, None, "FRANKLIN PD"),
        (7, "TX0010100", "ALDER PD"),
    ]
    assert [a["problem"] for a in answers] == [
        "No similar agency name found in TX. Enter the agency_id, or load the agency "
        "first under agencies.",
        None,
        "The agency is missing. Enter its agency_id, or its name and state.",
        "This agency name is not an exact match. Possible matches: Franklin Police "
        "Department (TX0020100; Franklin, TX; same name; one of 2 of that name), or "
        "Franklin Police Department (TX0030100; Wood, TX; same name; one of 2 of that "
        "name). Enter the correct agency_id.",
        None,
    ]


def test_a_file_of_requests_names_its_agencies(store):
    """The rows of the file are those of a spreadsheet: the heading is row 1."""
    text = "request_id,Station Name (LEA),State\nR1,ALDER PD,TX\n\nR2,ALDER PD,OH\n"
    rows = names_in(read_file("requests.csv", text.encode()), "agencies", {})
    with store.cursor() as cursor:
        answers = agency_ids(cursor, rows).to_pylist()
    assert [(one["row"], one["agency_id"]) for one in answers] == [
        (2, "TX0010100"),
        (4, "OH0010100"),
    ]


# Partners and topics


@pytest.fixture
def with_partners():
    store = empty_store()
    with store.writing() as cursor:
        cursor.execute(
            "insert into partners by name select unnest($rows, max_depth := 2)",
            {
                "rows": [
                    {
                        "partner_id": partner_id,
                        "partner_name": name,
                        "acronym": acronym,
                    }
                    for partner_id, name, acronym in (
                        ("P1", "International Association of Chiefs of Police", "IACP"),
                        ("P2", "National Sheriffs' Association", "NSA"),
                        ("P3", "National Tactical Officers Association", "NTOA"),
                    )
                ]
            },
        )
    yield store
    store.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "how", "record_id", "first"),
    [
        ("INTL ASSN OF CHIEFS OF POLICE", "name", "P1", None),
        ("iacp", "name", "P1", None),
        ("p2", "id", "P2", None),
        ("National Sheriffs Assoc.", "name", "P2", None),
        ("National Tactical Officer Association", "proposal", None, "P3"),
        ("Chiefs of Police", "proposal", None, "P1"),
        ("Rotary Club", "none", None, None),
    ],
)
def test_partners(with_partners, name: str, how: str, record_id, first):
    with with_partners.cursor() as cursor:
        (one,) = match_names(cursor, "partners", named((name,))).to_pylist()
    assert (one["how"], one["record_id"]) == (how, record_id)
    assert [proposal["id"] for proposal in one["proposals"]][:1] == ([first] * bool(first))


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "how", "record_id"),
    [
        ("Mass casualty response", "name", "mass-casualty"),
        ("OFFICER SAFETY & WELLNESS", "name", "officer-wellness"),
        ("officer-wellness", "id", "officer-wellness"),
        ("Officer wellness", "name", "officer-wellness"),
        ("Active shooters response", "proposal", None),
        ("Parking", "none", None),
    ],
)
def test_topics(store, name: str, how: str, record_id):
    with store.cursor() as cursor:
        (one,) = match_names(cursor, "topics", named((name,))).to_pylist()
    assert (one["how"], one["record_id"]) == (how, record_id)


def test_other_datasets_have_no_names(store):
    with store.cursor() as cursor, pytest.raises(KeyError, match="outcomes"):
        match_names(cursor, "outcomes", named(("x",)))


def test_a_beginning_that_hundreds_share_makes_no_pairs_of_all_with_all():
    crowded = empty_store()
    add(
        crowded,
        "agencies",
        *((f"TX{n:05}00", f"Alba{n * 7919:09} Police", None, "TX") for n in range(600)),
    )
    given = pa.table({"name": [f"Alba{n:09}9" for n in range(300)], "state": ["TX"] * 300})
    with crowded.cursor() as cursor, _compared(cursor, "agencies", given):
        (pairs,) = cursor.execute("select count(*) from candidate_names").fetchone()
    crowded.close()
    assert pairs < 300 * 10


def test_text_longer_than_any_name_is_compared_with_none(store: Store):
    long = "Alder Police Department " * 20
    with store.cursor() as cursor:
        given = pa.table({"name": [long, long[:24]], "state": ["TX", "TX"]})
        with _compared(cursor, "agencies", given):
            parts = cursor.execute(
                "select count(*) from name_parts where is_given"
            ).fetchone()
        matched = match_names(cursor, "agencies", given).to_pydict()
    assert parts == (1,)
    assert sorted(zip(matched["how"], map(len, matched["name"]), strict=True)) == [
        ("name", 23),
        ("none", len(long.strip())),
    ]
