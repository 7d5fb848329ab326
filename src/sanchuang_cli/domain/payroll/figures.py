"""Pages that are looked at rather than read: how old those are who are paid, and this period against the last."""

from collections import Counter, defaultdict
from itertools import pairwise

from sanchuang_cli.domain.payroll.assessment import Assessment
from sanchuang_cli.domain.payroll.layouts import age
from sanchuang_cli.kind import Kind
from sanchuang_cli.table import Chart, Column, Table

_BANDS = (0, 60, 65, 70, 75, 80, 85, 90)
"""The first age of each band."""
_SEPARATE = "人、元"


def age_page(assessment: Assessment) -> Table:
    """年龄分布: those who are paid by age, for each benefit; whoever gets two counts once in 合计."""
    benefits = assessment.benefits
    columns = (
        Column("band", "年龄段"),
        *(Column(f"people{i}", f"领取人数/{b.name}", Kind.COUNT, total=True) for i, b in enumerate(benefits)),
        Column("people", "合计", Kind.COUNT, total=True),
    )
    found = [
        {line.decision.record.identity: _band(age(line)) for line in assessment.lines[b.name]}
        for b in benefits
    ]
    counts = [Counter(by_person.values()) for by_person in found]
    everybody = Counter({person: band for by_person in found for person, band in by_person.items()}.values())
    assert everybody.total() == len(assessment.paid), "somebody has no age"
    rows = [
        (_called(band), *(count[band] for count in counts), everybody[band])
        for band in range(min(everybody, default=0), max(everybody, default=-1) + 1)
    ]
    title = f"{assessment.title}领取人员年龄分布"
    paid = tuple(f"people{i}" for i, count in enumerate(counts) if count)
    return Table(
        "年龄分布",
        title,
        columns,
        rows,
        grand_total=True,
        notes=(
            f"年龄为 {assessment.period.last.isoformat()} 的周岁。领取两项{assessment.scheme.noun}的，在合计中只计一次。",
        ),
        chart=Chart(f"{title}（人）", "band", paid, "stacked") if paid else None,
    )


def _band(years: int) -> int:
    return max(i for i, first in enumerate(_BANDS) if years >= first)


def _called(band: int) -> str:
    """不满60岁, 60至64岁 …, 90岁以上."""
    if band == 0:
        return f"不满{_BANDS[1]}岁"
    names = [f"{first}至{following - 1}岁" for first, following in pairwise(_BANDS)]
    return [*names, f"{_BANDS[-1]}岁以上"][band]


def comparison_page(assessment: Assessment) -> Table | None:
    """两期对比: people and money of each township in the last period and in this; None without --previous."""
    if assessment.previous is None or assessment.before is None:
        return None
    people: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    money: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for paid in assessment.previous:
        people[paid.township][0].add(paid.identity)
        money[paid.township][0] += paid.amount
    for decision in assessment.paid:
        people[decision.record.township][1].add(decision.record.identity)
        money[decision.record.township][1] += decision.fen
    rows = []
    for number, township in enumerate(sorted(money, key=assessment.rank), 1):
        fen = money[township]
        before, now = map(len, people[township])
        rows.append((number, township or None, before, now, now - before, *fen, fen[1] - fen[0]))
    assert sum(fen[1] for fen in money.values()) == assessment.fen, "townships do not add up"
    title = f"{assessment.title}与上期对比"
    return Table(
        "两期对比",
        title,
        _COMPARED,
        rows,
        grand_total=True,
        unit=_SEPARATE,
        notes=(f"上期为{assessment.before.period.title}，取自上期花名册。",),
        chart=Chart(f"{title}（金额，元）", "township", ("before", "now"), "bar") if rows else None,
    )


_COMPARED = (
    Column("number", "序号", Kind.COUNT),
    Column("township", "乡镇"),
    Column("people_before", "人数/上期", Kind.COUNT, total=True),
    Column("people_now", "人数/本期", Kind.COUNT, total=True),
    Column("people_change", "人数/增减", Kind.COUNT, total=True, formula="people_now - people_before"),
    Column("before", "金额/上期", Kind.MONEY, total=True),
    Column("now", "金额/本期", Kind.MONEY, total=True),
    Column("change", "金额/增减", Kind.MONEY, total=True, formula="now - before"),
)
