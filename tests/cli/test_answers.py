"""The commands that answer, take back, check and export."""

import csv
import io
import json
from pathlib import Path

import pytest

from cri_data.model.datasets import DATASETS
from tests.support.commands import Commands
from tests.support.uploads import AGENCIES


def asked(run: Commands, *arguments: str) -> list[dict]:
    """The answer as a list of rows."""
    code, out, errors = run("ask", *arguments, "--format", "json")
    assert (code, errors) == (0, "")
    return json.loads(out)


# ask


@pytest.mark.parametrize(
    ("params", "requests"),
    [
        ([], 6),
        (["states=TX"], 4),
        (["states=TX,OH"], 5),
        (["states="], 0),
        (["topics=training,tribal"], 5),
        (["date_from=2024-01-01"], 3),
        (["date_from=2024-01-01", "date_to=2024-02-29", "states=TX"], 2),
        (["size_bands=Under 10,100-249"], 4),
    ],
)
def test_ask_takes_the_filters(run, params: list[str], requests: int):
    given = [part for param in params for part in ("--param", param)]
    (totals,) = asked(run, "requests_totals", *given)
    assert totals["requests"] == requests


@pytest.mark.parametrize(
    ("viewer", "engagements"),
    [
        ("staff", "E1 E2 E3 E4 E5"),
        ("leadership", "E1 E2 E3 E4 E5"),
        ("partner:P1", "E1 E3 E5"),
        ("partner:P2", "E1 E2 E4"),
        ("partner:P9", ""),
        ("partner:' or true --", ""),
    ],
)
def test_ask_answers_as_the_viewer(run, viewer: str, engagements: str):
    answer = asked(run, "engagements_list", "--as", viewer)
    assert " ".join(sorted(row["engagement_id"] for row in answer)) == engagements


@pytest.mark.parametrize("viewer", ["director", "partner", "partner:", "staff:P1", ""])
def test_ask_as_nobody_exits_2(run, viewer: str):
    code, out, errors = run("ask", "requests_totals", "--as", viewer)
    assert (code, out) == (2, "")
    assert "is not a viewer. Use leadership, staff, administrator, or partner:ID." in errors


def test_formats_say_the_same(run):
    given = ("ask", "requests_list", "--param", "states=TX", "--format")
    rows = json.loads(run(*given, "json")[1])
    assert [row["request_id"] for row in rows] == ["R2", "R1", "R3", "R6"]
    assert rows[1]["received_on"] == "2024-01-10"
    assert rows[0]["decided_on"] is None
    read = list(csv.DictReader(io.StringIO(run(*given, "csv")[1])))
    assert [row["request_id"] for row in read] == ["R2", "R1", "R3", "R6"]
    assert (read[1]["topic_ids"], read[0]["decided_on"]) == ("training;tribal", "")
    code, table, _ = run(*given, "table")
    head, line, *body = table.splitlines()
    assert code == 0
    assert head.split()[:2] == ["request_id", "received_on"]
    assert set(line) == {"-", " "}
    assert [text.split()[0] for text in body] == ["R2", "R1", "R3", "R6"]
    assert run(*given, "xml")[0] == 2


def test_csv_keeps_what_a_spreadsheet_would_run(run):
    run.change("update requests set summary = e'=1\\r\"two\"' where request_id = 'R1'")
    out = run("ask", "request_detail", "--param", "request_id=R1", "--format", "csv")[1]
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert row["summary"] == '=1\r"two"'


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("requests_by_moon", "There is no query 'requests_by_moon'. There are: "),
        ("../build/10_tables", "There is no query"),
        ("requests_totals --param date_from=soon", "A value is not valid"),
        ("requests_totals --param date_from=2024-13-01", "A value is not valid"),
        ("requests_list --param row_limit=few", "A value is not valid"),
        ("requests_list --param row_limit=-1", "A value is not valid"),
        ("requests_list --param as_of=never", "A value is not valid"),
        ("requests_totals --param state=TX", "no parameter 'state'. It has: date_from,"),
        ("requests_totals --param viewer_role=staff", "no parameter 'viewer_role'"),
        ("uploads_list --param dataset=x", "no parameter 'dataset'. It has: none."),
        ("requests_totals --param states", "does not have the form name=value"),
        ("requests_totals --param =TX", "does not have the form name=value"),
    ],
)
def test_what_cannot_be_asked_exits_2_and_is_said(run, arguments: str, said: str):
    code, out, errors = run("ask", *arguments.split())
    assert (code, out) == (2, "")
    assert said in errors


# uploads, undo


