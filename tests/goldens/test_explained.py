"""What `explain` rests on: of each programme's sample, every step that some row takes once, with clause and cells."""

from collections.abc import Iterator

import pytest

from sanchuang_cli.judging import Reason
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme
from sanchuang_cli.record import Record
from tests.goldens.written import golden
from tests.test_contract import read

OWN_WORDS = {"rate", "subsidies"}
"""Their verdicts have no steps, and put into words what they decided; tests/programmes/…/test_words.py hold those."""
LISTED = [one for one in PROGRAMMES if one.name not in OWN_WORDS]
HOLDS = {True: "合", False: "不合", None: "—"}


def steps(one: ListedProgramme) -> Iterator[str]:
    """The rows that take a step, with the end to which it came, which none before them took, and these steps."""
    programme, rosters, editions, when = read(one)
    for verdicts in programme.judge(rosters, editions, when).verdicts.values():
        seen: set[tuple[object, ...]] = set()
        for verdict in verdicts:
            fresh = [reason for reason in verdict.reasons if (reason.what, reason.holds) not in seen]
            if fresh:
                seen |= {(reason.what, reason.holds) for reason in fresh}
                yield f"{verdict.part}：{verdict.record.row.place()}"
                yield from (f"  {step(reason, verdict.record)}" for reason in fresh)


def step(reason: Reason, record: Record) -> str:
    """One step in a line: whether it holds, what it is, what was seen, by what; then its cells, and the rows that it rests on."""
    rows = [str(one.row.place()) for one in reason.rests_on if isinstance(one, Record)]
    words = HOLDS[reason.holds], reason.what, reason.said, reason.basis, *reason.cells(record), *rows
    return " | ".join(words)


@pytest.mark.parametrize("one", LISTED, ids=lambda one: one.name)
def test_the_steps_to_each_verdict_name_their_clauses_and_cells(one: ListedProgramme) -> None:
    assert [*steps(one)] == golden(f"explained/{one.name}")
