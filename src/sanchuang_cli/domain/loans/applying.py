"""Judges each application: by its own row, then with the loans of the household, and at last by rank and by the money in the
pool.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from operator import attrgetter

from msgspec import structs

from sanchuang_cli.domain.loans.granting import LendingPot, LoanCandidate, granted, pot_of
from sanchuang_cli.domain.loans.households import Borrowers, people
from sanchuang_cli.domain.loans.policy import LoanPolicy
from sanchuang_cli.domain.loans.pool import pool_state
from sanchuang_cli.domain.loans.rosters import Applicant
from sanchuang_cli.finding import ALL
from sanchuang_cli.judging import At, Company, Joint, Odd, Reason, Told, Verdict
from sanchuang_cli.money import yuan

APPROVED, WAITING, REFUSED = PARTS = ("拟批", "候补", "不符合")


class Application(Verdict[Applicant], frozen=True, kw_only=True, eq=False):
    """The result of one application. score: of a hundred, None where nothing is scored. granted: fen that are proposed, or
    would be. place: among all that meet the conditions. why: somebody waits."""

    score: Fraction | None = None
    granted: int = 0
    place: int | None = None
    why: str = ""

    @property
    def failed(self) -> list[Reason]:
        """The conditions that are not met."""
        return [reason for reason in self.reasons if reason.holds is False]

    @property
    def outcome(self) -> str:
        """What is proposed, in words."""
        if self.part == REFUSED:
            return "不符合：" + "、".join(reason.what for reason in self.failed)
        return f"{self.part} {yuan(self.granted)} 元，第 {self.place} 名" + (
            f"（{self.why}）" if self.why else ""
        )


def judge(who: Applicant, at: At[LoanPolicy], odd: Odd) -> Application:
    """What the row says by itself: the conditions, then the points."""
    if not who.day.exact:
        odd.add("day-vague", "day", f"{who.name}：申请日期只写到 {who.day}")
    if who.spouse == who.identity:
        odd.add("own-spouse", "spouse", f"{who.name}：配偶身份证号与本人相同")
    sheet = at.policy.scores
    score, points = sheet.scored(who) if sheet else (None, ())
    reasons = (*at.policy.conditions.reasons(who, odd), *points)
    made = Application(record=who, part=WAITING, reasons=reasons, score=score)
    return structs.replace(made, part=REFUSED) if made.failed else made


def together(company: Company) -> Joint:
    """What the loans of the households and the pool make of the applications."""
    loans, at = company.standing("loans"), company.at
    borrowers = Borrowers(company, loans)
    pool = pool_state(at.policy.pool, at.occasion.on, loans, borrowers.aside)
    made = [_with_loans(one, borrowers, at.policy) for one in company.standing("applications")]
    doubts = [told for one in made for told in _doubts(one, at, borrowers, pool.unknown)]
    aside = {id(told.row) for told in doubts}
    meeting = [one for one in made if one.part != REFUSED and id(one.record.row) not in aside]
    pot = pot_of(max(0, pool.left or 0), at.policy.caps, pool.lent_in(at.occasion.on.year))
    final = {id(one.record.row): one for one in [*made, *_ranked(meeting, pot)]}
    doubts += _passed([one for one in final.values() if one.part == APPROVED], company, doubts, pot)
    cut = [_over_cap(one, at) for one in meeting if one.granted < one.record.asked]
    told = [*map(Told, at.ready.told), *_forgotten(company), *doubts, *cut]
    return Joint({"applications": list(final.values())}, told, more=pool)


def _forgotten(company: Company) -> Iterator[Told]:
    """A warning where a roster may have been forgotten without which others say too much."""
    asked = (
        ("applications", "loans", "没有给贷款台账，名下贷款、可贷资金都按没有发放过贷款算"),
        ("loans", "events", "没有给贷款事件，各笔都按没有还过本、没有展期算"),
    )
    for given, missing, message in asked:
        rows = sorted((judged.record.row for judged in company.judged[given]), key=attrgetter("line"))
        roster = company.at.rosters.get(missing)
        given_at_all = (roster and roster.rows_read) or company.at.dropped.get(missing)
        if rows and not given_at_all:
            yield company.told(f"{missing}-none", rows[0], "", message)


def _with_loans(one: Application, borrowers: Borrowers, policy: LoanPolicy) -> Application:
    who = one.record
    reasons = (*one.reasons, *borrowers.reasons(who, policy))
    limit = borrowers.limit(who, policy)
    made = structs.replace(
        one, reasons=reasons, granted=who.asked if limit is None else min(who.asked, limit)
    )
    return structs.replace(made, part=REFUSED, granted=0) if made.failed else made


def _doubts(one: Application, at: At[LoanPolicy], borrowers: Borrowers, unknown: str) -> Iterator[Told]:
    """Why nothing can be concluded of an application, as far as loans and pool go. unknown: why the pool cannot be told."""
    if where := borrowers.doubtful(one.record):
        yield _told(one, at, "loan-unsure", f"本人或配偶的贷款待核实（{where}）")
    elif one.part != REFUSED and not at.policy.limit.most:
        yield _told(one, at, "limit-unknown", "符合条件，政策没有填每笔限额（limit.most）")
    elif one.part != REFUSED and unknown:
        yield _told(one, at, "pool-unknown", f"符合条件，可贷资金算不出：{unknown}")


def _over_cap(one: Application, at: At[LoanPolicy]) -> Told:
    message = f"申请 {yuan(one.record.asked)} 元，按限额 {yuan(one.granted)} 元"
    return _told(one, at, "over-cap", message, at.policy.limit.clause)


def _told(one: Application, at: At[LoanPolicy], code: str, message: str, basis: str = "") -> Told:
    row = one.record.row
    return Told(at.doubts.at(code, row.place("asked"), f"{one.record.name}：{message}", basis), row)


def _passed(
    approved: Sequence[Application], company: Company, doubts: Sequence[Told], pot: LendingPot
) -> Iterator[Told]:
    """A warning where some who are lent to would not be, if all came before them who still wait."""
    out = company.waiting("applications", doubts)
    known = {id(row.record.row): row.record for row in company.judged["applications"]}
    waiting: list[Applicant] = [known[id(row)] for row in out if id(row) in known]
    wanted = [LoanCandidate((), one.granted, one.record.township, frozenset()) for one in approved]
    wanted += [LoanCandidate((), one.asked, one.township, frozenset()) for one in waiting]
    towns = {one.township for one in wanted}
    of_towns = ([one for one in wanted if one.township == town] for town in towns)
    enough = pot.holds(wanted) and all(map(pot.holds_of_township, of_towns))
    if approved and out and not (enough and len(waiting) == len(out)):
        said = (
            f"另有 {len(out)} 份申请待核实，没有参加排名；核实以后，拟批的 {len(approved)} 份可能有贷不到的"
        )
        yield Told(company.at.doubts.at("may-be-passed", ALL, said, company.at.policy.pool.clause))


def _ranked(meeting: Sequence[Application], pot: LendingPot) -> Iterator[Application]:
    """Whoever meets the conditions, with the place and what the pot gives."""
    ranks = [(-(one.score or 0), -one.record.households, one.record.day.earliest) for one in meeting]
    candidates = [
        LoanCandidate(rank, one.granted, one.record.township, people(one.record))
        for rank, one in zip(ranks, meeting, strict=True)
    ]
    ordered = sorted(ranks)
    for one, rank, why in zip(meeting, ranks, granted(candidates, pot), strict=True):
        place = 1 + bisect_left(ordered, rank)
        yield structs.replace(one, part=WAITING if why else APPROVED, place=place, why=why)
