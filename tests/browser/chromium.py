"""Which Chromium the browser tests, the bench, and the pictures drive."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# The same engine without the windows around it, which a test never looks at.
_SHELL = "chromium-headless-shell"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No way out: no name and no number but this computer's leads anywhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    # Maps are WebGL: drawn by software where there is no graphics card; all else
    # needs none.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-gpu-compositing",
]


def chromium() -> Path | None:
    """The system's Chromium; installed where the machine lets us; else None."""
    with (Path(tempfile.gettempdir()) / "cri-install-chromium.lock").open("w") as lock:
        # Of two processes that test side by side, one installs and the other waits.
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _installed() or (_install() and _installed()) or None


def headless_shell() -> Path | None:
    """Chromium without windows where there is one, which takes less time; else Chromium."""
    found = shutil.which(_SHELL)
    return Path(found) if found else chromium()


def _installed() -> Path | None:
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else None


def _install() -> bool:
    may_install = sys.platform == "linux" and os.geteuid() == 0
    if not may_install or shutil.which("apt-get") is None:
        return False
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    for command in (
        ["apt-get", "update"],
        ["apt-get", "install", "-y", "chromium", "fonts-liberation"],
    ):
        if subprocess.run(command, timeout=600, check=False, **quiet).returncode:
            return False
    return True
