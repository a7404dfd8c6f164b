"""What a number means: its unit, its range, its decimal sign, and its witnesses."""

import io

import openpyxl
import pytest

from tests.support.small_store import small_store
from tests.support.uploads import loaded, looked_at, problems, stored

ENGAGEMENTS = "engagement_id,request_id,lead_partner_id,{column}\n"
OUTCOMES = "outcome_id,engagement_id,metric_id,baseline_value,followup_value\n"


@pytest.fixture
def store():
    store = small_store()
    yield store
    store.close()


def found(loading) -> list[tuple]:
    """(row, column, value, rule) of each problem."""
    return [problem[:4] for problem in problems(loading)]


UNITS = [
    ("hours", "16 hours", 16),
    ("hours", "1,200 hrs", 1200),
    ("hours", "7.5 Hrs.", 7.5),
    ("hours", "36h", 36),
    ("hours", "1 200", 1200),
    ("participants_in_person", "24 officers", 24),
    ("participants_virtual", "1 person", 1),
    ("latitude", "32.78°", 32.78),
]


def one_value_each(forms: list[tuple]) -> str:
    """Engagements N0, N1, …, each with one cell of one column."""
    columns = list(dict.fromkeys(form[0] for form in forms))
    rows = [ENGAGEMENTS.format(column=",".join(columns))]
    for n, (column, cell, _) in enumerate(forms):
        cells = [f'"{cell}"' if name == column else "" for name in columns]
        rows.append(f"N{n},R1,P1,{','.join(cells)}\n")
    return "".join(rows)


def test_the_unit_of_a_column_may_stand_behind_a_number(store):
    done = loaded(store, "engagements", one_value_each(UNITS))
    assert found(done) == []
    assert [
        stored(store, "engagements", f"N{n}")[column]
        for n, (column, _, _) in enumerate(UNITS)
    ] == [value for _, _, value in UNITS]


OTHER_UNITS = [
    ("hours", "2 days", "other_unit"),
    ("hours", "$1,500", "other_unit"),
    ("hours", "€90", "other_unit"),
    ("hours", "50%", "other_unit"),
    ("hours", "90 minutes", "other_unit"),
    ("hours", "3 weeks", "other_unit"),
    ("hours", "4 sessions", "other_unit"),
    ("hours", "16 hours per day", "other_unit"),
    ("hours", "about 16", "not_a_number"),
    ("hours", "1e400", "not_a_number"),
    ("hours", "1e-400", "not_a_number"),
    ("participants_in_person", "85%", "other_unit"),
    ("participants_in_person", "$40", "other_unit"),
    ("participants_virtual", "12 hours", "other_unit"),
    ("participants_virtual", "20 of 24", "other_unit"),
]


def test_a_number_of_another_unit_is_blank_with_a_warning(store):
    done = loaded(store, "engagements", one_value_each(OTHER_UNITS))
    assert found(done) == [
        (row, column, cell, rule) for row, (column, cell, rule) in enumerate(OTHER_UNITS, 2)
    ]
    assert done.checked.problems.message.str.contains("counts as blank").all()
    for n, (column, _, _) in enumerate(OTHER_UNITS):
        assert stored(store, "engagements", f"N{n}")[column] is None


OF_METRICS = [
    ("wellness-use", "45%", 45, None),
    ("wellness-use", "45 percent", 45, None),
    ("wellness-use", "0", 0, None),
    ("wellness-use", "430", None, "out_of_range"),
    ("wellness-use", "430%", None, "out_of_range"),
    ("wellness-use", "4 days", None, "other_unit"),
    ("officer-morale", "3.1", 3.1, None),
    ("officer-morale", "3.1/5", 3.1, None),
    ("officer-morale", "4 out of 5", 4, None),
    ("officer-morale", "31", None, "out_of_range"),
    ("officer-morale", "0.5", None, "out_of_range"),
    ("officer-morale", "62%", None, "other_unit"),
    ("officer-morale", "7/10", None, "other_unit"),
    ("complaints", "12", 12, None),
    ("complaints", "-9", None, "out_of_range"),
    ("complaints", "12%", None, "other_unit"),
    ("complaints", "1,000,000,000,000", 1e12, None),
    ("complaints", "9007199254740993", None, "out_of_range"),
    ("days-to-evidence", "31 days", 31, None),
    ("days-to-evidence", "3 weeks", None, "other_unit"),
    ("days-to-evidence", "-1", None, "out_of_range"),
    ("violent-crime-rate", "412.5 per 100,000", 412.5, None),
    ("violent-crime-rate", "412.5 per 1,000", None, "other_unit"),
]


