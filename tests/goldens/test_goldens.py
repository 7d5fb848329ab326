"""What reviewers see is what clerks get: a small county's screen, exit code and workbook, as text that is read in a diff.

A golden is written by hand from a run that a person has checked. It is never regenerated to make a test pass: a change
of a golden is a change of what clerks get, and its commit says why.
"""

from pathlib import Path

from openpyxl import load_workbook

from tests.command import GOODS, Sanchuang, book
from tests.ledger.county import account
from tests.members import roster
from tests.programmes.people import identity

HERE = Path(__file__).parent
HEADINGS = (
    "乡镇", "党组织名称", "类型", "书记", "成立日期", "党员数", *(f"评定分/{good}" for good in GOODS), "自评分/领导班子",
    "发出票", "收回票", "有效票", "满意票", "满意率", "否决情形", "上年星级", "上年等次", "荣誉级别", "获荣誉时间",
    "书记空缺起始日期", "书记不胜任", "连续未发展党员年数", "备注",
)  # fmt: skip
PLAIN = {
    "类型": "村",
    "书记": "张建国",
    "成立日期": "1995.7",
    "党员数": 30,
    "发出票": 50,
    "收回票": 49,
    "有效票": 48,
    "满意票": 47,
}


def rows() -> list[list[object]]:
    """One organisation for each thing that can happen."""
    county: list[dict[str, object]] = [
        {"乡镇": "青禾镇", "党组织名称": "全优村党支部", "得分": (95, 96, 97, 98, 99), "上年星级": 4, "上年等次": "好"},
        {"乡镇": "青禾镇", "党组织名称": "四好村党支部", "得分": (86, 81, 79.5, 90, 83), "上年星级": "三星"},
        {"乡镇": "青禾镇", "党组织名称": "阶梯村党支部", "得分": (90, 90, 90, 90, 90), "上年星级": "★★"},
        {"乡镇": "青禾镇", "党组织名称": "破格村党支部", "得分": (90, 90, 90, 90, 90), "上年星级": 2, "荣誉级别": "市级",
         "获荣誉时间": "2026年3月"},
        {"乡镇": "青禾镇", "党组织名称": "否决村党支部", "得分": (92, 92, 92, 92, 92), "否决情形": "安全生产责任事故", "上年星级": 3},
        {"乡镇": "望河乡", "党组织名称": "不满意村党支部", "得分": (92, 92, 92, 92, 92), "满意票": 43, "满意率": "95%"},
        {"乡镇": "望河乡", "党组织名称": "后进村党支部", "得分": (50, 55, 60, 58, 40), "满意票": 20, "上年星级": 1,
         "连续未发展党员年数": 3},
        {"乡镇": "望河乡", "党组织名称": "空缺村党支部", "得分": (85, 85, 85, 85, 85), "书记": "", "书记空缺起始日期": "2026-01-15"},
        {"乡镇": "望河乡", "党组织名称": "新建企业党支部", "类型": "非公企业", "得分": (88, 88, 88, 88, 88), "成立日期": "2026-02-01"},
        {"乡镇": "望河乡", "党组织名称": "自评村党支部", "得分": ("", 81, 81, 81, 81), "自评分/领导班子": 84},
        {"乡镇": "望河乡", "党组织名称": "缺分村党支部", "得分": (85, 85, "", 85, 85)},
        {"乡镇": "望河乡", "党组织名称": "超分村党支部", "得分": (85, 85, 850, 85, 85)},
        {"乡镇": "望河乡", "党组织名称": "重名村党支部", "得分": (85, 85, 85, 85, 85)},
        {"乡镇": "望河乡", "党组织名称": "重名村党支部", "得分": (85, 85, 85, 85, 86)},
    ]  # fmt: skip
    cells = []
    for one in county:
        scores = dict(zip((f"评定分/{good}" for good in GOODS), one.pop("得分"), strict=True))  # type: ignore[call-overload]
        filled = PLAIN | one | scores
        cells.append([filled.get(heading, "") for heading in HEADINGS])
    return cells


