"""Declares what a document says of a member's dues, and the rows of a pay file from which bases follow."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Setting

from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Month, VagueDate
from sanchuang_cli.policy import Citation, Count, Exact, NotNegative, Policy, Rule, Yuan
from sanchuang_cli.posting import Posting
from sanchuang_cli.record import Field

QUARTERS = ("上年四季度净收入", "一季度净收入", "二季度净收入", "三季度净收入")
"""The net income of the quarter before each quarter of the year."""
_FEN = {"fen": 1, "jiao": 10, "yuan": 100}


class Pay(Entry, frozen=True, kw_only=True):
    """A row of a pay file; the items that count and the rates are columns of the policy."""

    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    since: Annotated[VagueDate | None, Field("发放月", Kind.DATE, aliases=("起始月", "工资月份"))] = None
    contribution: Annotated[int | None, Field("缴费基数", Kind.MONEY, note="元/月")] = None

    @property
    def cited(self) -> tuple[str, ...]:
        """What an explanation cites of it: the month and all items and rates."""
        return "since", *self.more

    @property
    def start(self) -> Month:
        """The month from which it is paid; before all others where none is written."""
        return Month.of(self.since.earliest) if self.since else Month(1, 1)


class Bracket(Rule, title="一档"):
    """A rate for whoever has at most so much; the rate is of the whole amount."""

    up_to: NotNegative | None = Setting(default=None, description="到多少元为止，含本数；最高一档不写")
    percent: Exact = Setting(ge=0, le=100, description="全额的百分之几，如 0.5")


class Category(Rule, title="缴费类别"):
    """What one kind of member owes a month: a fixed sum, or a share of the base."""

    synonyms = ("aliases",)

    name: str = Setting(description="类别的名称，如“在职”")
    aliases: tuple[str, ...] = Setting(default=(), description="名册里也这样写的说法")
    clause: Citation
    amount: Yuan | None = Setting(default=None, description="每月固定多少元；按基数的不写")
    brackets: tuple[Bracket, ...] = Setting(default=(), description="按基数分档，从低到高；固定数的不写")
    base: Literal["stated", "quarter_before"] = Setting(
        default="stated", description="基数：stated 名册或工资表的数，quarter_before 上一季度净收入的月平均"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.amount is None) is not bool(self.brackets):
            raise ValueError(f"“{self.name}”要写 amount（固定数）或 brackets（分档），也只能写一个")
        tops = [bracket.up_to for bracket in self.brackets]
        known = [top for top in tops if top is not None]
        if self.brackets and (
            tops[-1] is not None or known != sorted(set(known)) or len(known) + 1 < len(tops)
        ):
            raise ValueError(f"“{self.name}”的 brackets 从低到高，只有最高一档不写 up_to")
        return self

    def bracket(self, base: Fraction) -> Bracket:
        """The one in which a base in fen lies."""
        return next(each for each in self.brackets if each.up_to is None or base <= each.up_to * 100)


class PayFile(Rule, title="工资表"):
    """How a base follows from a pay file: the items that count, less the rates that are held back of them."""

    clause: Citation
    counted: tuple[str, ...] = Setting(min_length=1, description="计入基数的项目，工资表的列名")
    rates: tuple[str, ...] = Setting(default=(), description="扣缴比例的列名；按比例之和从项目合计里扣")


def _each(written: Any) -> Any:
    """One block may stand alone where several may be written."""
    return (written,) if isinstance(written, dict | Rule) else written


class Upward(Rule, title="上缴"):
    """What goes up to one level of what was paid."""

    clause: Citation
    to: str = Setting(description="上缴给谁；每一级各不相同")
    percent: Exact = Setting(ge=0, le=100, description="实收的百分之几")


class Returned(Rule, title="返还"):
    """Branches whose dues come back."""

    clause: Citation
    types: tuple[str, ...] = Setting(min_length=1, description="支部类型，照名册的写法")
    percent: Exact = Setting(ge=0, le=100, description="返还实收的百分之几")


class Gift(Rule, title="大额党费"):
    """Sums given beyond the dues that go up whole, from so much on."""

    clause: Citation
    to: str = Setting(description="上缴给谁")
    above: Yuan = Setting(description="一次多于多少元的全部上缴")
    inclusive: bool = Setting(default=False, description="true：正好这个数的也上缴")

    def goes_up(self, sum_in_fen: int) -> bool:
        """Whether a sum in fen goes up whole."""
        line = self.above * 100
        return sum_in_fen >= line if self.inclusive else sum_in_fen > line


class DuesPolicy(Policy, title="党费收缴办法（一版）"):
    """What a document on dues says of the months in which it is in force."""

    categories: tuple[Category, ...] = Setting(min_length=1, description="各类党员每月交多少")
    rounded: Literal["fen", "jiao", "yuan"] = Setting(
        default="fen", description="每月的数四舍五入到分、角还是元"
    )
    fixed: Literal["year", "month"] = Setting(
        default="year",
        description="基数：year 年初（或第一个应交月）定，全年不变；month 从发放新工资的当月起",
    )
    fixed_clause: str = Setting(description="基数几时定的依据")
    pay_file: PayFile | None = Setting(default=None, description="按工资表算基数；不写时用名册的基数")
    arrears_months: Count = Setting(
        default=6, description="补交一般不超过几个月；连续这么多月没有交的列出谈话名单"
    )
    arrears_clause: str = Setting(description="补交期限的依据")
    upward: Annotated[tuple[Upward, ...], BeforeValidator(_each)] = Setting(
        default=(), description="实收的多少上缴给哪一级，几级就写几节；不写时不出上缴单"
    )
    returned: Returned | None = Setting(
        default=None, description="哪些支部（名册“支部类型”一列）的党费返还；不写时不返还"
    )
    gift: Annotated[tuple[Gift, ...], BeforeValidator(_each)] = Setting(
        default=(), description="名册“自愿多交”一列，多少以上上缴给谁；几档就写几节，不到最低一档的留本级"
    )
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")

    @model_validator(mode="after")
    def _each_level_once(self) -> Self:
        levels = [level.to for level in self.upward]
        if len(set(levels)) < len(levels):
            raise ValueError("upward 里同一级写了两次")
        return self

    def up_to(self, level: str) -> Fraction:
        """The share of what was paid that goes up to a level."""
        return sum((each.percent / 100 for each in self.upward if each.to == level), Fraction(0))

    def back_to(self, kind: str) -> Fraction:
        """The share of what was paid that comes back to a branch of a kind."""
        rule = self.returned
        return rule.percent / 100 if rule and kind in rule.types else Fraction(0)

    def gift_goes_to(self, sum_in_fen: int) -> str:
        """To whom a gift goes by the highest line that it reaches; "" where it stays."""
        reached = [line for line in self.gift if line.goes_up(sum_in_fen)]
        return max(reached, key=lambda line: line.above).to if reached else ""

    @property
    def by_word(self) -> Mapping[str, Category]:
        """The categories by each word that means one."""
        return {word: each for each in self.categories for word in (each.name, *each.aliases)}

    def round(self, fen: Fraction) -> int:
        """A month's sum as the document has it."""
        unit = _FEN[self.rounded]
        return whole(fen / unit, "half_up") * unit

    def pay_columns(self) -> tuple[Field, ...]:
        """The columns that a pay file must have."""
        rule = self.pay_file
        items = [Field(name, Kind.MONEY, name=name, note="元/月") for name in (rule.counted if rule else ())]
        return (*items, *(Field(name, Kind.PERCENT, name=name) for name in (rule.rates if rule else ())))
