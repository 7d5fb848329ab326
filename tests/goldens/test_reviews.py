"""The golden of 民主评议: two branches, one with single papers, pledges and points."""

from pathlib import Path

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.programmes.people import identity

VOTES = ("发出票", "收回票", "优秀票", "合格票", "基本合格票", "不合格票", "弃权票")
HEADS = ("乡镇", "支部", "姓名", "身份证号", "人员类别", *VOTES, "支委评定", "评定日期", "上年等次")
NONE = ("",) * 7


def members() -> list[tuple[object, ...]]:
    """One member for each thing that can happen: a branch that names three of seven, and one with a case a row."""
    village = [
        ("张建国", "正式党员", (12, 10, 9, 1, 0, 0, 0), "优秀"),
        ("李秀英", "正式党员", (12, 10, 8, 2, 0, 0, 0), "优秀"),
        ("王德福", "正式党员", (12, 10, 8, 2, 0, 0, 0), "优秀"),
        ("赵玉兰", "正式党员", (12, 10, 3, 7, 0, 0, 0), "合格"),
        ("陈海涛", "正式党员", (12, 10, 2, 5, 3, 0, 0), "基本合格"),
        ("刘凤英", "正式党员", (12, 10, 4, 6, 0, 0, 0), ""),
        ("周志强", "正式党员", (12, 10, 4, 6, 0, 0, 0), "合格"),
        ("吴桂芝", "预备党员", NONE, ""),
    ]
    office = [
        ("孙长林", "正式党员", (8, 8, 3, 5, 0, 0, 0), "优秀", "2025-12-20", ""),
        ("马淑珍", "正式党员", (8, 8, 0, 1, 2, 5, 0), "不合格", "2025-12-20", "不合格"),
        ("朱万才", "正式党员", (8, 8, 4, 6, 0, 0, 0), "合格"),
        ("胡永胜", "正式党员", (8, 9, 4, 5, 0, 0, 0), "合格"),
        ("郭庆丰", "预备党员", NONE, "合格"),
        ("何文祥", "正式党员", (8, 8, "", 5, 0, 0, 0), "合格"),
        ("高立新", "正式党员", NONE, "合格"),
    ]
    rows = [("青禾镇", "河西村党支部", row) for row in village] + [
        ("望河乡", "机关党支部", row) for row in office
    ]
    return [
        (town, branch, name, identity(f"19{50 + n}-03-{n + 1:02d}", number=n + 1), kind, *votes, grade, *rest, *("",) * (2 - len(rest)))
        for n, (town, branch, (name, kind, votes, grade, *rest)) in enumerate(rows)
    ]  # fmt: skip


def test_two_branches_give_this_screen_and_these_pages(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "全县.xlsx", members(), HEADS, title="民主评议党员汇总表")
    raters = ("孙长林", "马淑珍", "朱万才", "高立新", "郭庆丰")
    papers = [
        ("机关党支部", n, rater, "高立新", "优秀" if n == 4 else "合格") for n, rater in enumerate(raters, 1)
    ]
    book(tmp_path / "票.xlsx", papers, ("支部", "票号", "评议人", "被评人", "等次"), title="评议票")
    pledges = [
        ("河西村党支部", "张建国", "带头清理卫生", "2025-03-01", "2025-03-10", "2025-03-20", "2025-10-08", "2025-12-01"),
        ("河西村党支部", "张建国", "帮扶一户", "2025-03-01", "2025-03-10", "2025-03-20", "", ""),
        ("机关党支部", "马淑珍", "整理档案", "2025-04-01", "2025-03-10", "", "", ""),
        ("机关党支部", "钟无此", "整理档案", "2025-04-01", "", "", "", ""),
    ]  # fmt: skip
    stages = ("提诺日期", "审诺日期", "公诺日期", "兑现日期", "评诺日期")
    book(tmp_path / "承诺.xlsx", pledges, ("支部", "承诺人", "内容", *stages), title="承诺台账")
    points = [
        ("赵玉兰", "集中学习", 15, 2, 12),
        ("赵玉兰", "学习笔记", 4, 1, 4),
        ("赵玉兰", "心得体会", 4, 1, 4),
    ]
    book(tmp_path / "积分.xlsx", points, ("姓名", "项目", "次数", "分值", "上限"), title="党员积分表")
    books = ("全县.xlsx", "票.xlsx", "承诺.xlsx", "积分.xlsx")
    ran = sanchuang("reviews", *books, "--period", "2025", "--out", "结果.xlsx", COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == golden("reviews")
