"""A process killed while it loads: what it said is in is in, whole, and no half more."""

from pathlib import Path

import pytest

from tests.support.kill_loop import uploads_that_survived

pytestmark = pytest.mark.slow


def test_what_was_acknowledged_is_there_whole_after_a_kill(tmp_path: Path) -> None:
    assert min(uploads_that_survived(tmp_path, rounds=5)) >= 2
