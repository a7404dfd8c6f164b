"""The long run: `python -m tests.fuzz FILES [SEED]`."""

import shutil
import sys

from tests.fuzz.run import fuzz, lines
from tests.shown.judge import check_many
from tests.support.stores import share_folder

# How many mutated files there are for a file of cells in all forms of each dataset.
_SHOWN_OF = 2_000

if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]] or [100_000]
    seed = numbers[1] if len(numbers) > 1 else 1
    print("\n".join(lines(fuzz(numbers[0], seed))))
    folder = share_folder()
    print(f"cells checked: {check_many(numbers[0] // _SHOWN_OF, seed):,}")
    if folder:
        shutil.rmtree(folder)
