"""Decides by the headings which columns of a table hold what a check-up found. This is the only list of such headings.

It looks at headings only, compared by their keys and level by level; tables/dropped.py removes the columns. What people say
about their own health (健康状况, 病种) is no finding of a check-up, and neither is when and where a check-up took place.
"""

import re
from collections.abc import Iterable, Sequence

from sanchuang_cli.roster.columns.headings import bare_key, key, parts

_WORDS = (
    "(?:主要异常|异常(?:指标|项目|结果|发现|描述|体征|提示)|异常项$|阳性(?:指标|结果|发现|体征)|诊断"
    "|(?:体检|查体|总检|主检|化验|检验)(?:的)?(?:结果|结论|小结|综述|发现|所见|意见|情况|建议|异常)"
    "|(?:复查|复检|复诊|诊疗|诊治|就医|医生|医师|健康|保健)(?:的)?建议)"
)
_ALWAYS = re.compile(_WORDS)
_ALONE = re.compile(
    r"(?:本次|上次|本年度?|上年度?|(?:20)?\d\d年度?|体检|检查|初步|临床|门诊|住院|医院|医生|主要|其他)*"
    rf"{_WORDS}(?:情况|项目?|名称|描述|说明|记录|内容|反馈|意见|[及和与].{{1,8}})?"
)
"""Words that are a heading even outside a table, because nobody writes them about a person."""
_OF_PEOPLE = re.compile(
    ".{0,4}检查(?:的)?(?:结果|结论|所见|发现|建议)"
    "|(?:(?:收缩|舒张)?血压|血糖|血脂|[血尿]常规|尿酸|心电图|[b彩]超|胸[片透]|[肝肾]功能?)(?:值|检查)?"
)
_OF_CHECKUPS = re.compile(
    "结果|结论|小结|建议|意见|异常|异常情况|指标|检查(?:情况|意见)|处理意见|医嘱|(?:既往)?病?史|身高|体重|心率|视力"
)
_PEOPLE = re.compile("身份证|公民身份|^(?:党员|人员|干部)?姓名$")
_CHECKUP = re.compile("体检|查体|参检|受检|套餐|健康检查")
_WHO = re.compile("序号|乡镇|村名?$|支部|党组织|姓名|性别|年龄|身份证|公民身份|电话|手机|职务")
_ARRANGED = re.compile(
    "(?:日期|时间|年度|机构|医院|单位|地点|套餐|费用?|金额|电话|证明|编号|次数)$|是否(?:参检|体检)|未检"
)
PLAIN = frozenset(
    {
        "主要异常", "异常指标", "异常项目", "复查建议", "体检结果", "体检结论", "检查结果", "诊断",
        "主要異常", "異常指標", "異常項目", "複查建議", "體檢結果", "體檢結論", "檢查結果", "診斷",
    }
)  # fmt: skip
"""The plainest headings exactly as they are written, to search the rows of large tables quickly."""


def findings_among(names: Sequence[str], about: Iterable[str] = ()) -> list[int]:
    """The indices of the columns of one table that hold findings.

    names: its headings, with "/" between levels. about: other texts that may show that the table is about check-ups: its
    title, the name of its sheet. General words (结果, 建议) count only in such a table, and 血压 only in one of people.
    """
    heads = [_levels(name) for name in names]
    words = [word for levels in heads for word in levels]
    checkup = any(_CHECKUP.search(word) or _ALWAYS.search(word) for word in (*words, *map(key, about)))
    people = checkup or any(_PEOPLE.search(word) for word in words)
    # A heading over 姓名 as well is only the title of the table (体检情况/姓名), so it says nothing about other columns.
    shared = {word for levels in heads if levels and _WHO.search(levels[-1]) for word in levels[:-1]}
    return [
        at
        for at, levels in enumerate(heads)
        if levels and _is_finding([level for level in levels if level not in shared], people, checkup)
    ]


def is_finding(text: str) -> bool:
    """Whether a cell outside a table is a heading of findings, and not a finding itself."""
    return bool(_ALONE.fullmatch(key(text)))


def may_be_another(heading: str) -> bool:
    """Whether the column may hold something else (whether somebody went, remarks), so that the clerk must say what it is."""
    return bool(_EITHER.search(key(heading)))


_EITHER = re.compile("情况|备注|说明")


def _levels(name: str) -> list[str]:
    return [word for word in map(key, parts(name)) if word]


def _is_finding(levels: Sequence[str], people: bool, checkup: bool) -> bool:
    """Whether one of the levels, or the lowest two together (体检/结果), names a finding.

    If the lowest level is about whom, when or where, the column holds no finding, whatever stands over it.
    """
    if not levels or _ARRANGED.search(levels[-1]) or _WHO.search(levels[-1]):
        return False
    return any(
        _ALWAYS.search(word)
        or (people and _OF_PEOPLE.fullmatch(word))
        or (checkup and (_OF_CHECKUPS.fullmatch(word) or _OF_CHECKUPS.fullmatch(bare_key(word))))
        for word in (*levels, "".join(levels[-2:]))
    )
