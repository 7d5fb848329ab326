"""A cell corrected as its finding advises is accepted: the finding is gone, and no worse one about the cell appears."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.auditing import judged_for
from sanchuang_cli.cli.known_rosters import Passwords
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.programmes import listed
from tests import members
from tests.cli.test_check_for import JUNK, people
from tests.command import book
from tests.counts import FULL
from tests.programmes.people import identity

ROSTERS = 250 if FULL else 16
FIRST = 3
"""The row of the first person, below the title and the headings."""
RIGHT = frozenset(
    {
        *("cell.blank", "cell.ditto-unread", "cell.formula-error", "name.unreadable", "account.unreadable"),
        *("identity.blank", "identity.absent", "identity.length", "identity.birth", "identity.checksum"),
        *("identity.precision-lost", "date.impossible", "subsidies.unread", "subsidies.account"),
        *("subsidies.post-differs", "subsidies.contradiction"),
    }
)
"""Findings that ask for the cell's own content."""
OF_OTHERS = frozenset({"subsidies.duplicate", "subsidies.shared-account"})
"""What only shows once a number can be read: somebody else has it too."""
BETTER = {
    "230299195101010000": identity("1951-01-01", number=10),
    "1990—2000 村支部书记": "1990.01—2000.12 村支部书记",
}
"""What the papers say of the people whose number or spell is doubtful from the start."""
EXAMPLES = re.compile(r"“(是|否)”")
WORDS = re.compile(r"（如 (.+?)）")
MONTHLESS = re.compile(r"(?<!\d)(\d{4})—(\d{4})(?!\d)")
Rows = Sequence[Sequence[Any]]


def checked(path: Path, headings: Sequence[str], rows: Rows) -> Sequence[Finding]:
    """What `check --for subsidies` tells of these rows. Raises UserError where it refuses them all."""
    asked = Asked(
        books=[str(book(path, rows, headings))], purpose="subsidies", period="2026Q3", on="2026-09-30"
    )
    return judged_for(listed("subsidies"), asked, Passwords(None))[2].findings


def mends(finding: Finding, written: Any, right: Any) -> list[Any]:
    """What the finding tells to write into the cell instead of what is said; nothing where that takes judgement."""
    if finding.code in RIGHT:
        return [right or (members.account(77) if finding.place.heading == "银行账号" else "")]
    if finding.code == "flag.unreadable":
        return EXAMPLES.findall(finding.mend)
    if finding.code == "subsidies.unclear" and (words := WORDS.search(finding.mend)):
        allowed = words[1].split("、")
        return allowed if not right or right in allowed else [right]
    if finding.code == "date.unreadable" and right:
        assert "1985-06-01 或 1985-06" in finding.mend
        return [right, right[:7]]
    if finding.code == "spells.unreadable" and right:
        assert "1984.05-1995.04；1998.06-2001.05" in finding.mend
        return [re.sub(r"\.(\d)(?!\d)", r".0\1", right).replace("—", "-")]
    if finding.code == "subsidies.vague-date" and MONTHLESS.search(str(written)):
        return [MONTHLESS.sub(r"\1.01—\2.12", written)]
    return []


def mended(finding: Finding, rows: Rows, right: Rows) -> Iterator[tuple[list[list[Any]], int]]:
    """The rows with the finding's mend made, each way that it tells, and in which row its person then stands."""
    at, column = finding.place.row - FIRST, finding.place.column - 1
    if finding.code == "subsidies.duplicate":
        doubles = {i for i, row in enumerate(rows) if i != at and row[column] == rows[at][column]}
        left = [list(row) for i, row in enumerate(rows) if i not in doubles]
        yield left, finding.place.row - sum(i < at for i in doubles)
    elif at >= 0 and column >= 0:
        for cell in mends(finding, rows[at][column], right[at][column]):
            if cell != rows[at][column]:
                changed = [list(row) for row in rows]
                changed[at][column] = cell
                yield changed, finding.place.row


def at_cell(findings: Sequence[Finding], row: int, column: int) -> list[Finding]:
    return [finding for finding in findings if (finding.place.row, finding.place.column) == (row, column)]


def test_what_is_mended_as_told_is_accepted(tmp_path: Path) -> None:
    path, tried = tmp_path / "名册.xlsx", Counter[str]()
    for seed in range(ROSTERS):
        dice = Random(f"mends{seed}")
        headings, some = people(dice)
        rows = [list(row) for row in some]
        right = [[BETTER.get(cell, cell) for cell in row] for row in some]
        for _ in range(dice.randint(1, 8)):
            dice.choice(rows)[dice.randrange(len(headings))] = dice.choice(JUNK)
        try:
            findings = checked(path, headings, rows)
        except UserError:
            continue
        for finding in findings:
            known = {each.code for each in at_cell(findings, finding.place.row, finding.place.column)} - {
                finding.code
            }
            for changed, row in mended(finding, rows, right):
                after = at_cell(checked(path, headings, changed), row, finding.place.column)
                errors = {each.code for each in after if each.severity is Severity.ERROR}
                assert finding.code not in {each.code for each in after}, (seed, finding, after)
                assert errors <= known | OF_OTHERS, (seed, finding, after)
                tried[finding.code] += 1
    assert len(tried) > 5, tried
    assert tried["subsidies.duplicate"] and tried["subsidies.unread"], tried
