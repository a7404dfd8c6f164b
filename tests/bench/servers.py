"""Servers to measure: the dashboard and the bare page, each a process of its own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BARE_PAGE = Path(__file__).resolve().parent / "bare_page.py"

_TICKS = os.sysconf("SC_CLK_TCK")

# Seconds that a server has to start in: it opens, or upgrades, a large store.
_PATIENCE = 300


@dataclass(frozen=True)
class Server:
    """A running server: its address, such as "http://localhost:8502", and process.

    What it takes is read from /proc, so on Linux only.
    """

    address: str
    process_id: int

    def processor_seconds(self) -> float:
        """What its process has had of the processors, all threads together."""
        stat = Path(f"/proc/{self.process_id}/stat").read_text(encoding="utf-8")
        # The name, in parentheses, may hold spaces. Fields 14 and 15: user, system.
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory_mb(self) -> float:
        """Its resident memory now, in megabytes."""
        status = Path(f"/proc/{self.process_id}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6


@contextmanager
def dashboard(store: Path) -> Iterator[Server]:
    """The dashboard on this store, started as `make run` starts it."""
    environment = {"CRI_STORE": str(store), "CRI_BACKUP_DIR": f"{store}.backups"}
    with _served(["app.py"], ROOT, environment) as server:
        yield server


@contextmanager
def noted_dashboard(store: Path, asked: Path) -> Iterator[Server]:
    """The dashboard, which writes what its pages ask the store to a file."""
    environment = {"CRI_STORE": str(store), "CRI_BACKUP_DIR": f"{store}.backups"}
    environment |= {"CRI_BENCH_ASKED": str(asked), "PYTHONPATH": str(ROOT)}
    with _served(["app.py"], ROOT, environment, "tests.bench.recorder") as server:
        yield server


@contextmanager
def bare_page(script: Path = BARE_PAGE) -> Iterator[Server]:
    """A script with Streamlit's own defaults: none of our configuration is read."""
    quiet = ["--server.headless=true", "--browser.gatherUsageStats=false"]
    with (
        tempfile.TemporaryDirectory() as elsewhere,
        _served([str(script), *quiet], Path(elsewhere), {}) as server,
    ):
        yield server


@contextmanager
def _served(
    arguments: list[str],
    folder: Path,
    environment: dict[str, str],
    module: str = "",
) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    way = [module] if module else ["streamlit", "run"]
    command = [sys.executable, "-m", *way, *arguments]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    with tempfile.TemporaryFile("w+b") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://localhost:{port}"
            if not _answers(address, process):
                log.seek(0)
                raise RuntimeError(f"The server did not start:\n{log.read().decode()}")
            yield Server(address, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _answers(address: str, process: subprocess.Popen[bytes]) -> bool:
    begun = time.monotonic()
    while time.monotonic() - begun < _PATIENCE and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
                if answer.status == 200:
                    return True
        except OSError:
            time.sleep(0.1)
    return False
