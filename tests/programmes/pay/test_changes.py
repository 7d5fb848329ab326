"""What changed since last month and why: each reason by a case, and the lines add up to the difference to the fen."""

from random import Random
from typing import Any

import pytest

from sanchuang_cli.domain.wages.changes import REASONS, changes
from sanchuang_cli.outcome import Outcome
from tests.counts import FULL
from tests.programmes.cadres import (
    account,
    cadre,
    column,
    editions,
    outcome,
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
