"""The golden of 在职报酬: a dozen cadres in two months."""

from pathlib import Path

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.ledger.county import account
from tests.programmes.people import identity

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
    assert lines == golden("pay")
