"""Outcomes of files in other shapes, against pandas on the same text."""

import io

import pandas as pd
import pytest

from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.shaping.waves import compact
from tests.support.workbooks import workbook_of

VALUES = ["baseline_value", "followup_value"]
COLUMNS = [*VALUES, "baseline_on", "followup_on", "target_value"]


METRICS = {
    compact(name): metric
    for metric, named in (
        ("deescalation-test", "De-escalation test score"),
        ("training-rating", "Usefulness as rated by participants"),
        ("tactics-test", "Tactics test score"),
    )
    for name in (metric, named)
}


def outcomes(content: str | bytes) -> pd.DataFrame:
    """The texts of outcomes that a file is read as."""
    content = content.encode() if isinstance(content, str) else content
    name = "o.xlsx" if content.startswith(b"PK") else "o.csv"
    source = SourceFile.from_bytes(name, content)
    # Only headings that name no wave need the choice.
    recipe = Recipe(waves={"": "followup"})
    texts = source.mapped("outcomes", recipe, METRICS).texts
    assert not texts["row"].to_pandas().duplicated().any()
    found = texts.to_pandas().set_index(["engagement_id", "metric_id"])
    return found.reindex(columns=COLUMNS).sort_index()


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    expected = expected.reindex(columns=COLUMNS).sort_index()
    expected.index.names = found.index.names
    expected.columns.name = None
    blank = [frame.astype(object).where(frame.notna(), None) for frame in (found, expected)]
    pd.testing.assert_frame_equal(*blank, check_dtype=False, check_index_type=False)
    assert len(found) > 0


def raw(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), sep=None, engine="python", dtype=str)


def melted(text: str, meant: dict[str, tuple[str, str]], dates: dict[str, str]):
    """The outcomes of a wide file: what each heading means is told."""
    table = raw(text)
    engagement = table.columns[0]
    cells = table.melt([engagement], [*meant], "heading", "cell").dropna(subset="cell")
    cells["metric"] = [meant[heading][0] for heading in cells["heading"]]
    cells["column"] = [meant[heading][1] for heading in cells["heading"]]
    found = cells.pivot(index=[engagement, "metric"], columns="column", values="cell")
    found = found.dropna(subset=[name for name in VALUES if name in found], how="all")
    of_rows = table.set_index(engagement)
    for heading, column in dates.items():
        found[column] = of_rows[heading].reindex(found.index.get_level_values(0)).to_numpy()
    return found


DE, TR, TA = "deescalation-test", "training-rating", "tactics-test"
B, F = VALUES

WIDE = {
    "names, ids, and no wave": (
        "engagement_id,Training rating,De-escalation test,tactics-test\n"
        "E1,4.4,71,\nE2,,,\nE3,3,50,60\n",
        {
            "Training rating": (TR, F),
            "De-escalation test": (DE, F),
            "tactics-test": (TA, F),
        },
        {},
    ),
    "waves behind": (
        "Engagement,De-escalation test - baseline,De-escalation test - follow-up\n"
        "E1,52.5,71\nE2,,60\nE4,40,\n",
        {
            "De-escalation test - baseline": (DE, B),
            "De-escalation test - follow-up": (DE, F),
        },
        {},
    ),
    "waves before": (
        "Engagement;Pre: De-escalation test;Post: De-escalation test;"
        "Pre Tactics test score\nE1;52.5;71;0\nE2;;60;12\n",
        {
            "Pre: De-escalation test": (DE, B),
            "Post: De-escalation test": (DE, F),
            "Pre Tactics test score": (TA, B),
        },
        {},
    ),
    "ids with underscores, dates, and a target": (
        "engagement_id,deescalation-test_baseline,deescalation-test_followup,"
        "deescalation_test_target,baseline_on,followup_on\n"
        "E1,52.5,71,75,2024-02-20,2024-06-21\nE2,50,,,2024-03-01,\n",
        {
            "deescalation-test_baseline": (DE, B),
            "deescalation-test_followup": (DE, F),
            "deescalation_test_target": (DE, "target_value"),
        },
        {"baseline_on": "baseline_on", "followup_on": "followup_on"},
    ),
    "times": (
        "Engagement\tT1 Training rating\tT2 Training rating\tTactics test T1\t"
        "Tactics test T2\nE1\t3\t4\t50\t60\nE5\t\t4.5\t55\t\n",
        {
            "T1 Training rating": (TR, B),
            "T2 Training rating": (TR, F),
            "Tactics test T1": (TA, B),
            "Tactics test T2": (TA, F),
        },
        {},
    ),
    "times from 0": (
        "Engagement,Training rating (T0),Training rating (T1)\nE1,3,4\nE5,,4.5\n",
        {"Training rating (T0)": (TR, B), "Training rating (T1)": (TR, F)},
        {},
    ),
    "tests and their dates": (
        "engagement,De-escalation test pretest,De-escalation test posttest,"
        "De-escalation test pretest date,De-escalation test posttest date\n"
        "E1,52.5,71,2024-02-20,2024-06-21\nE3,50,61,,2024-06-22\n",
        {
            "De-escalation test pretest": (DE, B),
            "De-escalation test posttest": (DE, F),
            "De-escalation test pretest date": (DE, "baseline_on"),
            "De-escalation test posttest date": (DE, "followup_on"),
        },
        {},
    ),
    "one metric and a date": (
        "engagement_id,Usefulness as rated by participants,Survey date\n"
        "E1,4.4,2024-05-01\nE2,3,\n",
        {"Usefulness as rated by participants": (TR, F)},
        {"Survey date": "followup_on"},
    ),
}


