"""Declares the rows of reviews (a member with the branch's sums, single papers, pledges and points), and finds whose they
are.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any, NamedTuple

from sanchuang_cli.domain.ballots.counts import ABSTAINED, BLANK, VOID
from sanchuang_cli.domain.ballots.papers import AddedUp, Paper, added_up
from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.named import by_person
from sanchuang_cli.domain.people import MEMBERSHIP, Person
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.domain.reviews.policy import ReviewPolicy
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.judging import At
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Row

Day = VagueDate | None
_ANYBODY = frozenset("党员 正式党员 预备党员 群众 群众代表 党员代表 匿名 无记名 不记名 无".split())  # noqa: SIM905
"""In place of a rater, words that name nobody."""
BRANCH = Field("支部", aliases=("党支部", "所在党支部"))


class Reviewed(Person, frozen=True, kw_only=True):
    """A row of a branch's sums. The votes for each grade are columns of the policy."""

    heeds = MEMBERSHIP | {Matter.DISCIPLINED}
    village: Annotated[str, Field("村", asked=False)] = ""
    branch: Annotated[str, Field("支部", required=True, aliases=BRANCH.aliases, example="示例村党支部")]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, note="没有的按支部、姓名认")] = ""
    category: Annotated[str, Field("人员类别", required=True)]
    given_out: Annotated[
        int | None, Field("发出票", Kind.COUNT, aliases=("发出", "发出票数", "发放票"), example="12")
    ] = None
    returned: Annotated[
        int | None, Field("收回票", Kind.COUNT, aliases=("收回", "收回票数"), example="11")
    ] = None
    abstained: Annotated[
        int | None, Field("弃权票", Kind.COUNT, aliases=(ABSTAINED, "弃权票数"), example="0")
    ] = None
    grade: Annotated[str, Field("支委评定")] = ""
    decided: Annotated[Day, Field("评定日期", Kind.DATE, of_period=True, note="不合格的从这一天起算")] = None
    handed: Annotated[Day, Field("处置材料日期", Kind.DATE, note="不合格的，材料交来的日期")] = None
    last: Annotated[str, Field("上年等次", note="给了上期结果的不用填", example="合格")] = ""


class _OfMember(Entry, frozen=True, kw_only=True):
    """A row that names a member, as its subclass says."""

    township: Annotated[str, Field("乡镇")] = ""
    branch: Annotated[str, BRANCH] = ""
    name: str

    @property
    def called(self) -> str:
        return self.name


class BallotSheet(_OfMember, frozen=True, kw_only=True):
    """What one paper says of one member. All of it is text, so that the reader has nothing to say of a single paper."""

    ticket: Annotated[str, Field("票号", headed=True)] = ""
    rater: Annotated[str, Field("评议人")] = ""
    name: Annotated[str, Field("被评人", headed=True, aliases=("被评议人", "被测评人"))] = ""
    mark: Annotated[str, Field("等次", headed=True, aliases=("评议等次", "测评等次"))] = ""


class Pledge(_OfMember, frozen=True, kw_only=True):
    """A promise: proposed, examined, announced, kept, appraised."""

    name: Annotated[str, Field("承诺人", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY)] = ""
    what: Annotated[str, Field("内容", required=True, aliases=("承诺内容", "承诺事项"))]
    proposed: Annotated[Day, Field("提诺日期", Kind.DATE)] = None
    examined: Annotated[Day, Field("审诺日期", Kind.DATE)] = None
    announced: Annotated[Day, Field("公诺日期", Kind.DATE)] = None
    kept: Annotated[Day, Field("兑现日期", Kind.DATE, aliases=("践诺日期",), of_period=True)] = None
    appraised: Annotated[Day, Field("评诺日期", Kind.DATE)] = None


class PointsRow(_OfMember, frozen=True, kw_only=True):
    """How often a member did what an item is for."""

    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY)] = ""
    item: Annotated[str, Field("项目", required=True, aliases=("积分项目",))]
    times: Annotated[int, Field("次数", Kind.COUNT, required=True)]
    each: Annotated[Fraction, Field("分值", Kind.SCORE, required=True, aliases=("每次分值",))]
    most: Annotated[Fraction | None, Field("上限", Kind.SCORE, aliases=("封顶",))] = None

    @property
    def hears(self) -> Collection[Matter]:
        """Only that the row is void: points go by what was not done, too."""
        return (Matter.VOID,)


