"""Random documents of the oracle as a policy file says them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.oracle import documents, measures
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    of_editions,
)


def by_service(rules: documents.Document) -> dict[str, Any]:
    """The benefit of a random document, as a policy file says it."""
    of_post = {"书记": ("村支书", "大队书记"), "主任": ("村长",), "会计": ("文书",)}
    edges = [tier[0] for tier in rules.tiers]
    tiers: list[dict[str, Any]] = [
        {"at_least": least, "rate": dict(zip(of_post, rates, strict=True)), "each": each, "after": least}
        | ({"below": below} if below is not None else {})
        | ({"cap": {"书记": most, "会计": most // 2} if rules.tier_caps else most} if most else {})
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
    amount |= {"minimum": {"主任": rules.minimum, "会计": 120} if rules.post_minimums else rules.minimum}
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
