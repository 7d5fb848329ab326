"""The search for pairs of rows finds what decides and names what does not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sanchuang_cli import policy
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.record import Roster
from tests.deciding import companies, shown, stars
from tests.deciding.alterations import alterations
from tests.deciding.drawn import handed
from tests.deciding.listed import read_back
from tests.deciding.shown import Told, filled_in, told
from tests.figures import ROOT
from tests.programmes.people import HARDSHIP, member, only
from tests.test_contract import read

TODAY = date(2026, 11, 28)


def of_hardship(change: Callable[[dict[str, Any]], object], *asked: str) -> dict[str, Told]:
    """Clauses of the default subsidy in hardship, after a change of it, tried on one member who gets it. asked: how they end."""
    who = member(
        born="1940-03-15", joined="1970-05-01", hardship=True, ledger_on="2020-01", approved_on="2020-01"
    )
    file = only(HARDSHIP, change)
    found = told(
        PROGRAMME, {"members": Roster((who,))}, file, TODAY, asked=lambda one: one.said.endswith(asked)
    )
    return {one.of.said: one for one in found}


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("checkups", []),
        ("visits", []),
        (
            "pairing",
            [
                "回避（本人、亲属、同户的不结对）",
                "帮扶名额（名册没有写名额的，困难党员数除以帮扶人数，向上取整）",
            ],
        ),
    ],
)
def test_every_clause_of_a_shipped_policy_is_shown_or_named(name: str, missing: list[str]) -> None:
    entry = next(one for one in PROGRAMMES if one.name == name)
    programme, rosters, _, _ = read(entry)
    file = policy.load(programme.policy, *policy.source(name, None))
    found = told(programme, rosters, file, TODAY, handed(programme, name))
    assert len(found) > 5
    assert [one.of.said for one in found if one.pair is None] == missing


def test_every_name_of_the_page_is_still_a_clause_of_its_policy() -> None:
    named = list(read_back((ROOT / "docs" / "quality.md").read_text("utf-8")))
    assert len(named) > 20
    programmes = {one.name: one for one in PROGRAMMES}
    known: dict[str, set[str]] = {}
    for called, said in named:
        programme, _, pack = called.partition(", ")
        if called not in known:
            source = policy.source(programme, pack or None)
            editions = policy.load(programmes[programme].load().policy, *source).editions
            known[called] = {one.said for edition in editions for one in alterations(filled_in(edition))}
        assert said in known[called], (called, said)


@pytest.fixture(scope="module")
def twice() -> dict[str, Told]:
    """A condition on the register of hardship, stated a second time in other words, so that neither decides alone; and an age."""

    def change(benefit: dict[str, Any]) -> None:
        first = next(one for one in benefit["condition"] if one.get("column") == "健在情况")
        benefit["condition"] = [first | {"name": "在世"}, *benefit["condition"]]

    with pytest.MonkeyPatch.context() as patch:
        # Few rows and one scene do: what decides nothing is looked for among all that there are.
        for module, name, few in (
            (stars, "MOST_BASES", 6), (stars, "MOST_VALUES", 6), (companies, "OTHERS", 6),
            (shown, "MOST_COURTS", 1), (shown, "MOST_JOINED", 1),
        ):  # fmt: skip
            patch.setattr(module, name, few)
        return of_hardship(
            change, "“在世”（第二条第二款） stop", "“健在”（第二条第二款） stop", " male", " female"
        )


def test_a_clause_that_another_makes_idle_is_named(twice: dict[str, Told]) -> None:
    idle = [said for said, one in twice.items() if one.pair is None]
    assert any("条件“在世”" in said for said in idle) and any("条件“健在”" in said for said in idle)


def test_a_pair_differs_in_one_cell_of_the_column_that_the_clause_looks_at(twice: dict[str, Told]) -> None:
    ages = [one for said, one in twice.items() if said.endswith((" male", " female"))]
    assert len(ages) == 2
    for one in ages:
        assert one.pair is not None and one.pair.column == "身份证号"
        assert one.pair.one != one.pair.other and one.pair.outcomes[0] != one.pair.outcomes[1]
