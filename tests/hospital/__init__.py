"""A programme made for tests, which reads a roster of check-ups; it is not shipped.

`python -m tests.hospital WORDS…` is `sanchuang WORDS…` with it.
"""

import sys
from types import ModuleType
from typing import Annotated

from sanchuang_cli import programmes
from sanchuang_cli.judging import At, Odd, Reason, Verdict, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Page
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import Policy
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.programmes import ListedProgramme
from sanchuang_cli.record import Field, Record, Wanted


class Examined(Record, frozen=True, kw_only=True):
    township: Annotated[str, Field("乡镇", Kind.NAME, required=True)]
    village: Annotated[str, Field("村", Kind.NAME, required=True)]
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    day: Annotated[VagueDate | None, Field("体检日期", Kind.DATE)] = None


def judge(who: Examined, at: At[Policy], odd: Odd) -> Verdict[Examined]:
    return Verdict(record=who, part="列入", reasons=(Reason("列入", "都列入", at.policy.title),))


PROGRAMME = Programme(
    name="examined",
    policy=Policy,
    default_period=lambda today: Period.year(today.year),
    mains={"examined": Main(Wanted(Examined, "体检名册", whole=True), each(judge), ("列入",))},
    pages=(Page("名单", "名单", ("day",)),),
)
LISTED = ListedProgramme("examined", "体检", "体检", "examined", frozenset({"hospital"}), "收件", "this-year")


def register() -> None:
    """Put it beside those that are shipped, in this process; before the command line is imported."""
    programmes.PROGRAMMES = (*programmes.PROGRAMMES, LISTED)
    module = ModuleType("sanchuang_cli.programmes.examined")
    module.PROGRAMME = PROGRAMME  # type: ignore[attr-defined]
    sys.modules[module.__name__] = module
