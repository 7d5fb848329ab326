"""Results: workbooks that this tool wrote, taken for what they say only while their values are those it wrote.

The one door through which a run reads another run's figures (--previous). What the digest in 来源 does not vouch for is
refused, with the cell where one alone was changed; sheets and lines that somebody added are not read.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sanchuang_cli.domain.digest import Digest, Sealed, column
from sanchuang_cli.finding import Place, UserError
from sanchuang_cli.join import Join
from sanchuang_cli.period import Period
from sanchuang_cli.record import NOT_WORKED_OUT, Cell, ErrorCell, Origin, Roster, Wanted
from sanchuang_cli.report import files
from sanchuang_cli.report.appendix import PART
from sanchuang_cli.report.sealing import ITEM
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.books.formulas import Arithmetic
from sanchuang_cli.roster.grid import Book, Sheet
from sanchuang_cli.roster.paths import labels
from sanchuang_cli.roster.read import Reading, read_books

SOURCES = "来源"
_ANEW = "请用当时的名册重新做一份，或找出没有改动过的那一份。"
_FEW = 3
_IN_BRACKETS = re.compile(r".*（([^（）]*)）")
_OF_MANY = re.compile(r".*（共 (\d+) 份）")
_IN_FORCE = re.compile(r"(\d{4}-\d\d-\d\d) 起施行")


@dataclass(frozen=True)
class Result:
    """A result whose values are as they were written. facts: what 来源 says, by item. digest: None in one that was made
    before there was a digest and that nobody has saved since. book: its sheets up to the last line of each table."""

    book: Book
    facts: Mapping[str, list[str]]
    digest: Digest | None

    @property
    def programme(self) -> str:
        return _bracketed(self.facts["事项"][0])

    @property
    def period(self) -> Period:
        return Period.parse(_bracketed(self.facts["期间"][0]))

    @property
    def editions(self) -> Mapping[str, str]:
        """Those of its policy file by the day of force, each with its mark; "" where it was made without marks."""
        if self.digest:
            return self.digest.editions
        told = (_IN_FORCE.fullmatch(one) for one in self.facts.get("版本", ()))
        return {one[1]: "" for one in told if one}

    def lines(self, page: str) -> Iterator[tuple[Place, Mapping[str, Cell]]]:
        """The numbered lines of a page by its headings, each with its place."""
        for sheet in self.book.sheets:
            if not sheet.name.partition("(")[0].endswith(page):
                continue
            heads: Sequence[Cell] = ()
            for number, row in enumerate(sheet.rows, 1):
                if row and row[0] == "序号":
                    heads = row
                elif heads and row and isinstance(row[0], int | float):
                    said = {str(head): cell for head, cell in zip(heads, row, strict=False)}
                    yield Place(self.book.name, sheet.name, number), said


def opened(
    path: Path, name: str, passwords: Sequence[str] = (), wanted: str = "上一期本程序写出的工作簿"
) -> Result:
    """The result at `path`, called `name` in messages. wanted: what is to be given instead of what is none. Raises
    UserError when it is none, or not what was written."""
    book = open_book(path, passwords).called(name)
    facts: dict[str, list[str]] = defaultdict(list)
    for sheet in book.sheets:
        for row in sheet.rows if sheet.name == SOURCES else ():
            if len(row) > 1 and row[0] != "":
                facts[str(row[0])].append(str(row[1]))
    if not all(facts.get(item) and _IN_BRACKETS.fullmatch(facts[item][0]) for item in ("事项", "期间")):
        raise UserError(f"{name}：这不是本程序写出的结果（没有“{SOURCES}”页）。请给出{wanted}。")
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
    """The book as far as its digest goes. Raises UserError where it says something else than was written."""
    arithmetic = Arithmetic(book.sheets)
    by_name = {sheet.name: sheet for sheet in book.sheets}
    kept: list[Sheet] = []
    found: list[Sealed] = []
    changes: list[str] = []
    for sealed in digest.sheets:
        sheet = by_name.get(sealed.name)
        if sheet is None:
            changes.append(f"少了工作表“{sealed.name}”")
            continue
        kept.append(_cut(arithmetic.worked_out(sheet), sealed))
        found.append(Sealed.of(sealed.name, sealed.first, _columns(kept[-1], sealed)))
        if changed := sealed.changed(found[-1]):
            changes.append(_told(sheet, changed))
    if changes or Digest.of(digest.editions, found).sha256 != digest.sha256:
        told = "；".join(changes[:_FEW]) or f"“{SOURCES}”页的“{ITEM}”被改过"
        more = f"；等 {len(changes)} 张工作表" if len(changes) > _FEW else ""
        raise UserError(f"{book.name}：写出以后被改过，不能当作结果用：{told}{more}。{_ANEW}")
    return replace(book, sheets=tuple(kept))


def _cut(sheet: Sheet, sealed: Sealed) -> Sheet:
    """The sheet without what stands below its table."""
    last = sealed.first + sealed.lines - 1
    return replace(sheet, rows=sheet.rows[:last], merges=tuple(m for m in sheet.merges if m[2] <= last))


def _columns(sheet: Sheet, sealed: Sealed) -> list[list[str]]:
    rows = [list(row) for row in sheet.rows[sealed.first - 1 :]]
    rows += [[]] * (sealed.lines - len(rows))
    width = max(map(len, rows), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    return [column(cells) for cells in zip(*filled, strict=True)] or [[""] * sealed.lines]


def _told(sheet: Sheet, changed: tuple[int, int]) -> str:
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
    found = _IN_BRACKETS.fullmatch(text)
    return found[1] if found else ""


def read_before(
    paths: Sequence[Path],
    roster: tuple[str, Wanted[Any]],
    programme: str,
    asked: Period,
    **reading: Any,
) -> Reading:
    """The roster that the result of the period just before `asked` holds, from its workbook or its townships' parts.
    Raises UserError for whatever is none. reading: pins and passwords, as for `read`."""
    passwords = reading.pop("passwords", ())
    results = [opened(path, name, passwords) for path, name in zip(paths, labels(paths), strict=True)]
    for result in results:
        _refuse_another(result, programme, asked)
    _refuse_missing_parts(results, "--previous")
    return _read(results, *roster, "上一期", **reading)


def _read(results: Sequence[Result], name: str, wanted: Wanted[Any], told: str, **reading: Any) -> Reading:
    """The roster of that name in the results, with where it comes from. told: whose results they are. Raises UserError
    where a row is not understood."""
    found = read_books([one.book for one in results], {name: replace(wanted, optional=True)}, **reading)
    whole: Roster[Any] = found.rosters[name]
    if whole.set_aside:
        place = whole.set_aside[0].place()
        raise UserError(f"{place}：{told}的结果里有读不懂的行，不能当作结果用。{_ANEW}")
    return replace(found, rosters={name: replace(whole, origin=_origin(results))})


def read_joined(results: Sequence[Result], join: Join, asked: Period) -> Reading:
    """The page that a programme takes a column from, of one result or of its townships' parts. asked: the run's period.
    Raises UserError for a result of another period, without the page, or of which parts are missing."""
    parts = [one.facts.get(PART, [""])[0] for one in results]
    if len(parts) > 1 and ("" in parts or len(set(parts)) < len(parts)):
        names = "、".join(one.book.name for one in results)
        raise UserError(f"--result 给的 {names} 是同样的结果，给了两份以上。请只留一份。")
    _refuse_missing_parts(results, "--result")
    period = results[0].period
    if join.of and period != (needed := join.of(asked)):
        raise UserError(
            f"--result 给的 {results[0].book.name} 是{period.title}的结果，这里要{needed.title}的。请换成那一期的。"
        )
    for one in results:
        if not any(sheet.name.partition("(")[0].endswith(join.page) for sheet in one.book.sheets):
            raise UserError(
                f"--result 给的 {one.book.name} 没有“{join.page}”页，取不到{join.column.heading}。"
            )
    return _read(results, join.name, join.reads, join.programme)


def _refuse_another(result: Result, programme: str, asked: Period) -> None:
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


def _refuse_missing_parts(results: Sequence[Result], option: str) -> None:
    """Whoever stands in a part that is not given would count as unpaid."""
    if len({one.period for one in results}) > 1:
        raise UserError(
            f"{option} 给的几份不是同一期的：{'、'.join(r.book.name for r in results)}。请只给同一期的。"
        )
    told = {part for one in results for part in one.facts.get(PART, ())}
    for part in told:
        found = _OF_MANY.fullmatch(part)
        if found and int(found[1]) != len(told):
            raise UserError(
                f"{option} 给的是分乡镇的结果，共 {found[1]} 份，这里只有 {len(told)} 份。请把各乡镇的都给出（可以给文件夹）。"
            )


def _origin(results: Sequence[Result]) -> Origin:
    first = results[0]
    days = set.intersection(*(set(one.editions) for one in results))
    marks = {day: {one.editions[day] for one in results} for day in sorted(days)}
    policies = {one.facts.get("政策文件 SHA-256", [""])[0] for one in results}

    def lines(page: str) -> Iterator[tuple[Place, Mapping[str, Cell]]]:
        for result in results:
            yield from result.lines(page)

    return Origin(
        first.book.name,
        first.period,
        policies.pop() if len(policies) == 1 else "",
        {day: said.pop() if len(said) == 1 else "" for day, said in marks.items()},
        lines,
    )
