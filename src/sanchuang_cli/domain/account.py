"""Tells whether money can be sent to a bank account, by the check digit of a card and the length of a
passbook number.

It may look at the number only; no bank is asked.
"""

from functools import lru_cache

from sanchuang_cli.domain.identity import birth, has_valid_check, is_luhn, is_well_formed

_CARD_LENGTHS = range(16, 20)
_ACCOUNT_LENGTHS = range(8, 31)
_CARD_PREFIX = "62"


@lru_cache(maxsize=65_536)
def flaw(account: str) -> str:
    """Say what is wrong with an account number; "" if it can be paid to. A passbook number has no check digit
    to test."""
    if not account:
        return "没有银行账号"
    if not (account.isascii() and account.isdigit()) or len(account) not in _ACCOUNT_LENGTHS:
        return "银行账号的位数或字符不对"
    if account.startswith(_CARD_PREFIX) and len(account) in _CARD_LENGTHS and not is_luhn(account):
        return "银行卡号校验不通过"
    if is_well_formed(account) and birth(account) and has_valid_check(account):
        return "银行账号一栏填的是身份证号"
    return ""
