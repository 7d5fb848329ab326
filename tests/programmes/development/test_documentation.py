"""What docs/policies/development.md shows of a county's additions and of a refusal is what the tool takes and says."""

import re
from datetime import date
from pathlib import Path

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import PolicyFile, source
from sanchuang_cli.programmes.development.judging import DevelopmentPolicy
from tests.programmes.candidates import candidate, changed, lines, outcome, told

CHAPTER = (
    (Path(__file__).parents[3] / "docs" / "policies" / "development.md").read_text("utf-8").partition("\n")[2]
)
ACTIVIST = '  { name = "积极分子", clause = "2026年细则第八条", after = ["谈话"], responsible = "党支部" },\n'


_, _, OF_2026 = source("development", None)[1].decode().partition("effective = 2026-05-11")
CANDIDATE = next(line for line in OF_2026.splitlines(True) if '{ name = "发展对象"' in line)


def county() -> PolicyFile[DevelopmentPolicy]:
    shown = re.search(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    assert shown
    activist, course, chosen = shown[1].splitlines(True)
    return changed((ACTIVIST, activist + course), (CANDIDATE, chosen))


def test_the_countys_additions_are_warnings_and_a_column_beside_what_is_national() -> None:
    early = candidate(申请="2026-06-01", 积极分子="2026-11-01", 党课结业=None)
    found = outcome(early, by=county())
    assert told(found) == ["early"] and "云陵县组发〔2026〕9号第三条" in found.findings[0].basis
    assert "党课结业" in [line["事项"] for line in lines(found, "下一步与最迟日")]


@pytest.mark.parametrize(("ended", "codes"), [("2027-10-20", []), (None, ["missing"])])
def test_whoever_is_chosen_before_the_course_has_ended_is_told(ended: str | None, codes: list[str]) -> None:
    chosen = candidate(积极分子="2026-05-20", 党课结业=ended, 发展对象="2027-12-20")
    assert told(outcome(chosen, by=county(), on=date(2027, 12, 31))) == codes


def test_the_refusal_stands_there_word_by_word() -> None:
    with pytest.raises(UserError) as refused:
        changed(
            (
                'clause = "2026年细则第二十五条", within = { months = 3 }',
                'clause = "2026年细则第二十五条", within = { months = 2 }',
            )
        )
    for line in str(refused.value).splitlines():
        assert line.strip() in CHAPTER
