"""Finds tables that were read as a main roster by few of their columns and are rather another known roster, which knows many
more of them. It looks at headings only.

Names and numbers make a roster of every list of people: a list for another programme is read, and concerns nobody.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.choosing import Choice, ranked
from sanchuang_cli.roster.grid import Area
from sanchuang_cli.roster.sorting import Known, Sorted

_SHARE = 2
"""A table is doubtful of which no more than one column in so many is known."""
_MORE = 1.5
"""So many times as many columns the other roster must know."""


def rather_another(
    books: Sequence[Sorted], mains: Known, apart: Collection[str], others: Callable[[], Known]
) -> Iterator[Finding]:
    """An error for each such table. apart: the names of rosters that stand in workbooks of their own, which no table is rather
    than a main roster. others: all known rosters by programme/name, loaded only when a table is doubtful."""
    for book in books:
        for area, choice in book.tables:
            if (
                isinstance(choice, Choice)
                and choice.name in mains
                and area.records
                and _is_little(area, choice)
            ):
                main = mains[choice.name]
                known = {
                    name: roster
                    for name, roster in others().items()
                    if name.rpartition("/")[2] not in apart and roster.record is not main.record
                }
                if found := _best(area, book.name, choice, known):
                    yield _told(book.name, area, main, found, known[found])


def _is_little(area: Area, choice: Choice) -> bool:
    return _SHARE * len(_columns(choice)) <= sum(map(bool, area.headings))


def _columns(choice: Choice) -> set[int]:
    return {match.column for match in choice.matching.matches.values()}


def _best(area: Area, book: str, choice: Choice, known: Known) -> str:
    """The name of the roster that knows most columns, if these are many more; "" where there is none."""
    taken = {}
    for name, roster in known.items():
        best = ranked(area, book, {name: roster})
        if isinstance(best, Choice) and len(_columns(best)) >= _MORE * len(_columns(choice)):
            taken[name] = len(_columns(best))
    return max(taken, key=lambda name: taken[name], default="")


def _told(book: str, area: Area, main: Wanted[Any], name: str, rather: Wanted[Any]) -> Finding:
    return Finding(
        "roster.rather-another",
        Severity.ERROR,
        f"这张表按“{main.title}”读了，多半的列却不是它的，也没有一个人列入：看来是“{rather.title}”（sanchuang {name.partition('/')[0]} 用的）",
        Place(book, area.sheet.name, area.header_rows[1]),
        "名册要给对工作",
        f"给错了的，请换成“{main.title}”；给对了的，请把列标题改成名册模板里的写法，或用 --columns 指定。",
        brief="看来是别的名册",
    )
