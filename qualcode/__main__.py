"""``python -m qualcode``: the workbench without a screen."""

import sys

from qualcode.commands import main

if __name__ == "__main__":
    sys.exit(main())
