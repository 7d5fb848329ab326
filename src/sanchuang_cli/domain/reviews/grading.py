"""Judges which grade a member has: the committee's, as far as the document lets it stand, and none where the committee gave
none.

Nothing here infers a grade from votes. Where a branch has more of the best grade than it may, all of them wait for the branch.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from msgspec.structs import replace

from sanchuang_cli.domain.ballots.bars import fraction
from sanchuang_cli.domain.ballots.places import capped, places
from sanchuang_cli.domain.ballots.points import Scored
from sanchuang_cli.domain.exact_numbers import half_up, plain
from sanchuang_cli.domain.reviews.counting import (
    Counted,
    ItemPoints,
    Pledged,
    counted,
    out_of_order,
    pledged,
    points,
    scored,
    together,
)
from sanchuang_cli.domain.reviews.policy import ReviewPolicy, of_votes
from sanchuang_cli.domain.reviews.rosters import Pledge, Reviewed
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.finding import ALL, Doubt, Doubts, Place, Severity
from sanchuang_cli.judging import At, Company, Joint, Odd, Reason, Told, Verdict, grouped
from sanchuang_cli.period import VagueDate

SETTLED, PENDING, UNGRADED = PARTS = ("已定等次", "待定", "不定等次")
INSIDE, TIED, OUTSIDE = "名额以内", "并列", "名额以外"
_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
_AGAIN = "请对照会议记录核实改正后重新运行；本行待核实，没有定等次。"
DOUBTS = Doubts(
    {
        "not-yet": Doubt(_E, "只据已经发生的认定", "请核对日期；年末以后评定的，运行时用 --on 写评定以后的一天；还没有发生的请留空。", "日期在判定日以后"),
        "votes-missing": Doubt(_E, "票数要填全", "请补填；没有的票填 0。逐张录入的，请交评议票。", "票数没有填全"),
        "votes-wrong": Doubt(_E, "票数不能自相矛盾", _AGAIN, "票数自相矛盾"),
        "votes-differ": Doubt(_E, "汇总应是评议票的加总", "请核对，只留一种或改成一致。", "票数与评议票不一致"),
        "papers-unclear": Doubt(_E, "每张评议票都要数得清，一个人只评一次", "请支部重新核对这名同志的评议票；本行待核实。", "评议票数不清"),
        "papers-too-many": Doubt(_E, "评议票不多于发出的票", "请支部核对评议票和发出票；改正以前本行待核实。", "评议票多于发出票"),
        "not-graded": Doubt(_E, "", "请核对人员类别；确不评定等次的，请删去支委评定。", "不评定等次的填了支委评定"),
        "score-missing": Doubt(_E, "按比例计分的各项都要有数", "请补填；本行待核实。", "按比例计分缺数"),
        "points-unclear": Doubt(_W, mend="请核对积分表的项目、分值、上限。"),
        "low-share": Doubt(_W, mend="请支部委员会复核；等次照支委评定，不作改动。"),
        "other-grade": Doubt(_W, mend="请核对等次；照支委评定，不作改动。"),
        "not-eligible": Doubt(_W, mend="请支部委员会复核；列为待定。"),
        "last-differs": Doubt(_W, mend="请核对上年等次；按上期结果计。"),
        "over-cap": Doubt(_W, mend="请支部委员会在名额以内重新评定；这几人都列为待定，程序不代为取舍。"),
        "paper-unknown": Doubt(_W, "评议票要对得上名册里的一个人", "请核对被评人的姓名、支部；没有计入任何人。"),
        "pledge-unknown": Doubt(_W, "承诺人要在名册里", "请核对承诺人的姓名、支部、身份证号；没有计入任何人。"),
        "points-unknown": Doubt(_W, "积分要对得上名册里的一个人", "请核对姓名、支部、身份证号；没有计入任何人。"),
        "pledge-order": Doubt(_W, "提诺、审诺、公诺、践诺、评诺有先后", "请核对日期。"),
        "own-papers": Doubt(_N, "自己不评自己", "不用改；这些票没有计入。"),
    }
)  # fmt: skip


class Review(Verdict[Reviewed], frozen=True, kw_only=True, eq=False):
    """What came of one row. grade: "" where none is settled. place, line: among those of the best grade in a branch that has
    too many. last: last year's grade. due: by when the paper after the worst grade is due."""

    votes: Counted | None = None
    grade: str = ""
    best: bool = False
    last: str = ""
    place: int | None = None
    line: str = ""
    due: VagueDate | None = None
    points: ItemPoints | None = None
    proposal: str = ""
    scored: Scored | None = None
    pledged: Pledged = Pledged(0, 0)

    @property
    def again(self) -> bool:
        """Whether it is the worst grade for the second year running."""
        return self.due is not None and self.last == self.grade


