"""Tries a document of payments over a roster: its words beside those that people write, and values in whose place others are
put. It reads the policy and records, and judges nobody.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sanchuang_cli.domain.entitlement import lint
from sanchuang_cli.domain.entitlement.amounts import Amount, Tier
from sanchuang_cli.domain.entitlement.blocks import Age, CountedPost, Payable, Service
from sanchuang_cli.domain.entitlement.conditions import RuleColumns, Test
from sanchuang_cli.domain.entitlement.lint import called
from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements
from sanchuang_cli.domain.entitlement.service import Posts, named_way
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.linting import Lints
from sanchuang_cli.policy import Rule
from sanchuang_cli.policy_errors import meant

_FEW, _MANY = 6, 12
"""How many words are named that no list has, and of those that nobody writes."""
_NOBODY = 999
"""The age by which a document says that it gives nothing to one sex."""


def faults(edition: Entitlements, records: Sequence[Any]) -> Iterator[str]:
    """What is wrong with an edition by itself; with records, the words that it and they do not share."""
    yield from lint.faults(edition)
    for benefit in edition.benefit if records else ():
        yield from (f"“{benefit.name}”{fault}" for fault in _words(benefit, edition, records))


# ----------------------------------------------------------------------------------- words


def _words(benefit: Benefit, edition: Entitlements, records: Sequence[Any]) -> Iterator[str]:
    """Words of a list that nobody writes, and words written that no list has."""
    cells = RuleColumns(edition.fields(), {base.name: base for base in edition.base})
    tests = (*benefit.claim, *benefit.condition, *(when for a in benefit.amount for when in a.conditions))
    for rule in (test for test in tests if test.active and test.test == "words"):
        test = Test(rule, cells)
        written = Counter(word for record in records for word in test.words_in(record))
        listed = {narrow(word): word for word in (*rule.accept, *rule.refuse)}
        where = f"的“{rule.name}”（{rule.clause}）"
        if unlisted := [word for word in written if word not in listed]:
            told = "、".join(
                f"“{word}”（{written[word]} 行）{meant(word, [*listed])}" for word in unlisted[:_FEW]
            )
            yield f"{where}：“{rule.column}”里写的{told}不在词表里"
        if silent := [word for key, word in listed.items() if key not in written]:
            more = f"等 {len(silent)} 个" if len(silent) > _MANY else ""
            yield f"{where}：词表里的“{'”“'.join(silent[:_MANY])}”{more}，“{rule.column}”里没有人写"
    yield from _suspensions(benefit, cells, records)
    if benefit.service:
        yield from _posts(benefit.service, records)
    used = {name for amount in benefit.amount for name in (*amount.bases, *benefit.lines)}
    for base in (base for base in edition.base if base.name in used and base.by and base.values):
        readers = [cells.reader(heading) for heading in base.by]
        classes = Counter(base.whose(read(record) for read in readers) for record in records)
        keys = {narrow(key): key for key in base.values[-1].amounts}
        if lacking := [word for word in classes if word and word not in keys]:
            told = "、".join(
                f"“{word}”（{classes[word]} 行）{meant(word, [*keys])}" for word in lacking[:_FEW]
            )
            yield f"的基数“{base.name}”（{base.clause}）：“{'、'.join(base.by)}”里写的{told}没有数"
        if silent := [key for word, key in keys.items() if word not in classes]:
            yield f"的基数“{base.name}”（{base.clause}）里的“{'”“'.join(silent[:_MANY])}”，“{'、'.join(base.by)}”里没有人写"


def _posts(service: Service, records: Sequence[Any]) -> Iterator[str]:
    posts = Posts(service)
    held: set[int] = set()
    unlisted: Counter[str] = Counter()
    for record in records:
        for cell in {record.post, *(spell.post for spell in record.spells)} - {""}:
            ranks, strange = posts.ranks(cell, record.village)
            held |= {*ranks}
            unlisted.update(strange)
    if unlisted:
        told = "、".join(
            f"“{word}”（{n} 处）{meant(word, posts.names)}" for word, n in unlisted.most_common(_FEW)
        )
        yield f"的任职年限（{service.clause}）：名册里的职务{told}不在 posts 里，不计月数"
    if silent := [name for i, name in enumerate(posts.names) if i not in held]:
        yield f"的任职年限（{service.clause}）：posts 里的“{'”“'.join(silent)}”，名册里没有人写"
    cells = {
        narrow(cell) for record in records for cell in (record.post, *(spell.post for spell in record.spells))
    }
    for post in (one for i, one in enumerate(service.posts) if i in held):
        if unwritten := [word for word in post.words if not any(narrow(word) in cell for cell in cells)]:
            more = f"等 {len(unwritten)} 个" if len(unwritten) > _MANY else ""
            yield (
                f"的任职年限（{service.clause}）：“{post.name}”的叫法“{'”“'.join(unwritten[:_MANY])}”{more}，名册里没有人写"
            )


def _suspensions(benefit: Benefit, cells: RuleColumns, records: Sequence[Any]) -> Iterator[str]:
    """Suspensions whose days nobody fills in."""
    for one in benefit.suspension:
        start = cells.reader(one.start)
        if not any(start(record) for record in records):
            yield f"的“{one.name}”（{one.clause}）：“{one.start}”没有人填，从来不停谁"


# ----------------------------------------------------------------------- tried over a roster


def _none(rates: Any) -> Any:
    return dict.fromkeys(rates, 0) if isinstance(rates, dict) else 0


def _tier_tried(tier: Tier, edition: Entitlements) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A tier that gives nothing: a cap or a supplement may hide a figure that is a little higher."""
    key = "rate" if tier.rate is not None else "each" if tier.each is not None else ""
    if key:
        yield f"一档{called(tier)}的数没有影响一个人", {key: _none(getattr(tier, key))}
    if tier.cap is not None:
        yield f"一档{called(tier)}的最高数这一期没有用上", {"cap": None}


