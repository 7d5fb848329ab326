"""Declares what a document of payments says: benefits put together from blocks, amounts, and which benefits exclude another.

A mistake that could pay a wrong sum (a gap between tiers, a listed post without a rate, a column nobody has) is found
here, before anybody is paid.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import chain, pairwise
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.entitlement.amounts import Amount, Tier
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.blocks import (
    Age,
    Condition,
    Payable,
    Service,
    Suspension,
)
from sanchuang_cli.domain.entitlement.bounds import of_year
from sanchuang_cli.domain.entitlement.service import named_way
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.funding import Funding
from sanchuang_cli.domain.people import columns
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Citation, Policy, Rule
from sanchuang_cli.policy_errors import meant
from sanchuang_cli.posting import Posting
from sanchuang_cli.record import Asks
from sanchuang_cli.record import Field as Column


class ExtraColumn(Rule, title="名册以外的列"):
    """A column that this document needs beside the roster's own."""

    heading: str = Field(description="列名；条件里的 column 写的就是它")
    kind: Literal["text", "flag", "count", "money", "percent", "date"] = Field(
        description="列里填什么：text 文字，flag 是否，count 数，money 金额，percent 百分比，date 日期"
    )
    aliases: tuple[str, ...] = Field(default=(), description="名册里还怎样称呼这一列")
    note: str = Field(default="", description="填表说明；印在空白名册上")
    page: str | None = Field(default=None, description="在哪个版式的花名册上列出来，有人填了才列；不写时不列")

    @property
    def field(self) -> Column:
        """The column as the reader looks for it."""
        return Column(self.heading, Kind(self.kind), aliases=self.aliases, note=self.note, name=self.heading)


