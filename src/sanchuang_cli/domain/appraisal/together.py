"""Decides what takes all units together: the cap on the best grade and the places, within each type; then what is proposed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace as changed
from fractions import Fraction

from msgspec.structs import replace

from sanchuang_cli.domain.appraisal.judging import APPRAISED, PROPOSED, UNDECIDED, UnitAppraisal, shown
from sanchuang_cli.domain.appraisal.policy import AppraisePolicy, ProposalRule
from sanchuang_cli.domain.appraisal.problems import told_of_problems
from sanchuang_cli.domain.appraisal.sheets import PAPERS, SHEETS, UNITS, unused
from sanchuang_cli.domain.appraisal.yearly import of_no_unit
from sanchuang_cli.domain.ballots import places
from sanchuang_cli.domain.ballots.bars import Cap
from sanchuang_cli.domain.doubtful import Doubtful
from sanchuang_cli.domain.exact_numbers import percent
from sanchuang_cli.finding import ALL, Place
from sanchuang_cli.judging import At, Company, Joint, Reason, Told

_TIES = {
    "skip": "并列的占去名次（1、2、2、4）",
    "dense": "并列的不占名次（1、2、2、3）",
    "mean": "并列的占去名次，平分所占名次的分值",
}


def together(company: Company) -> Joint:
    """Each type by itself; what waits takes no place and counts in no cap."""
    at, standing = company.at, company.standing(UNITS)
    final = {id(one.record.row): one for one in standing}
    told = [*_strange(company), *_of_results(at), *told_of_problems(company)]
    for kind in at.policy.types:
        own = [one for one in standing if one.type == kind.name and one.part == APPRAISED]
        capped, odd = _within_quota(own, kind.name, at)
        placed, more = _placed(capped, kind.name, at)
        told += [*odd, *more]
        final |= {id(one.record.row): one for one in placed}
    proposed = [_proposed(one, at) for one in final.values()]
    return Joint(
        {UNITS: [one for one, _ in proposed]}, [*told, *(odd for _, odds in proposed for odd in odds)]
    )


def _within_quota(
    own: Sequence[UnitAppraisal], kind: str, at: At[AppraisePolicy]
) -> tuple[list[UnitAppraisal], list[Told]]:
    """Of the units of a type, the best grade for no more than the cap allows."""
    quota, (best, next_best, *_) = at.policy.quota, at.policy.grades.names()
    scores: dict[int, Fraction] = {
        i: one.total or Fraction(0) for i, one in enumerate(own) if one.grade == best
    }
    if quota is None or not scores:
        return list(own), []
    cap, chosen = quota.of(len(own)), places.capped(scores, len(own), quota)
    room = f"{kind}已评 {len(own)} 个，“{best}”至多 {percent(quota.share)}，{cap} 个"
    graded = {**dict.fromkeys(chosen.inside, best), **dict.fromkeys(chosen.tied, UNDECIDED)}
    made = [
        _capped(one, graded.get(i, next_best), quota, room) if i in scores else one
        for i, one in enumerate(own)
    ]
    names = "、".join(own[i].record.name for i in chosen.tied)
    tied = [
        Told(at.doubts.at("tied", own[i].record.row.place("name"), f"{own[i].record.called}：{room}，{names}同为 {shown(scores[i])} 分，等次待定", quota.clause))
        for i in chosen.tied
    ]  # fmt: skip
    return made, tied


def _capped(one: UnitAppraisal, grade: str, quota: Cap, room: str) -> UnitAppraisal:
    """The unit with the grade that the cap leaves it."""
    outcome = (
        "在名额之内"
        if grade == one.grade
        else f"定为“{grade}”"
        if grade != UNDECIDED
        else "跨名额线同分，等次待定"
    )
    return replace(
        one, grade=grade, reasons=(*one.reasons, Reason("名额", f"{room}：{outcome}", quota.clause))
    )


def _placed(
    own: Sequence[UnitAppraisal], kind: str, at: At[AppraisePolicy]
) -> tuple[list[UnitAppraisal], list[Told]]:
    """The units of a type with their places, and points for these where the document has any."""
    rule, scores = at.policy.ranking, [one.total for one in own]
    taken = places.places(scores, "dense" if rule.ties == "dense" else "skip")
    points = places.points(scores, rule) if rule.points else [None] * len(own)
    told = []
    if isinstance(points, Doubtful):
        told = [Told(at.doubts.at("no-points", ALL, f"{kind}：{points}，没有计名次分", rule.clause))]
        points = [None] * len(own)
    made = []
    for one, place, point in zip(own, taken, points, strict=True):
        more = "" if point is None else f"，名次分 {shown(point)}"
        said = f"{kind} {len(own)} 个里第 {place} 名，{_TIES[rule.ties]}{more}"
        reasons = (*one.reasons, Reason("名次", said, rule.clause))
        made.append(replace(one, place=int(place), points=point, reasons=reasons))
    return made, told


def _proposed(one: UnitAppraisal, at: At[AppraisePolicy]) -> tuple[UnitAppraisal, list[Told]]:
    """The unit with what is proposed for it. People decide."""
    hits = [rule for rule in at.policy.proposals if one.decided and one.grade in rule.grades]
    met = [rule for rule in hits if rule.years == 1 or one.last in rule.grades]
    reasons = tuple(
        Reason(PROPOSED, f"{_why(rule, one)}，建议{rule.name}", rule.clause, None, ("last_grade",))
        for rule in met
    )
    unknown = [rule for rule in hits if rule.years > 1 and not one.last]
    told = [
        Told(at.doubts.at("last-unknown", one.record.row.place("last_grade"), f"{one.record.called}：本年“{one.grade}”，上年等次不知道，是否“{rule.name}”说不准", rule.clause))
        for rule in unknown
    ]  # fmt: skip
    names = tuple(dict.fromkeys(rule.name for rule in met))
    return replace(one, proposals=names, reasons=(*one.reasons, *reasons)), told


def _why(rule: ProposalRule, one: UnitAppraisal) -> str:
    return f"上年“{one.last}”、本年“{one.grade}”" if rule.years > 1 else f"本年“{one.grade}”"


def _strange(company: Company) -> Iterator[Told]:
    """Rows about no unit, sheets that the policy has no part for, and papers that are void."""
    at = company.at
    for sheet, record, said in at.ready.sheets.strange:
        place = record.row.place("unit")
        if sheet == PAPERS:  # a row is somebody's paper
            place = Place(place.book, place.sheet)
        yield Told(at.doubts.at("unit-unknown", place, f"{SHEETS[sheet]}的“{record.unit}”：{said}"))
    for sheet, record in unused(at):
        place = changed(record.row.place(), row=0)
        yield Told(at.doubts.at("sheet-unused", place, f"给出了{SHEETS[sheet]}，政策没有这一部分，没有用"))
    if void := at.ready.papers.void:
        place = changed(at.rosters[PAPERS].records[0].row.place(), row=0)
        yield Told(at.doubts.at("papers-void", place, f"不合规定的评分表 {void} 份，作废不计"))


def _of_results(at: At[AppraisePolicy]) -> Iterator[Told]:
    """Results that the policy asks for and that were not given, and honours of nobody on the roster."""
    taken = at.policy.yearly.taken if at.policy.yearly else {}
    for name, rule in taken.items():
        if name not in at.rosters:
            said = f"联考要看{rule.source}，没有给出它的结果，年度考核得分算不出来"
            yield Told(at.doubts.at("no-result", ALL, said, rule.clause))
    for line, said in of_no_unit(at, at.rosters[UNITS].records):
        yield Told(at.doubts.at("honor-unused", line.place, said))
