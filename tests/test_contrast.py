"""`policy diff` says what two full runs say: to the fen, to the star, row by row, for any two documents."""

from collections.abc import Iterator
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.contrast import Contrast
from sanchuang_cli.domain.people import Member
from sanchuang_cli.money import fen
from sanchuang_cli.outcome import Due, Occasion, Outcome, Rosters
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Programme
from sanchuang_cli.programmes.rate import PROGRAMME as RATE
from sanchuang_cli.programmes.subsidies import PROGRAMME as SUBSIDIES
from sanchuang_cli.record import Roster
from sanchuang_cli.report.contrasted import DESK, LEADER, TIERS, TOWNSHIPS, Pages
from sanchuang_cli.table import Table
from sanchuang_cli.tally import ASIDE
from tests.compared import policies, rate, subsidies
from tests.counts import FULL
from tests.joined import BONUS
from tests.oracle import documents, measures, organisations, people
from tests.programmes.people import cadre, member
from tests.programmes.ratings import ON

PAIRS, PEOPLE, ORGANISATIONS = (40, 250, 50) if FULL else (4, 60, 40)
"""Pairs of documents, and rows under each: 10,000 people and 2,000 organisations in full."""


def contrasted(
    programme: Programme, rosters: Rosters, old: PolicyFile[Any], new: PolicyFile[Any], when: Occasion
) -> tuple[Contrast, dict[str, Table]]:
    before, after = (programme.judge(rosters, file, when) for file in (old, new))
    contrast = Contrast(before, after, programme.compared)
    return contrast, {table.name: table for table in Pages(contrast, programme.paper, "").tables()}


def lines(table: Table) -> Iterator[dict[str, Any]]:
    return (dict(zip((c.name for c in table.columns), row, strict=True)) for row in table.rows)


def paid(outcome: Outcome) -> dict[str, int]:
    """What the 花名册 of a full run pay, by identity number."""
    found: dict[str, int] = {}
    for table in outcome.tables:
        if table.name.endswith("花名册"):
            for line in lines(table):
                found[line["identity"]] = found.get(line["identity"], 0) + line["amount"]
    return found


def drawn(dice: Random) -> PolicyFile[Any]:
    if dice.random() < 0.5:
        return policies.one_policy(policies.by_service(documents.document(dice)))
    rules = measures.measure(dice)
    return policies.one_policy(policies.by_measure(rules), base=policies.bases(rules))


@pytest.mark.parametrize("seed", range(PAIRS))
def test_each_person_changes_by_the_difference_of_two_full_runs(seed: int) -> None:
    dice = Random(f"diff {seed}")
    period = Period.parse(dice.choice(subsidies.DEFAULT.periods))
    when = Occasion(period, period.last)
    members: dict[str, Member] = {}
    for number in range(PEOPLE):
        record = subsidies.as_member(people.person(dice, period.last.year), number)
        record = structs.replace(record, row=structs.replace(record.row, number=number + 4))
        members.setdefault(record.identity, record)
    rosters: Rosters = {"members": Roster(tuple(members.values())), "spells": Roster(())}
    old, new = drawn(dice), drawn(dice)
    runs = [SUBSIDIES.run(rosters, file, when) for file in (old, new)]
    before, after = map(paid, runs)
    aside = [{row.number for row in run.set_aside} for run in runs]
    contrast, pages = contrasted(SUBSIDIES, rosters, old, new, when)
    if pages[LEADER].unit:  # somebody is paid
        told = {line["identity"]: (line["old_year"], line["new_year"]) for line in lines(pages[DESK])}
    else:
        told = {line["identity"]: (0, 0) for line in lines(pages[DESK])}
    assert len(told) == len(contrast.changes)
    for identity, record in members.items():
        one, other = before.get(identity, 0), after.get(identity, 0)
        waits = tuple(record.row.number in rows for rows in aside)
        if one != other or waits[0] != waits[1]:
            assert identity in told
        assert told.get(identity, (one, other)) == (one, other)
    known = [i for i, m in members.items() if not any(m.row.number in rows for rows in aside)]
    difference = sum(after.get(i, 0) - before.get(i, 0) for i in known)
    for name in (TOWNSHIPS, TIERS):
        assert sum(line.get("year") or 0 for line in lines(pages[name])) == difference
    (whole,) = (line for line in lines(pages[LEADER]) if line["item"] == "有变动的合计")
    assert (whole.get("year") or 0) == difference
    assert whole["many"] == len(contrast.changes) == len(pages[DESK].rows)