def judge(who: Reviewed, at: At[ReviewPolicy], odd: Odd) -> Review | None:
    """Asked in turn: whether somebody is graded, what the votes are, and what the committee says."""
    rule = at.policy.members
    full = who.category in rule.full
    reasons = [Reason("评定对象", f"人员类别“{who.category}”", rule.clause, full, ("category",))]
    if not full:
        if who.grade:
            said = f"{who.name}：“{who.category}”不评定等次，却填了支委评定“{who.grade}”"
            odd.add("not-graded", "grade", said, rule.clause)
        return Review(record=who, part=UNGRADED, reasons=tuple(reasons))
    votes = counted(who, at, odd)
    score = scored(who, votes, at.policy, odd) if votes else None
    if not votes or odd.grave:
        return None
    sums = points(who, at, odd)
    made = Review(
        record=who,
        part=PENDING,
        votes=votes,
        last=_last(who, at, odd),
        points=sums,
        proposal=at.policy.points.proposal(sums.sum if sums else None),
        scored=score,
        pledged=pledged(who, at),
    )
    return _graded(made, at, odd, [*reasons, *_reasons(made, at)])


def _graded(made: Review, at: At[ReviewPolicy], odd: Odd, reasons: list[Reason]) -> Review:
    """With the committee's grade, unless it is blank or nobody may have it."""
    who, rule = made.record, at.policy.grades
    best, short = who.grade == rule.best, made.scored.short if made.scored else ()
    said = who.grade or "支委评定空着，不据票数推定"
    reasons.append(Reason("支委评定", said, rule.clause, None if who.grade else False, ("grade",)))
    if best and short and at.policy.ratios:
        said = f"{'、'.join(short)}不足最低数，不能定为{who.grade}"
        odd.add("not-eligible", "grade", f"{who.name}：{said}", at.policy.ratios.clause)
        reasons.append(Reason("资格", said, at.policy.ratios.clause, False, short))
    _warn(made, at, odd)
    if not who.grade or (best and short):
        return replace(made, reasons=tuple(reasons))
    made = replace(made, part=SETTLED, grade=who.grade, best=best)
    if who.grade == rule.worst:
        made = _disposed(made, at, reasons)
    return replace(made, reasons=tuple(reasons))


def _disposed(made: Review, at: At[ReviewPolicy], reasons: list[Reason]) -> Review:
    """With the day of the paper that must follow, and whether it is the second year running."""
    who, rule = made.record, at.policy.disposal
    since = who.decided or VagueDate.on(at.occasion.on)
    due = VagueDate(*(day + timedelta(rule.days) for day in since))
    said = f"{since} 起 {rule.days} 天以内交{rule.paper}，最迟 {due}"
    reasons.append(Reason("处置", said, rule.clause, None, ("decided",)))
    made = replace(made, due=due)
    if made.again:
        said = f"上年也是“{made.last}”：{rule.again}"
        reasons.append(Reason("连续两年", said, rule.clause, None, ("last",)))
    return made


def _warn(made: Review, at: At[ReviewPolicy], odd: Odd) -> None:
    """What is odd about a grade and leaves it as it is."""
    who, grades, rule = made.record, at.policy.grades, at.policy.votes
    if who.grade in grades.tolerated:
        said = f"{who.name}：支委评定“{who.grade}”，当时的等次是{'、'.join(grades.names)}"
        odd.add("other-grade", "grade", said, grades.clause)
    if made.votes and who.grade == grades.best and made.votes.share.exact < rule.low:
        said = f"{who.name}：支委评定{who.grade}，{who.grade}率只有 {made.votes.share}"
        odd.add("low-share", "grade", said, rule.clause)


