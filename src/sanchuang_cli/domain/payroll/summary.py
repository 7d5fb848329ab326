"""Makes pages about all benefits together: 分乡镇汇总表, 分档人数, 不予发放名单, 无有效账户名单, and the summary on the terminal.

It makes pages from a payroll; beside counting it only splits the money among those who bear it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain, count
from operator import attrgetter
from typing import NamedTuple

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.policy import Entitlements
from sanchuang_cli.domain.funding import Funding
from sanchuang_cli.domain.payroll import explained_sums
from sanchuang_cli.domain.payroll.layouts import BENEFIT, OF_TOWNSHIP, counted, money, payer_columns
from sanchuang_cli.domain.payroll.lines import PaymentLine
from sanchuang_cli.domain.payroll.together import PaidTownship, Payroll, Refusal
from sanchuang_cli.domain.payroll.wording import joined
from sanchuang_cli.page import Col, Page
from sanchuang_cli.period import Month
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.table import Chart

WITHOUT_ACCOUNT = "无有效账户名单"
_PEOPLE = counted("people", "人数")


def township_page(payroll: Payroll) -> Page:
    """分乡镇汇总表: people and money of each benefit, and who bears it."""
    editions = payroll.at.editions.during(payroll.at.occasion.period)
    counts = [Counter(line.record.township for line in lines) for lines in payroll.lines.values()]
    heads = Counter({township.township: township.people for township in payroll.townships})
    less = explained_sums.repeated(counts, heads, attrgetter("township"))
    return Page(
        "分乡镇汇总表",
        f"{payroll.scheme.matter}分乡镇汇总表",
        (
            OF_TOWNSHIP,
            replace(_PEOPLE, formula=explained_sums.formula(len(counts), less)),
            *chain.from_iterable(map(_of_benefit, count(), payroll.lines.items(), counts)),
            *less,
            money("amount", "金额合计"),
            *_borne(payroll),
        ),
        rows=lambda whole: _paying(payroll),
        who=False,
        unit="元",
        notes=tuple(dict.fromkeys(f"依据：{one.title}。{one.document}。" for one in editions)),
        chart=Chart("各乡镇发放金额（元）", "township", ("amount",)),
    )


def _paying(payroll: Payroll) -> list[PaidTownship]:
    """The townships in which somebody is paid."""
    return [township for township in payroll.townships if township.paid]


def _of_benefit(at: int, benefit: tuple[str, Iterable[PaymentLine]], counts: Counter[str]) -> tuple[Col, Col]:
    """People and money of one benefit."""
    name, lines = benefit
    fen = Counter[str]()
    for line in lines:
        fen[line.record.township] += line.fen
    return (
        counted(f"people{at}", f"{name}/人数", lambda township: counts[township.township]),
        money(f"amount{at}", f"{name}/金额", lambda township: fen[township.township]),
    )


def _borne(payroll: Payroll) -> list[Col]:
    """Who bears how much of it; no columns where no document says so."""
    editions = payroll.at.editions
    payers = dict.fromkeys(
        share.who for benefit in payroll.benefits if benefit.funding for share in benefit.funding.shares
    )
    borne = {township.township: funding(editions, township.paid) for township in payroll.townships}
    payers |= dict.fromkeys(chain.from_iterable(borne.values()))
    return payer_columns(payers, lambda township: borne[township.township]) if payers else []


def funding(
    editions: PolicyFile[Entitlements], decisions: Iterable[Decision], benefit: str = ""
) -> dict[str, int]:
    """Fen by who bears them, of all benefits or of one: each month of each person is split by itself, by the edition that
    rules the month, and the parts are added up."""
    borne: dict[str, int] = defaultdict(int)
    known: dict[tuple[str, int, int], Mapping[str, int]] = {}
    for payment in chain.from_iterable(decision.payments for decision in decisions):
        if benefit and payment.benefit != benefit:
            continue
        key = (payment.benefit, payment.month, payment.fen)
        if key not in known:
            rule = funded_by(editions, payment.benefit, payment.month)
            known[key] = rule.by_payer(payment.fen) if rule else {}
        for who, fen in known[key].items():
            borne[who] += fen
    return borne


def funded_by(editions: PolicyFile[Entitlements], benefit: str, month: int) -> Funding | None:
    """Who bears a month of a benefit, by the edition that rules the month; None where it does not say."""
    edition = editions.on(Month.at(month).first)
    return next((one.funding for one in edition.benefit if one.name == benefit), None)


class LineGroup(NamedTuple):
    """Lines of one benefit: all of them, or those of one tier. Sums are in fen."""

    benefit: str
    lines: list[PaymentLine]
    tier: str = ""

    @property
    def people(self) -> int:
        """How many people are paid."""
        return len(self.lines)

    @property
    def months(self) -> int:
        """How many months they are paid, arrears included."""
        return sum([len(line.payments) for line in self.lines])

    @property
    def arrears(self) -> int:
        """The part of the sum for months before the period."""
        return sum([line.arrears for line in self.lines])

    @property
    def amount(self) -> int:
        """What they are paid."""
        return sum([line.fen for line in self.lines])

    @property
    def order(self) -> tuple[tuple[int, ...], str]:
        """The sort key of a tier: by post, then from low to high. Figures are padded so that 满5年 precedes 满10年."""
        histories = (line.verdict.history for line in self.lines)
        posts = min(history.candidates if history else () for history in histories)
        return posts, re.sub(r"\d+", lambda digits: digits[0].zfill(9), self.tier)


def tier_page(payroll: Payroll) -> Page:
    """分档人数: how many people are in each tier, and what they get."""
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
        of_all=(explained_sums.of_people(payroll),),
        signed=False,
        detail=True,
    )


def _tiers(benefit: str, lines: Iterable[PaymentLine]) -> list[LineGroup]:
    by_label: dict[str, list[PaymentLine]] = defaultdict(list)
    for line in lines:
        by_label[line.standard.label if line.standard else "（补发以前月份）"].append(line)
    tiers = (LineGroup(benefit, of_tier, label) for label, of_tier in by_label.items())
    return sorted(tiers, key=attrgetter("order"))


def refusal_page(payroll: Payroll) -> Page:
    """不予发放名单: every benefit that concerns somebody and is not paid, with the first failing clause and the others."""
    noun, outside = payroll.scheme.noun, len(payroll.outside)
    apart = f"另有 {outside} 人不属于本政策任何一项{noun}的对象，未列。" if outside else ""
    return Page(
        "不予发放名单",
        f"{payroll.scheme.matter}不予发放名单",
        (
            payroll.scheme.headed(BENEFIT),
            Col(
                "reason",
                "不予发放原因",
                of=lambda refusal: refusal.failing[0].sentence,
                wide=True,
                private=True,
            ),
            Col("basis", "依据", of=lambda refusal: refusal.failing[0].citation, wide=True, private=True),
            Col("others", "其他不符合的条件", of=_others, wide=True, private=True, detail=True),
        ),
        rows=lambda whole: payroll.refusals,
        of_all=(explained_sums.of_refusals(payroll), apart),
    )


def _others(refusal: Refusal) -> str | None:
    return joined(f"{clause.name}（{clause.said}）" for clause in refusal.failing[1:])


def without_account_page(payroll: Payroll) -> Page:
    """无有效账户名单: the people who are paid and whom the bank cannot pay, with what is wrong with the account."""
    return Page(
        WITHOUT_ACCOUNT,
        f"{payroll.scheme.matter}{WITHOUT_ACCOUNT}",
        (
            money("amount", "金额", attrgetter("fen")),
            Col("reason", "原因", of=lambda decision: flaw(decision.record.account)),
        ),
        rows=lambda whole: payroll.without_account,
        group="township",
        unit="元",
        notes=("以上人员留在花名册上，未列入银行代发文件，请补填账号后另行发放。",),
        of_all=(explained_sums.of_accounts(payroll),),
        signed=False,
    )


def benefits_in_brief(payroll: Payroll) -> Page:
    """概要: people and money by benefit, for the terminal."""
    refused = Counter(refusal.benefit for refusal in payroll.refusals)
    groups = [LineGroup(name, lines) for name, lines in payroll.lines.items()]
    return Page(
        "概要",
        payroll.scheme.matter,
        (
            payroll.scheme.headed(BENEFIT),
            counted("lines", "人数", attrgetter("people")),
            counted("months", "人月"),
            money("arrears", "其中补发"),
            money("amount", "金额"),
            counted("refused", "不予发放", lambda group: refused[group.benefit]),
        ),
        rows=lambda whole: groups,
        who=False,
        number=False,
        unit="元",
        of_all=(explained_sums.of_people(payroll), explained_sums.of_refusals(payroll)),
        signed=False,
    )


def townships_in_brief(payroll: Payroll) -> Page:
    """各乡镇: people and money by township, for the terminal."""
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
