"""A programme made for tests, which reads a roster of check-ups; it is not shipped.

`python -m tests.hospital WORDS…` is `sanchuang WORDS…` with it.
"""

import sys
from types import ModuleType
from typing import Annotated

from sanchuang_cli import programmes
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.programme import Occasion, Outcome, Programme, Rosters, filed
from sanchuang_cli.programmes import Listed
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.table import Column, Table


class Examined(Record, frozen=True, kw_only=True):
    township: Annotated[str, Field("乡镇", Kind.NAME, required=True)]
    village: Annotated[str, Field("村", Kind.NAME, required=True)]
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    day: Annotated[VagueDate | None, Field("体检日期", Kind.DATE)] = None


COLUMNS = (Column("township", "乡镇"), Column("name", "姓名", Kind.NAME), Column("day", "体检日期"))


def run(rosters: Rosters, policies: PolicyFile[Policy], occasion: Occasion) -> Outcome:
    people = rosters["examined"].records
    page = Table("名单", "名单", COLUMNS, [(one.township, one.name, str(one.day or "")) for one in people])
    return Outcome((page,), (), filed(rosters["examined"], {"列入": [one.row for one in people]}, (), ()))


PROGRAMME = Programme(
    name="examined",
    reads={"examined": Wanted(Examined, "体检名册", whole=True)},
    policy=Policy,
    run=run,
    default_period=lambda today: Period.year(today.year),
)
LISTED = Listed("examined", "体检", "体检", "examined", frozenset({"hospital"}), "收件", "this-year")


def register() -> None:
    """Put it beside those that are shipped, in this process; before the command line is imported."""
    programmes.PROGRAMMES = (*programmes.PROGRAMMES, LISTED)  # type: ignore[assignment]
    module = ModuleType("sanchuang_cli.programmes.examined")
    module.PROGRAMME = PROGRAMME  # type: ignore[attr-defined]
    sys.modules[module.__name__] = module
