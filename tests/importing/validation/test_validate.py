"""Every rule of an upload: what is found, where, how grave, and what to do."""

import pytest

from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import ImportResult, preview
from tests.support.small_store import small_store
from tests.support.uploads import AGENCIES, REQUESTS, counts, looked_at, problems, quietly


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def new_value(loading: ImportResult, column: str) -> str | None:
    """What the first row of the file would store in the column."""
    value = loading.checked.new.loc[0, column]
    return value if isinstance(value, str) else None


# One value: what is understood, and what is not

# Latitude and longitude are compared, so a file has one of them.
ONE_VALUE = [("agency_type",), ("city",), ("zip",), ("sworn_officers",)]
ONE_VALUE += [("latitude", "longitude"), ("sworn_as_of_on",)]
VALUES = [
    ("agency_type", "City", "municipal"),
    ("agency_type", "county", "county"),
    ("zip", "1001", "01001"),
    ("zip", "1002", "01002"),
    ("zip", "01001-5678", "01001"),
    ("zip", "010015678", "01001"),
    ("sworn_officers", "1,200", "1200"),
    ("sworn_officers", "12.0", "12"),
    ("sworn_officers", "0", "0"),
    ("latitude", "-90", "-90.0"),
    ("longitude", "1.8e2", "180.0"),
    ("city", "  Elm  ", "Elm"),
    ("sworn_as_of_on", "1/31/2018", "2018-01-31"),
    ("sworn_as_of_on", "31.1.2018", "2018-01-31"),
    ("sworn_as_of_on", "3/3/2018", "2018-03-03"),
    ("sworn_as_of_on", "2018-1-3", "2018-01-03"),
    ("sworn_as_of_on", "2018-01-03T10:00:00Z", "2018-01-03"),
    ("sworn_as_of_on", "1/31/2018 12:00 AM", "2018-01-31"),
    ("sworn_as_of_on", "20180131", "2018-01-31"),
    ("sworn_as_of_on", "31-Jan-2018", "2018-01-31"),
    ("sworn_as_of_on", "January 31, 2018", "2018-01-31"),
    ("sworn_as_of_on", "1971-01-01", "1971-01-01"),
]


def rounds(forms: list[tuple]) -> list[list[tuple]]:
    """The forms in lists in which no column comes twice: nothing proves another one."""
    of_columns = [[form for form in forms if form[0] in names] for names in ONE_VALUE]
    most = max(map(len, of_columns))
    return [[of[n] for of in of_columns if n < len(of)] for n in range(most)]


def one_value_each(forms: list[tuple]) -> str:
    """A row for each form, (column, cell, …), with no other value."""
    columns = [form[0] for form in forms]
    rows = [["agency_id", "agency_name", "state", *columns]]
    for n, (column, cell, *_) in enumerate(forms):
        cells = [f'"{cell}"' if name == column else "" for name in columns]
        rows.append([f"Z{n}", "Zed", "MA", *cells])
    return "".join(",".join(row) + "\n" for row in rows)


@pytest.mark.long
@pytest.mark.parametrize("forms", rounds(VALUES))
def test_what_is_understood(store, forms: list[tuple]):
    loading = looked_at(store, "agencies", one_value_each(forms))
    assert problems(loading) == []
    assert [loading.checked.new.loc[n, form[0]] for n, form in enumerate(forms)] == [
        value for _, _, value in forms
    ]


WARNINGS = [
    ("agency_type", "Police", "unknown_code", "Use one of: municipal, sheriff"),
    ("zip", "12", "not_a_zip", "Enter its five digits"),
    ("zip", "1234567", "not_a_zip", "Enter its five digits"),
    ("sworn_officers", "12.5", "not_a_whole_number", "Write it in digits"),
    ("sworn_officers", "about 12", "not_a_whole_number", "Write it in digits"),
    ("sworn_officers", "12,00", "not_a_whole_number", "Write it in digits"),
    ("sworn_officers", "-1", "out_of_range", "not between 0 and 100,000"),
    ("sworn_officers", "100001", "out_of_range", "not between 0 and 100,000"),
    ("latitude", "90.1", "out_of_range", "not between -90 and 90"),
    ("latitude", "north", "not_a_number", "Write it in digits"),
    ("longitude", "1e400", "not_a_number", "Write it in digits"),
    ("sworn_as_of_on", "1/2/2018", "ambiguous_date", "Choose the order"),
    ("sworn_as_of_on", "2018-02-30", "not_a_date", "Write it as 2018-01-31"),
    ("sworn_as_of_on", "2018-01-31?", "not_a_date", "Write it as 2018-01-31"),
    ("sworn_as_of_on", "1/31/2018 or so", "not_a_date", "Write it as 2018-01-31"),
    ("sworn_as_of_on", "13/13/2018", "not_a_date", "Write it as 2018-01-31"),
    ("sworn_as_of_on", "1/2/18", "ambiguous_date", "Choose the order"),
    ("sworn_as_of_on", "2018111", "not_a_date", "Write it as 2018-01-31"),
    ("sworn_as_of_on", "201811", "not_a_date", "Write it as 2018-01-31"),
    ("sworn_as_of_on", "20181301", "not_a_date", "Write it as 2018-01-31"),
    ("sworn_as_of_on", "43131", "not_a_date", "Write it as 2018-01-31"),
    ("sworn_as_of_on", "epoch", "not_a_date", "Write it as 2018-01-31"),
    ("sworn_as_of_on", "infinity", "not_a_date", "Write it as 2018-01-31"),
    ("sworn_as_of_on", "1899-12-31", "out_of_range", "Check the year"),
    ("sworn_as_of_on", "2101-01-01", "out_of_range", "Check the year"),
    ("sworn_as_of_on", "1/2/0218", "out_of_range", "Check the year"),
]


