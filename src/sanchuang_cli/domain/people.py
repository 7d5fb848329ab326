"""Declares the records on the county's rosters of people: members, spells of service, payments of the last period, lists of
the dead.

Every programme about people reads the same records. It is the only place where the columns of these rosters are declared.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Annotated, Any

from sanchuang_cli.domain import contradictions
from sanchuang_cli.domain.age import full_years
from sanchuang_cli.domain.beside import died, of_person, of_words, unlike_number
from sanchuang_cli.domain.heeding import POST
from sanchuang_cli.domain.identity import Sex, birth, sex
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, PageFrame, cols
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.record import Field, Record

Day = VagueDate | None
SEX = Field("性别", Kind.CHOICE, choices={"男": ("男性",), "女": ("女性",)}, asked=False, idle=True)
BORN = Field("出生日期", Kind.DATE, asked=False, idle=True, ahead=True)
"""What a roster of people may say beside the identity number, by which sex and birth are taken."""
IN_OFFICE, MEMBERSHIP = POST, frozenset({Matter.OUT_OF_PARTY, Matter.TRANSFERRED})
"""What rosters heed (Record.heeds) of those who hold a post now, or work under a contract; of those who have to be members."""
_E, _W = Severity.ERROR, Severity.WARNING


class Person(Record, frozen=True, kw_only=True):
    """Base of the rosters of people: where they are, and who. A programme's own columns follow in a subclass."""

    township: Annotated[str, Field("乡镇", required=True, from_sender=True, example="示例镇", heard=True)]
    village: Annotated[str, Field("村", required=True, example="示例村", heard=True)]
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    died: Annotated[VagueDate | None, Field("死亡日期", Kind.DATE, aliases=("死亡时间", "去世日期", "去世时间"), asked=False)] = None  # fmt: skip

    sex_written: Annotated[str, SEX] = ""
    born_written: Annotated[Day, BORN] = None

    @property
    def called(self) -> str:
        """The name, for messages."""
        return self.name

    @property
    def sex(self) -> Sex:
        """By the identity number."""
        return sex(self.identity)

    @property
    def born(self) -> date:
        """By the identity number."""
        born = birth(self.identity)
        assert born, "the reader sets aside a number without a birth date"
        return born

    def minor(self, on: date) -> str:
        """What says that somebody is a child on a day, who can hold no post and act for nobody; "" of an adult."""
        age, adult = full_years(self.born, on), contradictions.JOINING_AGE
        return "" if age >= adult else f"按身份证号 {self.born} 出生，到 {on} {age} 周岁，没有成年"

    def said_beside(self) -> Sequence[Finding]:
        """What stands beside the fields; a day of death, of which no rule about the living knows anything; and what the number says
        otherwise, by which sex and birth are taken."""
        found = of_person(self.row, self.name, self._under, heeds=self.heeds)
        for one in self.declared():
            found += of_words(self.row, self.name, self._under, one, self.heeds) if one.heard else ()
        found += unlike_number(self.row, self.name, self.identity, self.sex_written, self.born_written)
        found += against_birth(self)
        return (
            [*found, died(self.row, "died", f"{self.name}：填了死亡日期 {self.died}")] if self.died else found
        )

    def _under(self, heading: str) -> Any:
        """What the row has under a heading, of the record or of the policy; None where that is blank, or not there."""
        names = {field.heading: field.name for field in self.declared()}
        return (getattr(self, names[heading]) if heading in names else self.more.get(heading)) or None


def against_birth(who: Any) -> Iterator[Finding]:
    """Days of joining and of taking office that the number contradicts. In childhood one of the two is wrong; who joined a
    little too young may have done so, as some did."""
    born = birth(who.identity) if who.identity else None
    for one in who.declared() if born else ():
        day, rule = getattr(who, one.name), _AGAINST_BIRTH.get(one.heading)
        if born and day and rule and (wrong := rule(day, VagueDate.on(born))):
            child, said = (
                contradictions.is_child(day, VagueDate.on(born)),
                f"{one.heading} {day} {wrong.what}",
            )
            mend = (
                f"请核对身份证号和{one.heading}，改正写错的一格。"
                if child
                else "请核对；档案确是如此的可不理会。"
            )
            grave, basis = (_E if child else _W), "入党、任职的应已成年"
            place, brief = who.row.place(one.name), f"{one.heading}与出生对不上"
            yield Finding(f"persons.{wrong.code}", grave, f"{who.called}：{said}", place, basis, mend, brief)


