"""A second opinion on reviews of members: branch by branch from the words of the rules, in whole numbers and fractions.

A member is a dict of plain values: who, kind, grade, votes (by grade, None where the cell is blank), abstained, given, back,
papers (number, rater, mark) or None; a rater
is "" where none is named, and who it is about where somebody marked himself. What waits for somebody to look at it is "待核实".
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

GRADES = ("优秀", "合格", "基本合格", "不合格")
ONE_IN = 3
"""Of so many full members one may have the best grade."""
ASIDE, SETTLED, WAITING, NOT_GRADED = "待核实", "已定等次", "待定", "不定等次"
Standing = tuple[str, str, Any]
"""Where a member stands, at which grade, and the votes for the best grade with the valid ones."""


def of_papers(papers: Sequence[tuple[str, str, str]], whom: str) -> dict[str, int] | None:
    """How many papers bear each word, without those about oneself; None where one of them cannot be counted, or where one
    rater handed in two."""
    sums = dict.fromkeys((*GRADES, "弃权", "空白", "无效"), 0)
    seen: dict[str, tuple[str, str]] = {}
    for number, rater, mark in papers:
        if not number or seen.setdefault(number, (rater, mark)) != (rater, mark):
            return None
    voted: set[str] = set()
    for rater, mark in seen.values():
        if rater == whom:
            continue
        if mark not in sums or rater in voted:
            return None
        voted |= {rater} - {""}
        sums[mark] += 1
    return sums


def too_many(who: Mapping[str, Any], members: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a branch whose papers are each about several has more of them than were given out. One on which somebody does
    not stand may be his own, where none of his own is among them."""
    about: dict[str, set[str]] = {}
    for one in members:
        for number, _, _ in one["papers"] or ():
            if number:
                about.setdefault(number, set()).add(one["who"])
    if who["papers"] is None or all(len(whom) == 1 for whom in about.values()):
        return False
    own = any(rater == who["who"] for _, rater, _ in who["papers"])
    missing = any(who["who"] not in whom for whom in about.values())
    return bool(len(about) - (missing and not own) > who["given"])


def votes(who: Mapping[str, Any]) -> tuple[int, int] | None:
    """The votes for the best grade and the valid ones; None where the figures cannot be right."""
    if who["papers"] is not None:
        sums = of_papers(who["papers"], who["who"])
        if sums is None:
            return None
        valid = sum(sums[grade] for grade in GRADES)
        return (sums["优秀"], valid) if valid and sum(sums.values()) <= (who["given"] or 10**9) else None
    marks, out, back = dict(who["votes"]), who["abstained"] or 0, who["back"]
    if (
        back is None
        or who["given"] is None
        or any(marks[grade] is None for grade in ("优秀", "合格", "不合格"))
    ):
        return None
    if marks["基本合格"] is None:
        if marks["优秀"] + marks["合格"] + marks["不合格"] + out != back:
            return None
        marks["基本合格"] = 0
    valid = sum(marks.values())
    return (marks["优秀"], valid) if valid and valid + out <= back <= who["given"] else None


def branch(members: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Standing], int, int]:
    """Where everybody stands, by number; how many may have the best grade, and how many are named for it."""
    full = [who for who in members if who["kind"] == "正式党员"]
    may, named = len(full) // ONE_IN, sum(who["grade"] == "优秀" for who in full)
    stands: dict[str, Standing] = {}
    for who in members:
        if who["kind"] != "正式党员":
            stands[who["who"]] = (ASIDE if who["grade"] else NOT_GRADED, "", None)
            continue
        cast = None if too_many(who, members) else votes(who)
        if cast is None:
            stands[who["who"]] = (ASIDE, "", None)
        elif not who["grade"] or (who["grade"] == "优秀" and named > may):
            stands[who["who"]] = (WAITING, "", cast)
        else:
            stands[who["who"]] = (SETTLED, who["grade"], cast)
    return stands, may, named


def rank(mine: tuple[int, int], others: Sequence[tuple[int, int]], may: int) -> tuple[int, str]:
    """The place of some votes among those of all who wait for the best grade, and on which side of the line it is."""
    better = sum(best * mine[1] > mine[0] * valid for best, valid in others)
    level = sum(best * mine[1] == mine[0] * valid for best, valid in others)
    line = "名额以内" if better + level <= may else "名额以外" if better >= may else "并列"
    return better + 1, line


def rate(made: int, kept: int) -> str:
    """The share kept, half up to a tenth of a per cent."""
    if not made:
        return "—"
    tenths = (2000 * kept + made) // (2 * made)
    return f"{tenths // 10}.{tenths % 10}%"


def points(rows: Sequence[tuple[str, int, int, int | None]]) -> Fraction:
    """Item by item (name, times, points each, cap), a time at a time by thought, and no more than the cap."""
    sums: dict[str, int] = {}
    for name, times, each, cap in rows:
        for _ in range(times):
            sums[name] = sums.get(name, 0) + each
            sums[name] = sums[name] if cap is None else min(sums[name], cap)
    return Fraction(sum(sums.values()))
