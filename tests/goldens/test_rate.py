"""The golden of 星级评定: a small county."""

from pathlib import Path

from tests.command import GOODS, Sanchuang, book
from tests.goldens.written import dumped, golden

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


def test_a_small_county_gives_this_screen_and_this_workbook(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "全县.xlsx", rows(), HEADINGS)
    asked = ("全县.xlsx", "--period", "2026", "--on", "2026-06-30", "--details")
    ran = sanchuang("rate", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '全县-星级评定-2026.xlsx')}"
    assert text.splitlines() == golden("rate")
