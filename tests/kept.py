"""What every run of every programme keeps, in whatever test it is made: reasons and findings name what they rest on.

A test says what one case comes to. These promises say what an auditor asks of all of them: what was looked at, by which
clause, in which cell; so they are asked of each run that any test of this process makes.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from sanchuang_cli.finding import Finding, Place
from sanchuang_cli.judging import Reason, Whole
from sanchuang_cli.programme import Programme
from sanchuang_cli.record import Record, Row


@cache
def _declared() -> frozenset[str]:
    """The names of all fields of all records that are known by now."""
    kinds, found = [Record], set()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found |= {field.name for field in kind.declared()}
    return frozenset(found)


def names_a_column(name: Any, row: Row) -> bool:
    """Whether that is a field of a record, or the heading of a column of a policy, which is in Chinese."""
    if not isinstance(name, str):
        return False
    return not name or not name.isascii() or name in row.source.columns or name in _declared()


def _place(row: Row, name: str, place: Callable[..., Place]) -> Place:
    if not names_a_column(name, row):
        _declared.cache_clear()  # a test may have made a record of its own
        assert names_a_column(name, row), f"no record has a field {name!r}"
    return place(row, name)


def _told(finding: Finding) -> None:
    said = finding.message, finding.basis, finding.mend, finding.brief
    assert all(isinstance(words, str) for words in said), f"{finding.code} says {said}"
    assert finding.message and (finding.basis or finding.mend), (
        f"{finding.code} says no rule and no mend: {said}"
    )
    assert isinstance(finding.place, Place), f"{finding.code} has no place"


def _reasoned(reason: Reason, record: Record) -> None:
    said = reason.what, reason.said, reason.basis
    assert all(isinstance(words, str) for words in said), f"a reason says {said}"
    assert reason.what and reason.said, f"a reason lacks words: {said}"
    assert reason.holds in (True, False, None)
    reason.cells(record)


def _whole(whole: Whole) -> Whole:
    for finding in whole.findings:
        _told(finding)
    for verdicts in whole.verdicts.values():
        for one in verdicts:
            for reason in getattr(one, "reasons", ()):
                _reasoned(reason, one.record)
    return whole


def keep() -> None:
    """Ask it of all that this process runs from now on."""
    judge, place = Programme.judge, Row.place

    @wraps(judge)
    def judged(programme: Programme, *asked: Any) -> Whole:
        return _whole(judge(programme, *asked))

    @wraps(place)
    def placed(row: Row, name: str = "") -> Place:
        return _place(row, name, place)

    Programme.judge, Row.place = judged, placed  # type: ignore[assignment, method-assign]
