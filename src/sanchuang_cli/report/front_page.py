"""Makes 首页, the first page of every result, for the person who signs it. Its figures are those of the pages
behind it.

It may look at a finished run and its tables only.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from sanchuang_cli.finding import in_general
from sanchuang_cli.front import Fact
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import in_words
from sanchuang_cli.report.run import Run
from sanchuang_cli.report.worklists import WAITING
from sanchuang_cli.table import Column, Table, Value
from sanchuang_cli.tally import ASIDE, Tally

NAME = "首页"
_MOST = 6
"""The most reasons that are listed one by one."""
_READ = "名册"


def page(run: Run) -> Table:
    """Return the page: what was decided, what changed, where every row went, and how many wait for what."""
    facts = [*_decided(run), *_filed(run.outcome.tally), *_waiting(run)]
    paid = any(fact.fen is not None for fact in facts)
    columns = [Column("block", "类别"), Column("item", "项目"), Column("many", "数量", Kind.COUNT)]
    columns += [Column("fen", "金额", Kind.MONEY)] if paid else []
    title = f"{run.occasion.period.title}{run.title}总表"
    return Table(
        NAME,
        title,
        tuple(columns),
        list(_rows(facts, paid)),
        unit="元" if paid else "",
        notes=tuple(_notes(run)),
        signed=True,
        glance=True,
    )


def _rows(facts: Iterable[Fact], paid: bool) -> Iterator[tuple[Value, ...]]:
    for block, of_block in groupby(facts, key=lambda fact: fact.block):
        for number, fact in enumerate(of_block):
            cells = (block if number == 0 else None, fact.item, fact.many)
            yield (*cells, fact.fen) if paid else cells


def _decided(run: Run) -> Iterator[Fact]:
    """Return the sums of the pages; the first sum of money also in words."""
    worded = False
    for fact in (fact for figures in run.outcome.front for fact in figures.facts(run.outcome.tables)):
        yield fact
        if fact.fen is not None and not worded:
            worded = True
            yield Fact(fact.block, f"大写：{in_words(fact.fen)}")


def _filed(tally: Tally) -> Iterator[Fact]:
    for title, part in tally.each or ((_READ, tally),):
        yield Fact(title, "读取", part.read)
        yield from (Fact(title, what, count) for what, count in (*part.parts, (ASIDE, part.set_aside)))


def _waiting(run: Run) -> Iterator[Fact]:
    """Return what is wrong with the rows set aside. Each row counts under what was found first; rare reasons
    are put together."""
    reasons = Counter(_reasons(run)).most_common()
    yield from (Fact(f"{ASIDE}的原因", reason, count) for reason, count in reasons[:_MOST])
    if rest := sum(count for _, count in reasons[_MOST:]):
        yield Fact(f"{ASIDE}的原因", "其他原因", rest)


def _reasons(run: Run) -> Iterator[str]:
    for waiting in run.named.waiting:
        first = next(iter(waiting.errors), None)
        brief = first and (first.brief or in_general(waiting.whom.said(first)))
        yield brief or f"见“{WAITING}”页"


def _notes(run: Run) -> Iterator[str]:
    for edition in run.editions:
        yield f"依据：《{edition.title}》，{edition.document}。"
    if run.outcome.tally.set_aside:
        yield f"{ASIDE}的没有列入，逐条列在“{WAITING}”页；核实以后重新运行。"
