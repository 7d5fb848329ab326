"""Says what a count may be counted in: 12个月 in a column of months, and never 12天.

By headings only, so that every roster and every column of a policy has it for nothing.
"""

import re
from functools import lru_cache

_PERSONS = ("人", "名", "位", "口", "个")
MONTHS = ("个月", "月")
YEARS = "年"
_BY_HEADING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("年度$", (YEARS, "年度")),
    ("月(?:份?数)?$", MONTHS),
    ("[天日]数$|天$", ("天", "日")),
    ("学时数?$", ("学时", "课时", "小时")),
    ("年[数限]$|工龄$|党龄$", (YEARS,)),
    ("年龄$|岁数?$", ("岁", "周岁")),
    ("次数?$|[轮期届]数?$", ("次", "人次", "场", "期", "轮", "届", "份")),
    ("户数?$", ("户",)),
    ("名额$", (*_PERSONS, "户")),
    ("票数?$|发出$|收回$|有效$", ("票", "张", "份", *_PERSONS)),
    ("人口$|人数$|[党团]员数?$|[应实]到$|应选$", _PERSONS),
)
"""The ends of headings, with the measure words of what stands below; the first that fits counts."""
_OTHERWISE = ("人", "人次", "名", "位", "个", "户", "票", "次", "届", "份", "条", "项", "张", "间", "件", "场", "期", "篇")  # fmt: skip
"""What a column may count whose heading does not say: never a time, for 2024年 is no number of branches."""
_BRACKETS = re.compile(r"[(（\[【〔](?:单位[:：]?)?(?P<inside>[^()（）\[\]【】〔〕/]*)(?:/[^()（）]*)?[)）\]】〕]")
WORDS = frozenset(word for words in (*(words for _, words in _BY_HEADING), _OTHERWISE) for word in words)
_MULTIPLES = "万千百"


@lru_cache(maxsize=1024)
def measures(heading: str) -> tuple[str, ...]:
    """The measure words that a count of a field may carry."""
    if own := measure(heading):
        return MONTHS if own in MONTHS else (own,)
    said = _BRACKETS.sub("", heading).rpartition("/")[2]
    return next((words for end, words in _BY_HEADING if re.search(end, said)), _OTHERWISE)


@lru_cache(maxsize=4096)
def measure(heading: str) -> str:
    """The measure word that a heading has in brackets, as in 期限（年） and 人口（万人）; "" where it has none."""
    inside = ("".join(found["inside"].split()) for found in _BRACKETS.finditer(heading))
    return next((word for word in inside if word.lstrip(_MULTIPLES) in WORDS), "")
