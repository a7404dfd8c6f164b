"""Start the command line: python -m cri_data."""

import os
import sys

from cri_data.cli.main import main

if __name__ == "__main__":
    # What it writes holds rows of the store: it is its owner's alone.
    os.umask(0o077)
    sys.exit(main())
