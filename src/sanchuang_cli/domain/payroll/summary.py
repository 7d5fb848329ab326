"""Pages over all benefits: 分乡镇汇总表, 分档人数, 不予发放名单, and those who cannot be paid through the bank."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain, count
from operator import attrgetter
from typing import NamedTuple

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.payroll import sums
from sanchuang_cli.domain.payroll.layouts import BENEFIT, OF_TOWNSHIP, money, people
from sanchuang_cli.domain.payroll.lines import Line
from sanchuang_cli.domain.payroll.together import Payroll, Refusal, Township
from sanchuang_cli.money import shares
from sanchuang_cli.page import Col, Page
from sanchuang_cli.table import Chart

_PEOPLE = people("people", "人数")


def township_page(payroll: Payroll) -> Page:
    """分乡镇汇总表: people and money of each benefit, and who bears it."""
    edition = payroll.at.policy
    counts = [Counter(line.record.township for line in lines) for lines in payroll.lines.values()]
    heads = Counter({one.township: one.people for one in payroll.townships})
    more = sums.repeated(counts, heads, lambda one: one.township)
    return Page(
        "分乡镇汇总表",
        f"{payroll.scheme.matter}分乡镇汇总表",
        (
            OF_TOWNSHIP,
            replace(_PEOPLE, formula=sums.formula(len(counts), more)),
            *chain.from_iterable(map(_of_benefit, count(), payroll.lines, payroll.lines.values())),
            *more,
            money("amount", "金额合计"),
            *_borne(payroll),
        ),
        rows=lambda whole: _paying(payroll),
        who=False,
        unit="元",
        notes=(f"依据：{edition.title}。{edition.document}。",),
        chart=Chart("各乡镇发放金额（元）", "township", ("amount",)),
    )


def _paying(payroll: Payroll) -> list[Township]:
    """The townships in which somebody is paid."""
    return [one for one in payroll.townships if one.paid]


def _of_benefit(at: int, name: str, lines: Iterable[Line]) -> tuple[Col, Col]:
    """People and money of one benefit."""
    counts, fen = Counter[str](), Counter[str]()
    for line in lines:
        counts[line.record.township] += 1
        fen[line.record.township] += line.fen
    return (
        people(f"people{at}", f"{name}/人数", lambda one: counts[one.township]),
        money(f"amount{at}", f"{name}/金额", lambda one: fen[one.township]),
    )


def _borne(payroll: Payroll) -> list[Col]:
    """Who bears how much of it."""
    payers = dict.fromkeys(s.who for b in payroll.benefits if b.funding for s in b.funding.shares)
    borne = {one.township: funding(payroll.benefits, one.paid) for one in payroll.townships} if payers else {}

    def by(payer: str) -> Callable[[Township], int]:
        return lambda one: borne[one.township].get(payer, 0)

    return [money(f"payer{i}", f"经费分担/{payer}", by(payer)) for i, payer in enumerate(payers)]


def funding(benefits: Iterable[Benefit], decisions: Iterable[Decision]) -> dict[str, int]:
    """Who bears how many fen: split person by person and month by month, then added up."""
    splits = {b.name: b.funding.shares for b in benefits if b.funding}
    borne: dict[str, int] = defaultdict(int)
    known: dict[tuple[str, int], list[int]] = {}
    for payment in (payment for one in decisions for payment in one.payments if payment.benefit in splits):
        parts, key = splits[payment.benefit], (payment.benefit, payment.fen)
        if key not in known:
            known[key] = shares(payment.fen, [part.percent for part in parts])
        for part, fen in zip(parts, known[key], strict=True):
            borne[part.who] += fen
    return borne


class Group(NamedTuple):
    """Lines of one benefit: all of them, or those of one tier."""

    benefit: str
    lines: list[Line]
    tier: str = ""

    @property
    def people(self) -> int:
        return len(self.lines)

    @property
    def months(self) -> int:
        return sum([len(line.payments) for line in self.lines])

    @property
    def arrears(self) -> int:
        return sum([line.arrears for line in self.lines])

    @property
    def amount(self) -> int:
        return sum([line.fen for line in self.lines])

    @property
    def order(self) -> tuple[tuple[int, ...], str]:
        """By post, then from low to high: 满5年 before 满10年."""
        histories = (line.verdict.history for line in self.lines)
        posts = min(history.candidates if history else () for history in histories)
        return posts, re.sub(r"\d+", lambda digits: digits[0].zfill(9), self.tier)


def tier_page(payroll: Payroll) -> Page:
    """分档人数: how many people stand in each tier, and what they get."""
    tiers = [tier for name, lines in payroll.lines.items() for tier in _tiers(name, lines)]
    return Page(
        "分档人数",
        f"{payroll.scheme.matter}分档人数",
        (
            payroll.scheme.headed(BENEFIT),
            Col("tier", "档次"),
            _PEOPLE,
            money("amount", "本期金额"),
        ),
        rows=lambda whole: tiers,
        who=False,
        group="benefit",
        unit="元",
        of_all=(sums.of_people(payroll),),
        signed=False,
        detail=True,
    )


def _tiers(benefit: str, lines: Iterable[Line]) -> list[Group]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.standard.label if line.standard else "（补发以前月份）"].append(line)
    tiers = (Group(benefit, own, label) for label, own in found.items())
    return sorted(tiers, key=lambda tier: tier.order)


def refusal_page(payroll: Payroll) -> Page:
    """不予发放名单: for each benefit asked for and not paid, the first failing clause and all others."""
    noun, outside = payroll.scheme.noun, len(payroll.outside)
    apart = f"另有 {outside} 人不属于本政策任何一项{noun}的对象，未列。" if outside else ""
    return Page(
        "不予发放名单",
        f"{payroll.scheme.matter}不予发放名单",
        (
            payroll.scheme.headed(BENEFIT),
            Col("reason", "不予发放原因", of=_reason, wide=True, private=True),
            Col("basis", "依据", of=lambda one: one.failing[0].citation, wide=True, private=True),
            Col("others", "其他不符合的条件", of=_others, wide=True, private=True, detail=True),
        ),
        rows=lambda whole: payroll.refusals,
        of_all=(sums.of_refusals(payroll), apart),
    )


def _reason(one: Refusal) -> str:
    first = one.failing[0]
    return f"{first.name}：{first.said}"


def _others(one: Refusal) -> str | None:
    return "；".join([f"{clause.name}（{clause.said}）" for clause in one.failing[1:]]) or None


def without_account_page(payroll: Payroll) -> Page:
    """Those who are paid and cannot be reached through the bank: no account, or one that fails its check."""
    without = [one for one in payroll.paid if flaw(one.record.account)]
    return Page(
        "无有效账户名单",
        f"{payroll.scheme.matter}无有效账户名单",
        (
            money("amount", "金额", lambda one: one.fen),
            Col("reason", "原因", of=lambda one: flaw(one.record.account)),
        ),
        rows=lambda whole: without,
        group="township",
        unit="元",
        notes=("以上人员留在花名册上，未列入银行代发文件，请补填账号后另行发放。",),
        of_all=(sums.of_accounts(payroll),),
        signed=False,
    )


def benefits_in_brief(payroll: Payroll) -> Page:
    """概要: people and money by benefit, as the terminal shows them."""
    refused = Counter(one.benefit for one in payroll.refusals)
    found = [Group(name, lines) for name, lines in payroll.lines.items()]
    return Page(
        "概要",
        payroll.scheme.matter,
        (
            payroll.scheme.headed(BENEFIT),
            people("lines", "人数", attrgetter("people")),
            people("months", "人月"),
            money("arrears", "其中补发"),
            money("amount", "金额"),
            people("refused", "不予发放", lambda one: refused[one.benefit]),
        ),
        rows=lambda whole: found,
        who=False,
        number=False,
        unit="元",
        of_all=(sums.of_people(payroll), sums.of_refusals(payroll)),
        signed=False,
    )


def townships_in_brief(payroll: Payroll) -> Page:
    """各乡镇: people and money by township, as the terminal shows them."""
    return Page(
        "各乡镇",
        "各乡镇发放",
        (OF_TOWNSHIP, _PEOPLE, money("amount", "金额合计")),
        rows=lambda whole: _paying(payroll),
        who=False,
        number=False,
        dated=False,
        unit="元",
        signed=False,
    )
