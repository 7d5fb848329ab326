"""Whoever the last period may show under another number is set aside, with the place where he stands there."""

from typing import Any

import pytest

from sanchuang_cli.finding import Severity
from tests.programmes.people import CADRE, HARDSHIP, TWENTY, identity, member, paid_line, run
from tests.programmes.subsidies.test_prior import ACCOUNT, arrears, of


@pytest.mark.parametrize("due", [True, False])
@pytest.mark.parametrize(
    ("how", "where"),
    [
        ("known-birth", "上期.xlsx Sheet1 B4（身份证号）"),
        ("known-account", "上期.xlsx Sheet1 D4（银行账号）"),
        ("refused", "上期.xlsx 不予发放名单 第4行"),
    ],
)
def test_a_number_that_may_be_anothers_of_the_last_period_is_set_aside(
    how: str, where: str, due: bool
) -> None:
    old = member(1, spells=TWENTY, account=ACCOUNT)
    same: dict[str, Any] = (
        {"name": old.name} if how != "known-account" else {"born": "1951-01-01", "account": ACCOUNT}
    )
    new = member(7, spells=TWENTY if due else "", **same)
    assert new.identity != old.identity
    line, pages = [paid_line(old, CADRE, "2026-01至2026-03", 157_500)], {}
    if how == "refused":
        said = {"序号": 1, "姓名": old.name, "身份证号": old.identity, "补贴项目": HARDSHIP}
        line, pages = [], {"不予发放名单": [said]}
    result = run(new, previous=of(line, pages=pages))
    assert result.fen == 0
    told = [one for one in result.findings if one.code.startswith("subsidies.known")]
    code = "known-account" if how == "known-account" else "known-birth"
    assert [(one.code, one.severity) for one in told] == (
        [(f"subsidies.{code}", Severity.ERROR)] if due else []
    )
    assert all(one.message.endswith(f"（{where}），不发放、待核实") for one in told), told
    assert result.set_aside == due
    assert (identity("1950-03-15", number=1) in str(result.findings)) is False


_ANOTHER_NUMBER = ["gone", "village unsaid", "of two townships"]


@pytest.mark.parametrize(
    "beside", [*_ANOTHER_NUMBER, "still there", "other months", "other village", "other benefit"]
)
def test_who_takes_the_place_of_a_namesake_is_not_paid_for_months_that_the_other_was(beside: str) -> None:
    """Number, birth date and account may all have been corrected at once."""
    old = member(1, spells=TWENTY, account=ACCOUNT)
    village = {"other village": "河东村", "village unsaid": ""}.get(beside, old.village)
    new = member(7, spells=TWENTY, name=old.name, born="1951-01-01", village=village)
    months, benefit = "2026-01至2026-03", HARDSHIP if beside == "other benefit" else CADRE
    if beside == "other months":
        months = "2025-10至2025-12"
    lines = [paid_line(old, benefit, months, 157_500, township=old.township, village=old.village)]
    if beside == "of two townships":
        lines.append(paid_line(old, HARDSHIP, months, 300, township="山阳镇", village="山阳村"))
    result = run(*([old, new] if beside == "still there" else [new]), previous=of(lines))
    found = [one for one in result.findings if one.code == "subsidies.known-home"]
    if beside in _ANOTHER_NUMBER:
        assert (result.fen, result.set_aside, len(found)) == (0, 1, 1)
        assert identity("1950-03-15", number=1) not in str(found)
    else:
        assert (result.set_aside, found) == (0, [])
        assert sum(arrears(result).values()) == 3 * 525


def test_a_number_that_the_last_period_shows_is_nobody_elses() -> None:
    old, twin = (
        member(1, spells=TWENTY, account=ACCOUNT),
        member(7, spells=TWENTY, name="村民1", village="河东村"),
    )
    lines = [paid_line(who, CADRE, "2026-01至2026-03", 157_500) for who in (old, twin)]
    result = run(old, twin, previous=of(lines))
    assert (result.set_aside, result.fen) == (0, 6 * 52_500)
