"""Counts who was admitted in a period by age, sex, nation, schooling and work, and of whom the register does not say it."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from pydantic import Field as Setting

from sanchuang_cli.domain.age import full_years
from sanchuang_cli.domain.exact_numbers import half_up
from sanchuang_cli.domain.process.nations import nation
from sanchuang_cli.domain.process.plans import within
from sanchuang_cli.judging import Whole
from sanchuang_cli.policy import Citation, Number, Rule
from sanchuang_cli.summary import Measure


class Structure(Rule, title="结构分析"):
    """The words by which new members are counted; whoever has a word that is in none of the lists is counted as unclear."""

    clause: Citation
    at_most: Number = Setting(description="多少岁及以下算年轻的；看支部大会那一天")
    majority: str = Setting(description="不算少数民族的民族，如“汉族”")
    college: tuple[str, ...] = Setting(description="哪些学历算大专以上")
    below: tuple[str, ...] = Setting(description="哪些学历不算大专以上")
    farmers: tuple[str, ...] = Setting(description="哪些职业算农牧渔民")
    others: tuple[str, ...] = Setting(description="哪些职业不算农牧渔民")
    idle_years: Number = Setting(description="几年没有发展党员的支部列出")


def measures(whole: Whole) -> list[Measure]:
    """The figures. A word that is no nation is not known to be another one than the majority."""
    rule, period = whole.at.policy.structure, whole.at.occasion.period
    schooling, work = rule.college + rule.below, rule.farmers + rule.others
    majority = nation(rule.majority)
    tests: Mapping[str, Callable[[Any, date], bool]] = {
        "新发展党员": lambda who, day: True,
        f"{rule.at_most}岁及以下": lambda who, day: full_years(who.born, day) <= rule.at_most,
        "女": lambda who, day: who.sex == "女",
        "少数民族": lambda who, day: nation(who.nation) not in ("", majority),
        "大专以上": lambda who, day: who.education in rule.college,
        "农牧渔民": lambda who, day: who.occupation in rule.farmers,
        "情况不详": lambda who, day: not (nation(who.nation) and who.education in schooling and who.occupation in work),
    }  # fmt: skip

    def counted(one: Any, test: Callable[[Any, date], bool]) -> bool:
        day = one.admitted
        return day is not None and within(day, period) and test(one.record, day.latest)

    return [Measure(title, title, when=partial(counted, test=test)) for title, test in tests.items()]


def shares(whole: Whole) -> tuple[str, ...]:
    """The figures as shares of all who were admitted, half up to one decimal."""
    every, *some = [(one.title, one(whole.of())) for one in measures(whole)]
    said = (f"{title} {half_up(Fraction(100 * count, every[1]), 1)}%" for title, count in some if every[1])
    return (f"占新发展党员：{'，'.join(said)}。",) if every[1] else ()
