"""What the blocks of a document can say: each thing that would be half said, or said twice, is refused, and what is next to it taken."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.entitlement.blocks import Age, Condition, Payable, Service
from sanchuang_cli.policy import Rule


def refuses(block: type[Rule], says: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        block.model_validate(says)


# ------------------------------------------------------------------ conditions

NAMED = {"name": "甲", "clause": "乙"}
FLAG = NAMED | {"column": "优抚对象"}
SUM = NAMED | {"column": "家庭年人均收入"}
AGED = NAMED | {"male": 60, "female": 55}
ONE_TEST = "条件“甲”应写且只写一种判断"


@pytest.mark.parametrize(
    ("says", "said"),
    [
        (FLAG, ONE_TEST),
        (FLAG | {"blank": "refuse"}, ONE_TEST),
        (FLAG | {"must_be": True, "filled": True}, ONE_TEST),
        (FLAG | {"accept": ["有"], "must_be": False}, ONE_TEST),
        (FLAG | {"refuse": ["有"], "filled": False}, ONE_TEST),
        (SUM | {"at_least": 0, "filled": True}, ONE_TEST),
        (SUM | {"below": 0, "must_be": True}, ONE_TEST),
        (SUM | {"below_base": "低保", "at_most_base": "低保"}, ONE_TEST),
        (SUM | {"below_base": "低保", "below": 3}, ONE_TEST),
        (SUM | {"at_most_base": "低保", "filled": True}, ONE_TEST),
        (AGED | {"must_be": True}, ONE_TEST),
        (SUM | {"below": 3000, "times": 2}, "条件“甲”的 times（基数的几倍）只和 below_base、at_most_base 一起写"),
        (SUM | {"below": 3000, "times": 1}, "条件“甲”的 times（基数的几倍）只和 below_base、at_most_base 一起写"),
        (SUM | {"below_base": "低保", "stop": "month_of", "since": "死亡日期"}, "条件“甲”按基数判断的，逐月看，不写 since、stop"),
        (SUM | {"at_most_base": "低保", "stop": "month_of"}, "条件“甲”按基数判断的，逐月看，不写 since、stop"),
        (FLAG | {"must_be": True, "since": "死亡日期"}, "条件“甲”写了 since，还要写 stop"),
        (FLAG | {"must_be": True, "stop": "month_of"}, "条件“甲”写了 stop，还要写 since"),
        (FLAG | {"must_be": True, "since": "死亡日期", "stop": "month_of", "either": "甲或乙"}, "条件“甲”写了 either（满足其一），就不能再写 stop"),
        (NAMED | {"column": "死亡日期", "stop": "month_of", "either": "甲或乙"}, "条件“甲”写了 either（满足其一），就不能再写 stop"),
        (FLAG | {"accept": ["有", "在", "无"], "refuse": ["无", "有"]}, "条件“甲”的“无、有”既在 accept 又在 refuse，只留一处"),
        (NAMED | {"male": 60}, "条件“甲”男、女都要写"),
        (NAMED | {"female": 60}, "条件“甲”男、女都要写"),
        (NAMED | {"male": 0}, "条件“甲”男、女都要写"),
        (FLAG | {"must_be": True, "first": "month_of"}, "条件“甲”的 first、leap_day 只和 male、female（年满多少岁）一起写"),
        (FLAG | {"must_be": True, "leap_day": "march"}, "条件“甲”的 first、leap_day 只和 male、female（年满多少岁）一起写"),
        (NAMED | {"must_be": True}, "条件“甲”缺 column（看哪一列）"),
        (AGED | {"column": "出生日期"}, "条件“甲”写了 male、female 的按身份证号判断，不写 column"),
        (SUM | {"at_least": " 2020-01-01 "}, "日期不加引号，写成 2020-01-01"),
    ],
)  # fmt: skip
def test_a_condition_says_one_thing_and_all_of_it(says: dict[str, Any], said: str) -> None:
    refuses(Condition, says, said)


@pytest.mark.parametrize(
    ("says", "test", "line"),
    [
        (FLAG | {"must_be": False}, "must_be", ""),
        (FLAG | {"must_be": True, "since": "死亡日期", "stop": "month_of"}, "must_be", ""),
        (FLAG | {"must_be": True, "either": "甲或乙"}, "must_be", ""),
        (FLAG | {"filled": False}, "filled", ""),
        (FLAG | {"accept": ["有"]}, "words", ""),
        (FLAG | {"refuse": ["有"]}, "words", ""),
        (FLAG | {"accept": ["有"], "refuse": ["无"]}, "words", ""),
        (SUM | {"at_least": 0}, "range", ""),
        (SUM | {"below": 0}, "range", ""),
        (SUM | {"at_least": 1, "below": 2}, "range", ""),
        (SUM | {"below_base": "低保"}, "range", "低保"),
        (SUM | {"at_most_base": "低保", "times": 2}, "range", "低保"),
        (AGED, "age", ""),
        (NAMED | {"male": 0, "female": 0, "first": "month_of", "leap_day": "march"}, "age", ""),
        (NAMED | {"column": "死亡日期", "stop": "month_of"}, "stop", ""),
    ],
)  # fmt: skip
def test_a_condition_knows_its_test_and_the_base_that_it_goes_by(
    says: dict[str, Any], test: str, line: str
) -> None:
    condition = Condition.model_validate(says)
    assert (condition.test, condition.line) == (test, line)


def test_the_columns_of_a_condition_are_those_that_it_names_while_it_is_in_use() -> None:
    dated = FLAG | {"must_be": True, "since": "死亡日期", "stop": "month_of"}
    assert Condition.model_validate(dated).columns == ("优抚对象", "死亡日期")
    assert Condition.model_validate(FLAG | {"must_be": True}).columns == ("优抚对象",)
    assert Condition.model_validate(AGED).columns == ()
    assert Condition.model_validate(dated | {"active": False}).columns == ()


def test_an_edge_is_a_number_or_a_day() -> None:
    assert Condition.model_validate(SUM | {"at_least": "1440.01"}).at_least == Fraction(144001, 100)
    assert Condition.model_validate(SUM | {"at_least": "1/2"}).at_least == Fraction(1, 2)
    assert Condition.model_validate(SUM | {"at_least": date(2020, 1, 1)}).at_least == date(2020, 1, 1)
    assert Condition.model_validate(SUM | {"at_least": "-5"}).at_least == -5


# ------------------------------------------------------------------ ages

BOTH = {"clause": "三", "male": 60, "female": 55}
UNTIL = {"until_male": 80, "until_female": 80}
BOTH_SEXES = "age 里男、女都要写"
BY_BIRTHDAY = 'until_male、until_female（到多少岁为止）只能用 mode = "birthday"'


@pytest.mark.parametrize(
    ("says", "said"),
    [
        (BOTH | {"mode": "as_of"}, "应同时写明"), (BOTH | {"as_of": date(2020, 1, 1)}, "应同时写明"),
        ({"clause": "三"}, BOTH_SEXES), ({"clause": "三", "male": 60}, BOTH_SEXES), ({"clause": "三", "female": 60}, BOTH_SEXES),
        ({"clause": "三", "male": 60, "until_male": 80}, BOTH_SEXES), ({"clause": "三", "until_female": 80}, BOTH_SEXES),
        (BOTH | UNTIL | {"mode": "year_difference"}, BY_BIRTHDAY), (BOTH | {"until_male": 80, "mode": "as_of", "as_of": date(2020, 1, 1)}, BY_BIRTHDAY),
        (BOTH | {"stop": "month_of"}, "age 里的 stop 说到岁数以后何时停"),
        (BOTH | UNTIL | {"until_female": 55}, "age 里从 55 岁起、到 55 岁为止"), (BOTH | {"until_male": 59}, "age 里从 60 岁起、到 59 岁为止"),
        ({"clause": "三", "until_male": 0, "until_female": 80}, "age 里从 0 岁起、到 0 岁为止"),
    ],
)  # fmt: skip
def test_an_age_is_said_of_both_sexes_and_its_end_lies_above_its_beginning(
    says: dict[str, Any], said: str
) -> None:
    refuses(Age, says, said)


@pytest.mark.parametrize(
    "says",
    [
        BOTH, BOTH | UNTIL, UNTIL | {"clause": "三"}, BOTH | {"until_male": 61}, BOTH | {"until_female": 56},
        {"clause": "三", "male": 60, "until_female": 80}, {"clause": "三", "female": 60, "until_male": 80},
        BOTH | UNTIL | {"stop": "month_of"}, BOTH | {"mode": "year_difference"}, BOTH | {"mode": "as_of", "as_of": date(2020, 1, 1)},
        {"clause": "三", "until_male": 1, "until_female": 1},
    ],
)  # fmt: skip
def test_an_age_may_have_a_beginning_an_end_or_both(says: dict[str, Any]) -> None:
    assert Age.model_validate(says)


# ------------------------------------------------------------------ service

SERVED = {
    "clause": "四", "posts": [{"name": "书记", "words": ["支书"]}, {"name": "主任"}], "accumulate": "union",
    "rounding": "full_years", "rate_post": "highest",
}  # fmt: skip
HALF_UP = {"rounding": "half_up", "half_up_from": 6}
TERM, LATER = {"since": date(1990, 1, 1), "months": 36}, {"since": date(2018, 1, 1), "months": 60}
TERMS = {"rounding": "terms", "terms": [TERM]}
IN_OFFICE = {"leaving": "in_office", "rate_post": "best_tier"}
CREDITED = {"credited_column": "军龄"}
NO_CREDIT = "credited_column（视同任职的年数）没有起止"
STEPS = "step_months（几个月一计）应能整除 12，half_up_from 不大于它"


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ({"posts": [{"name": "书记"}, {"name": "书记"}]}, "职务“书记”写了两次，只留一处"),
        ({"posts": [{"name": "书记", "words": ["支书"]}, {"name": "主任", "words": [" 支 书"]}]}, "职务“支书”写了两次，只留一处"),
        ({"posts": [{"name": "主任"}, {"name": "书记", "words": ["主任"]}]}, "职务“主任”写了两次，只留一处"),
        ({"ways": [{"count": "union", "at_least_months": 36, "posts": ["书记", "书纪"]}]}, "ways 里的职务“书纪”不在 posts 里（是不是“书记”？），要先列在 posts 里"),
        ({"rounding": "half_up"}, 'rounding = "half_up" 与 half_up_from（满几个月进一年）应同时写明'),
        ({"half_up_from": 6}, 'rounding = "half_up" 与 half_up_from（满几个月进一年）应同时写明'),
        ({"step_months": 5}, STEPS),
        (HALF_UP | {"step_months": 3}, STEPS),
        (HALF_UP | {"step_months": 6, "half_up_from": 7}, STEPS),
        ({"step_months": 6, "rounding": "pro_rata"}, 'step_months 只用于 rounding = "full_years" 或 "half_up"'),
        (TERMS | {"step_months": 6}, 'step_months 只用于 rounding = "full_years" 或 "half_up"'),
        ({"rounding": "year_difference", "step_months": 6}, 'step_months 只用于 rounding = "full_years" 或 "half_up"'),
        ({"rounding": "terms"}, 'rounding = "terms" 与 terms（每届几个月，自何时起）应同时写明'),
        ({"terms": [TERM]}, 'rounding = "terms" 与 terms（每届几个月，自何时起）应同时写明'),
        ({"begun_terms": "counted"}, 'begun_terms（不满一届的怎样算）只用于 rounding = "terms"'),
        ({"months": "days"}, 'months = "days" 与 days_in_month（零头几天折一月）应同时写明'),
        ({"days_in_month": 30}, 'months = "days" 与 days_in_month（零头几天折一月）应同时写明'),
        (TERMS | {"months": "days", "days_in_month": 30}, "按届计算时 months 应为"),
        ({"rate_post": "each_post", "accumulate": "continuous"}, 'rate_post = "each_post" 只能用 accumulate = "union"'),
        (TERMS | {"terms": [TERM, LATER], "rate_post": "each_post"}, 'rate_post = "each_post" 只能用 accumulate = "union"'),
        (CREDITED | {"accumulate": "longest"}, NO_CREDIT),
        (CREDITED | {"rate_post": "each_post"}, NO_CREDIT),
        (CREDITED | {"rounding": "year_difference"}, NO_CREDIT),
        (CREDITED | TERMS | {"terms": [TERM, LATER]}, NO_CREDIT),
        ({"taking": "month_of"}, 'taking、stop（任职、离任何时起算）只用于 leaving = "in_office"'),
        ({"stop": "month_after", "leaving": "not_required"}, 'taking、stop（任职、离任何时起算）只用于 leaving = "in_office"'),
        (IN_OFFICE | {"rate_post": "highest"}, 'leaving = "in_office" 时按当月的职务算'),
        (IN_OFFICE | {"rate_post": "on_leaving"}, 'leaving = "in_office" 时按当月的职务算'),
        (IN_OFFICE | {"left_before": date(2009, 1, 1)}, 'leaving = "in_office" 时不能写 left_before'),
        (IN_OFFICE | {"stated_years": "use"}, 'leaving = "in_office" 时不能写 left_before'),
        (TERMS | {"terms": [LATER, TERM]}, "terms 应按 since 先后排列，不重复"),
        (TERMS | {"terms": [TERM, TERM]}, "terms 应按 since 先后排列，不重复"),
    ],
)  # fmt: skip
def test_service_that_could_be_counted_in_two_ways_or_in_none_is_refused(
    says: dict[str, Any], said: str
) -> None:
    refuses(Service, SERVED | says, said)


@pytest.mark.parametrize(
    "says",
    [
        {}, HALF_UP, HALF_UP | {"half_up_from": 12}, HALF_UP | {"half_up_from": 6, "step_months": 6}, {"step_months": 6}, {"step_months": 1},
        TERMS, TERMS | {"terms": [TERM, LATER]}, TERMS | {"begun_terms": "counted"}, TERMS | {"months": "end_excluded"},
        {"months": "days", "days_in_month": 30}, {"rate_post": "each_post"}, TERMS | {"rate_post": "each_post"},
        CREDITED, CREDITED | TERMS, CREDITED | {"rate_post": "best_tier"}, IN_OFFICE, IN_OFFICE | {"rate_post": "each_post"},
        IN_OFFICE | {"taking": "month_after", "stop": "month_of"}, {"left_before": date(2009, 1, 1), "stated_years": "use"},
        {"ways": [{"count": "union", "at_least_months": 1, "posts": ["书记", "主任"]}]}, {"rounding": "pro_rata", "step_months": 12},
    ],
)  # fmt: skip
def test_service_that_is_counted_in_one_way_is_taken(says: dict[str, Any]) -> None:
    assert Service.model_validate(SERVED | says)


def test_all_that_is_wrong_with_service_is_told_at_once() -> None:
    refuses(Service, SERVED | {"rounding": "half_up", "days_in_month": 30}, "应同时写明；months")


@pytest.mark.parametrize(
    ("says", "monthly"),
    [({}, False), ({"leaving": "month_of"}, False), ({"leaving": "not_required"}, True), (IN_OFFICE, True)],
)
def test_service_is_judged_month_by_month_where_it_grows(says: dict[str, Any], monthly: bool) -> None:
    assert Service.model_validate(SERVED | says).month_by_month is monthly


def test_the_columns_of_service_are_those_of_spells_and_those_that_it_names() -> None:
    served = ("任职经历", "离任职务", "村", "离任日期")
    assert Service.model_validate(SERVED).columns == served
    assert Service.model_validate(SERVED | CREDITED | {"stated_years": "use"}).columns == (
        *served,
        "任职年限",
        "军龄",
    )


# ------------------------------------------------------------------ from when it is paid


def test_how_far_back_is_made_good_is_said_where_it_is_paid_from_when_all_holds() -> None:
    half = 'start = "fulfilled" 与 retroactive_limit（最多补发几个月，可为 0）应同时写明'
    refuses(Payable, {"clause": "五", "start": "fulfilled"}, half)
    refuses(Payable, {"clause": "五", "retroactive_limit": 0}, half)
    assert Payable.model_validate({"clause": "五", "start": "fulfilled", "retroactive_limit": 0})
    events = [{"name": "列入台账", "clause": "五", "column": "列入台账日期"}]
    assert Payable.model_validate({"clause": "五", "events": events}).columns == ("审批日期", "列入台账日期")
