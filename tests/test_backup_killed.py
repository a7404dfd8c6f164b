"""A backup that is killed: nothing half under its name."""

import subprocess
import sys
import time
from pathlib import Path

from cri_data.integrity import findings
from cri_data.store import open_store
from tests.test_backup import fill
from tests.uploads import contents

ROOT = Path(__file__).resolve().parent.parent


def test_a_kill_leaves_no_half_backup_under_its_name(tmp_path):
    path = tmp_path / "store" / "cri.duckdb"
    store = open_store(path)
    fill(store)
    store.close()
    folder = tmp_path / "backups"
    for moment in (0.0, 0.05, 0.2, 0.5):
        for copy in folder.glob("*.duckdb"):
            copy.unlink()
        with subprocess.Popen(
            [sys.executable, "-m", "tests.back_up_forever", str(path), str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ) as process:
            assert process.stdout.readline() == "ready\n"
            time.sleep(moment)
            process.kill()
            said = process.stdout.read().split()
        made = {copy.name for copy in folder.glob("*.duckdb")}
        assert set(said) <= made
        for name in made:
            copy = open_store(folder / name)
            assert findings(copy) == []
            assert len(contents(copy)["agencies"]) == 2
            copy.close()
