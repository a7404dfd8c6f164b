"""What docs/security.md names is there."""

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_test_that_is_named_exists():
    named = NAMED.findall((ROOT / "docs" / "security.md").read_text())
    assert len(named) > 30
    missing = []
    for file, function in named:
        tree = ast.parse((ROOT / file).read_text())
        known = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        if function not in known:
            missing.append(f"{file}::{function}")
    assert missing == []


def test_error_details_are_for_the_log():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["toolbarMode"] == "minimal"
