"""Programmes made for tests: two that read the stars of a rating, of which one gives garlands and one pays, and one that
pays organisations. None is shipped.

`python -m tests.joined WORDS…` is `sanchuang WORDS…` with all of them, and with the trial `stipend`.
"""

import sys
from functools import partial
from operator import attrgetter
from types import ModuleType
from typing import Annotated

from sanchuang_cli import programmes
from sanchuang_cli.domain.payroll.of_pays import papers_of
from sanchuang_cli.domain.pays import Pays, monthly
from sanchuang_cli.join import FromResult, Join
from sanchuang_cli.judging import At, Odd, Reason, Verdict, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Due
from sanchuang_cli.page import Col, Page
from sanchuang_cli.period import Period
from sanchuang_cli.policy import Policy
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.programmes import ListedProgramme
from sanchuang_cli.record import Field, Record, Wanted
from tests.joined import societies
from tests.trial import stipend


class Secretary(Record, frozen=True, kw_only=True):
    township: Annotated[str, Field("乡镇", Kind.NAME, required=True)]
    branch: Annotated[str, Field("所在党组织")] = ""
    name: Annotated[str, Field("书记姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY)] = ""
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""

    @property
    def called(self) -> str:
        return self.name


class Stars(Policy):
    stars: FromResult = FromResult()
    without: bool = False


STARS = Join(
    "stars",
    "rate",
    "分类定级汇总表",
    on={"township": "乡镇", "branch": "党组织名称"},
    column=Field("星级", Kind.STARS),
    wanted=lambda edition: not edition.without,
    must=lambda edition: edition.stars.must,
    of=lambda period: Period.year(period.start.year - 1),
)


class Starred(Verdict[Secretary], frozen=True, kw_only=True):
    """place: of the cell that says the stars. due: a hundred yuan a star and month."""

    stars: int
    place: str
    due: tuple[Due, ...]


def judge(who: Secretary, at: At[Stars], odd: Odd) -> Starred | None:
    got = at.taken("stars", who, odd)
    if got is None:
        return None
    why = Reason("星级", f"{got.value} 星，取自 {got.place}", at.policy.title, reads=("branch",))
    due = monthly(at, "书记绩效", lambda edition: got.value * 100_00, "绩效")
    return Starred(record=who, part="列入", reasons=(why,), stars=got.value, place=str(got.place), due=due)


PAGE = Page("名单", "名单", ("branch", Col("stars", "星级", Kind.STARS), Col("place", "星级出处", wide=True)))
PAYS = Pays(attrgetter("due"))

made = partial(
    Programme,
    policy=Stars,
    default_period=lambda today: Period.year(today.year),
    who=("township", "name"),
    pages=(PAGE,),
    joins=(STARS,),
)
ROSTER = Wanted(Secretary, "书记名册")
GARLANDS = made(name="garlands", mains={"secretaries": Main(ROSTER, each(judge), ("列入",))})
BONUS = made(
    name="bonus",
    mains={"secretaries": Main(ROSTER, PAYS.judged(judge), ("列入",))},
    payments=PAYS.payments,
    papers=papers_of(PAYS),
    owes=PAYS.owes,
)


def listed(name: str, *can: programmes.Ability, roster: str = "secretaries") -> ListedProgramme:
    return ListedProgramme(name, name, name, roster, frozenset(can), "收件", "this-year")


def register() -> None:
    """Put them beside those that are shipped, in this process; before the command line is imported."""
    made_here = (
        listed("garlands", "joins"),
        listed("bonus", "joins", "pays"),
        listed("societies", "pays", roster="societies"),
        listed("stipend", "previous", "screen", "pays", roster="members"),
    )
    programmes.PROGRAMMES = (*programmes.PROGRAMMES, *made_here)
    for one in (GARLANDS, BONUS, societies.PROGRAMME, stipend.PROGRAMME):
        module = ModuleType(f"sanchuang_cli.programmes.{one.name}")
        module.PROGRAMME = one  # type: ignore[attr-defined]
        sys.modules[module.__name__] = module