class Benefit(Rule, title="一项待遇"):
    """One thing that is paid: to whom, from when, how much, and at whose expense."""

    name: str = Field(description="名称，各版一字不改：改了名就当作另一项，从头补发")
    clause: Citation
    document: str = Field(default="", description="这一项出自另一个文件的，写那个文件；不写时是本版的文件")
    page: str = Field(default="", description="花名册用哪个版式；不写时用缺省的")
    part_of: str = Field(
        default="",
        description="属于哪一项（如基本报酬属于在职报酬），台账按那一项记；不写时自成一项；发过以后不要再改",
    )
    claim: tuple[Condition, ...] = Field(
        default=(), description="哪些人与这一项有关，满足一条就算；不写时人人都算；无关的人不列入不予发放名单"
    )
    condition: tuple[Condition, ...] = Field(default=(), description="要满足的条件，每条都要满足；不写是没有")
    age: Age | None = Field(default=None, description="年龄；不限年龄的不写")
    service: Service | None = Field(default=None, description="任职年限怎样计算；不看任职的不写")
    payable: Payable = Field(description="从何时起发")
    suspension: tuple[Suspension, ...] = Field(default=(), description="暂停发放；不写是没有")
    amount: tuple[Amount, ...] = Field(min_length=1, description="发放标准；换过标准的写几个，各写 effective")
    funding: Funding | None = Field(default=None, description="资金由谁分担；不写时不拆分")

    @model_validator(mode="after")
    def _amounts_fit(self) -> Self:
        posts = [post.name for post in self.service.posts] if self.service else [""]
        wrong = [
            f"第{number}个 amount：{trouble}"
            for number, amount in enumerate(self.amount, 1)
            for trouble in _amount_troubles(amount, posts, self.service is not None)
        ]
        if self.service and self.service.rate_post == "each_post":
            wrong += [
                f'第{number}个 amount：rate_post = "each_post" 时各档的 per 应相同'
                for number, amount in enumerate(self.amount, 1)
                if any(tier.per and tier.per != amount.per for tier in amount.tier)
            ]
            wrong += [
                f'第{number}个 amount：by = "ways" 数的是全部任职，rate_post 不能是 "each_post"（各职务分别算）'
                for number, amount in enumerate(self.amount, 1)
                if amount.by == "ways"
            ]
            wrong += [
                f'第{number}个 amount：rate_post = "each_post" 时 cap、minimum 管的是各职务相加的数，不能按职务写；'
                "各职务自己的最高数写在各档的 cap 里"
                for number, amount in enumerate(self.amount, 1)
                if isinstance(amount.cap, dict) or isinstance(amount.minimum, dict)
            ]
        wrong += _either_troubles(self)
        wrong += _idle_troubles(self)
        wrong += _discounted_troubles(self)
        wrong += _era_troubles(self)
        if self.part_of in (self.name, " "):
            wrong.append("part_of 写的是它属于哪一项，不能是自己；不属于哪一项的，不写 part_of")
        if self.service and self.service.leaving == "in_office":
            once = any("once" in (amount.per, *(tier.per for tier in amount.tier)) for amount in self.amount)
            wrong += ['leaving = "in_office"（任期内按月发）不能有 per = "once"（一次性）'] if once else []
        dated = sorted(self.amount, key=lambda amount: amount.effective or date.min)
        for before, after in pairwise(dated):
            if after.effective is None or ((before.until or date.max) >= after.effective and before.until):
                wrong.append(
                    "几个 amount 的施行时间重叠：每个都应写 effective，until 应早于下一个的 effective；"
                    "同时发的几样钱，写成几个 [[edition.benefit]]"
                )
        if wrong:
            raise ValueError(f"“{self.name}”" + "；".join(wrong))
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of all columns that decide who is paid and for which months.

        The columns that an amount goes by are not among them (`Amount.columns`): those are looked at only in the months
        for which the amount is worked out.
        """
        tests = [heading for test in (*self.claim, *self.condition) for heading in test.columns]
        pauses = [heading for pause in self.suspension for heading in pause.columns]
        service = self.service.columns if self.service else ()
        return tuple(dict.fromkeys((*tests, *service, *self.payable.columns, *pauses)))

    @property
    def lines(self) -> tuple[str, ...]:
        """Names of the bases that its conditions go by."""
        return tuple(dict.fromkeys(test.line for test in _tests(self) if test.line))

    def amount_in_force(self, day: date) -> Amount | None:
        """The amount in force on `day`: the latest that has begun, unless it has ended."""
        begun = [amount for amount in self.amount if amount.effective is None or amount.effective <= day]
        latest = max(begun, key=lambda amount: amount.effective or date.min, default=None)
        return latest if latest and latest.in_force(day) else None


def _either_troubles(benefit: Benefit) -> Iterator[str]:
    """A group that `either` names has at least two conditions, which stand together. Claims have no such groups."""
    whens = [some for amount in benefit.amount for some in amount.whens]
    for together in (benefit.condition, *whens):
        groups = [test.either for test in together if test.either]
        for name in dict.fromkeys(groups):
            if groups.count(name) == 1:
                others = [other for other in groups if other != name]
                yield f"either = “{name}”只有一条，满足其一的至少要两条{meant(name, others)}；几条写在同一个 [ … ] 里"
    for test in benefit.claim:
        if test.either:
            yield f"“{test.name}”不能写 either，claim 本来就是满足一条就算"
        if test.line:
            yield f"claim“{test.name}”不能按基数判断，写在 condition 里"
        if test.test == "age":
            yield f"claim“{test.name}”不能按年龄，年龄写在 condition 或 age 里"


def _idle_troubles(benefit: Benefit) -> Iterator[str]:
    """Where all conditions that say for whom something is are switched off, it would be for everybody."""
    whens = [some for amount in benefit.amount for some in amount.whens]
    for what, tests in (("claim", benefit.claim), *(("when", some) for some in whens)):
        if tests and not any(test.active for test in tests):
            names = "、".join(test.name for test in tests)
            yield (
                f"的 {what}“{names}”写了 active = false，没有别的条件，就成了人人都算：先不用的，整项前面加 #；"
                f"人人都算的，删去 {what}"
            )


def _discounted_troubles(benefit: Benefit) -> Iterator[str]:
    """A way counts discounted months only where some post has a discount."""
    if benefit.service and any(post.discount != 1 for post in benefit.service.posts):
        return
    of_tiers = (way for amount in benefit.amount for tier in amount.tier for way in tier.ways)
    if any(way.discounted for way in (*(benefit.service.ways if benefit.service else ()), *of_tiers)):
        yield "ways 写了 discounted（折算以后才看够不够），service.posts 里却没有打折的职务（discount）"


def _era_troubles(benefit: Benefit) -> Iterator[str]:
    """Eras need service of which each month is known: counted in months, from spells with a beginning and an end."""
    if not any(tier.eras for amount in benefit.amount for tier in amount.tier):
        return
    service = benefit.service
    if service is None:
        yield "eras（前后各段每年多少）需要 service（任职怎样计算）"
    elif (
        service.months == "days"
        or service.stated_years == "use"
        or service.credited_column
        or service.rate_post == "each_post"
        or service.rounding == "year_difference"
        or len(service.terms) > 1
    ):
        yield (
            'eras（前后各段每年多少）要知道每个月在哪一段：不能用 months = "days"、stated_years = "use"、credited_column、'
            '"each_post"、"year_difference"，届期只能有一种'
        )


def _amount_troubles(amount: Amount, posts: list[str], serving: bool) -> Iterator[str]:
    if amount.by in ("tenure", "ways") and not serving:
        yield f'by = "{amount.by}" 需要 service（任职怎样计算）'
    named_by_ways = {post for tier in amount.tier for way in tier.ways for post in way.posts}
    named = {post for tier in amount.tier for post in tier.posts} | named_by_ways
    tables = [table for tier in amount.tier for table in tier.tables]
    caps = [tier.cap for tier in amount.tier]
    named |= {
        p for table in (*tables, *caps, amount.cap, amount.minimum) if isinstance(table, dict) for p in table
    }
    yield from (
        f"职务“{post}”不在 service.posts 里{meant(post, posts)}" for post in sorted(named - set(posts))
    )
    same: dict[str, list[str]] = {}
    for post in posts:
        for trouble in _post_troubles(amount, post):
            same.setdefault(trouble, []).append(post)
    for trouble, whose in same.items():
        yield (f"职务“{'、'.join(whose)}”" if serving else "") + trouble


def _post_troubles(amount: Amount, post: str) -> Iterator[str]:
    """A post that is listed has a rate in every tier, but for tiers that name their posts."""
    lacking = [
        tier for tier in amount.tier if (not tier.posts or post in tier.posts) and not tier.prices(post)
    ]
    for tier in lacking:
        span = f"{_edge(tier.at_least)} 起" if tier.at_least is not None else "最低"
        yield f'在“{span}”一档没有标准；这一档只给某些职务的，写 posts = ["…"]'
    tiers = [tier for tier in amount.tier if tier.pays(post)]
    if not tiers:
        yield "没有标准：在各档的 rate（或 each）里写上它的数；计入年限而不发的，写 0"
    elif amount.by == "ways":
        yield from _way_troubles(tiers)
    elif amount.by != "nothing" and not lacking:
        yield from _tier_troubles(tiers)
        yield from _top_troubles(tiers[-1], amount)


def _tier_troubles(tiers: list[Tier]) -> Iterator[str]:
    """Tiers go up without gap or overlap, and the last is open."""
    kinds = {type(edge) for tier in tiers for edge in (tier.at_least, tier.below) if edge is not None}
    if len(kinds) > 1:
        yield "各档的 at_least、below 有的是数、有的是日期：都写成数，或者都写成日期"
        return
    for before, after in pairwise(tiers):
        same = (before.at_least, before.below) == (after.at_least, after.below)
        if same and not before.when:
            yield (
                f"“{_edge(before.at_least)} 至 {_edge(before.below)}”写了两档：不同的人标准不同的，前一档写 when = {{ … }}（什么人），"
                "最后一档可以不写"
            )
        elif not same and (before.below is None or before.below != after.at_least):
            yield (
                f"两档不相接{_how_apart(before, after)}：上一档到 {_edge(before.below)} 止（不含），下一档从 {_edge(after.at_least)} 起（含）。"
                + _how_to_join(before, after)
            )
    for tier in tiers:
        if tier.at_least is not None and tier.below is not None and not tier.at_least < tier.below:  # type: ignore[operator]
            yield f"“{_edge(tier.at_least)} 至 {_edge(tier.below)}”一档是空的：below 要大于 at_least"


def _way_troubles(tiers: list[Tier]) -> Iterator[str]:
    """Each way of having served takes longer from tier to tier."""
    for before, after in pairwise(tiers):
        least = {(way.count, way.posts): way.at_least_months for way in before.ways}
        for way in after.ways:
            if way.at_least_months <= least.get((way.count, way.posts), 0):
                yield f"各档从低到高写：{named_way(way)}满 {way.at_least_months} 个月的一档应写在前面，每一档都比上一档长"


def _top_troubles(top: Tier, amount: Amount) -> Iterator[str]:
    """Where the last tier ends, the policy says what becomes of those above. After a last day they get nothing."""
    if top.below is not None and amount.above_top is None and not isinstance(top.below, date):
        yield (
            f"最高一档写了 below = {_edge(top.below)}，以上的没有标准：以上的也照这一档，就不写 below；"
            '以上的不发写 above_top = "nothing"，文件没有说的写 above_top = "set_aside"（待核实）'
        )
    if top.below is None and amount.above_top is not None:
        yield "写了 above_top（最高一档以上的怎么办），最高一档却没有 below（到多少为止）"


def _how_to_join(before: Tier, after: Tier) -> str:
    if before.when or after.when:
        return "同一段里不同的人标准不同的，两档写一样的 at_least、below，前一档写 when；不是同一段的，要首尾相接"
    return "“满X不满Y”写 at_least = X, below = Y；“X—Y年”（整年）写 at_least = X, below = Y+1"


def _how_apart(before: Tier, after: Tier) -> str:
    if before.below is None or after.at_least is None:
        return ""
    return "（有重叠）" if before.below > after.at_least else "（有空档）"  # type: ignore[operator]


def _edge(bound: object) -> str:
    return "（没有写）" if bound is None else plain(bound) if isinstance(bound, Fraction) else str(bound)


def _unnamed(benefit: Benefit) -> Iterator[str]:
    """Lines for `policy check`: who is set aside or not paid because the tiers have no figure for them."""
    for amount in benefit.amount:
        for tier in amount.tier:
            if tier.rate_column:
                yield f"“{benefit.name}”的“{tier.rate_column}”空白或者不在核定的范围里的，整行待核实"
        if amount.above_top:
            what = "不发" if amount.above_top == "nothing" else "整行待核实"
            yield f"“{benefit.name}”最高一档以上的，{what}"


class Exclusive(Rule, title="不重复享受"):
    """Benefits that are not paid to one person for the same month."""

    name: str = Field(description="名称；印在结果里")
    clause: Citation
    benefits: tuple[str, ...] = Field(min_length=2, description="哪几项不重复享受，写各项的名称")
    keep: Literal["highest", "first", "all"] = Field(
        description="同一个月都该发的留哪一项：highest 高的，first 写在前面的，all 都发"
    )


class Entitlements(Policy, title="发放办法（一版）"):
    """One edition of what is paid to whom.

    A programme says what it calls a benefit (`noun`) and which layouts of a 花名册 it has (`pages`).
    """

    noun: ClassVar[str] = "项目"
    pages: ClassVar[tuple[str, ...]] = ("",)

    overpaid: Literal["claim", "deduct"] = Field(
        default="claim", description="以前多发的：claim 追缴，deduct 从以后的发放里抵扣；用台账时才看"
    )
    column: tuple[ExtraColumn, ...] = Field(
        default=(), description="名册里没有、这份文件要看的列；不写是没有"
    )
    base: tuple[Base, ...] = Field(default=(), description="标准和条件里用到的基数；不写是没有")
    benefit: tuple[Benefit, ...] = Field(min_length=1, description="要发的各项，可以有好几项")
    exclusive: tuple[Exclusive, ...] = Field(default=(), description="哪几项不能同时享受；不写时各发各的")
    notice: Posting | None = Field(default=None, description="怎样公示：几天、谁发布、向谁反映；不公示的不写")

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        wrong = [f"列“{c.heading}”名册里本来就有，不必再写" for c in self.column if c.heading in columns()]
        names = [benefit.name for benefit in self.benefit]
        wrong += [
            f"{self.noun}“{name}”写了两次：合成一项，或者改一个的名字"
            for name in sorted({n for n in names if names.count(n) > 1})
        ]
        bases = [base.name for base in self.base]
        for group in self.exclusive:
            wrong += [
                f"“{group.name}”里的{self.noun}“{n}”没有{meant(n, names)}"
                for n in group.benefits
                if n not in names
            ]
        for benefit in self.benefit:
            if benefit.page not in self.pages:
                wrong.append(
                    f"“{benefit.name}”的 page“{benefit.page}”没有{meant(benefit.page, self.pages)}，可以写 {'、'.join(self.pages)}"
                )
            named = [base for amount in benefit.amount for base in amount.bases]
            named += [test.line for test in _tests(benefit) if test.line]
            wrong += [
                f"“{benefit.name}”的基数“{base}”没有{meant(base, bases)}，要写在 [[edition.base]] 里"
                for base in dict.fromkeys(named)
                if base not in bases
            ]
            wrong += [f"“{benefit.name}”{trouble}" for trouble in self._column_troubles(benefit)]
            wrong += [f"“{benefit.name}”{trouble}" for trouble in self._benefit_troubles(benefit)]
        if wrong:
            raise ValueError("；".join(wrong))
        return self

    @classmethod
    def at_odds(cls, editions: Sequence[Any]) -> list[str]:
        """A benefit is part of the same thing in every edition, because the ledger would take it for two otherwise."""
        wholes: dict[str, set[str]] = {}
        for edition in editions:
            for benefit in edition.benefit:
                wholes.setdefault(benefit.name, set()).add(benefit.part_of)
        return [
            f"“{name}”的 part_of 各版不一样（{'、'.join(sorted(whole or '没有写' for whole in named))}）：台账会当成两项，重发一遍；各版写成一样的"
            for name, named in wholes.items()
            if len(named) > 1
        ]

    def pays_between(self, benefit: str) -> tuple[Fraction | None, Fraction | None]:
        """The least and the most yuan a year, of a benefit or of any; None where the document does not tell."""
        named = [own for own in self.benefit if benefit in ("", own.name)]
        both = [between for own in named for between in of_year(own.amount, self.base, own.service)]
        lows, highs = [low for low, _ in both], [high for _, high in both]
        least = min((low for low in lows if low is not None), default=None) if None not in lows else None
        most = max((high for high in highs if high is not None), default=None) if None not in highs else None
        return least, most if benefit or len(named) == 1 else None

    def spelt_out(self) -> tuple[str, ...]:
        """What a blank cell means to each condition within an amount, and what becomes of those whom no tier names."""
        lines = [
            f"“{benefit.name}”标准里的“{when.name}”：{when.of_blank}"
            for benefit in self.benefit
            for amount in benefit.amount
            for when in amount.conditions
        ]
        lines += [line for benefit in self.benefit for line in _unnamed(benefit)]
        by_class = [base for base in self.base if base.by]
        lines += [
            f"基数“{base.name}”：“{'、'.join(base.by)}”空白或者没有它的数的，整行待核实" for base in by_class
        ]
        return tuple(dict.fromkeys(lines))

    @property
    def line_days(self) -> set[date]:
        """Days from which a base with which conditions compare has another value."""
        lines = {name for benefit in self.benefit for name in benefit.lines}
        return {value.effective for base in self.base if base.name in lines for value in base.values}

    def fields(self) -> dict[str, Column]:
        """Columns by heading: the roster's own and this document's."""
        return {**columns(), **{extra.heading: extra.field for extra in self.column}}

    def asked(self) -> dict[str, Asks]:
        """The columns that some rule of this document looks at, by name, each with the words that the rule knows there."""
        known = {heading: column.name or heading for heading, column in self.fields().items()}
        used = chain.from_iterable(
            (*b.columns, *(h for a in b.amount for h in a.columns)) for b in self.benefit
        )
        words: dict[str, dict[str, None]] = {known[heading]: {} for heading in used}
        rare = {known[heading] for b in self.benefit for pause in b.suspension for heading in pause.columns}
        for test in (test for test in self._tests() if known[test.column] in words):
            words[known[test.column]] |= dict.fromkeys((*test.accept, *test.refuse))
            rare |= {
                known[heading]
                for heading in (test.since, test.column if test.test == "stop" else "")
                if heading
            }
        return {name: Asks(tuple(known_words), name in rare) for name, known_words in words.items()}

    def _tests(self) -> Iterator[Condition]:
        """All conditions of the edition."""
        for benefit in self.benefit:
            yield from (*benefit.claim, *benefit.condition)
            yield from (test for amount in benefit.amount for test in amount.conditions)

    @property
    def posts(self) -> tuple[str, ...]:
        """The posts that count, by their own names."""
        names = (post.name for benefit in self.benefit if benefit.service for post in benefit.service.posts)
        return tuple(dict.fromkeys(names))

    def columns_needed(self) -> dict[str, str]:
        """This document's own columns that a rule goes by, each with the first that does."""
        declared = {extra.heading for extra in self.column}
        used = ((where, heading) for b in self.benefit for where, heading, _ in self._used(b))
        return {heading: where for where, heading in reversed(list(used)) if heading in declared}

    def _benefit_troubles(self, benefit: Benefit) -> Iterator[str]:
        """What is wrong with `base_benefit`.

        It names another benefit of this edition, which is no multiple itself, and both are paid by the month or both by
        the year.
        """
        others = {other.name: other for other in self.benefit if other is not benefit}
        for amount in benefit.amount:
            name = amount.base_benefit
            if not name:
                continue
            if name not in others:
                yield f"的 base_benefit“{name}”不是同一版里的另一项{self.noun}{meant(name, list(others))}"
                continue
            if any(other.base_benefit for other in others[name].amount):
                yield f"的 base_benefit“{name}”自己也是按另一项算的：写成它所按的那一项"
            paid = {*amount.all_per, *(per for other in others[name].amount for per in other.all_per)}
            if len(paid) > 1 or "once" in paid:
                yield f"与 base_benefit“{name}”的 per 应相同，都是 month 或者都是 year"

    def _used(self, benefit: Benefit) -> Iterator[tuple[str, str, frozenset[Kind]]]:
        """As `_columns_used`, with the columns by which its bases go."""
        yield from _columns_used(benefit)
        named = {name for amount in benefit.amount for name in amount.bases} | set(benefit.lines)
        for base in self.base:
            if base.name in named:
                yield from ((f"基数“{base.name}”", heading, _WORDS) for heading in base.by)

    def _column_troubles(self, benefit: Benefit) -> Iterator[str]:
        known = self.fields()
        for where, heading, kinds in self._used(benefit):
            if heading in _BY_IDENTITY:
                yield f"{where}：性别和出生日期以身份证号为准，不能按“{heading}”列判断；{_BY_IDENTITY[heading]}"
            elif heading not in known:
                yield f"{where}：名册没有“{heading}”这一列{meant(heading, list(known))}，可用 [[edition.column]] 添加"
            elif known[heading].kind not in kinds:
                kind = known[heading].kind
                wanted = "或".join(sorted(_SAID[k] for k in kinds))
                yield f"{where}：“{heading}”列是 {kind.value}（{_SAID[kind]}），这里要{wanted}的列"


