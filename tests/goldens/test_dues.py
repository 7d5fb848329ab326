"""The golden of 党费: a dozen members."""

from pathlib import Path

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.programmes.people import identity

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
    assert text.splitlines() == golden("dues")
