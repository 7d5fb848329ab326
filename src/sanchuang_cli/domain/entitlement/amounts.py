"""How much, as a document says it: bases, tiers, supplements, indices, what is topped up, what is paid instead.

Pure description; tariff.py works it out.
"""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sanchuang_cli.domain.entitlement.blocks import Blank, Bound, Condition, Limb
from sanchuang_cli.policy import Count, Exact, NotNegative, Rule

Per = Literal["month", "year", "once"]
Figures = Literal["yuan", "percent", "multiple"]
RoundAt = Literal["tier", "index", "before_top_up", "end"]
_OF_BLANK = {"accept": "算满足", "refuse": "算不满足", "set_aside": "整行待核实"}
Rates = NotNegative | dict[str, NotNegative]
"""One figure, or one for each post."""


class When(Condition):
    """A condition within an amount. A blank cell is a no, unless the document says otherwise: what is added or paid
    instead is for those who are known to be entitled to it."""

    blank: Blank = "refuse"

    @property
    def of_blank(self) -> str:
        """What a blank cell means here, for whoever checks the policy."""
        if self.test == "age":
            return "按身份证号，没有空白"
        if not self.active:
            return "没有启用（active = false），不看这一条，人人都算"
        if self.test == "filled":
            return f"“{self.column}”空白就是没有填"
        stated = "" if "blank" in self.model_fields_set else "（没有写 blank，照缺省）"
        return f"“{self.column}”空白{_OF_BLANK[self.blank]}{stated}"


Whens = Annotated[
    tuple[When, ...],
    BeforeValidator(lambda written: (written,) if isinstance(written, dict | When) else written),
]
"""One condition or several, all of which have to hold; of those that name the same `either`, one."""


class Era(Rule):
    """So much for each unit of service before a day; the last era has no end."""

    before: date | None = None
    each: Rates


class Tier(Rule):
    """[at_least, below): rate + each × (units beyond `after`), at most `cap` yuan. For `posts`; none means all.

    every: `each` is for so many units, full ones only. limbs: ways of having served long enough for it, one is enough.

    eras: in place of `each`, so much for each unit served before a day and so much after it, each era rounded by itself.

    rate_column: the rate is what stands in the person's row, as an authority has fixed it between rate_at_least and
    rate_at_most; what lies outside is set aside.

    per, figures, base: in place of the amount's own. when: only for those of whom it holds.
    """

    at_least: Bound | None = None
    below: Bound | None = None
    limbs: tuple[Limb, ...] = ()
    posts: tuple[str, ...] = ()
    rate: Rates | None = None
    rate_column: str = ""
    rate_at_least: NotNegative | None = None
    rate_at_most: NotNegative | None = None
    each: Rates | None = None
    eras: tuple[Era, ...] = ()
    after: Exact = Field(default=0, ge=0, validate_default=True)
    every: Exact = Field(default=1, gt=0, validate_default=True)
    cap: Rates | None = None
    per: Per | None = None
    figures: Figures | None = None
    base: str = ""
    when: Whens = ()
    label: str = ""
    mark: str = ""

    @model_validator(mode="after")
    def _has_a_figure(self) -> Self:
        if trouble := self._era_trouble():
            raise ValueError(trouble)
        if self.rate is None and self.each is None and not self.rate_column and not self.eras:
            raise ValueError(
                "一档里应写 rate（标准）、rate_column（标准在名册的哪一列）或 each（每年、每届加多少），each 可以和前两个一起写"
            )
        if self.rate is not None and self.rate_column:
            raise ValueError("rate（标准）与 rate_column（标准在名册的哪一列）只能写一个")
        bounds = self.rate_at_least, self.rate_at_most
        if bool(self.rate_column) == (bounds == (None, None)):
            raise ValueError(
                "rate_column（标准在名册的哪一列）与 rate_at_least、rate_at_most（核定的范围，都含本数）应同时写明"
            )
        if None not in bounds and bounds[0] > bounds[1]:  # type: ignore[operator]
            raise ValueError("rate_at_least（不低于）大于 rate_at_most（不高于），没有一个数能在这个范围里")
        if "every" in self.model_fields_set and self.each is None:
            raise ValueError("写了 every（每几年、几届）就要写 each（加多少）")
        if isinstance(self.at_least, date) and self.each is not None:
            raise ValueError("按日期分档时不能写 each")
        return self

    def _era_trouble(self) -> str:
        ends = self.era_ends
        if self.eras and (len(self.eras) == 1 or None in ends or self.eras[-1].before is not None):
            return "eras 至少两段，从早到晚：前面的各写 before（到哪天以前），最后一段不写"
        if list(ends) != sorted(set(ends)):
            return "eras 应按 before 从早到晚排列，不重复"
        if self.eras and {"each", "after", "every"} & self.model_fields_set:
            return "写了 eras（前后各段每年多少）就不写 each、after、every"
        return ""

    @property
    def era_ends(self) -> tuple[date, ...]:
        """The days on which its eras end, but for the last, which does not."""
        return tuple(era.before for era in self.eras[:-1])  # type: ignore[misc]

    @property
    def tables(self) -> list[dict[str, Fraction]]:
        """Its figures for each post."""
        found = (self.rate, self.each, *(era.each for era in self.eras))
        return [rates for rates in found if isinstance(rates, dict)]

    def prices(self, post: str) -> bool:
        """Whether its figures say something of `post`."""
        return all(post in table for table in self.tables)

    def pays(self, post: str) -> bool:
        """Whether this tier is for `post`."""
        if self.posts:
            return post in self.posts
        return not self.tables or any(post in table for table in self.tables)


