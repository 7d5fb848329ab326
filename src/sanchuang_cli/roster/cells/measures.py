"""Says what a count may be counted in (12个月 in a column of months, and never 12天), and for how long a sum of money is.

By headings and notes only, so that every roster and every column of a policy has it for nothing.
"""

import re
from functools import lru_cache

from sanchuang_cli.domain.words import narrow
from sanchuang_cli.kind import Kind
from sanchuang_cli.roster.columns.headings import money_unit

_PERSONS = ("人", "名", "位", "口", "个")
MONTHS = ("个月", "月")
YEARS = "年"
_BY_HEADING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("年度$", (YEARS, "年度")),
    ("月(?:份?数)?$", MONTHS),
    ("^数量$", ("份", "件", "个", "项", "袋", "箱", "桶", "盒", "套", "床", "瓶", "包", "台", "张")),
    ("[天日]数$|天$", ("天", "日")),
    ("学时数?$", ("学时", "课时", "小时")),
    ("年[数限]$|工龄$|党龄$", (YEARS,)),
    ("年龄$|岁数?$", ("岁", "周岁")),
    ("次数?$|[轮期届]数?$", ("次", "人次", "场", "期", "轮", "届", "份")),
    ("户数?$", ("户",)),
    ("(?:支部|组织|村|组|项目)数$", ("个", "家", "项")),
    ("名额$", (*_PERSONS, "户")),
    ("票数?$|发出$|收回$|有效$", ("票", "张", "份", *_PERSONS)),
    ("人口$|人数$|[党团]员数?$|[应实]到$|应选$", _PERSONS),
)
"""The ends of headings, with the measure words of what stands below; the first that fits counts."""
_OTHERWISE = ("人", "人次", "名", "位", "个", "户", "票", "次", "届", "份", "条", "项", "张", "间", "件", "场", "期", "篇")  # fmt: skip
"""What a column may count whose heading does not say: never a time, for 2024年 is no number of branches."""
_BRACKETS = re.compile(
    r"[(（\[【〔](?:单位[:：]?)?(?P<inside>[^()（）\[\]【】〔〕/]*)(?:/[^()（）]*)?[)）\]】〕]"
)
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
    inside = (narrow(found["inside"]) for found in _BRACKETS.finditer(heading))
    return next((word for word in inside if word.lstrip(_MULTIPLES) in WORDS), "")


_TIME = "半年|[年月季周天日]"
_TIMES = re.compile(_TIME)
_BEHIND = re.compile(r"[/每](?P<one>[^\d]{1,6})$")
_FOR = re.compile(
    rf"/每?人?个?(?P<time>{_TIME})度?(?=$|[)）\]】〕,，;；])|每人?个?(?P<each>{_TIME})"
    r"|[/每](?P<whom>[人名位户村个亩口次])(?=$|[)）\]】〕,，;；])"
)
"""元/月 and 每月金额, but no lower level of a heading: 党费基数/年初核定."""
_OF_A = re.compile(r"(?<!\d)[年月](?![数份度初末底限])")


def per_in_cell(text: str) -> str:
    """What a cell says that its sum is for: 年 for 1200元/年 and 1200元每年, 人 for 50元每人; "" where it does not say."""
    said = _BEHIND.search(text)
    return "、".join(_TIMES.findall(said["one"])) or said["one"] if said else ""


@lru_cache(maxsize=4096)
def per(heading: str, words: bool = False) -> str:
    """What the sums below a heading are for, as it says: 年 for 收入（元/年）; "" where it does not say.

    words: also by what the sum is called, as a field's own heading is: 月 for 月标准, 年 for 家庭年人均收入.
    """
    if said := _FOR.search(narrow(heading)):
        return str(said["time"] or said["each"] or said["whom"])
    called = _OF_A.findall(heading) if words else []
    return called[0] if len(called) == 1 else ""


def unit_of(kind: Kind, heading: str, of_sheet: str) -> str:
    """The unit of bare numbers below a heading: 年 for 期限（年）, 万元/年 for 收入（万元/年）. of_sheet: that of money."""
    if kind is Kind.COUNT:
        return measure(heading)
    if kind is not Kind.MONEY:
        return ""
    time = per(heading)
    return f"{money_unit(heading) or of_sheet}{f'/{time}' if time else ''}"
