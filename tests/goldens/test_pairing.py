"""The golden of 结对帮扶: eleven members in need and five helpers."""

from pathlib import Path

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.programmes.people import identity

MEMBERS = (
    "乡镇", "村", "支部", "姓名", "身份证号", "困难程度", "致困原因", "户号", "亲属身份证号", "上年帮扶人身份证号", "结对日期",
)  # fmt: skip
HELPERS = (
    "姓名", "身份证号", "单位", "职务", "是否领导", "乡镇", "联系村", "名额", "户号", "亲属身份证号", "联系电话",
)  # fmt: skip


def helper(number: int) -> str:
    return identity(f"1975-06-{number:02d}", number=number)


def members() -> list[list[object]]:
    """One for each thing that can happen."""
    here = {"乡镇": "青禾镇", "村": "河西村", "困难程度": "困难", "致困原因": "因病致贫"}
    there = {**here, "乡镇": "望河乡", "村": "三合村"}
    county: list[dict[str, object]] = [
        {"姓名": "王续结", **here, "困难程度": "特困", "上年帮扶人身份证号": helper(1), "结对日期": "2024-03-01"},
        {"姓名": "李父子", **here, "亲属身份证号": f"儿子 {helper(2)}", "上年帮扶人身份证号": helper(2)},
        {"姓名": "张离任", **here, "上年帮扶人身份证号": identity("1960-01-01", number=99)},
        {"姓名": "刘同名", **here, "亲属身份证号": "女婿郑联村"},
        {"姓名": "陈一户", **here, "户号": "12"},
        {"姓名": "杨名额", **there, "困难程度": "一般", "上年帮扶人身份证号": helper(1)},
        {"姓名": "黄让位", **there, "上年帮扶人身份证号": helper(4)},
        {"姓名": "周只能", **there, "亲属身份证号": "、".join(map(helper, (1, 2, 3)))},
        {"姓名": "吴无人", **there, "亲属身份证号": "、".join(map(helper, (1, 2, 3, 4)))},
        {"姓名": "赵词外", **there, "困难程度": "很难"},
        {"姓名": "孙残号", **there, "亲属身份证号": "2302991975"},
    ]  # fmt: skip
    for number, one in enumerate(county, 1):
        one |= {"支部": f"{one['村']}党支部", "身份证号": identity(f"1950-04-{number:02d}", number=number)}
    return [[one.get(heading, "") for heading in MEMBERS] for one in county]


def helpers() -> list[list[object]]:
    county: list[dict[str, object]] = [
        {
            "姓名": "冯领导",
            "单位": "县委办公室",
            "职务": "主任",
            "是否领导": "是",
            "名额": 1,
            "联系电话": "13900000001",
        },
        {"姓名": "李儿子", "单位": "县财政局", "职务": "科员", "是否领导": "否", "乡镇": "青禾镇"},
        {
            "姓名": "郑联村",
            "单位": "县水利局",
            "职务": "副局长",
            "是否领导": "是",
            "乡镇": "青禾镇",
            "联系村": "河西村",
            "名额": 4,
        },
        {
            "姓名": "钱乡干",
            "单位": "望河乡党委",
            "职务": "委员",
            "是否领导": "否",
            "乡镇": "望河乡",
            "名额": 1,
        },
        {"姓名": "朱同号", "单位": "县妇联", "是否领导": "否", "户号": "12", "亲属身份证号": "无"},
    ]
    for number, one in enumerate(county, 1):
        one["身份证号"] = helper(number) if number < 5 else identity("1950-04-11", number=11)
    return [[one.get(heading, "") for heading in HELPERS] for one in county]


def test_eleven_members_and_five_helpers_give_this_screen_and_these_pages(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    book(tmp_path / "困难党员.xlsx", members(), MEMBERS, title="困难党员名册")
    book(tmp_path / "帮扶人.xlsx", helpers(), HELPERS, title="帮扶人名册")
    ran = sanchuang(
        *("pairing", "困难党员.xlsx", "帮扶人.xlsx", "--period", "2026", "--on", "2026-03-31"),
        *("--details", "--out", "结果.xlsx"),
        COLUMNS="120",
    )
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == golden("pairing")
