"""Opens the given books and judges what each one is: used, a blank template, another known sheet, or not understood.

A run, `check`, `merge` and `inspect` all use this judgement. A book is another known sheet only if that explains it. A
roster with one odd heading counts as not understood, even if its columns would do for another list; otherwise the people
in it would be lost without any message.
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
from sanchuang_cli.roster.origins import not_merged
from sanchuang_cli.roster.paths import labels
from sanchuang_cli.roster.tables.dropped import laid_out
from sanchuang_cli.roster.tables.sheet_layout import SheetLayout, layout
from sanchuang_cli.tally import Books, Sort

OWN_PAGES = frozenset({"首页", "填表说明", "疑点", "来源", "退回修改", "待核实", "待核实名单", "来源栏目"})
"""The sheets that this tool adds to its workbooks, templates and returned copies. No roster stands on them."""
RESULT = "本程序写出的结果"
WHAT_OF_A_RESULT = "请给出乡镇报来的名册；上一期的结果用 --previous 给出。"
"""What to do where one of our own results is given for a roster."""
Known = Mapping[str, Wanted[Any]]
Chosen = tuple[Area, Choice | Stranger]


@dataclass(frozen=True)
class Elsewhere:
    """Rosters that are known but not read from the given books.

    own: those whose books another option names; they are looked for in every book. others: those of other programmes; they
    are loaded only when a book is not used.
    """

    own: Known
    others: Callable[[], Known]


NOWHERE = Elsewhere({}, dict)
_MERGE_AGAIN = "请改好那个文件，重新合并。"


@dataclass(frozen=True)
class Sorted:
    """A given book and what it is. name: what messages call it. tables: each with the roster that it is.

    odd: findings about its sheets. what: which other sheet it is, or why it is not understood. mend: what to do then, if
    `what` does not say it. book: None if it cannot be opened; then there is no table.
    """

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
        """The message if it is the only book, "" unless it is not understood."""
        return "\n".join(filter(None, (self.what, self.mend))) if self.sort is Sort.NOT_UNDERSTOOD else ""

    def finding(self) -> Finding | None:
        """The finding about a book that is not used, None for one that is."""
        place = Place(self.name)
        if self.sort is Sort.BLANK:
            message = "这个文件没有采用：只有表头，没有一行数据，是空白表"
            return Finding(
                "book.blank", Severity.NOTE, message, place, mend="已经填好的，请换成填好的那一份。"
            )
        if self.sort is Sort.OTHER:
            ours = self.what.startswith(RESULT)
            message = f"这个文件没有采用：是{self.what}"
            mend = WHAT_OF_A_RESULT if ours else "确是要报的名册的，请核对列标题。"
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
    """All the given books in their order, each under a unique name. With a merged roster come the books that were given to
    `merge` and that it did not understand: nobody in them is in the roster."""
    sorted_books = []
    for path, name in zip(paths, labels(paths), strict=True):
        try:
            laid = laid_out(open_book(path, passwords).called(name))
        except UserError as refusal:
            sorted_books.append(Sorted(path, name, Sort.NOT_UNDERSTOOD, what=str(refusal)))
            continue
        sorted_books.append(sort_of(path, laid.book, wanted, elsewhere, pinned, laid.of))
        for file, why in not_merged(laid.book):
            sorted_books.append(
                Sorted(path, f"{name} 合并的 {file}", Sort.NOT_UNDERSTOOD, what=why, mend=_MERGE_AGAIN)
            )
    return sorted_books


def counted(books: Sequence[Sorted]) -> Books:
    """How many books were given, and what each of them is."""
    sorts = ((book.name, book.sort, book.what if book.sort is Sort.OTHER else "") for book in books)
    return Books(len(books), tuple(sorts))


def sort_of(
    path: Path,
    book: Book,
    wanted: Known,
    elsewhere: Elsewhere = NOWHERE,
    pinned: Mapping[str, str] | None = None,
    lay: Callable[[Sheet, str], SheetLayout] = layout,
) -> Sorted:
    """Judges an open book. lay: gives the layout of a sheet, if it is known already."""
    if is_result(book, wanted) or (_is_written_by_us(book) and not of_a_run(book, wanted)):
        return Sorted(path, book.name, Sort.OTHER, book, what=result_of(book))
    layouts = [lay(sheet, book.name) for sheet in _sheets(book, wanted)]
    odd = tuple(finding for sheet_layout in layouts for finding in sheet_layout.findings)
    areas = [area for sheet_layout in layouts for area in sheet_layout.areas]
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
    judged = Sorted(path, book.name, sort, book, tables, odd, what)
    return without_a_roster(judged, wanted) if sort is Sort.NOT_UNDERSTOOD else judged


def without_a_roster(given: Sorted, wanted: Known) -> Sorted:
    """The same book as not understood, because it has none of the wanted rosters; with the nearest ones."""
    assert given.book
    what, mend = _nothing_found(given.book, wanted, given.tables), how_to_mend(given.name)
    return replace(given, sort=Sort.NOT_UNDERSTOOD, what=what, mend=mend)


def _is_used(area: Area, choice: Choice | Stranger) -> bool:
    """Whether the table is a wanted roster with records."""
    return isinstance(choice, Choice) and bool(area.records)


def _elsewhere(
    area: Area,
    choice: Choice | Stranger,
    book: Book,
    wanted: Known,
    elsewhere: Elsewhere,
    pinned: Mapping[str, str] | None,
) -> str:
    """The title of the roster for which another option is meant, if the table is rather that one; else "".

    Raises UserError when nobody can tell which roster it is.
    """
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
    """What a book without a used table is, and the titles of the other sheets in it."""
    if _is_written_by_us(book):
        return Sort.OTHER, result_of(book)
    titles = {title for _, title in listed if title}
    records = {roster.record for roster in wanted.values()}
    others = {name: roster for name, roster in elsewhere.others().items() if roster.record not in records}
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
    """The title of another roster that explains the table, "" if none does.

    That roster must take every column that the nearest wanted roster would take. If it is no main roster, no unknown column
    may be left over. If it requires no column, the table must have all its columns.
    """
    if stranger.paid:
        return PAID_LIST
    ours = {match.column for match in stranger.matching.matches.values()}
    for name, roster in others.items():
        best = ranked(area, book.name, {name: roster})
        if isinstance(best, Stranger):
            if best.paid:
                return PAID_LIST
            continue
        matching = best.matching
        theirs = {match.column for match in matching.matches.values()}
        has_enough = any(field.needed for field in roster.fields) or len(theirs) == len(roster.fields)
        if has_enough and ours <= theirs and (roster.whole or not matching.unknown):
            return roster.title
    return ""


def is_result(book: Book, wanted: Known) -> bool:
    """Whether a run wrote the workbook and the wanted rosters may not be read from it."""
    return bool(of_a_run(book, wanted)) and any(
        roster.whole and not roster.reread for roster in wanted.values()
    )


def _sheets(book: Book, wanted: Known) -> list[Sheet]:
    """The sheets that may hold rosters. In a workbook that a run wrote, only the sheets that the rosters name."""
    return of_a_run(book, wanted) or [sheet for sheet in book.sheets if _page(sheet) not in OWN_PAGES]


def of_a_run(book: Book, wanted: Known) -> list[Sheet]:
    """The sheets that the rosters name, if a run wrote the workbook; else none."""
    ends = tuple(roster.sheet for roster in wanted.values() if roster.sheet)
    if "来源" not in map(_page, book.sheets):
        return []
    return [sheet for sheet in book.sheets if ends and _page(sheet).endswith(ends)]


def _is_written_by_us(book: Book) -> bool:
    """Whether the page 来源 shows that this tool wrote the book as a result or a batch. What `merge` wrote is a roster."""
    rows = (row for sheet in book.sheets if _page(sheet) == "来源" for row in sheet.rows)
    return any(len(row) > 1 and row[0] == "程序版本" and str(row[1]).startswith("sanchuang ") for row in rows)


def result_of(book: Book) -> str:
    """What a workbook of ours is called: of which programme and period, where its 来源 says so."""
    rows = [row for sheet in book.sheets if _page(sheet) == "来源" for row in sheet.rows if len(row) > 1]
    said = [str(row[1]).partition("（")[0] for item in ("事项", "期间") for row in rows if row[0] == item]
    return f"{RESULT}（{'，'.join(said[:2])}）" if said else RESULT


def _page(sheet: Sheet) -> str:
    """The name of a sheet without its number: a long page goes on as 名称(2)."""
    return sheet.name.partition("(")[0]


def _nothing_found(book: Book, wanted: Known, tables: Sequence[Chosen]) -> str:
    """The message for a book without a wanted roster, with the nearest ones."""
    titles = (
        "或".join(f"“{roster.title}”" for roster in wanted.values() if not roster.optional) or "认得的名册"
    )
    strangers = [choice for _, choice in tables if isinstance(choice, Stranger)]
    beside = [area for area, choice in tables if isinstance(choice, Choice)]
    return "\n".join([f"{book.name}：没有找到{titles}。", *_nearest(book, strangers, beside)])


def _nearest(book: Book, strangers: list[Stranger], beside: list[Area]) -> Iterator[str]:
    if beside:
        yield f"  工作表 {'、'.join(area.sheet.name for area in beside)} 是随名册一起用的附表，不是名册，请连同名册一起给出"
    elif not strangers:
        sheets = "、".join(sheet.name for sheet in book.sheets)
        yield f"  工作表 {sheets} 里没有认出表格，名册应是一行表头、每条一行"
    yield from (f"  {stranger}" for stranger in told_once(strangers))