def _last(who: Reviewed, at: At[ReviewPolicy], odd: Odd) -> str:
    """Last year's grade: as the last result has it, otherwise as the row says."""
    before: str = at.of_last(who).get("grade") or ""
    if before and who.last not in ("", before):
        said = f"{who.name}：上年等次填的“{who.last}”，上期结果是“{before}”"
        odd.add("last-differs", "last", said, at.policy.grades.clause)
    return before or who.last


def _reasons(made: Review, at: At[ReviewPolicy]) -> Iterator[Reason]:
    """The figures that stand beside a grade. No single paper is among what they rest on."""
    who, policy, served = made.record, at.policy, at.ready
    assert made.votes
    reads = () if made.votes.of_papers else tuple(map(of_votes, policy.grades.marks))
    figures = ("abstained", "given_out", "returned")
    said = f"{made.votes.said}；{policy.best}率 {made.votes.share}"
    yield Reason("民主测评", said, policy.votes.clause, None, (*reads, *figures))
    if made.points:
        rows = tuple(served.points[id(who.row)])
        said = "；".join(filter(None, (f"{made.points.said}；共 {plain(made.points.sum)} 分", made.proposal)))
        yield Reason("积分", said, policy.points.clause, None, (), rows)
    if policy.ratios and made.scored:
        over = f"，{'、'.join(made.scored.over)}超过满额" if made.scored.over else ""
        said = f"{half_up(made.scored.points)} 分{over}"
        yield Reason("按比例计分", said, policy.ratios.clause, None, policy.ratios.others)
    if made.pledged.made or made.pledged.unsure:
        said = f"承诺 {made.pledged.made} 项，兑现 {made.pledged.kept} 项，兑现率 {made.pledged.rate}"
        rows = tuple(served.pledges.get(id(who.row), ()))
        yield Reason("承诺践诺", said, policy.pledges_clause, None, (), rows)


class ReviewedBranch(NamedTuple):
    """A branch. full: all whom its roster calls full members, those set aside too, each once. named: how many of them the
    committee named for the best grade. most: how many it may name. pledged: by all on its roster."""

    township: str
    branch: str
    full: int
    named: int
    most: int
    reviews: Sequence[Review]
    pledged: Pledged


def capped_by_branch(company: Company) -> Joint:
    """The best grade by branch: where more are named for it than may be, all of them wait, ranked by their share of votes."""
    policy = company.at.policy
    standing = grouped(company.standing("reviewed"), "township", "branch")
    full = _full_members(company, policy)
    branches, told = [], list(_of_nobody(company))
    pledges, rank = _pledged_by_branch(company), company.at.occasion.rank
    for town, name in sorted(full, key=lambda key: (rank(key[0]), key[1])):
        people, reviews = full[town, name], standing.get((town, name), [])
        most, named = policy.cap.of(len(people)), sum(people.values())
        own = ReviewedBranch(town, name, len(people), named, most, reviews, together(pledges[town, name]))
        if named > most:
            own, over = _beyond(own, company)
            told += over
        branches.append(own)
    kept = {id(one.record.row): one for branch in branches for one in branch.reviews}
    verdicts = [kept[id(one.record.row)] for one in company.standing("reviewed")]
    return Joint({"reviewed": verdicts}, told, more=branches)


def _full_members(company: Company, policy: ReviewPolicy) -> Mapping[tuple[str, str], dict[str, bool]]:
    """By township and branch, everybody called a full member, read or not, and whether they are named for the best grade."""
    people: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    rows = [
        (who.township, who.branch, who.identity or who.name, who.category, who.grade)
        for who in (judged.record for judged in company.judged["reviewed"])
    ]
    for row in company.unread:
        town, branch, name, identity, category, grade = (
            narrow(row.written(name))
            for name in ("township", "branch", "name", "identity", "category", "grade")
        )
        rows.append((town or row.source.sender, branch, identity or name, category, grade))
    for town, branch, whose, category, grade in rows:
        own = people[town, branch]  # so that a branch without anybody who is graded stands there too
        if category in policy.members.full:
            own[whose] = own.get(whose, False) or grade == policy.best
    return people


