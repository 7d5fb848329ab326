"""The command line: parse, run, write, show, exit. No rule lives here, and only here is the clock asked.

Everything heavy is imported inside the commands, so that `--help` stays quick.
"""

from sanchuang_cli.cli.app import main

__all__ = ["main"]
