"""Servers as processes of their own: started, waited for, and ended with their test."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEALTH = "/_stcore/health"

# Seconds that a server has to start in, on a machine that has much else to do.
_PATIENCE = 120


def free_ports(count: int) -> list[int]:
    """So many ports of this computer that nothing listens on."""
    with ExitStack() as held:
        taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
        for one in taken:
            held.enter_context(one)
        return [one.getsockname()[1] for one in taken]


@contextmanager
def started(
    command: list[str],
    port: int,
    path: str | None = HEALTH,
    log_path: Path | None = None,
    **environment: str,
) -> Iterator[None]:
    """Start a process and wait until it answers a path, or, with None, listens at all.

    Raises RuntimeError with what it wrote, which `log_path` keeps for a test to read.
    """
    with log_path.open("w+b") if log_path else tempfile.TemporaryFile("w+b") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            begun = time.monotonic()
            while not (_answers(port, path) if path else _listens(port)):
                if process.poll() is not None or time.monotonic() - begun > _PATIENCE:
                    log.seek(0)
                    written = log.read().decode(errors="replace")
                    raise RuntimeError(f"{command} did not start:\n{written}")
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


@contextmanager
def streamlit(
    *arguments: str,
    script: Path | str = "app.py",
    log_path: Path | None = None,
    **environment: str,
) -> Iterator[int]:
    """Serve a script as `make run` serves the dashboard, on a free port; the port."""
    (port,) = free_ports(1)
    run = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    with started([*run, *arguments], port, log_path=log_path, **environment):
        yield port


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _answers(port: int, path: str) -> bool:
    try:
        urllib.request.urlopen(f"http://localhost:{port}{path}").close()
    except urllib.error.HTTPError as error:
        # A refusal is an answer, too.
        error.close()
    except OSError:
        return False
    return True
