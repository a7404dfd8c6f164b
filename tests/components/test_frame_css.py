"""The style sheet of every page: a missing brace would undo what stands below it."""

import re
from pathlib import Path

FRAME = Path(__file__).resolve().parents[2] / "static" / "frame.css"


def test_every_block_is_closed_before_the_next_comment_at_the_margin():
    text = FRAME.read_text("utf-8")
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        # A comment at the margin is about a new part of the sheet.
        assert depth == 0 or not line.startswith("/*"), f"line {number}"
        bare = re.sub(r"/\*.*?\*/", "", line)
        depth += bare.count("{") - bare.count("}")
        assert depth >= 0, f"line {number}"
    assert depth == 0
