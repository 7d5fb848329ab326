"""Which account numbers money can be sent to."""

import pytest

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.identity import check_digit

MISSING, SHAPE, CHECK = "没有银行账号", "银行账号的位数或字符不对", "银行卡号校验不通过"


@pytest.mark.parametrize(
    ("account", "says"),
    [
        ("", MISSING),
        ("6221260000000000", ""),
        ("6217000010000000003", ""),
        ("6221260000000001", CHECK),
        ("6217000010000000004", CHECK),
        ("621700001000000", ""),  # 15 digits: no card, perhaps a passbook
        ("62170000100000000041", ""),  # 20 digits
        ("9999990000000001", ""),  # no card's prefix
        ("1234567", SHAPE),
        ("12345678", ""),
        ("1" * 30, ""),
        ("1" * 31, SHAPE),
        ("1234-5678", SHAPE),
        ("１２３４５６７８", SHAPE),
        (f"23029919500101001{check_digit('23029919500101001')}", "银行账号一栏填的是身份证号"),
        ("230299195013010018", ""),  # the thirteenth month: no such number
    ],
)
def test_cards_have_a_check_digit_and_passbooks_a_length(account: str, says: str) -> None:
    assert flaw(account) == says
