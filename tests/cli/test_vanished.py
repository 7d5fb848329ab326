"""A person who was paid and is missing from the roster is named before anything else, and counted on the morning's page."""

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.test_digest import county, line_of, page
from tests.cli.test_ledger_command import HEADINGS, Office, cadre, office
from tests.cli.test_run_command import ROSTER, County, log
from tests.command import book
from tests.ledger.county import number

__all__ = ["county", "office"]

WRONG = cadre(2, 身份证号="123")
"""A row with an error, which weighs more than any warning."""


def pay(run: County, send_to: str) -> None:
    assert run("batch", "approve", "1", "--by", "李四").code == 0
    assert run("batch", "send", "1", "--bank", send_to).code == 0


def paid(office: Office) -> None:
    """July has been paid to both."""
    office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    pay(office, "银行")


def doubts(path: str, sheet: str = "疑点") -> list[dict[str, str]]:
    """Its lines by their headings."""
    rows = [[str(cell or "") for cell in row] for row in load_workbook(path)[sheet].values]
    top = next(i for i, row in enumerate(rows) if row[0] == "序号")
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


def first_of_the_screen(output: str) -> list[str]:
    """The first kind of finding with its first member."""
    lines = output.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("疑点 "))
    return lines[at + 1 : at + 3]


def test_who_was_paid_and_vanished_is_named_before_errors_on_the_screen_and_in_the_workbook(
    office: Office,
) -> None:
    paid(office)
    book(Path("8月.xlsx"), [cadre(0), WRONG], HEADINGS)
    asked = ("subsidies", "8月.xlsx", "--period", "2026-08", "--ledger", "county.db", "--out", "8.xlsx")
    kind, who = first_of_the_screen(office(*asked).err)
    assert " 1 条，" in kind and "保留一行" in kind
    assert "王乙" in who and "青禾镇" in who
    first, *others = doubts("8.xlsx")
    assert first["代码"] == "ledger.absent" and "王乙" in first["说明"]
    assert any(row["级别"] == "错误" for row in others)


def test_who_vanished_is_named_with_the_line_of_the_batch_that_paid_them_last(office: Office) -> None:
    paid(office)
    book(Path("8月.xlsx"), [cadre(0)], HEADINGS)
    office("batch", "propose", "subsidies", "8月.xlsx", "--period", "2026-08", "--by", "张三")
    (copy,) = Path("county.db.batches").glob("000001*.xlsx")
    listed = {list(row.values())[3]: row["序号"] for row in doubts(str(copy), "发放清单")}
    (kept,) = Path("county.db.batches").glob("000002*.xlsx")
    first, *_ = doubts(str(kept), "台账疑点")
    assert first["位置"] == f"台账批次 1 青禾镇 （清单序号 {listed['王乙']}）"


def test_beside_the_last_result_who_vanished_is_named_before_errors(office: Office) -> None:
    office("subsidies", "7月.xlsx", "--period", "2026-07", "--out", "7.xlsx", "--quiet")
    book(Path("8月.xlsx"), [cadre(0), WRONG], HEADINGS)
    asked = ("subsidies", "8月.xlsx", "--period", "2026-08", "--previous", "7.xlsx", "--out", "8.xlsx")
    kind, who = first_of_the_screen(office(*asked).err)
    assert " 1 条，" in kind and "保留一行" in kind
    assert "王乙：上期发放 505.00 元" in who
    assert doubts("8.xlsx")[0]["代码"] == "subsidies.absent"


def test_who_is_on_the_roster_has_not_vanished_whatever_is_paid(office: Office) -> None:
    office("subsidies", "7月.xlsx", "--period", "2026-07", "--out", "7.xlsx", "--quiet")
    book(Path("8月.xlsx"), [cadre(0, 任职经历="看不清"), cadre(1, 离任原因="开除")], HEADINGS)
    ran = office("subsidies", "8月.xlsx", "--period", "2026-08", "--previous", "7.xlsx", "--out", "8.xlsx")
    assert "absent" not in ran.err


def test_who_vanished_stands_in_the_workbook_of_the_own_township_alone(office: Office) -> None:
    away = [cadre(n, 乡镇="望河乡") for n in (2, 3)]
    book(Path("7月.xlsx"), [cadre(0), cadre(1), *away], HEADINGS)
    office("subsidies", "7月.xlsx", "--period", "2026-07", "--out", "7.xlsx", "--quiet")
    book(Path("8月.xlsx"), [cadre(0), *away], HEADINGS)
    asked = ("subsidies", "8月.xlsx", "--period", "2026-08", "--previous", "7.xlsx", "--quiet")
    office(*asked, "--out", "8-{township}.xlsx")
    by_town = {town: str(doubts(f"8-{town}.xlsx")) for town in ("青禾镇", "望河乡")}
    assert "王乙" in by_town["青禾镇"] and "王乙" not in by_town["望河乡"]


def test_the_digest_counts_who_vanished_by_township_and_batch_line_and_names_nobody(county: County) -> None:
    towns = ("青禾镇", "青禾镇", "望河乡", "望河乡")
    people = [cadre(n, 乡镇=town) for n, town in enumerate(towns)]
    book(ROSTER, people, HEADINGS)
    county("run", "jobs.toml")
    for step in (("approve", "1", "--by", "李四"), ("send", "1", "--bank", "银行")):
        assert county("batch", *step, "--ledger", "台账.db").code == 0
    book(ROSTER, [people[0], cadre(0, 身份证号="123")], HEADINGS)
    county("run", "jobs.toml")
    for _ in range(2):  # a night that skips shows the last one's
        here, away = line_of("台账批次 1 青禾镇"), line_of("台账批次 1 望河乡")
        assert here.startswith("警告 1 ") and "台账批次 1 青禾镇 （清单序号" in here
        assert away.startswith("警告 2 ") and "台账批次 1 望河乡 （清单序号" in away
        text = page()
        assert text.index(away) < text.index("错误 ") and text.index(here) < text.index("错误 ")
        assert text.index("发放过或已提请、这次名册里没有的 3 人") < text.index("运行完毕")
        assert not [who for n in range(4) for who in (f"王{'甲乙丙丁'[n]}", number(n)) if who in text]
        assert not [who for n in range(4) for who in (f"王{'甲乙丙丁'[n]}", number(n)) if who in str(log())]
        county("run", "jobs.toml")


def test_who_is_set_aside_is_on_the_roster_and_has_not_vanished(office: Office) -> None:
    paid(office)
    book(Path("8月.xlsx"), [cadre(0), cadre(1, 任职经历="看不清")], HEADINGS)
    asked = ("subsidies", "8月.xlsx", "--period", "2026-08", "--ledger", "county.db", "--out", "8.xlsx")
    output = office(*asked).err
    assert "ledger.absent" not in output and "（ledger.doubtful）" in output
    assert "错误" in first_of_the_screen(output)[0]
    (doubt,) = [row for row in doubts("8.xlsx") if row["代码"] == "ledger.doubtful"]
    assert "没有重算，也不追缴" in doubt["说明"]
