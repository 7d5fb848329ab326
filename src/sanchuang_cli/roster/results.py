"""Reads workbooks that this tool wrote, as results of an earlier run (--previous) or of another programme (--result).

A run reads another run's figures only through this module. A workbook whose values differ from the digest on its page 来源
is refused; if only one cell was changed, the message names it. Sheets and lines that somebody added are not read.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import Place, UserError
from sanchuang_cli.join import Join
from sanchuang_cli.period import Month, Period
from sanchuang_cli.record import NOT_WORKED_OUT, Cell, ErrorCell, Origin, Roster, Wanted
from sanchuang_cli.report import files
from sanchuang_cli.report.appendix import PART
from sanchuang_cli.report.digest import Digest, Sealed, column
from sanchuang_cli.report.sealing import ITEM
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.books.formulas import BookFormulas
from sanchuang_cli.roster.grid import Book, Sheet
from sanchuang_cli.roster.paths import labels
from sanchuang_cli.roster.read import ReadRosters, read_books

SOURCES = "来源"
_ANEW = "请用当时的名册重新做一份，或找出没有改动过的那一份。"
_FEW = 3
_IN_BRACKETS = re.compile(r".*（([^（）]*)）")
_OF_MANY = re.compile(r".*（共 (\d+) 份）")
_IN_FORCE = re.compile(r"(\d{4}-\d\d-\d\d) 起施行")


class NotAResult(UserError):
    """The file is no result of this tool: it has no page 来源."""


@dataclass(frozen=True)
class Result:
    """A result whose values are as they were written.

    book: its sheets, each up to the last line of its table. facts: the lines of 来源 by item. digest: None in a result that
    was made before there were digests and that nobody has saved since.
    """

    book: Book
    facts: Mapping[str, list[str]]
    digest: Digest | None

    @property
    def programme(self) -> str:
        """The name of the programme that made it."""
        return _bracketed(self.facts["事项"][0])

    @property
    def title(self) -> str:
        """The Chinese title of that programme."""
        return self.facts["事项"][0].partition("（")[0]

    @property
    def period(self) -> Period:
        """The period it was made for."""
        return Period.parse(_bracketed(self.facts["期间"][0]))

    @property
    def judged(self) -> date:
        """The day on which it was judged."""
        return date.fromisoformat(self.facts["判定日"][0][: len("2026-01-01")])

    @property
    def editions(self) -> Mapping[str, str]:
        """The editions of its policy file by the day from which they are in force, each with its digest mark.

        The mark is "" in a result that was made before there were marks.
        """
        if self.digest:
            return self.digest.editions
        in_force = map(_IN_FORCE.fullmatch, self.facts.get("版本", ()))
        return {day[1]: "" for day in in_force if day}

    def lines(self, page: str) -> Iterator[tuple[Place, Mapping[str, Cell]]]:
        """The numbered lines of a page, each with its place; the cells of a line by heading."""
        for sheet in self.book.sheets:
            if not sheet.name.partition("(")[0].endswith(page):
                continue
            heads: Sequence[Cell] = ()
            for number, row in enumerate(sheet.rows, 1):
                if row and row[0] == "序号":
                    heads = row
                elif heads and row and isinstance(row[0], int | float):
                    cells = {str(head): cell for head, cell in zip(heads, row, strict=False)}
                    yield Place(self.book.name, sheet.name, number), cells


def _instead(facts: Mapping[str, Sequence[str]]) -> str:
    """What a workbook is that is no result."""
    if number := facts.get("批次"):
        return f"这是批次 {number[0]} 的工作簿，不是结果；批次用 sanchuang batch approve {number[0]} 审批"
    missing = "里没有事项、期间" if facts else ""
    return f"这不是本程序写出的结果（{'' if facts else '没有'}“{SOURCES}”页{missing}）"


def opened(
    path: Path, name: str, passwords: Sequence[str] = (), wanted: str = "上一期本程序写出的工作簿"
) -> Result:
    """The result at `path`. name: what messages call it. wanted: what a message asks for if the file is no result.

    Raises NotAResult if the file is none, and UserError if its values are not those that were written.
    """
    book = open_book(path, passwords).called(name)
    facts: dict[str, list[str]] = defaultdict(list)
    for sheet in book.sheets:
        for row in sheet.rows if sheet.name == SOURCES else ():
            if len(row) > 1 and row[0] != "":
                beside = row[2] if len(row) > 2 else ""
                facts[str(row[0])].append(str(beside or row[1]))
    if not all(facts.get(item) and _IN_BRACKETS.fullmatch(facts[item][0]) for item in ("事项", "期间")):
        raise NotAResult(f"{name}：{_instead(facts)}。请给出{wanted}。")
    text = "".join(facts.get(ITEM, ()))
    if not text:
        if files.is_ours(path):
            return Result(book, facts, None)
        raise UserError(f"{name}：“{SOURCES}”页里没有“{ITEM}”，写出以后又存过，不知道数有没有改动。{_ANEW}")
    digest = Digest.parse(text)
    if digest is None:
        raise UserError(f"{name}：“{SOURCES}”页的“{ITEM}”被改过，核不了数。{_ANEW}")
    return Result(_verified(book, digest), facts, digest)


def _verified(book: Book, digest: Digest) -> Book:
    """The sheets and rows of a book that its digest covers. Raises UserError if a value is not the one that was written."""
    arithmetic = BookFormulas(book.sheets)
    by_name = {sheet.name: sheet for sheet in book.sheets}
    kept: list[Sheet] = []
    as_read: list[Sealed] = []
    changes: list[str] = []
    for sealed in digest.sheets:
        sheet = by_name.get(sealed.name)
        if sheet is None:
            changes.append(f"少了工作表“{sealed.name}”")
            continue
        kept.append(_cut(arithmetic.worked_out(sheet), sealed))
        as_read.append(Sealed.of(sealed.name, sealed.first, _columns(kept[-1], sealed)))
        if changed := sealed.changed(as_read[-1]):
            changes.append(_change_in_words(sheet, changed))
    if changes or Digest.of(digest.editions, as_read).sha256 != digest.sha256:
        changed_places = "；".join(changes[:_FEW]) or f"“{SOURCES}”页的“{ITEM}”被改过"
        more = f"；等 {len(changes)} 张工作表" if len(changes) > _FEW else ""
        raise UserError(f"{book.name}：写出以后被改过，不能当作结果用：{changed_places}{more}。{_ANEW}")
    return replace(book, sheets=tuple(kept))


def _cut(sheet: Sheet, sealed: Sealed) -> Sheet:
    """The sheet without what stands below its table."""
    last = sealed.first + sealed.lines - 1
    return replace(sheet, rows=sheet.rows[:last], merges=tuple(m for m in sheet.merges if m[2] <= last))


def _columns(sheet: Sheet, sealed: Sealed) -> list[list[str]]:
    """The columns of a sheet's table in the form in which the digest is made of them."""
    rows = [list(row) for row in sheet.rows[sealed.first - 1 :]]
    rows += [[]] * (sealed.lines - len(rows))
    width = max(map(len, rows), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    return [column(cells) for cells in zip(*filled, strict=True)] or [[""] * sealed.lines]


def _change_in_words(sheet: Sheet, changed: tuple[int, int]) -> str:
    """What the message says of a changed sheet. changed: row and column, 0 where several differ."""
    row, at = changed
    if not row:
        return f"工作表“{sheet.name}”有几处和写出时不一样（或增减了行、列）"
    if not at:
        return f"工作表“{sheet.name}”第 {row} 行和写出时不一样"
    place = Place("", sheet.name, row, at)
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    now: Any = cells[at - 1] if at <= len(cells) else ""
    why = (
        "（公式没有算出结果，请用 WPS 或 Excel 打开后另存）"
        if now == NOT_WORKED_OUT and isinstance(now, ErrorCell)
        else ""
    )
    return f"工作表“{sheet.name}”{place.cell} 和写出时不一样{why}"


def _bracketed(text: str) -> str:
    """What stands in the brackets at the end of a text, "" if there are none."""
    brackets = _IN_BRACKETS.fullmatch(text)
    return brackets[1] if brackets else ""


def read_before(
    paths: Sequence[Path],
    roster: tuple[str, Wanted[Any]],
    programme: str,
    asked: Period,
    *,
    again: bool = False,
    **reading: Any,
) -> ReadRosters:
    """The roster in the result of the period just before `asked`, from its workbook or from its parts by township.

    again: whether an earlier result of `asked` itself will do as well. reading: pins and passwords, as for `read`. Raises UserError for a file that is no such result.
    """
    passwords = reading.pop("passwords", ())
    results = [opened(path, name, passwords) for path, name in zip(paths, labels(paths), strict=True)]
    for result in results:
        if not (again and (result.programme, result.period) == (programme, asked)):
            _refuse_another(result, programme, asked)
    refuse_missing_parts(results, "--previous")
    return _read(results, *roster, "上一期", **reading)


def _read(
    results: Sequence[Result], name: str, wanted: Wanted[Any], whose: str, **reading: Any
) -> ReadRosters:
    """The roster of that name in the results, with its origin. whose: the word for the results in the message.

    Raises UserError if a row is not understood.
    """
    books = [result.book for result in results]
    reading_of_results = read_books(books, {name: replace(wanted, optional=True)}, **reading)
    roster: Roster[Any] = reading_of_results.rosters[name]
    if roster.set_aside:
        place = roster.set_aside[0].place()
        raise UserError(f"{place}：{whose}的结果里有读不懂的行，不能当作结果用。{_ANEW}")
    return replace(reading_of_results, rosters={name: replace(roster, origin=_origin(results))})


def read_pages(result: Result, pages: Mapping[str, Wanted[Any]]) -> dict[str, Roster[Any]]:
    """Pages of a result as rosters, empty where it has no such page. Raises UserError if a row is not understood."""
    reading = read_books([result.book], {name: replace(page, optional=True) for name, page in pages.items()})
    for roster in reading.rosters.values():
        if roster.set_aside:
            raise UserError(f"{roster.set_aside[0].place()}：结果里有读不懂的行，不能当作结果用。{_ANEW}")
    return dict(reading.rosters)


def read_joined(results: Sequence[Result], join: Join, asked: Period) -> ReadRosters:
    """The page from which a programme takes a column, read from one result or from its parts by township.

    asked: the period of the run. Raises UserError if the result is of another period, lacks the page, or parts are missing.
    """
    by_period: dict[Period, list[Result]] = defaultdict(list)
    for result in results:
        by_period[result.period if join.adds else results[0].period].append(result)
    for of_period in by_period.values():
        _refuse_doubles(of_period)
        refuse_missing_parts(of_period, "--result")
    period = results[0].period
    if join.of and period != (needed := join.of(asked)):
        raise UserError(
            f"--result 给的 {results[0].book.name} 是{period.title}的结果，这里要{needed.title}的。请换成那一期的。"
        )
    if join.adds:
        _refuse_outside(by_period, asked)
    for result in results:
        if not any(sheet.name.partition("(")[0].endswith(join.page) for sheet in result.book.sheets):
            raise UserError(
                f"--result 给的 {result.book.name} 没有“{join.page}”页，取不到{join.column.heading}。"
            )
    return _read(results, join.name, join.reads, join.programme)


def _refuse_doubles(results: Sequence[Result]) -> None:
    """Raises UserError if one of the results is given twice."""
    parts = [result.facts.get(PART, [""])[0] for result in results]
    if len(parts) > 1 and ("" in parts or len(set(parts)) < len(parts)):
        names = "、".join(result.book.name for result in results)
        raise UserError(f"--result 给的 {names} 是同样的结果，给了两份以上。请只留一份。")


def _refuse_outside(by_period: Mapping[Period, Sequence[Result]], asked: Period) -> None:
    """Raises UserError if a period does not lie in the one that is asked for, or if two have a month in common."""
    taken: dict[Month, str] = {}
    for period, results in by_period.items():
        name = results[0].book.name
        if not (asked.first <= period.first and period.last <= asked.last):
            raise UserError(
                f"--result 给的 {name} 是{period.title}的结果，不在{asked.title}里。请换成{asked.title}里各期的。"
            )
        for month in period.each_month():
            if other := taken.get(month):
                raise UserError(
                    f"--result 给的 {other} 和 {name} 都有 {month}，会算两次。请只留有这个月的一份。"
                )
            taken[month] = name


def _refuse_another(result: Result, programme: str, asked: Period) -> None:
    """Raises UserError if the result is of another programme, or not of the period just before `asked`."""
    name = result.book.name
    if result.programme != programme:
        raise UserError(
            f"--previous 给的 {name} 是{result.facts['事项'][0]}的结果，不是 {programme} 的。请换成 {programme} 上一期的结果。"
        )
    period = result.period
    if period == asked:
        raise UserError(f"--previous 给的 {name} 是{asked.title}自己的结果，不是上一期的。请换成上一期的。")
    if period.start.plus(period.months) != asked.start:
        raise UserError(
            f"--previous 给的 {name} 是{period.title}的结果，到 {period.last} 为止，和{asked.title}（{asked.first} 起）接不上。"
            f"请换成到 {asked.start.plus(-1)} 为止的那一期的结果，月、季、半年、年的都可以。"
        )


def refuse_missing_parts(results: Sequence[Result], option: str) -> None:
    """Raises UserError if parts are missing or of different periods. People in a missing part would count as unpaid."""
    if len({result.period for result in results}) > 1:
        raise UserError(
            f"{option} 给的几份不是同一期的：{'、'.join(result.book.name for result in results)}。请只给同一期的。"
        )
    sets: dict[int, dict[str, str]] = defaultdict(dict)
    for result in results:
        for part in result.facts.get(PART, ()):
            if of_many := _OF_MANY.fullmatch(part):
                sets[int(of_many[1])][part] = result.book.name
    whole = max((number for number, parts in sets.items() if len(parts) == number), default=0)
    if whole and len(sets) > 1:
        left = [
            f"{book}（{part}）" for number in sets if number != whole for part, book in sets[number].items()
        ]
        raise UserError(
            f"{option} 给的是分乡镇的结果，共 {whole} 份的已经齐了，另有 {len(left)} 份不是同一次运行的：{'、'.join(left)}。"
            "乡镇撤并、改名或没有再报的，那是以前留下的旧结果，请移到别处。"
        )
    for number, parts in sets.items():
        if len(parts) != number:
            here = "、".join(book for own in sets.values() for book in own.values())
            raise UserError(
                f"{option} 给的是分乡镇的结果，共 {number} 份，这里只有 {len(parts)} 份（{here}）。"
                "请把各乡镇的都给出（可以给文件夹）；不是同一次运行的旧结果，请移到别处。"
            )


def _origin(results: Sequence[Result]) -> Origin:
    """What the results together say of their origin; "" for a policy or an edition in which the parts differ."""
    first = results[0]
    days = set.intersection(*(set(result.editions) for result in results))
    marks = {day: {result.editions[day] for result in results} for day in sorted(days)}
    policies = {result.facts.get("政策文件 SHA-256", [""])[0] for result in results}

    def lines(page: str) -> Iterator[tuple[Place, Mapping[str, Cell]]]:
        for result in results:
            yield from result.lines(page)

    return Origin(
        first.book.name,
        first.period,
        policies.pop() if len(policies) == 1 else "",
        {day: of_day.pop() if len(of_day) == 1 else "" for day, of_day in marks.items()},
        lines,
        tuple(sorted({result.period for result in results}, key=lambda period: period.first)),
    )
