"""The command line: `python -m kanal`, or `kanal` where the package is installed."""

import sys

from kanal.ground.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
