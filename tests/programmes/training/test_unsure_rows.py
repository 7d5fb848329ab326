"""Rows of `training` that cannot be read, stand there twice, or have a remark."""

from typing import Any

import pytest
from msgspec import structs

from tests.programmes.trainees import (
    Sheet,
    enough,
    name,
    outcome,
    register,
    told,
    trainee,
)


def test_whoever_is_listed_twice_alike_counts_once_with_all_hours() -> None:
    run = outcome(trainee(), trainee(), sheets=[enough()])
    assert (register(run, "total"), register(run, "part")) == ([32], ["达标"])
    assert run.tally.set_aside == 0


def test_a_row_that_could_not_be_read_marks_its_member_and_no_one_else() -> None:
    lost = Sheet("乡镇").add(3, "小时", "2026-04-01", 2).rows[0].row
    run = outcome(trainee(1), trainee(2), sheets=[enough(1)], unread=[lost])
    assert register(run, "waiting") == [0, 1]
    assert told(run) == ["rows-wait"]


def test_a_row_that_could_not_be_read_is_somebodys_by_branch_and_name_where_it_has_no_number() -> None:
    def waiting(*unread: str, **fields: Any) -> list[Any]:
        lost = structs.replace(
            Sheet("乡镇").add(3, "小时", "2026-04-01", 2, **fields).rows[0].row, unread=unread
        )
        people = trainee(1), trainee(2), trainee(3, name=name(2), branch="东湾村党支部")
        return register(outcome(*people, sheets=[enough(1)], unread=[lost]), "waiting")

    assert waiting() == [0, 1, 0]
    assert waiting(identity="") == [0, 1, 0]
    assert waiting("identity", identity="看不清") == [0, 1, 0]
    assert waiting(identity="", branch="东湾村党支部") == [0, 0, 1]
    assert waiting(identity="", branch="没有的党支部") == [0, 0, 0]


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ({"method": "夜校"}, "method-unknown", "：方式“夜校”不在政策所列之内"),
        ({"unit": "门"}, "unit-unknown", "：三会一课的“门”没有折算"),
        ({"score": "100.5"}, "score-outside", "：成绩 100.5"),
        ({"score": -1}, "score-outside", "：成绩 -1"),
        ({"remark": "因事请假"}, "absent", "：备注写着“因事请假”"),
    ],
)
def test_a_row_that_says_what_no_document_knows_counts_nowhere_and_marks_its_member(
    row: dict[str, Any], code: str, said: str
) -> None:
    sheet = (
        Sheet().add(2, "小时", "2026-03-02").add(**{"amount": 1, "unit": "天", "start": "2026-04-02", **row})
    )
    run = outcome(trainee(), sheets=[sheet])
    assert (register(run, "total"), register(run, "waiting")) == ([2], [1])
    assert sorted(told(run)) == sorted([code, "rows-wait"])
    (finding,) = [one for one in run.findings if one.code == f"training.{code}"]
    assert finding.message.endswith(said)


@pytest.mark.parametrize(
    ("remark", "score", "codes"),
    [("迟到十分钟", None, ["remarked"]), ("已补课", None, ["remarked"]), ("", 0, []), ("无", 100, [])],
)
def test_a_remark_that_says_nothing_of_absence_is_taken_and_told_and_so_is_a_score_at_the_edge(
    remark: str, score: int | None, codes: list[str]
) -> None:
    run = outcome(trainee(), sheets=[Sheet().add(1, "天", "2026-04-02", remark=remark, score=score)])
    assert (register(run, "total"), told(run)) == ([8], codes)


@pytest.mark.parametrize(
    "remark",
    ["未到", "未签到", "病假", "事假", "缺考", "旷课", "没参加", "由他人代学", "替学", "只到2天", "中途退训", "早退", "未结业"],
)  # fmt: skip
def test_whoever_was_not_there_or_not_to_the_end_has_no_hours(remark: str) -> None:
    run = outcome(trainee(), sheets=[Sheet().add(1, "天", "2026-04-02", remark=remark)])
    assert (register(run, "total"), register(run, "waiting")) == ([0], [1])
    assert "absent" in told(run)


@pytest.mark.parametrize("remark", ["取消", "没来", "未到场"])
def test_a_training_that_came_to_nothing_gives_no_hours(remark: str) -> None:
    run = outcome(trainee(), sheets=[Sheet().add(1, "天", "2026-04-02", remark=remark)])
    assert (register(run, "total"), register(run, "waiting")) == ([0], [1])
    assert "remarks.undone" in told(run)
