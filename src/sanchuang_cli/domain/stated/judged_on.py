"""On which day the results were judged from which a page is made: what was done or mended since stands in none of them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sanchuang_cli.domain.stated.given import COUNTED, GivenFile
from sanchuang_cli.finding import ALL, Doubt, Doubts, Severity
from sanchuang_cli.judging import Company, Told

LONG = 30
"""So many days may lie between the day of a result and the day for which it is used before somebody is told."""
DOUBTS = Doubts(
    {
        "judged-early": Doubt(
            Severity.WARNING, "结果说的是判定那一天的情况", "请用现在的名册重做这几份结果，再重新运行。"
        )
    }
)


class JudgedWork(NamedTuple):
    """A work, and the day on which its result was judged."""

    work: str
    on: date


def in_words(works: Iterable[JudgedWork]) -> str:
    """The days, the earliest first, each with the works of it: 2026-11-28（大学生村官、免费体检）."""
    by_day: dict[date, dict[str, None]] = defaultdict(dict)
    for one in works:
        by_day[one.on][one.work] = None
    return "、".join(f"{day}（{'、'.join(by_day[day])}）" for day in sorted(by_day))


def long_before(works: Iterable[JudgedWork], on: date) -> str:
    """The same of those that were judged long before a day."""
    return in_words(one for one in works if (on - one.on).days > LONG)


def early(files: Iterable[GivenFile], on: date) -> str:
    """The same of the files that count in a report and were judged long before their own period ended, or before the day of
    the report where that is earlier: the figures of a period that was over then are no older for it."""
    known = [(file, file.says.period.last) for file in files if file.part == COUNTED and file.says]
    return in_words(
        JudgedWork(f"{file.county}{file.work}", file.judged)
        for file, last in known
        if file.judged and (min(on, last) - file.judged).days > LONG
    )


def told(works: str, company: Company) -> list[Told]:
    """The warning about these works, if there are any."""
    said = f"有的结果判定得早，那以后办了的、改了的没有算入：{works}"
    return [Told(company.at.doubts.at("judged-early", ALL, said))] if works else []
