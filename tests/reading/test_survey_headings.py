"""Exports of survey programs, which have rows below the headings that explain them."""

import pytest

from cri_data.reading import ReadOptions, Reason, read_file
from tests.support.workbooks import workbook_of

NAMES = "StartDate,Finished,QID1,QID2_TEXT\n"
QUESTIONS = "Start Date,Finished,How was it?,Why?\n"
IDS = ",".join(
    '"{""ImportId"":""NAME""}"'.replace("NAME", name)
    for name in ("startDate", "finished", "QID1", "QID2")
)
ROWS = "2024-01-31 09:05:00,True,5,Good\n2024-02-01 10:00:00,True,4,Fine\n"
DATA = [
    ("2024-01-31 09:05:00", "True", "5", "Good"),
    ("2024-02-01 10:00:00", "True", "4", "Fine"),
]


@pytest.mark.parametrize(
    ("text", "headings", "explaining"),
    [
        (NAMES + QUESTIONS + IDS + "\n" + ROWS, ("StartDate", "Why?"), 2),
        (NAMES + IDS + "\n" + ROWS, ("StartDate", "QID2_TEXT"), 1),
        (
            NAMES + 'Start Date,Finished,"How\nwas it?",Why?\n' + IDS + "\n" + ROWS,
            ("StartDate", "Why?"),
            2,
        ),
        (
            NAMES + QUESTIONS + IDS.replace('""}', '"",""timeZone"":""Z""}') + "\n" + ROWS,
            ("StartDate", "Why?"),
            2,
        ),
        (
            "Date,Done,How was it?,Why?\n,,Response,Open-Ended Response\n" + ROWS,
            ("Date", "Why?"),
            1,
        ),
        (
            "Date,Done,How was it?,Why?\n,,Response,Response\n" + ROWS,
            ("Date", "Why?"),
            1,
        ),
    ],
)
def test_rows_that_explain_the_headings_are_no_data(text, headings, explaining):
    file = read_file("survey.csv", text.encode())
    assert (file.headings[0], file.headings[-1]) == headings
    assert [cells for _, cells in file.records()] == DATA
    (left_out,) = file.left_out
    assert (left_out.reason, left_out.rows) == (Reason.EXPLAINING, explaining)


def test_a_workbook_of_a_survey_is_read_like_its_text():
    ids = [f'{{"ImportId":"{name}"}}' for name in ("a", "b")]
    rows = [["QID1", "QID2"], ["How?", "Why?"], ids, [5, "Good"], [4, "Fine"]]
    file = read_file("survey.xlsx", workbook_of({"Sheet0": rows}))
    assert [cells for _, cells in file.records()] == [("5", "Good"), ("4", "Fine")]


@pytest.mark.parametrize(
    "text",
    [
        "id,answer,note\n1,Response,x\n2,None,y\n",
        'id,json,note\n1,"{""ImportId"":1}",x\n2,a,y\n',
        "id,answer,note\n,Elm,\n2,Oak,y\n",
    ],
)
def test_rows_with_such_words_are_rows(text):
    assert read_file("x.csv", text.encode()).row_count == 2


def test_a_number_of_heading_rows_that_was_chosen_counts():
    text = (NAMES + QUESTIONS + IDS + "\n" + ROWS).encode()
    assert read_file("x.csv", text, ReadOptions(header_rows=1)).row_count == 4


# Names and questions of a survey, and its headings.
QUESTIONS_FOR_CODES = [
    ("QID1,QID2", "How was it?,Why?", ("How was it?", "Why?")),
    ("Q1,Q2_1_TEXT", "How was it?,Why?", ("How was it?", "Why?")),
    (
        "engagement_id,Q7",
        "Which one?,Pre: Tactics test",
        ("engagement_id", "Pre: Tactics test"),
    ),
    # A question that is asked twice, or missing, does not tell columns apart.
    ("QID1,QID2", "Why?,Why?", ("QID1", "QID2")),
    ("QID1,QID2", ",Why?", ("QID1", "Why?")),
    ("Quarter,Q_total", "When?,How much?", ("Quarter", "Q_total")),
]


@pytest.mark.parametrize(("names", "questions", "headings"), QUESTIONS_FOR_CODES)
def test_questions_stand_in_for_headings_that_are_only_codes(names, questions, headings):
    ids = ",".join('"{""ImportId"":""QID"}"'.replace('QID"', f'QID{n}""') for n in (1, 2))
    file = read_file("x.csv", f"{names}\n{questions}\n{ids}\n5,Good\n4,Fine\n".encode())
    assert file.headings == headings
    assert file.row_count == 2


def test_ids_alone_are_the_headings():
    ids = ",".join('"{""ImportId"":""QID"}"'.replace('QID"', f'QID{n}""') for n in (1, 2))
    file = read_file("x.csv", f"{ids}\n5,Good\n4,Fine\n".encode())
    assert file.headings == ("QID1", "QID2")
    assert (file.row_count, file.left_out) == (2, ())


# The two rows of a SurveyMonkey export, and its headings behind the first one.
CHOICES = [
    (("Engagement,Useful?", "Open-Ended Response,Response"), ("Engagement", "Useful?")),
    (("Useful?,", "Pre,Post"), ("Useful? Pre", "Useful? Post")),
    (
        ("Topics?,,", "Training,Tribal,Other (please specify)"),
        ("Topics? Training", "Topics? Tribal", "Topics? Other (please specify)"),
    ),
    (("Start Date,Useful?,", ",Yes,No"), ("Start Date", "Useful? Yes", "Useful? No")),
    (("Name,,Useful?", "First,Last,Response"), ("Name First", "Name Last", "Useful?")),
    (("Score,", "Response,Response"), ("Score Response", "Score Response")),
]


@pytest.mark.parametrize(("rows", "headings"), CHOICES)
def test_questions_and_their_choices_are_headings(rows, headings):
    answers = ",".join(["x"] * len(headings))
    text = (
        f"Respondent ID,{rows[0]}\n,{rows[1]}\n11,{answers}\n12,{answers}\n13,{answers}\n"
    )
    file = read_file("x.csv", text.encode())
    assert file.headings == ("Respondent ID", *headings)
    assert file.row_count == 3
    # A row of which nothing is used is told.
    explaining = [part.rows for part in file.left_out if part.reason is Reason.EXPLAINING]
    assert explaining == ([1] if rows[0] == "Engagement,Useful?" else [])
