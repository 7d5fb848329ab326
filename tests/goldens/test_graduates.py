"""The golden of 大学生村官: fifteen contracts."""

from pathlib import Path

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.ledger.county import account
from tests.programmes.people import identity

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
    assert text.splitlines() == golden("graduates")
