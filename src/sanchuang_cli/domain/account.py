"""Whether money can be sent to a bank account: the check digit of cards, the length of passbooks."""

from functools import lru_cache

from sanchuang_cli.domain.identity import birth, has_valid_check, is_luhn, is_well_formed

_CARD_LENGTHS = range(16, 20)
_ACCOUNT_LENGTHS = range(8, 31)
_CARD_PREFIX = "62"


@lru_cache(maxsize=65_536)
def flaw(account: str) -> str:
    """What is wrong with an account number, "" when it can be paid to. Passbooks carry no check digit."""
    if not account:
        return "没有银行账号"
    if not (account.isascii() and account.isdigit()) or len(account) not in _ACCOUNT_LENGTHS:
        return "银行账号的位数或字符不对"
    if account.startswith(_CARD_PREFIX) and len(account) in _CARD_LENGTHS and not is_luhn(account):
        return "银行卡号校验不通过"
    if is_well_formed(account) and birth(account) and has_valid_check(account):
        return "银行账号一栏填的是身份证号"
    return ""
