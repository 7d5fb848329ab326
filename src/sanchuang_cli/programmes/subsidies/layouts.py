"""The 花名册 of former cadres, of members in hardship and of veterans: which columns each has."""

from collections.abc import Mapping

from sanchuang_cli.domain.payroll.layouts import AGE, BENEFIT, BORN, PAYMENT, REACHED, SERVICE, SEX, TIER
from sanchuang_cli.page import Col, Cols

LAYOUTS: Mapping[str, Cols] = {
    "cadre": (
        *("township", "village", "name", SEX, "identity"),
        *(BORN, REACHED, *SERVICE),
        *(BENEFIT, TIER, *PAYMENT),
    ),
    "hardship": (
        *("township", "village", "branch", "name", SEX, AGE, "joined", "identity"),
        Col("income", private=True),
        Col("cause", wide=True, private=True),
        *(BENEFIT, *PAYMENT),
    ),
    "veteran": (
        *("township", "village", "name", SEX, "identity", "joined", TIER),
        Col("veteran", of=lambda line: bool(line.record.veteran)),
        *(BENEFIT, *PAYMENT),
    ),
}
