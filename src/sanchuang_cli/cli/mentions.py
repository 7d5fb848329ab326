"""Reads the rosters and results of some folders and finds all lines about one person, for `person`; it writes nothing.

Whoever is meant must be one person: an identity number, its last four characters, or a name that only one person of the
folders bears. Otherwise those who may be meant are named, and there is no file. A line without a whole number is theirs only
where nobody else of the name may live there, and where nothing that is left of its number says otherwise.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sanchuang_cli.cli.gathering import Gathered, files_below
from sanchuang_cli.domain import words as known_words
from sanchuang_cli.domain.identity import as_written, birth
from sanchuang_cli.domain.partial import shapes
from sanchuang_cli.finding import Finding, Place, Severity, UserError
from sanchuang_cli.kind import Kind, mask, without_numbers
from sanchuang_cli.programmes.person import Mention
from sanchuang_cli.record import Field, Roster, Row, Source
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.cells.parsers import parser
from sanchuang_cli.roster.everyone import PersonLine, lines_of
from sanchuang_cli.roster.results import NotAResult, Result, opened
from sanchuang_cli.tally import Books, Input, Sort

_LAST, _WHOLE = 4, 15
SURE, SURE_BY_PART = "没有身份证号，同名同村（支部）", "号码不全或有误，与本人的对得上，同名同村（支部）"
UNSURE, SHARED = "没有身份证号，只有姓名相同", "没有身份证号，同名同村（支部）的不止一个人"
AGAINST = "号码不全或有误，不能认定是本人的，只有姓名相同"
_OF_BRANCH = re.compile(r"(?:党支部|党总支|党委|支部|总支)(?:委员会)?$")
_DAYS = "日期"
"""How headings of days end."""
_PRIVATE = frozenset({"身份证号", "银行账号", "联系电话", "账号", "卡号"})
_NOT_SAID = _PRIVATE | {"序号", "乡镇", "村", "姓名"}
_SUMS = ("金额", "实发合计", "实发", "应发合计", "应发", "合计")
_DAY = parser(Field("日期", Kind.DATE))
_MONEY = parser(Field("金额", Kind.MONEY))


class _Found(NamedTuple):
    """A workbook that was read. result: None for a roster."""

    name: str
    sha256: str
    result: Result | None
    lines: tuple[PersonLine, ...]


def mentions(
    who: str, words: Sequence[str], passwords: Sequence[str], but: Collection[Path] = ()
) -> Gathered:
    """The lines about a person, in all files that the words name; of those below a folder `but` is passed over. Raises UserError
    where nobody or several are meant."""
    given = files_below(words, paths.BOOKS, "表格文件。请给出放名册和结果的文件夹。", but)
    found, findings, sorts = [], [], []
    for path, name in zip(given, paths.labels(given), strict=True):
        try:
            book = _read(path, name, passwords)
        except UserError as trouble:
            findings.append(_unread(name, str(trouble)))
            sorts.append((name, Sort.NOT_UNDERSTOOD, ""))
            continue
        found.append(book)
        sorts.append((name, Sort.USED if book.lines else Sort.OTHER, "" if book.lines else "没有写人的表"))
    meant = _meant(who, [line for book in found for line in book.lines])
    records = [record for book in found for record in _of_book(book, meant)]
    return Gathered(
        tuple(given),
        tuple(_input(book, records) for book in found),
        {"mentions": Roster(tuple(records))},
        tuple(findings),
        Books(len(given), tuple(sorts)),
    )


def _read(path: Path, name: str, passwords: Sequence[str]) -> _Found:
    """A workbook with all its lines about people. Raises UserError where it cannot be opened or is a changed result."""
    try:
        result: Result | None = opened(path, name, passwords)
    except NotAResult:
        result = None
    book = result.book if result else open_book(path, passwords).called(name)
    return _Found(name, book.sha256, result, tuple(lines_of(book)))


def _unread(name: str, why: str) -> Finding:
    return Finding(
        "person.book-unread",
        Severity.ERROR,
        f"这个文件没有读成，里面有没有写到这个人，不知道：{why}",
        Place(name),
        "给出的每个文件都要有着落",
        "请按上面说的改好，再重新运行。",
    )


class _Home(NamedTuple):
    """A township with a village or branch, each "" where a line does not say it."""

    township: str
    unit: str

    @classmethod
    def of(cls, line: PersonLine) -> "_Home":
        """Where a line says that somebody is."""
        return cls(known_words.narrow(line.township), known_words.village(line.unit))

    def is_that(self, other: "_Home") -> bool:
        """Whether both say one village or branch, in townships that are not known to be two."""
        return bool(self.unit) and self.unit == other.unit and _may_be(self.township, other.township)

    def may_be(self, other: "_Home") -> bool:
        """Whether both may be one place: a village, and a branch called after it, can be."""
        one, two = (known_words.village(_OF_BRANCH.sub("", home.unit)) for home in (self, other))
        return _may_be(self.township, other.township) and (one.startswith(two) or two.startswith(one))


def _may_be(one: str, other: str) -> bool:
    return one == other or not one or not other


class _Meant(NamedTuple):
    """Who is meant. names: as their own lines write them. identity: "" where no line about the person has one. homes: of the lines that are certainly about the person.
    others: the lines about somebody else of the name: under another number, or without one and at home elsewhere."""

    names: frozenset[str]
    identity: str
    homes: frozenset[_Home]
    others: tuple[PersonLine, ...]


def _meant(who: str, lines: Sequence[PersonLine]) -> _Meant:
    """The one person. Raises UserError."""
    word = known_words.narrow(who)
    if word.isascii() and len(word) >= _WHOLE:
        hits = [line for line in lines if line.identity == as_written(word)]
    elif word.isascii() and len(word) == _LAST:
        hits = [line for line in lines if line.identity.endswith(word.upper())]
    else:
        hits = [line for line in lines if line.name == "".join(who.split())]
    if not hits:
        shown = mask(Kind.IDENTITY, word) if word.isascii() else word
        raise UserError(
            f"没有找到“{shown}”：给出的文件里没有这个人的行。请核对姓名、身份证号或其末四位，或多给几个文件夹。"
        )
    numbers = {line.identity for line in hits if line.identity}
    if len(numbers) > 1:
        raise UserError(f"“{who}”不止一个人，什么都没有写出：{_candidates(hits)}。请写身份证号或其末四位。")
    identity = next(iter(numbers), "")
    own = [line for line in lines if line.identity == identity] if identity else hits
    homes = frozenset(map(_Home.of, own))
    if not identity and _apart(homes):
        raise UserError(
            f"“{who}”在几个村（支部）都有，又都没有身份证号，不知是不是一个人：{_candidates(hits)}。请先补身份证号。"
        )
    names = frozenset(line.name for line in own if line.name)
    return _Meant(names, identity, homes, tuple(_others(names, identity, homes, lines)))


def _apart(homes: Collection[_Home]) -> bool:
    """Whether lines without a number are of several places, so that they may be about several people."""
    townships = {home.township for home in homes if home.township}
    return len({home.unit for home in homes}) > 1 or len(townships) > 1


def _others(
    names: Collection[str], identity: str, homes: Collection[_Home], lines: Sequence[PersonLine]
) -> Iterator[PersonLine]:
    """The lines that are surely about somebody else of the name."""
    for line in lines:
        another = line.identity or not any(_Home.of(line).may_be(home) for home in homes)
        if line.name in names and line.identity != identity and another:
            yield line


def _candidates(lines: Sequence[PersonLine]) -> str:
    """Those who may be meant, by township and year of birth; never by number."""
    said = {
        line.identity or (line.township, line.unit): _shown(
            line.name, line.township or line.unit, line.identity
        )
        for line in lines
    }
    return "、".join(dict.fromkeys(said.values()))


def called(records: Sequence[Mention]) -> str:
    """Whom these lines are about, by township and year of birth; never by number. It tells the files of people of one name
    apart."""
    own = [one for one in records if one.certain] or records
    known = max(own, key=lambda one: (bool(one.identity and one.name), bool(one.identity)))
    return _shown(known.name, known.township or known.village, known.identity)


def _shown(name: str, place: str, identity: str) -> str:
    day = birth(identity) if identity else None
    known = (place, f"{day.year}年生" if day else "没有身份证号")
    return f"{name or '没有写姓名'}（{'，'.join(filter(None, known))}）"


def _of_book(book: _Found, meant: _Meant) -> Iterator[Mention]:
    for line in book.lines:
        if how := _how(line, meant):
            yield _mention(book, line, how)


def _how(line: PersonLine, meant: _Meant) -> str:
    """By what a line is about the person, "" where it is not. One without a whole number may be about somebody else of the
    name: it is the person's only where the person alone may live there."""
    if line.identity:
        return "身份证号相同" if line.identity == meant.identity else ""
    if line.name not in meant.names:
        return ""
    if _contradicts(line.part, meant.identity):
        elsewhere = (one.identity for one in meant.others if one.identity)
        return "" if any(_fits(line.part, number) for number in elsewhere) else AGAINST
    home = _Home.of(line)
    if not any(home.is_that(own) for own in meant.homes):
        return UNSURE
    if any(home.may_be(_Home.of(one)) and not _contradicts(line.part, one.identity) for one in meant.others):
        return SHARED
    return SURE_BY_PART if meant.identity and _fits(line.part, meant.identity) else SURE


