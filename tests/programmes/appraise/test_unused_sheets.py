"""A sheet for which the document has no part is told and decides nothing."""

from tests.programmes.units import ballots, changed, column, outcome, paper, problem, told, unit

BLOCK = '[edition.problems]\nclause = "述后列出问题、责任、整改三个清单，整改一件、销号一件"\n'


def test_a_sheet_that_the_document_does_not_use_is_told() -> None:
    assert "sheet-unused" in told(outcome(unit(), ballots(), *paper("上级", "1", {"向阳村党支部": 90})))
    assert told(outcome(unit(), ballots(), by=changed(name="papers"))) == ["sheet-unused"]


def test_a_sheet_that_the_document_does_not_use_sets_no_unit_aside() -> None:
    """Neither a row of it that is in error, nor one about somebody unknown, is told or waited for."""
    twice = problem(due="2025-12-01"), problem(line=2, due="2025-11-01"), problem(line=3, of="不知何村")
    kept = outcome(unit(), ballots(), *twice)
    assert (kept.tally.set_aside, {"sheet-waits", "unit-unknown"} <= set(told(kept))) == (1, True)
    left = outcome(unit(), ballots(), *twice, by=changed((BLOCK, "")))
    assert (left.tally.set_aside, {"sheet-waits", "unit-unknown"} & set(told(left))) == (0, set())
    assert "sheet-unused" in told(left)


def test_problems_that_are_not_kept_are_not_listed() -> None:
    run = outcome(unit(), ballots(), problem(), by=changed((BLOCK, "")))
    assert (told(run), column(run, "整改清单", "state"), column(run, "期限", "what")) == (
        ["sheet-unused"],
        [],
        [],
    )
    (circular,) = (table for table in run.tables if table.name == "通报")
    assert not [one.title for one in circular.columns if one.title.startswith("问题")]
