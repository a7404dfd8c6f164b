"""Which days texts mean, in which order, and which days are hardly meant."""

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import likely_recipe, preview
from cri_data.importing.validation.bulk_repairs import class_repairs
from tests.support.small_store import small_store
from tests.support.uploads import looked_at, problems, quietly

HEAD = "engagement_id\trequest_id\tlead_partner_id\tstarted_on\n"
AHEAD = datetime.now(UTC).date() + timedelta(days=40)


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def lines(texts: list[str]) -> str:
    return HEAD + "".join(f"N{n}\tR1\tP1\t{text}\n" for n, text in enumerate(texts))


def days(loading) -> list[str | None]:
    """What the rows would store, None where blank."""
    new = loading.checked.new
    return [None if value is None or value != value else value for value in new.started_on]


def rules(loading) -> list[tuple]:
    return [(problem[0], problem[3]) for problem in problems(loading)]


JAN_31 = [
    *("2024-01-31", "2024/1/31", "2024.01.31", "20240131", "2024-Jan-31"),
    *("1/31/2024", "01/31/24", "1-31-24", "31.1.2024", "31. 1. 2024", "1/31/2024 19:00"),
    *("31-Jan-24", "31-Jan-2024", "31JAN2024", "31 January, 2024", "31st of January 2024"),
    *("Jan. 31, 2024", "January 31st, 2024", "Jan 31 2024", "Jan-31-2024", "JAN 31, '24"),
    *("Wednesday, January 31, 2024", "Wed, 31 Jan 2024", "Wed. 1/31/2024"),
    # Salesforce, SharePoint, Google Forms, and other programs.
    *("1/31/2024, 7:00 PM", "1/31/2024 7 PM", "1/31/2024 at 7:00 p.m."),
    *("2024-01-31T19:00:00.000+0000", "2024/01/31 7:00:00 PM EST"),
    *("2024/01/31 7:00:00 PM GMT-5", "Jan 31, 2024, 7:00:00 PM", "31/Jan/24 7:00 PM"),
    "Wed Jan 31 2024 19:00:00 GMT-0500 (Eastern Standard Time)",
    # The day as written, which would be another one in UTC.
    *("2024-01-31T23:30:00-05:00", "2024-01-31 23:30:00-05", "2024-01-31T00:30:00+09:00"),
    "2024-01-31T23:59:59Z",
]


MONTHS = {
    "Sept. 3, 2024": "2024-09-03",
    "12 Sept 2024": "2024-09-12",
    "Aug 5, 2024": "2024-08-05",
    "31 July, 2022": "2022-07-31",
    "June 1 2023": "2023-06-01",
    "Tues. May 7, 2024": "2024-05-07",
    "Feb. 29, 2024": "2024-02-29",
    "29-Dec-99": "1999-12-29",
}
NO_DAYS = [
    *("Jan 2024", "31 Jan", "Jan 32, 2024", "Feb 30, 2024", "2024-13-13", "13/13/24"),
    *("1/31/2024?", "1/31/2024 or so", "1/31/2024-2/2/2024", "31 Janvier 2024"),
    *("Q1 2024", "45322", "7:00 PM", "1/31/20244", "Jan 31, 24 hours"),
    # Ranges of days.
    *("Jan 5-12", "May 5/12", "1/5-12", "1.5-12", "1/31-2/24", "1-31/24"),
]
DAYS = ["planned_start_on", "planned_end_on", "started_on", "ended_on", "last_activity_on"]


def in_columns(texts: list[str]) -> list[list[str]]:
    """The texts by as many as there are columns of days: none proves another one."""
    return [texts[at : at + len(DAYS)] for at in range(0, len(texts), len(DAYS))]


def one_column_each(texts: list[str]) -> str:
    """A row for each text, which is alone in its column."""
    rows = ["\t".join(["engagement_id", "request_id", "lead_partner_id", *DAYS])]
    for n, text in enumerate(texts):
        cells = [text if at == n else "" for at in range(len(DAYS))]
        rows.append("\t".join([f"N{n}", "R1", "P1", *cells]))
    return "\n".join(rows)


def days_of_columns(loading, texts: list[str]) -> list[str | None]:
    new = loading.checked.new
    found = [new.loc[n, DAYS[n]] for n in range(len(texts))]
    return [value if isinstance(value, str) else None for value in found]


@pytest.mark.long
@pytest.mark.parametrize("texts", in_columns(JAN_31))
def test_forms_of_one_day(store, texts: list[str]):
    loading = looked_at(store, "engagements", one_column_each(texts))
    assert problems(loading) == []
    assert dict(zip(texts, days_of_columns(loading, texts), strict=True)) == dict.fromkeys(
        texts, "2024-01-31"
    )


