"""What a member still lacks, what would make up for it, and what a document says of grades: columns of pages."""

from functools import partial
from typing import Any

from sanchuang_cli.domain.study.policy import Enough, StudyPolicy
from sanchuang_cli.domain.study.records import Training
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols

REQUIRED, TOTAL = Col("required", "应学", Kind.SCORE), Col("total", "合计", Kind.SCORE)


def lacking(whole: Whole) -> Cols:
    """What would still be enough: so many of any one unit, and what hours do not make up for."""
    policy: StudyPolicy = whole.at.policy

    def enough(one: Training) -> Enough:
        return policy.enough(one.lacking, one.hours)

    units = (
        Col(f"need{i}", f"还需（一项即可）/{unit}", Kind.COUNT, partial(_needed, enough, unit))
        for i, unit in enumerate(each.unit for each in policy.hours.plain)
    )
    return (
        *(REQUIRED, TOTAL, Col("lacking", "差额", Kind.SCORE), *units),
        Col("also", "还要", of=lambda one: beyond_hours(one, enough(one)), wide=True),
        Col("own", "也可以是", of=lambda one: "或".join(enough(one).own), wide=True, detail=True),
    )


def _needed(enough: Any, unit: str, one: Training) -> int | None:
    number: int | None = enough(one).plain.get(unit) if one.lacking else None
    return number


def beyond_hours(one: Training, enough: Enough) -> str:
    """What hours alone do not make up for, and the methods of which no more hours count."""
    said = [f"集中培训 {one.lacking_courses} 次"] if one.lacking_courses else []
    said += [f"“{test.row.course}”补考" for test in one.failed]
    said += [f"{name}已计满" for name in enough.full]
    return "，".join(said)


def consequences(whole: Whole, one: Training) -> str:
    """What the document says of somebody's grades."""
    grades = [(f"考学{test.grade.name}", test.grade.consequence) for test in one.tests if test.grade]
    review = whole.at.policy.review
    grades += [
        (f"评学{own.name}", own.consequence)
        for own in (review.grades if review else ())
        if own.name == one.record.review
    ]
    return "；".join(dict.fromkeys(f"{grade}：{said}" for grade, said in grades if said))


def reviewed(whole: Whole) -> Cols:
    """述学, 评学 and 考学 of a member, and what the document says of it."""
    return (
        *("reported", "review"),
        Col(
            "tests",
            "考学",
            of=lambda one: "、".join(dict.fromkeys(test.grade.name for test in one.tests if test.grade)),
        ),
        Col("proposal", "文件的规定（供研究）", of=partial(consequences, whole), wide=True),
    )
