"""The server's Chromium, which draws pictures. It reaches no other host."""

import os
import shutil
import subprocess
import tempfile
import threading
from functools import cache
from pathlib import Path

_NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)
_ARGUMENTS = (
    *("--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-extensions", "--force-color-profile=srgb"),
    # No name and no number leads anywhere: all that is drawn is in the document.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # Time runs fast, and ends when nothing is left to do.
    "--virtual-time-budget=10000",
)
_SECONDS = 60

# One at a time: a picture takes a whole processor for a second or two.
_LOCK = threading.Lock()


class PictureError(RuntimeError):
    """Why there is no picture, and what to do."""


@cache
def program() -> str | None:
    """The path of Chromium; None if the server has none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def drawn(document: str, *options: str, result: str = "") -> bytes:
    """What Chromium makes of an HTML document: the file `result`, else what it prints.

    Raises PictureError if there is no Chromium, or if it takes more than a minute.
    """
    path = program()
    if path is None:
        raise PictureError("Pictures need Chromium on the server. Install it.")
    with _LOCK, tempfile.TemporaryDirectory(prefix="cri-picture-") as folder:
        page = Path(folder, "chart.html")
        page.write_text(document, encoding="utf-8")
        # As root, Chromium starts only without its sandbox. It runs our document alone.
        is_root = os.geteuid() == 0
        command = [
            *(path, *_ARGUMENTS, *(["--no-sandbox"] if is_root else [])),
            *(f"--user-data-dir={folder}/profile", *options, page.as_uri()),
        ]
        try:
            printed = subprocess.run(  # noqa: S603
                command, capture_output=True, timeout=_SECONDS, check=True, cwd=folder
            ).stdout
            return Path(folder, result).read_bytes() if result else printed
        except (subprocess.SubprocessError, OSError) as error:
            raise PictureError("Chromium could not draw the picture. Try again.") from error
