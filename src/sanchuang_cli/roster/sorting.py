"""What each book that was given is: used, a blank template, another known sheet, or not understood. The one judgement
that a run, `check`, `merge` and `inspect` share.

A book is another known sheet only where that explains it: a roster with one odd heading is not understood, although a
list of other columns may be found in it, for its sender would be lost without a word.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import Finding, Place, Severity, UserError
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.choosing import (
    PAID_LIST,
    Choice,
    Stranger,
    chosen,
    decided,
    how_to_mend,
    ranked,
    told_once,
)
from sanchuang_cli.roster.grid import Area, Book, Sheet
from sanchuang_cli.roster.paths import labels
from sanchuang_cli.roster.tables.dropped import laid_out
from sanchuang_cli.roster.tables.layout import Layout, layout
from sanchuang_cli.tally import Books, Sort

OWN_PAGES = frozenset({"首页", "填表说明", "疑点", "来源", "退回修改", "待核实", "待核实名单", "来源栏目"})
"""Sheets that this tool adds to its workbooks, templates and returned copies; no roster stands on them."""
RESULT = "本程序写出的结果"
Known = Mapping[str, Wanted[Any]]
Chosen = tuple[Area, Choice | Stranger]


@dataclass(frozen=True)
class Elsewhere:
    """Rosters that are known and not read from the books that were given. own: those whose books an option names, looked
    for in every book. others: everybody else's, asked for only when a book is not used."""

    own: Known
    others: Callable[[], Known]


NOWHERE = Elsewhere({}, dict)


@dataclass(frozen=True)
class Sorted:
    """A book that was given, called `name`. tables: with the roster that each one is. odd: what was odd about its sheets.
    what: which other sheet it is, or why it is not understood. mend: what to do then, where `what` does not say it.
    book: None where it cannot be opened, then there is no table."""

    path: Path
    name: str
    sort: Sort
    book: Book | None = None
    tables: tuple[Chosen, ...] = ()
    odd: tuple[Finding, ...] = ()
    what: str = ""
    mend: str = ""

    @property
    def refusal(self) -> str:
        """What is said where it is the only book."""
        return "\n".join(filter(None, (self.what, self.mend))) if self.sort is Sort.NOT_UNDERSTOOD else ""

    def finding(self) -> Finding | None:
        """What is said of a book that is not used."""
        place = Place(self.name)
        if self.sort is Sort.BLANK:
            message = "这个文件没有采用：只有表头，没有一行数据，是空白表"
            return Finding(
                "book.blank", Severity.NOTE, message, place, mend="已经填好的，请换成填好的那一份。"
            )
        if self.sort is Sort.OTHER:
            message, mend = f"这个文件没有采用：是{self.what}", "确是要报的名册的，请核对列标题。"
            return Finding("book.other", Severity.NOTE, message, place, mend=mend)
        if self.sort is Sort.NOT_UNDERSTOOD:
            lines = (line.strip() for line in self.what.splitlines())
            message = "；".join(line.removeprefix(f"{self.name}：").rstrip("。") for line in lines)
            mend = self.mend or "请按上面说的改好，再连同其他文件一起运行。"
            message = f"这个文件没有读懂，里面的人一个也没有算：{message}"
            return Finding(
                "book.not-understood", Severity.ERROR, message, place, "给出的每个文件都要有着落", mend
            )
        return None


def sort_books(
    paths: Sequence[Path],
    wanted: Known,
    *,
    elsewhere: Elsewhere = NOWHERE,
    pinned: Mapping[str, str] | None = None,
    passwords: Sequence[str] = (),
) -> list[Sorted]:
    """Every book, in the order they were given, by a name that no other has."""
    found = []
    for path, name in zip(paths, labels(paths), strict=True):
        try:
            laid = laid_out(open_book(path, passwords).called(name))
        except UserError as refusal:
            found.append(Sorted(path, name, Sort.NOT_UNDERSTOOD, what=str(refusal)))
            continue
        found.append(sort_of(path, laid.book, wanted, elsewhere, pinned, laid.of))
    return found


def counted(books: Sequence[Sorted], given: int) -> Books:
    """How many of the books that were given are what."""
    return Books(
        given, tuple((one.name, one.sort, one.what if one.sort is Sort.OTHER else "") for one in books)
    )


def sort_of(
    path: Path,
    book: Book,
    wanted: Known,
    elsewhere: Elsewhere = NOWHERE,
    pinned: Mapping[str, str] | None = None,
    lay: Callable[[Sheet, str], Layout] = layout,
) -> Sorted:
    """What an open book is. lay: the tables of a sheet, where they have been found already."""
    if is_result(book, wanted):
        return Sorted(path, book.name, Sort.OTHER, book, what=RESULT)
    layouts = [lay(sheet, book.name) for sheet in _sheets(book, wanted)]
    odd = tuple(finding for found in layouts for finding in found.findings)
    areas = [area for found in layouts for area in found.areas]
    try:
        tables = tuple((area, chosen(area, book.name, wanted, pinned)) for area in areas)
        listed = [
            (area, _elsewhere(area, choice, book, wanted, elsewhere, pinned)) for area, choice in tables
        ]
    except UserError as undecided:
        return Sorted(path, book.name, Sort.NOT_UNDERSTOOD, what=str(undecided))
    if any(_is_used(*table) and not title for table, (_, title) in zip(tables, listed, strict=True)):
        kept = tuple(table for table, (_, title) in zip(tables, listed, strict=True) if not title)
        return Sorted(path, book.name, Sort.USED, book, kept, odd)
    sort, what = _unused(book, tables, listed, wanted, elsewhere)
    found = Sorted(path, book.name, sort, book, tables, odd, what)
    return without_a_roster(found, wanted) if sort is Sort.NOT_UNDERSTOOD else found


