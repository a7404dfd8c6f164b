"""The dashboard for a browser to visit, and waiting until a page of it stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from playwright.sync_api import Page

from tests.support.servers import streamlit


@contextmanager
def served(store: Path, log_path: Path | None = None, **environment: str) -> Iterator[str]:
    """Serve a store, with its backups beside it; the address."""
    own = {"CRI_STORE": str(store), "CRI_BACKUP_DIR": f"{store}.backups"}
    with streamlit(log_path=log_path, **own | environment) as port:
        yield f"http://localhost:{port}"


# No script runs, in so many frames one after the other: what was just clicked has had
# the time to start one, and a busy machine, where all takes longer, has longer frames.
_RESTS = """asked => {
    if (window.asked !== asked) [window.asked, window.frames_at_rest] = [asked, 0];
    const app = document.querySelector('[data-test-script-state]');
    const rests = app?.dataset.testScriptState === 'notRunning';
    window.frames_at_rest = rests ? window.frames_at_rest + 1 : 0;
    return window.frames_at_rest > 18;
}"""
_asked = count()


def settled(page: Page) -> Page:
    """Wait until the script has run and everything is drawn."""
    page.wait_for_function(_RESTS, arg=next(_asked), timeout=60_000, polling="raf")
    return page
