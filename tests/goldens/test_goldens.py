"""What reviewers see is what clerks get: a small county's screen, exit code and workbook, as text that is read in a diff.

A golden is written by hand from a run that a person has checked. It is never regenerated to make a test pass: a change
of a golden is a change of what clerks get, and its commit says why.
"""

from pathlib import Path

from openpyxl import load_workbook

from sanchuang_cli.policy import source
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


APPLICATIONS = (
    "乡镇", "村", "申请人姓名", "身份证号", "申请时间", "人员类别", "项目", "总投资", "自有资金", "申请额", "期限（月）", "开办时间",
    "带动户数", "信用", "配偶身份证号", "其他贴息", "项目前景分", "自有资金分", "带动农户分", "信用分", "党性评议分",
)  # fmt: skip
LOANS = (
    "编号",
    "乡镇",
    "村",
    "姓名",
    "身份证号",
    "项目",
    "本金",
    "发放日",
    "期限月",
    "年利率",
    "担保人",
    "银行账号",
)
EVENTS = ("编号", "日期", "事件", "金额", "展期月数", "原事件日期")


def applicants() -> list[list[object]]:
    """One applicant for each thing that can happen."""
    scores = dict(zip(APPLICATIONS[-5:], (25, 15, 15, 12, 13), strict=True))
    plain = {
        "乡镇": "青禾镇", "村": "河西村", "申请时间": "2025.10.8", "人员类别": "正式党员", "项目": "肉牛养殖", "总投资": 100000,
        "自有资金": "4万元", "申请额": 60000, "期限（月）": 12, "开办时间": "2020年5月", "带动户数": 6, "信用": "良好",
    }  # fmt: skip
    county: list[dict[str, object]] = [
        {"申请人姓名": "张头名", "党性评议分": 15, "申请额": 150000},
        {"申请人姓名": "李自筹", "自有资金": 34000},
        {"申请人姓名": "王预备", "人员类别": "预备党员", "期限（月）": 18},
        {"申请人姓名": "赵并列"},
        {"申请人姓名": "钱并列", "乡镇": "望河乡"},
        {"申请人姓名": "孙夫妻", "党性评议分": 14},
        {"申请人姓名": "周有贷", "配偶身份证号": identity("1972-02-03", number=42)},
        {"申请人姓名": "吴姓名", "配偶身份证号": "郑洋"},
        {"申请人姓名": "郑不详", "开办时间": "2023年"},
        {"申请人姓名": "冯词外", "信用": "一般"},
        {"申请人姓名": "陈待核", "配偶身份证号": identity("1974-02-03", number=44)},
    ]  # fmt: skip
    for number, one in enumerate(county, 1):
        one["身份证号"] = identity(f"19{70 + number}-04-{number:02d}", number=number)
    county[5]["配偶身份证号"] = county[0]["身份证号"]
    return [[(plain | scores | one).get(heading, "") for heading in APPLICATIONS] for one in county]


def lent() -> tuple[list[list[object]], list[list[object]]]:
    """One loan for each thing that can happen, and the events."""
    plain = {
        "乡镇": "青禾镇",
        "村": "河西村",
        "项目": "大棚蔬菜",
        "本金": 50000,
        "发放日": "2025-01-01",
        "期限月": 12,
        "年利率": "4.35%",
    }
    county: list[dict[str, object]] = [
        {"编号": "001", "姓名": "甲还清"},
        {"编号": "002", "姓名": "乙逾期", "发放日": "2024-10-01", "年利率": "3.6%", "乡镇": "望河乡"},
        {"编号": "003", "姓名": "丙展期", "发放日": "2024-12-15", "年利率": "3.6%"},
        {"编号": "004", "姓名": "丁超还", "年利率": "3.6%"},
        {"编号": "005", "姓名": "戊核销", "发放日": "2024-06-01", "年利率": "3.6%"},
        {"编号": "006", "姓名": "己写厘", "年利率": "6厘"},
        {"编号": "007", "姓名": "庚同号", "年利率": "3.6%"},
        {"编号": "007", "姓名": "辛同号", "年利率": "3.6%"},
    ]
    for number, one in enumerate(county, 41):
        one["身份证号"] = identity(f"19{number + 30}-02-03", number=number)
        one["银行账号"] = account(number) if number != 43 else ""
    events: list[list[object]] = [
        ["001", "2025-07-01", "还本", 20000], ["001", "2025-12-01", "结清", 30000],
        ["003", "2025-12-10", "展期", "", 6], ["003", "2025-08-01", "还本", 10000], ["003", "2025-08-02", "冲正", "", "", "2025-08-01"],
        ["004", "2025-05-01", "还本", 60000], ["005", "2025-09-30", "核销", ""], ["009", "2025-05-01", "结清", ""],
    ]  # fmt: skip
    return [[(plain | one).get(heading, "") for heading in LOANS] for one in county], events


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


