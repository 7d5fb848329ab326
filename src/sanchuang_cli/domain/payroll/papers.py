"""Makes the papers of a payroll: application forms, lists to sign for those paid by hand, and the letter that asks for the
money.

It takes everything from a payroll and works out no sum of its own.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.payroll.changes import ENDING, GONE, NEW, OTHERWISE, Compared
from sanchuang_cli.domain.payroll.forms import forms
from sanchuang_cli.domain.payroll.receipts import Receipt, receipts
from sanchuang_cli.domain.payroll.request import Fund, Request
from sanchuang_cli.domain.payroll.summary import funded_by, funding
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.payroll.wording import all_bases, in_yuan
from sanchuang_cli.domain.pays import person
from sanchuang_cli.judging import Whole
from sanchuang_cli.papers import Papers, WrittenFor


def papers(whole: Whole, whom: WrittenFor) -> Papers:
    """All papers of a run. Unless people are chosen, the lists name those whom the bank cannot pay."""
    payroll: Payroll = whole.more
    return Papers(
        forms=forms(whole, whom),
        receipts=tuple(receipts(whole, payroll.scheme.matter, _by_hand(payroll, whom))),
        request=_request(whole).letter(whole),
    )


def _by_hand(payroll: Payroll, whom: WrittenFor) -> Iterator[Receipt]:
    for decision in payroll.paid:
        record = decision.record
        if whom.chosen(record.row.line, partial(flaw, record.account)):
            items = dict.fromkeys(payment.benefit for payment in sorted(decision.payments))
            months = sorted({payment.month for payment in decision.payments})
            yield Receipt(person(record), tuple(items), tuple(months), decision.fen)


def _request(whole: Whole) -> Request:
    payroll: Payroll = whole.more
    edition = payroll.at.policy
    by_hand = payroll.without_account
    request = Request(
        matter=payroll.scheme.matter,
        noun=payroll.scheme.noun,
        basis=all_bases(payroll.at),
        funds=tuple(_funds(payroll)),
        people=len(payroll.paid),
        several=sum(len({payment.benefit for payment in decision.payments}) > 1 for decision in payroll.paid),
        by_hand=(len(by_hand), sum(decision.fen for decision in by_hand)),
        compared=_compared(Compared(whole)) if payroll.before else "",
        issuer=edition.notice.issuer if edition.notice else "",
    )
    assert request.fen == payroll.fen, "what is asked for is not what is paid"
    return request


def _funds(payroll: Payroll) -> Iterator[Fund]:
    for benefit in payroll.benefits:
        lines = payroll.lines[benefit.name]
        borne = dict(funding(payroll.at.editions, payroll.paid, benefit.name))
        fen = sum(line.fen for line in lines)
        months = sorted({payment.month for line in lines for payment in line.payments})
        rules = [funded_by(payroll.at.editions, benefit.name, month) for month in months]
        assert not all(rules) or sum(borne.values()) == fen, "the shares do not add up"
        yield Fund(
            benefit.name,
            len(lines),
            fen,
            sum(line.arrears for line in lines),
            borne,
            "；".join(dict.fromkeys(rule.clause for rule in rules if rule)),
        )


def _compared(compared: Compared) -> str:
    """How the last period's sum becomes the sum of this one."""
    people, fen = Counter[str](), Counter[str]()
    for change in compared.changes:
        people[change.why.change] += 1
        fen[change.why.change] += change.more
    less = "".join(
        f"，{change} {people[change]} 人次减少 {in_yuan(-fen[change])}" for change in GONE if people[change]
    )
    before = sum(balance.before for balance in compared.balances)
    now = sum(balance.current for balance in compared.balances)
    other = fen[ENDING] + fen[OTHERWISE]
    return (
        f"上期（{compared.period}）{in_yuan(before)}；新增 {people[NEW]} 人次 {in_yuan(fen[NEW])}{less}，"
        f"其余{'增加' if other > 0 else '减少'} {in_yuan(abs(other))}，本期 {in_yuan(now)}。"
    )
