"""`batch return` and `batch arrived` as a clerk runs them, with the lists that banks give."""

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.test_ledger_command import HEADINGS, Office, cadre, office, sent
from tests.command import book
from tests.ledger.county import account

__all__ = ["office"]

RESULTS = ("户名", "账号", "金额", "处理结果", "失败原因")


def results(path: Path, *words: tuple[str, str]) -> None:
    names = ("王甲", "王乙")
    rows = [[names[who], account(who), 505, *said] for who, said in enumerate(words)]
    book(path, rows, RESULTS)


def test_of_the_banks_list_of_results_the_payments_that_succeeded_are_no_returns(
    office: Office,
    tmp_path: Path,
) -> None:
    sent(office)
    results(tmp_path / "结果.xlsx", ("交易成功", ""), ("失败", "户名不符"))
    ran = office("batch", "return", "1", "结果.xlsx")
    assert ran.code == 0 and "名单里有 1 笔写明成功，不是退票，没有登记。" in ran.err
    assert "退票 1 笔，合计 505.00 元，已记账。" in ran.err
    assert "王甲" not in str(
        list(load_workbook(next(tmp_path.glob("county.db.batches/000002-*")))["退票重发清单"].values)
    )


def test_a_list_of_results_in_which_everything_succeeded_changes_nothing(
    office: Office,
    tmp_path: Path,
) -> None:
    sent(office)
    before = (tmp_path / "county.db").read_bytes()
    results(tmp_path / "结果.xlsx", ("成功", ""), ("成功", ""))
    ran = office("batch", "return", "1", "结果.xlsx")
    assert ran.code == 0 and "没有退票，台账没有改动" in ran.err
    assert (tmp_path / "county.db").read_bytes() == before


def test_a_result_that_is_not_understood_ends_with_2_and_its_cell(
    office: Office,
    tmp_path: Path,
) -> None:
    sent(office)
    before = (tmp_path / "county.db").read_bytes()
    results(tmp_path / "结果.xlsx", ("失败", "户名不符"), ("处理中", ""))
    ran = office("batch", "return", "1", "结果.xlsx")
    assert ran.code == 2 and "D4（处理结果）：处理结果写的是“处理中”" in ran.err
    assert (tmp_path / "county.db").read_bytes() == before


def test_our_own_bank_file_registers_no_return(office: Office, tmp_path: Path) -> None:
    sent(office)
    before = (tmp_path / "county.db").read_bytes()
    own = [path for path in (tmp_path / "银行").iterdir() if "核对单" not in path.name]
    for path in own:
        ran = office("batch", "return", "1", path)
        assert ran.code == 2 and "批次 1 自己的文件" in ran.err
    saved = load_workbook(own[0])
    saved.save(tmp_path / "另存.xlsx")
    ran = office("batch", "return", "1", "另存.xlsx")
    assert ran.code == 2 and "--all-returned" in ran.err
    assert (tmp_path / "county.db").read_bytes() == before


def test_a_wrong_return_is_taken_back_and_everything_still_verifies(
    office: Office,
    tmp_path: Path,
) -> None:
    sent(office)
    results(tmp_path / "结果.xlsx", ("失败", "户名不符"))
    office("batch", "return", "1", "结果.xlsx")
    words = ("batch", "arrived", "1", "退错.xlsx", "--by", "张三", "--note", "银行到账证明")
    results(tmp_path / "退错.xlsx", ("成功", ""))
    ran = office(*words)
    assert ran.code == 2 and "sanchuang batch cancel 2" in ran.err
    office("batch", "cancel", "2", "--note", "没有退票")
    assert "撤销退票 1 笔，合计 505.00 元" in office(*words).err
    assert "没有可撤销的" in office(*words).err
    assert "撤销退票\t张三" in office("batch", "show", "1").out
    assert "撤销退票" in office("ledger", "show", "王甲").out
    assert office("ledger", "export", "--out", "全部.xlsx").code == 0
    assert office("ledger", "verify").code == 0
    again = office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    assert "空批次" in again.out + again.err


def test_a_closed_batch_takes_a_late_return_and_says_what_it_paid(
    office: Office,
    tmp_path: Path,
) -> None:
    sent(office)
    assert office("batch", "paid", "1").err == "批次 1：已发放 2 人，1,010.00 元。\n"
    results(tmp_path / "结果.xlsx", ("退票", "账户已销户"))
    ran = office("batch", "return", "1", "结果.xlsx")
    assert ran.code == 0 and "批次 2：退票重发，已提请" in ran.err
    ran = office("batch", "paid", "1")
    assert "批次 1：已发放 1 人，505.00 元；退回 1 人，505.00 元。" in ran.err
    assert office("ledger", "verify").code == 0


def test_columns_that_the_program_does_not_know_can_be_named_as_its_message_says(
    office: Office, tmp_path: Path
) -> None:
    sent(office)
    book(
        tmp_path / "结果.xlsx",
        [["王甲", account(0), 505, "户名不符"]],
        ("户名", "甲乙丙丁", "金额", "失败原因"),
    )
    ran = office("batch", "return", "1", "结果.xlsx")
    assert ran.code == 2 and "--columns" in ran.err
    (tmp_path / "列对照.toml").write_text('"甲乙丙丁" = "账号"\n', "utf-8")
    ran = office("batch", "return", "1", "结果.xlsx", "--columns", "列对照.toml")
    assert ran.code == 0 and "退票 1 笔" in ran.err


def test_a_return_of_what_was_given_back_already_is_registered_and_says_what_is_owed_again(
    office: Office,
    tmp_path: Path,
) -> None:
    sent(office)
    office("batch", "paid", "1")
    died = [cadre(0), [*cadre(1), "2026-06-03"]]
    book(tmp_path / "更正.xlsx", died, (*HEADINGS, "死亡日期"))
    office("batch", "propose", "subsidies", "更正.xlsx", "--period", "2026-07", "--by", "张三")
    results(tmp_path / "结果.xlsx", ("成功", ""), ("失败", "账户已销户"))
    assert "请先取消批次 2，再登记退票" in office("batch", "return", "1", "结果.xlsx").err
    office("batch", "approve", "2", "--by", "李四")
    assert office("batch", "recovered", "2").code == 0
    ran = office("batch", "return", "1", "结果.xlsx")
    assert ran.code == 0 and "退票 1 笔，合计 505.00 元，已记账。" in ran.err
    assert "有 505.00 元早先已经抵扣、追缴，等于多扣，又成了应发本人的" in ran.err
    assert "台账核对无误" in office("ledger", "verify").err