_SAID = {
    Kind.TEXT: "文字", Kind.NAME: "姓名", Kind.CHOICE: "选项", Kind.FLAG: "是否", Kind.COUNT: "数", Kind.MONEY: "金额",
    Kind.PERCENT: "百分比", Kind.DATE: "日期", Kind.SPELLS: "任职经历", Kind.IDENTITY: "身份证号", Kind.ACCOUNT: "账号",
    Kind.PHONE: "电话",
}  # fmt: skip
_BY_IDENTITY = {
    "性别": "男女不同的写在 age 里，只给男的把 female 写成 999",
    "出生日期": '写在 age 里（到某一天满几岁的，用 mode = "as_of"），按年龄分档的写 by = "age"',
}
_WORDS = frozenset({Kind.TEXT, Kind.NAME, Kind.CHOICE})
_DATES = frozenset({Kind.DATE})
_NUMBERS = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT})
_TESTED = {"words": _WORDS, "must_be": frozenset({Kind.FLAG}), "filled": frozenset(Kind), "stop": _DATES}


def _tests(benefit: Benefit) -> list[Condition]:
    """All conditions of a benefit, those within its amounts too."""
    return [
        *benefit.claim,
        *benefit.condition,
        *(test for amount in benefit.amount for test in amount.conditions),
    ]