CHECKUPS = (
    "乡镇", "村", "姓名", "身份证号", "职务", "任职时间", "离任时间", "上次体检时间", "是否参检", "体检时间", "体检医院", "套餐", "体检费",
    "未检原因", "复查时间",
)  # fmt: skip


def secretaries() -> list[list[object]]:
    """One secretary for each thing that can happen; a dozen, and one of them twice."""
    here, there = {"乡镇": "青禾镇", "村": "河西村"}, {"乡镇": "望河乡", "村": "三合村"}
    went = {"是否参检": "已检", "体检时间": "2026.5.12", "体检医院": "县医院", "体检费": 172}
    county: list[dict[str, object]] = [
        {"姓名": "张到期", "上次体检时间": "2024.5.6", **went, "体检费": "180元", "套餐": "男性", **here},
        {"姓名": "李超限", **went, "体检费": 260, **here},
        {"姓名": "王未到", "上次体检时间": "2025年11月", **here},
        {"姓名": "赵未检", "是否参检": "未检", "体检时间": "/", "体检费": "/", "未检原因": "外出务工", **here},
        {"姓名": "钱会计", "职务": "会计", **here},
        {"姓名": "孙错餐", **went, "套餐": "女性", "复查时间": "2026-12-20", **there},
        {"姓名": "周自去", "上次体检时间": "2025-06-03", **went, **there},
        {"姓名": "吴没写", **there},
        {"姓名": "郑离任", "离任时间": "2026-03-31", "未检原因": "已离任", **there},
        {"姓名": "冯无费", **went, "体检费": "", **there},
        {"姓名": "陈年误", **went, "体检时间": "2025.12.30", **there},
        {"姓名": "褚两次", **went, **there},
        {"姓名": "褚两次", **went, "体检费": 180, **there},
    ]  # fmt: skip
    for number, one in enumerate(county[:-1], 1):
        one["身份证号"] = identity(f"19{60 + number}-04-{number:02d}", number=number)
    county[-1]["身份证号"] = county[-2]["身份证号"]
    plain = {"职务": "村支书", "任职时间": "2018.3"}
    return [[(plain | one).get(heading, "") for heading in CHECKUPS] for one in county]


CADRES = (
    "乡镇", "村", "姓名", "身份证号", "现任职务", "任职时间", "离任时间", "任命文号", "身份类别", "停职起", "停职止", "联系电话",
    "卡状态", "开户行", "银行卡号", "备注",
)  # fmt: skip


def cadres() -> list[list[object]]:
    """One cadre for each thing that can happen; and their grades for 2025."""
    here, there = {"乡镇": "青禾镇", "村": "河西村"}, {"乡镇": "望河乡", "村": "三合村"}
    county: list[dict[str, object]] = [
        {"姓名": "张书记", **here},
        {"姓名": "李副职", "现任职务": "村委会副主任", **here},
        {"姓名": "王新任", "任职时间": "2026.3.16", "现任职务": "主任", **here},
        {"姓名": "赵离任", "离任时间": "2026-02-27", "现任职务": "村会计", **here},
        {"姓名": "钱选派", "身份类别": "选派", "现任职务": "委员", **here},
        {"姓名": "孙停职", "停职起": "2026-02-10", "停职止": "2026.4.5", "现任职务": "副书记", **here},
        {"姓名": "周无文", "任命文号": "", "现任职务": "文书", **here},
        {"姓名": "吴同任", **there},
        {"姓名": "郑同任", "任职时间": "2024-06-01", **there},
        {"姓名": "冯同卡", "现任职务": "会计", **there},
        {"姓名": "陈同卡", "现任职务": "委员", **there},
        {"姓名": "褚不明", "现任职务": "护林员", **there},
        {"姓名": "卫未激", "现任职务": "妇联主席", "卡状态": "未激活", **there},
        {"姓名": "蒋免职", "现任职务": "团支书", "备注": "已免职", **there},
    ]  # fmt: skip
    for number, one in enumerate(county, 1):
        one["身份证号"] = identity(f"19{70 + number}-04-{number:02d}", number=number)
        one["银行卡号"] = account(number)
    county[10]["银行卡号"] = county[9]["银行卡号"]
    plain = {
        "现任职务": "村支书",
        "任职时间": "2021.1.10",
        "任命文号": "县组干〔2021〕3号",
        "开户行": "农商行",
    }
    return [[(plain | one).get(heading, "") for heading in CADRES] for one in county]


