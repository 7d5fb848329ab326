"""A wrong policy of subsidies is told in its writer's words: file, edition, whose rule, key, and how to mend it."""

import re
from pathlib import Path

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import load, source
from sanchuang_cli.programmes import listed
from sanchuang_cli.programmes.subsidies.policy import Subsidies

DOCUMENT = re.search(
    r"```toml\n(\[\[edition\]\].*?)```",
    (Path(__file__).parents[1] / "docs" / "policies.md").read_text("utf-8"),
    re.DOTALL,
)
assert DOCUMENT
RIGHT = DOCUMENT[1]


def complaint(text: str) -> list[str]:
    """The lines that a file is refused with."""
    with pytest.raises(UserError) as told:
        load(Subsidies, "县.toml", text.encode())
    lines = str(told.value).splitlines()
    assert lines[0].startswith("政策文件 县.toml")
    return lines


WRONG = [
    ("gap_months = 6", "gap_month = 6", "〔离任村干部生活补贴〕benefit.第1项.service.gap_month：不认识的键（是不是“gap_months”？）"),
    ("[edition.benefit.service]", "[edition.benefit.servic]", "servic：不认识的键（是不是“service”？）"),
    ("at_least = 15, rate", "at_least = 14, rate", "职务“书记、主任、文书”两档不相接（有重叠）：上一档到 15 止（不含），下一档从 14 起（含）"),
    ("at_least = 15, rate", "at_least = 16, rate", "两档不相接（有空档）：上一档到 15 止（不含），下一档从 16 起（含）"),
    ("at_least = 15, rate", "at_least = 15, below = 40, rate", "最高一档写了 below = 40，以上的没有标准：以上的也照这一档，就不写 below"),
    ("at_least = 15, rate", "at_least = 960.01, rate", "上一档到 15 止（不含），下一档从 960.01 起（含）"),
    ("at_least = 15, rate", "at_least = 15, below = 14.5, rate", "“15 至 14.5”一档是空的：below 要大于 at_least"),
    ('by = "tenure" ', 'figures = "percent"\n  base = "农民收入"\n  by = "tenure" ', "的基数“农民收入”没有，要写在 [[edition.base]] 里"),
    ('"主任" = 180, "文书" = 150 } },', '"主任" = 180 } },', "职务“文书”在“9 起”一档没有标准"),
    ("effective = 2021-01-01", 'effective = "2021-1-1"', "第1版 effective：应是日期，写成 2012-06-02（现为 2021-1-1）"),
    ("male = 60", 'male = "六十"', "age.male：应是整数（现为 六十）"),
    ("male = 60", "male = 60.5", "age.male：应是整数（现为 60.5）"),
    ('accept = ["届满", "换届落选", "到龄离任", "因病"]', 'accept = "届满"', "〔离任村干部生活补贴·正常离任〕benefit.第1项.condition.第1项.accept：应是列表"),
    ("filled = true", 'filled = "是"', "filled：应是 true 或 false（现为 是）"),
    ("each = 10", "each = true", "tier.第2项.each：应是数字（现为 True）"),
    ('{ name = "文书", words = ["会计"] }', '{ name = "文书" }, { name = "主任" }', "职务“主任”写了两次"),
    ('"书记" = 200', '"书记" = -200', "tier.第1项.rate.书记：-200 越界，应不小于 0"),
    ("cap = 400", "cap = -400", "tier.第2项.cap：-400 越界，应不小于 0"),
    ('clause = "第六条"\n', "", "funding.clause：缺这一项，必须写明"),
    ("percent = 70", "percent = 71", "各级分担比例之和应为 100，现为 101"),
    ('column = "离任原因"', 'column = "离职原因呢"', "名册没有“离职原因呢”这一列（是不是“离任原因”？），可用 [[edition.column]] 添加"),
    ('column = "死亡日期"', 'column = "姓名"', "“姓名”列是 name（姓名），这里要日期的列"),
    ('stop = "month_after"', 'stop = "次月"', "stop：值“次月”不认识，只能是 month_of、month_after"),
    ("[[edition.benefit]]", "[edition.benefit]", "benefit：可以有好几个，要写成双括号 [[…]]"),
    ("[edition.benefit.age]", "[[edition.benefit.age]]", "age：只有一个，要写成单括号 […]"),
    ("[[edition]]", "[edition]", "要写成双括号 [[edition]]"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "said"), WRONG, ids=lambda text: text[:24])
def test_what_is_wrong_is_told_once_with_its_place_and_nothing_else(
    before: str, after: str, said: str
) -> None:
    assert before in RIGHT
    lines = complaint(RIGHT.replace(before, after, 1))
    assert any(said in line for line in lines), lines
    assert not re.search(r"[A-Z][a-z]+ should|valid|Decimal|Tuple|function", "\n".join(lines))
    assert len(lines) == 2, lines


