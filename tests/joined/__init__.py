"""Two programmes made for tests, which read the stars of a rating: one gives garlands, one pays. Neither is shipped.

`python -m tests.joined WORDS…` is `sanchuang WORDS…` with both of them, and with the trial `pay`.
"""

import sys
from collections.abc import Iterable, Mapping
from functools import partial
from types import ModuleType
from typing import Annotated, Any

from sanchuang_cli import programmes
from sanchuang_cli.finding import Finding
from sanchuang_cli.join import FromResult, Join, Partners, Taken
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import (
    Claimant,
    Due,
    Entitled,
    Explained,
    Occasion,
    Outcome,
    Payee,
    Rosters,
    Settled,
    Subject,
)
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.programme import Programme
from sanchuang_cli.programmes import Listed
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.table import Column, Table
from sanchuang_cli.tally import filed
from tests.trial import pay


class Secretary(Record, frozen=True, kw_only=True):
    township: Annotated[str, Field("乡镇", Kind.NAME, required=True)]
    branch: Annotated[str, Field("所在党组织")] = ""
    name: Annotated[str, Field("书记姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY)] = ""
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""


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
COLUMNS = (
    Column("township", "乡镇"),
    Column("branch", "所在党组织"),
    Column("name", "书记姓名", Kind.NAME),
    Column("stars", "星级", Kind.STARS),
    Column("place", "星级出处", wide=True),
)


def taken(rosters: Rosters) -> list[tuple[Secretary, Taken | Finding]]:
    partners = Partners(STARS, rosters["stars"])
    return [(one, partners.of(one)) for one in rosters["secretaries"].records]


def run(rosters: Rosters, policies: PolicyFile[Stars], occasion: Occasion) -> Outcome:
    whole = taken(rosters)
    good = [(one, got) for one, got in whole if isinstance(got, Taken)]
    findings = tuple(got for _, got in whole if isinstance(got, Finding))
    aside = [one.row for one, got in whole if isinstance(got, Finding)]
    page = Table("名单", "名单", COLUMNS, [line(one, got) for one, got in good])
    tally = filed(rosters["secretaries"], {"列入": [one.row for one, _ in good]}, aside, findings)
    return Outcome((page,), findings, tally, set_aside=tuple(aside))


def line(one: Secretary, got: Taken) -> tuple[Any, ...]:
    return one.township, one.branch, one.name, got.value, str(got.place)


def explained(rosters: Rosters, policies: PolicyFile[Stars], occasion: Occasion) -> Explained:
    whole = taken(rosters)
    findings = tuple(got for _, got in whole if isinstance(got, Finding))
    return Explained(tuple(subject(one, got) for one, got in whole), findings)


def subject(one: Secretary, got: Taken | Finding) -> Subject:
    outcome = f"{got.value} 星" if isinstance(got, Taken) else "待核实"

    def pages() -> tuple[Table, ...]:
        return (Table("说明", one.name, COLUMNS, [line(one, got)]),) if isinstance(got, Taken) else ()

    return Subject(one.row, one.name, one.identity, (one.township,), outcome, pages)


def entitled(
    rosters: Rosters, policies: PolicyFile[Stars], occasion: Occasion, settled: Mapping[str, Settled]
) -> Entitled:
    """A hundred yuan a star and month."""
    whole = taken(rosters)
    findings = tuple(got for _, got in whole if isinstance(got, Finding))
    months = [occasion.period.start.plus(n) for n in range(occasion.period.months)]
    people = (claimant(one, got, months) for one, got in whole if isinstance(got, Taken))
    return Entitled(tuple(people), findings, deduct=False)


def claimant(one: Secretary, got: Taken, months: Iterable[Month]) -> Claimant:
    due = tuple(Due("书记绩效", "绩效", month, got.value * 100_00, "2020-01-01") for month in months)
    who = (one.identity, one.name, one.account, "", one.township, one.branch)
    return Claimant(Payee(*who, one.row.place()), due)


made = partial(
    Programme,
    reads={"secretaries": Wanted(Secretary, "书记名册")},
    policy=Stars,
    run=run,
    default_period=lambda today: Period.year(today.year),
    explain=explained,
    joins=(STARS,),
)
GARLANDS, BONUS = made(name="garlands"), made(name="bonus", entitled=entitled)


def listed(name: str, *can: programmes.Ability, roster: str = "secretaries") -> Listed:
    return Listed(name, name, name, roster, frozenset(can), "收件", "this-year")


def register() -> None:
    """Put them beside those that are shipped, in this process; before the command line is imported."""
    made_here = (
        listed("garlands", "joins"),
        listed("bonus", "joins", "pays"),
        listed("pay", "previous", "screen", "pays", roster="members"),
    )
    programmes.PROGRAMMES = (*programmes.PROGRAMMES, *made_here)  # type: ignore[assignment]
    for one in (GARLANDS, BONUS, pay.PROGRAMME):
        module = ModuleType(f"sanchuang_cli.programmes.{one.name}")
        module.PROGRAMME = one  # type: ignore[attr-defined]
        sys.modules[module.__name__] = module
