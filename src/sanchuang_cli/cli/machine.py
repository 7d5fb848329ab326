"""Collects facts about this machine for `doctor`: fonts, encoding, clock and installed libraries. It judges nothing."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import metadata

_OWN = "sanchuang-cli"
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)[^;]*?>=(?P<least>[\d.]+)")
_PATIENCE = 20
"""Seconds for listing the fonts."""


@dataclass(frozen=True)
class Machine:
    """The facts. fonts: names of font families, None where they cannot be listed. lacking: libraries that are missing or
    too old. encoding: of standard output. names: the encoding of file names. offset: of the time zone from Greenwich."""

    version: str
    python: str
    lacking: tuple[str, ...]
    fonts: frozenset[str] | None
    encoding: str
    names: str
    now: datetime
    offset: timedelta


def this_machine() -> Machine:
    """The facts about the machine on which this runs, now."""
    now = datetime.now()
    return Machine(
        version=metadata.version(_OWN),
        python=sys.version.partition(" ")[0],
        lacking=tuple(_lacking()),
        fonts=_fonts(),
        encoding=sys.stdout.encoding or "ascii",
        names=sys.getfilesystemencoding(),
        now=now,
        offset=now.astimezone().utcoffset() or timedelta(0),
    )


def _lacking() -> Iterator[str]:
    """Libraries that this version needs and that are missing or too old, in words."""
    for line in metadata.requires(_OWN) or ():
        needed = _REQUIREMENT.match(line)
        if needed is None or "extra ==" in line:
            continue
        name, least = needed["name"], needed["least"]
        try:
            there = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield f"没有 {name}"
            continue
        if _numbers(there) < _numbers(least):
            yield f"{name} {there}，要 {least} 以上"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:4])


if sys.platform == "win32":
    import winreg

    _WHERE = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"

    def _fonts() -> frozenset[str] | None:
        """The families that the Windows registry names, without the kind of font file."""
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _WHERE) as key:
            entries = [winreg.EnumValue(key, i)[0] for i in range(winreg.QueryInfoKey(key)[1])]
        return frozenset(name.strip() for entry in entries for name in entry.partition("(")[0].split("&"))

else:

    def _fonts() -> frozenset[str] | None:
        """The families that fontconfig lists."""
        program = shutil.which("fc-list")
        if program is None:
            return None
        try:
            listing = subprocess.run(  # noqa: S603 - a program of the system, with words of our own
                [program, ":", "family"], capture_output=True, check=True, timeout=_PATIENCE
            ).stdout
        except (OSError, subprocess.SubprocessError):
            return None
        lines = listing.decode("utf-8", "replace").splitlines()
        return frozenset(name.strip() for line in lines for name in line.split(","))
