"""Decides what takes all rows together: ghosts, doubles and handovers, several rows of one person, the shares of grades,
capped rewards.

A person with several rows is paid once: in each month the higher post, or by days where the document counts by days.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple

from sanchuang_cli.domain.contradictions import repeated, shared
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.identity import as_written
from sanchuang_cli.domain.payroll.screening import on_lists
from sanchuang_cli.domain.posts import words_of
from sanchuang_cli.domain.wages.doubts import DOUBTS
from sanchuang_cli.domain.wages.one_person import once_each, overlap
from sanchuang_cli.domain.wages.policy import GradeLimit, GradeShares, OfficePost, Performance
from sanchuang_cli.domain.wages.records import Appraisal, Cadre, Village
from sanchuang_cli.domain.wages.verdict import COMPONENTS, PERFORMANCE, REWARD, Wage, YearPay, wage
from sanchuang_cli.finding import Place
from sanchuang_cli.judging import Company, Joint, Judged, Told, in_error
from sanchuang_cli.money import shares, yuan
from sanchuang_cli.programme import PREVIOUS

_WHOLE = 100


class GradeCount(NamedTuple):
    """A line of 等次分布: how many were graded so for a year. most: so many may be; None where nothing says."""

    year: int
    grades: str
    people: int
    graded: int
    most: int | None

    @property
    def over(self) -> int:
        """How many have the grade beyond those who may."""
        return max(0, self.people - self.most) if self.most is not None else 0


class Apart(NamedTuple):
    """What pages show beside the verdicts."""

    grades: tuple[GradeCount, ...]


def together(company: Company) -> Joint:
    """Everything of all rows; an error sets its row aside, and rows that are set aside take no part in what follows."""
    told = [*_of_people(company), *on_lists(company, "cadres"), *_sole_posts(company)]
    told += _beside_one_that_waits(company, told)
    standing: list[Wage] = company.standing("cadres", told)
    standing = once_each(standing, company.at.ready)
    counts, over = _grades(company)
    told += [*over, *_strays(company), *_absent(company)]
    if caps := _caps(standing):
        standing = [_capped(verdict, caps) for verdict in standing]
    if refused := _refused(company, counts):
        standing = [_waiting(verdict, refused) for verdict in standing]
    told += [*_pots(company, standing), *_unruled(company, standing)]
    return Joint(verdicts={"cadres": standing}, told=told, more=Apart(tuple(counts)))


def _unruled(company: Company, standing: Sequence[Wage]) -> Iterator[Told]:
    """A year whose yearly sums would be paid now and of which no edition says anything: once, with how many people wait."""
    editions = company.at.editions
    counts = Counter(each for verdict in standing for each in verdict.unruled)
    for (component, month), people in counts.items():
        year, name = month.year - 1, COMPONENTS[component]
        said = f"{year} 年没有政策版本（最早的一版自 {editions.editions[0].effective} 起），"
        said += f"应在 {month} 发的 {year} 年度{name}没有算，{people} 行等着"
        yield Told(company.at.doubts.at("year-unruled", Place(editions.name), said))


def _told(code: str, record: Cadre, field: str, message: str) -> Told:
    return Told(DOUBTS.at(code, record.row.place(field), f"{record.called}：{message}"), record.row)


def _all_told(code: str, field: str, rows: Sequence[Cadre], said: str) -> Iterator[Told]:
    """The same of each of some rows, with where the others stand."""
    for row in rows:
        others = "；".join(f"{other.name}，{other.row.place(field)}" for other in rows if other is not row)
        yield _told(code, row, field, f"{said}：{others}")


def _rows(company: Company) -> list[Cadre]:
    """Every row that could be read, those left out that are counted with another of the same."""
    merged = {id(row) for row in company.merged}
    return [judged.record for judged in company.judged["cadres"] if id(judged.record.row) not in merged]


def _of_people(company: Company) -> Iterator[Told]:
    """One village at a time; one telephone, one person."""
    rows, posts = _rows(company), company.at.policy.by_word
    for own in repeated(rows, attrgetter("identity")):
        for pair in combinations(own, 2):
            yield from _of_pair(pair, posts)
    for group in shared(rows, attrgetter("phone"), attrgetter("identity")):
        yield from _all_told("shared-phone", "phone", group, "联系电话和别人相同")


def _beside_one_that_waits(company: Company, told: Sequence[Told]) -> Iterator[Told]:
    """The other rows of whoever has a row that waits: a person is paid by all of their rows or by none, or what was paid by
    the row that waits would be asked back."""
    aside = in_error((*company.found, *told))
    unread = {as_written(row.written("identity")): row for row in company.unread}
    unread.pop("", None)
    rows = _rows(company)
    waiting = {row.identity: row.row for row in rows if id(row.row) in aside} | unread
    for row in rows if waiting else ():
        if row.identity in waiting and id(row.row) not in aside:
            place = waiting[row.identity].place()
            yield _told("other-row", row, "identity", f"本人另一行待核实，见 {place}，都不发放")


def _of_pair(pair: tuple[Cadre, Cadre], posts: Mapping[str, OfficePost]) -> Iterator[Told]:
    first, second = pair
    if not overlap(first, second):
        return
    if (first.township, first.village) != (second.township, second.village):
        yield from _all_told("two-villages", "village", pair, "同时在另一个村任职")
    elif both := _names(first, posts) & _names(second, posts):
        yield from _all_told(
            "spells-overlap", "started", pair, f"{'、'.join(sorted(both))}的另一段任期与这一段重叠"
        )


def _names(who: Cadre, posts: Mapping[str, OfficePost]) -> set[str]:
    """The posts of a row that the policy knows, by name."""
    words = words_of(who.post, posts, (who.township, who.village))
    return {posts[word].name for word in words if word in posts}


def _sole_posts(company: Company) -> Iterator[Told]:
    """Posts that one person holds at a time: two holders are errors, a handover in a month of the run is told."""
    posts = company.at.policy.by_word
    sole = {post.name for post in company.at.policy.posts if post.sole}
    holders: dict[tuple[str, str, str], list[Judged]] = defaultdict(list)
    for judged in company.judged["cadres"]:
        who: Cadre = judged.record
        for name in _names(who, posts) & sole:
            holders[who.township, who.village, name].append(judged)
    for (_, _, name), held in holders.items():
        for first, second in combinations(held, 2) if len(held) > 1 else ():
            if first.record.identity != second.record.identity:
                yield from _of_holders(name, first, second)


def _of_holders(name: str, first: Judged, second: Judged) -> Iterator[Told]:
    pair = (first.record, second.record)
    if overlap(*pair):
        yield from _all_told("two-holders", "post", pair, f"{name}同时还有一人")
    elif _paid_months(first) & _paid_months(second):
        yield from _all_told("handover", "post", pair, f"{name}本期换人，两人都有报酬")


def _paid_months(judged: Judged) -> set[int]:
    months = judged.verdict.months if judged.verdict else ()
    return {month.month for month in months if month.total}


def _caps(standing: Sequence[Wage]) -> Mapping[tuple[int, int], int]:
    """What is left of a reward, in fen, by verdict and year, where those of a village come to more than their cap."""
    by_village: dict[tuple[str, str, int], list[tuple[int, YearPay]]] = defaultdict(list)
    for verdict in standing:
        for year in verdict.years:
            if year.component == REWARD and year.fen:
                place = (verdict.record.township, verdict.record.village, year.year)
                by_village[place].append((id(verdict.record), year))
    left: dict[tuple[int, int], int] = {}
    for own in by_village.values():
        parts = [year.fen for _, year in own]
        rule, village = own[0][1].edition.reward, own[0][1].months[0].basis.rests_on[0]
        if rule and rule.at_most is not None and isinstance(village, Village):
            most = int((village.income or 0) * rule.at_most / _WHOLE)
            if sum(parts) > most:
                cut = shares(most, parts)
                left |= {(who, year.year): fen for (who, year), fen in zip(own, cut, strict=True)}
    return left


def _changed(verdict: Wage, change: Callable[[YearPay], YearPay]) -> Wage:
    """The verdict with other yearly sums."""
    years = [change(year) for year in verdict.years]
    return (
        wage(verdict.record, verdict.reasons, verdict.months, years, verdict.unruled)
        if years != list(verdict.years)
        else verdict
    )


def _capped(verdict: Wage, caps: Mapping[tuple[int, int], int]) -> Wage:
    def change(year: YearPay) -> YearPay:
        fen = caps.get((id(verdict.record), year.year)) if year.component == REWARD else None
        return year if fen is None else year._replace(fen=fen, cut=True)

    return _changed(verdict, change)


def _waiting(verdict: Wage, years: Collection[int]) -> Wage:
    """The verdict while performance of these years waits."""

    def change(year: YearPay) -> YearPay:
        if year.component != PERFORMANCE or year.year not in years:
            return year
        known = year.coefficient
        return year.of(year.months, known._replace(value=None, said=f"{known.said}；等次比例超过规定"))

    return _changed(verdict, change)


def _performances(company: Company) -> Iterator[tuple[int, Performance]]:
    """The years whose performance is paid in the run, with the rule of each."""
    for month in company.at.occasion.period.each_month():
        rule = company.at.ready.ruled[month.year - 1]
        if rule and rule.performance and rule.performance.month == month.month:
            yield month.year - 1, rule.performance


def _grades(company: Company) -> tuple[list[GradeCount], list[Told]]:
    """How many have each grade, and what passes its limit."""
    counts, told = [], []
    for year, rule in _performances(company):
        own = [row for row in company.at.ready.appraisals.values() if row.year == year]
        named = Counter(grade.name for row in own if (grade := rule.grade(row.grade)))
        graded = sum(named.values())
        limits = {limit.grades: limit for limit in rule.shares.limits} if rule.shares else {}
        for names in dict.fromkeys((*((grade.name,) for grade in rule.grades), *limits)):
            limit = limits.get(names)
            most = int(graded * limit.percent // _WHOLE) if limit else None
            count = GradeCount(year, "＋".join(names), sum(named[name] for name in names), graded, most)
            counts.append(count)
            if count.over and rule.shares and limit:
                told.append(_over(own[0], count, limit, rule.shares))
    return counts, told


def _over(row: Appraisal, count: GradeCount, limit: GradeLimit, rule: GradeShares) -> Told:
    place = Place(row.row.source.book, row.row.source.sheet)
    then = "绩效都等到改正以后再发" if rule.over == "refuse" else "照发"
    percent = f"⌊{count.graded} × {plain(limit.percent)}%⌋ = {count.most}"
    message = (
        f"{count.year} 年度{count.grades} {count.people} 人，至多 {percent} 人，超过 {count.over} 人，{then}"
    )
    return Told(DOUBTS.at("grades-over", place, message, rule.clause))


def _refused(company: Company, counts: Iterable[GradeCount]) -> set[int]:
    """The years whose performance waits, because the grades pass their limits."""
    refusing = {year for year, rule in _performances(company) if rule.shares and rule.shares.over == "refuse"}
    return {count.year for count in counts if count.over} & refusing


def _pots(company: Company, standing: Sequence[Wage]) -> Iterator[Told]:
    """Years whose performance comes to more than its pot."""
    for year, rule in _performances(company):
        own = [
            pay
            for verdict in standing
            for pay in verdict.years
            if (pay.component, pay.year) == (PERFORMANCE, year)
        ]
        if rule.pot is None or not own:
            continue
        basis, fen = sum((pay.basis for pay in own), Fraction(0)), sum(pay.fen for pay in own)
        most = int(basis * rule.pot)
        if fen > most:
            message = f"{year} 年度绩效合计 {yuan(fen)} 元，至多 {yuan(most)} 元，多 {yuan(fen - most)} 元"
            yield Told(DOUBTS.at("pot-over", Place(rule.clause), message, rule.clause))


def _strays(company: Company) -> Iterator[Told]:
    """Appraisals of nobody on the roster."""
    here = {judged.record.identity for judged in company.judged["cadres"]}
    years = {year for year, _ in _performances(company)}
    for row in company.at.ready.appraisals.values():
        if row.year in years and row.identity not in here:
            yield company.told("appraisal-stray", row.row, "identity", f"{row.name}：考核表里有，名册里没有")


def _absent(company: Company) -> Iterator[Told]:
    """Whoever the last result shows paid and whose number is on no row any more."""
    previous = company.at.rosters.get(PREVIOUS)
    if previous is None:
        return
    here = {judged.record.identity for judged in company.judged["cadres"]}
    here |= {as_written(row.written("identity")) for row in company.unread}
    for line in previous.records:
        fen = line.more.get("fen")
        if fen and line.more["identity"] not in here:
            message = f"{line.more['name']}：上期发放 {yuan(fen)} 元，本期名册里没有这个号码"
            told = DOUBTS.at("absent", line.row.place("name"), message)
            yield Told(replace(told, vanished=True))
