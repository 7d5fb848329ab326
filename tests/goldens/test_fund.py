"""The golden of 创业扶助基金: a dozen applicants, eight loans."""

from pathlib import Path

from sanchuang_cli.policy import source
from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.ledger.county import account
from tests.programmes.people import identity

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
    assert text.splitlines() == golden("fund")
