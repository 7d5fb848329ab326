"""`ledger` and `batch` over one month: from the roster to the bank, with a returned payment and a late approval."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.pages import LedgerLine, sums_page
from tests.command import SAMPLES, Ran, book, typed
from tests.ledger.county import account, number
from tests.sums import all_true

HEADINGS = ("乡镇", "村", "姓名", "身份证号", "任职经历", "离任职务", "离任原因", "审批日期", "银行账号")
NAMES = "甲乙丙丁"


def cadre(who: int, approved: str = "2015-01-10", **cells: str) -> list[str]:
    plain = {
        "乡镇": "青禾镇",
        "村": "河西村",
        "姓名": f"王{NAMES[who]}",
        "身份证号": number(who),
        "任职经历": "1980-01至1996-12 书记",
        "离任职务": "书记",
        "离任原因": "正常离任",
        "审批日期": approved,
        "银行账号": account(who),
    } | cells
    return [plain[heading] for heading in HEADINGS]


Office = Callable[..., Ran]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """`sanchuang WORDS…` in an office with a roster of two and a ledger opened at June; in this process, to be quick."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SANCHUANG_LEDGER", "county.db")
    monkeypatch.setenv("COLUMNS", "200")

    run = typed(monkeypatch, capsys)
    book(tmp_path / "7月.xlsx", [cadre(0), cadre(1)], HEADINGS)
    assert run("ledger", "init", "--paid-through", "2026-06").code == 0
    return run


def sent(office: Office) -> None:
    """July is proposed, approved and on its way to the bank."""
    office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    office("batch", "approve", "1", "--by", "李四")
    office("batch", "send", "1", "--bank", "银行")


def test_two_months_with_a_return_and_a_late_approval(office: Office, tmp_path: Path) -> None:
    assert (
        office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三").code == 0
    )
    assert office("batch", "approve", "1", "--by", "张三").code == 2
    assert office("batch", "approve", "1").code == 2  # not even the login name may stand for somebody
    assert office("batch", "approve", "1", "--by", "李四").code == 0
    ran = office("batch", "send", "1", "--bank", "7月.xlsx")
    assert (ran.code, "还没有记账" in ran.err) == (2, True)
    assert office("batch", "send", "1", "--bank", "银行").code == 0
    assert len(list((tmp_path / "银行").glob("*.xlsx"))) == 2
    book(
        tmp_path / "退票.xlsx",
        [["王甲", account(0), 505, "账户已销户", account(0, 5)]],
        ("户名", "账号", "金额", "退票原因", "新账号"),
    )
    ran = office("batch", "return", "1", "退票.xlsx")
    assert "退票 1 笔，合计 505.00 元" in ran.err and "批次 2：退票重发" in ran.err
    assert "都登记过了" in office("batch", "return", "1", "退票.xlsx").err
    office("batch", "approve", "2", "--by", "李四")
    office("batch", "send", "2", "--bank", "银行")

    late = [cadre(0, 银行账号=account(0, 5)), cadre(1), cadre(2, "2026-07-10")]
    book(tmp_path / "8月.xlsx", late, HEADINGS)
    ran = office("batch", "propose", "subsidies", "8月.xlsx", "--period", "2026-08", "--by", "张三")
    assert "补发：迟报或迟批" in ran.err and ran.code == 0
    office("batch", "approve", "3", "--by", "李四")
    office("batch", "send", "3", "--bank", "银行")
    again = office("batch", "propose", "subsidies", "8月.xlsx", "--period", "2026-08", "--by", "张三")
    assert "空批次" in again.err
    verified = office("ledger", "verify").err
    assert "台账核对无误" in verified and "审批 3 次，其中有签名的 0 次" in verified
    assert "分录 8 条，合计 3,030.00 元，批次 3 个" in verified
    lines = office("ledger", "balance", "--by", "township,month").out.splitlines()
    assert lines[1:] == ["青禾镇\t2026-07\t3\t1,515.00", "青禾镇\t2026-08\t3\t1,515.00"]
    shown = office("ledger", "show", number(0)).out
    assert "退票" in shown and "重发" in shown and number(0) not in shown


def test_a_run_with_the_ledger_shows_what_is_owed_and_writes_nothing_there(
    office: Office, tmp_path: Path
) -> None:
    before = (tmp_path / "county.db").read_bytes()
    ran = office("subsidies", "7月.xlsx", "--period", "2026-07", "--ledger", "county.db")
    assert ran.code == 0 and "与台账比较" in ran.err
    assert (tmp_path / "county.db").read_bytes() == before


