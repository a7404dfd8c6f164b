"""The server's log: one form, UTC, and no entry that poses as another."""

import logging
import re
import sys
import time
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from cri_ui.server.log_format import Entry
from cri_ui.server.refusal_log import LogRefusals
from cri_ui.session.rate_limit import Allowance
from tests.server.test_hardening import asked, running, session_of, upgraded
from tests.server.test_local_only import answer
from tests.session.test_denials import finished

ENTRY = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z (DEBUG|INFO|WARNING|ERROR) [\w.]+ "
)
FORGED = "2030-01-01 00:00:00.000Z ERROR cri_ui forged"
FORM = logging.Formatter("%(levelname)s %(message)s")


def entry(text: str, *args: object, exc_info: object = None) -> Entry:
    return Entry("cri_ui", logging.ERROR, "x.py", 1, text, args, exc_info)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\x1b[2K"])
def test_a_hostile_name_makes_no_second_line(end: str):
    for made in (
        entry("cannot read %s", f"a{end}{FORGED}.csv"),
        entry(f"cannot read a{end}{FORGED}.csv"),
    ):
        text = FORM.format(made)
        assert text.isprintable()
        assert text.startswith("ERROR cannot read a\\")


def test_a_traceback_is_set_apart_line_by_line():
    try:
        raise ValueError(f"no such file: a\r\n{FORGED}.csv")
    except ValueError:
        text = FORM.format(entry("failed", exc_info=sys.exc_info()))
    first, *others = text.splitlines()
    assert first == "ERROR failed"
    assert len(others) > 3
    assert all(line.startswith("    | ") for line in others)


@pytest.mark.server
def test_the_log_of_the_real_server_is_of_one_form(tmp_path: Path):
    log = tmp_path / "log"
    settings = {
        "CRI_STORE": str(tmp_path / "cri.duckdb"),
        "CRI_DEMO": "0",
        "TZ": "Asia/Tokyo",
    }
    began = time.time()
    with running("app.py", log, **settings) as port:
        for _ in range(3):
            upgraded(port, f"localhost:{port}", "http://evil.example")
            asked(port, "GET", "/overview?secret=1", Host="evil.example")
        with session_of(port) as (_, page):
            finished(page)
    lines = log.read_text().splitlines()
    # Before: what is said to whom started it.
    start = next(n for n, line in enumerate(lines) if "The dashboard: http" in line) + 1
    lines = [line for line in lines[start:] if line.strip()]
    assert len(lines) > 5
    assert [line for line in lines if not ENTRY.match(line)] == []
    hour = time.strftime("%Y-%m-%d %H", time.gmtime(began))
    assert lines[0].startswith(hour) or time.gmtime(began).tm_min == 59
    refused = [line for line in lines if "refused with" in line]
    assert [line.rpartition(" WARNING ")[2] for line in refused] == [
        "cri_ui.server.refusal_log websocket refused with 1008: 127.0.0.1",
        "cri_ui.server.refusal_log http refused with 403: 127.0.0.1",
    ]


@pytest.mark.server
def test_a_page_that_fails_cannot_forge_an_entry(tmp_path: Path):
    page, script, log = tmp_path / "failing.py", tmp_path / "server.py", tmp_path / "log"
    page.write_text(f"raise ValueError('a\\r\\n{FORGED}')\n")
    script.write_text(
        "import streamlit as st\nfrom cri_ui.server import log_format\nlog_format.begin()\n"
        f"app = st.App({str(page)!r})\n"
    )
    root = str(Path(__file__).resolve().parents[2])
    with running(str(script), log, PYTHONPATH=root) as port, session_of(port) as (_, talk):
        finished(talk)
    text = log.read_text()
    assert "Uncaught app execution" in text
    lines = [line for line in text.splitlines() if FORGED in line]
    assert lines
    assert all(line.startswith("    | ") for line in lines)


@pytest.mark.parametrize(("status", "is_told"), [(200, 0), (404, 0), (403, 1), (429, 1)])
def test_a_refusal_is_logged_once_an_hour(status: int, is_told: int, caplog):
    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await send({"type": "http.response.start", "status": status, "headers": []})

    app = LogRefusals(page, Allowance())
    for _ in range(3):
        answer(app, "/secret-path")
    records = [record for record in caplog.records if "refusal_log" in record.name]
    assert len(records) == is_told
    assert "secret-path" not in caplog.text