@pytest.mark.parametrize("texts", in_columns(list(MONTHS)))
def test_names_of_months(store, texts: list[str]):
    loading = looked_at(store, "engagements", one_column_each(texts))
    assert problems(loading) == []
    assert days_of_columns(loading, texts) == [MONTHS[text] for text in texts]


@pytest.mark.long
@pytest.mark.parametrize("texts", in_columns(NO_DAYS))
def test_what_is_no_day_is_blank_with_a_warning(store, texts: list[str]):
    loading = looked_at(store, "engagements", one_column_each(texts))
    assert problems(loading) == [
        (n + 2, DAYS[n], text, "not_a_date", "warning") for n, text in enumerate(texts)
    ]
    assert days_of_columns(loading, texts) == [None] * len(texts)


AMBIGUOUS = "ambiguous_date"


def test_each_text_that_is_no_day_has_its_own_reason(store):
    texts = {
        "1/2/2024": AMBIGUOUS,
        "3/3/2024": None,
        "31/31/2024": "not_a_date",
        # A day in both orders, but too long ago in both.
        "1/2/1750": "out_of_range",
        "1750-02-01": "out_of_range",
        "2024-02-30": "not_a_date",
        "1" * 2_001: "too_long",
    }
    found = dict(rules(looked_at(store, "engagements", lines(list(texts)))))
    assert [found.get(row) for row in range(2, 2 + len(texts))] == list(texts.values())


@pytest.mark.long
@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1/15/24", "2/3/24", "10/28/23"], ["2024-01-15", "2024-02-03", "2023-10-28"]),
        (["3/2/24, 7:00 PM", "3/22/24, 7:00 PM"], ["2024-03-02", "2024-03-22"]),
        (["31/01/24", "02/03/24"], ["2024-01-31", "2024-03-02"]),
        (["99/01/24", "98/03/02"], ["1999-01-24", "1998-03-02"]),
        (["2/3/24", "4/5/24"], [None, None]),
        # A day or a year before the month: nothing shows it.
        (["24-01-15", "23-03-20"], [None, None]),
        # Two orders: none is used.
        (
            ["1/31/2024", "31/1/2024", "1/2/2024", "3/3/2024"],
            [None, None, None, "2024-03-03"],
        ),
        (["1/31/24", "31/1/24"], [None, None]),
        (["1/31/2024", "31-1-24"], [None, None]),
        # A date that is none proves nothing.
        (["13/13/2024", "1/2/2024"], [None, None]),
        (["00/00/0000", "1.9.11"], [None, None]),
        (["00/00/0000", "1/45/2024", "3/2/2024"], [None, None, None]),
        (["00/00/0000", "1/31/24", "1/9/11"], [None, "2024-01-31", "2011-01-09"]),
    ],
)
def test_a_column_is_read_in_the_order_that_it_shows(store, texts, expected):
    loading = looked_at(store, "engagements", lines(texts))
    assert days(loading) == expected
    unclear = [n for n, day in enumerate(expected) if day is None]
    found = dict(rules(loading))
    assert list(found) == [n + 2 for n in unclear]
    assert set(found.values()) <= {AMBIGUOUS, "not_a_date"}


@pytest.mark.long
@pytest.mark.parametrize(
    ("texts", "expected", "is_told"),
    [
        (["45322", "45323.75"], ["2024-01-31", "2024-02-01"], True),
        (["45322", "2024-02-02"], ["2024-01-31", "2024-02-02"], True),
        (["45322", "1/31/2024"], ["2024-01-31", "2024-01-31"], True),
        # Far from the other dates, after today, and alone.
        (["45322", "2018-02-02"], [None, "2018-02-02"], False),
        (["45322", "73000"], [None, None], False),
        (["45322", "12345"], [None, None], False),
        # April 1 and 15, 2024, without zeros, might be meant.
        (["40124", "41524"], [None, None], False),
    ],
)
def test_day_numbers_of_excel_where_the_column_proves_them(store, texts, expected, is_told):
    loading = looked_at(store, "engagements", lines(texts))
    assert days(loading) == expected
    assert [row for row, _ in rules(loading)] == [
        n + 2 for n, day in enumerate(expected) if day is None
    ]
    assert any("day numbers" in note for note in loading.checked.notes) == is_told