@pytest.mark.long
@pytest.mark.parametrize("forms", rounds(WARNINGS))
def test_an_optional_value_not_understood_is_null_with_a_warning(store, forms: list[tuple]):
    loading = looked_at(store, "agencies", one_value_each(forms))
    assert problems(loading) == [
        (row, column, cell, rule, "warning")
        for row, (column, cell, rule, _) in enumerate(forms, 2)
    ]
    for message, (_, _, _, said) in zip(
        loading.checked.problems.message, forms, strict=True
    ):
        assert said in message
        assert message.endswith("Until you fix it, it counts as blank.")
    assert counts(loading) == (len(forms), len(forms), 0, 0, 0, len(forms))
    assert loading.checked.new[[form[0] for form in forms]].isna().all(axis=None)


ERRORS = [
    ("agencies", f"{AGENCIES},Zed,TX\n", "agency_id", "", "required_missing"),
    ("agencies", f"{AGENCIES}Z1, ,TX\n", "agency_name", "", "required_missing"),
    ("agencies", f"{AGENCIES}Z1,Zed,\n", "state", "", "required_missing"),
    ("agencies", f"{AGENCIES}Z1,Zed,Mars\n", "state", "Mars", "unknown_code"),
    ("agencies", f"{AGENCIES}Z;1,Zed,TX\n", "agency_id", "Z;1", "not_an_id"),
    ("agencies", f'{AGENCIES}"Z\n1",Zed,TX\n', "agency_id", "Z\n1", "not_an_id"),
    ("requests", f"{REQUESTS}Z,A1,,training\n", "received_on", "", "required_missing"),
    ("requests", f"{REQUESTS}Z,A1,soon,training\n", "received_on", "soon", "not_a_date"),
    (
        *("requests", f"{REQUESTS}Z,A1,1/2/2018,training\n"),
        *("received_on", "1/2/2018", "ambiguous_date"),
    ),
    (
        *("requests", f"{REQUESTS}Z,A1,1/2/1018,training\n"),
        *("received_on", "1/2/1018", "out_of_range"),
    ),
    ("requests", f"{REQUESTS}Z,A1,2024-01-01,;\n", "topic_ids", ";", "required_missing"),
    (
        *("requests", f"{REQUESTS}Z,A9,2024-01-01,training\n"),
        *("agency_id", "A9", "unknown_reference"),
    ),
    (
        *("requests", f"{REQUESTS}Z,b1,2024-01-01,training\n"),
        *("agency_id", "b1", "unknown_reference"),
    ),
    (
        *("requests", f"{REQUESTS}Z,A1,2024-01-01,training;magic\n"),
        *("topic_ids", "magic", "unknown_reference"),
    ),
    (
        *("partners", "partner_id,partner_name,topic_ids\nZ,Zed,magic\n"),
        *("topic_ids", "magic", "unknown_reference"),
    ),
    (
        *("topics", "topic_id,topic_name,maps_to\nz,Zed,magic\n"),
        *("maps_to", "magic", "unknown_reference"),
    ),
    (
        *("outcomes", "outcome_id,engagement_id,metric_id\nZ,E1,joy\n"),
        *("metric_id", "joy", "unknown_reference"),
    ),
    (
        *("engagements", "engagement_id,request_id,lead_partner_id\nZ,R9,P1\n"),
        *("request_id", "R9", "unknown_reference"),
    ),
]


@pytest.mark.long
@pytest.mark.parametrize(("dataset", "text", "column", "value", "rule"), ERRORS)
def test_a_fault_in_a_required_or_referring_value_rejects_the_row(
    store, dataset: str, text: str, column: str, value: str, rule: str
):
    loading = looked_at(store, dataset, text)
    assert problems(loading) == [(2, column, value, rule, "error")]
    assert loading.checked.problems.message[0].endswith(".")
    assert counts(loading) == (1, 0, 0, 0, 1, 0)
    assert loading.checked.new.empty


