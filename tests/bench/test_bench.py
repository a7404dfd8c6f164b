"""The benchmark runs from end to end; how fast anything is, is not tested."""

import json
from pathlib import Path

import pytest

from tests.bench import stores
from tests.bench.command import main

pytestmark = pytest.mark.server

NAMES = {"seconds", "memory_mb", "matched", "wrong"}
LOAD = {"ratio", "seconds", "bare_seconds", "memory_mb", "bare_memory_mb", "stages"}
LOAD |= {"faulty", "meanwhile"}
CROWD = {"p50_ms", "p95_ms", "max_ms", "reruns_per_second", "processor_ms_per_rerun"}
CROWD |= {"bytes_per_rerun", "memory_per_viewer_mb", "viewers_processor_ms_per_rerun"}


def measured(only: str, kept: Path, tmp_path: Path, *options: str) -> dict:
    result = tmp_path / "bench.json"
    few = ["--only", only, "--requests", "200", "--runs", "1", "--stores", str(kept)]
    assert main([*few, *options, "--result", str(result)]) == 0
    return json.loads(result.read_text(encoding="utf-8"))


def test_the_load_test_measures_a_crowd_on_a_page(kept: Path, tmp_path: Path):
    options = ["--viewers", "2", "--seconds", "3", "--pages", "demand"]
    found = measured("load-test", kept, tmp_path, *options)

    for crowd in (
        found["load_test"]["requests"]["200"]["demand"]["2"],
        found["load_test"]["bare_page"]["2"],
    ):
        assert set(crowd) >= CROWD
        assert crowd["reruns"] > 0
        assert crowd["errors"] == 0
        assert crowd["bytes_per_rerun"] > 1000
    whats = [target["what"] for target in found["targets"]]
    assert "demand, 200 requests: processor to the bare page's" in whats
    assert {"python", "duckdb", "streamlit"} <= set(found["versions"])


def test_load_and_names_are_measured(kept: Path, tmp_path: Path):
    options = ["--rows", "500", "--names", "700", "--agencies", "100"]
    found = measured("load,names", kept, tmp_path, *options)

    assert set(found["load"]) >= LOAD
    assert found["load"]["stages"]
    assert found["load"]["faulty"]["rows"] == 5
    assert found["load"]["meanwhile"]["alone_ms"] > 0
    assert set(found["names"]) >= NAMES
    assert sum(found["names"]["matched"].values()) == 700
    assert found["names"]["wrong"] == 0


def test_a_store_is_made_once_and_served_as_a_copy(kept: Path, tmp_path: Path):
    store = stores.filled(kept, 200)
    inode = store.stat().st_ino
    assert stores.filled(kept, 200) == store
    assert store.stat().st_ino == inode
    copy = stores.copied(store, tmp_path)
    assert copy.read_bytes() == store.read_bytes()
    assert stores.scripts_hash() in store.name


def test_a_page_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["--pages", "nowhere"])
    assert "'nowhere' is none of" in capsys.readouterr().err
