"""`check --for PROGRAMME` reports before the run what the run will report: the same rows set aside for the same reasons."""

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.auditing import judged_for
from sanchuang_cli.cli.known_rosters import Passwords
from sanchuang_cli.cli.made import begun, made
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.programmes import listed
from tests import command, members
from tests.command import SAMPLES, Sanchuang, book
from tests.counts import FULL

ROSTERS = 1000 if FULL else 40

JUNK: tuple[Any, ...] = (
    "", None, "=NA()", "#N/A", "待定", "2026.6.31", "1955", "19550315", "无", "否", "是", "去世", "健在", "？", -1, 0, 3.5,
    "张建国", "青禾镇", "〃", "230299195503150011", "1990.1—2001.12 村支部书记", "1990—2001 村主任", "村会计", "男", "女",
)  # fmt: skip


def people(dice: Random) -> tuple[Sequence[str], list[list[Any]]]:
    """A few of the made-up people, some twice, in any order."""
    every = members.people()
    some = [dice.choice(every) for _ in range(dice.randint(1, 6))]
    return members.HEADINGS, [[person.get(heading, "") for heading in members.HEADINGS] for person in some]


def organisations(dice: Random) -> tuple[Sequence[str], list[list[Any]]]:
    headings = (*command.HEADINGS, "否决情形", "书记空缺起始", "备注")
    rows = [[*command.row(dice.randint(1, 8)), "", "", ""] for _ in range(dice.randint(1, 6))]
    return headings, rows


def spoilt(path: Path, dice: Random, programme: str) -> Path:
    """A roster in which up to eight cells say something else."""
    headings, rows = people(dice) if programme == "subsidies" else organisations(dice)
    for _ in range(dice.randint(0, 8)):
        dice.choice(rows)[dice.randrange(len(headings))] = dice.choice(JUNK)
    return book(path, rows, headings)


def told(findings: Sequence[Any]) -> set[tuple[str, str, str]]:
    return {
        (str(finding.place), finding.code, finding.message)
        for finding in findings
        if finding.severity is Severity.ERROR
    }


@pytest.mark.parametrize("programme", ["subsidies", "rate"])
def test_check_for_a_programme_sets_aside_what_its_run_sets_aside(tmp_path: Path, programme: str) -> None:
    period = {"subsidies": "2026Q3", "rate": "2026"}[programme]
    aside = 0
    for seed in range(ROSTERS):
        path = spoilt(tmp_path / "名册.xlsx", Random(f"{programme}{seed}"), programme)
        asked = Asked(books=[str(path)], purpose=programme, period=period, on="2026-09-30")
        try:
            run = made(begun(listed(programme), asked), asked).run
        except UserError as refused:
            with pytest.raises(UserError) as also:
                judged_for(listed(programme), asked, Passwords(None))
            assert str(refused).splitlines()[0] in str(also.value) or "没有找到" in str(also.value), seed
            continue
        _, _, examination = judged_for(listed(programme), asked, Passwords(None))
        assert told(examination.findings) == told(run.outcome.findings), seed
        assert examination.tally.set_aside == run.outcome.tally.set_aside, seed
        assert examination.tally.read == run.outcome.tally.read, seed
        aside += examination.tally.set_aside
    assert aside > ROSTERS // 2


def test_the_sample_is_checked_as_it_is_run(sanchuang: Sanchuang) -> None:
    words = (SAMPLES / "members.xlsx", "--period", "2026Q3", "--on", "2026-09-30")
    checked, ran = sanchuang("check", *words, "--for", "subsidies"), sanchuang("subsidies", *words)
    assert (checked.code, ran.code) == (1, 1)
    aside = [re.findall(r"待核\s*实 (\d+)", output.err)[-1] for output in (checked, ran)]
    assert aside[0] == aside[1]
    assert int(aside[0]) > 20


def test_without_a_purpose_the_programmes_that_can_be_asked_are_named(sanchuang: Sanchuang) -> None:
    last = sanchuang("check", SAMPLES / "members.xlsx").err.splitlines()[-1]
    assert "--for" in last and "subsidies（生活补贴）" in last and "rate" not in last


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--period", "2026Q3"), "--period 要和 --for 一起用"),
        (("--screen", "名单.xlsx"), "--screen 要和 --for 一起用"),
        (("--for", "subsidy"), "没有名为“subsidy”的程序"),
        (("--for", "subsidies", "--as", "orgs"), "请去掉 --as orgs"),
        (("--for", "rate", "--screen", "名单.xlsx"), "不用 --screen"),
    ],
)
def test_what_cannot_be_asked_is_told(sanchuang: Sanchuang, words: tuple[str, ...], message: str) -> None:
    ran = sanchuang("check", SAMPLES / "members.xlsx", *words)
    assert (ran.code, message in ran.err) == (2, True), ran.err
