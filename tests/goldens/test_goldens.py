"""What reviewers see is what clerks get: a small county's screen, exit code and workbook, as text that is read in a diff.

A golden is written by hand from a run that a person has checked. It is never regenerated to make a test pass: a change
of a golden is a change of what clerks get, and its commit says why.
"""

from pathlib import Path

from openpyxl import load_workbook

from tests.command import GOODS, Sanchuang, book
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


DEVELOPMENT = (
    "乡镇", "支部", "姓名", "身份证号", "民族", "学历", "职业", "申请", "谈话", "积极分子", "公示起", "公示止", "发展对象", "备案",
    "政审", "培训起", "培训止", "培训天数", "培训学时", "预审", "支部大会", "应到", "实到", "赞成", "反对", "弃权", "书面赞成", "党委审批",
    "组织部备案", "宣誓", "延长月数", "预备期止", "转正申请", "转正大会", "转正应到", "转正实到", "转正赞成", "转正反对", "转正审批", "归档",
    "终止日期", "延迟原因",
)  # fmt: skip


def candidates() -> list[list[object]]:
    """One person for each thing that can happen, in two branches; the last of them stands there twice."""
    here = {"乡镇": "青禾镇", "支部": "河西村党支部"}
    there = {"乡镇": "望河乡", "支部": "三合村党支部"}
    activist = {"申请": "2025.8.4", "谈话": "2025.8.20", "积极分子": "2025.11.18"}
    listed = {
        "申请": "2025.3.4",
        "谈话": "2025.3.20",
        "积极分子": "2025.6.5",
        "公示起": "2026.6.8",
        "公示止": "2026.6.15",
        "发展对象": "2026.6.16",
        "备案": "2026.6.25",
    }
    ready = {
        **listed,
        "政审": "2026.7.10",
        "培训起": "2026.8.3",
        "培训止": "2026.8.5",
        "培训天数": 3,
        "培训学时": 20,
        "预审": "2026.8.20",
    }
    voted = {"支部大会": "2026.9.10", "应到": 25, "实到": 22, "赞成": 21, "反对": 0, "弃权": 1}
    admitted = {**ready, **voted, "党委审批": "2026.10.15", "组织部备案": "2026.10.25", "宣誓": "2026.11.2"}
    former = {
        "申请": "2022.3.1",
        "谈话": "2022.3.10",
        "积极分子": "2022.6.1",
        "公示起": "2023.6.1",
        "公示止": "2023.6.9",
        "发展对象": "2023.6.12",
        "备案": "2023.6.20",
        "政审": "2023.7.1",
        "培训起": "2023.7.10",
        "培训止": "2023.7.12",
        "培训天数": 3,
        "培训学时": 24,
        "预审": "2023.8.1",
        "支部大会": "2023.8.20",
        "应到": 20,
        "实到": 18,
        "赞成": 18,
        "反对": 0,
        "党委审批": "2023.10.20",
        "组织部备案": "2023.11.1",
        "宣誓": "2023.11.10",
        "转正申请": "2024.8.20",
        "转正大会": "2024.9.1",
        "转正应到": 20,
        "转正实到": 19,
        "转正赞成": 19,
        "转正反对": 0,
        "转正审批": "2024.9.25",
        "归档": "2024.10.8",
    }
    county: list[dict[str, object]] = [
        {"姓名": "张新申", "申请": "2026.10.10", **here},
        {"姓名": "李培养", **activist, **here},
        {"姓名": "王晚谈", **activist, "谈话": "2025.10.8", **here},
        {"姓名": "赵公示", **listed, "公示止": "2026.6.11", "发展对象": "2026.6.12", **here},
        {"姓名": "钱待会", **ready, "预审": "2026.10.20", **here},
        {"姓名": "孙预备", **admitted, "民族": "满族", "学历": "本科", "职业": "农民", **here},
        {"姓名": "周转正", **former, **here},
        {"姓名": "吴少票", **{**admitted, "赞成": 12, "弃权": 9}, "民族": "汉族", "学历": "初中", "职业": "农民", **there},
        {"姓名": "郑书面", **{**admitted, "实到": 13, "赞成": 12, "书面赞成": 1}, "民族": "汉族", "学历": "大专", "职业": "教师", **there},
        {"姓名": "冯延长", **former, "延长月数": 8, "转正申请": "2025.4.20", "转正大会": "2025.5.6", "转正审批": "2025.9.1", "延迟原因": "党委换届", **there},
        {"姓名": "陈退出", **activist, "终止日期": "2026.3.1", **there},
        {"姓名": "褚老党", "申请": "1970.5.1", "谈话": "1970.5.9", "积极分子": "1970.8.1", "支部大会": "1971.7.1", "党委审批": "1971.7.20", **there},
        {"姓名": "卫票错", **{**admitted, "实到": 26}, **there},
        {"姓名": "蒋日错", "申请": "2026.2.30", **there},
        {"姓名": "沈两次", **activist, **there},
        {"姓名": "沈两次", **activist, "谈话": "2025.8.21", **there},
    ]  # fmt: skip
    for number, one in enumerate(county[:-1], 1):
        year = 1950 if one["姓名"] == "褚老党" else 1980 + number
        one["身份证号"] = identity(f"{year}-04-{number:02d}", number=number)
    county[-1]["身份证号"] = county[-2]["身份证号"]
    return [[one.get(heading, "") for heading in DEVELOPMENT] for one in county]


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


def test_sixteen_rows_of_a_register_give_this_screen_and_these_pages(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    book(tmp_path / "全县.xlsx", candidates(), DEVELOPMENT, title="发展党员台账")
    plans = [("青禾镇", "河西村党支部", 2), ("望河乡", "三合村党支部", 1), ("望河乡", "新立村党支部", 1)]
    book(tmp_path / "计划.xlsx", plans, ("乡镇", "支部", "年度计划数"), title="支部年度计划")
    asked = ("全县.xlsx", "计划.xlsx", "--period", "2026", "--on", "2026-11-28", "--out", "结果.xlsx")
    ran = sanchuang("development", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == (HERE / "development.txt").read_text("utf-8").splitlines()