def test_a_signed_file_that_differs_is_not_approved(office: Office, tmp_path: Path) -> None:
    office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    (copy,) = (tmp_path / "county.db.batches").glob("*.xlsx")
    signed = load_workbook(copy, data_only=True)  # as a program does that keeps what formulas came to
    signed.save(tmp_path / "只另存.xlsx")
    sheet = signed["发放清单"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "王甲")
    cell.value = "王假"
    signed.save(tmp_path / "改过.xlsx")
    ran = office("batch", "approve", "1", "--by", "李四", "--check", "改过.xlsx")
    assert ran.code == 2 and "1 格不同" in ran.err and "原为“王甲”，现为“王假”" in ran.err
    assert office("batch", "approve", "1", "--by", "李四", "--check", "只另存.xlsx").code == 0


def test_a_proposal_says_where_the_paper_to_sign_is_and_puts_a_copy_where_it_is_wanted(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "签字稿.xlsx").write_text("别人的", "utf-8")
    words = ("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    ran = office(*words, "--out", "签字稿.xlsx")
    (copy,) = (tmp_path / "county.db.batches").glob("*.xlsx")
    assert "批次 1：发放 2 人，1,010.00 元（本期 1,010.00，补发和抵扣 0.00）" in ran.err
    assert "要签字的工作簿：签字稿-2.xlsx" in ran.err
    assert (tmp_path / "签字稿-2.xlsx").read_bytes() == copy.read_bytes()
    assert office("batch", "cancel", "1", "--note", "再来").code == 0
    again = office(*words).err
    assert f"要签字的工作簿：{Path('county.db.batches')}" in again and "只打印，不要改动" in again


def test_a_paper_that_cannot_be_put_there_is_said_before_anything_is_proposed(office: Office) -> None:
    words = ("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    for out in ("签字稿.pdf", "没有/签字稿.xlsx"):
        ran = office(*words, "--out", out)
        assert ran.code == 2 and "什么都没有提请" in ran.err
    assert office("batch", "list").out.count("\n") == 1


def test_a_proposal_whose_paper_could_not_be_put_there_says_where_it_is(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*words: object, **more: object) -> None:
        raise UserError("磁盘空间不够。")

    monkeypatch.setattr("sanchuang_cli.cli.batch_acts.files.save", full)
    words = ("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    ran = office(*words, "--out", "签字稿.xlsx")
    assert ran.code == 0 and "磁盘空间不够。\n  要签字的工作簿：county.db.batches" in ran.err


def test_the_paper_begins_with_sums_by_township_and_benefit(office: Office, tmp_path: Path) -> None:
    book(tmp_path / "8月.xlsx", [cadre(0), cadre(1), cadre(2, 乡镇="柳泉乡")], HEADINGS)
    office("batch", "propose", "subsidies", "8月.xlsx", "--period", "2026-08", "--by", "张三")
    (copy,) = (tmp_path / "county.db.batches").glob("*.xlsx")
    first = load_workbook(copy).worksheets[0]
    assert first.title == "发放汇总"
    rows = [row for row in first.values if row[0] in ("青禾镇", "柳泉乡")]
    assert [row[:6] for row in rows] == [("柳泉乡", 1, 1, 1010, 505, 505), ("青禾镇", 2, 2, 2020, 1010, 1010)]
    assert "单位负责人" in str(list(first.values))


def test_people_of_several_benefits_are_counted_once_and_the_paper_says_so() -> None:
    line = LedgerLine(
        "a", "", "王甲", "", "", "青禾镇", "", "甲项", "2026-07", "", "paid", 100, "本期", "", ""
    )
    lines = [line, line._replace(benefit="乙项"), line._replace(person="b")]
    page = sums_page("payment", "发放", lines)
    assert page.rows == [("青禾镇", 2, 2, 200, 1, 100, 300, 0, 0, 300)]
    assert page.notes == ("领几项的人只计一次：各项相加 3 人次 - 多计 1 人次 = 2 人。",)
    assert all_true(page.notes)
    assert sums_page("payment", "发放", lines[1:]).notes == ()


def test_what_is_asked_back_is_summed_as_what_is_asked_back() -> None:
    lost = LedgerLine(
        "a", "", "王甲", "", "", "青禾镇", "", "甲项", "2026-07", "", "recovered", -100, "更正", "", ""
    )
    page = sums_page("recovery", "追缴", [lost])
    assert page.rows == [("青禾镇", 1, 1, 100, 100)]
    assert [column.title for column in page.columns][-1] == "追缴金额"


def test_arrears_that_only_come_of_a_ledger_just_opened_say_so_on_the_screen_and_on_the_paper(
    office: Office, tmp_path: Path
) -> None:
    words = ("batch", "propose", "subsidies", "7月.xlsx", "--by", "张三")
    ran = office(*words, "--period", "2026-09")
    message = "补发里有 2,020.00 元是 2026-07至2026-08 的：台账启用以来这几个月一笔也没有发过"
    (copy,) = (tmp_path / "county.db.batches").glob("*.xlsx")
    assert message in ran.err and message in str(list(load_workbook(copy).worksheets[0].values))
    assert "补发：台账启用后这个月还没有发过" in str(list(load_workbook(copy)["批次明细"].values))
    office("batch", "cancel", "1", "--note", "先导入")
    assert message in office(*words, "--period", "2026-09").err, "a batch that was cancelled has paid nothing"


def test_the_list_of_batches_shows_what_came_back_and_where_it_is_sent_again(
    office: Office, tmp_path: Path
) -> None:
    sent(office)
    book(tmp_path / "退票.xlsx", [["王甲", account(0), 505]], ("户名", "账号", "金额"))
    output = office("batch", "return", "1", "退票.xlsx").err
    assert "批次 2：退票重发，已提请。\n  要签字的工作簿：county.db.batches" in output
    heads, again, first = (line.split("\t") for line in office("batch", "list").out.splitlines())
    assert heads[4:] == ["金额", "退票金额", "重发", "原批次"]
    assert again[4:] == ["505.00", "", "", "1"] and first[4:] == ["1,010.00", "505.00", "2", ""]


def test_a_file_saved_without_what_its_formulas_came_to_is_no_other(office: Office, tmp_path: Path) -> None:
    office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    (copy,) = (tmp_path / "county.db.batches").glob("*.xlsx")
    signed = load_workbook(copy)
    signed.save(tmp_path / "没有算出的值.xlsx")
    cells = (c for row in signed.worksheets[0].iter_rows() for c in row)
    formula = next(cell for cell in cells if str(cell.value).startswith("="))
    formula.value = f"{formula.value}+0"
    signed.save(tmp_path / "改了公式.xlsx")
    ran = office("batch", "approve", "1", "--by", "李四", "--check", "改了公式.xlsx")
    assert ran.code == 2 and "1 格不同" in ran.err and formula.coordinate in ran.err
    assert office("batch", "approve", "1", "--by", "李四", "--check", "没有算出的值.xlsx").code == 0


def test_a_new_account_that_cannot_be_read_stops_the_list_of_returns(office: Office, tmp_path: Path) -> None:
    sent(office)
    before = (tmp_path / "county.db").read_bytes()
    row = ["王甲", account(0), 505, "账户已销户", "123"]
    book(tmp_path / "退票.xlsx", [row], ("户名", "账号", "金额", "退票原因", "新账号"))
    ran = office("batch", "return", "1", "退票.xlsx")
    assert ran.code == 2 and "什么都没有登记" in ran.err and "新账号" in ran.err
    assert (tmp_path / "county.db").read_bytes() == before


def test_a_person_is_shown_by_name_and_last_four_digits(office: Office, tmp_path: Path) -> None:
    same_name = cadre(2, 姓名="王甲", 村="河东村")
    book(tmp_path / "7月.xlsx", [cadre(0), cadre(1), same_name], HEADINGS)
    sent(office)
    assert office("ledger", "show", "王乙").out.count("505.00") == 1
    ran = office("ledger", "show", "王甲")
    assert ran.code == 2 and "有 2 个人" in ran.err and number(0) not in ran.err
    for who in (f"王甲 {number(2)[-4:]}", number(2)[-4:], number(2)):
        output = office("ledger", "show", who).out
        assert output.count("505.00") == 1 and "7月.xlsx 名册 第5行" in output and "默认政策" in output
    assert "台账上没有“赵某”" in office("ledger", "show", "赵某").err
    wrong = number(0)[:-1] + ("0" if number(0)[-1] != "0" else "1")
    ran = office("ledger", "same", number(0), wrong, "--note", "换证")
    assert ran.code == 2 and "校验码不对" in ran.err


def test_an_export_says_from_which_policy_and_rosters_every_entry_came(
    office: Office, tmp_path: Path
) -> None:
    sent(office)
    assert office("ledger", "export", "--out", "分录.xlsx").code == 0
    assert office("ledger", "export", "--out", "分录.csv").code == 0
    entries, runs, *_ = (list(sheet.values) for sheet in load_workbook(tmp_path / "分录.xlsx").worksheets)
    of_run = {row[0]: row for row in runs}
    lines = [row for row in entries if row[3] in (number(0), number(1))]
    assert len(lines) == 2 and {of_run[row[-1]][5] for row in lines} == {"7月.xlsx"}
    digest = hashlib.sha256((tmp_path / "7月.xlsx").read_bytes()).hexdigest()
    assert {of_run[row[-1]][6] for row in lines} == {digest}
    assert number(0) in (tmp_path / "分录.csv").read_text("utf-8-sig")


def test_a_paid_list_is_taken_over_once(office: Office, tmp_path: Path) -> None:
    office("subsidies", "7月.xlsx", "--period", "2026-06", "--out", "6月花名册.xlsx")
    assert office("ledger", "import", "6月花名册.xlsx").code == 0
    again = office("ledger", "import", "6月花名册.xlsx")
    assert again.code == 2 and "已经导入过" in again.err
    assert office("ledger", "balance", "--by", "month").out.splitlines()[1:] == ["2026-06\t2\t1,010.00"]
    assert office("ledger", "verify").code == 0


def test_a_programme_that_pays_nothing_takes_no_ledger(office: Office) -> None:
    ran = office(
        "rate", SAMPLES / "orgs.xlsx", "--period", "2026", "--on", "2026-11-23", "--ledger", "county.db"
    )
    assert ran.code == 2 and "rate 用不着 --ledger" in ran.err
    job = Path("jobs.toml")
    job.write_text(
        f'maker = "夜"\n[[job]]\nname = "星级"\nprogramme = "rate"\ninputs = ["{(SAMPLES / "orgs.xlsx").as_posix()}"]\n'
        'period = "2026"\nout = "星级.xlsx"\nledger = "county.db"\n',
        "utf-8",
    )
    night = office("run", job)
    assert night.code == 2 and "不发钱，不用 任务文件里的 ledger" in night.err


def test_a_proposal_with_a_book_that_is_not_understood_ends_with_1_and_names_it(
    office: Office, tmp_path: Path
) -> None:
    book(tmp_path / "望河乡.xlsx", [cadre(2)], [*HEADINGS[:3], "甲乙丙丁", *HEADINGS[4:]])
    words = (
        "batch",
        "propose",
        "subsidies",
        "7月.xlsx",
        "望河乡.xlsx",
        "--period",
        "2026-07",
        "--by",
        "张三",
    )
    ran = office(*words)
    assert ran.code == 1, ran.err
    assert "文件 2 = 采用 1 + 空白 0 + 其他 0 + 没有读懂 1" in ran.err and "没有读懂：望河乡.xlsx" in ran.err


def test_whoever_is_only_made_good_is_told_apart_from_those_of_the_period(office: Office) -> None:
    assert (
        office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三").code == 0
    )
    assert office("batch", "cancel", "1", "--note", "再来").code == 0
    book(Path("8月.xlsx"), [[*cadre(0), ""], [*cadre(1), "2026-07-20"]], (*HEADINGS, "死亡日期"))
    ran = office("batch", "propose", "subsidies", "8月.xlsx", "--period", "2026-08", "--by", "张三")
    assert "有本期的 1 人 + 只有补发或抵扣的 1 人 = 2 人" in all_true([ran.err])
    (paper,) = Path("county.db.batches").glob("000002-*.xlsx")
    words = [
        str(cell) for row in load_workbook(paper)["发放汇总"].iter_rows(values_only=True) for cell in row
    ]
    assert "有本期的 1 人 + 只有补发或抵扣的 1 人 = 2 人。" in words


def test_the_doctor_reads_a_ledger_that_remembers_what_is_settled(office: Office) -> None:
    assert (
        office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三").code == 0
    )
    ran = office("doctor", "--ledger", "county.db")
    assert "台账 county.db" in ran.out + ran.err and "程序出错" not in ran.out + ran.err
