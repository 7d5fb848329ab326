"""What a document on the training of members says: words, hours by unit, standards, tests, terms and consequences."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Literal, NamedTuple, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.exact_numbers import cut, plain
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.policy import Citation, Count, Exact, NotNegative, Number, Policy, Rule
from sanchuang_cli.posting import Posting

_WHOLE = 100


def in_words(hours: Fraction) -> str:
    """Hours as people write them: 8, 4.25; cut to two decimals where no decimal is exact."""
    text = plain(hours)
    return f"{cut(hours)}" if "/" in text else text


class Wording(Rule, title="一个说法"):
    """A word of the rosters, and others that mean it."""

    synonyms = ("aliases",)

    name: str = Setting(description="名称，结果里就这样写；别处用到它时写这个名称")
    aliases: tuple[str, ...] = Setting(default=(), description="名册、登记表里也这样写的说法")


class MemberRole(Wording, title="身份"):
    """What a member is. in_post: whether somebody is appointed to it on a day."""

    in_post: bool = Setting(
        default=True, description="有没有任职日期：有的，当年任职或离任的不考核；普通党员写 false"
    )


class StudyMethod(Wording, title="培训方式"):
    """A way of studying. assembled: whether it counts where a document asks for 集中培训."""

    assembled: bool = Setting(default=False, description="true：算集中培训；要求集中培训几次时看它")
    at_most: NotNegative | None = Setting(
        default=None, description="这种方式全年最多计多少学时，多出的不计；不写没有限制"
    )

    @property
    def tested(self) -> bool:
        """Whether it is a test, by what it is called."""
        return any(word in name for word in ("测试", "考试") for name in (self.name, *self.aliases))

    def counted(self, hours: Fraction) -> Fraction:
        """What of a year's hours counts."""
        return hours if self.at_most is None else min(hours, self.at_most)

    def room(self, hours: Fraction, wanted: Fraction) -> Fraction:
        """How many more hours would count, as far as they are wanted."""
        return wanted if self.at_most is None else max(Fraction(0), self.at_most - hours)


