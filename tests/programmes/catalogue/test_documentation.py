"""The catalogue that docs/policies/catalogue.md writes gives what the chapter says."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from sanchuang_cli.domain.disclosing.lines import STATES
from sanchuang_cli.domain.disclosing.policy import CataloguePolicy
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.publications import draft, lines, row

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "catalogue.md").read_text("utf-8")


@cache
def example() -> PolicyFile[CataloguePolicy]:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    return load(CataloguePolicy, "例子.toml", block.encode())


def test_the_words_of_the_table_are_those_of_the_page() -> None:
    for state in STATES:
        assert f"| {state} |" in CHAPTER


def test_the_limits_are_those_that_the_comments_say() -> None:
    assert [item.limit for item in example().editions[0].item] == [
        "长期公开", "每 3 个月", "研究确定后 5 个工作日内",
    ]  # fmt: skip


def test_the_period_of_a_draft_is_understood_as_it_is_printed() -> None:
    title = Period.parse("2026Q3").title
    assert f"`2026Q3`、`{title}` 都认" in CHAPTER
    asked = [draft(1, "发展对象公示", "2026Q3", "2026-09-30", "development")]
    for words in ("2026Q3", title):
        posted = row(1, "发展对象", which=words, since="2026-10-09")
        (line,) = [
            one for one in lines([posted], example(), on=date(2026, 10, 12), drafts=asked) if one.which
        ]
        assert (line.state, line.which) == ("已公开", "2026Q3")


def test_the_fifth_working_day_is_in_time() -> None:
    rows = [row(1, "发展对象", occurred="2026-06-22")]
    due = {str(line.due) for line in lines(rows, example()) if line.item.name == "发展对象"}
    assert due == {"2026-06-29"} and "第 5 个工作日）还来得及" in CHAPTER
