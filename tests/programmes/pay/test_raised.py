"""A new standard from a day within a month: what it pays, what is withheld beside it, and what the next month says of it."""

from typing import Any

import pytest

from sanchuang_cli.domain.wages.changes import changes
from sanchuang_cli.policy import PolicyFile
from tests.programmes.cadres import cadre, column, editions, outcome, wages, whole, with_policy
from tests.programmes.pay.test_explained import lines

SERVICE = {"since": "cadre", "yuan": 20}


def edition(yuan: int, since: str, raised: str = "days", year: int = 20, **blocks: Any) -> PolicyFile[Any]:
    base = {"item": "base", "clause": f"主职 {yuan} 元", "per": "month", "yuan": yuan}
    years = {
        "item": "seniority",
        "clause": "年",
        "per": "month",
        "service": SERVICE | {"yuan": year},
        "shared": False,
    }
    months = {"clause": "四", "joining": "days", "raised": raised}
    return with_policy(parts=[base, years], months=months, effective=since, performance=None, **blocks)


def raised(**later: Any) -> PolicyFile[Any]:
    """2400 yuan, and 2750 from 16 July on."""
    return editions(edition(2400, "2025-01-01"), edition(2750, "2026-07-16", **later))


RAISED = raised()
OLD: dict[str, Any] = {"cadre_since": "2015-01-01"}


def told(who: Any, month: str, by: PolicyFile[Any] = RAISED) -> dict[str, tuple[str, str]]:
    """Reason and words by item, of somebody in a month beside the one before."""
    last = outcome(who, month=f"2026-{int(month[-2:]) - 1:02}", by=by)
    return {one.item: (one.reason, one.said) for one in changes(whole(who, month=month, by=by, last=last))}


BASE = "基本报酬"
CUT = "2400 元 × (15/31) 个月 + 2750 元 × (16/31) 个月"


def test_the_month_of_the_raise_and_the_one_after_it_are_both_a_raise() -> None:
    assert told(cadre(1, **OLD), "2026-07") == {BASE: ("调标", CUT)}
    assert told(cadre(1, **OLD), "2026-08") == {BASE: ("调标", "2750 元，上期自 2026-07-16 起才按这一标准")}
    assert told(cadre(1, **OLD), "2026-09") == {}


def test_a_raise_that_rules_from_the_next_month_is_one_in_that_month() -> None:
    by = raised(raised="month")
    assert told(cadre(1, **OLD), "2026-07", by) == {}
    assert told(cadre(1, **OLD), "2026-08", by) == {BASE: ("调标", "2750 元")}


def test_whoever_came_in_the_month_of_the_raise_has_a_whole_month_after_it() -> None:
    came = cadre(1, started="2026-07-11", **OLD)
    assert wages(came, month="2026-07", by=RAISED)[0].withheld == 2580_65 + 220_00 - 1806_45 - 149_03
    assert told(came, "2026-08") == dict.fromkeys((BASE, "年限补贴"), ("新任", "上期不足整月，本期整月"))


@pytest.mark.parametrize(
    ("month", "withheld"), [("2026-07", 220_00), ("2026-08", 220_00), ("2026-06", 220_00)]
)
def test_what_a_suspension_withholds_is_told_in_the_month_of_a_raise_too(month: str, withheld: int) -> None:
    rests = cadre(1, suspended_from="2026-06-01", **OLD)
    assert column(outcome(rests, month=month, by=RAISED), "报酬发放表", "withheld") == [withheld]


def test_a_base_that_a_suspension_leaves_is_raised_like_any_other() -> None:
    """Only what it takes has to do with it, when it begins and when it ends."""
    begins = told(cadre(1, suspended_from="2026-07-10", **OLD), "2026-08")
    ends = told(cadre(1, suspended_from="2026-07-01", suspended_to="2026-07-31", **OLD), "2026-08")
    assert (begins[BASE][0], begins["年限补贴"]) == ("调标", ("停职", "本期整月停职"))
    assert (ends[BASE][0], ends["年限补贴"]) == ("调标", ("停职", "停职已经结束"))


def test_more_for_each_year_is_a_raise_and_a_year_more_is_one_of_service() -> None:
    by = editions(edition(2400, "2025-01-01"), edition(2400, "2026-08-01", year=25))
    assert told(cadre(1, **OLD), "2026-08", by)["年限补贴"][0] == "调标"
    assert told(cadre(1, cadre_since="2015-08-01"), "2026-08")["年限补贴"][0] == "年限"


DUAL: dict[str, Any] = {"dual": {"clause": "一肩挑", "percent": 110}}
TWICE = editions(edition(2400, "2025-01-01", **DUAL), edition(2750, "2026-07-16", **DUAL))


def test_what_a_second_post_adds_is_taken_of_the_exact_base_and_rounded_once() -> None:
    """2400 × 15/31 + 2750 × 16/31 is 2580.645…, a tenth of it 258.0645…, and both together 2838.71."""
    (one,) = wages(cadre(1, post="书记兼会计", **OLD), month="2026-07", by=TWICE)
    assert (one.component("base"), one.component("dual")) == (2580_65, 258_06)


def test_an_explanation_says_each_standard_with_its_day_and_how_the_sum_is_made() -> None:
    found = lines(cadre(1, post="书记兼会计", **OLD), month="2026-07", by=TWICE)
    assert found[f"2026-07 {BASE}"][0] == f"1 日至 31 日在任，计 1 个月：{CUT} = 2580.65 元"
    assert found["2026-07 兼职加发"][0] == f"兼职按 110%，另加 （{CUT}）× 10% = 258.06 元"
