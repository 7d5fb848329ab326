"""In-service pay as small as a programme that pays can be: a base by post, while in office only. Not shipped."""

from datetime import date
from typing import ClassVar

from sanchuang_cli.domain.entitlement.policy import Entitlements
from sanchuang_cli.domain.payroll.layouts import BENEFIT, PAYMENT, POST, SEX
from sanchuang_cli.domain.payroll.paying import paying
from sanchuang_cli.domain.payroll.scheme import Scheme
from sanchuang_cli.period import Month, Period


class Pay(Entitlements):
    """One edition."""

    noun: ClassVar[str] = "报酬"


def last_month(today: date) -> Period:
    """The month before the one of `today`."""
    return Period(Month.of(today).plus(-1), 1)


LAYOUT = ("township", "village", "name", SEX, "identity", POST, BENEFIT, *PAYMENT)
SCHEME = Scheme("stipend", "在职村干部报酬", "报酬", {"": LAYOUT})
PROGRAMME = paying(SCHEME, Pay, "在职村干部名册", last_month)
