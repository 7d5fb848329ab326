"""Declares the blocks of a policy that say how much is paid: tiers, supplements, raises, top-ups, and what is paid instead.

They only hold what the file says. tariff.py works the sums out.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sanchuang_cli.domain.entitlement.blocks import Blank, Bound, Condition, ServiceWay
from sanchuang_cli.policy import Citation, Count, Exact, NotNegative, Rule

Per = Literal["month", "year", "once"]
Figures = Literal["yuan", "percent", "multiple"]
RoundAt = Literal["tier", "index", "before_top_up", "end"]
_OF_BLANK = {"accept": "算满足", "refuse": "算不满足", "set_aside": "整行待核实"}
Rates = NotNegative | dict[str, NotNegative]
"""One figure, or one for each post."""


class When(Condition, title="标准里的条件"):
    """A condition within an amount, to which a blank cell is a no unless the document says otherwise."""

    # What is added or paid instead is for those who are known to be entitled to it.
    blank: Blank = Field(
        default="refuse",
        description="空白怎样算：accept 算满足，refuse 算不满足（不写时），set_aside 整行待核实",
    )

    @property
    def of_blank(self) -> str:
        """What a blank cell means here, in words for `policy check`."""
        if self.test == "age":
            return "按身份证号，没有空白"
        if not self.active:
            return "没有启用（active = false），不看这一条"
        if self.test == "filled":
            return f"“{self.column}”空白就是没有填"
        stated = "" if "blank" in self.model_fields_set else "（没有写 blank，照缺省）"
        return f"“{self.column}”空白{_OF_BLANK[self.blank]}{stated}"


Whens = Annotated[
    tuple[When, ...],
    BeforeValidator(lambda written: (written,) if isinstance(written, dict | When) else written),
]
"""One condition or several. All of them have to hold, but of those that name the same `either` one is enough."""


class Era(Rule, title="前后不同的一段"):
    """How much each year or term of service before a day gives; the last era has no end."""

    before: date | None = Field(default=None, description="到哪一天以前，不含当天；最后一段不写")
    each: Rates = Field(
        description='这一段里每任一年（届）多少；元（按基数的是百分之几或几倍）；各职务不同的写 { "书记" = 485, "主任" = 465 }'
    )


class Tier(Rule, title="一档标准"):
    """One row of the table of a document: whom it is for, and how much."""

    former_keys: ClassVar[Mapping[str, str]] = {"limbs": "ways"}

    at_least: Bound | None = Field(
        default=None, description="从多少起，含本数；按任职的是年（届），按日期分档的写日期；最低一档可以不写"
    )
    below: Bound | None = Field(
        default=None, description="到多少为止，不含本数；下一档从这里接着；最高一档不写"
    )
    ways: tuple[ServiceWay, ...] = Field(
        default=(), description='按够格的路分档的（by = "ways"）：任满多久到这一档，满足其中一条就行'
    )
    posts: tuple[str, ...] = Field(default=(), description="这一档只给这些职务；不写时各职务都有")
    rate: Rates | None = Field(
        default=None,
        description='这一档的标准，元（按基数的是百分之几或几倍）；各职务不同的写 { "书记" = 485, "主任" = 465 }',
    )
    rate_column: str = Field(default="", description="标准由组织逐人核定的，在名册的哪一列；代替 rate")
    rate_at_least: NotNegative | None = Field(
        default=None, description="核定的标准不低于多少，含本数；低了待核实；不写时不限"
    )
    rate_at_most: NotNegative | None = Field(
        default=None, description="核定的标准不高于多少，含本数；高了待核实；不写时不限"
    )
    each: Rates | None = Field(
        default=None,
        description='满每一年（届）加多少，元（按基数的是百分之几或几倍）；各职务不同的写 { "书记" = 485, "主任" = 465 }',
    )
    eras: tuple[Era, ...] = Field(default=(), description="前后各段每年多少，从早到晚；代替 each")
    after: Exact = Field(
        default=0, ge=0, validate_default=True, description="each 从满几年以后开始加；不写是从头加"
    )
    every: Exact = Field(
        default=1,
        gt=0,
        validate_default=True,
        description="each 是每几年（届）加一次，不满的不加；不写是每 1 年",
    )
    cap: Rates | None = Field(default=None, description="这一档最高多少元，可以按职务写；不写时不限")
    per: Per | None = Field(
        default=None, description="这一档另按：month 每月，year 每年，once 一次性；不写时同 amount 的 per"
    )
    figures: Figures | None = Field(
        default=None,
        description="这一档的数是：yuan 元，percent 基数的百分之几，multiple 基数的几倍；不写时同 amount 的 figures",
    )
    base: str = Field(default="", description="这一档另用哪个基数；不写时同 amount 的基数")
    when: Whens = Field(default=(), description="这一档只给符合这些条件的人；几条要都满足；不写时人人都给")
    label: str = Field(default="", description="“档次”一栏怎样写；不写时照分档和职务写出来")
    mark: str = Field(default="", description="印在档次里的附注，如“推算”；不写时没有")

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
        """The days on which its eras end. The last era has no end and no day."""
        return tuple(era.before for era in self.eras[:-1])  # type: ignore[misc]

    @property
    def tables(self) -> list[dict[str, Fraction]]:
        """Its figures for each post."""
        figures = (self.rate, self.each, *(era.each for era in self.eras))
        return [rates for rates in figures if isinstance(rates, dict)]

    def prices(self, post: str) -> bool:
        """Whether its figures say something of `post`."""
        return all(post in table for table in self.tables)

    def pays(self, post: str) -> bool:
        """Whether this tier is for `post`."""
        if self.posts:
            return post in self.posts
        return not self.tables or any(post in table for table in self.tables)


class Supplement(Rule, title="另加"):
    """What is added to the amount, or taken off, where somebody fulfils the conditions."""

    name: str = Field(description="名称；印在结果里")
    clause: Citation
    rate: Exact = Field(description="加多少；减发写负数，减到零为止")
    figures: Literal["yuan", "percent"] = Field(
        default="yuan", description="加的数是：yuan 元，percent 标准的百分之几"
    )
    when: Whens = Field(default=(), description="什么人另加；几条要都满足；不写时不看条件")
    age_at_least: Count | None = Field(default=None, description="满多少周岁的另加，从次月起；不写时不看年龄")
    times_column: str = Field(default="", description="按次数乘的，次数在名册的哪一列；不写时只加一次")
    most: NotNegative | None = Field(default=None, description="这一项最多加多少元；不写时不限")


class Instead(Rule, title="改发"):
    """A fixed sum that is paid in place of the tiers where the conditions hold."""

    name: str = Field(description="名称；印在结果里")
    clause: Citation
    when: Whens = Field(min_length=1, description="什么人改发；几条要都满足")
    rate: NotNegative = Field(description="改发多少元，不按档次")


class TopUp(Rule, title="补差"):
    """Only what another payment falls short of the amount is paid."""

    clause: Citation
    column: str = Field(description="已领的钱在名册的哪一列；只发不足标准的差额，已领的不低于标准就是零")
    per: Literal["month", "year"] = Field(description="已领的那一列是：month 每月多少，year 每年多少")
    blank: Literal["zero", "set_aside"] = Field(
        default="zero", description="那一列空白时：zero 算没有领，set_aside 整行待核实"
    )


class SetOff(Rule, title="抵扣以前领过的"):
    """A sum received before is kept back from the first months until it is used up."""

    name: str = Field(description="名称；印在结果里")
    clause: Citation
    column: str = Field(description="领过多少元，在名册的哪一列；从第一个应发月起逐月抵扣，抵完再发")


class Index(Rule, title="上调"):
    """The amount is raised by so many per cent from a day on; several raises multiply."""

    clause: Citation
    effective: date = Field(description="从哪一天起上调")
    percent: Exact = Field(gt=-100, description="上调百分之几；下调写负数；几次连乘")


class Amount(Rule, title="发放标准"):
    """How much is paid in the months from one day to another."""

    former_values: ClassVar[Mapping[str, Mapping[str, str]]] = {"by": {"limbs": "ways"}}

    clause: Citation
    document: str = Field(default="", description="标准在另一个文件里的，写那个文件；不写时是本版的文件")
    mark: str = Field(default="", description="印在花名册下面的附注，如“推算”；不写时没有")
    effective: date | None = Field(default=None, description="这个标准从哪一天起；只有一个标准的可以不写")
    until: date | None = Field(default=None, description="这个标准的最后一天，含当天；一直用下去的不写")
    per: Per = Field(description="标准是：month 每月，year 每年，once 一次性")
    year_paid: Literal["monthly", "lump"] | None = Field(
        default=None, description="按年的怎样发：monthly 分到各月，lump 一次发整笔"
    )
    payment_month: int | None = Field(
        default=None, ge=1, le=12, description='整笔在几月发，1 至 12；只和 year_paid = "lump" 一起写'
    )
    by: Literal["nothing", "tenure", "ways", "age", "years_since", "column"] = Field(
        description="按什么分档：nothing 不分，tenure 任职年限（届），ways 连续多少或者累计多少，age 年龄，years_since 某日期至今满几年，column 某列的数或日期"
    )
    column: str = Field(
        default="", description="按哪一列分档，如“入党日期”；by 是 years_since 或 column 时写"
    )
    tier: tuple[Tier, ...] = Field(min_length=1, description="各档标准，从低到高，首尾相接；不分档的写一档")
    above_top: Literal["nothing", "set_aside"] | None = Field(
        default=None, description="最高一档写了 below 的，以上的：nothing 不发，set_aside 整行待核实"
    )
    figures: Figures = Field(
        default="yuan", description="各档的数是：yuan 元，percent 基数的百分之几，multiple 基数的几倍"
    )
    base: str = Field(default="", description="基数的名称，写在 [[edition.base]] 里；不按基数的不写")
    base_column: str = Field(
        default="", description="基数因人而异的，在名册的哪一列（如本人工资），元；代替 base"
    )
    base_benefit: str = Field(default="", description="按另一项补贴的标准算的，写那一项的名称；代替 base")
    base_at_least: NotNegative | None = Field(
        default=None, description="本人的基数低于多少元的按多少元算；不写时不限"
    )
    base_at_most: NotNegative | None = Field(
        default=None, description="本人的基数高于多少元的按多少元算；不写时不限"
    )
    supplement: tuple[Supplement, ...] = Field(default=(), description="另加、减发；不写是没有")
    supplements: Literal["all", "highest"] = Field(
        default="all", description="几项另加都够时：all 都加，highest 只加最高的一项"
    )
    index: tuple[Index, ...] = Field(default=(), description="上调；不写是没有")
    cap: Rates | None = Field(default=None, description="最高多少元（封顶），可以按职务写；不写时不限")
    minimum: Rates | None = Field(default=None, description="最低多少元（保底），可以按职务写；不写时不限")
    instead: tuple[Instead, ...] = Field(default=(), description="什么人改发固定的数，不按档次；不写是没有")
    top_up: tuple[TopUp, ...] = Field(default=(), description="补差：只发已领的不足标准的差额；不写是没有")
    set_off: tuple[SetOff, ...] = Field(default=(), description="抵扣以前领过的一次性补助；不写是没有")
    round: Literal["exact", "down", "half_up", "up"] = Field(
        default="exact",
        description="算出来不是整的怎样取整：exact 不取整（遇到了就停下报错），down 舍去，half_up 四舍五入，up 进一",
    )
    round_to: Literal["fen", "jiao", "yuan"] = Field(
        default="fen", description="取整到：fen 分，jiao 角，yuan 元"
    )
    round_at: tuple[RoundAt, ...] = Field(
        default=("end",),
        min_length=1,
        description="在哪几步取整：tier 每档算出来时，index 每次上调以后，before_top_up 补差以前，end 最后",
    )

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
        if self.by in ("nothing", "ways") and (edged or self.above_top):
            wrong.append(f'by = "{self.by}" 的各档不写 at_least、below，也没有 above_top')
        if any((self.by == "ways") != bool(tier.ways) for tier in self.tier):
            wrong.append('by = "ways"（连续多少或者累计多少）与各档的 ways 应同时写明')
        if self.by == "nothing" and not all(tier.posts or tier.when for tier in self.tier[:-1]):
            wrong.append(
                'by = "nothing" 有几个标准的，要用 posts（职务）或 when（条件）分开，只有最后一个可以不写'
            )
        if wrong:
            raise ValueError("；".join(wrong))
        return self

    def _stated_bases(self) -> list[tuple[Figures | None, str]]:
        of_tiers = [(tier.figures, tier.base) for tier in self.tier if tier.figures is not None or tier.base]
        return [(self.figures, self.base or self.base_column or self.base_benefit), *of_tiers]

    @property
    def bases(self) -> list[str]:
        """Names of the bases it refers to."""
        return list(dict.fromkeys(filter(None, (self.base, *(tier.base for tier in self.tier)))))

    @property
    def all_per(self) -> set[Per]:
        """By what its tiers are paid: month, year or once."""
        return {tier.per or self.per for tier in self.tier}

    @property
    def columns(self) -> list[str]:
        """Headings of the columns that the amount itself goes by."""
        headings = [self.column, self.base_column, *(tier.rate_column for tier in self.tier)]
        headings += [*(more.times_column for more in self.supplement)]
        headings += [heading for test in self.conditions for heading in test.columns]
        headings += [
            *(other.column for other in self.top_up),
            *(received.column for received in self.set_off),
        ]
        return list(dict.fromkeys(filter(None, headings)))

    @property
    def conditions(self) -> list[When]:
        """Conditions within the amount."""
        return [test for some in self.whens for test in some]

    @property
    def whens(self) -> list[tuple[When, ...]]:
        """The conditions within the amount, grouped by the tier, supplement or payment in whose `when` they stand."""
        added = [*(more.when for more in self.supplement), *(other.when for other in self.instead)]
        return [*(tier.when for tier in self.tier), *added]

    def in_force(self, day: date) -> bool:
        """Whether the amount is paid on a day; the first and the last day count."""
        return (self.effective is None or self.effective <= day) and (self.until is None or day <= self.until)