@pytest.mark.long
def test_uploads_are_listed_and_undone(run, tmp_path: Path):
    before = run.contents()
    file = tmp_path / "sent in May.csv"
    for name in ("Zed", "Zee"):
        file.write_text(f"{AGENCIES}Z,{name},TX\n")
        assert run("load", "agencies", file)[0] == 0
    code, out, _ = run("uploads")
    _, _, *listed = out.splitlines()
    assert code == 0
    assert [line.split()[0] for line in listed] == ["U-000002", "U-000001"]
    assert all("sent in May.csv" in line and "command line" in line for line in listed)
    code, out, errors = run("undo", "U-000001")
    assert (code, out) == (2, "")
    assert "later uploads changed the same records: U-000002" in errors
    for upload_id in ("U-000002", "U-000001"):
        said = f"{upload_id} was undone.\n"
        assert run("undo", upload_id) == (0, said, "")
    assert run.contents() == before
    assert run("uploads")[1].count("undone") == 2 + 2  # and two headings
    assert run("undo", "U-000001")[0] == 2


# check


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "update requests set agency_id = 'A9' where request_id = 'R2'",
            "requests: agency_id names none of the agencies: 1 (first: R2)",
        ),
        (
            "insert into agencies from agencies where agency_id > 'A3'",
            "agencies: key more than once: 2 (first: A4)",
        ),
    ],
)
def test_check_finds_what_was_broken_by_hand(run, change: str, said: str):
    sound = (
        "No problems found: the records, people, published table and audit log are "
        "consistent.\n"
    )
    assert run("check") == (0, sound, "")
    run.change(change)
    assert run("check") == (1, f"{said}\n", "")


# export


@pytest.mark.long
def test_export_writes_what_load_takes_back_unchanged(
    run, demonstration_path: Path, tmp_path: Path, monkeypatch
):
    first, again = tmp_path / "first", tmp_path / "deep" / "again"
    monkeypatch.setenv("CRI_STORE", str(demonstration_path))
    code, out, _ = run("export", first)
    assert code == 0
    assert f"{first / 'requests'}.csv: 400 rows" in out.splitlines()
    assert sorted(file.stem for file in first.iterdir()) == sorted(DATASETS)
    monkeypatch.setenv("CRI_STORE", str(tmp_path / "fresh.duckdb"))
    for name in DATASETS:
        code, out, _ = run("load", name, first / f"{name}.csv", "--json")
        answer = json.loads(out)
        assert (code, answer["problems"]) == (0, [])
        # A new store has the topics and metrics already.
        assert answer["inserted"] + answer["unchanged"] == answer["rows"] > 0
    assert run("check")[0] == 0
    assert run("export", again)[0] == 0
    for name in DATASETS:
        assert (again / f"{name}.csv").read_bytes() == (first / f"{name}.csv").read_bytes()
    for name in DATASETS:
        code, out, _ = run("load", name, first / f"{name}.csv", "--json")
        assert (code, json.loads(out)["upload_id"]) == (0, None)


def test_export_to_where_nothing_can_be_written_exits_2(run, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    code, out, errors = run("export", tmp_path / "file" / "out")
    assert (code, out) == (2, "")
    assert str(tmp_path / "file" / "out") in errors


# read


def test_read_prints_the_table_and_needs_no_store(run, tmp_path: Path):
    file = tmp_path / "odd.csv"
    file.write_bytes(b'A title\n\nid;name;note\n1;Al "x";"a;b"\n2;B\n\nTotal;;9\n')
    run.path.unlink()
    code, out, errors = run("read", str(file))
    assert (code, errors) == (0, "")
    assert out == 'id,name,note\n1,"Al ""x""",a;b\n2,B\n'
    assert not run.path.exists()


def test_read_prints_no_headings_where_there_are_none(run, tmp_path: Path):
    file = tmp_path / "bare.csv"
    file.write_text("1,2024-01-31\n2,2024-02-01\n3,2024-02-02\n")
    assert run("read", str(file))[1] == "1,2024-01-31\n2,2024-02-01\n3,2024-02-02\n"


def test_read_prints_headings_alone(run, tmp_path: Path):
    file = tmp_path / "bare.csv"
    file.write_text("id,name\n")
    assert run("read", str(file)) == (0, "id,name\n", "")


def test_read_says_how_it_read(run, tmp_path: Path):
    file = tmp_path / "odd.csv"
    file.write_bytes(b"\xef\xbb\xbfid;name\r\n1;A\r\n2\r\n")
    code, out, _ = run("read", str(file), "--json")
    said = json.loads(out)
    assert code == 0
    assert (said["encoding"], said["separator"], said["line_end"]) == (
        *("utf-8-sig", ";"),
        "CRLF",
    )
    assert (said["header_row"], said["rows"], said["fault_count"]) == (1, 2, 1)
    assert [(fault["row"], fault["rule"]) for fault in said["faults"]] == [
        (3, "too_few_cells")
    ]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", None])
def test_read_exits_2_where_nothing_can_be_read(run, tmp_path: Path, content):
    file = tmp_path / "none.csv"
    if content is not None:
        file.write_bytes(content)
    code, out, errors = run("read", str(file))
    assert (code, out) == (2, "")
    assert errors.count("\n") == 1
