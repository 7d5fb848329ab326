"""`subsidies` beside its oracle: the same people judged by both, month by month and to the fen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil
from random import Random
from typing import Any

from msgspec import structs

from sanchuang_cli.domain.people import Member
from sanchuang_cli.period import Period, Spell, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.compared.result import Compared
from tests.oracle import contradictions, documents, measures, pairs
from tests.oracle import people as generator
from tests.oracle import subsidies as oracle
from tests.oracle.subsidies import YM, Aside, Person
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    filled,
    member,
    of_editions,
    policies,
    run,
    spoilt,
)

Owed = dict[tuple[str, YM], Fraction]
Opinion = Callable[[Person, YM], dict[str, Fraction]]

_DATES = (
    *("penalty_on", "sentence_on", "employed_on", "moved_on", "died_on", "ledger_on"),
    *("suspended_from", "suspended_to", "approved_on", "left"),
)
_OTHERS = (
    *("post", "reason", "penalty", "sentence", "employed", "household", "rural", "hardship", "veteran"),
    *("retired", "breach"),
)
_BIRTHDAY = 499
"""So many identity numbers of one birthday and sex are told apart."""


@dataclass(frozen=True)
class Document:
    """A policy as both know it, and the periods that are tried. reach: months before a period that it can make good.
    rank: of a post. by_household: whether it looks at 户籍状况."""

    periods: Sequence[str]
    policy: Callable[[], PolicyFile[Subsidies]]
    opinion: Opinion
    reach: int = 0
    rank: contradictions.Rank = oracle.RANKS.get
    by_household: bool = True


def _chief_or_deputy(post: str) -> int | None:
    return 0 if post in oracle.CHIEFS else 1 if post in oracle.DEPUTIES else None


def _secretary_or_director(post: str) -> int | None:
    return {0: 0, 1: 1}.get(oracle.RANKS.get(post, 9))


def _any(post: str) -> int | None:
    return 0 if post in oracle.BOTH else None


def _chief(post: str) -> int | None:
    return 0 if post in oracle.CHIEFS else None


def only_cadre(of: Callable[[Person, YM], Fraction]) -> Opinion:
    return lambda who, month: {CADRE: of(who, month)}


DEFAULT = Document(
    ("2012Q1", "2012-06", "2012H2", "2022Q3", "2024Q4", "2025Q1", "2026Q2", "2026"), policies, oracle.default
)
PACKS = {
    "jurong-2018": Document(
        ("2018Q3", "2019", "2026Q2"), lambda: policies("jurong-2018"), only_cadre(oracle.jurong)
    ),
    "per-term": Document(("2012Q2", "2019"), lambda: policies("per-term"), only_cadre(oracle.per_term)),
    "either-or-2020": Document(
        ("2020H1", "2021-03", "2022"),
        cache(lambda: filled("either-or-2020", 3001)),
        only_cadre(lambda who, month: oracle.either_or(who, month, 3001)),
        rank=_secretary_or_director,
    ),
    "taihu-2017": Document(
        ("2017", "2018Q2", "2026-06"), lambda: policies("taihu-2017"), only_cadre(oracle.taihu)
    ),
    "anlong-2009": Document(
        ("2009", "2010-12"), lambda: policies("anlong-2009"), only_cadre(oracle.anlong), rank=_any
    ),
    "street-2008": Document(
        ("2008", "2012Q2"), lambda: policies("street-2008"), only_cadre(oracle.street), rank=_chief_or_deputy
    ),
    "town-2012": Document(
        ("2012-05", "2012Q3", "2013"),
        cache(lambda: filled("town-2012", 800)),
        only_cadre(lambda who, month: oracle.town(who, month, 800)),
        rank=_chief,
    ),
    "city-topup": Document(
        ("2013", "2019Q1"), lambda: policies("city-topup"), only_cadre(oracle.topup), rank=_chief
    ),
    "base-percent": Document(
        ("2012", "2013Q3"),
        cache(lambda: filled("base-percent", 1000)),
        only_cadre(lambda who, month: oracle.base_percent(who, month, 1000)),
        rank=_chief_or_deputy,
    ),
}


def as_member(who: Person, number: int) -> Member:
    """The oracle's person as the product reads one."""
    fields: dict[str, Any] = {name: getattr(who, name) for name in _OTHERS}
    fields |= {name: _vague(getattr(who, name)) for name in _DATES}
    record = member(
        number,
        born=who.born.isoformat(),
        sex=who.sex,
        more=dict(who.extra),
        joined=VagueDate.on(who.joined) if who.joined else None,
        local=who.local * 100 if who.local is not None else None,
        pension=who.pension * 100 if who.pension is not None else None,
        years=f"{who.years}年" if who.years is not None else "",
        **fields,
    )
    spells = tuple(Spell(VagueDate.within(*s.start), _vague(s.end), s.post) for s in who.stays)
    return spoilt(structs.replace(record, spells=spells), *who.unread)


