"""Understands posts as a clerk writes them in a cell, and says whether somebody holds a post on a day."""

import re
from collections.abc import Container, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.words import narrow
from sanchuang_cli.judging import Odd, Reason
from sanchuang_cli.period import VagueDate
from sanchuang_cli.policy import Citation, Rule

_BETWEEN = re.compile(r"[兼、，,；;/+]+")


def words_of(written: str, known: Container[str], places: Iterable[str] = ()) -> list[str]:
    """The posts in a cell, in half-width characters.

    A cell that is a `known` post as it stands is that post. Any other is cut at 兼, 、 and the like. places: names that may
    stand before a post, such as the village's, in any order and number. Where nothing is left beside them, it is a word that
    nobody knows.
    """
    longest_first = sorted(filter(None, map(narrow, places)), key=len, reverse=True)
    whole = narrow(written)
    text = _without(longest_first, whole, known)
    words = [text] if text in known else [word for word in _BETWEEN.split(text) if word]
    return [_without(longest_first, word, known) or word for word in words] or ([whole] if whole else [])


def _without(places: Sequence[str], text: str, known: Container[str]) -> str:
    """A text without the places that stand before it, as far as it is not known with them."""
    while text not in known and (place := next(filter(text.startswith, places), "")):
        text = text.removeprefix(place)
    return text


class PostList(Rule, title="职务"):
    """The posts that a rule is about. A post in neither list is not understood, because it may be another word for one
    of them."""

    clause: Citation
    posts: tuple[str, ...] = Field(description="算在内的职务的各种写法；兼任的有一个在内就算")
    others: tuple[str, ...] = Field(
        default=(), description="名册上可以有、但不算在内的职务；两处都没有的写法，整行待核实"
    )

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if both := self._ours & frozenset(map(narrow, self.others)):
            raise ValueError(f"“{'、'.join(sorted(both))}”既在 posts 里，又在 others 里")
        return self

    @cached_property
    def _ours(self) -> frozenset[str]:
        return frozenset(map(narrow, self.posts))

    @cached_property
    def _known(self) -> frozenset[str]:
        return self._ours | frozenset(map(narrow, self.others))

    def named(self, written: str, places: Iterable[str] = ()) -> tuple[bool, list[str]]:
        """Whether a cell names one of the posts, and the words in it that are in neither list."""
        words = words_of(written, self._known, places)
        return not self._ours.isdisjoint(words), [word for word in words if word not in self._known]


def listed(who: Any, rule: PostList, what: str, odd: Odd, which: str = "") -> Reason:
    """Whether a row's post is one of the list, as a step to a verdict; an error `post-unknown` for a word that is in neither
    list. which: of several lists, how this one is called."""
    ours, unknown = rule.named(who.post, (who.township, who.village))
    if unknown:
        said = f"{who.name}：职务“{'、'.join(unknown)}”不在{which}政策所列的职务之内"
        odd.add("post-unknown", "post", said, rule.clause)
    return Reason(what, f"职务“{who.post}”", rule.clause, ours, ("post",))


def in_office(start: VagueDate, end: VagueDate | None, on: date | VagueDate) -> bool | None:
    """Whether a post is held on a day, None where vague dates do not tell. The first and the last day count.

    Vague dates are read so that the end does not come before the start.
    """
    asked = on if isinstance(on, VagueDate) else VagueDate.on(on)
    if end is None:
        return True if start.latest <= asked.earliest else None if start.earliest <= asked.latest else False
    started, ended = min(start.latest, end.latest), max(end.earliest, start.earliest)
    if started <= asked.earliest and asked.latest <= ended:
        return True
    return None if start.earliest <= asked.latest and asked.earliest <= end.latest else False


def office(
    name: str, held: tuple[VagueDate, VagueDate | None], on: VagueDate, basis: str, odd: Odd
) -> Reason:
    """Whether somebody holds the post on a day, as a step to a verdict. held: since when, and until when if it ended; it
    stands in the fields `started` and `ended`. Where the dates do not tell, an error `post-vague`; where the end lies
    before the start, `ends-before-start`."""
    start, end = held
    said = f"{start}至{end or '今'}"
    if end and end.latest < start.earliest:
        odd.add("ends-before-start", "ended", f"{name}：任职终止早于任职起始（{said}）")
    there = in_office(start, end, on)
    if there is None:
        odd.add("post-vague", "started", f"{name}：{on} 是否在任，按{said}说不准")
    told = f"任职 {said}，{on} {'在任' if there else '不在任'}"
    return Reason("在任", told, basis, bool(there), ("started", "ended"))
