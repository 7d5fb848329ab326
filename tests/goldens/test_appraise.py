"""The golden of 述评考: ten units, with ballots, inspections and problems."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.command import Sanchuang
from tests.goldens.written import dumped, golden
from tests.programmes.appraise.books import book

UNITS = (
    "乡镇",
    "单位",
    "类型",
    "书记",
    "是否参评",
    "述职报告",
    "述职日期",
    "日常得分",
    "述职得分",
    "年度考核得分",
    "重大事故",
    "上年等次",
)
BALLOTS = ("乡镇", "单位", "组", "发出", "收回", "有效", "好", "较好", "一般", "差")
ITEMS = ("乡镇", "单位", "项目", "序号", "方式", "满分", "扣分", "科室", "科室分值", "扣分原因")
PROBLEMS = ("乡镇", "单位", "问题", "提出日期", "整改措施", "责任人", "时限", "销号")
Cells = dict[str, Any]


def units() -> list[Cells]:
    """One unit for each thing that can happen."""
    village: Cells = {
        "乡镇": "青禾镇",
        "类型": "村",
        "述职日期": "2025-12-20",
        "日常得分": 88,
        "述职得分": 91,
        "重大事故": "否",
        "上年等次": "较好",
    }
    county: list[Cells] = [
        {**village, "单位": "向阳村党支部", "书记": "杨兴华", "述职报告": "抓基层、强堡垒", "年度考核得分": 90},
        {**village, "单位": "东湾村党支部", "书记": "任海涛", "日常得分": 96, "述职得分": 95},
        {**village, "单位": "西湾村党支部", "书记": "郭凤霞", "日常得分": 96, "述职得分": 95, "上年等次": "好"},
        {**village, "单位": "兴隆村党支部", "书记": "王玉珍", "日常得分": 65, "述职得分": 60, "上年等次": "一般"},
        {**village, "单位": "太平村党支部", "书记": "赵殿臣", "述职得分": "", "述职日期": ""},
        {**village, "单位": "三合村党支部", "书记": "张建国", "是否参评": "否"},
        {**village, "单位": "永发村党支部", "书记": "王雪梅"},
        {**village, "乡镇": "望河乡", "单位": "望河乡党委", "类型": "乡镇", "书记": "王忠诚", "日常得分": "", "述职得分": 93},
        {**village, "乡镇": "望河乡", "单位": "双泉村党支部", "书记": "王志强", "日常得分": 98, "述职得分": 97, "重大事故": "是"},
        {**village, "乡镇": "望河乡", "单位": "长岭村党支部", "书记": "梁广财", "日常得分": 90},
    ]  # fmt: skip
    return county


def ballots() -> Iterator[Cells]:
    """Twenty of the masses on each; on some, other groups too, of which one is small and one away."""
    for one in units():
        who = {head: one[head] for head in ("乡镇", "单位")}
        poor = one["单位"] == "兴隆村党支部"
        marks = {"好": 0 if poor else 18, "较好": 2, "一般": 18 if poor else 0, "差": 0}
        yield {**who, "组": "群众", "发出": 22, "收回": 21, "有效": 20, **marks}
    here, there = ({"乡镇": "青禾镇", "单位": f"{name}村党支部"} for name in ("向阳", "永发"))
    yield {**here, "组": "上级", "发出": 3, "收回": 3, "有效": 3, "好": 1, "较好": 1, "一般": 1, "差": 0}
    yield {**here, "组": "同级", "发出": 8, "收回": 7, "有效": 7, "好": 5, "较好": 2, "一般": 0, "差": 0}
    yield {**here, "组": "下级", "发出": 12, "收回": 0, "有效": 0}
    yield {**there, "组": "同级", "发出": 6, "收回": 7, "有效": 7, "好": 5, "较好": 2, "一般": 0, "差": 0}


def items() -> Iterator[Cells]:
    """Of one township every item; of a village, a daily score that the sheet does not give."""
    town, village = {"乡镇": "望河乡", "单位": "望河乡党委"}, {"乡镇": "望河乡", "单位": "长岭村党支部"}
    for number, (office, part, lost) in enumerate((("组织科", 35, 4.5), ("宣教科", 25, 0)), 1):
        yield {**town, "项目": "落实责任", "序号": number, "方式": "看", "满分": 60, "扣分": lost, "科室": office, "科室分值": part, "扣分原因": "专题研究少 1 次" if lost else ""}  # fmt: skip
    yield {**town, "项目": "阵地建设", "序号": 1, "方式": "比", "满分": 40, "扣分": 1}
    yield {**village, "项目": "阵地建设", "序号": 1, "方式": "看", "满分": 100, "扣分": 12}
    yield {
        "乡镇": "望河乡",
        "单位": "老龙口村党支部",
        "项目": "阵地建设",
        "序号": 1,
        "方式": "看",
        "满分": 100,
        "扣分": 3,
    }


def problems() -> Iterator[Cells]:
    who = {"乡镇": "青禾镇", "单位": "向阳村党支部", "责任人": "杨兴华"}
    yield {
        **who,
        "问题": "后备干部储备不足",
        "提出日期": "2024-12-26",
        "整改措施": "储备两名",
        "时限": "2025-06-30",
        "销号": "2025-06-18",
    }
    yield {
        **who,
        "问题": "活动场所利用率低",
        "提出日期": "2024-12-26",
        "整改措施": "每周开放",
        "时限": "2025-12-20",
    }
    yield {
        **who,
        "单位": "永发村党支部",
        "责任人": "王雪梅",
        "问题": "台账不全",
        "提出日期": "2025-03-02",
        "时限": "2026-03-31",
    }


def test_ten_units_give_this_screen_and_these_pages(sanchuang: Sanchuang, tmp_path: Path) -> None:
    tables = {
        "述评考汇总": (UNITS, units()),
        "测评票": (BALLOTS, ballots()),
        "检查扣分": (ITEMS, items()),
        "问题清单": (PROBLEMS, problems()),
    }
    book(
        tmp_path / "全县.xlsx",
        {
            name: [heads, *([row.get(head, "") for head in heads] for row in rows)]
            for name, (heads, rows) in tables.items()
        },
    )
    asked = ("--period", "2025", "--on", "2025-12-31", "--details", "--out", "结果.xlsx")
    ran = sanchuang("appraise", "全县.xlsx", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == golden("appraise")
