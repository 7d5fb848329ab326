"""Asks whether a roster is of the year of the run, and whether it still holds: by the name of its sheet and the lines above its
headings.

A title that names the year of the run among others is right, and one that speaks of last year is not asked.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sanchuang_cli.domain.words import narrow
from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.period import Period
from sanchuang_cli.record import Roster

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_DOCUMENT, _OTHER_YEARS = re.compile("《[^》]*》"), re.compile("上一?年|去年|往年|历年")
_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:年?度?[-—–~至到、和及与/]+((?:19|20)\d\d))?"
    r"年(?!\d+(?:-\d+)?月|十|[底末初起版]|以?[前后来]|修订|印发)"
)
"""A year, or the first and the last of several; not of a day or a month, and not one up to or from which something goes."""
_NO_MORE = re.compile(
    r"作废|已取消|被取消|取消资格|停用|废弃|历史(?!遗留|问题|文化|街)|旧(?:的|台账|名册|名单|花名册|册|表|版|数据|档|账)|^旧$|[(_-]旧[)]?$"
)
"""Words for a list that does not hold any more. 旧 by itself is in the names of places."""
_LEFT_OUT = re.compile("不含|不包括|除外|剔除|(?:无|未|没有?)(?:作废|取消|停用)")


def asked(rosters: Iterable[Roster[Any]], period: Period) -> Iterator[Finding]:
    """All that the names of sheets and the titles say against their use, each once."""
    given = list(rosters)
    yield from of_another_year(given, period)
    for (book, sheet), lines in _titles(given).items():
        for title in dict.fromkeys((sheet, *lines)):
            text = _DOCUMENT.sub("", narrow(title))
            if _NO_MORE.search(text) and not _LEFT_OUT.search(text):
                yield Finding(
                    "roster.no-more",
                    Severity.WARNING,
                    f"表名是“{title}”，像是不再用的表，仍照现在的名册读了",
                    Place(book, sheet),
                    "名册要是现在用的",
                    "不再用的，请删去这张表，再重新运行；仍在用的，请改表名。",
                )


def _titles(rosters: Iterable[Roster[Any]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The lines above the headings of each sheet."""
    rows = (row for roster in rosters for row in (*(one.row for one in roster.records), *roster.set_aside))
    return {(row.source.book, row.source.sheet): row.source.titles for row in rows}


def of_another_year(rosters: Iterable[Roster[Any]], period: Period) -> Iterator[Finding]:
    """A finding for each sheet whose name or title names years, but not that of the period. Of a part of a year nobody asks: its
    rosters are often the last ones."""
    if period != Period.year(period.start.year):
        return
    for (book, sheet), lines in _titles(rosters).items():
        for title in dict.fromkeys((sheet, *lines)):
            years = list(named(title))
            if years and not any(first <= period.start.year <= last for first, last in years):
                yield Finding(
                    "roster.other-year",
                    Severity.WARNING,
                    f"表名是“{title}”，这次运行的却是{period.title}",
                    Place(book, sheet),
                    "名册要是本期的",
                    "请核对名册，和运行的是哪一年（--period）；确是这一年用的，可不理会。",
                )


def named(title: str) -> Iterator[tuple[int, int]]:
    """The years that a title names, each with itself or with the last of several in a row."""
    text = _DOCUMENT.sub("", narrow(title).translate(_DIGITS))
    for first, last in () if _OTHER_YEARS.search(text) else _YEARS.findall(text):
        yield int(first), int(last or first)
