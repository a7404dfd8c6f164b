"""IDs that programs wrote otherwise are stored ones or problems, never new records."""

from collections.abc import Iterator

import pytest

from cri_data.importing.problems import problem_kinds
from cri_data.store.store import Store
from tests.support.stores import new_store
from tests.support.uploads import (
    AGENCIES,
    REQUESTS,
    counts,
    loaded,
    looked_at,
    problems,
)

KNOWN_AGENCIES = (
    "TX9990100,Elm Police Department,TX\nNB9990200,Oak Police Department,NE\n"
    "CADOJ0000,State Bureau,CA\nA-1,Campus Police,TX\n"
)
KNOWN_REQUESTS = ("1001", "00017", "R-2024-00018", "E.B. 7", "12,345", "Ä-1")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = new_store()
    loaded(store, "agencies", AGENCIES + KNOWN_AGENCIES)
    loaded(store, "requests", requests(*KNOWN_REQUESTS))
    loaded(store, "partners", "partner_id,partner_name\nP1,Chiefs\n")
    yield store
    store.close()


def requests(*ids: str, received: str = "2024-01-02") -> str:
    rows = [f'"{one.replace(chr(34), chr(34) * 2)}"' for one in ids]
    return REQUESTS + "".join(f"{one},TX9990100,{received},training\n" for one in rows)


# Stores that were filled before such IDs were recognized hold some twice.
PAIRS = [("7", "007"), ("AB-1", "ab-1"), ("2,000", "2000")]


@pytest.fixture(scope="module")
def pairs() -> Iterator[Store]:
    store = new_store()
    loaded(store, "agencies", AGENCIES + KNOWN_AGENCIES)
    with store.writing() as cursor:
        cursor.executemany(
            "insert into requests by name (select ? as request_id, 'TX9990100' as "
            "agency_id, date '2024-01-02' as received_on, ['training'] as topic_ids)",
            [[one] for pair in PAIRS for one in pair],
        )
    yield store
    store.close()


# What stands in the file, the stored ID, and whether a person sees the difference.
SPELLINGS = [
    ("1001.0", "1001", True),
    ("1001.00", "1001", True),
    ("1,001", "1001", True),
    ("01001", "1001", True),
    ("17", "00017", True),
    ("0017.0", "00017", True),
    ("12345", "12,345", True),
    ("1 001", "1001", True),
    ("#1001", "1001", True),
    ("No. 1001", "1001", True),
    ("(1001)", "1001", True),
    ("1001*", "1001", True),
    ("# 00017", "00017", True),
    ("r-2024-00018", "R-2024-00018", True),
    ("R\N{EN DASH}2024\N{NON-BREAKING HYPHEN}00018", "R-2024-00018", True),
    ("R\N{MINUS SIGN}2024\N{FULLWIDTH HYPHEN-MINUS}00018", "R-2024-00018", True),
    ("R - 2024 - 00018", "R-2024-00018", True),
    ("\uff32-2024-\uff10\uff10018", "R-2024-00018", True),
    ("E.B.\N{NO-BREAK SPACE}7", "E.B. 7", True),
    ("e.b.  7", "E.B. 7", True),
    ("A\N{COMBINING DIAERESIS}-1", "Ä-1", True),
    ("R-2024-\N{ZERO WIDTH SPACE}00018", "R-2024-00018", False),
    ("\ufeffR-2024-00018\N{WORD JOINER}", "R-2024-00018", False),
    ("R-2024-\N{SOFT HYPHEN}00018", "R-2024-00018", False),
    ("\N{NO-BREAK SPACE}R-2024-00018 ", "R-2024-00018", False),
    ("'R-2024-00018", "R-2024-00018", False),
    ("\N{RIGHT SINGLE QUOTATION MARK}00017", "00017", False),
    ('="00017"', "00017", False),
    ('= "R-2024-00018"', "R-2024-00018", False),
    ("1001_x000D_", "1001", False),
    ("1001_x000D__x000a_", "1001", False),
]
BY_ID = [[form for form in SPELLINGS if form[1] == meant] for meant in KNOWN_REQUESTS]


# Files in which each ID is meant once.
ONCE_EACH = [
    [spellings[n] for spellings in BY_ID if n < len(spellings)]
    for n in range(max(map(len, BY_ID)))
]


@pytest.mark.long
@pytest.mark.parametrize("spellings", ONCE_EACH)
def test_an_id_is_the_only_stored_one_of_its_form(store, spellings):
    ids = [written for written, _, _ in spellings]
    loading = looked_at(store, "requests", requests(*ids, received="2024-05-06"))
    assert counts(loading)[:5] == (len(ids), 0, len(ids), 0, 0)
    assert problems(loading) == [
        (row, "request_id", written, "same_record", "warning")
        for row, (written, _, is_seen) in enumerate(spellings, 2)
        if is_seen
    ]
    assert loading.checked.differences["record_id"].to_list() == [
        meant for _, meant, _ in spellings
    ]


def test_so_is_one_that_a_row_refers_to(store):
    rows = [
        f'E{n},"{written.replace(chr(34), chr(34) * 2)}",p1\n'
        for n, (written, _, _) in enumerate(SPELLINGS)
    ]
    head = "engagement_id,request_id,lead_partner_id\n"
    loading = looked_at(store, "engagements", head + "".join(rows))
    assert counts(loading)[:2] == (len(rows), len(rows))
    assert [problem[0] for problem in problems(loading) if problem[1] == "request_id"] == [
        row for row, (_, _, is_seen) in enumerate(SPELLINGS, 2) if is_seen
    ]
    new = loading.checked.new
    assert new["request_id"].to_list() == [meant for _, meant, _ in SPELLINGS]
    assert set(new["lead_partner_id"]) == {"P1"}


