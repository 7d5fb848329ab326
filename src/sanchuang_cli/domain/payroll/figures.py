"""Makes the pages with a chart: the ages of the people who are paid, and this period compared with the last."""

from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import count, pairwise
from operator import attrgetter

from sanchuang_cli.domain.payroll import explained_sums
from sanchuang_cli.domain.payroll.layouts import OF_TOWNSHIP, age, counted, money
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.page import Col, Page
from sanchuang_cli.table import Chart

COMPARISON = "两期对比"
_BANDS = (0, 60, 65, 70, 75, 80, 85, 90)
"""The first full year of age of each band."""


def age_page(payroll: Payroll) -> Page:
    """年龄分布: people by age for each benefit. Somebody who gets two benefits counts once in 合计."""
    by_person = [
        {line.record.identity: _band(age(line)) for line in lines} for lines in payroll.lines.values()
    ]
    counts = [Counter(bands.values()) for bands in by_person]
    everybody = Counter({person: band for bands in by_person for person, band in bands.items()}.values())
    assert everybody.total() == len(payroll.paid), "somebody has no age"
    bands = range(min(everybody, default=0), max(everybody, default=-1) + 1)
    charted = tuple(f"people{i}" for i, by_band in enumerate(counts) if by_band)
    period, noun = payroll.at.occasion.period, payroll.scheme.noun
    less = explained_sums.repeated(counts, everybody, lambda band: band)
    return Page(
        "年龄分布",
        f"{payroll.scheme.matter}领取人员年龄分布",
        (
            Col("band", "年龄段", of=_called),
            *map(_of_benefit, count(), payroll.lines, counts),
            *less,
            replace(_ALL, of=lambda band: everybody[band], formula=explained_sums.formula(len(counts), less)),
        ),
        rows=lambda whole: bands,
        who=False,
        number=False,
        notes=(f"年龄为 {period.last.isoformat()} 的周岁。领取几项{noun}的，在合计中只计一次。",),
        of_all=(explained_sums.of_people(payroll),),
        signed=False,
        chart=Chart(f"{payroll.title}领取人员年龄分布（人）", "band", charted, "stacked")
        if charted
        else None,
        detail=True,
    )


_ALL = counted("people", "合计")


def _of_benefit(at: int, name: str, counts: Counter[int]) -> Col:
    return counted(f"people{at}", f"领取人数/{name}", lambda band: counts[band])


def _band(years: int) -> int:
    return bisect_right(_BANDS, years) - 1


def _called(band: int) -> str:
    """不满60岁, 60至64岁 …, 90岁以上."""
    if band == 0:
        return f"不满{_BANDS[1]}岁"
    names = [f"{first}至{following - 1}岁" for first, following in pairwise(_BANDS)]
    return [*names, f"{_BANDS[-1]}岁以上"][band]


def comparison_page(payroll: Payroll) -> Page:
    """两期对比: people and money of each township in the last period and in this one."""
    before = payroll.before
    assert before, "there is nothing to compare with"
    title = f"{payroll.title}与上期对比（金额，元）"
    return Page(
        COMPARISON,
        f"{payroll.scheme.matter}与上期对比",
        _COMPARED,
        rows=lambda whole: payroll.townships,
        who=False,
        unit="人、元",
        notes=(f"上期为{before.period.title}，取自上期花名册。",),
        signed=False,
        chart=Chart(title, "township", ("before", "now"), "bar"),
    )


_COMPARED = (
    OF_TOWNSHIP,
    counted("people_before", "人数/上期"),
    counted("people_now", "人数/本期", attrgetter("people")),
    replace(
        counted("people_change", "人数/增减", lambda township: township.people - township.people_before),
        formula="people_now - people_before",
    ),
    money("before", "金额/上期"),
    money("now", "金额/本期", attrgetter("amount")),
    replace(
        money("change", "金额/增减", lambda township: township.amount - township.before),
        formula="now - before",
    ),
)