_AGAINST_BIRTH = {
    **dict.fromkeys(("入党日期", "入党时间", "支部大会日期"), contradictions.joined),
    **dict.fromkeys(("任职起始", "任职日期"), contradictions.holds),
}

_DIED = "死亡时间 去世日期 去世时间 去世年月 逝世日期 逝世时间 病故日期 病故时间 亡故时间 何时去世"


class Member(Record, frozen=True, kw_only=True):
    """A member or former cadre. Rules of a policy name these columns by their headings."""

    heeds = frozenset({Matter.REDUCED, Matter.OUT_OF_PARTY, Matter.WITHDRAWN, Matter.DISCIPLINED, Matter.ON_PAYROLL, Matter.REMOVED, Matter.SERVING})  # fmt: skip
    township: Annotated[str, Field("乡镇", from_sender=True, example="示例镇", heard=True)] = ""
    village: Annotated[str, Field("村", example="示例村", heard=True)] = ""
    branch: Annotated[str, Field("所在党支部", example="示例村党支部", heard=True)] = ""
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    sex: Annotated[str, Field("性别", Kind.CHOICE, choices={"男": (), "女": ()})] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    born: Annotated[Day, Field("出生日期", Kind.DATE)] = None
    joined: Annotated[Day, Field("入党日期", Kind.DATE)] = None
    post: Annotated[str, Field("离任职务", aliases=("曾任职务", "原任职务", "最后任职"), heard=True)] = ""
    spells: Annotated[tuple[Spell, ...], Field("任职经历", Kind.SPELLS, aliases=("任职起止", "任职起止时间"), heard=True)] = ()  # fmt: skip
    years: Annotated[str, Field("任职年限", note="仅供核对，以任职经历为准", example="12 年")] = ""
    left: Annotated[Day, Field("离任日期", Kind.DATE)] = None
    reason: Annotated[str, Field("离任原因", aliases=("离职原因", "免职原因"))] = ""
    penalty: Annotated[str, Field("处分情况", aliases=("处分", "党纪政务处分", "有无处分"))] = ""
    penalty_on: Annotated[Day, Field("处分日期", Kind.DATE, aliases=("处分时间",))] = None
    sentence: Annotated[str, Field("刑罚情况", aliases=("刑罚", "刑事处罚", "有无刑罚"))] = ""
    sentence_on: Annotated[Day, Field("判决日期", Kind.DATE, aliases=("判决时间", "刑罚日期"))] = None
    employed: Annotated[bool | None, Field("财政供养", Kind.FLAG, aliases=("是否财政供养", "财政供养情况", "是否吃财政饭"))] = None  # fmt: skip
    employed_on: Annotated[Day, Field("录用日期", Kind.DATE, aliases=("录用时间",))] = None
    household: Annotated[str, Field("户籍状况", aliases=("户籍情况",))] = ""
    moved_on: Annotated[Day, Field("户籍迁出日期", Kind.DATE, aliases=("迁出日期", "迁出时间"))] = None
    rural: Annotated[str, Field("户口性质", aliases=("户口类别", "户籍性质"))] = ""
    health: Annotated[str, Field("健在情况", aliases=("是否健在", "人员状态", "生存状态"))] = ""
    died_on: Annotated[Day, Field("死亡日期", Kind.DATE, aliases=tuple(_DIED.split()))] = None
    hardship: Annotated[bool | None, Field("困难台账", Kind.FLAG, aliases=("是否困难党员", "列入困难台账", "生活困难党员"))] = None  # fmt: skip
    ledger_on: Annotated[Day, Field("列入台账日期", Kind.DATE, aliases=("列入时间", "列入日期", "纳入台账日期"))] = None  # fmt: skip
    cause: Annotated[str, Field("困难情况", aliases=("致困原因", "困难类型", "困难类别"), example="因病致贫", heard=True)] = ""  # fmt: skip
    income: Annotated[int | None, Field("家庭年人均收入", Kind.MONEY)] = None
    veteran: Annotated[bool | None, Field("优抚对象", Kind.FLAG, aliases=("是否优抚", "是否优抚对象", "享受优抚"))] = None  # fmt: skip
    retired: Annotated[bool | None, Field("离退休待遇", Kind.FLAG, aliases=("是否享受离退休待遇", "有无离退休待遇"))] = None  # fmt: skip
    local: Annotated[int | None, Field("地方定补标准", Kind.MONEY, aliases=("原定补标准",), note="元/月")] = None  # fmt: skip
    pension: Annotated[int | None, Field("已领养老金", Kind.MONEY, aliases=("养老金", "养老保险金"))] = None
    breach: Annotated[bool | None, Field("违反计划生育", Kind.FLAG, aliases=("计划生育", "违反计生情况"))] = (
        None
    )
    petition: Annotated[bool | None, Field("组织集体上访", Kind.FLAG, aliases=("上访情况", "违规信访"))] = (
        None
    )
    suspended_from: Annotated[Day, Field("暂停起", Kind.DATE, aliases=("停发起", "暂停发放起"))] = None
    suspended_to: Annotated[Day, Field("暂停止", Kind.DATE, aliases=("停发止", "暂停发放止"))] = None
    approved_on: Annotated[
        Day, Field("审批日期", Kind.DATE, aliases=("审批时间", "批准日期", "批准时间"))
    ] = None
    bank: Annotated[str, Field("开户行", example="农村信用社", heard=True)] = ""
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""
    phone: Annotated[str, Field("联系电话", Kind.PHONE)] = ""
    remarks: Annotated[str, Field("备注")] = ""


