"""Counts spells of service: how long counts, for which post, and whether it is long enough.

The only place that knows a policy's posts.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import chain, pairwise
from math import ceil
from typing import NamedTuple

from msgspec import Struct

from sanchuang_cli.domain import exact_numbers
from sanchuang_cli.domain.entitlement import tenure
from sanchuang_cli.domain.entitlement.blocks import Service, ServiceWay
from sanchuang_cli.domain.entitlement.tenure import Accumulate, Months, Run, Served
from sanchuang_cli.domain.months import EVER, NEVER, When, complete_month, effect, number
from sanchuang_cli.domain.posts import words_of
from sanchuang_cli.domain.verdict import Clause, Sentence, Step, always, never
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.period import Month, Spell, VagueDate

_HOW = {"union": "累计", "continuous": "离任前连续", "longest": "最长连续"}
_COLUMNS = ("spells", "post")
_LEFT = ("spells", "left")


Eras = tuple[tuple[tuple[date, ...], tuple[Months, ...]], ...]


class CountedService(NamedTuple):
    """Service that counts for one post's rate: months, and years or terms as the policy rounds. ways: months by each way
    of having served that a tier asks for. eras: by the days on which the eras of a tier end, years or terms in each."""

    months: Months
    units: Months
    steps: tuple[Step, ...]
    ways: tuple[tuple[ServiceWay, Months], ...] = ()
    eras: Eras = ()

    @property
    def counted(self) -> str:
        """The months as a page writes them."""
        return str(_whole(self.months))

    @property
    def rounded(self) -> str:
        """Years or terms as a page writes them: 9 年."""
        return f"{exact_numbers.plain(self.units)} {self.steps[-1].unit}"


def named_way(way: ServiceWay) -> str:
    """最长连续; 累计（书记）; 累计（折算后）."""
    which = [*way.posts, *(["折算后"] if way.discounted else [])]
    return _HOW[way.count] + (f"（{'、'.join(which)}）" if which else "")


def joined(lengths: Sequence[CountedService]) -> CountedService:
    """Service in several posts, each counted apart."""
    if len(lengths) == 1:
        return lengths[0]
    months, units = sum(length.months for length in lengths), sum(length.units for length in lengths)
    return CountedService(months, units, tuple(step for length in lengths for step in length.steps))


class ServiceHistory(Struct, frozen=True, gc=False):
    """What a person's spells say under one policy. ends: the month of the last counted spell, None while serving or
    without any. candidates: posts whose rate may be paid. unlisted: posts that are not in the policy's list.
    stretches: of all listed posts alike. credited: months that count beside the spells. stated: months, where only their number is known. office: the first and the last
    month in which the posts held in the month asked about are held; None where none is, or nobody asks. late: whether the last
    spell ended on the day before which one must have left, or after it."""

    served: tuple[Served, ...]
    ends: int | None
    serving: bool
    candidates: tuple[int, ...]
    unlisted: tuple[str, ...]
    stretches: tuple[Run, ...] = ()
    stated: int | None = None
    office: tuple[int, int] | None = None
    credited: int = 0
    late: bool = False


class HeldPost(NamedTuple):
    """A spell in office: its first and last month, NEVER while it lasts, and the listed posts held in it."""

    first: int
    last: int
    ranks: tuple[int, ...]


def _continuous(held: Sequence[HeldPost]) -> list[list[HeldPost]]:
    """Spells in office, grouped so that within a group no month lies between one and the next."""
    stretches: list[list[HeldPost]] = []
    for office in sorted(held):
        if stretches and office.first <= max(earlier.last for earlier in stretches[-1]) + 1:
            stretches[-1].append(office)
        else:
            stretches.append([office])
    return stretches


class Posts:
    """Service under one policy's rules."""

    def __init__(self, rule: Service) -> None:
        self.rule = rule
        self.names = [post.name for post in rule.posts]
        self._ranks = {
            narrow(word): i for i, post in enumerate(rule.posts) for word in (post.name, *post.words)
        }
        self._seen: dict[tuple[str, str], tuple[tuple[int, ...], tuple[str, ...]]] = {}
        self._days = rule.months == "days"
        self._month_by_month = rule.month_by_month
        self._equal = all(post.discount == 1 for post in rule.posts)
        self._alike: list[Months] = [1] * len(self.names)
        self._lengths: dict[Months, CountedService] = {}
        self._thresholds: dict[tuple[Months, ...], Clause] = {}
        self._left: dict[tuple[int, bool], Clause] = {}
        self._ways_said = "；".join(
            f"{named_way(way)} {{}} 个月 {{}} {way.at_least_months}" for way in rule.ways
        )
        self._months_without_gaps = not self._days and not rule.gap_months
        self._ways_alike = not any(way.posts or way.discounted for way in rule.ways)
        self._terms = [tenure.TermLength(term.since, term.months) for term in rule.terms]

    def ranks(self, written: str, village: str = "") -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Ranks of the listed posts in a cell, and the words that are not listed. `village` may stand before them."""
        words = words_of(written, self._ranks, (village,))
        listed = tuple(self._ranks[word] for word in words if word in self._ranks)
        known = listed, tuple(word for word in words if word not in self._ranks)
        self._seen[written, village] = known
        return known

    def listed(self, written: str, village: str) -> tuple[int, ...]:
        """Ranks of the listed posts in a cell, remembered."""
        return (self._seen.get((written, village)) or self.ranks(written, village))[0]

    def history(self, spells: tuple[Spell, ...], post: str, village: str, until: int) -> ServiceHistory:
        """`post`: the post on leaving, for spells that name none. `village`: may stand before a post's name.
        `until`: where spells without end are cut, and the month of which it is asked who is in office."""
        served: list[Served] = []
        unlisted: list[str] = []
        last, serving, late = EVER, False, False
        leaving: tuple[int, ...] = ()
        for spell in spells:
            written = spell.post or post
            ranks, strange = self._seen.get((written, village)) or self.ranks(written, village)
            if strange or not ranks:
                unlisted += strange or ["（未写职务）"]
            if not ranks:
                continue
            left = spell.earliest_end
            first, end = number(spell.start[0]), number(left) if left else until
            if self._month_by_month:  # what has not happened yet counts for nothing
                if first > until:
                    continue
                end = min(end, until)
            serving = serving or left is None
            late = late or self._late(left)
            first, after = self._days_of(spell, end) if self._days else (first, end + 1)
            for rank in ranks:
                served.append(Served(first, after, rank))
            if end > last:
                last, leaving = end, ranks
            elif end == last:
                leaving += ranks
        if len(served) == 1:
            held = leaving_posts = leaving
        else:
            held = tuple(sorted({span.post for span in served}))
            leaving_posts = tuple(sorted(set(leaving)))
        how, office = self.rule.rate_post, None
        if self.rule.leaving == "in_office":
            office, held = self._office(spells, post, village, until)
            leaving_posts = held
        candidates = leaving_posts if how == "on_leaving" else held[:1] if how == "highest" else held
        ends = None if serving or not served else last
        stretches = self._stretches(served, self._alike)
        return ServiceHistory(
            tuple(served), ends, serving, candidates, tuple(unlisted), stretches, office=office, late=late
        )

    def _late(self, left: date | None) -> bool:
        before = self.rule.left_before
        return before is not None and left is not None and left >= before

    def _office(
        self, spells: tuple[Spell, ...], post: str, village: str, at: int
    ) -> tuple[tuple[int, int] | None, tuple[int, ...]]:
        """From when to when somebody is paid for being in office in a month, and by which posts. Whoever changes the post
        neither leaves nor enters."""
        held = []
        for spell in spells:
            if ranks := self.listed(spell.post or post, village):
                end = number(spell.earliest_end) if spell.earliest_end else NEVER
                held.append(HeldPost(number(spell.start.earliest), end, ranks))
        for stretch in _continuous(held):
            last = max(office.last for office in stretch)
            first = effect(stretch[0].first, self.rule.taking)
            end = effect(last, self.rule.stop) - 1 if last < NEVER else NEVER
            if first <= at <= end:
                now = [office for office in stretch if office.first <= min(at, last) <= office.last]
                return (first, end), tuple(sorted({rank for office in now for rank in office.ranks}))
        return None, ()

    def from_statement(self, months: int, post: str, left: VagueDate | None) -> ServiceHistory:
        """A history of which only its length is known (stated_years = "use")."""
        ranks, strange = self.ranks(post)
        first = left and left.earliest
        ends, late = number(first) if first else None, self._late(first)
        return ServiceHistory((), ends, left is None, ranks[:1], strange, stated=months, late=late)

    def length(self, history: ServiceHistory, post: int) -> CountedService:
        """Service that counts for the rate of `post`."""
        if history.stated is not None:
            return self._with_credit(history.stated, f"{history.stated}", history.credited)
        if self.rule.rate_post == "each_post":
            return self._own(history, post)
        chosen = self._counted(history, post)
        months = self._months(chosen)
        if history.credited:
            return self._with_credit(months, " + ".join(map(self._written, chosen)), history.credited)
        if len(chosen) > 1 or self.rule.rounding in ("terms", "year_difference"):
            return self._rounded(months, chosen, " + ".join(map(self._written, chosen)))
        known = self._lengths.get(months)
        if known is None:
            known = self._lengths[months] = self._rounded(months, chosen, str(_whole(months)))
        return known

    def _counted(self, history: ServiceHistory, post: int) -> tuple[Run, ...]:
        """The stretches that count for the rate of `post`."""
        stretches = history.stretches if self._equal else self._stretches(history.served, self._weights(post))
        return self._chosen(stretches, self.rule.accumulate)

    def eras(self, history: ServiceHistory, post: int, ends: tuple[date, ...]) -> tuple[Months, ...]:
        """Years or terms that count for the rate of `post` before each of some days, and after the last."""
        cuts = [EVER, *map(complete_month, ends), NEVER]
        runs = self._counted(history, post)
        lengths = [
            sum((tenure.within(run, start, end) for run in runs), Fraction(0))
            for start, end in pairwise(cuts)
        ]
        return tuple(self._rounded(_whole(months), (), "").units for months in lengths)

    def _with_credit(self, months: Months, sum_: str, credited: int) -> CountedService:
        """Service of which only the length matters, with what is credited."""
        return self._rounded(months + credited, (), f"{sum_} + {credited}" if credited else sum_)

    def _own(self, history: ServiceHistory, post: int) -> CountedService:
        """Service in `post` alone; months in which a higher post was held as well are the higher one's."""
        with_it = self._stretches(history.served, [int(rank <= post) for rank in range(len(self.names))])
        above = self._stretches(history.served, [int(rank < post) for rank in range(len(self.names))])
        all_, higher = self._months(with_it), self._months(above)
        sum_ = f"{_whole(all_)} − {_whole(higher)}" if higher else f"{_whole(all_)}"
        return self._rounded(all_ - higher, (), sum_)

    def threshold(self, history: ServiceHistory) -> Clause | None:
        """任职年限: true when one of the policy's ways is fulfilled; None when it has no threshold."""
        ways = self.rule.ways
        if not ways:
            return None
        if self._ways_alike and history.stated is None and not history.credited:
            runs = [self._months((run,)) for run in history.stretches]
            lengths: tuple[Months, ...] = tuple([_together(runs, way.count) for way in ways])
        else:
            lengths = tuple([self.months_by(history, way) for way in ways])
        known = self._thresholds.get(lengths)
        if known is None:
            known = self._thresholds[lengths] = self._threshold(lengths)
        return known

    def _threshold(self, lengths: tuple[Months, ...]) -> Clause:
        reached = [months >= way.at_least_months for months, way in zip(lengths, self.rule.ways, strict=True)]
        values = [(_whole(months), "≥" if ok else "＜") for months, ok in zip(lengths, reached, strict=True)]
        make = always if any(reached) else never
        return make("任职年限", self.rule.clause, _COLUMNS, Sentence(self._ways_said, tuple(chain(*values))))

    def left(self, history: ServiceHistory, at: int) -> Clause | None:
        """离任: from the month in which having left has effect; or 在任, in the month `at`."""
        when = self.rule.leaving
        if when == "not_required":
            return None
        if when == "in_office":
            return self._serves(history, at)
        if history.ends is None:
            serving = "没有填写离任日期" if history.stated is not None else "仍在任"
            seen = serving if history.serving else "没有计入的任职"
            return never("已离任", self.rule.clause, _LEFT, Sentence(seen))
        known = self._left.get((history.ends, history.late))
        if known is None:
            known = self._left[history.ends, history.late] = self._has_left(history.ends, history.late, when)
        return known

    def _serves(self, history: ServiceHistory, at: int) -> Clause:
        if history.office is None:
            return never("在任", self.rule.clause, _COLUMNS, Sentence("{!m}不在任", (at,)))
        first, last = history.office
        names = "、".join(self.names[rank] for rank in history.candidates)
        until, when = ("到{!m}止", (first, last, names)) if last < NEVER else ("至今", (first, names))
        said = Sentence("自{!m}起在任，" + until + "，当月任{}", when)
        return Clause("在任", self.rule.clause, _COLUMNS, first, last, said)

    def _has_left(self, ends: int, late: bool, when: When) -> Clause:
        first = effect(ends, when)
        if late:
            said = Sentence("{!m}离任，应在 {} 前", (ends, self.rule.left_before))
            return never("已离任", self.rule.clause, _LEFT, said)
        said = Sentence("{!m}离任，自{!m}起", (ends, first))
        return Clause("已离任", self.rule.clause, _LEFT, first, NEVER, said)

    @staticmethod
    def _days_of(spell: Spell, end: int) -> tuple[int, int]:
        left = spell.earliest_end
        last = left if left and number(left) <= end else Month.at(end).last
        return spell.start.earliest.toordinal(), last.toordinal() + 1

    def _weights(self, post: int) -> list[Months]:
        if self._equal:
            return self._alike
        return [1 if rank <= post else p.discount for rank, p in enumerate(self.rule.posts)]

    def months_by(self, history: ServiceHistory, way: ServiceWay) -> Months:
        """How many months somebody has served by one of the policy's ways."""
        weights = self._discounted(way)
        credited = history.credited if way.count == "union" and not way.posts else 0
        if history.stated is not None:
            share = weights[history.candidates[0]] if way.discounted and history.candidates else 1
            return history.stated * share + credited if way.count == "union" else 0
        stretches = history.stretches
        if way.posts or way.discounted:
            stretches = self._stretches(history.served, weights)
        return self._months(self._chosen(stretches, way.count)) + credited

    def _discounted(self, way: ServiceWay) -> list[Months]:
        """What a month in each post counts for a way of having served."""
        counted = self._weights(0) if way.discounted else self._alike
        return [
            weight if name in (way.posts or self.names) else 0
            for name, weight in zip(self.names, counted, strict=True)
        ]

    def _stretches(self, served: Sequence[Served], weights: Sequence[Months]) -> tuple[Run, ...]:
        """Stretches of continuous service: gaps that the policy allows are closed, months that it does not count left out."""
        rule = self.rule
        if len(served) == 1 and weights[served[0].post] == 1:
            stretches: tuple[Run, ...] = ((tenure.Piece(served[0].start, served[0].end),),)
        elif weights is self._alike and self._months_without_gaps:
            stretches = tuple(tenure.merged(served))
        else:
            gap = rule.gap_months * (rule.days_in_month or 1)
            stretches = tuple(tenure.runs(served, weights, gap, rule.gaps == "counted"))
        return tuple(tenure.without_last_month(stretches)) if rule.months == "end_excluded" else stretches

    def _chosen(self, stretches: tuple[Run, ...], how: Accumulate) -> tuple[Run, ...]:
        if how == "union" or len(stretches) <= 1:
            return stretches
        return tuple(tenure.accumulated(stretches, how, [self._months((run,)) for run in stretches]))

    def _months(self, stretches: tuple[Run, ...]) -> Months:
        if self._days:
            assert self.rule.days_in_month
            return sum(
                (tenure.months_of_days(run, self.rule.days_in_month) for run in stretches), Fraction(0)
            )
        total: Months = 0
        for run in stretches:
            for piece in run:
                total += (piece.end - piece.start) * piece.weight
        return total

    def _written(self, run: Run) -> str:
        return f"{_whole(self._months((run,)))}"

    def _rounded(self, months: Months, stretches: tuple[Run, ...], sum_: str) -> CountedService:
        rule = self.rule
        begun = rule.begun_terms == "counted"
        whole = "(−⌊−{}⌋)" if begun else "⌊{}⌋"
        shown = _whole(months)
        total = Step(f"任职（{_HOW[rule.accumulate]}）", sum_, str(shown), "个月")
        units: Months
        if rule.rounding in ("full_years", "half_up"):
            size, up_from = rule.step_months, rule.half_up_from or 0
            units = tenure.years(months, size, up_from)
            counted = f"({shown} + {size} − {up_from})" if up_from else f"{shown}"
            in_years = "" if size == 12 else f" × {size} ÷ 12"  # noqa: PLR2004
            step = Step("认定年限", f"⌊{counted} ÷ {size}⌋{in_years}", exact_numbers.plain(units), "年")
        elif rule.rounding == "pro_rata":
            units = Fraction(months) / 12
            step = Step("认定年限", f"{shown} ÷ 12", exact_numbers.plain(units), "年")
        elif rule.rounding == "year_difference":
            units = tenure.calendar_years(stretches, self._days) if stretches else tenure.years(months)
            step = Step("认定年限（止年减起年）", str(units), str(units), "年")
        elif not stretches:
            units = (
                ceil(Fraction(months, self._terms[-1].months)) if begun else months // self._terms[-1].months
            )
            step = Step("认定届数", whole.format(f"{shown} ÷ {self._terms[-1].months}"), str(units), "届")
        else:
            units = tenure.terms(stretches, self._terms, rule.parts_of_terms == "join", begun)
            written = " + ".join(f"{t.since.year}年起每届{t.months}个月" for t in self._terms)
            only = whole.format(f"{shown} ÷ {self._terms[0].months}") if len(self._terms) == 1 else str(units)
            step = Step(
                "认定届数" if len(self._terms) == 1 else f"认定届数（{written}）", only, str(units), "届"
            )
        return CountedService(months, units, (total, step))


def _together(runs: Sequence[Months], how: Accumulate) -> Months:
    """The months of those stretches that count: of all, of the longest, or of the last."""
    if not runs:
        return 0
    return sum(runs) if how == "union" else max(runs) if how == "longest" else runs[-1]


def _whole(months: Months) -> int | Fraction:
    """Months without a needless denominator."""
    if isinstance(months, int):
        return months
    return int(months) if Fraction(months).denominator == 1 else months
