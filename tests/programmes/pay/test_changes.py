"""What changed since last month and why: each reason by a case, and the lines add up to the difference to the fen."""

from random import Random
from typing import Any

import pytest

from sanchuang_cli.domain.wages.changes import REASONS, changes
from sanchuang_cli.domain.wages.policy import Wages
from sanchuang_cli.outcome import Outcome
from sanchuang_cli.policy import PolicyFile
from tests.counts import FULL
from tests.programmes.cadres import (
    account,
    appraisal,
    cadre,
    column,
    editions,
    outcome,
    page,
    unclaimed,
    village,
    whole,
    with_policy,
)


def lines(found: Outcome) -> dict[str, tuple[str, int]]:
    """Reason and difference by name and item."""
    names = (
        f"{name} {item}"
        for name, item in zip(
            column(found, "与上月对比", "name"), column(found, "与上月对比", "item"), strict=True
        )
    )
    told = zip(column(found, "与上月对比", "reason"), column(found, "与上月对比", "more"), strict=True)
    return dict(zip(names, told, strict=True))


def changed(
    before: list[Any], now: list[Any], month: str = "2026-04", **how: Any
) -> dict[str, tuple[str, int]]:
    """What April says of March."""
    march = {key: value for key, value in how.items() if key not in ("cards",)}
    last = outcome(*before, month=f"2026-{int(month[-2:]) - 1:02}", **march)
    return lines(outcome(*now, month=month, last=last, **how))


def test_nothing_is_told_where_nothing_changed() -> None:
    assert changed([cadre(1)], [cadre(1)]) == {}


def test_whoever_comes_and_whoever_goes() -> None:
    before = [cadre(1, ended="2026-03-31"), cadre(2)]
    now = [cadre(1, ended="2026-03-31"), cadre(2), cadre(3, started="2026-04-01")]
    assert changed(before, now) == {
        "李秀英 基本报酬": ("离任", -200000),
        "赵桂兰 基本报酬": ("新任", 200000),
    }


def test_whoever_is_on_no_row_any_more_is_gone_and_told_first() -> None:
    last = outcome(cadre(1), cadre(2), month="2026-03")
    found = outcome(cadre(2), month="2026-04", last=last)
    assert lines(found) == {"李秀英 基本报酬": ("离任", -200000)}
    (finding,) = found.findings
    assert finding.code == "pay.absent" and finding.vanished


def test_whoever_has_another_post() -> None:
    before = [cadre(1, post="副主任", ended="2026-03-31")]
    assert changed(before, [*before, cadre(1, started="2026-04-01", line=9)]) == {
        "李秀英 基本报酬": ("职务变动", 60000)
    }


def test_a_new_standard_and_a_new_years_income() -> None:
    def of(yuan: int, since: str) -> Any:
        return with_policy(
            parts=[{"item": "base", "clause": "月", "per": "month", "yuan": yuan}], effective=since
        )

    by = editions(of(2000, "2012-01-01"), of(2100, "2026-04-01"))
    assert changed([cadre(1)], [cadre(1)], by=by) == {"李秀英 基本报酬": ("调标", 10000)}


def test_a_figure_that_was_put_right_is_a_correction() -> None:
    by = with_policy(
        parts=[{"item": "base", "clause": "月", "per": "month", "classes": {"大": 300, "小": 260}}]
    )
    last = outcome(cadre(1), month="2026-03", by=by, villages=[village("第1村", kind="小")])
    found = outcome(cadre(1), month="2026-04", by=by, villages=[village("第1村", kind="大")], last=last)
    assert lines(found) == {"李秀英 基本报酬": ("更正", 4000)}


def test_a_year_more_in_office() -> None:
    parts = with_policy().editions[0].model_dump()["parts"]
    more = {"item": "seniority", "clause": "年", "per": "month", "service": {"since": "cadre", "yuan": 20}}
    by = with_policy(parts=[*parts, more])
    who = cadre(1, cadre_since="2016-03-10")
    assert changed([who], [who], by=by) == {"李秀英 年限补贴": ("年限", 2000)}