def graded() -> list[list[object]]:
    grades = {
        "张书记": "优秀",
        "李副职": "良好",
        "赵离任": "一般",
        "孙停职": "不称职",
        "周无文": "良好",
        "卫未激": "良好",
    }
    return [[row[2], row[3], 2025, grades[str(row[2])]] for row in cadres() if row[2] in grades]


def dumped(path: Path) -> str:
    """A workbook as lines: a heading for each sheet, a line for each row, values as they are stored."""
    lines = []
    for sheet in load_workbook(path, data_only=True).worksheets:
        lines.append(f"== {sheet.title}")
        for row in sheet.iter_rows(values_only=True):
            cells = ["" if cell is None else str(cell).replace("\n", "⏎") for cell in row]
            if cells[0].startswith(("填报单位", "单位负责人")):  # laid out by width, not by column
                cells = [cell for cell in cells if cell]
            lines.append(" | ".join(cells).rstrip(" |"))
    return "\n".join(lines) + "\n"


def test_a_small_county_gives_this_screen_and_this_workbook(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "全县.xlsx", rows(), HEADINGS)
    asked = ("全县.xlsx", "--period", "2026", "--on", "2026-06-30", "--details")
    ran = sanchuang("rate", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '全县-星级评定-2026.xlsx')}"
    assert text.splitlines() == (HERE / "rate.txt").read_text("utf-8").splitlines()


def test_a_dozen_people_give_this_screen_and_these_lists(sanchuang: Sanchuang, tmp_path: Path) -> None:
    roster(tmp_path, "全县.xlsx")
    asked = ("全县.xlsx", "--period", "2026Q2", "--on", "2026-06-30", "--details")
    ran = sanchuang("subsidies", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '全县-生活补贴-2026Q2.xlsx')}"
    assert text.splitlines() == (HERE / "subsidies.txt").read_text("utf-8").splitlines()


def test_a_dozen_secretaries_give_this_screen_and_these_pages(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "全县.xlsx", secretaries(), CHECKUPS, title="村党组织书记体检名册")
    days = [("县医院", "2026-05-12", 3), ("县医院", "2026-05-13", 3)]
    book(tmp_path / "日程.xlsx", days, ("体检机构", "日期", "名额"), title="体检机构日程")
    asked = ("全县.xlsx", "日程.xlsx", "--period", "2026", "--on", "2026-11-28", "--out", "结果.xlsx")
    ran = sanchuang("checkups", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == (HERE / "checkups.txt").read_text("utf-8").splitlines()


def test_a_dozen_cadres_give_these_pages_for_february_and_for_march_after_it(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    book(tmp_path / "全县.xlsx", cadres(), CADRES, title="在职村干部花名册")
    book(tmp_path / "考核.xlsx", graded(), ("姓名", "身份证号", "年度", "等次"), title="年度考核")
    lines = []
    for period, more in (("2026-02", ()), ("2026-03", ("--previous", "2026-02.xlsx"))):
        asked = ("全县.xlsx", "考核.xlsx", "--period", period, "--out", f"{period}.xlsx", *more)
        ran = sanchuang("pay", *asked, COLUMNS="120")
        lines += [
            f"exit {ran.code}",
            *ran.err.splitlines(),
            *dumped(tmp_path / f"{period}.xlsx").splitlines(),
        ]
    assert lines == (HERE / "pay.txt").read_text("utf-8").splitlines()
