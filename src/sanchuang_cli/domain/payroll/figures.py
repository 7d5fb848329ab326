"""Pages that are looked at rather than read: how old those are who are paid, and this period against the last."""

from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import count, pairwise

from sanchuang_cli.domain.payroll import sums
from sanchuang_cli.domain.payroll.layouts import OF_TOWNSHIP, age, money, people
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.page import Col, Page
from sanchuang_cli.table import Chart

_BANDS = (0, 60, 65, 70, 75, 80, 85, 90)
"""The first age of each band."""


def age_page(payroll: Payroll) -> Page:
    """年龄分布: those who are paid by age, for each benefit; whoever gets two counts once in 合计."""
    found = [{line.record.identity: _band(age(line)) for line in lines} for lines in payroll.lines.values()]
    counts = [Counter(by_person.values()) for by_person in found]
    everybody = Counter({person: band for by_person in found for person, band in by_person.items()}.values())
    assert everybody.total() == len(payroll.paid), "somebody has no age"
    bands = range(min(everybody, default=0), max(everybody, default=-1) + 1)
    paid = tuple(f"people{i}" for i, own in enumerate(counts) if own)
    period, noun = payroll.at.occasion.period, payroll.scheme.noun
    more = sums.repeated(counts, everybody, lambda band: band)
    return Page(
        "年龄分布",
        f"{payroll.scheme.matter}领取人员年龄分布",
        (
            Col("band", "年龄段", of=_called),
            *map(_counted, count(), payroll.lines, counts),
            *more,
            replace(_ALL, of=lambda band: everybody[band], formula=sums.formula(len(counts), more)),
        ),
        rows=lambda whole: bands,
        who=False,
        number=False,
        notes=(f"年龄为 {period.last.isoformat()} 的周岁。领取几项{noun}的，在合计中只计一次。",),
        of_all=(sums.of_people(payroll),),
        signed=False,
        chart=Chart(f"{payroll.title}领取人员年龄分布（人）", "band", paid, "stacked") if paid else None,
        detail=True,
    )


_ALL = people("people", "合计")


def _counted(at: int, name: str, counts: Counter[int]) -> Col:
    return people(f"people{at}", f"领取人数/{name}", lambda band: counts[band])


def _band(years: int) -> int:
    return bisect_right(_BANDS, years) - 1


def _called(band: int) -> str:
    """不满60岁, 60至64岁 …, 90岁以上."""
    if band == 0:
        return f"不满{_BANDS[1]}岁"
    names = [f"{first}至{following - 1}岁" for first, following in pairwise(_BANDS)]
    return [*names, f"{_BANDS[-1]}岁以上"][band]


def comparison_page(payroll: Payroll) -> Page:
    """两期对比: people and money of each township in the last period and in this."""
    before = payroll.before
    assert before, "there is nothing to compare with"
    title = f"{payroll.title}与上期对比（金额，元）"
    return Page(
        "两期对比",
        f"{payroll.scheme.matter}与上期对比",
        _COMPARED,
        rows=lambda whole: payroll.townships,
        who=False,
        unit="人、元",
        notes=(f"上期为{before.period.title}，取自上期花名册。",),
        signed=False,
        chart=Chart(title, "township", ("before", "now"), "bar"),
    )


_MORE = people("people_change", "人数/增减", lambda one: one.people - one.people_before)
_CHANGE = money("change", "金额/增减", lambda one: one.amount - one.before)
_COMPARED = (
    OF_TOWNSHIP,
    people("people_before", "人数/上期"),
    people("people_now", "人数/本期", lambda one: one.people),
    replace(_MORE, formula="people_now - people_before"),
    money("before", "金额/上期"),
    money("now", "金额/本期", lambda one: one.amount),
    replace(_CHANGE, formula="now - before"),
)
