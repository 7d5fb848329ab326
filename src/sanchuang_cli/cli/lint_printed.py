"""Proves or refutes what a document prints, from the policy alone: totals against one another and against its standards,
words against figures, and worked examples, each of which is run as a small book in a temporary folder.

A contradiction is a sentence; nothing is said where all is well.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import Begun, given_books, main_rosters, occasion, with_townships
from sanchuang_cli.contrast import Standing, standings
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.identity import check_digit
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.policy import Policy, Printed, PrintedFigures, figures_of
from sanchuang_cli.report import files
from sanchuang_cli.roster.cells.numerals import chinese_integer, decimal_in
from sanchuang_cli.tally import ASIDE

_YEAR, _FEN, _STEPS = 12, 100, 2
_NOWHERE = "230299"
"""An address code that was never assigned, for the people of examples: their numbers can belong to nobody."""
_CALLED = {
    "people": "人数",
    "each_month": "每人每月",
    "each_year": "每人每年",
    "month": "每月合计",
    "year": "全年合计",
}


def contradictions(start: Begun, edition: Policy) -> Iterator[str]:
    """What is wrong with each block of an edition that holds what the document prints."""
    for printed in edition.printed:
        where = f"印的“{printed.name}”（{printed.clause}）"
        found = [
            *_sums(printed, printed.months),
            *_words(printed),
            *_parts(printed),
            *_standards(printed, edition),
        ]
        found += _example(printed, edition, start) if printed.row else []
        yield from (f"{where}：{fault}" for fault in found)


def _sums(printed: PrintedFigures, months: int) -> Iterator[str]:
    """Each figure that follows from two others."""
    figures = figures_of(printed)
    for left, times, right in (("month", months, "year"), ("each_month", months, "each_year")):
        yield from _product(figures, left, (f"{times} 个月", Fraction(times)), right)
    people = figures.get("people")
    if people is not None:
        for left, right in (("each_month", "month"), ("each_year", "year")):
            yield from _product(figures, left, (f"{plain(people)} 人", people), right)
        if "month" not in figures and "each_year" not in figures:
            yield from _product(
                figures, "each_month", (f"{plain(people)} 人 × {months} 个月", people * months), "year"
            )


def _product(
    figures: Mapping[str, Fraction], left: str, times: tuple[str, Fraction], right: str
) -> Iterator[str]:
    if left in figures and right in figures and figures[left] * times[1] != figures[right]:
        comes_to = f"{_CALLED[left]} {plain(figures[left])} × {times[0]} = {plain(figures[left] * times[1])}"
        yield f"{comes_to}，印的{_CALLED[right]}是 {plain(figures[right])}"


def _words(printed: Printed) -> Iterator[str]:
    for key, text in printed.words.items():
        value, figure = in_figures(text), printed.figures[key]
        if value is None:
            yield f"{_CALLED[key]}的“{text}”读不成一个数"
        elif value != figure:
            yield f"{_CALLED[key]}印的是 {plain(figure)}，又写“{text}”（{plain(value)}）"


_BILL = re.compile(r"(?P<whole>.*?)(?:元|圆|块)?(?:(?P<jiao>[^元圆角分])角)?(?:零?(?P<fen>[^元圆角分零])分)?")


def in_figures(text: str) -> Fraction | None:
    """叁拾万柒仟贰佰元整, 30.72万元, 三百二十人; None where it is no number."""
    words = re.sub("^(人民币|大写[:：]?)+|[整正人名个]$", "", narrow(text))
    words = re.sub("^(人民币|大写[:：]?)+|[整正]$", "", words)
    match = _BILL.fullmatch(words)
    if match is None:
        return None
    whole = match["whole"] or "零"
    number = decimal_in(whole)
    parts = [chinese_integer(match[name] or "零") for name in ("jiao", "fen")]
    if number is None or None in parts:
        return None
    return Fraction(number) + Fraction(parts[0] or 0, 10) + Fraction(parts[1] or 0, _FEN)


def _parts(printed: Printed) -> Iterator[str]:
    """The parts, each by itself, and their sum."""
    for part in printed.parts:
        yield from (f"“{part.name}”{fault}" for fault in _sums(part, printed.months))
    for key in ("people", "month", "year"):
        own = [figures_of(part)[key] for part in printed.parts if key in figures_of(part)]
        if (
            own
            and len(own) == len(printed.parts)
            and key in printed.figures
            and sum(own) != printed.figures[key]
        ):
            added = " + ".join(map(plain, own))
            yield f"分项的{_CALLED[key]} {added} = {plain(sum(own, Fraction(0)))}，印的总数是 {plain(printed.figures[key])}"


def _standards(printed: Printed, edition: Policy) -> Iterator[str]:
    """So many people at the least, or the most, that the document pays; of the parts too."""
    if printed.benefit and printed.benefit not in {
        getattr(one, "name", "") for one in getattr(edition, "benefit", ())
    }:
        yield f"benefit“{printed.benefit}”不是这一版里的一项"
        return
    least, most = edition.pays_between(printed.benefit)
    for part in (printed, *printed.parts):
        of = f"“{part.name}”" if part is not printed else ""
        figures = figures_of(part)
        people = figures.get("people")
        by_year = {"year": (people, printed.months), "month": (people, 1)} if people else {}
        by_year |= {"each_year": (Fraction(1), printed.months), "each_month": (Fraction(1), 1)}
        for key, (heads, months) in by_year.items():
            if key not in figures or heads is None:
                continue
            low, high = (None if one is None else one * months / _YEAR * heads for one in (least, most))
            each = f"{plain(heads)} 人 × " if key in ("year", "month") else ""
            if low is not None and low > figures[key]:
                yield f"{of}{each}最低标准 {plain(low / heads)} = {plain(low)}，超过印的{_CALLED[key]} {plain(figures[key])}"
            elif high is not None and high < figures[key]:
                yield f"{of}{each}最高标准 {plain(high / heads)} = {plain(high)}，不到印的{_CALLED[key]} {plain(figures[key])}"


# --------------------------------------------------------------------------------- examples


def _example(printed: Printed, edition: Policy, start: Begun) -> Iterator[str]:
    """The example as a roster of one row, judged by the edition."""
    try:
        standing, why = _judged(printed, edition, start)
    except UserError as trouble:
        yield f"例子算不出来：{' '.join(str(trouble).split())}"
        return
    if standing.part == ASIDE:
        yield f"例子照这份政策是待核实：{why}"
        return
    if printed.pays is not None and standing.fen() != printed.pays * _FEN:
        yield f"例子印的是 {plain(printed.pays)} 元，照这份政策是 {yuan(standing.fen())} 元{f'（{why}）' if why else ''}"
    if printed.stars is not None and standing.stars != printed.stars:
        yield f"例子印的是 {printed.stars} 星，照这份政策是 {standing.stars} 星{f'（{why}）' if why else ''}"
    if printed.grade is not None and standing.grade != printed.grade:
        yield f"例子印的是“{printed.grade}”，照这份政策是“{standing.grade}”{f'（{why}）' if why else ''}"


def _judged(printed: Printed, edition: Policy, start: Begun) -> tuple[Standing, str]:
    """What comes of the row, and why: the errors, or the steps. Raises UserError."""
    programme = start.programme
    asked = Asked(period=printed.period)
    when = replace(occasion(programme, asked), on=occasion(programme, asked).period.last)
    own = start._replace(when=when, policy=replace(start.policy, editions=(edition,)))
    cells = _cells(printed.row, own)
    with files.workspace() as folder:
        book = Path(folder) / "例子.csv"
        with book.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[*cells], [*cells.values()]])
        read, given = with_townships(own, given_books(own, replace(asked, books=[str(book)])), asked)
        whole = programme.judge(given.rosters, read.policy, read.when)
    (standing,) = standings(whole, programme.compared).values()
    errors = [one.message for one in (*given.findings, *whole.findings) if one.severity is Severity.ERROR]
    reasons = [*programme.compared.reasons(standing.verdict)] if standing.verdict else []
    failed = [one for one in reasons if one.holds is False]
    figures = [one for one in reasons if one.holds is None and one.said != "涉及"]
    steps = [f"{one.what}：{one.said}" for one in (*failed[:_STEPS], *figures[-1:])]
    return standing, "；".join(errors or steps)


def _cells(row: Mapping[str, str], start: Begun) -> dict[str, str]:
    """The cells of the example, with what a row must have beside them."""
    wanted = main_rosters(start)[start.programme.chief]
    cells = dict(row)
    for field in wanted.fields:
        if field.kind is Kind.IDENTITY and field.required and field.heading not in cells:
            cells[field.heading] = _identity(cells)
        elif field.needed and field.heading not in cells:
            cells[field.heading] = field.example or {Kind.NAME: "张建国"}.get(field.kind, "")
    return {"乡镇": "示例镇", **cells}


def _identity(cells: Mapping[str, str]) -> str:
    """A number that nobody has, of the sex and the birth date that the example tells. Raises UserError."""
    digits = re.findall(r"\d+", cells.get("出生日期", ""))
    try:
        year, month, day = (*map(int, digits), 1, 1)[:3]
        born = date(year, month, day)
    except ValueError:
        raise UserError("row 里没有身份证号，要写“出生日期”（如 1950-03-15）和“性别”。") from None
    if cells.get("性别") not in ("男", "女"):
        raise UserError("row 里没有身份证号，要写“性别”，男或女。")
    body = f"{_NOWHERE}{born:%Y%m%d}00{1 if cells['性别'] == '男' else 2}"
    return body + check_digit(body)