@pytest.mark.parametrize("form", WIDE)
def test_a_column_for_each_metric(form):
    text, meant, dates = WIDE[form]
    same(outcomes(text), melted(text, meant, dates))


def pivoted(text: str, columns: list[str], waves: dict[str, str]) -> pd.DataFrame:
    """The outcomes of a long file: its columns and its words are told."""
    table = raw(text)
    table["wave"] = table[columns[2]].map(waves)
    table = table.dropna(subset=columns[3])
    index = [columns[0], columns[1]]
    found = table.pivot(index=index, columns="wave", values=columns[3:])
    names = {columns[3]: "value"} | dict.fromkeys(columns[4:], "on")
    found.columns = [f"{wave}_{names[name]}" for name, wave in found.columns]
    return found


PRE, POST = "baseline", "followup"

LONG = {
    "baseline and follow-up": (
        "engagement_id,metric_id,wave,value\nE1,tactics-test,baseline,50\n"
        "E1,tactics-test,follow-up,60\nE2,tactics-test,follow-up,0\n",
        {"baseline": PRE, "follow-up": POST},
    ),
    "pre and post, in any order, with dates": (
        "Engagement;Metric;Timepoint;Score;Date\nE2;training-rating;Post;4;2024-06-01\n"
        "E1;training-rating;Post;4.5;2024-05-01\nE1;training-rating;Pre;3;2024-01-01\n"
        "E1;tactics-test;Pre;50;\n",
        {"Pre": PRE, "Post": POST},
    ),
    "times": (
        "engagement,metric,Time,Result\nE1,tactics-test,T1,50\nE1,tactics-test,T2,60\n"
        "E2,tactics-test,T1,40\nE2,tactics-test,T2,\n",
        {"T1": PRE, "T2": POST},
    ),
    "numbers": (
        "engagement,metric,wave,rating\nE1,training-rating,1,3\nE1,training-rating,2,4\n"
        "E3,training-rating,2,5\n",
        {"1": PRE, "2": POST},
    ),
    "tests": (
        "engagement\tmetric\tTest\tScore\tTest date\n"
        "E1\tdeescalation-test\tpretest\t50\t2024-01-02\n"
        "E1\tdeescalation-test\tpost-test\t71\t2024-03-02\n"
        "E4\tdeescalation-test\tpost-test\t70\t2024-03-02\n",
        {"pretest": PRE, "post-test": POST},
    ),
    "periods": (
        "engagement,metric,Period,Value\nE1,tactics-test,Before training,50\n"
        "E1,tactics-test,After training,60\n",
        {"Before training": PRE, "After training": POST},
    ),
    "time 1": (
        "engagement,metric,Time point,Score\nE1,tactics-test,Time 1,50\n"
        "E2,tactics-test,Time 2,60\n",
        {"Time 1": PRE, "Time 2": POST},
    ),
}


@pytest.mark.parametrize("form", LONG)
def test_a_row_for_each_wave(form):
    text, waves = LONG[form]
    same(outcomes(text), pivoted(text, list(raw(text).columns), waves))


RENAMED = {
    "Pre,Post": (B, F),
    "Pretest,Posttest": (B, F),
    "Pretest score,Post-test score": (B, F),
    "Before,After": (B, F),
    "Score T1,Score T2": (B, F),
    "T0,T1": (B, F),
    "Pre,Date pre": (B, "baseline_on"),
    "Post-training score,Post-training date": (F, "followup_on"),
    "Date of pretest,Endline value": ("baseline_on", F),
}


@pytest.mark.parametrize("names", RENAMED)
def test_waves_as_columns_in_other_words(names):
    text = f"Engagement,Metric,{names}\nE1,tactics-test,1,2\nE2,tactics-test,,\n"
    expected = raw(text).set_axis(["engagement", "metric", *RENAMED[names]], axis="columns")
    same(outcomes(text), expected.set_index(["engagement", "metric"]))


