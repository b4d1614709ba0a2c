"""Runs a Python module as a program that dies with its parent: `python -P leash.py MODULE [ARGUMENT...]`.

The parent holds the other end of standard input; when that closes, even by kill -9, this process ends at once.
"""

import os
import runpy
import sys
import threading


def main() -> None:
    """Run the module named by the first argument with the rest as its arguments."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    module = sys.argv[1]
    sys.argv = sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _end_with_parent() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