class Serving(NamedTuple):
    """What serves, by the row (its id) of whose it is. strange: rows that are nobody's, by roster. unsure: by roster, the
    branch and name on rows that nobody may use, so that nothing is said of their sums. handed_in: how many papers there are
    of the branch, where one paper is about several."""

    papers: Mapping[Any, AddedUp]
    pledges: Mapping[int, Sequence[Pledge]]
    points: Mapping[int, Sequence[PointsRow]]
    strange: Mapping[str, Sequence[Any]]
    unsure: Mapping[str, frozenset[tuple[str, str]]]
    handed_in: Mapping[int, int]

    def is_unsure(self, roster: str, who: Reviewed) -> bool:
        """Whether some row of a roster that nobody may use might be about somebody."""
        name = narrow(who.name)
        return bool(self.unsure[roster] & {(narrow(who.branch), name), ("", name)})


def served(at: At[ReviewPolicy]) -> Serving:
    """Papers, pledges and points, each put to the member whose they are."""
    people = at.rosters["reviewed"].records
    whose = {
        name: by_person(at.rosters[name].records, people, alike=True)
        for name in ("papers", "pledges", "points")
    }
    by_row = {id(who.row): who for who in people}
    raters = _raters(people)
    papers = {
        row: [_paper(one, by_row[row], raters) for one in own] for row, own in whose["papers"][0].items()
    }
    lost = {**at.dropped, "papers": at.rosters["papers"].set_aside}
    return Serving(
        added_up(papers, at.policy.grades.marks),
        whose["pledges"][0],
        whose["points"][0],
        {name: strange for name, (_, strange) in whose.items()},
        {name: _named(lost.get(name, ())) for name in whose},
        _handed_in(papers, by_row),
    )


def _named(rows: Iterable[Row]) -> frozenset[tuple[str, str]]:
    return frozenset((narrow(row.written("branch")), narrow(row.written("name"))) for row in rows)


Raters = Mapping[tuple[str, str], str]


def _raters(people: Iterable[Reviewed]) -> Raters:
    """By branch and name, the number of the one member who has it; "" where several do, so that nobody knows who voted."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for who in people:
        known[narrow(who.branch), narrow(who.name)].add(who.identity or str(who.row.line))
    return {key: next(iter(numbers)) if len(numbers) == 1 else "" for key, numbers in known.items()}


def _handed_in(papers: Mapping[int, Sequence[Paper]], by_row: Mapping[int, Reviewed]) -> Mapping[int, int]:
    """By the row (its id) of each member with papers, how many there are of the branch. Whoever stands on all but some may
    not stand on his own, which is then not counted. A branch that numbers the marks of each member by themselves has no paper
    about several, and is left out."""
    numbers = {row: {paper.number for paper in own if paper.number} for row, own in papers.items()}
    branch = {row: (by_row[row].township, by_row[row].branch) for row in papers}
    every: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row, own in numbers.items():
        every[branch[row]].update(own)
    return {
        row: len(every[key]) - (numbers[row] < every[key].keys() and not any(one.own for one in papers[row]))
        for row, key in branch.items()
        if max(every[key].values(), default=0) > 1
    }


def _paper(sheet: BallotSheet, whom: Reviewed, raters: Raters) -> Paper:
    """A line that is struck through or has an unread cell loses its number, so that it is unclear; a remark may call it void."""
    void = any("废" in text or VOID in text for _, _, text in sheet.row.remarks)
    own = narrow(sheet.rater) in (narrow(whom.name), whom.identity or None)
    ticket = "" if sheet.row.beside.struck or sheet.row.unread else narrow(sheet.ticket)
    rater = narrow(sheet.rater)
    named = raters.get((narrow(whom.branch), rater), "" if rater in _ANYBODY else rater)
    return Paper(ticket, VOID if void else narrow(sheet.mark) or BLANK, own, named)