def test_a_suspension_that_begins_and_one_that_ends() -> None:
    by = with_policy(suspension={"pays": "nothing"})
    begins = cadre(1, suspended_from="2026-04-01")
    assert changed([cadre(1)], [begins], by=by) == {"李秀英 基本报酬": ("停职", -200000)}
    ends = cadre(1, suspended_from="2026-01-01", suspended_to="2026-03-31")
    assert changed([ends], [ends], by=by) == {"李秀英 基本报酬": ("停职", 200000)}


def test_whoever_waits_now() -> None:
    got = changed([cadre(1), cadre(2)], [cadre(1), cadre(2)], cards=[unclaimed(1)])
    assert got == {"李秀英 基本报酬": ("待核实", -200000)}
    shared = cadre(1), cadre(2, account=account(1))
    assert set(changed([cadre(1), cadre(2)], list(shared)).values()) == {("待核实", -200000)}


def test_whoever_was_left_out_last_month_is_a_correction() -> None:
    assert changed([cadre(2)], [cadre(1), cadre(2)]) == {"李秀英 基本报酬": ("更正", 200000)}


def of(yuan: int, since: str = "2012-01-01") -> PolicyFile[Wages]:
    part = {"item": "base", "clause": "月", "per": "month", "yuan": yuan}
    return with_policy(parts=[part], effective=since)


def with_years(**blocks: Any) -> PolicyFile[Wages]:
    parts = with_policy().editions[0].model_dump()["parts"]
    service = {"since": "cadre", "yuan": 20}
    more = {"item": "seniority", "clause": "年", "per": "month", "service": service}
    return with_policy(parts=[*parts, more], **blocks)


def helped(yuan: int, since: str = "2012-01-01") -> PolicyFile[Wages]:
    """Whoever is paid elsewhere gets so much."""
    outsiders = {"clause": "选派", "kinds": ["选派"], "allowance": yuan}
    return with_policy(outsiders=outsiders, effective=since)


STAYS, NOTHING = cadre(2), with_policy(suspension={"pays": "nothing"})
DAYS, NEXT = (with_policy(months={"joining": rule}) for rule in ("days", "next"))
DUAL = with_policy(dual={"clause": "兼", "percent": 130})
RESTED = cadre(1, suspended_from="2026-01-01", suspended_to="2026-03-31")
OLD: dict[str, Any] = {"cadre_since": "2016-03-10"}
SAID: list[tuple[list[Any], list[Any], Any, tuple[str, str, int, int, str]]] = [
    ([], [cadre(1, started="2026-04-10")], None, ("新任", "基本报酬", 0, 2000_00, "2026-04-10 到任")),
    ([], [cadre(1, started="2026-03-31")], None, ("更正", "基本报酬", 0, 2000_00, "2026-03-31 起任职，上期没有发")),
    ([], [cadre(1, started="2026-03-10")], NEXT, ("新任", "基本报酬", 0, 2000_00, "2026-03-10 到任")),
    ([], [cadre(1, started="2026-02-10")], NEXT, ("更正", "基本报酬", 0, 2000_00, "2026-02-10 起任职，上期没有发")),
    ([], [RESTED], NOTHING, ("停职", "基本报酬", 0, 2000_00, "停职到 2026-03-31 为止")),
    ([], [cadre(1, suspended_from="2026-01-01", suspended_to="2026-03-01")], NOTHING, ("停职", "基本报酬", 0, 2000_00, "停职到 2026-03-01 为止")),
    ([], [cadre(1, suspended_from="2026-01-01", suspended_to="2026-02-28")], NOTHING, ("更正", "基本报酬", 0, 2000_00, "2021-01-10 起任职，上期没有发")),
    ([cadre(1)], [cadre(1, ended="2026-03-31")], None, ("离任", "基本报酬", 2000_00, 0, "任职 2021-01-10至2026-03-31，2026年4月不在任")),
    ([cadre(1)], [], None, ("离任", "基本报酬", 2000_00, 0, "本期名册里没有这个号码，待核实")),
    ([cadre(1)], [cadre(1, post="护林员")], None, ("待核实", "基本报酬", 2000_00, 0, "本期待核实，没有发放")),
    ([cadre(1)], [cadre(1, kind="选派")], None, ("更正", "基本报酬", 2000_00, 0, "身份类别“选派”")),
    ([cadre(1)], [cadre(1, post="书记兼会计")], DUAL, ("职务变动", "兼职加发", 0, 600_00, "本期兼两职")),
    ([cadre(1, post="书记兼会计")], [cadre(1)], DUAL, ("职务变动", "兼职加发", 600_00, 0, "本期不再兼两职")),
    ([cadre(1, **OLD)], [cadre(1, **OLD)], editions(with_years(), of(2000, "2026-04-01")), ("调标", "年限补贴", 180_00, 0, "本期没有年限补贴")),
    ([cadre(1, kind="选派")], [cadre(1, kind="选派")], editions(helped(300), helped(400, "2026-04-01")), ("调标", "选派补助", 300_00, 400_00, "400 元")),
    ([cadre(1)], [cadre(1, suspended_from="2026-04-01")], NOTHING, ("停职", "基本报酬", 2000_00, 0, "停职 2026-04-01至今")),
    ([cadre(1, **OLD)], [cadre(1, suspended_from="2026-04-01", **OLD)], with_years(), ("停职", "年限补贴", 180_00, 0, "本期整月停职")),
    ([cadre(1, suspended_from="2026-01-01", **OLD)], [cadre(1, suspended_from="2026-01-01", suspended_to="2026-03-31", **OLD)], with_years(), ("停职", "年限补贴", 0, 200_00, "停职已经结束")),
    ([cadre(1, post="副主任")], [cadre(1)], None, ("职务变动", "基本报酬", 1400_00, 2000_00, "由副主任改任书记")),
    ([cadre(1, started="2026-03-16")], [cadre(1, started="2026-03-16")], DAYS, ("新任", "基本报酬", 1032_26, 2000_00, "上期不足整月，本期整月")),
    ([cadre(1)], [cadre(1, ended="2026-04-10")], DAYS, ("离任", "基本报酬", 2000_00, 666_67, "2026-04-10 离任")),
    ([cadre(1)], [cadre(1, started="2026-04-16")], DAYS, ("新任", "基本报酬", 2000_00, 1000_00, "2026-04-16 到任")),
    ([cadre(1)], [cadre(1)], editions(of(2000), of(2100, "2026-04-01")), ("调标", "基本报酬", 2000_00, 2100_00, "2100 元")),
    ([cadre(1, **OLD)], [cadre(1, **OLD)], with_years(), ("年限", "年限补贴", 180_00, 200_00, "2016-03-10 起任职，至 2026-04-01 满 10 年 × 20 = 200 元")),
]  # fmt: skip
"""March, April and the document; then the reason, the item, both sums and the words."""


