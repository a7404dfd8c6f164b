"""The dashboard's server, noting what pages ask the store: for the cold answers.

`CRI_BENCH_ASKED` names the file that the questions are written to, pickled one after
another: name, viewer, values.
"""

import os
import pickle
import sys
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from streamlit.web.cli import main

from cri_data.model.roles import Viewer
from cri_data.store.store import Store

ASKED = "CRI_BENCH_ASKED"


def note_questions(path: Path) -> None:
    """Write every question that the store is asked from now on to this file."""
    lock = threading.Lock()

    def noting(ask: Callable) -> Callable:
        @wraps(ask)
        def noted(store: Store, name: str, viewer: Viewer, **values: object) -> object:
            with lock, path.open("ab") as asked:
                pickle.dump((name, viewer, values), asked)
            return ask(store, name, viewer, **values)

        return noted

    for way in ("ask", "ask_arrow"):
        setattr(Store, way, noting(getattr(Store, way)))


if __name__ == "__main__":
    note_questions(Path(os.environ[ASKED]))
    sys.argv = ["streamlit", "run", *sys.argv[1:]]
    main()