def test_an_optional_list_of_only_semicolons_is_blank_with_a_warning(store):
    head = "partner_id,partner_name,topic_ids\n"
    looked = looked_at(store, "partners", f"{head}Z,Zed,; ;\n")
    assert problems(looked) == [(2, "topic_ids", "; ;", "not_a_list", "warning")]
    assert counts(looked) == (1, 1, 0, 0, 0, 1)
    assert new_value(looked, "topic_ids") is None
    blank = Recipe(values={"topic_ids": {"; ;": ""}})
    text = f"{head}Z,Zed,; ;\n".encode()
    assert (
        problems(
            preview(store, "partners", SourceFile.from_bytes("p.csv", text), blank, quietly)
        )
        == []
    )


@pytest.mark.parametrize(
    ("cell", "topics"),
    [
        ("training", "training"),
        (" tribal ; training;", "tribal;training"),
        ("tribal;training;tribal", "tribal;training"),
        ("tribal;\n\ttraining;\xa0compstat\xa0;;", "tribal;training;compstat"),
    ],
)
def test_a_list_keeps_each_id_once_in_its_order(store, cell: str, topics: str):
    loading = looked_at(store, "requests", f'{REQUESTS}Z,A1,2024-01-01,"{cell}"\n')
    assert problems(loading) == []
    assert new_value(loading, "topic_ids") == topics


# What a column of dates proves


@pytest.mark.long
@pytest.mark.parametrize(
    ("others", "day_of_1_2"),
    [
        (["1/31/2018"], "2018-01-02"),
        (["31/1/2018"], "2018-02-01"),
        (["31.1.2018", "2018-01-31"], "2018-02-01"),
        (["2018-01-31", "3/3/2018"], None),
    ],
)
def test_a_day_that_shows_the_order_shows_it_for_its_column(
    store, others: list[str], day_of_1_2: str | None
):
    rows = "".join(f"Z{n},Zed,TX,{other}\n" for n, other in enumerate(others))
    text = f"agency_id,agency_name,state,sworn_as_of_on\nZ,Zed,TX,1/2/2018\n{rows}"
    loading = looked_at(store, "agencies", text)
    assert new_value(loading, "sworn_as_of_on") == day_of_1_2
    ambiguous = (2, "sworn_as_of_on", "1/2/2018", "ambiguous_date", "warning")
    assert problems(loading) == ([ambiguous] if day_of_1_2 is None else [])


def test_each_column_proves_its_own_order(store):
    text = (
        "request_id,agency_id,received_on,decided_on,topic_ids\n"
        "Z1,A1,1/31/2018,1/2/2018,training\nZ2,A1,1/2/2018,5/6/2018,training\n"
    )
    assert problems(looked_at(store, "requests", text)) == [
        (2, "decided_on", "1/2/2018", "ambiguous_date", "warning"),
        (3, "decided_on", "5/6/2018", "ambiguous_date", "warning"),
    ]


# Agency types by name


@pytest.mark.long
@pytest.mark.parametrize(
    ("given", "name", "stored"),
    [
        ("County", "Elm County Sheriff's Office", "sheriff"),
        ("COUNTY", "SHERIFF OF ELM", "sheriff"),
        ("County", "Elm County Police", "county"),
        ("county", "Elm County Sheriff's Office", "county"),
        ("City", "Sheriff Village Police", "municipal"),
    ],
)
def test_a_county_agency_named_sheriff_is_a_sheriffs_office(
    store, given: str, name: str, stored: str
):
    text = f"agency_id,agency_name,agency_type,state\nZ,{name},{given},TX\n"
    assert new_value(looked_at(store, "agencies", text), "agency_type") == stored


# Dates in order

DATES = "request_id,agency_id,topic_ids,received_on,decided_on,assigned_on,closed_on\n"


@pytest.mark.long
@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("Z,A1,training,2024-01-02,2024-01-01,,", [("decided_on", "2024-01-01")]),
        ("Z,A1,training,2024-01-02,,,2024-01-01", [("closed_on", "2024-01-01")]),
        ("Z,A1,training,2024-01-02,2024-01-02,2024-01-02,2024-01-03", []),
        (
            "Z,A1,training,2024-01-02,2024-01-05,2024-01-04,2024-01-03",
            # Before the decision, and once more before the assignment.
            [("assigned_on", "2024-01-04"), *[("closed_on", "2024-01-03")] * 2],
        ),
        # Against what is stored: R1 was received on Jan 10 and closed on May 10, 2024.
        ("R1,A1,training,2024-01-21,,,", [("decided_on", "2024-01-20")]),
        ("R1,A1,training,2024-01-10,,,2024-02-19", [("closed_on", "2024-02-19")]),
        ("R1,A1,training,2024-01-10,,,2024-05-11", []),
        ("R3,A2,compstat,2023-08-01,,2023-08-30,", [("assigned_on", "2023-08-30")]),
    ],
)
def test_dates_out_of_order_reject_the_row(store, row: str, found: list[tuple]):
    loading = looked_at(store, "requests", f"{DATES}{row}\n")
    assert problems(loading) == [
        (2, column, value, "dates_out_of_order", "error") for column, value in found
    ]
    assert counts(loading)[4] == (1 if found else 0)
    assert loading.checked.problems.message.str.endswith("Correct one of them.").all()