class Supplement(Rule):
    """Added where `when` holds: yuan, or per cent of the amount; taken off where the rate is below nought. times_column:
    so much for each one counted there."""

    name: str
    clause: str
    rate: Exact
    figures: Literal["yuan", "percent"] = "yuan"
    when: Whens = ()
    age_at_least: Count | None = None
    times_column: str = ""
    most: NotNegative | None = None


class Instead(Rule):
    """A fixed sum in yuan in place of the tiers, where `when` holds."""

    name: str
    clause: str
    when: Whens = Field(min_length=1)
    rate: NotNegative


class TopUp(Rule):
    """Only what another payment falls short of the amount is paid."""

    clause: str
    column: str
    per: Literal["month", "year"]
    blank: Literal["zero", "set_aside"] = "zero"


class SetOff(Rule):
    """A sum that was received before: what falls to the first months is kept back until it is used up."""

    name: str
    clause: str
    column: str


class Index(Rule):
    """From `effective` on the amount is raised by `percent`; several multiply."""

    clause: str
    effective: date
    percent: Exact = Field(gt=-100)


class Amount(Rule):
    """How much, in the months from `effective` to `until`.

    by: what the tiers go by; limbs: the highest tier of whose ways of having served one is fulfilled. figures: yuan, or per cent or multiples of `base`, or of the yuan in `base_column`, which count as base_at_least where they are less, as base_at_most where they are more;
    or of the standard that the benefit `base_benefit` has for the person, whatever else that asks for. year_paid: each month its part, or
    the whole year in `payment_month`. round: what happens to parts of a `round_to`. round_at: after what; each tier's
    figure, each index, all that comes before a top-up, the end. cap, minimum: of all, or for each post; posts that are not named have none. above_top: what becomes of those who
    lie above the last tier, where that ends.
    """

    clause: str
    document: str = ""
    mark: str = ""
    effective: date | None = None
    until: date | None = None
    per: Per
    year_paid: Literal["monthly", "lump"] | None = None
    payment_month: int | None = Field(default=None, ge=1, le=12)
    by: Literal["nothing", "tenure", "limbs", "age", "years_since", "column"]
    column: str = ""
    tier: tuple[Tier, ...] = Field(min_length=1)
    above_top: Literal["nothing", "set_aside"] | None = None
    figures: Figures = "yuan"
    base: str = ""
    base_column: str = ""
    base_benefit: str = ""
    base_at_least: NotNegative | None = None
    base_at_most: NotNegative | None = None
    supplement: tuple[Supplement, ...] = ()
    supplements: Literal["all", "highest"] = "all"
    index: tuple[Index, ...] = ()
    cap: Rates | None = None
    minimum: Rates | None = None
    instead: tuple[Instead, ...] = ()
    top_up: tuple[TopUp, ...] = ()
    set_off: tuple[SetOff, ...] = ()
    round: Literal["exact", "down", "half_up", "up"] = "exact"
    round_to: Literal["fen", "jiao", "yuan"] = "fen"
    round_at: tuple[RoundAt, ...] = Field(default=("end",), min_length=1)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        wrong = []
        yearly = "year" in {self.per, *(tier.per for tier in self.tier)}
        if yearly != (self.year_paid is not None):
            wrong.append('按年的标准（per = "year"）与 year_paid（"monthly" 或 "lump"）应同时写明')
        if (self.year_paid == "lump") != (self.payment_month is not None):
            wrong.append('year_paid = "lump" 与 payment_month（几月发）应同时写明')
        if (self.by in ("years_since", "column")) != bool(self.column):
            wrong.append('by = "years_since" 或 "column" 与 column（哪一列）应同时写明')
        if any((figures == "yuan") == bool(base) for figures, base in self._stated_bases()):
            wrong.append(
                'figures = "percent" 或 "multiple" 与 base（基数名）、base_column（哪一列）或 base_benefit（哪一项补贴）应同时写明'
            )
        if sum(map(bool, (self.base, self.base_column, self.base_benefit))) > 1:
            wrong.append("base（基数名）、base_column（哪一列）、base_benefit（哪一项补贴）只能写一个")
        bounds = {"base_at_least", "base_at_most"} & self.model_fields_set
        if bounds and not self.base_column:
            wrong.append(
                "base_at_least、base_at_most（低于、高于它的按它算）只和 base_column（基数在哪一列）一起写"
            )
        if len(bounds) > 1 and self.base_at_least > self.base_at_most:  # type: ignore[operator]
            wrong.append("base_at_least 大于 base_at_most")
        if self.round == "exact" and "round_at" in self.model_fields_set:
            wrong.append("写了 round_at（在哪一步取整）就要写 round（怎样取整）")
        if ("index" in self.round_at and not self.index) or (
            "before_top_up" in self.round_at and not self.top_up
        ):
            wrong.append('round_at 里写了 "index"、"before_top_up" 的，要有 index（上调）、top_up（补差）')
        if self.effective and self.until and self.until < self.effective:
            wrong.append(
                f"until {self.until} 早于 effective {self.effective}：until 写这个标准的最后一天（含），一直用下去的不写"
            )
        edged = any(tier.at_least is not None or tier.below is not None for tier in self.tier)
        if self.by in ("nothing", "limbs") and (edged or self.above_top):
            wrong.append(f'by = "{self.by}" 的各档不写 at_least、below，也没有 above_top')
        if any((self.by == "limbs") != bool(tier.limbs) for tier in self.tier):
            wrong.append('by = "limbs"（连续多少或者累计多少）与各档的 limbs 应同时写明')
        if self.by == "nothing" and not all(tier.posts or tier.when for tier in self.tier[:-1]):
            wrong.append(
                'by = "nothing" 有几个标准的，要用 posts（职务）或 when（条件）分开，只有最后一个可以不写'
            )
        if wrong:
            raise ValueError("；".join(wrong))
        return self

    def _stated_bases(self) -> list[tuple[Figures | None, str]]:
        own = [(tier.figures, tier.base) for tier in self.tier if tier.figures is not None or tier.base]
        return [(self.figures, self.base or self.base_column or self.base_benefit), *own]

    @property
    def bases(self) -> list[str]:
        """Names of the bases it refers to."""
        return list(dict.fromkeys(filter(None, (self.base, *(tier.base for tier in self.tier)))))

    @property
    def all_per(self) -> set[Per]:
        """What its tiers are paid by."""
        return {tier.per or self.per for tier in self.tier}

    @property
    def columns(self) -> list[str]:
        """Headings of the columns that the amount itself goes by."""
        found = [self.column, self.base_column, *(tier.rate_column for tier in self.tier)]
        found += [*(more.times_column for more in self.supplement)]
        found += [heading for test in self.conditions for heading in test.columns]
        found += [*(other.column for other in self.top_up), *(once.column for once in self.set_off)]
        return list(dict.fromkeys(filter(None, found)))

    @property
    def conditions(self) -> list[When]:
        """Conditions within the amount."""
        return [test for some in self.whens for test in some]

    @property
    def whens(self) -> list[tuple[When, ...]]:
        """The same, those together that stand together."""
        added = [*(more.when for more in self.supplement), *(other.when for other in self.instead)]
        return [*(tier.when for tier in self.tier), *added]

    def in_force(self, day: date) -> bool:
        return (self.effective is None or self.effective <= day) and (self.until is None or day <= self.until)