def without_a_roster(one: Sorted, wanted: Known) -> Sorted:
    """The book as one that has none of the wanted rosters: not understood, with what is nearest."""
    assert one.book
    what, mend = _nothing_found(one.book, wanted, one.tables), how_to_mend(one.name)
    return replace(one, sort=Sort.NOT_UNDERSTOOD, what=what, mend=mend)


def _is_used(area: Area, choice: Choice | Stranger) -> bool:
    return isinstance(choice, Choice) and bool(area.records)


def _elsewhere(
    area: Area,
    choice: Choice | Stranger,
    book: Book,
    wanted: Known,
    elsewhere: Elsewhere,
    pinned: Mapping[str, str] | None,
) -> str:
    """The title of the roster that an option names the books of, where the table is rather that one. Raises UserError
    where nobody can tell."""
    if isinstance(choice, Stranger) or not elsewhere.own:
        return ""
    rather = decided(ranked(area, book.name, {**wanted, **elsewhere.own}, pinned))
    return (
        elsewhere.own[rather.name].title
        if rather.name in elsewhere.own and isinstance(rather, Choice)
        else ""
    )


def _unused(
    book: Book,
    tables: Sequence[Chosen],
    listed: Sequence[tuple[Area, str]],
    wanted: Known,
    elsewhere: Elsewhere,
) -> tuple[Sort, str]:
    """What a book is of which no table is used, and which other sheet."""
    if _is_written_by_us(book):
        return Sort.OTHER, RESULT
    titles = {title for _, title in listed if title}
    records = {one.record for one in wanted.values()}
    others = {name: one for name, one in elsewhere.others().items() if one.record not in records}
    blank = strange = False
    for area, choice in tables:
        title = "" if isinstance(choice, Choice) else _other(area, choice, book, others)
        known = bool(title) or isinstance(choice, Choice)
        if title and area.records:
            titles.add(title)
        blank = blank or (known and not area.records)
        strange = strange or (not known and bool(area.records))
    if titles:
        return Sort.OTHER, "、".join(sorted(titles))
    return (Sort.BLANK if blank and not strange else Sort.NOT_UNDERSTOOD), ""


def _other(area: Area, stranger: Stranger, book: Book, others: Known) -> str:
    """The title of the other roster that explains the table, "" where none does.

    It must take every column that the nearest wanted roster would take. A list that is no main roster must also leave no
    column that nobody knows, and one without a required column must have all its columns.
    """
    if stranger.paid:
        return PAID_LIST
    ours = {one.column for one in stranger.matching.matches.values()}
    for name, one in others.items():
        best = ranked(area, book.name, {name: one})
        if isinstance(best, Stranger):
            if best.paid:
                return PAID_LIST
            continue
        found = best.matching
        whole = any(field.needed for field in one.fields) or len(found.matches) == len(one.fields)
        if whole and ours <= {m.column for m in found.matches.values()} and (one.whole or not found.unknown):
            return one.title
    return ""


def is_result(book: Book, wanted: Known) -> bool:
    """Whether a run wrote the workbook, and rosters of `wanted` are not read from what a run wrote."""
    return bool(of_a_run(book, wanted)) and any(one.whole and not one.reread for one in wanted.values())


def _sheets(book: Book, wanted: Known) -> list[Sheet]:
    """The sheets to look for rosters on: of a workbook that a run wrote, only those that rosters name."""
    return of_a_run(book, wanted) or [sheet for sheet in book.sheets if _page(sheet) not in OWN_PAGES]


def of_a_run(book: Book, wanted: Known) -> list[Sheet]:
    """The sheets that rosters name, where a run wrote the workbook."""
    ends = tuple(one.sheet for one in wanted.values() if one.sheet)
    if "来源" not in map(_page, book.sheets):
        return []
    return [sheet for sheet in book.sheets if ends and _page(sheet).endswith(ends)]


def _is_written_by_us(book: Book) -> bool:
    """Whether 来源 says that this tool wrote it as a result or a batch; what `merge` wrote is a roster."""
    rows = (row for sheet in book.sheets if _page(sheet) == "来源" for row in sheet.rows)
    return any(len(row) > 1 and row[0] == "程序版本" and str(row[1]).startswith("sanchuang ") for row in rows)


def _page(sheet: Sheet) -> str:
    """A long page goes on as 名称(2)."""
    return sheet.name.partition("(")[0]


def _nothing_found(book: Book, wanted: Known, tables: Sequence[Chosen]) -> str:
    """The reader's words on a book without a wanted roster: what is nearest."""
    titles = "或".join(f"“{one.title}”" for one in wanted.values() if not one.optional) or "认得的名册"
    strangers = [choice for _, choice in tables if isinstance(choice, Stranger)]
    return "\n".join([f"{book.name}：没有找到{titles}。", *_nearest(book, strangers)])


def _nearest(book: Book, strangers: list[Stranger]) -> Iterator[str]:
    if not strangers:
        sheets = "、".join(sheet.name for sheet in book.sheets)
        yield f"  工作表 {sheets} 里没有认出表格，名册应是一行表头、每条一行"
    yield from (f"  {stranger}" for stranger in told_once(strangers))
