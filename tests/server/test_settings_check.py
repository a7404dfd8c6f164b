"""A setting that cannot be understood: said by its name, before anything rests on it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cri_data import settings
from cri_data.cli.main import main
from cri_ui.components.text import INVISIBLE
from cri_ui.server.settings_check import wrong_settings

ROOT = Path(__file__).resolve().parents[2]

NUMBERS = [each for each in settings.SETTINGS if each.default.isdecimal()]
WRONG = [
    *((each.name, "ten", each.default) for each in NUMBERS),
    ("CRI_SESSION_HOURS", "-1", "12"),
    # Nobody could sign in, or upload.
    ("CRI_SESSION_HOURS", "0", "12"),
    ("CRI_IDLE_MINUTES", "0", "60"),
    ("CRI_MAX_UPLOAD_MB", "0", "200"),
    ("CRI_IDLE_MINUTES", "1.5", "60"),
    ("CRI_KEEP_FILES_DAYS", "9" * 5000, "0"),
    ("CRI_KEEP_TRAIL_DAYS", "500001", "0"),
    ("CRI_PUBLIC_URL", "dashboard.example.org", "https://dashboard.example.org"),
    ("CRI_ADMIN", "the chief", "name@agency.gov"),
    ("CRI_FRAME_ANCESTORS", "'self'; script-src *", "https://portal.example.org"),
    ("CRI_FRAME_ANCESTORS", "https://a.example\nX: y", "https://portal.example.org"),
]


def test_what_is_there_by_default_is_right():
    assert wrong_settings() == ()


@pytest.mark.parametrize("each", NUMBERS, ids=lambda each: each.name)
@pytest.mark.parametrize("text", ["1", "500000", " 7 ", ""])
def test_a_whole_number_is_understood(each, text: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(each.name, text)
    assert each.whole_number() == int(text.strip() or each.default)
    assert wrong_settings() == ()


@pytest.mark.parametrize(("name", "value", "example"), WRONG)
def test_one_sentence_names_the_setting_its_value_and_an_example(
    name: str, value: str, example: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(name, value)
    (said,) = wrong_settings()
    assert said.startswith(f"{name} must be ")
    assert f"such as {example}; it is '{settings.shortened(value)}'." in said
    assert len(said) < 300
    assert said.isprintable()


def test_a_password_in_an_address_is_not_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRI_PUBLIC_URL", "https://me:hunter2@dashboard.example.org")
    (said,) = wrong_settings()
    assert said.endswith("it is one with an @ in it.")
    assert "hunter2" not in said


def test_the_page_is_about_the_settings_and_not_the_store(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRI_IDLE_MINUTES", "an [hour](http://x)")
    monkeypatch.setenv("CRI_SUPPRESS_BELOW", "five")
    opened = AppTest.from_file(str(ROOT / "cri_ui" / "main.py"), default_timeout=60).run()
    assert not opened.exception
    assert [title.value for title in opened.title] == ["A setting needs to be fixed"]
    said = [error.value.replace("\\", "").replace(INVISIBLE, "") for error in opened.error]
    assert said == list(wrong_settings())
    assert "\\[hour\\]" in opened.error[1].value


@pytest.mark.parametrize(
    "name", ["EDT", "America", "../UTC", "America/New_york", "localtime", "x" * 300]
)
def test_a_time_zone_has_an_iana_name(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRI_TIME_ZONE", name)
    (said,) = wrong_settings()
    assert said.startswith(
        "CRI_TIME_ZONE must be the IANA name of a time zone, such as America/New_York; "
        f"it is '{name[:70]}"
    )


def test_no_command_begins_with_half_a_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("CRI_STORE", str(tmp_path / "cri.duckdb"))
    monkeypatch.setenv("CRI_SUPPRESS_BELOW", "five")
    assert main(["demo", "--requests", "10"]) == 2
    said = capsys.readouterr()
    assert said.err == (
        "CRI_SUPPRESS_BELOW must be a whole number from 0 to 500,000, such as 5; "
        "it is 'five'.\n"
    )
    assert not (tmp_path / "cri.duckdb").exists()


@pytest.mark.long
def test_the_server_says_so_in_one_line_and_does_not_start(tmp_path: Path):
    ended = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port=0"],
        cwd=ROOT,
        env=os.environ
        | {"CRI_STORE": str(tmp_path / "cri.duckdb"), "CRI_PUBLIC_URL": "here"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.strip() == (
        "CRI_PUBLIC_URL must be an address without a path, such as "
        "https://dashboard.example.org; it is 'here'."
    )
    assert "Traceback" not in ended.stdout
    assert not (tmp_path / "cri.duckdb").exists()
