"""The golden of 发展党员: sixteen rows of a register."""

from pathlib import Path

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.programmes.people import identity

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


def test_sixteen_rows_of_a_register_give_this_screen_and_these_pages(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    book(tmp_path / "全县.xlsx", candidates(), DEVELOPMENT, title="发展党员台账")
    plans = [("青禾镇", "河西村党支部", 2), ("望河乡", "三合村党支部", 1), ("望河乡", "新立村党支部", 1)]
    book(tmp_path / "计划.xlsx", plans, ("乡镇", "支部", "年度计划数"), title="支部年度计划")
    asked = ("全县.xlsx", "计划.xlsx", "--period", "2026", "--on", "2026-11-28", "--out", "结果.xlsx")
    ran = sanchuang("development", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == golden("development")