def _vague(when: YM | None) -> VagueDate | None:
    return VagueDate.within(*when) if when else None


def second_opinion(who: Person, months: Sequence[YM], document: Document) -> Owed | None:
    """What is owed in the months, None when nobody can tell: by every month that a vague year could be, and by every
    other reading of a row that contradicts itself."""
    outcomes = [_owed(reading, months, document) for reading in oracle.readings(who)]
    if any(outcome != outcomes[0] for outcome in outcomes):
        return None
    if outcomes[0] is not None:
        others = contradictions.others(
            who, months[document.reach], months[-1], document.rank, by_household=document.by_household
        )
        for other in others:
            if _owed(other, months, document) != outcomes[0]:
                return None
    return outcomes[0]


def _owed(who: Person, months: Sequence[YM], document: Document) -> Owed | None:
    try:
        return {(b, m): yuan for m in months for b, yuan in document.opinion(who, m).items() if yuan}
    except Aside:
        return None


def compared(people: Sequence[Person], period: str, document: Document) -> Compared:
    """Both opinions on everybody, but for those few who would have another's identity number."""
    months = _months(period)
    months = [generator.later(months[0], -back) for back in range(document.reach, 0, -1)] + months
    members: dict[str, tuple[Person, Member]] = {}
    for i, who in enumerate(people):
        record = as_member(who, i % _BIRTHDAY)
        members.setdefault(record.identity, (who, record))
    result = run(*(record for _, record in members.values()), period=period, policy=document.policy())
    found: dict[str, Owed] = {decision.record.identity: {} for decision in result.judged}
    for decision in result.paid:
        found[decision.record.identity] = {
            (p.benefit, (p.month // 12, p.month % 12 + 1)): Fraction(p.fen, 100) for p in decision.payments
        }
    assert result.fen == sum(sum(owed.values()) for owed in found.values()) * 100
    total = Compared(paid=len(result.paid))
    for identity, (who, _) in members.items():
        expected, owed = second_opinion(who, months, document), found.get(identity)
        total += Compared(1) if owed == expected else apart(who, period, owed, expected)
    return total


def _months(period: str) -> list[YM]:
    return [(month.year, month.month) for month in Period.parse(period).each_month()]


def apart(who: Person, period: str, owed: Owed | None, expected: Owed | None) -> Compared:
    """Being set aside counts as being paid nothing, where the difference is told in fen."""
    told, should = (sum((sums or {}).values(), Fraction(0)) for sums in (owed, expected))
    return Compared(
        1, 0, 1, ceil(abs(told - should) * 100), f"{period}: {who}\n  product: {owed}\n  oracle:  {expected}"
    )


def drawn(dice: Random, count: int, document: Document) -> Compared:
    """So many random people in one of the document's periods."""
    period = dice.choice(document.periods)
    return compared([generator.person(dice, int(period[:4])) for _ in range(count)], period, document)


def by_service(rules: documents.Document) -> dict[str, Any]:
    """The benefit of a random document, as a policy file says it."""
    of_post = {"书记": ("村支书", "大队书记"), "主任": ("村长",), "会计": ("文书",)}
    edges = [tier[0] for tier in rules.tiers]
    tiers: list[dict[str, Any]] = [
        {"at_least": least, "rate": dict(zip(of_post, rates, strict=True)), "each": each, "after": least}
        | ({"below": below} if below is not None else {})
        | ({"cap": most} if most else {})
        for (least, rates, each, most), below in zip(rules.tiers, [*edges[1:], None], strict=True)
    ]
    if rules.eras:
        year, early, late = rules.eras
        for tier in tiers:
            del tier["each"], tier["after"]
            tier["eras"] = [{"before": date(year, 1, 1), "each": early}, {"each": late}]
    yearly = rules.per != "month"
    amount: dict[str, Any] = {
        "clause": "四",
        "by": "tenure",
        "tier": tiers,
        "per": "year" if yearly else "month",
    }
    amount |= {"round": rules.round, "round_to": rules.round_to, "round_at": rules.round_at}
    amount |= {"minimum": rules.minimum}
    amount |= {"year_paid": rules.per} if yearly else {}
    amount |= {"payment_month": rules.payment_month} if rules.per == "lump" else {}
    amount |= {"cap": rules.cap} if rules.cap else {}
    if rules.post_caps:
        amount["cap"] = ({"书记": rules.cap} if rules.cap else {}) | {"会计": 150}
    if rules.by_limbs:
        amount["by"] = "ways"
        for tier, ways in zip(tiers, rules.by_limbs, strict=True):
            tier["ways"] = [{"count": how, "at_least_months": least} for how, least in ways]
            del tier["at_least"]
            tier.pop("below", None)
    elif rules.top:
        tiers[-1]["below"] = max(rules.top, edges[-1] + 1)
        amount["above_top"] = rules.above
    if rules.top_up:
        amount["top_up"] = [{"clause": "四", "column": "已领养老金", "per": rules.top_up}]
    kind, more = rules.supplement
    when = _also(_cared(*rules.cared), rules.also)
    amount["supplement"] = [{"name": "照顾", "clause": "四", "rate": more, "figures": kind, "when": when}]
    only, blank = rules.only_cared
    if only >= 0:
        tiers[only]["when"] = _cared("照顾类别", blank)
        if rules.others and not rules.by_limbs:
            span = {edge: tiers[only][edge] for edge in ("at_least", "below") if edge in tiers[only]}
            tiers.insert(only + 1, span | {"rate": rules.others})
    service: dict[str, Any] = {
        "clause": "三",
        "posts": [
            {"name": name, "words": words} | ({"discount": rules.discount} if name == "会计" else {})
            for name, words in of_post.items()
        ],
        "ways": [
            {"count": how, "at_least_months": months} | ({"discounted": True} if folded else {})
            for how, months, folded in rules.limbs
        ],
        "accumulate": rules.accumulate,
        "months": rules.months,
        "gap_months": rules.bridge,
        "gaps": "counted" if rules.bridged_count else "not_counted",
        "rounding": rules.rounding,
        "step_months": rules.step,
        "rate_post": rules.rate_post,
        "leaving": rules.leaving,
    } | ({"credited_column": "乡级表彰"} if rules.credited else {})
    service |= {"half_up_from": rules.up_from} if rules.rounding == "half_up" else {}
    if rules.rounding == "terms":
        service["terms"] = [{"since": date(1949, 10, 1), "months": rules.term}]
        service["begun_terms"] = "counted" if rules.begun else "not_counted"
    return {
        "name": CADRE,
        "clause": "一",
        "page": "cadre",
        "claim": [{"name": "有任职经历", "clause": "一", "column": "任职经历", "filled": True}],
        "condition": [{"name": "健在", "clause": "五", "column": "死亡日期", "stop": rules.death_stops}],
        "age": _age(rules),
        "service": service,
        "payable": {"clause": "五"},
        "suspension": [_pause(rules)],
        "amount": [amount],
    }


def by_measure(rules: measures.Measure) -> dict[str, Any]:
    """The benefit of a random document that pays by a measure, as a policy file says it."""
    edges = [edge for edge, _, _ in rules.tiers]
    tiers: list[dict[str, Any]] = [
        {"rate": yuan}
        | ({"at_least": least} if least is not None else {})
        | ({"below": below} if below is not None else {})
        | ({"each": each, "after": least} if each else {})
        for (least, yuan, each), below in zip(rules.tiers, [*edges[1:], None], strict=True)
    ]
    amount: dict[str, Any] = {"clause": "四", "per": "month", "tier": tiers}
    if rules.own:
        del tiers[0]["rate"]
        between = dict(zip(("rate_at_least", "rate_at_most"), rules.own, strict=True))
        tiers[0] |= {"rate_column": "已领养老金"} | between
    if rules.share:
        limits = dict(zip(("base_at_least", "base_at_most"), rules.share, strict=True))
        amount |= {"figures": "percent", "base_column": "已领养老金"} | limits
    if rules.class_base:
        amount |= {"figures": "percent", "base": "分类基数"}
    amount |= {"by": rules.by} if rules.by in ("age", "years_since") else {"by": "column"}
    amount |= {"column": _MEASURED[rules.by]} if rules.by in _MEASURED else {}
    amount |= {"round": rules.round, "round_to": rules.round_to, "round_at": rules.round_at}
    amount["index"] = [
        {"clause": "四", "effective": day, "percent": percent} for day, percent in rules.indices
    ]
    rate, kind, most = rules.honours
    times = {"name": "表彰", "clause": "四", "rate": rate, "figures": kind, "times_column": "厅级表彰"}
    aged = {"name": "高龄", "clause": "四", "rate": rules.aged[1], "age_at_least": rules.aged[0]}
    amount["supplement"] = [times | ({"most": most} if most else {}), aged]
    amount["supplements"] = "highest" if rules.only_highest else "all"
    cared = {"name": "优抚", "clause": "一", "column": "优抚对象", "must_be": True, "blank": "refuse"}
    if rules.instead:
        when = _cared("优抚对象", rules.instead_blank)
        amount["instead"] = [{"name": "优抚", "clause": "四", "rate": rules.instead, "when": when}]
    if rules.top_up:
        amount["top_up"] = [{"clause": "四", "column": "地方定补标准", "per": "month", "blank": rules.top_up}]

    def since(column: str, stops: str, undated: str = "refuse") -> dict[str, str]:
        return {"since": column, "stop": stops, "undated": undated} if stops else {}

    claim = {
        "name": "在册",
        "clause": "一",
        "column": "困难台账",
        "must_be": True,
        "blank": rules.claim_blank,
    }
    claims: list[dict[str, Any]] = [claim | since("户籍迁出日期", rules.claim_stops)]
    if rules.class_blank:
        by_class = {
            "column": "人员类别",
            "accept": ["困难党员"],
            "refuse": ["一般党员"],
            "blank": rules.class_blank,
        }
        claims.append(by_class | {"name": "类别", "clause": "一"})
    state = {"name": "非财政供养", "clause": "一", "column": "财政供养", "must_be": False}
    least = {
        "name": "伤残",
        "clause": "一",
        "column": "伤残比例",
        "at_least": rules.least,
        "blank": rules.least_blank,
    }
    conditions = [
        {"name": "健在", "clause": "五", "column": "死亡日期", "stop": rules.death_stops},
        state | since("录用日期", rules.paid_by_state_stops, rules.paid_by_state_undated),
    ]
    if rules.rural_blank:
        rural = {"name": "农村", "clause": "一", "column": "户口性质", "accept": ["农村"], "refuse": ["城镇"]}
        conditions.append(rural | {"blank": rules.rural_blank})
    if rules.honoured is not None:
        honoured = {"name": "表彰", "clause": "一", "column": "省部级表彰", "filled": rules.honoured}
        conditions.append(honoured)
    if rules.either:
        disabled = {"name": "伤残", "clause": "一", "column": "伤残比例", "at_least": 20, "blank": "refuse"}
        years, first, leap_day = rules.or_age
        aged = {"name": "年龄", "clause": "一", "male": years, "female": years - 5, "first": first}
        ways = [
            cared | {"blank": rules.or_blank},
            disabled,
            *([aged | {"leap_day": leap_day}] if years else []),
        ]
        conditions += [way | {"either": "照顾"} for way in ways]
    if rules.lines:
        conditions.append(_poor(rules))
    if rules.least:
        conditions.append(least | since("户籍迁出日期", rules.least_stops, rules.least_undated))
    back = {"start": "fulfilled", "retroactive_limit": rules.reach} if rules.reach else {}
    return {
        "name": HARDSHIP,
        "clause": "一",
        "page": "hardship",
        "claim": claims,
        "condition": conditions,
        "age": _age(rules),
        "payable": {"clause": "五", "unapproved": rules.unapproved} | back,
        "suspension": [_pause(rules)],
        "amount": [amount],
    }


def _also(when: dict[str, Any], also: str) -> Any:
    """The condition, with a second one that has to hold as well, or may hold in its stead."""
    honoured = {"name": "表彰", "clause": "四", "column": "省部级表彰", "filled": True}
    group = {"either": "其一"} if also == "any" else {}
    return [when | group, honoured | group] if also else when


def _poor(rules: measures.Measure) -> dict[str, Any]:
    times, up_to, by_class, blank = rules.line
    line = {"name": "收入", "clause": "一", "column": "已领养老金", "blank": blank, "times": times}
    return line | {"at_most_base" if up_to else "below_base": "分类线" if by_class else "线"}


def _cared(column: str, blank: str) -> dict[str, Any]:
    """Of whom something within an amount holds, as a policy file says it."""
    test: dict[str, Any] = (
        {"accept": ["孤老", "残疾"], "refuse": ["一般"]} if column == "照顾类别" else {"must_be": True}
    )
    return {"name": "照顾", "clause": "四", "column": column} | test | ({"blank": blank} if blank else {})


_MEASURED = {
    "percent": "伤残比例",
    "money": "已领养老金",
    "count": "县级表彰",
    "years_since": "入党日期",
    "date": "入党日期",
}


def _age(rules: documents.Document | measures.Measure) -> dict[str, Any]:
    years = {"clause": "二", "male": rules.male, "female": rules.female, "mode": rules.age_mode}
    return years | {"first": rules.age_first, "leap_day": rules.leap_day}


def _pause(rules: documents.Document | measures.Measure) -> dict[str, str]:
    pause = {"name": "暂停", "clause": "五", "start": "暂停起", "end": "暂停止"}
    return pause | {"first": rules.suspends, "resume": rules.resumes}


def bases(rules: measures.Measure) -> list[dict[str, Any]]:
    """The bases that a document by a measure refers to."""
    of_class = [
        {"effective": day, "amounts": {"农村": rural} | ({"城镇": urban} if urban is not None else {})}
        for day, rural, urban in rules.class_base
    ]
    lines = [
        {"effective": day, "amounts": {"农村": rural, "城镇": urban}} for day, rural, urban in rules.lines
    ]
    plain = [{"effective": day, "amount": rural} for day, rural, _ in rules.lines]
    by = {"clause": "八", "by": ["户口性质"]}
    found = [by | {"name": "分类基数", "values": of_class}, by | {"name": "分类线", "values": lines}]
    return [*found, {"clause": "八", "name": "线", "values": plain}]


def one_policy(
    *benefits: dict[str, Any],
    keep: str = "all",
    base: Sequence[dict[str, Any]] = (),
    begins: date = date(1990, 1, 1),
) -> PolicyFile[Subsidies]:
    """A policy of one benefit, or of two of which a month may pay one only, in force since `begins`."""
    edition = {
        "base": base,
        "title": "试",
        "document": "试",
        "effective": begins,
        "column": COLUMNS,
    }
    names = [benefit["name"] for benefit in benefits]
    group = {"name": "两项", "clause": "六", "benefits": names, "keep": keep}
    return of_editions(edition | {"benefit": benefits, "exclusive": [group] if names[1:] else []})


COLUMNS = [
    {"heading": "鳏寡孤独", "kind": "flag"},
    *({"heading": heading, "kind": "text"} for heading in ("照顾类别", "人员类别")),
    {"heading": "伤残比例", "kind": "percent"},
    *(
        {"heading": heading, "kind": "count"}
        for heading in ("省部级表彰", "厅级表彰", "县级表彰", "乡级表彰")
    ),
]


def drawn_with_document(dice: Random, count: int) -> Compared:
    """So many random people under a random document, in one of the default policy's periods."""
    rules = documents.document(dice)
    file = one_policy(by_service(rules))
    opinion = only_cadre(lambda who, month: documents.owed(rules, who, month))
    document = Document(DEFAULT.periods, lambda: file, opinion, by_household=False)
    return _told_with(rules, drawn(dice, count, document))


def drawn_with_measure(dice: Random, count: int) -> Compared:
    """The same under a random document that pays by a measure."""
    rules, period = measures.measure(dice), dice.choice(DEFAULT.periods)
    months, begins = _months(period), begun(dice, _months(period))
    file = one_policy(by_measure(rules), base=bases(rules), begins=begins)

    def opinion(who: Person, month: YM) -> dict[str, Fraction]:
        if date(*month, 1) < begins:
            return {}
        return {HARDSHIP: measures.owed(rules, who, month, months[0], months[-1])}

    document = Document((period,), lambda: file, opinion, rules.reach, by_household=False)
    return _told_with(rules, drawn(dice, count, document))


def begun(dice: Random, months: Sequence[YM]) -> date:
    """The day of force of a document: mostly long ago, now and then in the period, of which it rules the last month."""
    if dice.random() < 0.8:
        return date(1990, 1, 1)
    year, month = dice.choice(months)
    return date(year, month, 1 if (year, month) == months[-1] else dice.choice((1, 2, 20)))


def drawn_with_pair(dice: Random, count: int) -> Compared:
    """The same under a random document with two benefits."""
    rules, period = pairs.pair(dice), dice.choice(DEFAULT.periods)
    both = [by_service(rules.service), by_measure(rules.measure)]
    if rules.multiple:
        both[1]["amount"][0] |= {"figures": "percent", "base_benefit": CADRE}
    file, months = (
        one_policy(*both[:: -1 if rules.measure_first else 1], keep=rules.keep, base=bases(rules.measure)),
        _months(period),
    )

    def opinion(who: Person, month: YM) -> dict[str, Fraction]:
        sums = pairs.owed(rules, who, month, months[0], months[-1])
        return dict(zip((CADRE, HARDSHIP), sums, strict=True))

    document = Document((period,), lambda: file, opinion, rules.measure.reach, by_household=False)
    return _told_with(rules, drawn(dice, count, document))


def _told_with(rules: object, found: Compared) -> Compared:
    return replace(found, first=found.first and f"{rules}\n{found.first}")
