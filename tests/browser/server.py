"""The dashboard as a process of its own, and waiting until a page of it stands."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(store: Path, log_path: Path | None = None, **environment: str) -> Iterator[str]:
    """Serve a store on a free port; the address. Raises RuntimeError with the log.

    `log_path` is a file to keep the log in, for who wants to read it.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log_path.open("w+b") if log_path else tempfile.TemporaryFile("w+b") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
            cwd=ROOT,
            env=os.environ
            | {"CRI_STORE": str(store), "CRI_BACKUP_DIR": f"{store}.backups"}
            | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://localhost:{port}"
            if not _answers(address, server):
                log.seek(0)
                raise RuntimeError(f"The server did not start:\n{log.read().decode()}")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    for _ in range(480):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
                if answer.status == 200:
                    return True
        except OSError:
            if server.poll() is not None:
                return False
            time.sleep(0.25)
    return False


def settled(page: Page) -> Page:
    """Wait until the script has run and everything is drawn."""
    page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_timeout(300)
    page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
    return page
