"""The command line: it reads the words that were typed, runs a programme, writes the results and sets the exit code.

No rule about people or money stands in this folder. It is the only folder that asks for today's date and time.
Large libraries are imported inside the commands, so that `--help` stays quick.
"""

from sanchuang_cli.cli.app import main

__all__ = ["main"]
