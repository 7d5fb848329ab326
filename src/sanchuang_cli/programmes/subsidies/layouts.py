"""Declares the columns of each 花名册: of former cadres, of members in hardship and of veterans."""

from collections.abc import Mapping

from sanchuang_cli.domain.payroll.layouts import AGE, BENEFIT, BORN, PAYMENT, REACHED, SERVICE, SEX, TIER
from sanchuang_cli.page import Col, Cols

JOINED = Col("joined", detail=True)
LAYOUTS: Mapping[str, Cols] = {
    "cadre": (
        *("township", "village", "name", SEX, "identity"),
        *(BORN, REACHED, *SERVICE),
        *(BENEFIT, TIER, *PAYMENT),
    ),
    "hardship": (
        *("township", "village", Col("branch", detail=True), "name", SEX, AGE, JOINED, "identity"),
        Col("income", private=True, detail=True),
        Col("cause", wide=True, private=True, detail=True),
        *(BENEFIT, *PAYMENT),
    ),
    "veteran": (
        *("township", "village", "name", SEX, "identity", JOINED, TIER),
        Col("veteran", detail=True, of=lambda line: bool(line.record.veteran)),
        *(BENEFIT, *PAYMENT),
    ),
}