def _columns_used(benefit: Benefit) -> Iterator[tuple[str, str, frozenset[Kind]]]:
    """Where a column is named, its heading, and the kinds that make sense there."""
    for amount in benefit.amount:
        yield from (("补差", top.column, frozenset({Kind.MONEY})) for top in amount.top_up)
        yield from ((received.name, received.column, frozenset({Kind.MONEY})) for received in amount.set_off)
        yield from (
            (more.name, more.times_column, frozenset({Kind.COUNT}))
            for more in amount.supplement
            if more.times_column
        )
        yield from (("核定标准", tier.rate_column, _NUMBERS) for tier in amount.tier if tier.rate_column)
        if amount.base_column:
            yield "基数", amount.base_column, frozenset({Kind.MONEY})
        if amount.column:
            dated = amount.by == "years_since" or any(
                isinstance(edge, date) for tier in amount.tier for edge in (tier.at_least, tier.below)
            )
            yield "分档", amount.column, _DATES if dated else _NUMBERS
    for test in _tests(benefit):
        if not test.column:
            continue
        if test.line:
            yield test.name, test.column, frozenset({Kind.MONEY})
            continue
        dated = isinstance(test.at_least, date) or isinstance(test.below, date)
        yield test.name, test.column, _TESTED.get(test.test, _DATES if dated else _NUMBERS)
        if test.since:
            yield test.name, test.since, _DATES
    if benefit.service and benefit.service.credited_column:
        yield "视同任职年数", benefit.service.credited_column, frozenset({Kind.COUNT})
    yield "审批", benefit.payable.approval, _DATES
    yield from ((event.name, event.column, _DATES) for event in benefit.payable.events)
    for pause in benefit.suspension:
        yield pause.name, pause.start, _DATES
        yield pause.name, pause.end, _DATES
