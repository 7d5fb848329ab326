"""Works out 群众满意率: from the ballots, otherwise as printed. A poll that cannot be counted is a finding."""

from fractions import Fraction
from typing import Protocol

from sanchuang_cli.domain.exact_numbers import cut
from sanchuang_cli.judging import Odd

TENTH_OF_A_PER_CENT = Fraction(1, 1000)
"""The precision to which rates are printed."""
_BASIS = "群众满意率＝满意票÷有效票"


class Polled(Protocol):
    """A record with the figures of a poll."""

    @property
    def ballots_sent(self) -> int | None:
        """发出票."""

    @property
    def ballots_back(self) -> int | None:
        """收回票."""

    @property
    def ballots_valid(self) -> int | None:
        """有效票."""

    @property
    def ballots_satisfied(self) -> int | None:
        """满意票."""

    @property
    def stated_satisfaction(self) -> Fraction | None:
        """满意率 as the roster prints it, a share of 1."""


def counted_satisfaction(poll: Polled) -> Fraction | None:
    """满意 ÷ 有效 exactly. None where a figure is missing, no paper is valid, or more are satisfied than valid."""
    valid, satisfied = poll.ballots_valid, poll.ballots_satisfied
    if not valid or satisfied is None or satisfied > valid:
        return None
    return Fraction(satisfied, valid)


def shown_satisfaction(poll: Polled) -> Fraction | None:
    """What a page shows where no rule looks at it: the rate from the votes, otherwise as printed."""
    counted = counted_satisfaction(poll)
    return poll.stated_satisfaction if counted is None else counted


def satisfaction_of(poll: Polled, odd: Odd) -> Fraction | None:
    """满意 ÷ 有效 exactly, otherwise the printed rate, otherwise None; the last two with a warning. Votes that contradict each
    other are an error, and nothing more is said of the rate."""
    if not _adds_up(poll, odd):
        return None
    stated, counted = poll.stated_satisfaction, counted_satisfaction(poll)
    if counted is not None:
        if stated is not None and abs(stated - counted) >= TENTH_OF_A_PER_CENT:
            message = f"表上满意率 {cut(stated * 100)}%，按票数应为 {cut(counted * 100)}%，按票数计"
            odd.add("satisfaction-differs", "stated_satisfaction", message, _BASIS)
        return counted
    if stated is not None:
        message = f"没有可用的票数，按表上满意率 {cut(stated * 100)}% 计"
        odd.add("satisfaction-as-stated", "stated_satisfaction", message, _BASIS)
        return stated
    odd.add("no-satisfaction", "ballots_valid", "没有测评票数和满意率，不作满意率限制", _BASIS)
    return None


def _adds_up(poll: Polled, odd: Odd) -> bool:
    """A warning where more ballots came back than were sent, or are valid than came back. More satisfied than valid is
    an error, and False: one of the two figures is wrong, and nobody knows which."""
    for more, less, field in (
        (poll.ballots_sent, poll.ballots_back, "ballots_back"),
        (poll.ballots_back, poll.ballots_valid, "ballots_valid"),
    ):
        if more is not None and less is not None and less > more:
            message = f"票数 {less} 多于上一栏的 {more}"
            odd.add("ballots-do-not-add-up", field, message, _BASIS)
    valid, satisfied = poll.ballots_valid, poll.ballots_satisfied
    if valid is None or satisfied is None or satisfied <= valid:
        return True
    message = f"满意票 {satisfied} 多于有效票 {valid}，满意率算不出来"
    odd.add("more-satisfied-than-valid", "ballots_satisfied", message, _BASIS)
    return False