ORIS = [
    ("tx9990100", "TX9990100"),
    ("TX99901", "TX9990100"),
    ("tx99901", "TX9990100"),
    ("TX-9990100", "TX9990100"),
    ("TX 999 0100", "TX9990100"),
    ("TX99901-00", "TX9990100"),
    ("NE9990200", "NB9990200"),
    ("ne99902", "NB9990200"),
    ("NE-99902", "NB9990200"),
    ("cadoj00", "CADOJ0000"),
    ("a-1", "A-1"),
    ("A1", None),
    ("TX9990101", None),
]


@pytest.mark.long
@pytest.mark.parametrize(("written", "meant"), ORIS)
def test_an_ori_is_one_however_it_is_written(store, written, meant):
    agencies = looked_at(store, "agencies", f"{AGENCIES}{written},Renamed,TX\n")
    assert counts(agencies)[1:3] == ((0, 1) if meant else (1, 0))


def test_so_is_one_that_asks(store):
    rows = [f"N{n},{ori},2024-01-02,training\n" for n, (ori, _) in enumerate(ORIS)]
    requested = looked_at(store, "requests", REQUESTS + "".join(rows)).checked
    assert requested.new["agency_id"].to_list() == [meant for _, meant in ORIS if meant]
    errors = requested.problems[requested.problems.severity == "error"]
    assert errors[["row", "rule"]].to_numpy().tolist() == [
        [row, "unknown_reference"]
        for row, (_, meant) in enumerate(ORIS, 2)
        if meant is None
    ]


@pytest.mark.long
@pytest.mark.parametrize(
    ("ids", "written", "listed"),
    [
        (PAIRS[0], "07", "'007', '7'"),
        (PAIRS[0], "7.00", None),
        (PAIRS[1], "Ab-1", "'AB-1', 'ab-1'"),
        (PAIRS[1], "ab\N{EN DASH}1", "'AB-1', 'ab-1'"),
        (PAIRS[2], "02000", "'2,000', '2000'"),
    ],
)
def test_an_id_like_several_stored_ones_is_asked_about(pairs, ids, written, listed):
    store = pairs
    loading = looked_at(store, "requests", requests(written))
    if listed is None:
        assert [problem[3] for problem in problems(loading)] == ["same_record"]
        return
    assert problems(loading) == [(2, "request_id", written, "id_not_certain", "error")]
    assert f": {listed}." in loading.checked.problems["message"][0]
    # What is written as one of them is that one.
    assert problems(looked_at(store, "requests", requests(ids[0]))) == []


def test_an_id_that_a_spreadsheet_changed_is_never_a_record(store):
    changed = ["2024-01-24", "2024-01-24 00:00:00", "24-Jan", "Jan-24", "24-Jan-2024"]
    changed += ["1/24/2024", "1/24/24", "January 2024", "2.02E+11", "2.0245e11", "1E+05"]
    loading = looked_at(store, "requests", requests(*changed))
    assert problems(loading) == [
        (row, "request_id", written, "id_changed", "error")
        for row, written in enumerate(changed, 2)
    ]


@pytest.mark.parametrize(
    "ids",
    [
        ("2024-01-24", "2024-01-45"),
        ("MAR-24", "24-13", "1E5", "24-JAIL", "Mark-24"),
        ("20240124", "2024-1", "2024-01"),
    ],
)
def test_ids_that_only_begin_like_a_day_or_number_are_ids(store, ids):
    loading = looked_at(store, "requests", requests(*ids))
    assert (problems(loading), counts(loading)[1]) == ([], len(ids))


@pytest.mark.long
@pytest.mark.parametrize(
    ("ids", "kept"),
    [
        (("N-1", "n-1"), "N-1"),
        (("N-1", "N\N{EN DASH}1"), "N-1"),
        (("3001", "3001.0"), "3001"),
        (("0042", "42"), "0042"),
        (("N-1", "N-1\N{ZERO WIDTH SPACE}"), "N-1"),
        (("9,001", "9001"), "9,001"),
        (("'N-1", "N-1"), "N-1"),
    ],
)
def test_two_spellings_of_a_new_id_are_one_record(store, ids, kept):
    alike = looked_at(store, "requests", requests(*ids))
    assert counts(alike)[:2] == (2, 1)
    assert "row_repeated" in [problem[3] for problem in problems(alike)]
    assert alike.checked.new["request_id"].to_list() == [kept]

    other = requests(ids[0]) + requests(ids[1], received="2024-06-07").split("\n", 1)[1]
    unlike = looked_at(store, "requests", other)
    errors = [problem for problem in problems(unlike) if problem[4] == "error"]
    assert [problem[3] for problem in errors] == ["key_repeated"] * 2


def test_case_counts_in_ids_of_databases(store):
    ids = ("a0B5000000AbcDe", "a0B5000000AbcdE", "a0B5000000ABCDE")
    assert counts(looked_at(store, "requests", requests(*ids)))[1] == 3


def test_many_ids_written_otherwise_are_one_kind(store):
    ids = ["1001.0", "17", "r-2024-00018"]
    kinds = problem_kinds(looked_at(store, "requests", requests(*ids)).checked.problems)
    shown = kinds[["rule", "rows", "first_row", "value"]].to_numpy().tolist()
    assert shown == [["same_record", 3, 2, "1001.0"]]
