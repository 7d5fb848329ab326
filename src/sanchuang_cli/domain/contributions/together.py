"""Decides what takes all insured people together: lists to screen by, honours and receipts that are nobody's, receipts after
a death.
"""

from collections.abc import Iterator
from itertools import chain

from sanchuang_cli.domain.contributions.grounds import honoured_as, key_of, wrong
from sanchuang_cli.domain.contributions.records import ContributionReceipt
from sanchuang_cli.domain.identity import as_written
from sanchuang_cli.domain.payroll.screening import on_lists
from sanchuang_cli.judging import Company, Joint, Told
from sanchuang_cli.money import yuan


def together(company: Company) -> Joint:
    """Findings on people whom a list names, and on the rosters that serve. more: the receipts that are nobody's."""
    strange = _nobodys(company)
    unknown = [
        company.told("receipt-unknown", one.row, "identity", f"{one.called}：名册上没有这个身份证号")
        for one in strange
    ]
    told = [
        *on_lists(company, "insured"),
        *_honours(company),
        *unknown,
        *_misnamed(company),
        *_after_death(company),
    ]
    return Joint(told=told, more=strange)


def _nobodys(company: Company) -> list[ContributionReceipt]:
    known = {one.record.identity for one in company.judged["insured"]}
    known |= {as_written(row.written("identity")) for row in company.unread}
    receipts = chain.from_iterable(company.at.ready.receipts.values())
    return [one for one in receipts if one.identity not in known]


def _misnamed(company: Company) -> Iterator[Told]:
    for one in company.at.ready.misnamed:
        yield company.told(
            "receipt-name", one.row, "name", f"{one.called}：这个身份证号在名册上不是“{one.name}”"
        )


def _honours(company: Company) -> Iterator[Told]:
    editions = company.at.ready.editions
    given = company.at.rosters["honours"].records if any(one.honours for one in editions) else ()
    people = company.judged["insured"] if given else ()
    known = set(chain.from_iterable(honoured_as(one.record) for one in people))
    for honour in given:
        if odd := wrong(honour, editions):
            code, field, said = odd
            yield company.told(code, honour.row, field, f"{honour.called}：{said}")
        elif key_of(honour.honoured) not in known:
            said = f"{honour.called}：名册上没有对象“{honour.honoured}”"
            yield company.told("honour-unknown", honour.row, "honoured", said)


def _after_death(company: Company) -> Iterator[Told]:
    for one in company.judged["insured"]:
        for receipt in one.verdict.paid_up.refunded if one.verdict and one.verdict.paid_up else ():
            said = f"{one.record.name} {one.record.died} 身故，{receipt.day} 还缴了 {yuan(receipt.amount)} 元"
            yield company.told("paid-after-death", receipt.row, "day", f"{receipt.called}：{said}")