SYNTAX = [
    ("effective = 2021-01-01", "effective = 2021-13-01", "日期写成 2021-01-01"),
    ('title = "某县', "title = “某县", "英文的双引号"),
    ('{ "书记" = 200', "{ 书记 = 200", "中文的键要加英文双引号"),
    ("each = 10", "each = 10/3", '写成 "1/3"'),
    ("male = 60", "男 = 60", "中文的键要加英文双引号"),
    ("male = 60", "male ＝ 60", "标点要用英文的"),
    ('{ name = "书记", words', '{ name = "书记",\n words', "{ … } 里的内容要写在一行"),
    ("male = 60", "male = 60\n  male = 61", "与前面的重复了"),
    ("rate = 50,", "rate = 1,050,", "数字里不加逗号"),
    ("male = 60", "male = 六十", "文字要放在英文双引号里"),
    ("male = 60", "male", "是否成对、齐全"),
    ('clause = "第二条"', 'clause = "第二条', "英文双引号不成对"),
    ('clause = "第二条"', 'clause = 第二条"', "英文双引号不成对"),
    ('title = "某县离任村干部生活补贴办法"', 'title = "某县离任，村干部生活补贴办法', "英文双引号不成对"),
    ('{ name = "书记", words', '{ name = "书记, words', "英文双引号不成对"),
    ('"书记" = 200, "主任" = 180', '"书记" = 200, "主任 = 180', "英文双引号不成对"),
    ("male = 60", "male = 六十  # 男，女", "文字要放在英文双引号里"),
    ('who = "县级", percent = 70', 'who = "县级，财政", percent = 七十', "文字要放在英文双引号里"),
]


@pytest.mark.parametrize(("before", "after", "said"), SYNTAX)
def test_broken_toml_is_told_with_its_line_and_how_to_mend_it(before: str, after: str, said: str) -> None:
    assert before in RIGHT
    broken = RIGHT.replace(before, after, 1)
    (line,) = complaint(broken)
    number = broken[: broken.index(after)].count("\n") + 1
    assert re.search(rf"第 ({number}|{number + 1}) 行：“.+”", line), line
    assert said in line


def test_two_editions_of_one_day_and_doubled_names_are_errors() -> None:
    assert complaint(RIGHT + RIGHT)[1:] == [
        "  有两版都从 2021-01-01 起施行：新文件写它自己的施行日期，同一文件合成一版"
    ]
    doubled = RIGHT + RIGHT[RIGHT.index("[[edition.benefit]]") :]
    assert complaint(doubled)[1:] == ["  第1版 补贴“离任村干部生活补贴”写了两次：合成一项，或者改一个的名字"]


def test_a_list_that_is_too_short_is_told_with_how_many_it_needs() -> None:
    alone = """[[edition.exclusive]]
name = "不重复"
clause = "第九条"
benefits = ["离任村干部生活补贴"]
keep = "first"
"""
    assert complaint(f"{RIGHT}\n{alone}")[1:] == ["  第1版 〔不重复〕exclusive.第1项.benefits：至少要写 2 项"]


def test_a_policy_file_that_is_not_there_is_told_in_chinese() -> None:
    with pytest.raises(UserError, match=r"政策文件 没有这个\.toml 打不开：没有这个文件"):
        source("subsidies", "没有这个.toml")


MISPLACED = [
    ("pay", "title = ", 'raised = "days"\ntitle = ', "raised：不认识的键（“raised”要写在 [edition.months] 里）"),
    ("honors", "[edition.sharing]", "[edition.sharing]\nmerits = 100", "sharing.merits：不认识的键（“merits”要写在 [[edition]] 的各小节以前）"),
    ("honors", "title = ", "minimum = 1\ntitle = ", "minimum：不认识的键（“minimum”要写在 [edition.sharing] 里）"),
    ("subsidies", "title = ", "gap_months = 6\ntitle = ", "gap_months：不认识的键（“gap_months”要写在 [edition.benefit.service] 里）"),
]  # fmt: skip


@pytest.mark.parametrize(("programme", "before", "after", "said"), MISPLACED)
def test_a_key_of_another_section_is_told_where_it_belongs_and_not_what_it_looks_like(
    programme: str, before: str, after: str, said: str
) -> None:
    name, content = source(programme, None)
    with pytest.raises(UserError) as told:
        load(listed(programme).load().policy, name, content.decode().replace(before, after, 1).encode())
    line = next(line for line in str(told.value).splitlines() if "不认识的键" in line)
    assert line.endswith(said)
