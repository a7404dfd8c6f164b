"""docs/security.md: its tests and files exist, and its numbers and counts are right."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

from cri_data import settings
from cri_data.reading import workbook
from cri_ui.server import upload_limits
from cri_ui.views.upload import upload

ROOT = Path(__file__).resolve().parents[2]
LIST = (ROOT / "docs" / "security.md").read_text()
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)

# ASVS 5.0.0: how many requirements of level 1 or 2 each section has. They come
# first in every section, those of level 3 after them.
SECTIONS = {
    **{"3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2},
    **{"4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4},
    **{"5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3},
    **{"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2},
    **{"8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1},
    **{"10.1": 2, "10.2": 2, "10.5": 5},
    **{"12.1": 3, "12.2": 2, "12.3": 4},
    **{"13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5},
    **{"14.1": 2, "14.2": 4, "14.3": 3},
    **{"15.1": 3, "15.2": 3, "15.3": 7},
    **{"16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3},
}


def rows() -> list[tuple[str, str, str]]:
    """Number, where it is met or why not, and what shows it, of every row."""
    return [(number, how, shown) for number, _, how, shown in ROW.findall(LIST)]


def kind_of(how: str) -> str:
    if how.startswith("Not met: "):
        return "are not met"
    return "do not apply" if how.startswith("Does not apply: ") else "are met"


def test_every_test_that_is_named_exists():
    named = NAMED.findall(LIST)
    assert len(named) > 30
    known = {file: functions_of(file) for file in {file for file, _ in named}}
    assert [one for one in named if one[1] not in known[one[0]]] == []


def functions_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_number_of_a_whole_section_is_there_once():
    numbers = Counter(number for number, _, _ in rows())
    assert [number for number, times in numbers.items() if times > 1] == []
    expected = {
        f"{name}.{one + 1}" for name, most in SECTIONS.items() for one in range(most)
    }
    assert len(expected) == 132
    listed = {number for number in numbers if number.rpartition(".")[0] in SECTIONS}
    assert listed == expected


def test_the_rows_of_a_chapter_are_in_it_and_in_order():
    for chapter in LIST.split("\n## V")[1:]:
        found = [number.split(".") for number, *_ in ROW.findall(chapter.split("\n## ")[0])]
        assert {number[0] for number in found} == {chapter.split(" ", 1)[0]}
        assert found == sorted(found, key=lambda number: [int(part) for part in number])


def test_the_counts_are_those_of_the_tables():
    counted = Counter(kind_of(how) for _, how, _ in rows())
    assert re.search(r"Of (\d+) requirements", LIST)[1] == str(counted.total())
    for kind, number in counted.items():
        assert f"{number} {kind}" in LIST


def test_what_is_met_is_shown_and_what_is_not_says_why():
    for number, how, shown in rows():
        if kind_of(how) == "are met":
            assert NAMED.search(shown) or shown == "by its library; not tested here", number
        else:
            assert len(how.split()) > 5, number


def test_files_of_ours_that_are_named_exist():
    named = set(re.findall(r"`((?:cri_data|cri_ui|docs|queries)/[\w/.]+)`", LIST))
    assert len(named) > 15
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_the_limits_of_files_are_those_that_hold():
    said = dict(re.findall(r"^\| ([\w ]+) \| (.+) \|$", LIST, re.MULTILINE))
    assert f"{settings.MAX_UPLOAD_MB.default} MB" in said["largest"]
    assert workbook._LARGEST_MB_AS == upload_limits._PEOPLE_BEHIND_AN_ADDRESS == 10
    assert "ten times" in said["unpacked"]
    assert "ten times" in said["how many"]
    assert f"{workbook._MOST_SHRUNK} times its own size" in said["unpacked"]
    assert f"{workbook._MOST_PARTS:,} parts" in said["unpacked"]
    an_hour = settings.UPLOADS_PER_HOUR.default
    assert f"{an_hour} previewed and {an_hour} committed" in said["how many"]
    assert re.findall(r"\.(\w+)\b", said["endings"]) == list(upload.ENDINGS)
    assert f"{settings.IDLE_MINUTES.default} minutes" in said["without a click"]
    assert f"{settings.SESSION_HOURS.default} hours" in said["in all"]


def test_error_details_are_for_the_log():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["toolbarMode"] == "minimal"
    assert "developmentMode" not in config.get("global", {})