WHO = ("township", "village", "name", "identity")
PAPER = PageFrame({"members": Member}, tuple(cols(WHO)))
"""What all pages about people have alike."""


class SpellRow(Record, frozen=True, kw_only=True):
    """任职经历 sheet: one row a spell."""

    name: Annotated[str, Field("姓名", Kind.NAME)] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    start: Annotated[VagueDate, Field("任职起始", Kind.DATE, required=True)]
    end: Annotated[Day, Field("任职终止", Kind.DATE, note="在任的留空")] = None
    post: Annotated[str, Field("担任职务", aliases=("职务", "任职职务"), required=True, example="村支部书记")]
    village: Annotated[str, Field("村")] = ""


BENEFIT, STANDARD = Col("benefit", "项目"), Col("standard", "标准", Kind.MONEY)
MONTHS, AMOUNT = Col("months", "发放月份"), Col("amount", "本期金额", Kind.MONEY, total=True)
"""The columns of a 花名册 that the next period reads back, beside those of the roster of people. The first two have the
programme's word before their headings (Scheme)."""


def _read(col: Col | str, *, required: bool = False) -> Field:
    """A column of a 花名册 where it is read back."""
    (column,) = cols([col])
    return column.read_back(Member, required)


class Paid(Record, frozen=True, kw_only=True):
    """A line of the last period's 花名册."""

    township: Annotated[str, _read("township")] = ""
    village: Annotated[str, _read("village")] = ""
    name: Annotated[str, _read("name")] = ""
    identity: Annotated[str, _read("identity", required=True)]
    benefit: Annotated[str, _read(BENEFIT, required=True)]
    months: Annotated[str, _read(MONTHS)] = ""
    standard: Annotated[int | None, _read(STANDARD)] = None
    account: Annotated[str, _read("account")] = ""
    amount: Annotated[int, _read(AMOUNT, required=True)]
    remarks: Annotated[str, _read("remarks")] = ""


class ScreenedPerson(Record, frozen=True, kw_only=True):
    """Somebody on a list to screen against: the dead, the employed, those serving a sentence. identity: of a number that
    is masked or damaged, the part that is left, as domain.partial writes it."""

    name: Annotated[str, Field("姓名", Kind.NAME)] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, partial=True)] = ""
    kind: Annotated[str, Field("名单类别", aliases=("类别", "核查类别"))] = ""


@cache
def columns() -> Mapping[str, Field]:
    """The member roster's fields by heading: what a policy's `column` may name, beside its own [[column]]s."""
    return {field.heading: field for field in Member.declared()}
