"""Several columns of accounts: the newer goes before, a closed one is never used, and what is not read is named."""

from pathlib import Path
from random import Random
from typing import Annotated

import pytest

from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Record, Roster, Wanted
from sanchuang_cli.roster.read import ReadRosters, read
from tests.command import book
from tests.roster.dirty_cells import a_card


class Payee(Record, frozen=True, kw_only=True):
    """Somebody who is paid."""

    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""


CARDS = [a_card(Random(n)) for n in range(4)]


def reading(folder: Path, *headings: str, row: tuple[str, ...]) -> ReadRosters:
    path = book(folder / "名册.xlsx", [["张建国", *row]], ("姓名", *headings))
    return read([path], {"people": Wanted(Payee, "名册", whole=True)})


def account(result: ReadRosters) -> str:
    roster: Roster[Payee] = result.rosters["people"]
    return roster.records[0].account


def codes(result: ReadRosters) -> list[str]:
    return [finding.code for finding in result.findings]


NEWER = ("现银行账号", "变更后银行账号", "新账号", "更换后卡号")
OLDER = ("原银行账号", "旧卡号", "变更前账号", "已注销账号")
OTHER = ("养老金账号", "农行卡号", "信用社存折号")


@pytest.mark.parametrize("newer", NEWER)
@pytest.mark.parametrize("plain", ["银行账号", "卡号"])
def test_a_newer_account_goes_before_the_plain_one_and_the_row_says_so(
    tmp_path: Path, plain: str, newer: str
) -> None:
    result = reading(tmp_path, plain, newer, row=(CARDS[0], CARDS[1]))
    assert account(result) == CARDS[1]
    assert codes(result) == ["account.newer"]
    assert account(reading(tmp_path, plain, newer, row=(CARDS[0], ""))) == CARDS[0]
    assert codes(reading(tmp_path, plain, newer, row=(CARDS[0], CARDS[0]))) == []


@pytest.mark.parametrize("written", ["待补", "6.2E+18", "#N/A"])
def test_a_newer_account_that_cannot_be_read_leaves_none(tmp_path: Path, written: str) -> None:
    result = reading(tmp_path, "银行账号", "变更后账号", row=(CARDS[0], written))
    assert (account(result), codes(result)) == ("", ["account.newer-unread"])


def test_two_newer_accounts_that_differ_leave_none(tmp_path: Path) -> None:
    result = reading(tmp_path, "银行账号", "现账号", "变更后账号", row=(CARDS[0], CARDS[1], CARDS[2]))
    assert (account(result), codes(result)) == ("", ["account.newer-unread"])


@pytest.mark.parametrize("older", OLDER)
@pytest.mark.parametrize("newer", ["银行账号", *NEWER])
def test_of_an_older_and_a_newer_account_the_newer_is_read_in_any_order(
    tmp_path: Path, older: str, newer: str
) -> None:
    for headings, row in (((older, newer), (CARDS[0], CARDS[1])), ((newer, older), (CARDS[1], CARDS[0]))):
        result = reading(tmp_path, *headings, row=row)
        assert account(result) == CARDS[1]
        (warning,) = result.findings
        assert (warning.code, older in warning.message, newer in warning.message) == (
            "account.columns-not-read",
            True,
            True,
        )


@pytest.mark.parametrize("older", OLDER)
def test_an_older_account_alone_is_none(tmp_path: Path, older: str) -> None:
    result = reading(tmp_path, older, row=(CARDS[0],))
    assert (account(result), codes(result)) == ("", ["account.columns-not-read"])


def test_a_closed_account_is_not_used_though_it_stands_as_the_account_too(tmp_path: Path) -> None:
    result = reading(tmp_path, "银行账号", "已注销账号", row=(CARDS[0], CARDS[0]))
    assert (account(result), codes(result)) == ("", ["account.closed", "account.columns-not-read"])


@pytest.mark.parametrize("other", OTHER)
def test_an_account_of_another_purpose_beside_the_account_is_named(tmp_path: Path, other: str) -> None:
    result = reading(tmp_path, "银行账号", other, row=(CARDS[0], CARDS[1]))
    assert account(result) == CARDS[0]
    assert other in result.findings[0].message


def test_of_two_banks_neither_is_chosen_and_both_are_named(tmp_path: Path) -> None:
    result = reading(tmp_path, "农行卡号", "信用社账号", row=(CARDS[0], CARDS[1]))
    assert account(result) == ""
    assert (
        "农行卡号、信用社账号" in result.findings[0].message and "一列也没有读" in result.findings[0].message
    )


def test_the_only_account_there_is_is_read_whatever_its_bank(tmp_path: Path) -> None:
    result = reading(tmp_path, "信用社账号", row=(CARDS[0],))
    assert (account(result), codes(result)) == (CARDS[0], [])


def test_an_empty_column_of_accounts_is_no_riddle(tmp_path: Path) -> None:
    assert codes(reading(tmp_path, "银行账号", "原银行账号", row=(CARDS[0], ""))) == []


HOLDER = ("户名", "账户名", "账户名称", "开户名", "开户人姓名", "持卡人", "银行卡户名", "银行账户/户名")


@pytest.mark.parametrize("holder", HOLDER)
def test_an_account_of_somebody_else_is_not_used_and_the_row_says_so_by_both_names(
    tmp_path: Path, holder: str
) -> None:
    result = reading(tmp_path, "银行账号", holder, row=(CARDS[0], "李秀英"))
    assert (account(result), codes(result)) == ("", ["account.holder"])
    assert "李秀英" in result.findings[0].message and "张建国" in result.findings[0].message
    assert result.findings[0].place.heading == "银行账号"
    (record,) = result.rosters["people"].records
    assert record.row.unread == ("account",)


@pytest.mark.parametrize("written", ["张建国", "张 建国", "张建国（本人）", "本人", "", "/", "无"])
@pytest.mark.parametrize("holder", HOLDER)
def test_an_account_of_ones_own_is_used(tmp_path: Path, holder: str, written: str) -> None:
    result = reading(tmp_path, "银行账号", holder, row=(CARDS[0], written))
    assert (account(result), codes(result)) == (CARDS[0], [])


@pytest.mark.parametrize("heading", ["户主姓名", "贫困户名单", "开户行", "存款", "监护人"])
def test_other_columns_with_such_words_are_no_holders(tmp_path: Path, heading: str) -> None:
    assert account(reading(tmp_path, "银行账号", heading, row=(CARDS[0], "李秀英"))) == CARDS[0]


def test_a_newer_account_of_somebody_else_is_not_used_either(tmp_path: Path) -> None:
    result = reading(tmp_path, "银行账号", "现银行账号", "户名", row=(CARDS[0], CARDS[1], "李秀英"))
    assert (account(result), codes(result)) == ("", ["account.newer", "account.holder"])


def test_where_only_the_holder_is_named_he_is_the_person(tmp_path: Path) -> None:
    path = book(tmp_path / "名册.xlsx", [["李秀英", CARDS[0]]], ("户名", "银行账号"))
    result = read([path], {"people": Wanted(Payee, "名册", whole=True)})
    assert (account(result), codes(result)) == (CARDS[0], [])
