"""Every command: what it prints, what it changes, and its exit code."""

import json
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cri_data.cli.main import commands_in_words, main
from tests.support.commands import Commands
from tests.support.uploads import AGENCIES

ROOT = Path(__file__).resolve().parents[2]
HOLDS_OPEN = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""
# A command each for what the dashboard does meanwhile, and what it does not.
PAGES = {
    "load agencies x.csv": "the Upload page",
    "undo U-000001": "the Upload history page",
    "kept U-000001 x.csv": "the Upload history page",
    "correct agencies A1 --set city=Elm": "the Records page",
    "withdraw agencies A1": "the Records page",
    "merge A1 A2": "the Records page",
    "redact requests R1": "the Records page",
    "trail": "the Audit log page",
    "backup x.duckdb": "the Backups page",
    "uploads": "the Upload history page",
    "export out": "the About the data page",
    "ask requests_totals": "the dashboards",
    "people list": "the People and access page",
    "match x.csv": None,
    "remember agencies x.csv": None,
    "forget agencies x.csv": None,
    "init": None,
    "check": None,
    "demo": None,
}

# What opens no store, or, as restore, only once it knows that its file is sound.
STORELESS = {"read", "template", "restore"}


def agencies_file(tmp_path: Path, *rows: str, headings: str = AGENCIES) -> Path:
    file = tmp_path / "agencies.csv"
    file.write_text(headings + "".join(f"{row}\n" for row in rows))
    return file


# The whole


def commands(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["--help"]) == 0
    _, listed = capsys.readouterr().out.split("\nCommands:\n")
    return re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE)


def test_every_command_is_in_the_readme(capsys: pytest.CaptureFixture[str]):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(commands(capsys)) == 22
    rows = [
        f"| `python -m cri_data {usage}` | {summary} |"
        for usage, summary in commands_in_words()
    ]
    assert len(rows) == 21 + 4  # people has four parts
    assert [row for row in rows if row not in readme.replace("\\|", "|")] == []


def test_commands_are_those_that_are_tested(capsys: pytest.CaptureFixture[str]):
    assert set(commands(capsys)) == STORELESS | {command.split()[0] for command in PAGES}


@pytest.mark.parametrize(
    "arguments",
    ["", "fly", "load", "load horses x.csv", "ask", "demo --requests many", "export"],
)
def test_what_is_no_command_exits_2(run, arguments: str):
    code, out, errors = run(*arguments.split())
    assert (code, out) == (2, "")
    assert "Usage: python -m cri_data" in errors


@pytest.mark.long
def test_module_runs_as_a_program(run):
    done = subprocess.run(
        [sys.executable, "-m", "cri_data", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.path.exists()
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == "No problems found: the records, people, published table and audit log are "
        "consistent.\n"
    )


@pytest.mark.long
@pytest.mark.parametrize(("command", "page"), PAGES.items(), ids=PAGES)
def test_store_in_use_exits_2_and_names_the_page(run, in_use, command: str, page):
    code, out, errors = run(*command.split())
    assert in_use.poll() is None
    assert (code, out) == (2, "")
    assert "is open in another process" in errors
    assert ("Or use" in errors) is (page is not None)
    assert (page or "") in errors


@pytest.fixture
def in_use(run):
    command = [sys.executable, "-c", HOLDS_OPEN, str(run.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"open\n"
        yield other
        other.stdin.close()


# init, demo


def test_init_makes_an_empty_store_and_leaves_one_that_is_there(run):
    run.path.unlink()
    for _ in range(2):
        assert run("init") == (0, f"The store {run.path} is ready.\n", "")
        rows = run.contents()
        assert len(rows["topics"]) == 14
        assert rows["agencies"] == []


def test_demo_refuses_a_store_with_rows(run):
    before = run.contents()
    code, out, errors = run("demo", "--requests", 5)
    assert (code, out) == (2, "")
    assert "has real data" in errors
    assert run.contents() == before


def test_a_file_that_is_no_store_exits_2(run):
    run.path.write_text("not a store")
    code, _, errors = run("check")
    assert code == 2
    assert "another kind of file" in errors


# load


@pytest.mark.long
@pytest.mark.parametrize(
    ("rows", "code", "inserted"),
    [
        (["Z,Zed,TX", "Y,Wye,OH"], 0, 2),
        (["A1,Alder PD,TX"], 0, 0),
        (["Z,Zed,TX", "Y,,OH"], 1, 1),
        (["A1,Alder PD,TX", "Y,,OH"], 1, 0),
        (["Z,,TX", "Y,,OH"], 2, 0),
    ],
    ids=["all accepted", "nothing new", "some rejected", "none written", "all rejected"],
)
def test_load_exits_by_what_was_accepted(
    run, tmp_path: Path, rows: list[str], code: int, inserted: int
):
    file = agencies_file(tmp_path, *rows)
    got, out, errors = run("load", "agencies", file)
    assert got == code
    noun = "row" if len(rows) == 1 else "rows"
    assert out.startswith(f"{len(rows)} {noun} of agencies: {inserted} new, 0 changed,")
    ends = "Committed as U-000001. To reverse it, use undo." if inserted else "Nothing was"
    assert out.splitlines()[-1].startswith(ends)
    assert errors.startswith("Reading the file…\nChecking values…\n")
    assert len(run.contents()["agencies"]) == 5 + inserted


@pytest.mark.long
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "agencies.csv is empty"),
        (b"%PDF-1.7\n", "is a PDF document"),
        (b"a,b\n1,2\n", "needs the columns agency_id, agency_name, state"),
        (None, "No such file"),
    ],
)
def test_load_of_no_file_of_the_dataset_exits_2(
    run, tmp_path: Path, content: bytes | None, said: str
):
    before = run.contents()
    if content is not None:
        (tmp_path / "agencies.csv").write_bytes(content)
    code, out, errors = run("load", "agencies", tmp_path / "agencies.csv")
    assert (code, out) == (2, "")
    assert said in errors
    assert run.contents() == before


