"""One person on one ledger in two programmes for one month: told where the two contradict each other, and nowhere else."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from sanchuang_cli import policies
from sanchuang_cli.domain.wages.verdict import BENEFIT, COMPONENTS
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.ledger import batches, contradicting
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.outcome import Claimant
from tests.ledger import county
from tests.ledger.county import MAKER, account, claimant, entitled, returned, send

FORMER, PAY = ("subsidies", "离任村干部生活补贴", ""), ("pay", "村干部报酬", "基本报酬")
Item = tuple[str, str, str]


def of(item: Item, *months: str) -> Claimant:
    _, benefit, component = item
    plain = claimant(1, dict.fromkeys(months or ("2026-07",), 100_00))
    return plain._replace(due=tuple(d._replace(benefit=benefit, component=component) for d in plain.due))


def proposed(ledger: Ledger, item: Item, *months: str) -> tuple[int, list[Finding]]:
    run = replace(county.run("2026-08"), name=item[0])
    made = batches.propose(ledger, run, entitled(of(item, *months)), MAKER)
    found = [one for one in made.comparison.findings if one.code == "ledger.contradicts"]
    return made.batches["payment"], found


def test_the_declaration_knows_what_the_programmes_pay() -> None:
    with Path(policies.__file__).with_name("subsidies.toml").open("rb") as file:
        benefits = [one["name"] for one in tomllib.load(file)["edition"][0]["benefit"]]
    assert [one for one in benefits if contradicting.FORMER.has(one, "")] == ["离任村干部生活补贴"]
    of_month = [name for name in COMPONENTS.values() if contradicting.IN_OFFICE.has(BENEFIT, name)]
    assert of_month == ["基本报酬"]


@pytest.mark.parametrize("is_sent", [True, False])
@pytest.mark.parametrize(("first", "then"), [(PAY, FORMER), (FORMER, PAY)])
def test_a_former_cadres_subsidy_beside_the_pay_of_one_in_office_is_told(
    tmp_path: Path, first: Item, then: Item, is_sent: bool
) -> None:
    ledger = county.new(tmp_path)
    batch, found = proposed(ledger, first, "2026-07", "2026-08")
    assert found == []
    if is_sent:
        send(ledger, batch, tmp_path / "out")
    _, (told,) = proposed(ledger, then, "2026-07", "2026-08")
    assert told.severity is Severity.WARNING
    assert told.message.startswith(f"村民1：{then[1]} 2026-07 等 2 个月要发，台账上同月的 {first[1]}")
    assert "200.00 元" in told.message and told.place.row == 5


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (PAY, ("subsidies", "生活困难党员补贴", "")),
        (("subsidies", "老党员定期补助", ""), PAY),
        (("pay", "村干部报酬", "绩效"), FORMER),
        (PAY, ("pension", "养老保险补贴", "县级")),
        (PAY, ("visits", "慰问金", "")),
        (FORMER, ("visits", "慰问金", "")),
    ],
)
def test_what_may_stand_beside_each_other_is_not_told(tmp_path: Path, first: Item, then: Item) -> None:
    ledger = county.new(tmp_path)
    proposed(ledger, first)
    assert proposed(ledger, then)[1] == []


def test_another_month_is_not_told_nor_one_that_came_back(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch, _ = proposed(ledger, PAY)
    send(ledger, batch, tmp_path / "out")
    former, found = proposed(ledger, FORMER, "2026-08")
    assert found == []
    batches.cancel(ledger, former, MAKER)
    made = returned(ledger, batch, [("村民1", account(1), 100_00)])
    batches.cancel(ledger, made.reissue, MAKER)
    assert proposed(ledger, FORMER)[1] == []
