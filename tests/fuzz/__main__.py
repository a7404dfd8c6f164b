"""The long run: `python -m tests.fuzz FILES [SEED]`."""

import sys

from tests.fuzz.run import fuzz, lines

if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]] or [100_000]
    print("\n".join(lines(fuzz(numbers[0], numbers[1] if len(numbers) > 1 else 1))))