@pytest.mark.long
def test_load_as_json_is_one_object_with_all_of_it(run, tmp_path: Path):
    headings = AGENCIES.strip() + ",zip\n"
    rows = ("Z,Zed,TX,1", "A1,Alder,TX,", "A2,Birch Sheriff,TX,", ",'=é,Mars,")
    file = agencies_file(tmp_path, *rows, headings=headings)
    code, out, errors = run("load", "agencies", file, "--json")
    assert (code, errors) == (1, "")
    answer = json.loads(out)
    found = answer.pop("problems")
    assert answer == {
        **{"upload_id": "U-000001", "rows_in_file": 4, "rows": 4, "inserted": 1},
        "blocks": [{"sheet": "", "first_row": 2, "last_row": 5, "rows": 4}],
        **{
            "left_out": [],
            "updated": 1,
            "unchanged": 1,
            "rejected": 1,
            "rejected_rows": 1,
            "notes": [],
            "left_out_headings": [],
            "matched_columns": {},
        },
        "similar_agencies": {"new": 1, "alike": 0},
    }
    assert [list(problem) for problem in found] == [
        ["row", "column", "value", "rule", "severity", "message"]
    ] * 3
    assert [tuple(problem.values())[:5] for problem in found] == [
        (2, "zip", "1", "not_a_zip", "warning"),
        (5, "agency_id", "", "required_missing", "error"),
        (5, "state", "Mars", "unknown_code", "error"),
    ]
    code, out, _ = run("load", "agencies", file, "--json")
    assert (code, json.loads(out)["upload_id"]) == (1, None)


@pytest.mark.long
def test_probable_duplicates_are_told_and_are_no_fault(run, tmp_path: Path):
    file = agencies_file(tmp_path, "X1,Cedar Police,TX", "X2,Cedar PD,TX", "Y,Yew,,TX")
    code, out, _ = run("load", "agencies", file, "--json")
    assert json.loads(out)["similar_agencies"]["alike"] == 0
    again = agencies_file(tmp_path, "X3,CEDAR POLICE DEPARTMENT,TX")
    code, out, _ = run("load", "agencies", again, "--dry-run")
    assert "0 of 1 new agencies" not in out
    code, out, _ = run("check")
    assert code == 0
    assert out.splitlines()[-2:] == [
        "Probable duplicate agencies: 1 pair. To merge two, use merge or Records.",
        "  X1 Cedar Police (TX) and X2 Cedar PD: same name and place",
    ]


