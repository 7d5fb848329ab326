"""Working funds for village cooperatives: a sum a month to each that has enough households."""

from operator import attrgetter
from typing import Annotated

from sanchuang_cli.domain.payroll.of_pays import papers_of
from sanchuang_cli.domain.pays import Pays, monthly, organisation
from sanchuang_cli.judging import At, Odd, Reason, Verdict
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Due
from sanchuang_cli.page import Col, Page
from sanchuang_cli.period import Period
from sanchuang_cli.policy import Policy
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Field, Record, Wanted

PAID, REFUSED = PARTS = ("拨付", "不予拨付")


class Society(Record, frozen=True, kw_only=True):
    township: Annotated[str, Field("乡镇", required=True)]
    village: Annotated[str, Field("村")] = ""
    name: Annotated[str, Field("合作社名称", required=True)]
    code: Annotated[str, Field("统一社会信用代码")] = ""
    households: Annotated[int | None, Field("户数", Kind.COUNT)] = None
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""

    @property
    def called(self) -> str:
        return self.name


class Funds(Policy):
    yuan: int
    least: int
    """Households."""


class Funded(Verdict[Society], frozen=True, kw_only=True):
    due: tuple[Due, ...] = ()

    @property
    def fen(self) -> int:
        return sum(one.fen for one in self.due)


def judge(who: Society, at: At[Funds], odd: Odd) -> Funded:
    enough = (who.households or 0) >= at.policy.least
    why = Reason("户数", f"{who.households or 0} 户", at.policy.title, enough, ("households",))
    if not enough:
        return Funded(record=who, part=REFUSED, reasons=(why,))
    due = monthly(at, "合作社经费", lambda edition: edition.yuan * 100)
    return Funded(record=who, part=PAID, reasons=(why,), due=due)


PAYS = Pays(attrgetter("due"), organisation)
PAGE = Page(
    "拨付表", "合作社经费拨付表", ("code", Col("fen", "金额", Kind.MONEY, total=True)), (PAID,), unit="元"
)
PROGRAMME = Programme(
    name="societies",
    policy=Funds,
    default_period=lambda today: Period.year(today.year),
    mains={"societies": Main(Wanted(Society, "合作社名册"), PAYS.judged(judge), PARTS)},
    together=PAYS.together(),
    pages=(PAGE,),
    payments=PAYS.payments,
    papers=papers_of(PAYS),
    owes=PAYS.owes,
    by_month=True,
)
