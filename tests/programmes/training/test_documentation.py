"""The document that docs/policies/training.md writes as a policy gives what the chapter says."""

import re
from functools import cache
from pathlib import Path

from sanchuang_cli.domain.study.policy import StudyPolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.trainees import Sheet, column, hours, outcome, register, told, trainee

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "training.md").read_text("utf-8")


@cache
def example() -> PolicyFile[StudyPolicy]:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    return load(StudyPolicy, "例子.toml", block.encode())


def test_twenty_two_hours_lack_two_and_a_day_or_half_a_day_is_enough() -> None:
    sheet = Sheet().days(4, 1, "半天", 3).days(3, 1, "天", 4, method="自学")
    run = outcome(trainee(), sheets=[sheet], by=example(), last=[])
    assert (register(run, "total"), column(run, "未达标名单", "lacking")) == ([22], [2])
    assert [column(run, "未达标名单", name) for name in ("need0", "need1", "also")] == [
        [1],
        [1],
        ["自学已计满"],
    ]


def test_thirty_six_hours_carry_six_on() -> None:
    run = outcome(trainee(), sheets=[Sheet().days(6, 1, "天")], by=example(), last=[])
    assert (register(run, "total"), register(run, "over")) == ([36], [6])


def test_a_secretary_of_10_march_is_due_by_10_june() -> None:
    run = outcome(trainee(role="书记", appointed="2026-03-10"), sheets=[Sheet()], by=example(), last=[])
    assert [str(day) for day in column(run, "期限", "latest")] == ["2026-06-10"]
    assert told(run) == ["term-missed"]


def test_five_of_seven_are_71_4_per_cent() -> None:
    sheets = [Sheet(f"表{n}").add(4, "天", "2026-03-02", n, end="2026-03-05") for n in range(1, 6)]
    run = outcome(*(trainee(n) for n in range(1, 8)), sheets=sheets, by=example(), last=[])
    assert f"{float(column(run, '支部完成率', 'rate')[0]):.1%}" == "71.4%"
    assert column(run, "问责建议", "proposal") == ["限期整改"]


def test_a_course_over_new_year_as_the_chapter_has_it() -> None:
    sheet = Sheet().add(5, "天", "2025-12-30", end="2026-01-03")
    assert [hours(sheet, year=year) for year in (2025, 2026)] == [16, 24]


def test_every_key_that_the_chapter_names_is_a_key_of_the_policy() -> None:
    keys = {name for pair in re.findall(r"`(\w+) = |`\[+edition\.(\w+)", CHAPTER) for name in pair if name}
    schema = str(StudyPolicy.model_json_schema())
    assert len(keys) > 8
    assert not [key for key in keys if f"'{key}'" not in schema]