BODIES = (
    "乡镇",
    "村",
    "类型",
    "是否贫困村",
    "人口",
    "党员数",
    "转入党员数",
    "新批支部数",
    "工资总额",
    "管理费支出",
    "缴纳党费",
    "核定金额",
    "开户行",
    "银行账号",
)
VOUCHERS = ("乡镇", "村", "凭证号", "日期", "用途", "金额", "状态", "冲销凭证号")


def bodies() -> list[list[object]]:
    """One body for each thing that can happen."""
    account = {"开户行": "农业银行", "银行账号": "6222021234567890128"}
    county: list[dict[str, object]] = [
        {"乡镇": "青禾镇", "村": "河西村", "类型": "村", "是否贫困村": "是", "人口": 900, "党员数": 40},
        {"乡镇": "青禾镇", "村": "河东村", "类型": "行政村", "核定金额": 50000},
        {"乡镇": "青禾镇", "村": "站前社区", "类型": "社区"},
        {"乡镇": "望河乡", "村": "丰收公司", "类型": "民营企业", "转入党员数": 5, "新批支部数": 1, "工资总额": 8000000,
         "管理费支出": 95000, "缴纳党费": 1234.5},
        {"乡镇": "望河乡", "村": "种植协会", "类型": "社会组织", "转入党员数": 3, "新批支部数": 0},
        {"乡镇": "望河乡", "村": "三合村", "类型": "林场"},
        {"乡镇": "望河乡", "村": "两次村", "类型": "村", "是否贫困村": "是"},
        {"乡镇": "望河乡", "村": "两次村", "类型": "村"},
    ]  # fmt: skip
    return [[(account | row).get(heading, "") for heading in BODIES] for row in county]


def vouchers() -> list[list[object]]:
    """One voucher for each thing that can happen."""
    county: list[tuple[object, ...]] = [
        ("青禾镇", "河西村", "1", "2026-03-05", "阵地维护", 46000, "", ""),
        ("青禾镇", "河西村", "2", "2026-09-10", "学习教育", 5000, "", ""),
        ("青禾镇", "河西村", "3", "2026-10-10", "阵地维护", 8000, "", "1"),
        ("青禾镇", "河东村", "4", "2026-11-02", "报刊资料", 1200, "", ""),
        ("青禾镇", "河东村", "5", "2026-11-03", "组织活动", 3000, "承诺", ""),
        ("青禾镇", "站前社区", "6", "2026-04-01", "招待费", 100, "", ""),
        ("望河乡", "三合村", "7", "2026-04-01", "学习教育", 100, "", ""),
    ]
    return [list(row) for row in county]


