"""Composes a 公示 (public notice): its text, dates and public list. It writes no file; official.py and
noticesheet.py do.

Both writers get only what is composed here, so nothing that `publishing.public` leaves out can be published.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from sanchuang_cli.domain.workdays import Term
from sanchuang_cli.finding import Finding, Place, Severity, UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.posting import Draft, Notice, Posting
from sanchuang_cli.report.printing import UNSAID, Office, filled
from sanchuang_cli.report.publishing import (
    private,
    public,
    scrubbed,
    telling,
    told_apart,
    without_small_counts,
)
from sanchuang_cli.report.worksheet import totals
from sanchuang_cli.table import Table

BLANK = "____年__月__日"
_NUMERALS = "一二三四五六七八九十"
_FEW = 5
"""How many lines a message names."""
_DAYS = {"calendar-days": "天", "working-days": "个工作日"}


@dataclass(frozen=True)
class Posted:
    """A notice or a letter as it is drawn.

    paragraphs: (heading, text); the first has no heading. dated: the day of posting in official form. letterhead: the red
    words at the top, "" for none. draft: it is only a specimen, and every page says so. to: the addressee of a letter
    (主送). note: the words in brackets below its date (附注). attached: further attachments beside the table. working: the
    list is a working list with long texts, so it is set in small type. number: the document's number (发文字号), "" for none.
    """

    name: str
    title: str
    paragraphs: tuple[tuple[str, str], ...]
    table: Table
    issuer: str
    dated: str
    letterhead: str = ""
    draft: bool = False
    to: str = ""
    note: str = ""
    attached: tuple[str, ...] = ()
    working: bool = False
    number: str = ""


def posted(
    notice: Notice,
    since: date | None,
    unmask: Set[str] = frozenset(),
    *,
    office: Office = UNSAID,
    draft: bool = False,
) -> tuple[Posted, list[Finding]]:
    """The notice as posted on `since` (dates are blank without it), and the findings to look at before
    posting it."""
    return composed(drafted(notice, unmask), since, office=office, specimen=draft)


def drafted(notice: Notice, unmask: Set[str] = frozenset()) -> Draft:
    """The notice without its days. unmask: names or titles of columns that are published whole.

    Raises UserError where a printed value would tell a cause that is not published.
    """
    _refuse_telling(notice, unmask)
    table, alike = _listed(notice, unmask)
    return Draft(
        name=notice.name,
        title=notice.title,
        basis=notice.basis,
        what=notice.what,
        standard=notice.standard,
        period=notice.period,
        posting=notice.posting,
        table=table,
        counted="，".join(filter(None, (_counted(notice), _sums(table)))),
        withheld=_withheld(notice, table),
        alike=alike,
    )


def composed(
    draft: Draft, since: date | None, *, office: Office = UNSAID, specimen: bool = False
) -> tuple[Posted, list[Finding]]:
    """The notice as posted on `since`, and what must be looked at before. specimen: every page says that it is one."""
    last, guessed = term(draft.posting, since) if since else (None, ())
    time = _time(draft.posting, since, last)
    ready = Posted(
        draft.name,
        draft.title,
        _paragraphs(draft, time, _objections(draft.posting, office)),
        draft.table,
        filled(draft.posting.issuer, office.seal),
        official(since),
        office.letterhead,
        specimen,
    )
    alike = [_still_alike(draft, lines, name) for lines, name in draft.alike]
    return ready, alike + [_unannounced(draft, year) for year in guessed]


def official(day: date | None) -> str:
    """The day in official form, 2026年5月18日; without a day, blanks to fill in by hand."""
    return f"{day.year}年{day.month}月{day.day}日" if day else BLANK


def term(posting: Posting, since: date) -> tuple[date, tuple[int, ...]]:
    """The last day of posting, and the years whose public holidays are not known and had to be guessed."""
    counted = _term(posting)
    return counted.end(since), counted.guessed(since)


def ends(posting: Posting, since: date) -> tuple[date, date]:
    """The last day by the posting's own count, and by the other one, with or without the day of posting."""
    counted = _term(posting)
    return counted.end(since), counted.counted_otherwise.end(since)


def _term(posting: Posting) -> Term:
    return Term(
        days=posting.days,
        working=posting.counting == "working-days",
        first_counts=posting.posting_day == "counted",
        holidays=posting.holidays,
        workdays=posting.workdays,
    )


def _listed(notice: Notice, unmask: Set[str]) -> tuple[Table, tuple[tuple[tuple[int, ...], str], ...]]:
    """The public list, and who cannot be told apart on it. Where people have the same name, something that tells them apart
    stands after it."""
    full = notice.table
    table = public(full, unmask)
    name = next((c.name for c in table.columns if c.kind is Kind.NAME), "")
    if not name:  # how many people a figure is of counts although it may not be printed
        return public(without_small_counts(full), unmask), ()
    visible = {c.name for c in full.columns if not private(c) or c.called(unmask)}
    beside, alike = told_apart(full, notice.apart, visible)
    j = table.index(name)
    rows = [
        (*row[:j], f"{row[j]}（{words}）" if words else row[j], *row[j + 1 :])
        for row, words in zip(table.rows, beside, strict=True)
    ]
    named = tuple((tuple(i + 1 for i in group), str(table.rows[group[0]][j])) for group in alike)
    return replace(table, rows=rows), named


