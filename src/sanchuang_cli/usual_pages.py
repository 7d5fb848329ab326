"""Makes the pages that every programme has beside its own: its parts by township, and everybody whom no page lists.

Values only: it declares pages, which draw themselves from the verdicts.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sanchuang_cli.judging import Reason
from sanchuang_cli.page import Col, Drawn, Page
from sanchuang_cli.summary import Measure, Summary

TOWNSHIPS, OTHERS = "分乡镇汇总表", "未列入名单"


def with_the_usual(
    pages: Sequence[Drawn], parts: Mapping[str, tuple[str, ...]], titles: Mapping[str, str]
) -> list[Drawn]:
    """Return the pages, and for each main roster those that every programme has.

    These are its parts by township, and everybody in a part that no page lists. A page with `when` or `rows`
    does not count as listing a part. parts, titles: of each main roster.
    """
    named = {getattr(page, "name", "") for page in pages}
    drawn = list(pages)
    for roster, own_parts in parts.items():
        chief = roster == next(iter(parts))
        lists = [
            page
            for page in pages
            if isinstance(page, Page)
            and not (page.rows or page.when)
            and (page.roster == roster or (chief and not page.roster))
        ]
        listed = {part for page in lists for part in page.of or own_parts} if lists else set()
        rest = tuple(part for part in own_parts if part not in listed)
        of = beside(titles[roster], [*titles.values()])
        drawn += [_by_township(own_parts, roster, of)] if TOWNSHIPS + of not in named else []
        drawn += [_others(rest, roster, of)] if rest else []
    return drawn


def beside(title: str, titles: Sequence[str]) -> str:
    """Return what the usual pages of a roster are called beside those of the first roster."""
    return "" if title == titles[0] else f"（{title}）"


def _by_township(parts: Sequence[str], roster: str, of: str) -> Summary:
    """Return the page that counts how many rows of each township are in each part."""
    measures = tuple(Measure(f"part{i}", part, of=(part,)) for i, part in enumerate(parts))
    return Summary(TOWNSHIPS + of, TOWNSHIPS, ("township",), measures, roster=roster)


def _others(parts: tuple[str, ...], roster: str, of: str) -> Page:
    """Return the page of everybody in these parts, each with what decided it."""
    columns = (
        Col("part", "部分"),
        Col("why", "原因", of=lambda verdict: _deciding(verdict).said, wide=True, private=True),
        Col("basis", "依据", of=lambda verdict: _deciding(verdict).basis, wide=True),
    )
    return Page(OTHERS + of, OTHERS, columns, parts, roster)


def _deciding(verdict: Any) -> Reason:
    """Return the first condition that was not met, or else the last thing that was looked at."""
    reasons: Sequence[Reason] = verdict.reasons
    failed = [reason for reason in reasons if reason.holds is False]
    return failed[0] if failed else reasons[-1]
