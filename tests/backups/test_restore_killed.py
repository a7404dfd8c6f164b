"""A restore that is killed, or not alone: it is the one store or the other."""

import subprocess
import sys
from pathlib import Path

import pytest

from cri_data.backups.copy import BackupError
from cri_data.backups.restore import restore
from cri_data.checks.store import findings
from cri_data.store.connection import open_store
from tests.audit.test_wording import said
from tests.support.other_process import other_process
from tests.support.uploads import contents

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]

RESTORES = """
import pathlib, sys
from cri_data.backups.restore import restore
print("ready", flush=True)
input()
try:
    restore(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3])
    print("done")
except Exception as error:
    print(type(error).__name__, error)
"""


def test_two_restores_at_once_do_not_mix(store, copy, path):
    store.close()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", RESTORES, copy, path, f"restorer {number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for number in range(3)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.communicate()[0].strip() for process in processes]
    done = answers.count("done")
    assert done >= 1
    others = [one for one in answers if one != "done"]
    assert all(one.startswith("BackupError Another restore of") for one in others), answers
    after = open_store(path)
    # Each that says so is in the trail, one after the other.
    actions = [action for _, action, _ in said(after)]
    assert actions.count("restored") == done
    assert findings(after) == []
    after.close()
    assert len(list(path.parent.glob("*.before-*"))) == done
    assert not list(path.parent.glob(".*.part*"))


def test_no_dashboard_starts_while_a_restore_is_at_work(store, copy, path):
    store.close()
    held = "import pathlib, sys; from cri_data.backups.restore import _alone_with\n"
    held += (
        "with _alone_with(pathlib.Path(sys.argv[1])): print('held', flush=True); input()"
    )
    with other_process("held", "-c", held, path):
        with pytest.raises(BackupError, match="Another restore of"):
            restore(copy, path, "a test")
        done = subprocess.run(
            [sys.executable, "-m", "cri_data", "check"],
            cwd=ROOT,
            env={"CRI_STORE": str(path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "open in another process" in done.stderr
    assert not list(path.parent.glob("*.before-*"))


# Loads one more agency and dies: what it wrote is in the log of the store alone.
DIES = """
import os, pathlib, sys
from cri_data.store.connection import open_store
from tests.support.uploads import AGENCIES, loaded
store = open_store(pathlib.Path(sys.argv[1]))
loaded(store, "agencies", AGENCIES + "A9,Late,TX\\n")
os._exit(9)
"""

# Restores, and dies at one step of it: before, or after.
DIES_RESTORING = """
import os, pathlib, sys
from cri_data.backups.restore import restore
owner = {"os": os, "Path": pathlib.Path}[sys.argv[3]]
step = getattr(owner, sys.argv[4])
def dies(*args, **named):
    if sys.argv[5] == "after":
        step(*args, **named)
    os._exit(9)
setattr(owner, sys.argv[4], dies)
restore(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), "a test")
"""


def run(code: str, *arguments: object) -> int:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


@pytest.mark.parametrize(
    ("owner", "step", "moment"),
    [
        *(("os", "link", "before"), ("os", "link", "after")),
        *(("Path", "replace", "before"), ("Path", "replace", "after")),
    ],
)
def test_killed_at_any_step_of_a_restore_it_is_the_one_store_or_the_other(
    store, copy, path, owner, step, moment
):
    """Of a dashboard that was killed too, and left a log beside its store."""
    store.close()
    assert run(DIES, path) == 9
    assert path.with_name("cri.duckdb.wal").exists()
    assert run(DIES_RESTORING, copy, path, owner, step, moment) == 9
    after = open_store(path)
    agencies = [row[0] for row in contents(after)["agencies"]]
    is_restored = (step, moment) == ("replace", "after")
    assert agencies == (["A1"] if is_restored else ["A1", "A9"])
    assert findings(after) == []
    after.close()
    for aside in path.parent.glob("*.before-*Z"):
        before = open_store(aside)
        assert "A9" in [row[0] for row in contents(before)["agencies"]]
        before.close()
    # And once more, to the end.
    done = restore(copy, path, "a test")
    after = open_store(path)
    assert [row[0] for row in contents(after)["agencies"]] == ["A1"]
    assert findings(after) == []
    after.close()
    assert done.put_aside.exists()
