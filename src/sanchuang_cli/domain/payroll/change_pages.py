"""Makes the pages 动态变更表 and 动态变更汇总表 of what changed since the last period. It compares nothing itself."""

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter

from sanchuang_cli.domain.entitlement.prior import Key
from sanchuang_cli.domain.payroll.changes import (
    DEAD,
    ENDING,
    NEW,
    OTHERWISE,
    STOPPED,
    WAITING,
    Compared,
    Over,
)
from sanchuang_cli.domain.payroll.layouts import BENEFIT, counted, money
from sanchuang_cli.domain.people import WHO, Member
from sanchuang_cli.page import Col, Page
from sanchuang_cli.table import Table

NAME, BALANCE = "动态变更表", "动态变更汇总表"
_OF_THE_LAST = "应收回的是上期发了、按现在所知不应发的，更早月份的不在内；用 --ledger 时以台账为准。"
_OF_THE_LEDGER = "应收回的取自台账：台账启用以来发了、按现在所知不应发，这次要追缴或抵扣的。"
_OVERPAID = (
    Col("months", "多发月份", of=attrgetter("over.text")),
    money("owed_back", "应收回", of=attrgetter("over.fen")),
    Col("recovered", "已收回", of=lambda change: None, by_hand=True),
)


def change_page(compared: Compared) -> Page:
    """动态变更表: a row for each person and benefit that is paid differently."""
    scheme = compared.payroll.scheme
    return Page(
        NAME,
        f"{scheme.matter}{NAME}",
        (
            Col("change", "变动", of=attrgetter("why.change")),
            *WHO,
            scheme.headed(BENEFIT),
            money("before", "上期金额"),
            money("now", "本期金额", attrgetter("current")),
            replace(money("more", "增减"), formula="now - before"),
            Col("since", "起停月"),
            Col("reason", "原因和依据", of=attrgetter("why.text"), wide=True, private=True),
            *(_OVERPAID if any(change.over.fen for change in compared.changes) else ()),
        ),
        rows=lambda whole: compared.changes,
        who=False,
        group="change",
        unit="元",
        notes=(f"上期为{compared.period}，取自上期花名册。", _OF_THE_LAST),
    )


def with_owed_back(page: Table, owed: Mapping[Key, Mapping[int, int]]) -> Table:
    """The page with what a ledger wants back, of all months, in place of what only the last period shows. owed: fen by
    month, by identity number and benefit."""
    columns = tuple(column.shown(Member).column for column in _OVERPAID)
    kept = [j for j, column in enumerate(page.columns) if column not in columns]
    who, what = page.index("identity"), page.index("benefit")
    overs = [Over.of(owed.get((row[who], row[what]), {})) for row in page.rows]
    shown = any(over.fen for over in overs)
    return replace(
        page,
        columns=(*(page.columns[j] for j in kept), *(columns if shown else ())),
        rows=[
            (*(row[j] for j in kept), *((over.text, over.fen, None) if shown else ()))
            for row, over in zip(page.rows, overs, strict=True)
        ],
        notes=(*(note for note in page.notes if note != _OF_THE_LAST), _OF_THE_LEDGER),
    )


def balance_page(compared: Compared) -> Page:
    """动态变更汇总表: a row for each benefit, from the sum of the last period to the sum of this one."""
    scheme = compared.payroll.scheme
    return Page(
        BALANCE,
        f"{scheme.matter}{BALANCE}",
        (
            scheme.headed(BENEFIT),
            counted("people_before", "上期/人数"),
            money("before", "上期/金额"),
            counted("people_joined", "新增/人数", lambda balance: balance.count(NEW)),
            money("joined", "新增/金额", lambda balance: balance.fen(NEW)),
            *_less("stopped", STOPPED),
            *_less("dead", DEAD),
            *_less("waiting", WAITING),
            counted("people_other", "增减变动/人数", lambda balance: balance.count(ENDING, OTHERWISE)),
            money("other", "增减变动/金额", lambda balance: balance.fen(ENDING, OTHERWISE)),
            replace(
                counted("people", "本期/人数"),
                formula="people_before + people_joined - people_stopped - people_dead - people_waiting",
            ),
            replace(
                money("now", "本期/金额", attrgetter("current")),
                formula="before + joined - stopped - dead - waiting + other",
            ),
        ),
        rows=lambda whole: compared.balances,
        who=False,
        unit="元",
        notes=(
            "上期 + 新增 − 停发 − 死亡 − 待核实 + 增减变动 = 本期；逐人见动态变更表。领取两项的，每项各计一人。",
        ),
    )


def _less(name: str, change: str) -> tuple[Col, Col]:
    """The people who are no longer paid for one kind of reason, and what they were paid."""
    return (
        counted(f"people_{name}", f"{change}/人数", lambda balance: balance.count(change)),
        money(name, f"{change}/金额", lambda balance: -balance.fen(change)),
    )
