"""All that is said of a step: its state and day, each check with its arithmetic, weight and cells, and what falls due of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sanchuang_cli.domain.process.lengths import Length
from sanchuang_cli.domain.process.nodes import Process
from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.domain.process.turns import Every, in_turn
from sanchuang_cli.domain.process.verdict import Check
from tests.domain.process.development import Block, deadline, earliest, node, process, record, vague
from tests.goldens.written import golden

SINCE = date(2000, 1, 1)
RULES = {
    "deadline": deadline("甲", "第一条", months=3) | {"at_most": {"months": 6}},
    "strict": deadline("甲", "第一条", months=3),
    "earliest": earliest("甲", "第二条", months=3),
    "window": {"kind": "window", "after": "甲", "clause": "第三条", "opens": {"months": 6}, "closes": {"years": 1}},
    "posted": earliest("甲", "第四条", working_days=5, first_day="counted"),
    "answered": deadline("甲", "第五条", working_days=5, first_day="not-counted"),
    "answered, in special cases": deadline("甲", "第五条", working_days=5, first_day="not-counted") | {"at_most": {"working_days": 8, "first_day": "not-counted"}},
    "when": deadline("甲", "第六条", months=3) | {"when": "戊"},
    "unless": deadline("甲", "第六条", months=3) | {"unless": "延长月数"},
    "months in": deadline("甲", "第七条", months_in="期限月", plus=["延长月数"]),
    "exempt": deadline("甲", "第八条", months=3) | {"exempt": [{"first": date(2020, 1, 1), "last": date(2020, 6, 15)}]},
    "local": deadline("甲", "本县办法", "local", months=3),
    "normally": deadline("甲", "第九条", "normally", months=3),
    "bare": deadline("甲", "", months=3),
}  # fmt: skip
"""A limit of 乙 each, which runs from 甲."""


def of(rule: str) -> Process:
    """甲, then 乙 by a limit."""
    nodes = [node("甲"), node("戊"), node("乙", clause="第十条", limits=(RULES[rule],))]
    return process(nodes, numbers=["延长月数", "期限月"])


def said(
    editions: Sequence[tuple[date, Process]], on: str, name: str, dates: Mapping[str, str]
) -> Iterator[str]:
    """A line for the step, one for each of its checks, and one for what falls due."""
    table, day = Timetable(editions), date.fromisoformat(on)
    step = table.judged(record(dates), day)[name]
    signs = "推算" * step.derived, "已办" * step.done, "自到" * step.ends, "暂定" * step.provisional
    yield " ".join(
        filter(None, (step.step, step.state, str(step.day or ""), step.why or "", step.clause, *signs))
    )
    yield from map(_checked, step.checks)
    for due in table.deadlines(record(dates), day):
        if due.step == name:
            more = due.clause, "、".join(map(str, due.guessed)), "自到" * due.ends, "暂定" * due.provisional
            days = f"{due.opens} 起 {due.day} 止 至多 {due.last} 余 {due.left(day)}"
            yield " ".join(filter(None, ("到期：", due.state, days, f"“{due.after}”", *more)))


def _checked(check: Check) -> str:
    weight = check.severity.label if check.severity else "—"
    return f"{weight}｜{check.kind} {check.level}｜{check}｜{check.sums}｜{'、'.join(check.reads)}｜{check.due}｜{check.why or ''}"


CASES = [
    ("deadline", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-04-30"}),
    ("deadline", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-02"}),
    ("deadline", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-08-03"}),
    ("deadline", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-04"}),
    ("deadline", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05"}),
    ("deadline", "2026-12-31", {"甲": "2026-01", "乙": "2026-09"}),
    ("deadline", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-07"}),
    ("deadline", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-08"}),
    ("deadline", "2026-04-30", {"甲": "2026-01-31", "乙": ""}),
    ("deadline", "2026-05-03", {"甲": "2026-01-31", "乙": ""}),
    ("deadline", "2026-08-02", {"甲": "2026-01-31", "乙": ""}),
    ("deadline", "2026-07-20", {"甲": "2026-01", "乙": ""}),
    ("deadline", "2026-05-03", {"甲": "2026-01-31"}),
    ("strict", "2026-05-03", {"甲": "2026-01-31", "乙": ""}),
    ("strict", "2026-05-03", {"甲": "2026-01-31", "乙": "2026-05-04"}),
    ("strict", "2026-05-03", {"甲": "2026-01-31", "乙": "2026-05"}),
    ("strict", "2026-05-03", {"甲": "2026-01-31", "乙": "?"}),
    ("earliest", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-04-28"}),
    ("earliest", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-04-30"}),
    ("earliest", "2026-12-31", {"甲": "2026-01", "乙": "2026-03"}),
    ("earliest", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-04"}),
    ("earliest", "2026-04-29", {"甲": "2026-01-31", "乙": ""}),
    ("earliest", "2026-04-30", {"甲": "2026-01-31", "乙": ""}),
    ("earliest", "2026-04-10", {"甲": "2026-01", "乙": ""}),
    ("window", "2026-12-31", {"甲": "2025-01-31", "乙": "2025-07-30"}),
    ("window", "2026-12-31", {"甲": "2025-01-31", "乙": "2026-02-01"}),
    ("window", "2026-12-31", {"甲": "2025-01-31", "乙": "2025-07"}),
    ("window", "2026-12-31", {"甲": "2025-01-31", "乙": "2026-01"}),
    ("window", "2025-07-30", {"甲": "2025-01-31", "乙": ""}),
    ("window", "2025-07-31", {"甲": "2025-01-31", "乙": ""}),
    ("window", "2026-02-01", {"甲": "2025-01-31", "乙": ""}),
    ("posted", "2026-12-31", {"甲": "2026-05-18", "乙": "2026-05-21"}),
    ("posted", "2026-12-31", {"甲": "2026-05-18", "乙": "2026-05-22"}),
    ("posted", "2026-12-31", {"甲": "2026-05-18", "乙": "2026-05-25"}),
    ("answered", "2026-12-31", {"甲": "2026-05-18", "乙": "2026-05-22"}),
    ("answered", "2026-12-31", {"甲": "2026-05-18", "乙": "2026-05-25"}),
    ("answered", "2026-12-31", {"甲": "2026-05-18", "乙": "2026-05-26"}),
    ("answered", "2030-12-31", {"甲": "2030-05-20", "乙": "2030-05-27"}),
    ("answered", "2030-05-24", {"甲": "2030-05-20", "乙": ""}),
    ("answered", "2031-01-03", {"甲": "2030-12-30", "乙": ""}),
    ("answered, in special cases", "2026-12-31", {"甲": "2026-05-18", "乙": "2026-05-28"}),
    ("answered, in special cases", "2026-12-31", {"甲": "2026-05-18", "乙": "2026-05-29"}),
    ("when", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-04", "戊": "2026-01-01"}),
    ("when", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-04", "戊": ""}),
    ("when", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-04", "戊": "?"}),
    ("unless", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-04", "延长月数": "3月"}),
    ("unless", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-04", "延长月数": "0月"}),
    ("unless", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-04", "延长月数": "?"}),
    ("months in", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-31", "期限月": "3月"}),
    ("months in", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-31", "期限月": "3月", "延长月数": "1月"}),
    ("months in", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-31", "延长月数": "1月"}),
    ("months in", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-31", "期限月": "-3月"}),
    ("months in", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-31", "期限月": "3月", "延长月数": "?"}),
    ("exempt", "2026-12-31", {"甲": "2020-06-15", "乙": "2021-01-01"}),
    ("exempt", "2026-12-31", {"甲": "2020-06-16", "乙": "2021-01-01"}),
    ("exempt", "2026-12-31", {"甲": "2020-06", "乙": "2020-09-16"}),
    ("exempt", "2026-12-31", {"甲": "2020-06", "乙": "2021-01-01"}),
    ("exempt", "2026-12-31", {"甲": "2020", "乙": "2020-01-31"}),
    ("exempt", "2020-12-31", {"甲": "2020-06-15", "乙": ""}),
    ("local", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-04"}),
    ("normally", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-04"}),
    ("normally", "2026-12-31", {"甲": "2026-01-31", "乙": ""}),
    ("bare", "2026-12-31", {"甲": "2026-01-31", "乙": "2026-05-04"}),
    ("strict", "2026-12-31", {"甲": "", "乙": "2026-05-04"}),
    ("strict", "2026-12-31", {"甲": "", "乙": ""}),
    ("strict", "2026-12-31", {"乙": "2026-05-04"}),
    ("strict", "2026-12-31", {"甲": "2027-01-01", "乙": "2026-05-04"}),
    ("strict", "2026-12-31", {"甲": "1999-12-01", "乙": "1999-12-31"}),
]  # fmt: skip


def falls(after: str, clause: str, longer: bool = False, **length: Any) -> Block:
    return {"after": after, "clause": clause, "longer": longer, "length": length}


def two(first: Block, then: Block) -> list[tuple[date, Process]]:
    """乙 by one limit, and from July 2020 on by another."""
    return [
        (since, process([node("甲"), node("乙", clause=limit["clause"], limits=(limit,))]))
        for since, limit in ((SINCE, first), (date(2020, 7, 1), then))
    ]


def falling(first: Block, then: Block) -> list[tuple[date, Process]]:
    """止 comes so long after 起, and of what begins from July 2020 on so long."""
    return [
        (since, process([node("起"), node("止", falls=[fall])]))
        for since, fall in ((SINCE, first), (date(2020, 7, 1), then))
    ]


WAITED = process(
    [
        node("甲"),
        node("乙", "甲", clause="一"),
        node("丙", "乙", clause="二", optional=True),
        node("丁", "丙", clause="三", required=True),
        node("戊", "丁", clause="四", by_hand=True, level="local"),
        node("己", "戊", clause="五", planned=True),
    ]
)
SCENES: dict[str, tuple[Sequence[tuple[date, Process]], str, str, list[dict[str, str]]]] = {
    "a term": ([(SINCE, process([node("起"), node("止", clause="届", falls=[falls("起", "五年", years=5, day_before=True)])]))], "2026-06-02", "止", [
        {"起": "2021-06-03"}, {"起": "2021-06-02"}, {"起": "2021-06"}, {"起": "2021-06-03", "止": "2026-06-02"}, {"起": "2021-06-03", "止": "2026-06-03"},
        {"起": "2021-06-03", "止": "2026-05-31"}, {"起": ""}, {"起": "", "止": "2026-07-01"}, {}, {"起": "?"}, {"起": "1999-12-31"}, {"起": "2030-01-01"},
    ]),
    "a posting": ([(SINCE, process([node("起"), node("止", falls=[falls("起", "公示", longer=True, working_days=5, first_day="counted")])], holidays=["2026-05-20"], workdays=["2026-05-23"]))], "2026-12-31", "止", [
        {"起": "2026-05-18"}, {"起": "2026-05-18", "止": "2026-05-22"}, {"起": "2026-05-18", "止": "2026-05-23"}, {"起": "2026-05-18", "止": "2026-06-30"},
        {"起": "2031-01-01", "止": ""},
    ]),
    "a posting that reaches into a year without announced holidays": ([(SINCE, process([node("起"), node("止", falls=[falls("起", "公示", working_days=5, first_day="counted")])]))], "2030-12-31", "止", [
        {"起": "2030-05-20"}, {"起": "2030-12-30"}, {"起": "2030-05"},
    ]),
    "a term that some days began without": ([(SINCE, process([node("起"), node("止", falls=[falls("起", "一年", years=1) | {"exempt": [{"first": date(2020, 1, 1), "last": date(2020, 6, 15)}], "when": "转"}]), node("转")]))], "2026-06-02", "止", [
        {"起": "2020-06-15", "转": "2019-01-01"}, {"起": "2020-06-16", "转": "2019-01-01"}, {"起": "2020-06", "转": "2019-01-01"}, {"起": "2020-06-16", "转": ""},
        {"起": "2020-06-16", "转": "?"}, {"起": "2020-06-16", "转": "", "止": ""},
    ]),
    "terms of two editions": (falling(falls("起", "旧", years=3), falls("起", "新", years=5)), "2026-06-02", "止", [
        {"起": "2020-06-30"}, {"起": "2020-07-01"}, {"起": "2020"}, {"起": "2023-06"},
    ]),
    "terms that only the later edition has": ([(SINCE, process([node("起"), node("止")])), (date(2020, 7, 1), process([node("起"), node("止", falls=[falls("起", "新", years=5)])]))], "2026-06-02", "止", [
        {"起": "2020-06-30"}, {"起": "2020-07-01"}, {"起": "2020"}, {"起": "2020-06"},
    ]),
    "postings of two editions": (falling(falls("起", "旧", working_days=5, first_day="counted"), falls("起", "新", days=7)), "2020-07-03", "止", [
        {"起": "2020-06-30"}, {"起": "2020-07-01"}, {"起": "2020-06"}, {"起": "2020"},
    ]),
    "a deadline of two editions": (two(deadline("甲", "旧", months=1) | {"at_most": {"months": 2}}, deadline("甲", "新", months=2) | {"at_most": {"months": 4}}), "2026-06-02", "乙", [
        {"甲": "2020-03-01", "乙": "2020-06-30"}, {"甲": "2020-03-01", "乙": "2020-07-01"}, {"甲": "2020-01-01", "乙": "2020-06-30"}, {"甲": "2019-06-01", "乙": "2020"},
        {"甲": "2020-05-10", "乙": "2020"}, {"甲": "2020-06-01", "乙": ""},
    ]),
    "waits of two editions": (two(earliest("甲", "旧", months=3), earliest("甲", "新", months=6)), "2026-06-02", "乙", [
        {"甲": "2020-05-01", "乙": "2020"}, {"甲": "2020-12-01", "乙": "2020"}, {"甲": "2019-12-01", "乙": "2020-06"}, {"甲": "2020-06-01", "乙": ""},
    ]),
    "windows of two editions": (two(RULES["window"] | {"clause": "旧"}, RULES["window"] | {"clause": "新", "opens": {"months": 3}}), "2026-06-02", "乙", [
        {"甲": "2019-06-01", "乙": "2020"}, {"甲": "2021-06-01", "乙": "2020"}, {"甲": "2018-06-01", "乙": "2020"},
    ]),
    "a step that an edition drops": ([(SINCE, process([node("甲"), node("乙", "甲", clause="旧")])), (date(2020, 7, 1), process([node("甲")]))], "2020-07-01", "乙", [
        {"甲": "2020-05-01", "乙": ""}, {"甲": "2020-05-01", "乙": "2020-06-30"}, {"甲": "2020-05-01", "乙": "2020-07-01"}, {"甲": "2020-05-01", "乙": "2020"},
    ]),
    "before the first edition": ([(SINCE, of("strict"))], "1999-12-31", "乙", [{"甲": "1999-12-01", "乙": ""}, {"甲": "1999-12-01", "乙": "1999-12-31"}]),
    "working days of two editions": (two(RULES["answered"] | {"clause": "旧"}, RULES["answered"] | {"clause": "新", "within": {"working_days": 9, "first_day": "not-counted"}}), "2020-07-20", "乙", [
        {"甲": "2020-06-10", "乙": "2020-07"}, {"甲": "2020-06-10", "乙": "2020"}, {"甲": "2020-06-29", "乙": ""},
    ]),
    "a limit that an edition drops": (two(deadline("甲", "旧", months=1), earliest("甲", "新", months=1)), "2026-06-02", "乙", [
        {"甲": "2020-05-01", "乙": "2020"}, {"甲": "2019-05-01", "乙": "2020"}, {"甲": "2020-06-20", "乙": "2020"},
    ]),
}  # fmt: skip
WAITING = [
    ("乙", {"甲": "2026-03-01", "乙": ""}),
    ("乙", {"甲": "", "乙": ""}),
    ("乙", {"甲": "2026-03-01", "乙": "2026-02-01"}),
    ("乙", {"甲": "2026-03", "乙": "2026-03-10"}),
    ("乙", {"甲": "2026-03-01", "乙": "", "丙": "2026-04-01", "丁": "2026-03-15"}),
    ("丙", {"甲": "2026-03-01", "乙": "", "丙": "", "丁": "2026-03-15"}),
    ("丁", {"甲": "2026-03-01", "乙": "2026-03-02", "丙": "", "丁": ""}),
    ("丁", {"甲": "2026-03-01", "乙": "", "丙": "", "丁": ""}),
    ("丁", {"甲": "2026-03-01", "丙": "", "丁": ""}),
    ("丁", {"甲": "2026-03-01", "乙": "2026-03-09", "丙": "", "丁": "2026-03-05"}),
    ("丁", {"甲": "2026-03-09", "乙": "", "丙": "2026-03-06", "丁": "2026-03-05"}),
    ("丁", {"甲": "2026-03-01", "丁": "", "戊": "2026-05-01"}),
    ("丁", {"甲": "2026-03-01", "丁": "", "戊": "2026-07-01"}),
    ("戊", {"丁": "2026-03-01", "戊": ""}),
    ("戊", {"丁": "", "戊": ""}),
    ("戊", {"丁": "2026-03-05", "戊": "2026-03-01"}),
    ("戊", {"丁": "2026-03-05", "戊": "", "己": "2026-04-01"}),
    ("己", {"戊": "2026-03-05", "己": "2026-06-02"}),
    ("己", {"戊": "2026-03-05", "己": "2026-06-01"}),
    ("己", {"戊": "2026-03-05", "己": "2026-06"}),
    ("己", {"戊": "2026-03-05", "己": "2026-03-04"}),
]  # fmt: skip


TURNS: list[tuple[str, Mapping[str, Any], str, tuple[str, ...]]] = [
    ("", {"months": 1}, "2026-03-31", ("2026-03-10", "2026-01-05", "2026-02-04")),
    ("2026-01-01", {"months": 1}, "2026-03-31", ("2026-02-01", "2026-03", "2026-04-02")),
    ("2026-01-01", {"months": 1}, "2026-02-01", ()),
    ("2026-01-01", {"months": 1}, "2026-02-02", ()),
    ("2026-01", {"months": 1}, "2026-02-10", ("2026-02-05",)),
    ("2030-12-27", {"working_days": 5, "first_day": "not-counted"}, "2031-01-10", ("2031-01-03", "2031-01-06")),
    ("", {"days": 7}, "2026-02-02", ()),
]  # fmt: skip


def _turned(since: str, within: Mapping[str, Any], on: str, days: Sequence[str]) -> Iterator[str]:
    rule = Every(name="走访", clause="定期走访", within=Length.model_validate(within), level="local")
    checks, due = in_turn(rule, vague(since) if since else None, [*map(vague, days)], date.fromisoformat(on))
    yield f"== in turn，{on}：从 {since} 起，{'，'.join(days)}"
    yield from map(_checked, checks)
    if due:
        yield f"到期：{due.state} {due.step} {due.day} “{due.after}” {due.clause} {due.guessed}"


def told() -> Iterator[str]:
    """Each case with what is said of it."""
    for rule, on, dates in CASES:
        yield _headed(rule, on, dates)
        yield from said([(SINCE, of(rule))], on, "乙", dates)
    for scene, (editions, on, name, records) in SCENES.items():
        for dates in records:
            yield _headed(scene, on, dates)
            yield from said(editions, on, name, dates)
    for name, dates in WAITING:
        yield _headed(f"{name} among others", "2026-06-02", dates)
        yield from said([(SINCE, WAITED)], "2026-06-02", name, dates)
    for turn in TURNS:
        yield from _turned(*turn)


def _headed(case: str, on: str, dates: Mapping[str, str]) -> str:
    cells = "，".join(f"{name} {day or '空白'}" for name, day in dates.items())
    return f"== {case}，{on}：{cells}"


def test_all_that_is_said_of_a_step_by_each_sort_of_rule() -> None:
    assert [*told()] == golden("steps")
