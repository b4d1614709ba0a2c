"""`python -m tracker` is the command line too."""

from tracker.cli.main import run

run()