def test_a_value_has_the_unit_and_the_range_of_its_metric(store):
    rows = [
        f'N{n},E1,{metric},"{cell}",\n' for n, (metric, cell, _, _) in enumerate(OF_METRICS)
    ]
    done = loaded(store, "outcomes", OUTCOMES + "".join(rows))
    assert found(done) == [
        (row, "baseline_value", cell, rule)
        for row, (_, cell, _, rule) in enumerate(OF_METRICS, 2)
        if rule
    ]
    assert [
        stored(store, "outcomes", f"N{n}")["baseline_value"] for n in range(len(OF_METRICS))
    ] == [value for _, _, value, _ in OF_METRICS]


@pytest.mark.long
@pytest.mark.parametrize(
    ("baseline", "followup", "warned"),
    [
        # All values of the column look like shares.
        (["0.45", "0.61"], ["71", "80"], ["baseline_value"] * 2),
        (["0.45", "1"], ["0.71", "0.8"], ["baseline_value", "followup_value"] * 2),
        (["0.45", "0"], ["71", "80"], ["baseline_value"]),
        # One value shows that the column is in percent.
        (["0.45", "61"], ["71", "80"], []),
        # Small whole percentages are no shares.
        (["1", "0"], ["1", "1"], []),
        (["45", "61"], ["71", "80"], []),
    ],
)
def test_a_column_of_shares_under_percent_is_named(store, baseline, followup, warned):
    rows = "".join(
        f"N{n},E1,wellness-use,{before},{after}\n"
        for n, (before, after) in enumerate(zip(baseline, followup, strict=True))
    )
    looked = looked_at(store, "outcomes", OUTCOMES + rows)
    assert [(column, rule) for _, column, _, rule in found(looked)] == [
        (column, "unlikely") for column in warned
    ]


def test_small_values_of_other_metrics_are_no_shares(store):
    rows = "N1,E1,days-to-evidence,0.5,0.5\nN2,E1,wellness-use,45,71\n"
    assert found(looked_at(store, "outcomes", OUTCOMES + rows)) == []


INVITED = [
    ("24", "22", None),
    ("24", "24", None),
    ("22", "240", "240"),
    ("0", "1", "1"),
    ("", "22", None),
    ("24", "", None),
    ("1,000", "1001", "1001"),
]


def test_more_answers_than_people_asked_are_named(store):
    head = "outcome_id,engagement_id,metric_id,respondents_invited,respondents_responded\n"
    rows = [
        f'N{n},E1,wellness-use,"{invited}",{responded}\n'
        for n, (invited, responded, _) in enumerate(INVITED)
    ]
    assert found(looked_at(store, "outcomes", head + "".join(rows))) == [
        (row, "respondents_responded", warned, "unusual")
        for row, (_, _, warned) in enumerate(INVITED, 2)
        if warned
    ]


# Decimal signs, for a column of days: its texts, and what is stored


@pytest.mark.long
@pytest.mark.parametrize(
    ("separator", "texts", "values"),
    [
        # 3,1 shows that the comma is the decimal sign.
        (";", ["3,1", "2,875", "1.250"], [3.1, 2.875, 1250]),
        (";", ["980,5", "1.234,5", "12"], [980.5, 1234.5, 12]),
        ("\t", ["0,875", "2,875"], [0.875, 2.875]),
        (",", ["1234,567", "2,875"], [1234.567, 2.875]),
        (",", ["3,1 days", "2,875 days"], [3.1, 2.875]),
        (",", ["1.234.567", "2,875"], [1234567, 2.875]),
        # The point is the decimal sign.
        (",", ["3.1", "2,875"], [3.1, 2875]),
        (",", ["1,234.5", "2,875"], [1234.5, 2875]),
        (",", ["1,234,567", "2.875"], [1234567, 2.875]),
        # Nothing proves it: as Americans write, except where cells are separated by
        # semicolons.
        (",", ["2,875", "1,250"], [2875, 1250]),
        (",", ["2.875"], [2.875]),
        (";", ["2,875", "12"], [None, 12]),
        # Both are proven: only what can be read in one way is read.
        (",", ["3,1", "3.1", "2,875", "2.875", "12"], [3.1, 3.1, None, None, 12]),
    ],
)
def test_the_decimal_sign_is_that_of_the_column(store, separator, texts, values):
    head = ["outcome_id", "engagement_id", "metric_id", "baseline_value"]
    rows = [
        [f"N{n}", "E1", "days-to-evidence", f'"{text}"' if separator == "," else text]
        for n, text in enumerate(texts)
    ]
    text = "".join(separator.join(cells) + "\n" for cells in [head, *rows])
    done = loaded(store, "outcomes", text)
    kept = [stored(store, "outcomes", f"N{n}")["baseline_value"] for n in range(len(texts))]
    assert kept == values
    assert found(done) == [
        (2 + n, "baseline_value", text, "ambiguous_number")
        for n, (text, value) in enumerate(zip(texts, values, strict=True))
        if value is None
    ]


