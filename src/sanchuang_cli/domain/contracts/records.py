"""Declares the roster of contracts: each row is one contract of one person."""

from typing import Annotated

from sanchuang_cli.domain.people import IN_OFFICE, Day, Person
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.domain.words import DEAD
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field

REASONS = {
    "辞职": ("本人辞职",),
    "解聘": (),
    "考录": ("考取公务员", "考录公务员"),
    "死亡": tuple(sorted(DEAD - {"死亡"})),
    "单位解除": (),
    "其他": (),
}
GRADES = {"优秀": (), "称职": ("合格",), "基本称职": ("基本合格",), "不称职": ("不合格",)}


class Graduate(Person, frozen=True, kw_only=True):
    """A row of 大学生村官合同台账: one contract of one person."""

    heeds = IN_OFFICE | {Matter.REDUCED, Matter.WITHDRAWN, Matter.ON_PAYROLL}
    education: Annotated[str, Field("学历", idle=True, example="大学本科")] = ""
    county_class: Annotated[
        str, Field("县类别", required=True, aliases=("县区类别", "地区类别"), example="三类")
    ]
    started: Annotated[
        VagueDate,
        Field("合同起", Kind.DATE, True, ("聘用时间", "聘用日期", "合同起始", "合同开始日期"), ahead=True),
    ]
    ended: Annotated[
        VagueDate,
        Field(
            "合同止",
            Kind.DATE,
            True,
            ("期满时间", "合同终止", "合同到期日期"),
            ahead=True,
            note="最后在岗的一天",
        ),
    ]
    term: Annotated[
        int | None,
        Field("期次", Kind.COUNT, aliases=("第几聘期", "聘期"), note="第几份合同；台账上有以前各期的可不填"),
    ] = None
    left: Annotated[Day, Field("解除日期", Kind.DATE, aliases=("离岗时间", "解聘时间", "合同解除日期"))] = (
        None
    )
    reason: Annotated[str, Field("解除原因", Kind.CHOICE, aliases=("离岗原因",), choices=REASONS)] = ""
    settled: Annotated[int | None, Field("已发安家费", Kind.MONEY, note="元；按本政策发的可不填")] = None
    grade: Annotated[
        str, Field("考核等次", Kind.CHOICE, aliases=("等次", "年度考核等次"), choices=GRADES)
    ] = ""
    bank: Annotated[str, Field("开户行", idle=True, example="农村信用社", heard=True)] = ""
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""

    @property
    def until(self) -> VagueDate:
        """The last day served, as far as the row knows."""
        return self.left or self.ended
