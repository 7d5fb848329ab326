"""Blocks of figures on the pages of docs/: `python -m tools.blocks` names those that were measured on older code than this.

A block stands between its marks. Its first line says which command made it, on which day, on which commit of the package and
on which machine. `make verify` ends with the list.
"""

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).resolve().parents[1] / "docs"
QUALITY = DOCS / "quality.md"
_BLOCK = re.compile(r"^<!-- (?P<name>[\w-]+) -->\n(?P<words>.*?)^<!-- end of (?P=name) -->$", re.M | re.S)
_COMMIT = re.compile(r"\bcommit ([0-9a-f]{7,40}\+?),")


class Block(NamedTuple):
    """Figures between two marks. commit: on which they were made, with a + if files were changed since; "" if it is not said."""

    page: Path
    name: str
    commit: str


def put_down(block: str, command: str, words: str, page: Path = QUALITY, commit: str = "") -> None:
    """Writes the figures between the block's marks. What stands around them is written by hand. commit: the oldest on which some of
    them were made, where that is not the present one."""
    text = page.read_text("utf-8")
    begin, end = f"<!-- {block} -->\n", f"<!-- end of {block} -->"
    before, mark, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    assert mark and closed, f"{page} lacks the marks of {block}"
    first = f"`{command}`, {date.today().isoformat()}, commit {commit or source()}, {machine()}:"
    page.write_text(f"{before}{begin}{first}\n\n{words.strip()}\n{end}{after}", "utf-8")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of figures: the first column is words, the others are numbers."""
    lines = [headings, ["---", *("--:" for _ in headings[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def source() -> str:
    """The last commit that changed the package, with a + if its files were changed since."""
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", "src")
    return _git("log", "-1", "--format=%h", "--abbrev=8", "--", "src") + ("+" if changed else "")


def machine() -> str:
    """The processor, how many cores it has, the system and the Python."""
    names = re.findall(r"model name\s*: (.*)", _read("/proc/cpuinfo"))
    model = names[0] if names else "an unnamed processor"
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def blocks() -> Iterator[Block]:
    """Every block of every page of docs/."""
    for page in sorted(DOCS.rglob("*.md")):
        for found in _BLOCK.finditer(page.read_text("utf-8")):
            said = _COMMIT.search(found["words"].partition("\n")[0])
            yield Block(page, found["name"], said[1] if said else "")


def old() -> Iterator[str]:
    """A line for each block that was made on another state of the package than the present one."""
    present = source()
    for block in blocks():
        if block.commit != present:
            yield f"{block.page.relative_to(DOCS.parent)}, {block.name}: {_age(block.commit)}"


def _age(commit: str) -> str:
    if not commit:
        return "names no commit"
    since = _git("rev-list", "--count", f"{commit.rstrip('+')}..HEAD", "--", "src")
    return (
        f"of {commit}, {since} changes of the package ago"
        if since
        else f"of {commit}, which is not in the history"
    )


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=DOCS.parent, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _read(path: str) -> str:
    return Path(path).read_text("utf-8") if Path(path).exists() else ""


if __name__ == "__main__":
    for line in old():
        sys.stderr.write(f"old figures: {line}\n")
