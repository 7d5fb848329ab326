"""Declares the rosters from which contributions are worked out: the insured, villages, honours, receipts."""

from collections.abc import Sequence
from typing import Annotated, Any

from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.people import IN_OFFICE, Day, Person
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.domain.words import STILL
from sanchuang_cli.finding import Finding
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field

INSURANCES = {
    "城乡居民": ("居民", "城乡居民养老", "城乡居民养老保险", "城乡居民基本养老保险", "城乡居保", "新农保"),
    "灵活就业": ("灵活就业人员", "灵活就业养老", "灵活就业人员养老保险"),
    "职工养老": ("职工", "企业职工", "职工养老保险", "职工基本养老保险", "企业职工养老保险"),
}


class Insured(Person, frozen=True, kw_only=True):
    """A row of 参保补贴人员名册: a cadre, and when the months begin and end that others help to pay."""

    heeds = IN_OFFICE | {Matter.REDUCED, Matter.WITHDRAWN, Matter.INSURED, Matter.DISCIPLINED}
    post: Annotated[
        str, Field("职务", required=True, aliases=("现任职务",), example="村党支部书记", heard=True)
    ]
    started: Annotated[VagueDate, Field("任职起始", Kind.DATE, required=True, ahead=True)]
    ended: Annotated[Day, Field("任职终止", Kind.DATE, ahead=True, none=STILL, note="在任的留空")] = None
    insurance: Annotated[
        str, Field("参保类型", Kind.CHOICE, required=True, aliases=("参保险种",), choices=INSURANCES)
    ]
    grade: Annotated[
        int | None, Field("缴费档次", Kind.MONEY, aliases=("缴费标准",), note="元/年；按档次补贴的才填")
    ] = None
    insured_since: Annotated[
        Day,
        Field("参保起始", Kind.DATE, aliases=("参保时间", "参保日期"), ahead=True, note="以前的月份算补缴"),
    ] = None
    months_paid: Annotated[
        int | None, Field("已缴月数", Kind.COUNT, aliases=("累计缴费月数",), note="缴到判定日止")
    ] = None
    disciplined: Annotated[Day, Field("处分日期", Kind.DATE, aliases=("处分时间",))] = None
    sentenced: Annotated[Day, Field("判刑日期", Kind.DATE, aliases=("判决日期", "刑罚日期"))] = None
    continued: Annotated[
        bool | None,
        Field(
            "续保",
            Kind.FLAG,
            aliases=("是否续保",),
            choices={"是": ("续", "续保"), "否": ("不续", "不续保")},
            note="离任后自己接着缴的填是",
        ),
    ] = None
    bank: Annotated[str, Field("开户行", idle=True, example="农村信用社", heard=True)] = ""
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""

    def said_beside(self) -> Sequence[Finding]:
        """What stands beside the fields. A day of death ends the months, so it sets nobody aside."""
        return [finding for finding in super().said_beside() if finding.code != "remarks.died"]

    def _under(self, heading: str) -> Any:
        if heading == "处分情况" and self.disciplined:
            return self.disciplined
        return str(self.sentenced) if heading == "刑罚情况" and self.sentenced else super()._under(heading)


class VillageIncome(Entry, frozen=True, kw_only=True):
    """A row of 村情表: whether a village has an income of its own to pay from."""

    township: Annotated[str, Field("乡镇", required=True, from_sender=True)]
    village: Annotated[str, Field("村", required=True)]
    income: Annotated[
        bool, Field("有无集体收入", Kind.FLAG, True, ("集体收入", "有无村集体收入", "是否有集体收入"))
    ]


class Honour(Entry, frozen=True, kw_only=True):
    """A row of 荣誉: a village or a person, by its township and name or by an identity number, and what they were given."""

    honoured: Annotated[str, Field("对象", required=True, note="村写乡镇和村名，人写身份证号")]
    level: Annotated[str, Field("级别", required=True, aliases=("荣誉级别",), example="县级先进党组织")]
    day: Annotated[
        VagueDate, Field("日期", Kind.DATE, True, ("表彰日期", "授予日期", "表彰时间"), ahead=True)
    ]

    @property
    def called(self) -> str:
        return f"荣誉“{self.level}”"


class ContributionReceipt(Entry, frozen=True, kw_only=True):
    """A row of 缴费凭证: what somebody paid in for a year."""

    ticket: Annotated[str, Field("凭证号", required=True, aliases=("缴费凭证号", "票号", "收据号"))]
    name: Annotated[str, Field("姓名", Kind.NAME)] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    year: Annotated[int, Field("年度", Kind.COUNT, True, ("缴费年度", "所属年度"))]
    amount: Annotated[int, Field("金额", Kind.MONEY, True, ("缴费金额", "交费金额"))]
    day: Annotated[Day, Field("缴费日期", Kind.DATE, aliases=("交费日期", "缴款日期"))] = None

    @property
    def called(self) -> str:
        return f"凭证 {self.ticket}"