@pytest.mark.long
def test_dry_run_changes_nothing(run, tmp_path: Path):
    before = run.contents()
    file = agencies_file(tmp_path, "Z,Zed,TX", "Y,,TX")
    code, out, _ = run("load", "agencies", file, "--dry-run")
    assert code == 1
    assert out.splitlines()[0].startswith("2 rows of agencies: 1 new")
    assert out.splitlines()[-1] == "This was a dry run. Nothing was changed."
    assert json.loads(run("load", "agencies", file, "--dry-run", "--json")[1]) | {
        "problems": []
    } == {
        **{"upload_id": None, "rows": 2, "inserted": 1, "updated": 0, "unchanged": 0},
        "blocks": [{"sheet": "", "first_row": 2, "last_row": 3, "rows": 2}],
        **{"left_out": [], "rows_in_file": 2},
        **{"rejected": 1, "notes": [], "problems": [], "left_out_headings": []},
        **{"matched_columns": {}, "rejected_rows": 1},
        "similar_agencies": {"new": 1, "alike": 0},
    }
    assert run.contents() == before
    assert "U-0" not in run("uploads")[1]


def test_map_says_which_heading_is_which_column(run, tmp_path: Path):
    file = agencies_file(tmp_path, "Z,Zed,TX,x", headings="Nr=1,Title,state,Chief\n")
    code, _, errors = run("load", "agencies", file)
    assert code == 2
    assert "needs the columns agency_id, agency_name" in errors
    code, out, _ = run(
        *("load", "agencies", file, "--map", "Title=agency_name", "--map"),
        "Nr=1=agency_id",
    )
    assert code == 0
    assert "Ignored columns: 'Chief'." in out
    assert run.contents()["agencies"][-1][:2] == ("Z", "Zed")
    assert run("load", "agencies", file, "--map", "Title")[0] == 2


@pytest.mark.long
def test_rejects_are_written_to_correct_and_load_again(run, tmp_path: Path):
    file = agencies_file(tmp_path, "Z,=Zed,TX", "Y,=Wye,Mars")
    out = tmp_path / "rejects.csv"
    assert run("load", "agencies", file, "--rejects", out)[0] == 1
    text = out.read_bytes().decode("utf-8-sig")
    assert text.splitlines()[0] == "agency_id,agency_name,state,row,problems"
    assert text.splitlines()[1].startswith("Y,'=Wye,Mars,3,\"state: Not a valid state.")
    out.write_text(text.replace("Mars", "OH"))
    assert run("load", "agencies", out)[0] == 0
    assert [row[1] for row in run.contents()["agencies"]][-2:] == ["=Wye", "=Zed"]


# Names


NAMES = "Department,State\nALDER POLICE DEPT,TX\nALDER POLICE DEPT,TX\nALDR PD,TX\n"


@pytest.fixture
def names_file(tmp_path: Path) -> Path:
    file = tmp_path / "names.csv"
    file.write_text(NAMES)
    return file


def test_match_says_what_is_certain_and_proposes_the_rest(run: Commands, names_file):
    before = run.contents()
    code, out, err = run("match", names_file)
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "2 names of agencies:",
        "  name            1 name in 2 rows",
        "  proposal        1 name in 1 row",
        "ALDR PD (TX), 1 row:",
        "  0.93 A1 Alder PD: one letter differs",
    ]
    code, out, _ = run("match", names_file, "--json")
    answer = json.loads(out)
    assert answer["matched"]["name"] == {"names": 1, "rows": 2}
    assert [name["record_id"] for name in answer["names"]] == ["A1", None]
    assert run.contents() == before


@pytest.mark.long
def test_what_is_remembered_is_certain_until_it_is_forgotten(
    run: Commands, tmp_path: Path, names_file
):
    confirmed = tmp_path / "confirmed.csv"
    confirmed.write_text("name,state,agency_id\nALDR PD,TX,A1\n")
    code, out, _ = run("remember", "agencies", confirmed)
    assert (code, out) == (0, "Saved the meanings of 1 names of agencies.\n")
    assert run("match", names_file)[0] == 0
    code, out, _ = run("forget", "agencies", confirmed)
    assert (code, out) == (0, "Deleted the meanings of 1 names of agencies.\n")
    assert run("match", names_file)[0] == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "name,state,agency_id\nALDR PD,TX,A9\n",
            "the agencies have no record with that ID",
        ),
        ("name,state\nALDR PD,TX\n", "needs the column record_id, with the agency_id"),
        ("state,agency_id\nTX,A1\n", "needs the column name"),
    ],
)
def test_what_cannot_be_remembered_is_said(
    run: Commands, tmp_path: Path, text: str, said: str
):
    file = tmp_path / "confirmed.csv"
    file.write_text(text)
    code, out, err = run("remember", "agencies", file)
    assert (code, out) == (2, "")
    assert said in err


