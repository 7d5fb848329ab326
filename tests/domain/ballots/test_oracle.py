"""Votes, elections, raters and places beside a second opinion that shares no code with them, on random draws."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.ballots.bars import Bar, Majority
from sanchuang_cli.domain.ballots.counts import Ballots, Counting, sound
from sanchuang_cli.domain.ballots.election import Elected, Election, elected
from sanchuang_cli.domain.ballots.groups import Composed, Weights, by_groups
from sanchuang_cli.domain.ballots.places import Placing, places, points
from sanchuang_cli.domain.ballots.raters import Marks, Trim, trimmed
from sanchuang_cli.domain.ballots.voting import Vote, VoteOutcome, decided
from sanchuang_cli.domain.doubtful import Doubtful
from tests.oracle import votes as oracle

KINDS = ("赞成", "反对", "abstained", "blank", "void")
NEEDS = st.sampled_from(["more_than", "at_least"])
SHARE = st.sampled_from([Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(4, 5), Fraction("0.3")])
SCORES = st.lists(st.integers(0, 4), min_size=1, max_size=8)


@st.composite
def figures(draw: st.DrawFn) -> tuple[dict[str, int | None], list[str], Counting]:
    """What a roster may say of a vote that took place: some figures left out, and one of them perhaps wrong; which kinds
    of papers are valid, and how papers are counted."""
    abstained, blank = draw(st.sampled_from(["valid", "apart"])), draw(st.sampled_from(["void", "abstained"]))
    good = ["赞成", "反对"] + (["abstained"] if abstained == "valid" else [])
    good += ["blank"] if abstained == "valid" and blank == "abstained" else []
    known = {kind: draw(st.integers(0, 3)) for kind in (*KINDS, "written")}
    known["valid"] = sum(known[kind] for kind in good)
    known["returned"] = sum(known[kind] for kind in KINDS)
    for step, below in (("given_out", "returned"), ("present", "given_out"), ("entitled", "present")):
        known[step] = known[below] + draw(st.integers(0, 2))
    known["entitled"] += known["written"]
    wrong = draw(st.sampled_from(["", *known]))
    told: dict[str, int | None] = {name: draw(st.sampled_from([n, n, None])) for name, n in known.items()}
    if wrong:
        told[wrong] = max(known[wrong] + draw(st.integers(-3, 3)), 0)
    return told, good, Counting.model_validate({"abstained": abstained, "blank": blank})


@given(figures())
def test_figures_are_sound_where_they_can_all_be_true(
    drawn: tuple[dict[str, int | None], list[str], Counting],
) -> None:
    known, good, counting = drawn
    marks = {mark: known[mark] for mark in KINDS[:2]}
    rest = {name: number for name, number in known.items() if name not in marks}
    found = sound(Ballots(marks=marks, **rest), counting)
    bad = [kind for kind in KINDS if kind not in good]
    assert isinstance(found, Doubtful) is not oracle.possible(known, good, bad), str(found)


@given(
    st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 9), NEEDS, SHARE, NEEDS, SHARE
)
def test_a_vote_carries_as_the_words_say(
    entitled: int,
    present: int,
    yes: int,
    written: int,
    needs: str,
    share: Fraction,
    quorum_needs: str,
    quorum_share: Fraction,
) -> None:
    rule = Vote.model_validate(
        {
            "clause": "例",
            "base": "entitled",
            "needs": needs,
            "share": share,
            "quorum": {"needs": quorum_needs, "share": quorum_share},
            "counting": {"written": "counted"},
        }
    )
    ballots = Ballots(entitled=entitled, present=present, marks={"赞成": yes}, written=written)
    found = decided(ballots, rule)
    if not entitled or yes > present or present + written > entitled:
        assert isinstance(found, Doubtful)
        return
    assert isinstance(found, VoteOutcome)
    over = quorum_needs == "more_than"
    if not oracle.carries(present, entitled, over, *quorum_share.as_integer_ratio()):
        assert found.result == "no_quorum"
        return
    carried = oracle.carries(yes + written, entitled, needs == "more_than", *share.as_integer_ratio())
    assert found.result == ("carried" if carried else "not_carried")


@given(NEEDS, SHARE, st.integers(1, 500))
def test_the_least_number_is_the_first_that_comes_up_to_the_bar(needs: str, share: Fraction, of: int) -> None:
    bar = Bar.model_validate({"needs": needs, "share": share})
    found = next(
        n for n in range(of + 1) if oracle.carries(n, of, needs == "more_than", *share.as_integer_ratio())
    )
    assert bar.least(of) == found


@given(st.integers(1, 12), st.lists(st.integers(0, 12), max_size=7), st.integers(1, 5))
def test_seats_are_filled_as_the_words_say(present: int, numbers: list[int], seats: int) -> None:
    votes = {f"候选人{i}": number for i, number in enumerate(numbers)}
    half = {"needs": "more_than", "share": "1/2"}
    rule = Election.model_validate({"clause": "例", "quorum": half, "majority": {"base": "present", **half}})
    found = elected(Ballots(entitled=present, present=present), votes, seats, rule)
    if any(number > present for number in numbers) or sum(numbers) > present * seats:
        assert isinstance(found, Doubtful)
        return
    assert isinstance(found, Elected)
    assert found.fates == oracle.elected(votes, seats, present)
    seated = sum(fate == "elected" for fate in found.fates.values())
    assert seated + found.contested + found.open_seats == seats


@given(SCORES, st.sampled_from(["skip", "dense", "mean"]))
def test_places_and_their_points(scores: list[int], ties: str) -> None:
    rule = Placing.model_validate({"clause": "例", "points": [60, 57, 54, 51, 48, 47, 40, 31], "ties": ties})
    worth = [int(one) for one in rule.points]
    assert places(scores, rule.ties) == [oracle.place(scores, one, ties) for one in scores]
    assert points(scores, rule) == [oracle.placed_points(scores, one, ties, worth) for one in scores]


@given(st.lists(st.integers(60, 100), min_size=1, max_size=9), st.integers(1, 2), st.integers(0, 4))
def test_the_best_and_the_worst_are_left_out(marks: list[int], drop: int, more: int) -> None:
    over = 2 * drop + more
    assert trimmed(marks, Trim(clause="例", over=over, drop=drop)) == oracle.trimmed(marks, over, drop)


NAMES = ("上级", "同级", "下级", "群众", "监督")
PAPERS = st.lists(st.integers(0, 3), min_size=2, max_size=2)


@given(
    st.lists(st.tuples(PAPERS, st.integers(1, 5), st.sampled_from(["", *NAMES])), min_size=5, max_size=5),
    st.integers(0, 5),
    st.sampled_from(["renormalise", "nought", "refuse"]),
)
def test_groups_are_put_together_as_the_words_say(
    drawn: list[tuple[list[int], int, str]], least: int, absent: str
) -> None:
    total = sum(weight for _, weight, _ in drawn)
    groups: list[oracle.Group] = [
        (name, Fraction(weight, total), papers, into if into != name else "")
        for name, (papers, weight, into) in zip(NAMES, drawn, strict=True)
    ]
    parts = [{"name": name, "weight": weight, "into": into} for name, weight, _, into in groups]
    rule = Weights.model_validate({"clause": "例", "part": parts, "absent": absent, "merge_below": least})
    marks = Marks.model_validate({"clause": "例", "worth": {"好": 100, "差": 40}})
    papers = {name: Ballots(marks={"好": good, "差": bad}) for name, _, (good, bad), _ in groups}
    found = by_groups(papers, marks, rule)
    expected = oracle.composed(groups, (100, 40), least, absent)
    assert (found.score if isinstance(found, Composed) else None) == expected
    assert by_groups(dict(reversed(papers.items())), marks, rule) == found


def test_a_majority_names_its_base() -> None:
    rule = Majority.model_validate({"base": "present", "needs": "at_least", "share": "2/3"})
    assert str(rule) == "不少于实到的 2/3"