@pytest.mark.parametrize(("before", "now", "by", "told"), SAID)
def test_a_change_says_its_reason_in_words_with_both_sums(
    before: list[Any], now: list[Any], by: Any, told: tuple[str, str, int, int, str]
) -> None:
    last = outcome(*before, STAYS, month="2026-03", by=by)
    table = page(outcome(*now, STAYS, month="2026-04", by=by, last=last), "与上月对比")
    names = ("township", "village", "name", "identity", "reason", "item", "before", "current", "said", "more")
    rows = ([row[table.index(name)] for name in names] for row in table.rows)
    (row,) = (row for row in rows if row[2] == "李秀英")
    assert tuple(row[4:9]) == told
    assert row[:4] == ["青禾镇", "第1村", "李秀英", cadre(1).identity]
    assert row[9] == told[3] - told[2]


@pytest.mark.parametrize(
    ("kinds", "said"), [(("本村", "选派"), "身份类别“选派”"), (("选派", "本村"), "身份类别“本村”")]
)
def test_whoever_is_paid_elsewhere_now_or_no_longer_is_told_by_it_in_both_sums(
    kinds: tuple[str, str], said: str
) -> None:
    before, now = (cadre(1, kind=kind) for kind in kinds)
    last = outcome(before, month="2026-03", by=helped(300))
    told = {
        one.item: (one.reason, one.more, one.said)
        for one in changes(whole(now, month="2026-04", by=helped(300), last=last))
    }
    sign = 1 if now.kind == "本村" else -1
    assert told == {
        "基本报酬": ("更正", sign * 2000_00, said),
        "选派补助": ("更正", sign * -300_00, said),
    }


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ([], [cadre(1)], "上期 2000.00 ＋ 2000.00 = 本期 4000.00（元）。只列有变动的项目。"),
        ([cadre(1)], [], "上期 4000.00 − 2000.00 = 本期 2000.00（元）。只列有变动的项目。"),
        ([], [], "上期 2000.00 ＋ 0.00 = 本期 2000.00（元）。只列有变动的项目。"),
    ],
)
def test_the_page_says_how_last_months_sum_becomes_this_months(
    before: list[Any], now: list[Any], told: str
) -> None:
    last = outcome(*before, STAYS, month="2026-03")
    assert page(outcome(*now, STAYS, month="2026-04", last=last), "与上月对比").notes == (told,)