def test_headings_of_names_can_be_told(run: Commands, tmp_path: Path):
    file = tmp_path / "names.csv"
    file.write_text("Wer,Wo\nCEDAR POLICE,OH\n")
    assert run("match", file)[0] == 2
    code, out, _ = run("match", file, "--map", "Wer=name", "--map", "Wo=state")
    assert (code, out.splitlines()[1]) == (0, "  name            1 name in 1 row")
    topics = tmp_path / "topics.csv"
    topics.write_text("Topic\nMass casualty response\n")
    assert run("match", topics, "--dataset", "topics")[0] == 0


@pytest.mark.long
def test_load_takes_what_unknown_values_likely_mean(run, tmp_path: Path):
    file = tmp_path / "a.csv"
    file.write_text("agency_id,agency_name,state\nZ1,Zed,Texass\nZ2,Zed,Mars\n")
    assert run("load", "agencies", file, "--dry-run")[0] == 2
    assert run("load", "agencies", file, "--take-likely")[0] == 1
    assert [row[0] for row in run.contents()["agencies"] if row[0] > "Z"] == ["Z1"]


def test_load_tells_which_headings_were_taken_and_which_not(run, tmp_path: Path):
    file = tmp_path / "a.csv"
    file.write_text("ORI,Agency Name,State,Reason\nZ1,Zed,TX,none\n")
    _, said, _ = run("load", "agencies", file, "--dry-run")
    names = "'ORI' as agency_id, 'Agency Name' as agency_name, 'State' as state"
    assert f"Matched columns: {names}." in said
    assert "Ignored columns: 'Reason'." in said
    _, said, _ = run("load", "agencies", file, "--dry-run", "--json")
    told = json.loads(said)
    assert told["matched_columns"] == {
        "ORI": "agency_id",
        "Agency Name": "agency_name",
        "State": "state",
    }
    assert told["left_out_headings"] == ["Reason"]


@pytest.mark.long
def test_load_leaves_unlikely_values_blank_where_told_to(run, tmp_path: Path):
    file = tmp_path / "a.csv"
    file.write_text(
        "agency_id,agency_name,state,sworn_as_of_on\nZ1,Zed,TX,2142-01-01\n"
        "Z2,Zed,TX,2042-01-01\nZ3,Zed,TX,2024-01-01\n"
    )
    run("load", "agencies", file, "--unlikely-blank")
    kept = {row[0]: row[10] for row in run.contents()["agencies"] if row[0] > "Z"}
    assert {key: str(day) for key, day in kept.items()} == {
        "Z1": "None",
        "Z2": "None",
        "Z3": "2024-01-01",
    }


@pytest.mark.long
def test_load_decides_as_before_where_told_to(run, tmp_path: Path):
    file = tmp_path / "a.csv"
    file.write_text("Kennung,Name,State\nZ1,Zed,TX\n")
    assert run("load", "agencies", file)[0] == 2
    assert run("load", "agencies", file, "--as-before")[0] == 2
    assert run("load", "agencies", file, "--map", "Kennung=agency_id")[0] == 0
    file.write_text("NAME,Kennung,State\nZed,Z2,TX\n")
    assert run("load", "agencies", file)[0] == 2
    assert run("load", "agencies", file, "--as-before")[0] == 0


@pytest.mark.long
def test_what_it_writes_is_its_owners_alone(run: Commands, tmp_path: Path):
    command = [sys.executable, "-m", "cri_data", "export", str(tmp_path / "out")]
    subprocess.run(command, cwd=ROOT, check=True, umask=0o022, capture_output=True)
    files = list((tmp_path / "out").iterdir())
    assert run.path.exists()
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_store_that_was_not_there_is_said(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setenv("CRI_STORE", str(tmp_path / "cri.duckdb"))
    for said in (True, False):
        assert main(["people", "list"]) == 0
        assert ("Check that CRI_STORE is the same" in capsys.readouterr().err) is said