def test_a_few_bodies_give_this_screen_and_these_pages(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "全县.xlsx", bodies(), BODIES, title="村（社区）基本情况")
    book(tmp_path / "凭证.xlsx", vouchers(), VOUCHERS, title="支出凭证")
    paid = [("青禾镇", "河西村", "2026-03-20", 12500), ("青禾镇", "河东村", "2026-03-20", 60000)]
    book(tmp_path / "拨付.xlsx", paid, ("乡镇", "村", "拨付日期", "拨付金额"), title="拨付")
    asked = (
        "全县.xlsx",
        "凭证.xlsx",
        "拨付.xlsx",
        "--period",
        "2026",
        "--on",
        "2026-11-28",
        "--out",
        "结果.xlsx",
    )
    ran = sanchuang("budget", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == (HERE / "budget.txt").read_text("utf-8").splitlines()


DUES = (
    "上级党组织", "支部", "姓名", "身份证号", "缴费类别", "党费基数", "入党日期", "转出日期", "减免后金额", "减免决定", "支部类型", "自愿多交",
    *(f"{n}月" for n in range(1, 7)),
)  # fmt: skip


def members_with_dues() -> list[list[object]]:
    """One member for each thing that can happen, January to June."""
    months = [f"{n}月" for n in range(1, 7)]
    here = {"上级党组织": "青禾镇", "支部": "机关党支部", "缴费类别": "在职", "入党日期": "1998.7"}
    there = {
        "上级党组织": "望河乡",
        "支部": "丰收公司党支部",
        "缴费类别": "在职",
        "入党日期": "2015.7",
        "支部类型": "非公企业",
    }
    county: list[dict[str, object]] = [
        {"姓名": "张交清", "党费基数": 5000, **dict.fromkeys(months, 50), **here},
        {"姓名": "李欠交", "党费基数": 5000.01, **dict.fromkeys(months[:4], 75), **here},
        {
            "姓名": "王多交",
            "党费基数": 3000,
            **dict.fromkeys(months, 15),
            "6月": 20,
            "自愿多交": 1500,
            **here,
        },
        {"姓名": "赵免交", "党费基数": 3000, "减免后金额": 0, "减免决定": "青发〔2026〕2号", **here},
        {"姓名": "钱没决定", "党费基数": 3000, "减免后金额": 5, **dict.fromkeys(months, 5), **here},
        {
            "姓名": "孙新来",
            **here,
            "缴费类别": "农民",
            "入党日期": "2026.4.10",
            **dict.fromkeys(months[3:], 0.5),
        },
        {"姓名": "周转走", "党费基数": 3000, **here, "转出日期": "2026.2.3", **dict.fromkeys(months[:2], 15)},
        {"姓名": "吴收据", "党费基数": 3000, **here},
        {"姓名": "郑没交", "党费基数": 3000, **there},
        {"姓名": "冯工资", "党费基数": 5112, **dict.fromkeys(months, 48.9), **there},
        {"姓名": "陈类别", "党费基数": 3000, **there, "缴费类别": "聘用"},
        {"姓名": "褚基数", **there},
    ]
    for number, one in enumerate(county, 1):
        one["身份证号"] = identity(f"19{60 + number}-04-{number:02d}", number=number)
    return [[one.get(heading, "") for heading in DUES] for one in county]


def test_a_dozen_members_give_this_screen_and_these_pages(sanchuang: Sanchuang, tmp_path: Path) -> None:
    rows = members_with_dues()
    book(tmp_path / "全县.xlsx", rows, DUES, title="党费收缴登记表")
    receipts = [
        ("R1", "吴收据", "机关党支部", "2026-05-08", 60),
        ("R2", "钟无此", "机关党支部", "2026-05-08", 15),
    ]
    book(
        tmp_path / "收据.xlsx",
        receipts,
        ("票号", "姓名", "支部", "交纳日期", "交纳金额"),
        title="党费收据登记",
    )
    pay = [(rows[9][3], 6000, 0, 0, 0, 4800, "10.5%", "8%")]
    heads = (
        "身份证号",
        "岗位工资",
        "薪级工资",
        "津贴补贴",
        "绩效工资",
        "缴费基数",
        "保险扣缴比例",
        "公积金扣缴比例",
    )
    book(tmp_path / "工资.xlsx", pay, heads, title="工资表")
    asked = (
        "全县.xlsx",
        "收据.xlsx",
        "工资.xlsx",
        "--period",
        "2026",
        "--on",
        "2026-07-10",
        "--out",
        "结果.xlsx",
    )
    ran = sanchuang("dues", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == (HERE / "dues.txt").read_text("utf-8").splitlines()


def test_a_dozen_applicants_and_eight_loans_give_this_screen_and_these_pages(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    loans, events = lent()
    book(tmp_path / "申请.xlsx", applicants(), APPLICATIONS, title="创业扶助基金申请表")
    book(tmp_path / "台账.xlsx", loans, LOANS, title="贷款台账")
    book(tmp_path / "事件.xlsx", events, EVENTS, title="贷款事件")
    policy = source("fund", None)[1].decode().replace("yuan = 3000000", "yuan = 530000")
    (tmp_path / "基金.toml").write_text(policy, "utf-8")
    asked = (
        "申请.xlsx",
        "台账.xlsx",
        "事件.xlsx",
        "--policy",
        "基金.toml",
        "--period",
        "2025",
        "--on",
        "2025-12-31",
    )
    ran = sanchuang("fund", *asked, "--out", "结果.xlsx", "--details", COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == (HERE / "fund.txt").read_text("utf-8").splitlines()


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


CONTRACTS = (
    "乡镇", "村", "姓名", "身份证号", "学历", "县类别", "合同起", "合同止", "期次", "解除日期", "解除原因", "已发安家费", "考核等次",
    "开户行", "银行账号",
)  # fmt: skip


def contracts() -> list[list[object]]:
    """One contract for each thing that can happen; two people have two."""
    here = {"乡镇": "青禾镇", "村": "河西村", "学历": "大学本科", "县类别": "三类", "开户行": "农业银行"}
    there = {**here, "乡镇": "望河乡", "村": "三合村"}
    county: list[dict[str, object]] = [
        {"姓名": "张在岗", "合同起": "2025-03-01", "合同止": "2028-02-29", "考核等次": "称职", **here},
        {"姓名": "李新到", "合同起": "2026-10-12", "合同止": "2029-10-11", **here},
        {"姓名": "王辞职", "合同起": "2026-05-06", "合同止": "2029-05-05", "解除日期": "2026-10-20", "解除原因": "辞职", **here},
        {"姓名": "赵过半", "合同起": "2026-04-06", "合同止": "2029-04-05", "解除日期": "2026-10-20", "已发安家费": 2500, **here},
        {"姓名": "钱期满", "合同起": "2023-10-20", "合同止": "2026-10-19", "考核等次": "不称职", **here},
        {"姓名": "孙将满", "合同起": "2023-11-16", "合同止": "2026-11-15", "考核等次": "不称职", **there},
        {"姓名": "周未评", "合同起": "2024-01-16", "合同止": "2027-01-15", **there},
        {"姓名": "吴续聘", "合同起": "2023-10-16", "合同止": "2026-10-15", "考核等次": "优秀", **there},
        {"姓名": "吴续聘", "合同起": "2026-10-16", "合同止": "2029-10-15", **there},
        {"姓名": "郑未到", "合同起": "2026-11-16", "合同止": "2029-11-15", **there},
        {"姓名": "冯无号", "合同起": "2025-07-01", "合同止": "2028-06-30", "考核等次": "称职", **there, "银行账号": ""},
        {"姓名": "陈重叠", "合同起": "2024-10-01", "合同止": "2026-10-31", **there},
        {"姓名": "陈重叠", "合同起": "2026-10-31", "合同止": "2028-10-30", **there},
        {"姓名": "卫四类", "合同起": "2025-07-01", "合同止": "2028-06-30", **there, "县类别": "四类"},
        {"姓名": "蒋日错", "合同起": "2025-06-31", "合同止": "2028-06-30", **there},
    ]  # fmt: skip
    names = list(dict.fromkeys(one["姓名"] for one in county))
    for one in county:
        number = names.index(one["姓名"]) + 1
        one["身份证号"] = identity(f"1999-04-{number:02d}", number=number)
        one.setdefault("银行账号", account(number))
    return [[one.get(heading, "") for heading in CONTRACTS] for one in county]


def test_fifteen_contracts_give_this_screen_and_these_pages(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "全县.xlsx", contracts(), CONTRACTS, title="大学生村官合同台账")
    ran = sanchuang("graduates", "全县.xlsx", "--period", "2026-10", "--out", "结果.xlsx", COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == (HERE / "graduates.txt").read_text("utf-8").splitlines()
