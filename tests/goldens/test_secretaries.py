"""The golden of 书记调整: a dozen villages, six candidates, four rounds."""

from pathlib import Path
from typing import Any

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.programmes.people import identity

SECRETARIES = (
    "乡镇", "村", "姓名", "身份证号", "一肩挑", "任现职时间", "本届起", "延期至", "延期文件", "出缺日期", "免职日期", "免职原因", "上半年末位",
    "下半年末位", "满意票", "有效票", "连续未列发展对象年数", "整顿名单", "档案/履历", "档案/鉴定考核", "档案/奖惩",
)  # fmt: skip
CANDIDATES = (
    "乡镇", "村", "姓名", "身份证号", "来源类别", "人员类别", "学历", "入党时间", "原单位职务", "处分情况", "单位推荐", "纪检意见", "纪检意见日期",
    "公安意见", "公安意见日期", "信访意见", "信访意见日期", "公示起", "乡镇党委意见", "备案日期",
)  # fmt: skip
ELECTIONS = (
    "乡镇",
    "村",
    "会议",
    "轮次",
    "选举日期",
    "应到",
    "实到",
    "发出",
    "收回",
    "有效",
    "应选",
    "党员数",
    "同意空额",
)
VOTES = ("乡镇", "村", "轮次", "候选人", "票")
REVOKED = ("乡镇", "村", "轮次", "撤销文件", "撤销日期", "撤销原因")


def villages() -> list[list[object]]:
    """One village for each thing that can happen."""
    plain: dict[str, Any] = {
        "乡镇": "青禾镇", "一肩挑": "是", "任现职时间": "2021年12月10日", "本届起": "2021.12.10", "满意票": 55, "有效票": 60, "档案/履历": "是",
        "档案/鉴定考核": "否",
    }  # fmt: skip
    blank = {"姓名": "", "身份证号": "", "任现职时间": "", "一肩挑": "", "满意票": "", "有效票": ""}
    county: list[dict[str, Any]] = [
        {"村": "东湾村", "姓名": "张照常"},
        {"村": "西湾村", "姓名": "李双末", "上半年末位": "是", "下半年末位": "是", "满意票": 35},
        {"村": "前屯村", "姓名": "王延期", "本届起": "2021-11-01", "延期至": "2027-04-30", "延期文件": "望组函〔2026〕8号"},
        {"村": "后屯村", "姓名": "赵无文", "本届起": "2021-11-01", "延期至": "2027-04-30"},
        {"村": "三合村", "姓名": "钱老届", "本届起": "2018-07-11", "连续未列发展对象年数": 2, "任现职时间": "2015年"},
        {"村": "永发村", **blank, "出缺日期": "2026-08-27"},
        {"村": "兴隆村", **blank, "出缺日期": "2026-08-28"},
        {"村": "太平村", "姓名": "孙免职", "免职日期": "2026-10-09", "免职原因": "违纪违法"},
        {"村": "长岭村", "姓名": "周前任", "免职日期": "2026-09-01", "免职原因": "4"},
        {"村": "长岭村", "姓名": "吴接任", "任现职时间": "2026-09-01"},
        {"村": "双泉村", "姓名": "郑同村", "乡镇": "望河乡"},
        {"村": "双泉村", "姓名": "冯同村", "乡镇": "望河乡"},
        {"村": "靠山村", "姓名": "陈没届", "乡镇": "望河乡", "本届起": "", "整顿名单": "是", "一肩挑": "否"},
        {"村": "河口村", "姓名": "褚票多", "乡镇": "望河乡", "满意票": 61},
        {"村": "团结村", "姓名": "卫日子", "乡镇": "望河乡", "本届起": "2021.13"},
    ]  # fmt: skip
    for number, one in enumerate(county, 1):
        one.setdefault("身份证号", identity(f"19{64 + number}-04-{number:02d}", number=number))
    return [[(plain | one).get(heading, "") for heading in SECRETARIES] for one in county]


