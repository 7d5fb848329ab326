"""The golden of 教育培训: a year of fifteen members, and the sheets of two senders."""

from pathlib import Path

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.programmes.people import identity

MEMBERS = (
    "乡镇",
    "支部",
    "姓名",
    "身份证号",
    "单位类别",
    "身份",
    "入党日期",
    "任职日期",
    "免训决定",
    "述学日期",
    "评学等次",
)
SHEET = ("支部", "姓名", "身份证号", "起", "止", "培训名称", "方式", "数量", "单位", "成绩", "备注")
Row = dict[str, object]


def members() -> list[Row]:
    """One member for each thing that can happen."""
    village: Row = {
        "乡镇": "青禾镇",
        "支部": "河西村党支部",
        "单位类别": "村社区",
        "身份": "普通",
        "入党日期": "1998.7",
    }
    office: Row = {
        "乡镇": "望河乡",
        "支部": "乡机关党支部",
        "单位类别": "机关",
        "身份": "普通",
        "入党日期": "2003.7",
    }
    people: list[Row] = [
        {"姓名": "张达标", **village},
        {"姓名": "李书记", **village, "身份": "书记", "任职日期": "2020.3.1"},
        {"姓名": "王支委", **village, "身份": "副书记", "任职日期": "2020.3.1"},
        {"姓名": "赵新任", **village, "身份": "书记", "任职日期": "2025.4.10"},
        {"姓名": "钱免训", **village, "免训决定": "青发〔2025〕6号"},
        {"姓名": "孙新入", **village, "入党日期": "2025.6.30"},
        {"姓名": "周不详", **village, "入党日期": "2025"},
        {"姓名": "吴领导", **office, "身份": "领导", "任职日期": "2021.1.1", "述学日期": "2025.12.20", "评学等次": "较差"},
        {"姓名": "郑补考", **office},
        {"姓名": "冯两数", **office},
        {"姓名": "陈重报", **office},
        {"姓名": "褚有错", **office},
        {"姓名": "卫跨年", **office},
        {"姓名": "蒋无号", **office},
        {"姓名": "沈类别", **office, "单位类别": "乡政府"},
    ]  # fmt: skip
    for number, one in enumerate(people, 1):
        one["身份证号"] = identity(f"1970-04-{number:02d}", number=number)
    return people


def sheets(people: list[Row]) -> tuple[list[Row], list[Row]]:
    """Of the party school, and of the townships."""
    by_name = {str(one["姓名"]): {head: one[head] for head in ("支部", "姓名", "身份证号")} for one in people}

    def row(name: str, start: str, course: str, how: str, amount: object, unit: str, **more: object) -> Row:
        return {
            **by_name[name],
            "起": start,
            "培训名称": course,
            "方式": how,
            "数量": amount,
            "单位": unit,
            **more,
        }

    school = [
        row("李书记", "2025.5.12", "书记培训班", "集中培训", 5, "天", 止="2025.5.16"),
        row("王支委", "2025.5.12", "书记培训班", "集中培训", 3, "天", 止="2025.5.14"),
        row("赵新任", "2025.11.3", "新任书记培训班", "集中培训", 2, "天", 止="2025.11.4"),
        row("吴领导", "2025.12.29", "专题研讨班", "集中培训", 5, "天", 止="2026.1.2"),
        row("卫跨年", "2025.12.30", "年终轮训", "集中培训", 4, "天"),
        row("陈重报", "2025.7.1", "党史讲座", "三会一课", 1, "半天"),
        row("冯两数", "2025.7.1", "党史讲座", "三会一课", 3, "小时"),
        row("郑补考", "2025.6.5", "党章测试", "测试", 1, "门", 成绩=55),
        {**row("张达标", "2025.5.12", "书记培训班", "集中培训", 3, "天", 止="2025.5.14"), "姓名": "钟无此", "身份证号": ""},
    ]  # fmt: skip
    towns = [
        *(row(name, "2025.3.3", "春季轮训", "三会一课", 4, "天", 止="2025.3.6") for name in map(str, by_name) if name not in ("周不详", "蒋无号")),
        row("李书记", "2025.9.8", "秋季轮训", "三会一课", 20, "学时", 止="2025.9.10"),
        row("王支委", "2025.5.13", "书记培训班", "集中培训", 8, "小时"),
        row("陈重报", "2025.7.1", "党史讲座", "三会一课", 4, "小时"),
        row("冯两数", "2025.7.1", "党史讲座", "三会一课", 4, "小时"),
        row("张达标", "2025.8.1", "读书班", "自学", 10, "小时"),
        row("张达标", "2025.8.2", "微课", "远程", 50, "分钟"),
        row("褚有错", "2025.8.1", "外出考察", "考察", 1, "天"),
        row("褚有错", "2025.8.2", "读书班", "自学", 1, "回"),
        row("褚有错", "2025.8.3", "读书班", "自学", -3, "小时"),
        row("褚有错", "2025.8.4", "知识竞赛", "测试", 1, "门", 成绩=108),
        row("褚有错", "2062.8.5", "读书班", "自学", 3, "小时"),
        row("褚有错", "2025.8.6", "读书班", "长课", 3, "小时", 备注="请假"),
        row("褚有错", "2025.8.7", "读书班", "自学", 1, "门"),
        {**row("蒋无号", "2025.3.3", "春季轮训", "三会一课", 3.5, "天", 止="2025.3.6"), "身份证号": ""},
    ]  # fmt: skip
    return school, towns


def cells(rows: list[Row], heads: tuple[str, ...]) -> list[list[object]]:
    return [[row.get(head, "") for head in heads] for row in rows]


def test_a_year_of_fifteen_members_gives_this_screen_and_these_pages(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    people = members()
    school, towns = sheets(people)
    book(tmp_path / "全县.xlsx", cells(people, MEMBERS), MEMBERS, title="党员名册")
    book(tmp_path / "党校.xlsx", cells(school, SHEET), SHEET, title="学时登记表")
    book(tmp_path / "乡镇.xlsx", cells(towns, SHEET), SHEET, title="学时登记表")
    asked = ("全县.xlsx", "党校.xlsx", "乡镇.xlsx", "--period", "2025", "--on", "2026-01-20")
    ran = sanchuang("training", *asked, "--out", "结果.xlsx", COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == golden("training")
