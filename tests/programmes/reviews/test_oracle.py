"""`reviews` against an oracle that shares no code with it: every member of every branch, caps, ranks, pledges and points."""

from random import Random
from typing import Any

import pytest

from tests.counts import FULL
from tests.oracle import reviews as oracle
from tests.programmes.reviewed import column, did, member, outcome, pledge, sheet

COUNTIES = 5_000 if FULL else 25
BRANCHES = 20
"""Meetings of a county: 100,000 in the full count."""
KINDS = ("正式党员",) * 6 + ("预备党员",)
GRADES = ("优秀",) * 4 + ("合格",) * 6 + ("基本合格", "不合格", "")
MARKS = ("优秀",) * 5 + ("合格",) * 4 + ("基本合格", "不合格", "弃权", "空白", "无效")
ITEMS = {"集中学习": (2, 12), "学习笔记": (1, 4), "主题党日": (2, None)}
Drawn = dict[str, Any]


def drawn(dice: Random, number: int, branch: str, given: int | None) -> Drawn:
    """A member as a branch writes them, now and then with figures that cannot be right. given: how many papers the branch gave
    out, where it hands them in one by one."""
    papers, given = given is not None, given or dice.randint(5, 14)
    back = given - dice.choice([0, 0, 0, 1, 2]) if dice.random() < 0.97 else given + 1
    out = dice.choice([None, None, 0, 1])
    left = back - (out or 0)
    votes: dict[str, Any] = {}
    for grade in ("优秀", "合格", "基本合格"):
        votes[grade] = dice.randint(0, max(0, left - sum(votes.values())))
    votes["不合格"] = max(0, left - sum(votes.values())) if dice.random() < 0.9 else dice.randint(0, 3)
    if dice.random() < 0.1:
        votes |= {"基本合格": None}
    elif dice.random() < 0.03:
        votes[dice.choice(["优秀", "合格", "不合格"])] = None
    kind = dice.choice(KINDS)
    grade = dice.choice(GRADES) if kind == "正式党员" or dice.random() < 0.1 else ""
    who: Drawn = {
        "who": str(number),
        "branch": branch,
        "kind": kind,
        "grade": grade,
        "given": given,
        "back": back,
    }
    return {
        **who,
        "votes": votes,
        "abstained": out,
        "papers": cast(dice, given, str(number)) if papers else None,
    }


def cast(dice: Random, most: int, whom: str) -> list[tuple[str, str, str]]:
    own = dice.randint(1, 2 * most)
    papers = [
        (str(n), whom if n == own else "" if n % 3 else f"评议人{n}", dice.choice(MARKS))
        for n in range(1, dice.randint(1, most + 1))
    ]
    if papers and dice.random() < 0.1:
        papers.append(papers[0])
    if dice.random() < 0.05:
        papers.append(dice.choice([("", "", "优秀"), ("1", "", "合格"), ("99", "", "很好")]))
    if dice.random() < 0.05:
        papers.append((dice.choice(["98", "3"]), "评议人3", "优秀"))
    return papers


def built(who: Drawn) -> Any:
    """The row, which leaves out what single papers say."""
    name = f"{who['branch'][0]}{who['who']}"
    same = {"name": name, "branch": who["branch"], "category": who["kind"], "given_out": who["given"]}
    if who["papers"] is not None:
        return member(int(who["who"]), who["grade"], (None,) * 4, returned=None, **same)
    votes = tuple(who["votes"].values())
    return member(
        int(who["who"]), who["grade"], votes, returned=who["back"], abstained=who["abstained"], **same
    )


