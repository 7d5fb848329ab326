"""The golden of 免费体检: a dozen secretaries."""

from pathlib import Path

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.programmes.people import identity

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


def test_a_dozen_secretaries_give_this_screen_and_these_pages(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "全县.xlsx", secretaries(), CHECKUPS, title="村党组织书记体检名册")
    days = [("县医院", "2026-05-12", 3), ("县医院", "2026-05-13", 3)]
    book(tmp_path / "日程.xlsx", days, ("体检机构", "日期", "名额"), title="体检机构日程")
    asked = ("全县.xlsx", "日程.xlsx", "--period", "2026", "--on", "2026-11-28", "--out", "结果.xlsx")
    ran = sanchuang("checkups", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == golden("checkups")
