"""The 花名册 of former cadres, of members in hardship and of veterans: which columns each has."""

from collections.abc import Mapping

from sanchuang_cli.domain.payroll.layouts import (
    AGE,
    BENEFIT,
    BORN,
    BRANCH,
    IDENTITY,
    JOINED,
    NAME,
    PAYMENT,
    REACHED,
    SERVICE,
    SEX,
    TIER,
    TOWNSHIP,
    VILLAGE,
    Shown,
    field,
)
from sanchuang_cli.kind import Kind
from sanchuang_cli.table import Column

LAYOUTS: Mapping[str, tuple[Shown, ...]] = {
    "cadre": (
        TOWNSHIP,
        VILLAGE,
        NAME,
        SEX,
        IDENTITY,
        BORN,
        REACHED,
        *SERVICE,
        BENEFIT,
        TIER,
        *PAYMENT,
    ),
    "hardship": (
        TOWNSHIP,
        VILLAGE,
        BRANCH,
        NAME,
        SEX,
        AGE,
        JOINED,
        IDENTITY,
        Shown(
            Column("income", "家庭年人均收入", Kind.MONEY, private=True),
            lambda line: line.decision.record.income,
        ),
        Shown(Column("cause", "困难情况", wide=True, private=True), field("cause")),
        BENEFIT,
        *PAYMENT,
    ),
    "veteran": (
        TOWNSHIP,
        VILLAGE,
        NAME,
        SEX,
        IDENTITY,
        JOINED,
        TIER,
        Shown(Column("veteran", "优抚对象", Kind.FLAG), lambda line: bool(line.decision.record.veteran)),
        BENEFIT,
        *PAYMENT,
    ),
}