@pytest.mark.long
def test_a_column_that_proves_no_decimal_sign_has_that_of_its_file(store):
    head = "outcome_id;engagement_id;metric_id;baseline_value;followup_value;respondents_"
    rows = "invited\nN1;E1;days-to-evidence;3,1;2,875;1.250\n"
    done = loaded(store, "outcomes", head + rows)
    kept = stored(store, "outcomes", "N1")
    assert found(done) == []
    assert (kept["baseline_value"], kept["followup_value"]) == (3.1, 2.875)
    assert kept["respondents_invited"] == 1250
    assert [note.split(",")[0] for note in done.checked.notes] == [
        "In baseline_value",
        "In followup_value",
        "In respondents_invited",
    ]


# Cells of a workbook in a percent format


PERCENT_CELLS = [
    (0.45, "0%", 45),
    (0.615, "0.0%", 61.5),
    (0.285, "0.00%", 28.5),
    (1, "0%", 100),
    (0.08, '#,##0.0\\ "of all" %', 8),
    (0.45, "General", 0.45),
    (45, '0"%"', 45),
    (45, "0\\%", 45),
]


def formatted(head: list[str], rows: list[list], number_formats: list[str]) -> bytes:
    """A workbook whose column D has a format of its own in each row."""
    book = openpyxl.Workbook()
    book.active.append(head)
    for row, number_format in enumerate(number_formats, 2):
        book.active.append(rows[row - 2])
        book.active[f"D{row}"].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_percent_cell_is_its_number_times_100(store):
    rows: list[list] = [
        [f"N{n}", "E1", "wellness-use", of[0]] for n, of in enumerate(PERCENT_CELLS)
    ]
    head = OUTCOMES.strip().split(",")
    loaded(store, "outcomes", formatted(head, rows, [of[1] for of in PERCENT_CELLS]))
    assert [
        stored(store, "outcomes", f"N{n}")["baseline_value"] for n in range(len(rows))
    ] == [value for _, _, value in PERCENT_CELLS]


# Cells of a workbook in other formats that show more than the number

_ACCOUNTING = '_($* #,##0.00_);_($* \\(#,##0.00\\);_($* "-"??_);_(@_)'


FORMATTED = [
    (0.5, "0%", "50%", None),
    (1500, '"$"#,##0.00', "$1500", None),
    (1500, "$#,##0;[Red]-$#,##0", "$1500", None),
    (0, _ACCOUNTING, "$0", None),
    (1500, "[$€-407] #,##0", "€ 1500", None),
    (2, '0" weeks"', "2 weeks", None),
    (2.5, '0.0" hours"', "", 2.5),
    (1500, "#,##0.00", "", 1500),
    (16, "000", "", 16),
    (1500, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', "", 1500),
]


def test_the_unit_in_a_format_is_part_of_the_cell(store):
    rows: list[list] = [[f"N{n}", "R1", "P1", of[0]] for n, of in enumerate(FORMATTED)]
    head = ENGAGEMENTS.format(column="hours").strip().split(",")
    content = formatted(head, rows, [of[1] for of in FORMATTED])
    done = loaded(store, "engagements", content)
    assert found(done) == [
        (row, "hours", cell, "other_unit")
        for row, (_, _, cell, _) in enumerate(FORMATTED, 2)
        if cell
    ]
    assert [stored(store, "engagements", f"N{n}")["hours"] for n in range(len(rows))] == [
        value for _, _, _, value in FORMATTED
    ]
