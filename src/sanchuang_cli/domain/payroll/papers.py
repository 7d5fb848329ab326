"""What people sign beside the pages of a payroll, put together: forms, lists for those paid by hand, the letter for money."""

from collections import Counter
from collections.abc import Iterator

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.payroll.changes import DEAD, ENDING, NEW, OTHERWISE, STOPPED, WAITING, Compared
from sanchuang_cli.domain.payroll.forms import forms
from sanchuang_cli.domain.payroll.receipts import Receipt, receipts
from sanchuang_cli.domain.payroll.request import Fund, Request, told
from sanchuang_cli.domain.payroll.summary import funding
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.pays import person
from sanchuang_cli.judging import Whole
from sanchuang_cli.papers import Papers, Whom


def papers(whole: Whole, whom: Whom) -> Papers:
    """All of them; lists are by themselves about those who cannot be paid through the bank."""
    payroll: Payroll = whole.more
    return Papers(
        forms(whole, whom),
        tuple(receipts(whole, payroll.scheme.matter, _by_hand(payroll, whom))),
        _request(whole).letter(whole),
    )


def _by_hand(payroll: Payroll, whom: Whom) -> Iterator[Receipt]:
    for one in payroll.paid:
        record = one.record
        if whom.chosen(record.row.line, lambda record=record: flaw(record.account)):  # type: ignore[misc]
            items = dict.fromkeys(payment.benefit for payment in sorted(one.payments))
            months = sorted({payment.month for payment in one.payments})
            yield Receipt(person(record), tuple(items), tuple(months), one.fen)


def _request(whole: Whole) -> Request:
    payroll: Payroll = whole.more
    edition = payroll.at.policy
    without = [one for one in payroll.paid if flaw(one.record.account)]
    request = Request(
        matter=payroll.scheme.matter,
        noun=payroll.scheme.noun,
        basis=f"《{edition.title}》（{edition.document}）",
        funds=tuple(_funds(payroll)),
        people=len(payroll.paid),
        by_hand=(len(without), sum(one.fen for one in without)),
        compared=_compared(Compared(whole)) if payroll.before else "",
        issuer=edition.notice.issuer if edition.notice else "",
    )
    assert request.fen == payroll.fen, "what is asked for is not what is paid"
    return request


def _funds(payroll: Payroll) -> Iterator[Fund]:
    for benefit in payroll.benefits:
        lines = payroll.lines[benefit.name]
        borne = dict(funding([benefit], payroll.paid)) if benefit.funding else {}
        assert not borne or sum(borne.values()) == sum(line.fen for line in lines), "the shares do not add up"
        yield Fund(
            benefit.name,
            len(lines),
            sum(line.fen for line in lines),
            sum(line.arrears for line in lines),
            borne,
            benefit.funding.clause if benefit.funding else "",
        )


def _compared(compared: Compared) -> str:
    """How the last period's sum becomes this one's."""
    people, fen = Counter[str](), Counter[str]()
    for one in compared.changes:
        people[one.why.change] += 1
        fen[one.why.change] += one.more
    before = sum(one.before for one in compared.balances)
    less = "".join(
        f"，{what} {people[what]} 人次减少 {told(-fen[what])}"
        for what in (STOPPED, DEAD, WAITING)
        if people[what]
    )
    other, now = fen[ENDING] + fen[OTHERWISE], sum(one.now for one in compared.balances)
    return (
        f"上期（{compared.period}）{told(before)}；新增 {people[NEW]} 人次 {told(fen[NEW])}{less}，"
        f"其余{'增加' if other > 0 else '减少'} {told(abs(other))}，本期 {told(now)}。"
    )
