"""Load file after file and say each that is in, until killed: for kill_loop.py."""

import sys
from pathlib import Path

from cri_data.store.connection import open_store
from tests.support.uploads import AGENCIES, REQUESTS, loaded

ROWS = 300


def dataset(number: int) -> str:
    """Agencies and requests take turns."""
    return "agencies" if number % 2 else "requests"


def text(number: int) -> str:
    """The file of that number: requests come from the agencies right before them."""
    if number % 2:
        return AGENCIES + "".join(f"F{number}-{n},Zed {n},TX\n" for n in range(ROWS))
    return REQUESTS + "".join(
        f"F{number}-{n},F{number - 1}-{n},2024-01-01,training\n" for n in range(ROWS)
    )


def load_forever(path: Path) -> None:
    """Load from where the store left off; one line for each upload that is in."""
    store = open_store(path)
    number = store.rows("upload/next_upload_id")[0][0].removeprefix("U-")
    print("ready", flush=True)
    for following in range(int(number), sys.maxsize):
        loading = loaded(store, dataset(following), text(following))
        print(loading.upload_id, flush=True)


if __name__ == "__main__":
    load_forever(Path(sys.argv[1]))
