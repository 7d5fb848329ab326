"""动态变更表 and its summary: everybody who is paid otherwise stands there with the reason, and the sums reconcile."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.payroll.change_pages import BALANCE, NAME
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.record import Roster
from sanchuang_cli.table import Table
from tests.ledger.county import account
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    document,
    member,
    of_editions,
    paid_line,
    policies,
    result_of,
)

LAST = "2026-01至2026-03"
HERE = {"township": "青禾镇", "village": "河西村"}


def compared(
    people: Sequence[Member], last: Sequence[Paid], policy: PolicyFile[Any] | None = None
) -> Outcome:
    period, file = Period.parse("2026Q2"), policy or policies()
    rosters: dict[str, Roster[Any]] = {
        "members": Roster(tuple(people)),
        "previous": result_of(last, period.before(), file),
    }
    return PROGRAMME.run(rosters, file, Occasion(period, period.last))


def table(outcome: Outcome, name: str) -> Table:
    return next(one for one in outcome.tables if one.name == name)


def lines(found: Table) -> list[dict[str, Any]]:
    return [dict(zip((one.name for one in found.columns), row, strict=True)) for row in found.rows]


def change(who: Member | None, last: Paid | None, policy: PolicyFile[Any] | None = None) -> dict[str, Any]:
    """The one line of the page."""
    found = compared([who] if who else [], [last] if last else [], policy)
    (line,) = lines(table(found, NAME))
    return line


def paid(who: Member, months: str = LAST, amount: int = 157_500, **more: Any) -> Paid:
    return paid_line(who, CADRE, months, amount, **{**HERE, **more})


def test_whoever_is_new_is_paid_from_a_month_on() -> None:
    line = change(member(born="1966-04-15", spells=TWENTY), None)
    assert (line["change"], line["since"], line["before"], line["more"]) == ("新增", "2026-05", 0, 105_000)
    assert line["reason"] == "发放月份 2026-05至2026-06（第一条）"


def test_of_the_dead_stands_the_day_the_clause_and_what_was_paid_since() -> None:
    dead = member(spells=TWENTY, died_on="2026-01-15")
    line = change(dead, paid(dead))
    assert (line["change"], line["since"]) == ("死亡", "2026-02")
    assert "死亡日期 2026-01-15" in line["reason"]
    assert (line["months"], line["owed_back"]) == ("2026-02至2026-03（2个月）", 2 * 52_500)
    assert line["more"] == -157_500 and line["reason"].endswith("（第一条第二款第五项）")


def test_whoever_loses_the_claim_is_stopped_with_what_was_paid_since() -> None:
    who = member(spells=TWENTY, employed=True, employed_on="2026-02-10")
    line = change(who, paid(who))
    assert (line["change"], line["since"], line["owed_back"]) == ("停发", "2026-03", 52_500)
    assert line["reason"].startswith("未被财政供养")


def test_a_month_that_was_paid_too_high_is_asked_back_in_part() -> None:
    who = member(spells=TWENTY)
    line = change(who, paid(who, amount=157_500 + 3 * 1_000))
    assert (line["change"], line["months"], line["owed_back"]) == ("变动", f"{LAST}（3个月）", 3_000)


@pytest.mark.parametrize(
    ("spells", "over", "kind"),
    [
        ("1980-01…1999-12 会计", 12_000, "变动"),
        ("1980-01…1993-12 书记", 12_000, "变动"),
        ("1980-01…1999-12 妇女主任", 157_500, "停发"),
    ],
)
def test_a_lower_post_or_a_shorter_service_than_was_paid_for_is_asked_back(
    spells: str, over: int, kind: str
) -> None:
    who = member(spells=spells)
    line = change(who, paid(who, standard=52_500))
    assert (line["change"], line["owed_back"]) == (kind, over)


def test_whoever_dies_within_the_period_is_paid_for_the_last_time() -> None:
    who = member(spells=TWENTY, died_on="2026-04-15")
    line = change(who, paid(who))
    assert (line["change"], line["since"], line["now"]) == ("本期止发", "2026-05", 52_500)


def test_whoever_is_set_aside_waits_and_is_not_stopped() -> None:
    who = member(spells=TWENTY, household="人户分离")
    line = change(who, paid(who))
    assert (line["change"], line["more"]) == ("待核实", -157_500)
    assert "人户分离" in line["reason"]


def test_whose_number_is_on_no_row_is_stopped_and_said_to_be_missing() -> None:
    line = change(None, paid(member(spells=TWENTY)))
    assert (line["change"], line["reason"]) == ("停发", "本期名册里没有这个号码（或号码没有读成）")


def test_whoever_only_moved_is_told_with_both_places() -> None:
    who = member(spells=TWENTY)
    line = change(who, paid(who, township="望河乡", village="三合村"))
    assert (line["change"], line["more"]) == ("迁移", 0)
    assert line["reason"] == "由望河乡三合村转到青禾镇河西村（第一条）"


def test_whose_money_goes_to_another_account_is_told() -> None:
    who = member(spells=TWENTY)
    line = change(who, paid(who, account=account(7)))
    assert (line["change"], line["more"]) == ("变更", 0)
    assert line["reason"].startswith("银行账号变更")


def test_a_new_standard_is_told_in_figures() -> None:
    first, second = (document()["edition"][0] for _ in range(2))
    second["effective"] = date(2026, 4, 1)
    for tier in next(one for one in second["benefit"] if one["name"] == CADRE)["amount"][0]["tier"]:
        tier["rate"] = {post: rate + 10 for post, rate in tier["rate"].items()}
    who = member(spells=TWENTY)
    line = change(who, paid(who, standard=52_500), of_editions(first, second))
    assert (line["change"], line["more"]) == ("变动", 3 * 1_000)
    assert line["reason"] == "标准由 525.00 元变为 535.00 元（第一条）"


def test_whoever_is_paid_the_same_is_not_on_the_page() -> None:
    who = member(spells=TWENTY)
    assert lines(table(compared([who], [paid(who)]), NAME)) == []


def who(number: int = 1, **fields: Any) -> Member:
    return member(number, spells=TWENTY, **fields)


OLD: dict[str, Any] = {"born": "1940-01-01"}
POOR: dict[str, Any] = {**OLD, "hardship": True, "joined": "1970-01-01"}
FIRST = "（第一条）"
Told = tuple[str, str | None, int, int, str]
SAID: list[tuple[Member, list[Paid], Told]] = [
    (who(born="1966-04-15"), [], ("新增", "2026-05", 0, 1050_00, f"发放月份 2026-05至2026-06{FIRST}")),
    (who(), [], ("新增", "2026-01", 0, 3150_00, f"发放月份 2026-01至2026-06，含补发 1575.00 元{FIRST}")),
    (member(), [paid(member())], ("停发", "2026-04", 1575_00, 0, "本期不再属于任何一项的对象")),
    (member(spells="2001-01…2003-12 书记"), [paid(member())], ("停发", "2026-04", 1575_00, 0, "任职年限：最长连续 36 个月 ＜ 72；累计 36 个月 ＜ 108（第一条第一款）")),
    (who(died_on="2026-01-15", employed=True, employed_on="2025-12-01"), [paid(who())], ("死亡", "2026-02", 1575_00, 0, "健在（死亡日期）：死亡日期 2026-01-15，自2026-02起停发（第一条第二款第五项）")),
    (who(died_on="2026-05-02"), [paid(who())], ("本期止发", "2026-06", 1575_00, 1050_00, "健在（死亡日期）：死亡日期 2026-05-02，自2026-06起停发；本期发至 2026-05（第一条第二款第五项）")),
    (who(employed=True, employed_on="2026-04-10", township="望河乡"), [paid(who(), account=account(7))], ("本期止发", "2026-05", 1575_00, 525_00, "未被财政供养：“财政供养”为“是”，录用日期 2026-04-10，自2026-05起停发；本期发至 2026-04；由青禾镇河西村转到望河乡河西村；银行账号变更（第一条第二款第一项）")),
    (who(died_on="2026-05-20", employed=True, employed_on="2026-04-10"), [paid(who())], ("本期止发", "2026-05", 1575_00, 525_00, "未被财政供养：“财政供养”为“是”，录用日期 2026-04-10，自2026-05起停发；本期发至 2026-04（第一条第二款第一项）")),
    (who(), [paid(who(), township="望河乡", village="三合村")], ("迁移", None, 1575_00, 1575_00, f"由望河乡三合村转到青禾镇河西村{FIRST}")),
    (who(), [paid(who(), village="三合村", account=account(7))], ("迁移", None, 1575_00, 1575_00, f"由青禾镇三合村转到青禾镇河西村；银行账号变更{FIRST}")),
    (who(), [paid(who(), account=account(7))], ("变更", None, 1575_00, 1575_00, f"银行账号变更{FIRST}")),
    (who(approved_on="2026-04-20"), [paid(who())], ("变更", None, 1575_00, 1575_00, f"上期多发 1575.00 元{FIRST}")),
    (who(), [paid(who(), "2026-01至2026-02", 1050_00)], ("变动", None, 1050_00, 2100_00, f"上期发 2 个月，本期发 4 个月；含补发 525.00 元{FIRST}")),
    (who(), [paid(who(), amount=1605_00)], ("变动", None, 1605_00, 1575_00, f"金额减少 30.00 元；上期多发 30.00 元{FIRST}")),
    (who(), [paid(who(), standard=500_00, amount=1605_00)], ("变动", None, 1605_00, 1575_00, f"标准由 500.00 元变为 525.00 元；上期多发 30.00 元{FIRST}")),
    (who(), [paid(who(), "2026-01", 525_00), paid(who(), "2026-02至2026-03", 1050_00, village="三合村")], ("迁移", None, 1575_00, 1575_00, f"由青禾镇三合村转到青禾镇河西村{FIRST}")),
]  # fmt: skip
"""The row of this quarter and the lines of the last one; then the kind, the first month, both sums and the words."""


@pytest.mark.parametrize(("now", "last", "told"), SAID)
def test_a_change_says_its_kind_its_first_month_and_why(now: Member, last: list[Paid], told: Told) -> None:
    (line,) = lines(table(compared([now], last), NAME))
    assert (line["change"], line["since"], line["before"], line["now"], line["reason"]) == told
    assert line["more"] == told[3] - told[2]
    assert (line["name"], line["identity"]) == (now.name, now.identity)


def test_whoever_gets_another_benefit_now_is_stopped_in_one_and_new_in_the_other() -> None:
    poor = member(**POOR)
    new, stopped = lines(table(compared([poor], [paid(poor)]), NAME))
    assert (new["change"], new["benefit"], stopped["change"], stopped["benefit"]) == (
        *("新增", HARDSHIP),
        *("停发", CADRE),
    )
    assert stopped["reason"] == "本期不再属于这一项的对象" and stopped["since"] == "2026-04"


def test_a_benefit_that_no_document_has_any_more_is_stopped_and_stands_in_the_balance() -> None:
    found = compared([who()], [paid(who()), paid_line(who(), "旧补助", LAST, 9_000, **HERE)])
    (line,) = lines(table(found, NAME))
    assert (line["benefit"], line["change"], line["reason"], line["more"]) == (
        "旧补助",
        "停发",
        "本期不再属于这一项的对象",
        -9_000,
    )
    (old,) = (one for one in lines(table(found, BALANCE)) if one["benefit"] == "旧补助")
    assert [
        old[name] for name in ("people_before", "before", "people_stopped", "stopped", "people", "now")
    ] == [
        *(1, 9_000, 1, 9_000),
        *(0, 0),
    ]


def test_whose_row_of_two_is_in_error_waits_by_what_is_told_of_it() -> None:
    two = who(), who(book="另一本.xlsx", account=account(7))
    (line,) = lines(table(compared(two, [paid(who())]), NAME))
    assert line["change"] == "待核实" and "都不发放、待核实" in line["reason"]


def test_changes_stand_by_kind_then_township_village_name_number_and_benefit() -> None:
    gone = [paid(who(n), township=town) for n, town in ((3, "山阳镇"), (2, "山阳镇"), (1, "望河乡"))]
    new = [who(8), who(7, village="河东村"), who(9)]
    found = lines(table(compared([*new, who(4, died_on="2026-01-15")], [*gone, paid(who(4))]), NAME))
    assert [(one["change"], one["township"], one["village"], one["name"]) for one in found] == [
        ("新增", "青禾镇", "河东村", "村民7"),
        ("新增", "青禾镇", "河西村", "村民8"),
        ("新增", "青禾镇", "河西村", "村民9"),
        ("停发", "山阳镇", "河西村", "村民2"),
        ("停发", "山阳镇", "河西村", "村民3"),
        ("停发", "望河乡", "河西村", "村民1"),
        ("死亡", "青禾镇", "河西村", "村民4"),
    ]


FATES: list[dict[str, Any]] = [
    {},
    {"died_on": "2026-01-15"},
    {"died_on": "2026-05-02"},
    {"employed": True, "employed_on": "2026-04-10"},
    {"household": "人户分离"},
    {"account": "6222020200000000000"},
    {"township": "望河乡"},
    {"hardship": True},
]


@pytest.mark.parametrize("seed", range(12))
def test_the_last_sum_and_the_changes_come_to_this_one_whatever_happened(seed: int) -> None:
    chance = random.Random(seed)
    people = [
        member(n, born=f"{chance.randint(1940, 1967)}-0{chance.randint(1, 9)}-15", spells=TWENTY, **fate)
        for n, fate in enumerate((chance.choice(FATES) for _ in range(30)), 1)
    ]
    last = [
        paid(who, *chance.choice(((LAST, 157_500), ("2026-01", 52_500), (LAST, 157_503))))
        for who in people
        if chance.random() < 0.7
    ]
    last += [of_another_benefit(one) for one in last[:3]]
    outcome = compared([one for one in people if chance.random() < 0.9], last)
    told, balance = lines(table(outcome, NAME)), lines(table(outcome, BALANCE))
    before, now = (sum(one[name] for one in balance) for name in ("before", "now"))
    assert before == sum(one.amount for one in last)
    assert now == sum(
        row[found.index("amount")]
        for found in outcome.tables
        if found.name.endswith("花名册")
        for row in found.rows
    )
    assert before + sum(one["more"] for one in told) == now
    for one in balance:
        assert (
            one["before"] + one["joined"] - one["stopped"] - one["dead"] - one["waiting"] + one["other"]
            == one["now"]
        )
        gone = one["people_stopped"] + one["people_dead"] + one["people_waiting"]
        assert one["people_before"] + one["people_joined"] - gone == one["people"]


def of_another_benefit(line: Paid) -> Paid:
    """The same person's line of another benefit."""
    return structs.replace(line, benefit=HARDSHIP, amount=15_000, months=LAST)
