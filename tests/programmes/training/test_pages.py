"""What the sheets of 教育培训 may say, and which cells of them an explanation cites."""

from datetime import date

from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.training import PROGRAMME
from tests.programmes.trainees import Sheet, asked, default, trainee, with_keys


def test_each_roster_may_bear_the_words_of_the_document_and_no_others() -> None:
    edition = default().editions[-1]
    fields = {roster: {one.name: [*one.choices] for one in own} for roster, own in PROGRAMME.policy_columns(edition).items()}  # fmt: skip
    assert edition.review
    assert fields == {
        "trainees": {"kind": [one.name for one in edition.kinds], "role": [one.name for one in edition.roles], "review": [one.name for one in edition.review.grades]},
        "attendance": {"method": [one.name for one in edition.methods], "unit": ["天", "半天", "小时", "学时", "分钟", "门"]},
    }  # fmt: skip
    assert edition.kinds[0].aliases and PROGRAMME.policy_columns(edition)["trainees"][0].choices[edition.kinds[0].name] == edition.kinds[0].aliases  # fmt: skip
    unreviewed = PROGRAMME.policy_columns(with_keys(review=None).editions[0])
    assert [one.name for one in unreviewed["trainees"]] == ["kind", "role"]


def test_an_explanation_cites_what_a_row_of_attendance_says_and_where() -> None:
    sheet = Sheet().add(20, "分钟", "2026-03-02", end="2026-03-04", score=70, method="测试")
    rosters, _ = asked(trainee(), sheets=[sheet])
    (subject,) = PROGRAMME.explain(
        rosters, default(), Occasion(Period.year(2026), date(2026, 12, 31))
    ).subjects
    (page,) = subject.pages()
    cells = {row[0]: (row[page.index("cell")], row[page.index("written")]) for row in page.rows}
    assert cells["测试"] == cells["考试"] == (
        "册.xlsx 党校 D4（起）、G4（止）、E4（培训名称）、I4（数量）、J4（单位）、H4（成绩）",
        "2026-03-02；2026-03-04；党校学习0；20；分钟；70",
    )  # fmt: skip
    assert (subject.outcome, subject.about) == ("未达标", ("青禾镇", "向阳村党支部"))
