"""Start the command line: python -m cri_data."""

import sys

from cri_data.command_line import main

if __name__ == "__main__":
    sys.exit(main())