def _pledged_by_branch(company: Company) -> Mapping[tuple[str, str], list[Pledged]]:
    """The pledges of everybody whose row was read, once, those on probation and those set aside too."""
    merged = {id(row) for row in company.merged}
    pledges: dict[tuple[str, str], list[Pledged]] = defaultdict(list)
    for who in (judged.record for judged in company.judged["reviewed"]):
        if id(who.row) not in merged:
            pledges[who.township, who.branch].append(pledged(who, company.at))
    return pledges


def _beyond(branch: ReviewedBranch, company: Company) -> tuple[ReviewedBranch, list[Told]]:
    """The branch with everybody waiting who was to have the best grade, and one finding that names them in order."""
    policy = company.at.policy
    best = {id(one): one for one in branch.reviews if one.best}
    shares = {key: one.votes.share.exact for key, one in best.items() if one.votes}
    chosen = capped(shares, branch.full, policy.cap)
    lines = dict.fromkeys(chosen.inside, INSIDE) | dict.fromkeys(chosen.tied, TIED)
    at = dict(zip(shares, map(int, places(list(shares.values()))), strict=True))
    said = (
        f"支委评定{policy.best} {branch.named} 人，正式党员 {branch.full} 人，至多 {branch.most} 人"
        f"（{branch.full} × {fraction(policy.cap.share)}）"
    )
    reason = Reason("名额", said, policy.cap.clause, False, ("grade",))
    waiting = {
        key: replace(
            one, part=PENDING, grade="", best=False, place=at[key], line=lines.get(key, OUTSIDE), reasons=(*one.reasons, reason)
        )
        for key, one in best.items()
    }  # fmt: skip
    reviews = [waiting.get(id(one), one) for one in branch.reviews]
    ordered = sorted(waiting.values(), key=lambda one: (one.place, one.record.name, one.record.row.line))
    return branch._replace(reviews=reviews), _over(branch, ordered, said, company)


def _over(branch: ReviewedBranch, ordered: Sequence[Review], said: str, company: Company) -> list[Told]:
    """The finding, at the first of those who wait; none where all of them are set aside."""
    names = "；".join(
        f"第 {one.place} {one.record.name} {one.votes.share}（{one.line}）" for one in ordered if one.votes
    )
    message = f"{branch.branch}：{said}，都列为待定，按{company.at.policy.best}率 {names}"
    clause = company.at.policy.cap.clause
    return [company.told("over-cap", one.record.row, "grade", message, clause) for one in ordered[:1]]


def _of_nobody(company: Company) -> Iterator[Told]:
    """Rows that name nobody on the list, and papers that somebody filled in about himself: of papers only how many."""
    served, doubts = company.at.ready, company.at.doubts
    for roster, code in (("pledges", "pledge-unknown"), ("points", "points-unknown")):
        for row in served.strange[roster]:
            other = "，或身份证号与姓名对不上" if row.identity else ""
            said = f"{row.called}：{row.branch}没有这样一个人，或不止一个{other}"
            yield company.told(code, row.row, "name", said)
    lost: dict[tuple[Place, str, str], int] = defaultdict(int)
    for sheet in served.strange["papers"]:
        lost[Place(sheet.row.source.book, sheet.row.source.sheet), sheet.branch, sheet.name] += 1
    for (place, branch, name), number in lost.items():
        whom = f"{name}：{branch}没有这样一个人，或不止一个" if name else "没有写被评人"
        said = f"{whom}，{number} 张评议票没有计入"
        yield Told(doubts.at("paper-unknown", place, said))
    merged = {id(row) for row in company.merged}
    if own := sum(papers.own for row, papers in served.papers.items() if row not in merged):
        yield Told(doubts.at("own-papers", ALL, f"评议票里自己评自己的 {own} 张，没有计入"))
    headings = {field.name: field.heading for field in Pledge.declared()}
    for pledge in company.at.rosters["pledges"].records:
        for late, before in out_of_order(pledge):
            days = " 早于".join(f"{headings[name]} {getattr(pledge, name)}" for name in (late, before))
            yield company.told("pledge-order", pledge.row, late, f"{pledge.called}：“{pledge.what}”{days}")