class Conversion(Rule, title="一种单位的折算"):
    """How many hours one of a unit is."""

    unit: str = Setting(description="登记表“单位”栏的说法，如“天”")
    aliases: tuple[str, ...] = Setting(default=(), description="也这样写的说法")
    method: str = Setting(default="", description="只用于哪一种方式，写它的名称；不写用于各种方式")
    hours: Exact = Setting(gt=0, description="一个单位折多少学时；分钟写 “1/60”")
    step: Exact | None = Setting(
        default=None, gt=0, description="每一行按多少学时的整倍数舍尾，如 0.25；不写不舍"
    )

    def of(self, amount: Fraction) -> Fraction:
        """The hours of so many."""
        hours = amount * self.hours
        return hours if self.step is None else hours // self.step * self.step

    def needed(self, hours: Fraction) -> int:
        """How many make at least so many hours."""
        least = hours if self.step is None else -(-hours // self.step) * self.step
        return ceil(least / self.hours)


class HoursTable(Rule, title="学时折算"):
    """How amounts in attendance sheets become hours."""

    clause: Citation
    units: tuple[Conversion, ...] = Setting(
        min_length=1, description="各种单位怎样折算；同一单位，写了方式的先用"
    )
    day_at_most: NotNegative | None = Setting(
        default=None, description="一天最多计多少学时，各表合在一起算；不写没有限制"
    )
    absent: tuple[str, ...] = Setting(
        default=(), description="备注里写了哪些话的不算参加，如“请假”；这一行不计入，列为疑点"
    )

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        keys = [(each.method, word) for each in self.units for word in (each.unit, *each.aliases)]
        if twice := sorted({f"{method}{word}" for method, word in keys if keys.count((method, word)) > 1}):
            raise ValueError(f"“{'、'.join(twice)}”的折算写了两次")
        # a cell is read before its method is looked at: as the unit of that name, else as the one that the word means
        meant = {(narrow(word), each.unit) for each in self.units for word in each.aliases}
        own = {narrow(each.unit) for each in self.units}
        words = Counter(word for word, _ in meant if word not in own)
        if several := "、".join(sorted(word for word, units in words.items() if units > 1)):
            raise ValueError(f"units 里“{several}”指了两种单位：一种写法只能指一样，不论哪种方式")
        return self

    @cached_property
    def _by_unit(self) -> Mapping[tuple[str, str], Conversion]:
        return {(each.method, word): each for each in self.units for word in (*each.aliases, each.unit)}

    def conversion(self, method: str, unit: str) -> Conversion | None:
        """The one for a unit of a method; None where the document has none."""
        return self._by_unit.get((method, unit)) or self._by_unit.get(("", unit))

    @cached_property
    def choices(self) -> Mapping[str, tuple[str, ...]]:
        """The units, each with the other words for it."""
        words: dict[str, dict[str, None]] = {}
        for each in self.units:
            words.setdefault(each.unit, {}).update(dict.fromkeys(each.aliases))
        return {unit: tuple(others) for unit, others in words.items()}

    @cached_property
    def plain(self) -> Sequence[Conversion]:
        """Those in which a shortfall is told: of any method, not rounded, each number of hours once."""
        ways = [each for each in self.units if not each.method and each.step is None]
        return list({each.hours: each for each in reversed(ways)}.values())[::-1]


class HoursStandard(Rule, title="学时标准"):
    """What is asked of a class of members in a year."""

    clause: Citation
    kinds: tuple[str, ...] = Setting(default=(), description="哪些单位类别的；不写就是各类")
    roles: tuple[str, ...] = Setting(default=(), description="哪些身份的；不写就是各种身份")
    hours: NotNegative = Setting(description="全年不少于多少学时")
    courses: Count = Setting(default=0, description="全年至少几次集中培训；不写不看")

    def applies(self, kind: str, role: str) -> bool:
        """Whether it is asked of somebody of a kind of unit and a role."""
        return (not self.kinds or kind in self.kinds) and (not self.roles or role in self.roles)


class ScoreGrade(Rule, title="考试等次"):
    """A grade of a test, from a score on."""

    name: str = Setting(description="等次的名称")
    at_least: NotNegative | None = Setting(default=None, description="多少分起，含本数；到下一等次为止")
    above: NotNegative | None = Setting(default=None, description="超过多少分，不含本数；写了就不写 at_least")
    failed: bool = Setting(default=False, description="true：这一等次算不合格，当年不能达标")
    consequence: str = Setting(default="", description="得了这一等次，文件说怎样办；印在建议里")

    @model_validator(mode="after")
    def _begins_once(self) -> Self:
        if (self.at_least is None) is (self.above is None):
            raise ValueError(f"等次“{self.name}”写 at_least（含本数）或 above（不含本数），也只能写一个")
        return self

    @property
    def start(self) -> tuple[Fraction, bool]:
        """Where it begins; by it grades are in order."""
        return (self.above, True) if self.above is not None else (self.at_least or Fraction(0), False)


class Exams(Rule, title="考学"):
    """How tests are graded, and which count where one was taken again."""

    clause: Citation
    grades: tuple[ScoreGrade, ...] = Setting(min_length=1, description="各等次，从低到高，第一个从 0 分起")
    again: Literal["last", "best", "each"] = Setting(
        default="last",
        description="同一门考了几次的：last 看最后一次，best 看最好的一次，each 每次都要合格",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        starts = [each.start for each in self.grades]
        if starts != sorted(set(starts)) or any(starts[0]):
            raise ValueError("考试等次从低到高，第一个 at_least = 0，不能有两个从同一分数起")
        return self

    def grade(self, score: Fraction) -> ScoreGrade:
        """The grade of a score."""
        return [each for each in self.grades if each.start <= (score, False)][-1]


class ReviewGrade(Rule, title="评学等次"):
    """A grade that others gave somebody's studies."""

    synonyms = ("aliases",)

    name: str = Setting(description="等次的名称")
    aliases: tuple[str, ...] = Setting(default=(), description="名册里也这样写的说法")
    consequence: str = Setting(default="", description="得了这一等次，文件说怎样办；印在建议里")


class StudyReview(Rule, title="述学评学"):
    """Reporting on one's studies, and the grade that others give them."""

    decides = False

    clause: Citation
    grades: tuple[ReviewGrade, ...] = Setting(min_length=1, description="评学的各等次")
    roles: tuple[str, ...] = Setting(default=(), description="哪些身份的要述学评学；没有填的提示，不写不提示")


class CourseTerm(Rule, title="限期培训"):
    """By when somebody must have been at a 集中培训."""

    decides = False

    name: str = Setting(description="事项的名称，如“新任书记培训”；印在期限页")
    clause: Citation
    roles: tuple[str, ...] = Setting(default=(), description="哪些身份的；不写就是各种身份")
    since: Literal["appointed", "joined", "course"] = Setting(
        description="从哪天起算：appointed 任职日期，joined 入党日期，course 最近一次集中培训（轮训）"
    )
    after: Count = Setting(default=0, description="从起算日满几个月以后的才算；不写是从起算日起")
    months: Number = Setting(description="从起算日起几个月以内，到期当日算在内")


class CarryOver(Rule, title="结转"):
    """Hours beyond the standard that count next year."""

    clause: Citation
    at_most: NotNegative | None = Setting(default=None, description="最多结转多少学时；不写没有限制")
    counts_as: str = Setting(default="", description="结转的算作什么，如“选修”；印在结果里")

    def said(self, hours: Fraction) -> str:
        """So many hours, with what they count as."""
        return f"{in_words(hours)} 学时" + (f"（{self.counts_as}）" if self.counts_as else "")


class Accountability(Rule, title="问责建议"):
    """What is proposed for a branch below a rate."""

    decides = False

    clause: Citation
    below: Exact = Setting(gt=0, le=100, description="完成率低于百分之几；正好这个数的不算")
    proposal: str = Setting(description="建议怎样办，如“约谈”")

    def meant(self, met: int, of: int) -> bool:
        """Whether so many of so many are below it."""
        return met * _WHOLE < self.below * of


class StudyPolicy(Policy, title="党员教育培训规定（一版）"):
    """What a document on training says of the years in which it is in force."""

    kinds: tuple[Wording, ...] = Setting(min_length=1, description="单位类别的各种说法")
    roles: tuple[MemberRole, ...] = Setting(min_length=1, description="身份的各种说法")
    methods: tuple[StudyMethod, ...] = Setting(
        min_length=1, description="培训方式的各种说法；登记册的列按这个次序"
    )
    hours: HoursTable = Setting(description="各种单位怎样折成学时")
    standards: tuple[HoursStandard, ...] = Setting(
        default=(), description="学时标准，用第一条对得上的；没有对得上的只登记学时，不考核"
    )
    exempt_clause: str = Setting(default="", description="免训的依据；免训决定填在名册里")
    part_year_clause: str = Setting(default="", description="入党、任职不满全年的不考核，依据")
    tests: Exams | None = Setting(default=None, description="考试怎样定等次；不写时只列成绩")
    review: StudyReview | None = Setting(default=None, description="述学评学；不写时不看")
    terms: tuple[CourseTerm, ...] = Setting(default=(), description="几个月以内要参加集中培训的事项")
    carried: CarryOver | None = Setting(default=None, description="超出标准的学时结转下年；不写不结转")
    accountability: tuple[Accountability, ...] = Setting(
        default=(), description="支部完成率低的怎样建议；几条都低于的，用最低的一条"
    )
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")

    @model_validator(mode="after")
    def _names_what_it_knows(self) -> Self:
        known = {
            "单位类别": (self.kinds, [name for each in self.standards for name in each.kinds]),
            "身份": (self.roles, [*self._roles()]),
            "方式": (self.methods, [each.method for each in self.hours.units if each.method]),
        }
        for what, (words, used) in known.items():
            names = {word.name for word in words}
            if strange := sorted(set(used) - names):
                raise ValueError(f"{what}“{'、'.join(strange)}”没有列在各种说法里")
        return self

    def _roles(self) -> Iterator[str]:
        for block in (*self.standards, *self.terms, *((self.review,) if self.review else ())):
            yield from block.roles

    @cached_property
    def by_method(self) -> Mapping[str, StudyMethod]:
        """The ways of studying by name, in their order."""
        return {each.name: each for each in self.methods}

    def asks_score(self, method: StudyMethod) -> bool:
        """Whether the document grades what such a row says of a test."""
        return self.tests is not None and method.tested

    def place(self, method: str) -> int:
        """Where a method stands among the others; those of an earlier document after all."""
        return [*self.by_method, method].index(method)

    def counted(self, method: str, hours: Fraction) -> Fraction:
        """What of a year's hours of a method counts."""
        known = self.by_method.get(method)
        return known.counted(hours) if known else hours

    def standard(self, kind: str, role: str) -> HoursStandard | None:
        """What is asked of somebody; None where the document asks nothing."""
        return next((each for each in self.standards if each.applies(kind, role)), None)

    def in_post(self, role: str) -> bool:
        """Whether somebody of a role was appointed to it."""
        return any(each.in_post for each in self.roles if each.name == role)

    def proposal(self, met: int, of: int) -> Accountability | None:
        """What is proposed where so many of so many met the standard; the lowest bar that is not reached."""
        meant = [each for each in self.accountability if each.meant(met, of)]
        return min(meant, key=lambda each: each.below, default=None)

    def enough(self, lacking: Fraction, hours: Mapping[str, Fraction]) -> "Enough":
        """What would still be enough for somebody who lacks hours. hours: of the year, by method as far as it counts."""
        room = {each.name: each.room(hours.get(each.name, Fraction(0)), lacking) for each in self.methods}
        wide = {name for name, left in room.items() if left >= lacking}
        plain = self.hours.plain if wide else ()
        own = [each for each in self.hours.units if each.method in wide and lacking]
        return Enough(
            {each.unit: each.needed(lacking) for each in plain},
            tuple(f"{each.method}{each.needed(lacking)}{each.unit}" for each in own),
            tuple(name for name, left in room.items() if not left and lacking),
        )


class Enough(NamedTuple):
    """What would make up for hours that are lacking, any one of it. plain: how many, by unit. own: of a unit that one method
    has, in words. full: methods of which no more hours count."""

    plain: Mapping[str, int]
    own: tuple[str, ...]
    full: tuple[str, ...]


NOTHING_MORE = Enough({}, (), ())