def candidates() -> list[list[object]]:
    """One candidate for each thing that can happen."""
    plain: dict[str, Any] = {
        "乡镇": "青禾镇", "来源类别": "本村", "人员类别": "正式党员", "学历": "高中", "入党时间": "2008.7", "处分情况": "无", "公示起": "2026-11-02",
        "乡镇党委意见": "同意",
    }  # fmt: skip
    for body in ("纪检", "公安", "信访"):
        plain |= {f"{body}意见": "无异议", f"{body}意见日期": "2026-10-20"}
    office = {"来源类别": "机关选派", "单位推荐": "是", "原单位职务": "县水利局科员", "学历": "大学"}
    county: list[dict[str, Any]] = [
        {"村": "永发村", "姓名": "甘齐备", **office, "备案日期": "2026-11-20"},
        {"村": "太平村", "姓名": "高并报"},
        {"村": "太平村", "姓名": "牛并报", "公示起": "2026-11-23"},
        {"村": "兴隆村", "姓名": "马异议", "公安意见": "有异议"},
        {"村": "西湾村", "姓名": "羊预备", "人员类别": "预备党员", "信访意见": ""},
        {"村": "向阴村", "姓名": "虎没村", "纪检意见日期": ""},
        {"村": "东湾村", "姓名": "龙词外", "人员类别": "党员"},
    ]
    for number, one in enumerate(county, 31):
        one["身份证号"] = identity(f"19{50 + number}-06-{number - 20:02d}", "女", number)
    return [[(plain | one).get(heading, "") for heading in CANDIDATES] for one in county]


def elections() -> tuple[list[list[object]], list[list[object]], list[list[object]]]:
    """A tie, a meeting that too few came to, votes that cannot be, and a round that was revoked and held again."""
    rounds: list[list[object]] = [
        ["青禾镇", "东湾村", "党员大会", 1, "2026-11-12", 40, 32, 32, 32, 32, 3, "", ""],
        ["青禾镇", "前屯村", "党员大会", 1, "2026-11-12", 40, 31, 31, 31, 31, 1, "", ""],
        ["青禾镇", "后屯村", "党员大会", 1, "2026-11-12", 40, 36, 36, 36, 30, 2, "", ""],
        ["望河乡", "靠山村", "党员大会", 1, "2026-11-12", 50, 45, 45, 45, 44, 2, "", "是"],
        ["望河乡", "靠山村", "党员大会", 2, "2026-11-26", 50, 46, 46, 46, 46, 2, "", "是"],
        ["望河乡", "河口村", "党员大会", 1, "2026-11-12", "", 36, 36, 36, 36, 1, "", ""],
    ]
    cast = {
        ("青禾镇", "东湾村", 1): {"张照常": 25, "刘二票": 22, "关三票": 18, "曹三票": 18},
        ("青禾镇", "前屯村", 1): {"王延期": 30},
        ("青禾镇", "后屯村", 1): {"赵无文": 31, "许有票": 20},
        ("望河乡", "靠山村", 1): {"陈没届": 40, "何有票": 30},
        ("望河乡", "靠山村", 2): {"陈没届": 41, "何有票": 23},
        ("望河乡", "河口村", 1): {"褚票多": 30},
    }
    votes: list[list[object]] = [
        [*where, name, count] for where, own in cast.items() for name, count in own.items()
    ]
    return rounds, votes, [["望河乡", "靠山村", 1, "望党发〔2026〕31号", "2026-11-18", "会前没有公布候选人"]]


def test_a_dozen_villages_their_candidates_and_elections_give_this_screen_and_these_pages(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    rounds, votes, revoked = elections()
    book(tmp_path / "名册.xlsx", villages(), SECRETARIES, title="村党组织书记名册")
    book(tmp_path / "人选.xlsx", candidates(), CANDIDATES, title="拟任人选")
    book(tmp_path / "选举.xlsx", rounds, ELECTIONS, title="选举登记")
    book(tmp_path / "得票.xlsx", votes, VOTES, title="得票")
    book(tmp_path / "撤销.xlsx", revoked, REVOKED, title="选举撤销")
    books = ("名册.xlsx", "人选.xlsx", "选举.xlsx", "得票.xlsx", "撤销.xlsx")
    asked = ("--period", "2026", "--on", "2026-11-28", "--also", "linzhang-2016", "--details")
    ran = sanchuang("secretaries", *books, *asked, "--out", "结果.xlsx", COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == golden("secretaries")
