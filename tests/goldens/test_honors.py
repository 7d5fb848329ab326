"""The golden of 表彰推荐: three townships, a row for each thing that can happen."""

from pathlib import Path

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.programmes.people import identity

HEADS = (
    "类别", "乡镇", "姓名", "身份证号码", "单位及职务", "是否一线", "是否领导", "推荐次序", "事迹", "纪检意见", "信访意见", "计生意见", "备注",
)  # fmt: skip
BASES = (("青禾镇", 520, 60), ("望河乡", 410, 45), ("白桦镇", 100, 40))
CLEAR = {"纪检意见": "无异议", "信访意见": "无意见", "计生意见": "同意", "是否一线": "是", "是否领导": "否"}


def nominees() -> list[list[object]]:
    """Party workers and organisations of three townships, and members, who wait for the result of the review."""
    worker, branch = (
        {"类别": "优秀党务工作者", **CLEAR},
        {"类别": "先进组织", **CLEAR, "是否一线": "", "是否领导": ""},
    )
    county: list[dict[str, object]] = [
        {**worker, "乡镇": "青禾镇", "姓名": "周建国", "推荐次序": 1, "是否领导": "是", "是否一线": "否"},
        {**worker, "乡镇": "青禾镇", "姓名": "吴凤英", "推荐次序": 2, "事迹": "修" * 101},
        {**worker, "乡镇": "青禾镇", "姓名": "郑文斌", "推荐次序": 3, "信访意见": "有异议"},
        {**worker, "乡镇": "望河乡", "姓名": "王海涛", "推荐次序": 1},
        {**worker, "乡镇": "望河乡", "姓名": "冯玉兰", "推荐次序": 1, "计生意见": ""},
        {**worker, "乡镇": "望河乡", "姓名": "陈永胜"},
        {**worker, "乡镇": "白桦镇", "姓名": "褚立新", "推荐次序": 1, "备注": "已病故"},
        {**worker, "乡镇": "白桦县", "姓名": "卫桂芝", "推荐次序": 1},
        {**worker, "乡镇": "白桦镇", "姓名": "蒋秀英", "推荐次序": 2, "是否一线": ""},
        {**branch, "乡镇": "青禾镇", "姓名": "河西村党支部", "推荐次序": 1, "单位及职务": "书记周建国"},
        {**branch, "乡镇": "青禾镇", "姓名": "河东村党支部", "推荐次序": 2},
        {**branch, "乡镇": "青禾镇", "姓名": "河东村党支部", "推荐次序": 3},
        {**branch, "乡镇": "望河乡", "姓名": "三合村党支部", "推荐次序": 1},
        {**branch, "乡镇": "望河乡", "姓名": "永发村党支部"},
        {**branch, "乡镇": "白桦镇", "姓名": "长岭村党支部", "推荐次序": "头一个"},
        {**worker, "类别": "优秀党员", "乡镇": "青禾镇", "姓名": "吴凤英", "推荐次序": 1},
        {**worker, "类别": "优秀党员", "乡镇": "望河乡", "姓名": "沈国栋", "推荐次序": 1},
        {**worker, "类别": "致富能手", "乡镇": "望河乡", "姓名": "韩喜林", "推荐次序": 2},
    ]  # fmt: skip
    numbers: dict[object, str] = {}
    for number, one in enumerate(county, 1):
        if "党支部" not in str(one["姓名"]):
            born = f"19{60 + number}-05-{number:02d}"
            one["身份证号码"] = numbers.setdefault(one["姓名"], identity(born, number=number))
            one.setdefault("单位及职务", "村党支部书记")
    plain = {"事迹": "带领群众修路"}
    return [[(plain | one).get(heading, "") for heading in HEADS] for one in county]


def test_three_townships_give_this_screen_and_these_pages(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "全县.xlsx", nominees(), HEADS, title="表彰推荐名册")
    book(tmp_path / "基数.xlsx", BASES, ("乡镇", "党员数", "支部数"), title="名额基数")
    asked = ("全县.xlsx", "基数.xlsx", "--period", "2025", "--on", "2025-12-31", "--out", "结果.xlsx")
    ran = sanchuang("honors", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == golden("honors")
