"""The dashboard's server, noting what pages ask the store: for the cold answers.

`CRI_BENCH_ASKED` names the file that the questions are written to, pickled one after
another: name, viewer, values. At the signal USR1 every kept answer is out of date, as
after an upload, and the file begins anew.
"""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import FrameType

from streamlit.web.cli import main

from cri_data.model.roles import Viewer
from cri_data.store.store import Store, StoreInfo

ASKED = "CRI_BENCH_ASKED"


def note_questions(path: Path) -> None:
    """Write every question that the store is asked from now on to this file."""
    lock = threading.Lock()

    def noting(ask: Callable) -> Callable:
        @wraps(ask)
        def noted(store: Store, name: str, viewer: Viewer, /, **values: object) -> object:
            with lock, path.open("ab") as asked:
                pickle.dump((name, viewer, values), asked)
            return ask(store, name, viewer, **values)

        return noted

    for way in ("ask", "ask_arrow"):
        setattr(Store, way, noting(getattr(Store, way)))


def forget_at_signal(path: Path) -> None:
    """Move the data version on at each signal, which is what kept answers hang on."""
    moved = 0
    info = Store.info

    def info_moved(store: Store) -> StoreInfo:
        known = info(store)
        return replace(known, data_version=known.data_version + moved)

    def forget(number: int, frame: FrameType | None) -> None:
        nonlocal moved
        del number, frame
        # Far beyond what uploads of the bench's own could reach.
        moved += 1_000_000
        path.touch()

    Store.info = info_moved
    signal.signal(signal.SIGUSR1, forget)


if __name__ == "__main__":
    file = Path(os.environ[ASKED])
    note_questions(file)
    forget_at_signal(file)
    sys.argv = ["streamlit", "run", *sys.argv[1:]]
    main()
