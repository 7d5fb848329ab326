"""Starts the command line, for `python -m sanchuang_cli` and the command `sanchuang`, and ends its process.

It knows the command line and nothing below it.
"""

import atexit
import contextlib
import os
import sys

_ended_with: list[int] = []
_NOT_FOR_OTHERS = 0o077
"""The rights that no new file or folder gets, whatever the login lets others do: rosters and results name people. A ledger that
a group shares is given to the group by name (ledger/kept.py)."""


@atexit.register  # before any library is imported: what is registered last runs first, so this runs at the very end
def _leave() -> None:
    """End the process at once. The system takes the memory back as a whole, while Python would free millions
    of objects one by one.

    Where coverage measures the program, the process ends as usual: coverage has registered first, and so it
    writes last.
    """
    with contextlib.suppress(OSError):  # Python flushes once more at the end, and reports the error then
        sys.stdout.flush()
        sys.stderr.flush()
        if _ended_with and "coverage" not in sys.modules:
            os._exit(_ended_with[0])


def _not_of_ctrl_c(trouble: "sys.UnraisableHookArgs") -> None:
    """Say nothing of Ctrl-C that strikes while Python clears an object away: the run itself says that it was interrupted."""
    if not issubclass(trouble.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(trouble)


def main() -> None:
    """Run the command line and exit with its code."""
    sys.unraisablehook = _not_of_ctrl_c
    os.umask(_NOT_FOR_OTHERS)
    from sanchuang_cli import cli

    try:
        cli.main()
    except SystemExit as ended:
        _ended_with.append(int(ended.code or 0))
        raise


if __name__ == "__main__":
    main()