@pytest.mark.parametrize("seed", range(PAIRS))
def test_each_organisation_changes_by_the_difference_of_two_full_runs(seed: int) -> None:
    dice = Random(f"diff {seed}")
    county = organisations.organisations(dice, ORGANISATIONS)
    records = tuple(rate.as_record(n, one) for n, one in enumerate(county))
    rosters: Rosters = {"organisations": Roster(records), "previous": Roster[Any](())}
    old, new = (rate.as_policy(organisations.settings(dice)) for _ in range(2))
    when = Occasion(Period.year(ON.year), ON)
    results = [RATE.run(rosters, file, when) for file in (old, new)]
    figures = [
        {key: (stars, grade) for key, (_, stars, grade) in rate._figures(result).items()}
        for result in results
    ]
    rectified = [rate.rectified(result) for result in results]
    contrast, pages = contrasted(RATE, rosters, old, new, when)
    told = {change.record.key: change for change in contrast.changes}
    once = {one.key for one in records if sum(other.key == one.key for other in records) == 1}
    for key in once:
        apart = figures[0].get(key) != figures[1].get(key) or (key in rectified[0]) != (key in rectified[1])
        if apart:
            change = told[key]
            for standing, of_run in zip((change.old, change.new), figures, strict=True):
                assert standing.part == ASIDE or (standing.stars, standing.grade or None) == of_run[key]
        elif key in told:  # the list of secretaries, or why somebody is not rated
            ways = [(standing.part, standing.lists) for standing in (told[key].old, told[key].new)]
            assert ways[0] != ways[1]
    assert len(pages[DESK].rows) == len(contrast.changes)


def test_every_line_of_the_desk_says_which_clause_decides() -> None:
    at_65 = cadre(age={"male": 65, "female": 60})
    who = member(born="1963-03-01", spells="1980-01…1999-12 书记", post="书记")
    when = Occasion(Period.parse("2026"), Period.parse("2026").last)
    rosters: Rosters = {"members": Roster((who,)), "spells": Roster(())}
    _, pages = contrasted(SUBSIDIES, rosters, cadre(), at_65, when)
    (line,) = lines(pages[DESK])
    assert (line["change"], line["month"], line["year"]) == ("退出", -fen(525), -12 * fen(525))
    assert line["why"] == (
        "离任村干部生活补贴·年满60周岁：男，1963-03-01生，自2023-04起（第一条第一款）"
        " → 不成立，男，1963-03-01生，自2028-04起（第一条第一款）"
    )


def test_a_raised_rate_is_told_by_its_arithmetic_and_its_clause() -> None:
    raised = cadre(amount={"clause": "新表", "tier": [{"at_least": 10, "rate": 600}]})
    who = member(born="1950-03-01", spells="1980-01…1999-12 书记", post="书记")
    when = Occasion(Period.parse("2026"), Period.parse("2026").last)
    rosters: Rosters = {"members": Roster((who,)), "spells": Roster(())}
    contrast, _ = contrasted(SUBSIDIES, rosters, cadre(), raised, when)
    (change,) = contrast.changes
    assert (change.kind, change.new.fen() - change.old.fen()) == ("提高", 12 * fen(75))
    assert contrast.clause(change) == "离任村干部生活补贴·标准（标准表（句容2018） → 新表）"
    assert "525" in contrast.why(change)
    assert "600" in contrast.why(change)


def test_a_document_beside_itself_changes_nobody() -> None:
    dice = Random("itself")
    records = (subsidies.as_member(people.person(dice, 2026), n) for n in range(200))
    when = Occasion(Period.parse("2026"), Period.parse("2026").last)
    rosters: Rosters = {"members": Roster(tuple(records)), "spells": Roster(())}
    file = drawn(dice)
    contrast, pages = contrasted(SUBSIDIES, rosters, file, file, when)
    assert not contrast.changes
    assert pages[DESK].rows == []


def test_a_programme_that_pays_by_its_own_rule_is_compared_without_a_word() -> None:
    january = Month(2026, 1)
    verdict = SimpleNamespace(due=(Due("书记绩效", "绩效", january, 100, "2020-01-01"),) * 2)
    assert BONUS.compared.sums(verdict) == {("书记绩效（绩效）", int(january)): 200}
