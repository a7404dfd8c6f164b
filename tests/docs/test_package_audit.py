"""What is said of the pinned packages."""

import json

from tests.support.package_audit import verdict


def answered(*weaknesses: dict) -> str:
    package = {"name": "duckdb", "version": "1.0", "vulns": list(weaknesses)}
    return json.dumps({"dependencies": [package], "fixes": []})


def test_no_known_weakness_is_said():
    assert verdict(answered(), "") == (0, "No known weakness in 1 pinned packages.")


def test_a_weakness_ends_with_an_error():
    status, said = verdict(answered({"id": "CVE-1", "fix_versions": ["1.1"]}), "")
    assert (status, said) == (1, "duckdb 1.0: CVE-1, put right in 1.1")


def test_no_answer_is_said_loudly_and_fails_nothing():
    status, said = verdict("", "trace\nConnectionError: no route")
    assert status == 0
    assert "NOT AUDITED: ConnectionError: no route" in said


def test_a_package_that_was_skipped_is_not_called_clean():
    answer = '{"dependencies": [{"name": "duckdb", "skip_reason": "not found"}]}'
    status, said = verdict(answer, "")
    assert status == 0
    assert "NOT AUDITED: no answer about duckdb" in said