def compared(seed: int) -> tuple[int, list[str]]:
    """How many branches were compared, and what the two do not agree on."""
    dice = Random(seed)
    county = {
        f"第{n}党支部": [drawn(dice, 40 * n + k, f"第{n}党支部", given) for k in range(dice.randint(1, 14))]
        for n in range(BRANCHES)
        for given in [None if n % 4 else dice.randint(5, 14)]
    }
    everybody = [who for members in county.values() for who in members]
    rows = {who["who"]: built(who) for who in everybody}
    papers = [
        sheet(
            number,
            rows[who["who"]].name if rater == who["who"] else rater,
            rows[who["who"]].name,
            mark,
            branch=who["branch"],
        )
        for who in everybody
        for number, rater, mark in who["papers"] or ()
    ]
    promised = {who["who"]: [dice.random() < 0.6 for _ in range(dice.randint(0, 3))] for who in everybody}
    pledges = [
        pledge(
            9, rows[who].name, f"承诺{n}", branch=rows[who].branch, **({"kept": "2025-06"} if kept else {})
        )
        for who, many in promised.items()
        for n, kept in enumerate(many)
    ]
    did_by = {who["who"]: [(name, dice.randint(0, 9), *ITEMS[name]) for name in dice.choices([*ITEMS], k=3)] for who in everybody if dice.random() < 0.2}  # fmt: skip
    points = [
        did(9, rows[who].name, *did_it, branch=rows[who].branch)
        for who, many in did_by.items()
        for did_it in many
    ]
    order = list(rows.values())
    dice.shuffle(order)
    run = outcome(*order, papers=papers, pledges=pledges, points=points)
    return len(county), [f"{seed} {wrong}" for wrong in _apart(run, county, rows, promised, did_by)]


def _apart(run: Any, county: Any, rows: Any, promised: Any, did_by: Any) -> list[str]:
    names = {who: row.name for who, row in rows.items()}
    pages = {
        "graded": dict(zip(column(run, "等次名册", "name"), column(run, "等次名册", "grade"), strict=True)),
        "waiting": dict(zip(column(run, "待定", "name"), zip(column(run, "待定", "place"), column(run, "待定", "line"), strict=True), strict=True)),
        "not graded": dict.fromkeys(column(run, "未列入名单", "name"), True),
        "votes": dict(zip(column(run, "测评汇总", "name"), zip(column(run, "测评汇总", "优秀票"), column(run, "测评汇总", "valid"), column(run, "测评汇总", "rate"), strict=True), strict=True)),
        "points": dict(zip(column(run, "积分", "name"), column(run, "积分", "points"), strict=True)),
        "branches": dict(zip(column(run, "支部汇总", "branch"), zip(column(run, "支部汇总", "most"), column(run, "支部汇总", "named"), column(run, "支部汇总", "rate"), strict=True), strict=True)),
    }  # fmt: skip
    mine: dict[str, dict[str, Any]] = {name: {} for name in pages}
    for branch, members in county.items():
        stands, may, named = oracle.branch(members)
        best = [
            who["who"]
            for who in members
            if who["grade"] == "优秀" and stands[who["who"]][0] == oracle.WAITING
        ]
        kept = [one for who in stands for one in promised[who]]
        mine["branches"][branch] = (may, named, oracle.rate(len(kept), sum(kept)))
        for who, (part, grade, votes) in stands.items():
            if part == oracle.SETTLED:
                mine["graded"][names[who]] = grade
            elif part == oracle.NOT_GRADED:
                mine["not graded"][names[who]] = True
            elif part == oracle.WAITING:
                line = (
                    oracle.rank(votes, [stands[other][2] for other in best], may)
                    if who in best
                    else (None, None)
                )
                mine["waiting"][names[who]] = line
            if votes:
                mine["votes"][names[who]] = (*votes, oracle.rate(len(promised[who]), sum(promised[who])))
                mine["points"] |= {names[who]: oracle.points(did_by[who])} if who in did_by else {}
    return [
        f"{page} {key}: {pages[page].get(key)} {mine[page].get(key)}"
        for page in pages
        for key in sorted({*pages[page], *mine[page]})
        if pages[page].get(key) != mine[page].get(key)
    ]


def test_an_independent_oracle_agrees_on_every_member_of_every_branch() -> None:
    total, apart = 0, list[str]()
    for seed in range(COUNTIES):
        count, wrong = compared(seed)
        total, apart = total + count, apart + wrong
    assert not apart, apart[:5]
    assert total == COUNTIES * BRANCHES


@pytest.mark.parametrize(
    ("name", "other"),
    [("ONE_IN", 4), ("GRADES", ("合格", "优秀", "不合格")), ("NOT_GRADED", "已定等次")],
    ids=["cap", "marks", "probation"],
)
def test_the_comparison_sees_another_rule(name: str, other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    monkeypatch.setattr(oracle, name, other)
    assert any(compared(seed)[1] for seed in range(4))
