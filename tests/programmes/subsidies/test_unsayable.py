"""What a document cannot mean is refused before anybody is judged, with the words that say what to write instead."""

import re
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from tests.programmes.people import CADRE, cadre, only

TERM = {"since": date(1949, 10, 1), "months": 36}
VETERAN = {"name": "优抚", "clause": "四", "column": "优抚对象"}


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"must_be": True, "since": "死亡日期"}, "条件“优抚”写了 since，还要写 stop"),
        ({"must_be": True, "stop": "month_after"}, "条件“优抚”写了 stop，还要写 since"),
        ({"column": "户口性质", "accept": ["农村", "城郊"], "refuse": ["城镇", "城郊"]}, "条件“优抚”的“城郊”既在 accept 又在 refuse，只留一处"),
    ],
)  # fmt: skip
def test_a_condition_that_says_half_of_something_or_two_things_is_refused(
    condition: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        only(CADRE, lambda benefit: benefit["condition"].append(VETERAN | condition))


@pytest.mark.parametrize(
    ("age", "said"),
    [
        ({"mode": "as_of"}, 'mode = "as_of" 与 as_of（截至日期）应同时写明'),
        ({"as_of": date(2012, 7, 1)}, 'mode = "as_of" 与 as_of（截至日期）应同时写明'),
        ({"stop": "month_of"}, "age 里的 stop 说到岁数以后何时停，要和 until_male、until_female 一起写"),
    ],
)
def test_an_age_that_says_half_of_something_is_refused(age: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        cadre(age=age)


IN_OFFICE = {"leaving": "in_office", "rate_post": "best_tier"}


@pytest.mark.parametrize(
    ("service", "said"),
    [
        ({"rounding": "terms"}, 'rounding = "terms" 与 terms（每届几个月，自何时起）应同时写明'),
        ({"terms": [TERM]}, 'rounding = "terms" 与 terms（每届几个月，自何时起）应同时写明'),
        ({"months": "days"}, 'months = "days" 与 days_in_month（零头几天折一月）应同时写明'),
        ({"days_in_month": 30}, 'months = "days" 与 days_in_month（零头几天折一月）应同时写明'),
        ({"months": "days", "days_in_month": 30, "rounding": "terms", "terms": [TERM]}, '按届计算时 months 应为 "both_ends" 或 "end_excluded"'),
        ({"rate_post": "each_post", "accumulate": "longest"}, 'rate_post = "each_post" 只能用 accumulate = "union"，届期只能有一种'),
        ({"leaving": "month_after", "taking": "month_after"}, 'taking、stop（任职、离任何时起算）只用于 leaving = "in_office"'),
        (IN_OFFICE | {"left_before": date(2009, 1, 1)}, 'leaving = "in_office" 时不能写 left_before'),
        (IN_OFFICE | {"stated_years": "use"}, 'stated_years 只能是 "check"'),
        ({"rounding": "terms", "terms": [TERM | {"since": date(1990, 1, 1)}, TERM]}, "terms 应按 since 先后排列，不重复"),
        ({"rounding": "terms", "terms": [TERM, TERM]}, "terms 应按 since 先后排列，不重复"),
    ],
)  # fmt: skip
def test_service_that_cannot_be_counted_in_one_way_is_refused(service: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        cadre(service=service)


FLAT = {"by": "nothing", "tier": [{"rate": 100}]}


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ({"tier": [{"at_least": 10, "rate": 100, "every": 3}]}, "写了 every（每几年、几届）就要写 each（加多少）"),
        ({"by": "column", "column": "入党日期", "tier": [{"at_least": date(1990, 1, 1), "each": 5}]}, "按日期分档时不能写 each"),
        (FLAT | {"per": "year"}, '按年的标准（per = "year"）与 year_paid（"monthly" 或 "lump"）应同时写明'),
        (FLAT | {"year_paid": "monthly"}, '按年的标准（per = "year"）与 year_paid（"monthly" 或 "lump"）应同时写明'),
        (FLAT | {"per": "year", "year_paid": "lump"}, 'year_paid = "lump" 与 payment_month（几月发）应同时写明'),
        (FLAT | {"per": "year", "year_paid": "monthly", "payment_month": 12}, 'year_paid = "lump" 与 payment_month（几月发）应同时写明'),
        ({"by": "column", "tier": [{"at_least": 10, "rate": 100}]}, 'by = "years_since" 或 "column" 与 column（哪一列）应同时写明'),
        (FLAT | {"column": "入党日期"}, 'by = "years_since" 或 "column" 与 column（哪一列）应同时写明'),
        (FLAT | {"effective": date(2020, 1, 1), "until": date(2019, 12, 31)}, "until 2019-12-31 早于 effective 2020-01-01：until 写这个标准的最后一天（含）"),
    ],
)  # fmt: skip
def test_an_amount_that_leaves_open_when_or_by_what_it_is_paid_is_refused(
    amount: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        cadre(amount=amount)


def test_an_age_within_an_amount_has_no_blank_cell_to_be_spelt_out() -> None:
    old = {"name": "高龄的", "clause": "五", "male": 80, "female": 80}
    policy = cadre(amount={"supplement": [{"name": "高龄", "clause": "五", "rate": 50, "when": old}]})
    assert policy.editions[0].spelt_out() == (f"“{CADRE}”标准里的“高龄的”：按身份证号，没有空白",)


def stated(least: int, most: int) -> dict[str, Any]:
    return {
        "by": "nothing",
        "tier": [{"rate_column": "地方定补标准", "rate_at_least": least, "rate_at_most": most}],
    }


def of_column(least: int, most: int) -> dict[str, Any]:
    base = {"figures": "percent", "base_column": "地方定补标准", "base_at_least": least, "base_at_most": most}
    return base | {"by": "nothing", "tier": [{"rate": 5}]}


def until(last: date) -> dict[str, Any]:
    return FLAT | {"effective": date(2020, 1, 1), "until": last}


@pytest.mark.parametrize(
    ("taken", "refused", "said"),
    [
        (stated(100, 100), stated(101, 100), "rate_at_least（不低于）大于 rate_at_most（不高于），没有一个数能在这个范围里"),
        (of_column(2000, 2000), of_column(2001, 2000), "base_at_least 大于 base_at_most"),
        (until(date(2020, 1, 1)), until(date(2019, 12, 31)), "until 2019-12-31 早于 effective 2020-01-01"),
    ],
)  # fmt: skip
def test_limits_of_an_amount_may_meet_but_not_pass_each_other(
    taken: dict[str, Any], refused: dict[str, Any], said: str
) -> None:
    assert cadre(amount=taken)
    with pytest.raises(ValidationError, match=re.escape(said)):
        cadre(amount=refused)


@pytest.mark.parametrize("sex", ["male", "female"])
def test_an_age_to_which_somebody_is_paid_lies_above_the_age_from_which(sex: str) -> None:
    ages = {"male": 60, "female": 60, "until_male": 80, "until_female": 80}
    assert cadre(age=ages | {f"until_{sex}": 61})
    said = "age 里从 60 岁起、到 60 岁为止，没有人能领"
    with pytest.raises(ValidationError, match=said):
        cadre(age=ages | {f"until_{sex}": 60})