def test_without_last_months_result_there_is_no_such_page() -> None:
    assert "与上月对比" not in [table.name for table in outcome(STAYS).tables]


def test_what_is_paid_once_a_year_says_the_grade_and_then_that_it_was_last_months() -> None:
    graded: dict[str, Any] = {"appraisals": [appraisal(1, "优秀"), appraisal(2, "良好")]}
    people = cadre(1), cadre(2)
    january = outcome(*people, month="2026-01")
    february = outcome(*people, month="2026-02", last=january, **graded)
    march = outcome(*people, month="2026-03", last=february)

    def told(found: Outcome) -> list[tuple[Any, ...]]:
        names = ("reason", "item", "before", "current", "said")
        return list(zip(*(column(found, "与上月对比", name) for name in names), strict=True))

    assert told(february) == [
        ("等次", "绩效", 0, 21_638_40, "2025 年 优秀 140%"),
        ("等次", "绩效", 0, 15_456_00, "2025 年 良好 100%"),
    ]
    assert told(march) == [
        ("等次", "绩效", 21_638_40, 0, "绩效一年一次，上期发的"),
        ("等次", "绩效", 15_456_00, 0, "绩效一年一次，上期发的"),
    ]


def test_changes_stand_by_reason_then_township_village_and_name() -> None:
    """One who is new, one who left and one of another township; the county says no order of townships."""
    before = [cadre(1), cadre(2), cadre(3, township="望河乡")]
    comes: dict[str, Any] = {"started": "2026-04-01", "village": "第0村"}
    now = [cadre(4, **comes), cadre(5, post="会计", **comes)]
    last = outcome(*before, month="2026-03")
    found = outcome(*now, month="2026-04", last=last)
    lines = zip(
        *(column(found, "与上月对比", name) for name in ("reason", "township", "village", "name")),
        strict=True,
    )
    assert list(lines) == [
        ("新任", "青禾镇", "第0村", "刘玉梅"),
        ("新任", "青禾镇", "第0村", "陈永福"),
        ("离任", "望河乡", "第3村", "赵桂兰"),
        ("离任", "青禾镇", "第1村", "李秀英"),
        ("离任", "青禾镇", "第2村", "王志强"),
    ]


COUNTIES = 300 if FULL else 8


@pytest.mark.parametrize("seed", range(COUNTIES))
def test_the_lines_add_up_to_the_difference_whatever_happened(seed: int) -> None:
    """`changes` refuses to be read where they do not; here the page is added up beside the two months' sums."""
    dice = Random(seed)
    by = with_policy(months={"joining": dice.choice(("whole", "next", "days", "thirtieths"))})

    def somebody(number: int) -> Any:
        post = dice.choice(("书记", "副主任", "会计", "护林员" if dice.random() < 0.2 else "文书"))
        start = dice.choice(("2021-01-10", "2026-03-16", "2026-04-03"))
        end = dice.choice((None, None, "2026-03-20", "2026-04-11", "2026-05-01"))
        rests: dict[str, Any] = {"suspended_from": "2026-03-01"} if dice.random() < 0.2 else {}
        return cadre(number, post=post, started=start, ended=end if end and end > start else None, **rests)

    march, april = ([somebody(n) for n in range(1, 15) if dice.random() < 0.85] for _ in range(2))
    last = outcome(*march, month="2026-03", by=by)
    found = outcome(*april, month="2026-04", by=by, last=last)
    before, now = sum(column(last, "报酬发放表", "fen")), sum(column(found, "报酬发放表", "fen"))
    told = column(found, "与上月对比", "more") if before or now else []
    assert sum(told) == now - before
    given = changes(whole(*april, month="2026-04", by=by, last=last))
    assert {one.reason for one in given} <= set(REASONS) and all(one.said for one in given)