def test_a_column_for_each_metric_and_a_row_for_each_wave():
    text = (
        "ID,engagement_id,Wave,Training rating,Tactics test,Date\n"
        "1,E1,1,4,50,2024-01-01\n2,E1,2,4.5,60,2024-03-01\n3,E2,2,,45,2024-03-02\n"
    )
    cells = raw(text).melt(
        ["engagement_id", "Wave", "Date"], ["Training rating", "Tactics test"]
    )
    cells = cells.dropna(subset="value")
    cells["wave"] = cells["Wave"].map({"1": PRE, "2": POST})
    cells["metric"] = cells["variable"].map({"Training rating": TR, "Tactics test": TA})
    found = cells.pivot(
        index=["engagement_id", "metric"], columns="wave", values=["value", "Date"]
    )
    found.columns = [
        f"{wave}_{'value' if name == 'value' else 'on'}" for name, wave in found.columns
    ]
    same(outcomes(text), found)


SURVEYS = {
    "Qualtrics": [
        ["ResponseId", "engagement_id", "tactics-test_pre", "tactics-test_post"],
        ["Response ID", "Which engagement?", "Score", "Score"],
        [
            '{"ImportId":"_recordId"}',
            '{"ImportId":"Q1"}',
            '{"ImportId":"Q2"}',
            '{"ImportId":"Q3"}',
        ],
        ["R_1", "E1", "50", "60"],
        ["R_2", "E2", "", "55"],
    ],
    "SurveyMonkey": [
        ["Respondent ID", "Engagement", "Pre: Tactics test", "Post: Tactics test"],
        ["", "Open-Ended Response", "Response", "Response"],
        ["1001", "E1", "50", "60"],
        ["1002", "E2", "", "55"],
    ],
}


@pytest.mark.parametrize(
    ("before", "after"),
    [("Baseline", "Follow-up"), ("Pretest", "Posttest"), ("T1", "T2"), ("pre", "post")],
)
def test_a_sheet_for_each_wave(before, after):
    head = ["engagement_id", "Tactics test score", "training-rating"]
    sheets = {before: [head, ["E1", 50, 3], ["E2", 40, None]], after: [head, ["E1", 60, 4]]}
    found = outcomes(workbook_of(sheets))
    assert found[VALUES].fillna("").T.to_dict("list") == {
        ("E1", TA): ["50", "60"],
        ("E1", TR): ["3", "4"],
        ("E2", TA): ["40", ""],
    }


@pytest.mark.parametrize("program", SURVEYS)
def test_rows_that_explain_the_headings_are_no_data(program):
    expected = pd.DataFrame(
        {B: ["50", None], F: ["60", "55"]},
        pd.MultiIndex.from_tuples([("E1", TA), ("E2", TA)]),
    )
    same(outcomes(workbook_of({"Data": SURVEYS[program]})), expected)


# Dates and targets of each metric, in a file with a row for each wave: what is read.
OF_METRICS = [
    ("1,10,90,3\n2,20,90,4", ("1", "2", "10", "20", "90"), 0),
    # A target stands in any of the rows. Where they differ, it is told which one counts.
    ("1,10,90,3\n2,20,,4", ("1", "2", "10", "20", "90"), 0),
    ("1,10,,3\n2,20,90,4", ("1", "2", "10", "20", "90"), 0),
    ("1,10,80,3\n2,20,90,4", ("1", "2", "10", "20", "90"), 1),
    ("1,,,3\n2,20,,4", ("1", "2", None, "20", None), 0),
]


@pytest.mark.parametrize(("cells", "expected", "differing"), OF_METRICS)
def test_each_metric_has_dates_and_a_target_of_its_own(cells, expected, differing):
    pre, post = cells.split("\n")
    text = (
        "engagement_id,wave,tactics-test,tactics-test date,tactics-test target,"
        f"training-rating\nE1,pre,{pre}\nE1,post,{post}\n"
    )
    found = outcomes(text)
    names = [*VALUES, "baseline_on", "followup_on", "target_value"]
    of_test = found.loc[("E1", TA), names].astype(object)
    assert tuple(of_test.where(of_test.notna(), None)) == expected
    assert list(found.loc[("E1", TR), VALUES]) == ["3", "4"]
    source = SourceFile.from_bytes("o.csv", text.encode())
    notes = source.mapped("outcomes", Recipe(), METRICS).shaped.notes
    told = [note for note in notes if "differ in the target of tactics-test (1)" in note]
    assert len(told) == differing
