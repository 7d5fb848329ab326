"""What `appraise` takes from approved results of `rate`, `reviews` and `honors`: the yearly figures, and what is said where one is missing."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.finding import UserError
from sanchuang_cli.programmes.appraise import PROGRAMME
from tests.programmes.appraise.test_secrecy import Meeting, meetings, moved, printed, sheets
from tests.programmes.people import identity
from tests.programmes.units import (
    ballots,
    changed,
    column,
    default,
    explained,
    honored,
    measured,
    occasion,
    outcome,
    reviewed,
    rosters,
    stars,
    told,
    unit,
)

NAME, NUMBER = "向阳村党支部", identity("1970-01-01")
BY = changed(name="results")
GIVEN = {**stars({NAME: 4}), **reviewed({NUMBER: "合格"}), **honored((NAME, "先进组织"))}


def village(**fields: Any) -> Any:
    return unit(**{"secretary_identity": NUMBER, **fields})


def run(*units: Any, by: Any = BY, **results: Any) -> Any:
    """A run over one village with its ballots; with all three results unless told otherwise."""
    given = {**GIVEN, **results}
    return outcome(
        [*units] or [village()],
        ballots(),
        by=by,
        results={name: own for name, own in given.items() if own is not None},
    )


def without(name: str) -> dict[str, None]:
    return {name: None}


def figure(ran: Any) -> list[Any]:
    return column(ran, "年度考核得分表", "yearly")


def test_stars_and_the_secretary_s_grade_by_their_weights_and_points_for_an_honour() -> None:
    ran = run()
    assert told(ran) == []
    assert figure(ran) == [91], "0.6 × 90 + 0.4 × 85 + 3"
    assert column(ran, "年度考核得分表", "how") == ["0.6 × 90 + 0.4 × 85 + 加分 3"]
    poll = Fraction(2880, 33)
    exact = (4 * 88 + 3 * 91 + 2 * poll + 91) / 10
    assert measured(ran, "score-年度考核") == [91]
    assert measured(ran, "total") == [Fraction(round(exact * 100), 100)]


def test_every_page_and_explain_say_the_same_figure_and_cite_the_cell_it_came_from() -> None:
    ran = run()
    assert figure(ran) == measured(ran, "score-年度考核") == [91]
    (subject,) = explained([village()], ballots(), by=BY, results=GIVEN).subjects
    (page,) = subject.pages()
    lines = {row[0]: (row[page.index("said")], row[page.index("cell")]) for row in page.rows}
    assert lines["年度考核"][0] == "0.6 × 90 + 0.4 × 85 + 加分 3 = 91.00 分"
    assert lines["年度考核：星级评定"][0] == "4 星，折 90.00 分，占 60%"
    assert "分类定级汇总表.xlsx 分类定级汇总表 C5（星级）" in lines["年度考核：星级评定"][1]
    assert "等次名册.xlsx 等次名册 B5（等次）" in lines["年度考核：民主评议"][1]
    assert "推荐名册.xlsx 推荐名册 C5（类别）" in lines["年度考核：表彰推荐"][1]


def test_two_documents_beside_each_other_show_how_the_yearly_figure_was_worked_out_and_no_group() -> None:
    (verdict,) = PROGRAMME.judge(rosters([village()], [ballots()], results=GIVEN), BY, occasion()).of()
    said = {reason.what: reason.said for reason in PROGRAMME.compared.reasons(verdict)}
    assert said["年度考核"] == "0.6 × 90 + 0.4 × 85 + 加分 3 = 91.00 分"
    assert said["测评"] == "87.27 分" and "×" not in said["综合"]


def test_honours_never_lift_a_figure_over_a_hundred_nor_over_what_the_policy_allows() -> None:
    best = {**stars({NAME: 5}), **reviewed({NUMBER: "优秀"})}
    assert figure(run(**best)) == [100]
    twice = honored((NAME, "先进组织"), (NAME, "先进集体"))
    words = ('points = { "先进组织" = 3 }', 'points = { "先进组织" = 3, "先进集体" = 4 }\nmost = 5')
    ran = run(by=changed(words, name="results"), **twice)
    assert figure(ran) == [93]
    assert "合起来至多 5 分" in str(PROGRAMME.judge(rosters([village()], [ballots()], results={**GIVEN, **twice}), changed(words, name="results"), occasion()).of()[0].reasons)  # fmt: skip


@pytest.mark.parametrize(
    ("results", "said"),
    [
        (without("stars"), "没有给出星级评定的结果"),
        (without("review"), "没有给出民主评议的结果"),
        (without("honors"), "没有给出表彰推荐的结果"),
    ],
)
def test_a_result_that_is_not_given_is_told_once_and_no_figure_is_guessed(
    results: dict[str, None], said: str
) -> None:
    ran = run(**results)
    assert told(ran) == ["no-result"]
    assert figure(ran) == [None] and column(ran, "年度考核得分表", "how") == [said]
    assert column(ran, "缺项名单", "lacking") == ["年度考核"]
    assert measured(ran, "total") == []


@pytest.mark.parametrize(
    ("results", "said"),
    [
        (stars({"东湾村党支部": 5}), "里没有这一行"),
        (stars({NAME: 6}), "6 星，政策没有写折几分"),
        (reviewed({identity("1980-01-01"): "优秀"}), "里没有这一行"),
        (reviewed({NUMBER: "优良"}), "“优良”，政策没有写折几分"),
    ],
)
def test_what_a_result_does_not_say_of_a_unit_is_told_and_its_figure_waits(results: Any, said: str) -> None:
    ran = run(**results)
    assert told(ran) == ["not-joined"]
    (finding,) = ran.findings
    assert said in finding.message and NUMBER not in finding.message
    assert column(ran, "缺项名单", "lacking") == ["年度考核"]


def test_a_secretary_is_found_by_the_number_and_never_by_the_name() -> None:
    ran = run(village(secretary_identity=""))
    assert told(ran) == ["not-joined"] and figure(ran) == [None]
    assert "空着" in ran.findings[0].message


def test_nobody_without_a_township_is_taken_for_not_honoured() -> None:
    of_townships = (
        (
            'types = ["村"]\nweight = 0.6',
            'types = ["机关"]\nweight = 0.6',
        ),
        ('types = ["村"]\nweight = 0.4', 'types = ["机关"]\nweight = 0.4'),
    )
    ran = run(village(township="", yearly=90), by=changed(*of_townships, name="results"))
    assert told(ran) == ["not-joined", "honor-unused"] and figure(ran) == [None]


def test_an_honour_of_no_unit_on_the_roster_is_told_with_its_cell() -> None:
    ran = run(**honored((NAME, "先进组织"), ("老龙口村党支部", "先进组织"), ("王某", "优秀党员")))
    assert told(ran) == ["honor-unused"]
    assert "推荐名册.xlsx 推荐名册 C6（类别）" in str(ran.findings[0].place)


def test_a_yearly_figure_in_the_roster_that_differs_from_the_results_sets_the_unit_aside() -> None:
    assert told(run(village(yearly=91))) == []
    ran = run(village(yearly=90))
    assert told(ran) == ["yearly-differs"] and ran.tally.set_aside == 1
    assert "由结果算出 91.00 分，年度考核得分写的是 90 分" in ran.findings[0].message


def test_what_stars_and_grades_leave_is_the_roster_s_own_figure() -> None:
    words = (('types = ["村"]\nweight = 0.6', 'types = ["村"]\nweight = 0.5'), ("weight = 0.4\npoints", "weight = 0.3\npoints"))  # fmt: skip
    by = changed(*words, name="results")
    assert figure(run(village(yearly=70), by=by)) == [Fraction("87.5")], "0.2 × 70 + 0.5 × 90 + 0.3 × 85 + 3"
    ran = run(by=by)
    assert figure(ran) == [None] and column(ran, "年度考核得分表", "how") == ["名册没有年度考核得分"]


def test_other_types_keep_the_figure_of_the_roster() -> None:
    ran = outcome([unit(yearly=80, type="机关")], ballots(), by=BY, results=GIVEN)
    assert figure(ran) == [83], "80 and 3 for the honour"


def test_without_the_key_the_default_policy_takes_nothing_and_says_nothing() -> None:
    ran = outcome(unit(yearly=80), ballots())
    assert measured(ran, "score-年度考核") == [80] and told(ran) == [] and figure(ran) == []
    assert not [join for join in PROGRAMME.joins if join.wanted(default().editions[0])]


def test_a_policy_that_weighs_more_than_the_whole_or_names_a_strange_type_is_refused() -> None:
    for words, said in (
        (("weight = 0.6", "weight = 0.7"), "weight 合计 1.1，不能超过 1"),
        (('types = ["村"]\nweight = 0.6', 'types = ["屯"]\nweight = 0.6'), "yearly 里的类型“屯”不在 types 之内"),
        (('"5" = 100', '"5" = 101'), "100"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=said):
            changed(words, name="results")


@given(meetings, st.data())
def test_ballots_of_few_raters_stay_hidden_where_all_else_is_known_from_results(
    meeting: Meeting, data: Any
) -> None:
    """With ballots moved within what is shown together, all that is printed and explained is the same."""
    first, second = (sheets(each) for each in (meeting, moved(meeting, data)))
    runs = [printed(outcome(village(), *own, by=BY, results=GIVEN)) for own in (first, second)]
    assert runs[0] == runs[1]
    told_of = [
        explained([village()], *own, by=BY, results=GIVEN).subjects[0].pages() for own in (first, second)
    ]
    assert [[*page.rows] for page in told_of[0]] == [[*page.rows] for page in told_of[1]]
