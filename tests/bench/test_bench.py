"""The benchmark runs from end to end; how fast anything is, is not tested."""

import json
from pathlib import Path

from tests.bench.command import main
from tests.bench.pages import URLS

PAGE = {"ratio", "cold_ms", "warm_ms", "queries_ms", "floor_ms", "queries"}
NAMES = {"seconds", "memory_mb", "matched", "wrong"}
LOAD = {"ratio", "seconds", "bare_seconds", "memory_mb", "bare_memory_mb", "stages"}
LOAD |= {"faulty", "meanwhile"}


def test_benchmark_measures_every_page_the_load_and_the_names(tmp_path: Path):
    result = tmp_path / "bench.json"

    few = ["--requests", "2000", "--rows", "500", "--runs", "1"]
    few += ["--names", "700", "--agencies", "100"]
    assert main([*few, "--folder", str(tmp_path), "--result", str(result)]) == 0

    measured = json.loads(result.read_text(encoding="utf-8"))
    assert set(measured["pages"]) == set(URLS)
    for page in measured["pages"].values():
        assert set(page) >= PAGE
        assert page["ratio"] > 0
    asked = {one["name"] for one in measured["pages"]["overview"]["queries"]}
    assert "requests_by_topic" in asked
    assert set(measured["load"]) >= LOAD
    assert measured["load"]["stages"]
    assert measured["load"]["faulty"]["rows"] == 5
    assert measured["load"]["meanwhile"]["alone_ms"] > 0
    assert set(measured["names"]) >= NAMES
    assert sum(measured["names"]["matched"].values()) == 700
    assert measured["names"]["wrong"] == 0
    assert {"python", "duckdb", "streamlit"} <= set(measured["versions"])


def test_a_store_of_another_size_is_refused(tmp_path: Path, capsys):
    store = tmp_path / "store.duckdb"
    few = ["--store", str(store), "--rows", "10", "--runs", "1", "--parts", "load"]
    few += ["--folder", str(tmp_path), "--result", str(tmp_path / "bench.json")]

    assert main(["--requests", "20", *few]) == 0
    assert main(["--requests", "30", *few]) == 1

    assert "holds 20 requests, not 30" in capsys.readouterr().out
