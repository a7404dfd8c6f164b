"""Words and numbers for people, and text from the data as it is."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from cri_ui.components.downloads import guarded_csv
from cri_ui.components.text import (
    count_of,
    day,
    moment,
    plain_file_name,
    plain_html,
    plain_markdown,
    share,
    whole,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Elm P.D. (north) - 2", "Elm P.D. (north) - 2"),
        ("agency_type: Sherif", "agency_type: Sherif"),
        ("**b** _i_ ~~s~~ `c`", r"\*\*b\*\* \_i\_ \~\~s\~\~ \`c\`"),
        ("[x](http://y)", "\\[x\\](http:\u200b//y)"),
        ("![z](z.png)", r"!\[z\](z.png)"),
        ("<script>", r"\<script\>"),
        (":red[x] :smile:", ":\u200bred\\[x\\] :\u200bsmile:"),
        ("www.x.example a@b.example", "www\u200b.x.example a@\u200bb.example"),
        ("# head", r"\# head"),
        ("1. one", r"1\. one"),
        ("- a\n- b", r"\- a - b"),
        ("$x$ & y", r"\$x\$ \& y"),
        ("HTTPS://x", "HTTPS:\u200b//x"),
        (":material/home: :+1:", ":\u200bmaterial/home: :\u200b+1:"),
        ("a -> b -- c", "a -\u200b\\> b -\u200b- c"),
        ("a <= b ~= c <-> d", "a \\<\u200b= b \\~\u200b= c \\<\u200b-\\> d"),
        ("a->b a--b", "a-\\>b a--b"),
        ("2024. Report 10:30", "2024\\. Report 10:\u200b30"),
        ("\u202ea\u2067b\u202c", "ab"),
    ],
)
def test_markdown_is_shown_as_it_is_written(text: str, shown: str):
    assert plain_markdown(text) == shown


@pytest.mark.parametrize(
    ("zone", "utc", "shown"),
    [
        ("", "2026-11-26 20:41", "Nov 26, 2026, 3:41 PM EST"),
        # Clocks go forward: the hour from 2 to 3 AM does not exist.
        ("", "2026-03-08 06:59", "Mar 8, 2026, 1:59 AM EST"),
        ("", "2026-03-08 07:00", "Mar 8, 2026, 3:00 AM EDT"),
        # Clocks go back: 1:30 AM comes twice.
        ("", "2026-11-01 05:30", "Nov 1, 2026, 1:30 AM EDT"),
        ("", "2026-11-01 06:30", "Nov 1, 2026, 1:30 AM EST"),
        ("", "2026-07-01 04:00", "Jul 1, 2026, 12:00 AM EDT"),
        ("", "2026-07-01 16:00", "Jul 1, 2026, 12:00 PM EDT"),
        ("", "2026-01-01 03:00", "Dec 31, 2025, 10:00 PM EST"),
        ("America/Phoenix", "2026-07-01 12:05", "Jul 1, 2026, 5:05 AM MST"),
        ("Pacific/Guam", "2026-07-01 12:05", "Jul 1, 2026, 10:05 PM ChST"),
        ("America/Sao_Paulo", "2026-07-01 12:05", "Jul 1, 2026, 9:05 AM UTC-03"),
        ("UTC", "2026-07-01 12:05", "Jul 1, 2026, 12:05 PM UTC"),
    ],
)
def test_a_time_is_shown_in_the_zone_of_the_office(
    zone: str, utc: str, shown: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CRI_TIME_ZONE", zone)
    at = datetime.fromisoformat(utc)
    assert moment(at) == moment(at.replace(tzinfo=UTC)) == moment(pd.Timestamp(at)) == shown


def test_an_unknown_time_is_a_dash():
    assert moment(None) == moment(pd.NaT) == "–"


def test_html_of_a_label_is_text():
    assert plain_html("<b>A & B</b>") == "&lt;b&gt;A &amp; B&lt;/b&gt;"
    assert plain_html("\u202eA\n B") == "A B"


def test_a_long_name_leaves_a_figure_its_room():
    assert plain_html("w" * 40) == "w" * 40
    assert plain_html("w" * 41) == "w" * 39 + "…"
    assert plain_html("<" * 5_000) == "&lt;" * 39 + "…"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (whole(1234.4), "1,234"),
        (whole(None), "–"),
        (whole(float("nan")), "–"),
        (share(0.413), "41%"),
        (share(None), "–"),
        (day(date(2026, 9, 3)), "Sep 3, 2026"),
        (day(pd.NaT), "–"),
        (count_of(1, "request"), "1 request"),
        (count_of(2345, "request"), "2,345 requests"),
        (count_of(2, "agency", "agencies"), "2 agencies"),
    ],
)
def test_numbers_and_days(shown: str, expected: str):
    assert shown == expected


def test_a_download_says_what_it_is_and_runs_nothing():
    table = pd.DataFrame(
        {
            "name": ["=HYPERLINK(1)", "'quoted", "Elm, TX", None],
            "requests": [1.0, 2.5, float("nan"), 4.0],
            "received_on": pd.to_datetime(["2026-01-02", None, "2026-01-03", "2026-01-04"]),
        }
    )
    text = guarded_csv(table, "Requests", "states: Texas, Ohio", date(2026, 9, 30))
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig").splitlines() == [
        "# Requests",
        '"# Filters: states: Texas, Ohio"',
        "# Rows: 4",
        "# As of: 2026-09-30",
        "name,requests,received_on",
        "'=HYPERLINK(1),1,2026-01-02",
        "''quoted,2.5,",
        '"Elm, TX",,2026-01-03',
        ",4,2026-01-04",
    ]


@pytest.mark.parametrize(
    ("given", "served"),
    [
        ("requests 2026 (1).csv", "requests 2026 (1).csv"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"; filename="b.exe\r\nX: y.csv', "a__ filename__b.exe__X_ y.csv"),
        ("Ä\u202egpj.csv", "Ä_gpj.csv"),
        ("...", "file"),
        ("a" * 300 + ".csv", "a" * 96 + ".csv"),
    ],
)
def test_a_file_name_that_people_gave_leads_nowhere(given: str, served: str) -> None:
    assert plain_file_name(given) == served