def _refuse_telling(notice: Notice, unmask: Set[str]) -> None:
    """Raises UserError where a value stands with people of one private cause alone, unless a document wants it published."""
    wanted = {one.column for one in notice.posting.required} | unmask
    for one in telling(notice.table, notice.apart):
        if one.column not in wanted:
            rows = "、".join(map(str, one.lines[:_FEW])) + ("……" if len(one.lines) > _FEW else "")
            raise UserError(
                f"《{notice.title}》不宜公示：“{one.column}”写着“{one.value}”的（名单第 {rows} 行），“{one.private}”都是同一种，"
                f"看得出不公布的{one.private}。请不要按{one.private}分“{one.column}”，或换一个写法；文件要求必须公布的，"
                '在政策的 [edition.notice] 里写 required = [{ column = "'
                f'{one.column}", clause = "第几条" }}]。'
            )


def _still_alike(draft: Draft, lines: Sequence[int], name: str) -> Finding:
    return Finding(
        "notice.same-name",
        Severity.WARNING,
        f"《{draft.title}》名单第{'、'.join(map(str, lines))}行都是“{name}”，凭公布的栏目分不开",
        Place(draft.name),
        "公示应使群众认得出是谁，又不公布证件号码",
        "核对是不是重复；确是两个人的，张贴前在姓名后注明，或用 --unmask 公布一个栏目并写明 --reason",
    )


def _unannounced(notice: Draft, year: int) -> Finding:
    return Finding(
        "notice.holidays-unknown",
        Severity.WARNING,
        f"《{notice.title}》的公示期到了 {year} 年，这一年的放假安排程序里没有，只按周末休息推算",
        Place(notice.name),
        notice.posting.clause,
        "核对国务院办公厅的放假通知，在政策的 [edition.notice] 里写上 holidays（放假的日子）和 workdays（上班的周末）",
    )


def _paragraphs(draft: Draft, time: str, objections: str) -> tuple[tuple[str, str], ...]:
    items = (
        ("标准", draft.standard),
        *((("所属期间", f"{draft.period}。"),) if draft.period not in draft.what else ()),
        ("公示时间", time),
        ("意见反映", objections),
        *((("个人信息", draft.withheld),) if draft.withheld else ()),
    )
    opening = (
        f"根据{'、'.join(draft.basis)}，现将{draft.what}予以公示（名单附后，{draft.counted}），接受群众监督。"
    )
    return (
        ("", scrubbed(opening)),
        *((f"{_NUMERALS[n]}、{what}：", words) for n, (what, words) in enumerate(items)),
        ("", "特此公示。"),
    )


def _counted(notice: Notice) -> str:
    """How many are on the list: people, and also lines where somebody has several; 条 where the list is not
    of people."""
    table = notice.table
    of_people = any(column.kind is Kind.NAME for column in table.columns)
    identity = next((j for j, column in enumerate(table.columns) if column.kind is Kind.IDENTITY), None)
    lines = len(table.rows)
    people = lines if identity is None else len({row[identity] or row for row in table.rows})
    counted = f"共{people}{notice.counted or ('人' if of_people else '条')}"
    return counted if people == lines else f"{counted}、{lines}条"


def _sums(table: Table) -> str:
    """The totals of the columns of money; "" where there are none."""
    sums = zip(table.columns, totals(table.columns, table.rows), strict=True)
    money = [(column, fen) for column, fen in sums if column.total and column.kind is Kind.MONEY and fen]
    return "，".join(
        f"{column.title.replace('/', '') if len(money) > 1 else ''}合计{yuan(fen):,.2f}元"
        for column, fen in money
    )


def _time(posting: Posting, since: date | None, last: date | None) -> str:
    day = "计算在内" if posting.posting_day == "counted" else "不计算在内"
    return f"自{official(since)}张贴起至{official(last)}止，共{posting.days}{_DAYS[posting.counting]}（张贴当日{day}）。"


def _objections(posting: Posting, office: Office) -> str:
    where = f"，地址：{posting.address}" if posting.address else ""
    whom = filled(posting.objections_to, office.department)
    telephone = filled(posting.telephone, office.supervision)
    questions = f"政策咨询电话：{office.enquiries}。" if office.enquiries else ""
    return (
        f"对公示内容有异议的，请在公示期内向{whom}反映，监督电话：{telephone}{where}。{questions}"
        "反映情况应实事求是，反映人的情况予以保密。"
    )


def _withheld(notice: Notice, table: Table) -> str:
    """The sentence that says which columns are not published; "" where all are. A count says nothing of anybody."""
    kept = {column.name for column in table.columns}
    left = [one for one in notice.table.columns if one.name not in kept and one.kind is not Kind.COUNT]
    gone = [column.title.replace("/", "") for column in left]
    return f"为保护个人信息，名单不公布{'、'.join(gone)}。" if gone else ""
