"""`load` of outcomes in other shapes: what it says, its options, and its exit codes."""

import json
from pathlib import Path

import pytest

LONG = (
    "engagement_id,metric_id,Wave,Value\nE3,complaints,Pre,3\nE3,complaints,Post,4\n"
    "E3,days-lost,midpoint,5\nE3,tactics-test,Post,\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "o.csv"
    path.write_text(LONG, "utf-8")
    return path


@pytest.mark.long
@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ([], 1, "4 rows in the file: 2 read, 1 rejected in whole or in part, 1 left out."),
        (["--wave", "midpoint=followup"], 0, "4 rows became 2 outcomes."),
        (["--as-rows"], 2, "needs the column outcome_id"),
        (["--wave", "midpoint=later"], 2, "word=baseline|followup"),
    ],
)
def test_options_about_a_shape(run, file: Path, options: list[str], code: int, said: str):
    got, out, errors = run("load", *options, "outcomes", file)
    assert got == code
    assert said in out + errors


def test_the_account_and_the_rejected_rows_are_those_of_the_file(run, file: Path):
    rejects = file.parent / "rejects.csv"
    code, out, _ = run("load", "--json", "--rejects", rejects, "outcomes", file)
    done = json.loads(out)
    assert code == 1
    left_out = sum(part["rows"] for part in done["left_out"])
    read = sum(block["rows"] for block in done["blocks"])
    assert done["rows_in_file"] == 4 == read + left_out
    assert (done["rows"], done["inserted"], done["rejected"]) == (2, 1, 1)
    assert done["rejected_rows"] == 1
    assert [problem["row"] for problem in done["problems"]] == [4]
    assert "E3,days-lost,midpoint,5,4," in rejects.read_text("utf-8-sig")
