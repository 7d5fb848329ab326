"""Declares a member as the roster of a branch's dues has them."""

from typing import Annotated, Any

from sanchuang_cli.domain.beside import of_person, unlike_number
from sanchuang_cli.domain.dues.policy import QUARTERS, DuesPolicy
from sanchuang_cli.domain.people import BORN, MEMBERSHIP, SEX, against_birth
from sanchuang_cli.finding import Finding
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Asks, Field, Record

Day = VagueDate | None
MONTHS = range(1, 13)


class Payer(Record, frozen=True, kw_only=True):
    """A row of the dues of a branch. What was paid month by month is in `more`, under 1月 … 12月."""

    heeds = MEMBERSHIP
    township: Annotated[
        str, Field("上级党组织", required=True, from_sender=True, aliases=("乡镇", "党委", "基层党委"))
    ]
    branch: Annotated[str, Field("支部", required=True, aliases=("党支部", "所在党支部"))]
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY)] = ""
    category: Annotated[str, Field("缴费类别", required=True, aliases=("党费类别",), example="在职")]
    base: Annotated[
        int | None, Field("党费基数", Kind.MONEY, aliases=("缴纳基数", "税后收入"), note="元/月")
    ] = None
    admitted: Annotated[VagueDate, Field("支部大会日期", Kind.DATE, True, ("入党日期", "入党时间"))]
    left: Annotated[Day, Field("转出或死亡日期", Kind.DATE, aliases=("转出日期", "死亡日期"))] = None
    reduced: Annotated[int | None, Field("减免后金额", Kind.MONEY, note="每月交多少；免交填 0")] = None
    reduced_from: Annotated[Day, Field("减免起", Kind.DATE, aliases=("减免起始",))] = None
    reduced_to: Annotated[Day, Field("减免止", Kind.DATE, aliases=("减免终止",), ahead=True)] = None
    decision: Annotated[str, Field("减免决定", note="上一级党委的批准文号")] = ""
    gift: Annotated[
        int | None,
        Field("自愿多交", Kind.MONEY, aliases=("大额党费",), note="一次交的数，不记在各月栏", asked=False),
    ] = None
    gift_day: Annotated[
        Day, Field("自愿多交日期", Kind.DATE, aliases=("大额党费日期",), asked=False, of_period=True)
    ] = None
    kind: Annotated[str, Field("支部类型", asked=False)] = ""
    sex_written: Annotated[str, SEX] = ""
    born_written: Annotated[Day, BORN] = None

    @property
    def called(self) -> str:
        """How a message names the member."""
        return self.name

    def said_beside(self) -> list[Finding]:
        """Findings from what is written beside the fields."""
        found = of_person(self.row, self.name, self._under, heeds=self.heeds)
        found += unlike_number(self.row, self.name, self.identity, self.sex_written, self.born_written)
        return [*found, *against_birth(self)]

    def _under(self, heading: str) -> Any:
        return self.left if heading in ("死亡日期", "转出或死亡日期") else None


def asks(edition: DuesPolicy) -> dict[str, dict[str, Asks]]:
    """The columns of a blank roster that an edition looks at."""
    by_quarter = any(one.base == "quarter_before" for one in edition.categories)
    plain = [one.name for one in Payer.declared() if one.asked]
    months = (*(QUARTERS if by_quarter else ()), *(f"{n}月" for n in MONTHS))
    rare = ("gift", "gift_day") * bool(edition.gift) + ("kind",) * bool(edition.returned)
    return {"payers": dict.fromkeys((*plain, *months), Asks()) | dict.fromkeys(rare, Asks(rare=True))}