def _contradicts(part: str, number: str) -> bool:
    """Whether what is left of a number can hardly have been made from this one."""
    return bool(number and shapes(part)) and not _fits(part, number)


def _fits(part: str, number: str) -> bool:
    """Whether a part can have been made from a number; one that was typed in full, by one slip."""
    typed = len(part) == len(number) and part.isalnum()
    return any(
        known == "".join(number[place] for place in places)
        for places, known in shapes(part)
        if not typed or len(places) >= len(number) - 1
    )


def _mention(book: _Found, line: PersonLine, how: str) -> Mention:
    result = book.result
    place = line.place
    return Mention(
        row=Row(Source(place.book, place.sheet, {}), place.row, ()),
        township=line.township,
        village=line.unit,
        name=line.name,
        identity=line.identity,
        programme=result.programme if result else "",
        what=f"{result.title}：{place.sheet}" if result else place.sheet,
        when=result.period.title if result else "",
        ended=result.period.last if result else date.min,
        said="；".join(
            f"{heading} {_plain(value)}" for heading, value, known in line.told if known not in _NOT_SAID
        ),
        fen=_sum(line.cells),
        stated={
            heading: _stated(heading, written)
            for heading, written in line.cells.items()
            if heading not in _PRIVATE
        },
        certain=how not in (UNSURE, SHARED, AGAINST),
        how=how,
    )


def _plain(value: str) -> str:
    return without_numbers(" ".join(value.split()))


def _stated(heading: str, written: str) -> str:
    """A value in the form in which it is compared: a day as far as it is known."""
    if not heading.endswith(_DAYS):
        return without_numbers("".join(written.split()))
    read = _DAY(written)
    value = getattr(read, "value", read)
    return str(value or written)


def _sum(cells: Mapping[str, str]) -> int | None:
    for heading in _SUMS:
        read = _MONEY(cells[heading]) if heading in cells else None
        if isinstance(read, int):
            return read
    return None


def _input(book: _Found, records: Sequence[Mention]) -> Input:
    own = sum(record.row.source.book == book.name for record in records)
    return Input(book.name, book.sha256, own, 0, (("写到这个人的行", own),) if own else ())
