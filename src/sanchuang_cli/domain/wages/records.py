"""Declares the rosters that the pay of people in office is worked out from: cadres, villages, appraisals, cards nobody
collected.
"""

from fractions import Fraction
from typing import Annotated

from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.people import IN_OFFICE, Day, Person
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.domain.words import STILL
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record

USED = "正常"
CARDS = {
    USED: ("激活", "已激活", "启用"),
    "未激活": ("没有激活", "未启用"),
    "注销": ("已注销", "销户", "已销户"),
}


class Cadre(Person, frozen=True, kw_only=True):
    """A row of 在职村干部花名册: somebody's time in one post."""

    heeds = IN_OFFICE | {Matter.REDUCED, Matter.WITHDRAWN, Matter.ON_PAYROLL}
    post: Annotated[
        str, Field("职务", required=True, aliases=("现任职务",), example="村党支部书记", heard=True)
    ]
    started: Annotated[VagueDate, Field("任职起始", Kind.DATE, required=True, ahead=True)]
    ended: Annotated[Day, Field("任职终止", Kind.DATE, ahead=True, none=STILL, note="在任的留空")] = None
    document: Annotated[
        str, Field("任职文件", aliases=("任命文号", "任职文号", "任职文件文号"), idle=True)
    ] = ""
    kind: Annotated[str, Field("身份类别", note="本村、选派、公务员；空着按本村")] = ""
    branch: Annotated[str, Field("所在党组织", aliases=("所在党支部", "党组织名称"), asked=False)] = ""
    cadre_since: Annotated[Day, Field("任村干部起始", Kind.DATE, asked=False)] = None
    chief_since: Annotated[Day, Field("任主职起始", Kind.DATE, asked=False)] = None
    suspended_from: Annotated[Day, Field("停职起", Kind.DATE, ahead=True)] = None
    suspended_to: Annotated[
        Day, Field("停职止", Kind.DATE, ahead=True, none=STILL, note="还在停职的留空")
    ] = None
    phone: Annotated[str, Field("联系电话", Kind.PHONE, idle=True)] = ""
    card: Annotated[str, Field("卡状态", Kind.CHOICE, choices=CARDS, note="空着按正常")] = ""
    bank: Annotated[str, Field("开户行", idle=True, example="农村信用社", heard=True)] = ""
    account: Annotated[str, Field("银行卡号", Kind.ACCOUNT, aliases=("银行账号",), headed=True)] = ""

    @property
    def until(self) -> str:
        """The time in the post, for messages."""
        return f"{self.started}至{self.ended or '今'}"

    @property
    def resting(self) -> str:
        """The time of the suspension, for messages."""
        return f"{self.suspended_from}至{self.suspended_to or '今'}"

    @property
    def barred(self) -> str:
        """Why nothing may go to the card, "" where it can be used."""
        return f"银行卡{self.card}" if self.card not in ("", USED) else ""


class Village(Entry, frozen=True, kw_only=True):
    """A row of 村情表."""

    township: Annotated[str, Field("乡镇", required=True, from_sender=True)]
    village: Annotated[str, Field("村", required=True)]
    kind: Annotated[str, Field("村类型", headed=True, aliases=("村类别",))] = ""
    people: Annotated[int | None, Field("人口", Kind.COUNT, aliases=("人口数", "总人口"))] = None
    income: Annotated[
        int | None, Field("净收入", Kind.MONEY, aliases=("村集体净收入", "集体经济净收入"), note="上年")
    ] = None


class Appraisal(Entry, frozen=True, kw_only=True):
    """A row of 年度考核: how somebody was graded for a year."""

    name: Annotated[str, Field("姓名", Kind.NAME)] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    year: Annotated[int, Field("年度", Kind.COUNT, required=True, aliases=("考核年度",))]
    grade: Annotated[str, Field("等次", headed=True, aliases=("考核等次", "年度考核等次"))] = ""
    score: Annotated[Fraction | None, Field("考核得分", Kind.SCORE, aliases=("得分",), asked=False)] = None
    negative: Annotated[str, Field("负面情形", aliases=("负面清单",), asked=False)] = ""


class UnclaimedCard(Record, frozen=True, kw_only=True):
    """A row of the bank's list of cards that nobody collected. No remark takes it off the list: it keeps somebody from being
    paid."""

    name: Annotated[str, Field("姓名", Kind.NAME, aliases=("户名",))] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY)] = ""
    account: Annotated[str, Field("未领卡号", Kind.ACCOUNT, required=True, aliases=("未领取卡号",))]