def _amount_tried(amount: Amount, edition: Entitlements) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Limits that are left out."""
    for key, name in (
        ("cap", "封顶"),
        ("minimum", "保底"),
        ("base_at_least", "基数下限"),
        ("base_at_most", "基数上限"),
    ):
        if getattr(amount, key) is not None:
            yield f"{name}这一期没有用上", {key: None}
    if amount.supplements == "highest":
        yield "几项另加只加最高的一项，这一期没有用上", {"supplements": "all"}


def _without(block: Rule, *keys: str) -> Mapping[str, Any]:
    """Those of the keys that the document writes, left out."""
    return {key: None for key in keys if key in block.model_fields_set}


def _service_tried(service: Service, edition: Entitlements) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Ways of having served long enough that are left out, one by one; and what a county may say or not."""
    for way in service.ways:
        others = [other.model_dump(exclude_unset=True) for other in service.ways if other is not way]
        yield f"“{named_way(way)}满 {way.at_least_months} 个月”这一期决定不了什么", {"ways": others}
    for key, name in (
        ("left_before", "只给哪一天以前离任的"),
        ("gap_months", "视为连续的间断"),
        ("credited_column", "视同任职年数"),
    ):
        if getattr(service, key):
            also = ("gaps",) if key == "gap_months" else ()
            yield f"{name}（{key}）这一期没有用上", _without(service, key, *also)


def _age_tried(age: Age, edition: Entitlements) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, sex in (("male", "男"), ("female", "女")):
        years = getattr(age, key)
        if years and years < _NOBODY:
            nobody = {key: _NOBODY, **_without(age, f"until_{key}")}
            yield f"{sex}满 {years} 周岁的，这一期没有一个领到", nobody
    if limits := _without(age, "until_male", "until_female", "stop"):
        # what is left has to say of both sexes from which age they are paid
        begins = {"male": age.male, "female": age.female}
        yield "到多少岁为止（until_male、until_female）这一期没有用上", {**limits, **begins}


def _payable_tried(payable: Payable, edition: Entitlements) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if payable.retroactive_limit:
        yield f"补发以前 {payable.retroactive_limit} 个月这一期没有用上", {"retroactive_limit": 0}
    if payable.unapproved != "accept":
        yield "审批日期空白怎样算（unapproved）这一期没有用上", {"unapproved": "accept"}


def _post_tried(post: CountedPost, edition: Entitlements) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if post.discount != 1:
        yield f"“{post.name}”的折算（discount）这一期没有用上", {"discount": None}


LINTS = Lints(
    faults,
    {
        Tier: _tier_tried,
        Amount: _amount_tried,
        Service: _service_tried,
        Age: _age_tried,
        Payable: _payable_tried,
        CountedPost: _post_tried,
    },
)
