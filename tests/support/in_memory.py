"""Temporary files of the tests in memory, where the machine has it.

The tests make thousands of stores, and each waits for the disk to have written it. What
they show is the same in memory.
"""

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108

# What a run keeps at a time, several times over. A container often has far less.
_ENOUGH = 4 * 1024**3


def use_memory() -> None:
    """For this process and all that it starts; a folder that somebody chose stays."""
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(_MEMORY).free < _ENOUGH:
        return
    os.environ["TMPDIR"] = str(_MEMORY)
    # Python has looked already, and remembers.
    tempfile.tempdir = None
