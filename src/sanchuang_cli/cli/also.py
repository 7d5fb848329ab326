"""Reads for --also the same books and other documents, judges by them, and gives the run a page for each: who would stand on
a list by it. It writes nothing.
"""

from dataclasses import replace

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import Made
from sanchuang_cli.cli.policy_diff import document, read
from sanchuang_cli.contrast import Contrast
from sanchuang_cli.finding import UserError
from sanchuang_cli.report import listed_by


def with_others(finished: Made, asked: Asked) -> Made:
    """The run with a page for each document of --also. Its own results stay as they are. Raises UserError."""
    begun, programme = finished.begun, finished.begun.programme
    ours = programme.judge(finished.given.rosters, begun.policy, begun.when)
    tables = []
    for name in asked.also:
        other = document(programme, name)
        if other.editions == begun.policy.editions:
            raise UserError(f"--also {name} 和本县用的是同一份规定，没有可比的。请换成另一份。")
        start, books = read(begun._replace(policy=other), asked)
        contrast = Contrast(ours, programme.judge(books.rosters, other, start.when), programme.compared)
        tables.append(listed_by.table(contrast, programme.paper, other.name.removesuffix(".toml")))
    run = finished.run
    outcome = replace(
        run.outcome, tables=(*run.outcome.tables, *tables), on_terminal=(*run.outcome.on_terminal, *tables)
    )
    return finished._replace(run=replace(run, outcome=outcome))