@pytest.mark.long
@pytest.mark.parametrize(
    ("chosen", "texts", "expected", "said"),
    [
        # What the file proves is stronger than the choice.
        (
            *("dmy", ["3/2/2024", "3/22/2024"], ["2024-03-02", "2024-03-22"]),
            "read month first, because its dates show it",
        ),
        (
            *("mdy", ["3/2/24", "31/3/24"], ["2024-02-03", "2024-03-31"]),
            "read day first, because its dates show it",
        ),
        # The choice settles what the file leaves open.
        (
            "dmy",
            ["3/2/2024", "5/2/2024"],
            ["2024-02-03", "2024-02-05"],
            "is read day first",
        ),
        # Two orders are proven: the choice refuses the cells that contradict it.
        (
            *("dmy", ["3/2/2024", "3/22/2024", "22/3/2024"]),
            *(["2024-02-03", None, "2024-03-22"], "is read day first"),
        ),
        ("mdy", ["3/2/2024", "3/22/2024"], ["2024-03-02", "2024-03-22"], None),
    ],
)
def test_evidence_beats_a_chosen_order(store, chosen, texts, expected, said):
    source = SourceFile.from_bytes("e.csv", lines(texts).encode())
    recipe = Recipe(date_orders={"started_on": chosen})
    loading = preview(store, "engagements", source, recipe, quietly)
    assert days(loading) == expected
    refused = [(n + 2, AMBIGUOUS) for n, day in enumerate(expected) if day is None]
    assert rules(loading) == refused
    assert (said in " ".join(loading.checked.notes)) if said else not loading.checked.notes


# Days that are hardly meant


@pytest.mark.long
@pytest.mark.parametrize(
    ("column", "day", "is_unlikely"),
    [
        ("started_on", AHEAD.isoformat(), True),
        ("ended_on", "2042-07-01", True),
        ("last_activity_on", "2099-12-31", True),
        ("started_on", "1900-01-01", True),
        ("started_on", "1/1/1970", True),
        ("started_on", "2024-07-01", False),
        ("started_on", datetime.now(UTC).date().isoformat(), False),
        ("planned_start_on", AHEAD.isoformat(), False),
        ("planned_end_on", "2099-12-31", True),
        ("planned_end_on", "1900-01-01", True),
    ],
)
def test_days_in_the_future_and_placeholders_are_named(store, column, day, is_unlikely):
    text = f"engagement_id,request_id,lead_partner_id,{column}\nN1,R1,P1,{day}\n"
    found = [(2, column, day, "unlikely", "warning")] if is_unlikely else []
    loading = looked_at(store, "engagements", text)
    assert problems(loading) == found
    assert loading.checked.counts.inserted == 1


def test_unlikely_days_are_left_blank_with_one_choice(store):
    text = lines(["2042-07-01", "1900-01-01", "2042-07-01", "2024-07-01"])
    source = SourceFile.from_bytes("e.csv", text.encode())
    looked = preview(store, "engagements", source, Recipe(), quietly)
    with store.cursor() as cursor:
        (repair,) = class_repairs(cursor, looked.prepared, looked.checked, Recipe())
    assert repair.name == "Leave 3 unlikely values of started_on blank"
    after = preview(store, "engagements", source, repair.recipe, quietly)
    assert (problems(after), days(after)) == ([], [None, None, None, "2024-07-01"])
    assert likely_recipe(store, looked) == Recipe()


@pytest.mark.long
@pytest.mark.parametrize(
    ("cells", "named"),
    [
        # Excel turned 05/02 and 04/08 around, and left the others as text.
        (["13/02/2024", date(2024, 5, 2), "27/03/2024", date(2024, 8, 4)], [3, 5]),
        (["02/13/2024", date(2024, 5, 2)], [3]),
        # The same day either way.
        (["13/02/2024", date(2024, 5, 5), date(2024, 5, 2)], [4]),
        # A real date after the 12th, or a text that Excel would have turned.
        (["13/02/2024", date(2024, 5, 2), date(2024, 5, 22)], []),
        (["13/02/2024", date(2024, 5, 2), "05/02/2024"], []),
        ([date(2024, 5, 2), date(2024, 8, 4)], []),
        (["Feb 13, 2024", date(2024, 5, 2)], []),
    ],
)
def test_days_that_a_program_may_have_swapped_are_named(store, cells, named):
    book = openpyxl.Workbook()
    book.active.append(HEAD.split())
    for n, cell in enumerate(cells):
        book.active.append([f"N{n}", "R1", "P1", cell])
    out = io.BytesIO()
    book.save(out)
    loading = looked_at(store, "engagements", out.getvalue())
    assert rules(loading) == [(row, "unlikely") for row in named]


def test_in_a_text_file_two_forms_of_dates_are_no_sign_of_swapped_days(store):
    assert rules(looked_at(store, "engagements", lines(["1/31/2024", "2024-03-05"]))) == []
