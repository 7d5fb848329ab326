"""The two rosters of 结对帮扶: members in need, and helpers; and how their relatives are read."""

import re
from typing import Annotated, NamedTuple

from sanchuang_cli.domain.identity import is_valid, upgraded
from sanchuang_cli.domain.people import IN_OFFICE, MEMBERSHIP, Day, Person
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.domain.words import NOTHING, narrow, village
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field

_APART = re.compile(r"[、，,;；/\n]+")
_NUMBER = re.compile(r"(?<![0-9])(?:\d{17}[\dX]|\d{15})(?![0-9X])", re.ASCII)
_DAMAGED = re.compile(r"\d[\dX*＊●]{5,}")
"""What looks like a number and is none: cut short, mistyped or masked."""
_KIN = Field(
    "亲属身份证号",
    aliases=("直系亲属身份证号", "近亲属身份证号", "亲属身份证号码"),
    note="几个的用顿号隔开；没有的留空",
)


class Relatives(NamedTuple):
    """What a cell says of somebody's relatives. said: what has no number beside it. unclear: whether a number is damaged."""

    numbers: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()
    unclear: bool = False


def relatives(written: str) -> Relatives:
    """Read a cell of relatives: numbers, each with or without a name beside it, or names alone."""
    numbers, said, unclear = set[str](), list[str](), False
    for part in map(narrow, _APART.split(written)):
        there = [number if is_valid(number) else upgraded(number) for number in _NUMBER.findall(part.upper())]
        numbers |= {number for number in there if number}
        unclear |= None in there or bool(_DAMAGED.search(_NUMBER.sub("", part.upper())))
        if part and not there and part not in NOTHING:
            said.append(part)
    return Relatives(frozenset(numbers), tuple(said), unclear)


class MemberInNeed(Person, frozen=True, kw_only=True):
    """A row of 困难党员名册. cause: why there is hardship; it stands on no page."""

    heeds = MEMBERSHIP | {Matter.WITHDRAWN, Matter.RELATED}
    branch: Annotated[str, Field("支部", aliases=("所在党支部", "党支部"), idle=True, asked=False)] = ""
    hardship: Annotated[str, Field("困难程度", required=True, aliases=("困难等级",), example="特困")]
    cause: Annotated[str, Field("致困原因", idle=True, note="只供本部门掌握，不印在任何页上")] = ""
    household: Annotated[str, Field("户号", aliases=("户编号",))] = ""
    kin: Annotated[str, _KIN] = ""
    last: Annotated[str, Field("上年帮扶人身份证号", Kind.IDENTITY, aliases=("原帮扶人身份证号",))] = ""
    since: Annotated[Day, Field("结对日期", Kind.DATE, idle=True, note="续结的，填原来结对的日期")] = None


class Helper(Person, frozen=True, kw_only=True):
    """A row of 帮扶人名册. village: those that his unit is linked with. quota: how many people he may help."""

    heeds = IN_OFFICE | {Matter.RELATED}
    township: Annotated[str, Field("乡镇", from_sender=True, note="县直单位的可以留空")] = ""
    village: Annotated[str, Field("联系村", aliases=("包联村", "帮扶村"), note="几个的用顿号隔开")] = ""
    unit: Annotated[str, Field("单位", required=True, aliases=("帮扶单位", "工作单位"), example="县财政局")]
    post: Annotated[str, Field("职务", idle=True, aliases=("现任职务",), example="副局长", heard=True)] = ""
    leads: Annotated[bool | None, Field("是否领导", Kind.FLAG, True, ("是否领导干部", "领导干部"))] = None
    quota: Annotated[int | None, Field("名额", Kind.COUNT, aliases=("帮扶名额",), note="空白按政策")] = None
    household: Annotated[str, Field("户号", aliases=("户编号",))] = ""
    kin: Annotated[str, _KIN] = ""
    phone: Annotated[str, Field("联系电话", Kind.PHONE, idle=True)] = ""

    @property
    def villages(self) -> frozenset[str]:
        """The villages linked with him, by their names."""
        words = re.split(r"[、，,;；/\s]+", self.village)
        return frozenset(village(word) for word in words if narrow(word) not in NOTHING)
