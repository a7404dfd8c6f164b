"""The wait for a picture is measured in a real Chromium, on the tiny page."""

import os

import pytest

from tests.bench import pictures, servers
from tests.bench.test_viewer import TINY
from tests.browser.chromium import chromium


@pytest.mark.long
@pytest.mark.browser
def test_a_filter_found_by_its_label_is_waited_for(monkeypatch):
    # A tiny page has no second picture that would still come.
    monkeypatch.setattr(pictures, "_QUIET", 0.4)
    if chromium() is None:
        assert not os.environ.get("CI"), "No Chromium here."
        pytest.skip("No Chromium here, and none could be installed.")
    with servers.bare_page(TINY) as server:
        waits = pictures.measure(server.address, "Regions", ("North", "South"))

    assert set(waits) == {"open_ms", "filter_ms", "filter_again_ms", "filter_max_ms"}
    assert all(wait > 0 for wait in waits.values())
