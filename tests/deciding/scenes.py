"""What judges rows and rosters: a programme, rosters, an edition of a policy and a day; and what came of them, to be held
beside what comes of others.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache, cached_property
from operator import attrgetter
from typing import Any

from msgspec import Struct
from pydantic import BaseModel

from sanchuang_cli.finding import UserError
from sanchuang_cli.judging import Judged, Whole
from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.period import Month
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.programme import Programme
from sanchuang_cli.record import Record

Decision = tuple[str, Any]
"""Of what something is decided: a row of a main roster, by its place, or what stands beside all rows, by its name."""
OF_ALL = "of all"
SINGLE = 2


@dataclass(frozen=True)
class Scene:
    """A programme with rosters, an edition of a policy and a day: what judges rows."""

    programme: Programme
    rosters: Rosters
    file: PolicyFile[Any]
    edition: Policy
    when: Occasion

    def alone(
        self, roster: str, rows: Sequence[Record], edition: Policy | None = None
    ) -> list[Judged | None]:
        """What comes of each row by itself, None where the policy has no figure for it; nothing at all where the edition that
        stands in place of the own one has none for anybody."""
        try:
            at = self.programme._at(*self._served, self._with(edition), self.when)
            return list(self.programme.mains[roster].judged(rows, at))
        except UserError:
            if edition:
                return []
            if len(rows) < SINGLE:
                return [None] * len(rows)
            return [judged for row in rows for judged in self.alone(roster, [row])]
        except (AssertionError, ArithmeticError, LookupError, TypeError, ValueError):
            if edition is None:
                raise
            return []  # an altered document may lack what its own would have been refused for

    @cached_property
    def _served(self) -> tuple[Rosters, Mapping[str, Any]]:
        rosters, dropped, _ = self.programme._serving(self.rosters, self.when)
        return rosters, dropped

    def _with(self, edition: Policy | None) -> PolicyFile[Any]:
        own = tuple(edition or one if one is self.edition else one for one in self.file.editions)
        return replace(self.file, editions=own)

    def together(self, rosters: Rosters, edition: Policy | None = None) -> dict[Decision, Any]:
        """What comes of every row of whole rosters, and what stands beside them; nothing where the policy has no figure for them."""
        try:
            whole = self.programme.judge(rosters, self._with(edition), self.when)
        except UserError:
            return {}
        except (AssertionError, ArithmeticError, LookupError, TypeError, ValueError):
            if edition is None:
                raise
            return {}
        return dict(_decisions(whole, rosters))


def _decisions(whole: Whole, rosters: Rosters) -> Iterator[tuple[Decision, Any]]:
    """Of each row by its place: whether it stands, what was found at it and the verdict; then of all together."""
    aside = {id(row) for row in whole.aside}
    found: dict[Any, set[Any]] = {}
    for finding in whole.findings:
        found.setdefault(finding.place.line, set()).add((finding.code, finding.severity))
    known: set[Any] = set()
    for name, verdicts in whole.verdicts.items():
        standing = {id(verdict.record.row): verdict for verdict in verdicts}
        for at, record in enumerate(rosters[name].records):
            line = record.row.line
            known.add(line)
            verdict = standing.get(id(record.row))
            of_row = frozenset(found.get(line, ())), id(record.row) in aside, came(verdict)
            yield (name, at), of_row
    others = {line: codes for line, codes in found.items() if line not in known}
    yield (
        (OF_ALL, "findings"),
        digest({line: tuple(sorted(map(str, codes))) for line, codes in others.items()}),
    )
    for name, value in _parts(whole.more):
        yield (OF_ALL, name), value


def _parts(more: Any) -> Iterator[tuple[str, Any]]:
    """What a rule over all rows has beside the verdicts, piece by piece."""
    if isinstance(more, Mapping):
        yield from ((repr(key), digest(item)) for key, item in more.items())
    elif isinstance(more, list):
        yield from ((str(at), digest(item)) for at, item in enumerate(more))
    elif more is not None:
        for key in _names(more.__class__):
            item = getattr(more, key)
            if isinstance(item, Mapping):
                yield from ((f"{key} {own!r}", digest(one)) for own, one in item.items())
            else:
                yield key, digest(item)


def outcome(judged: Judged | None) -> Any:
    """What came of a row: the findings that set it aside or warn, and all of the verdict but its words."""
    if judged is None:
        return None
    codes = frozenset((finding.code, finding.severity) for finding in judged.findings)
    aside = any(severity == "error" for _, severity in codes)
    return codes, () if aside else came(judged.verdict)


def path(judged: Judged | None) -> Any:
    """By what way a rule came to a verdict: the steps with what held, and the part."""
    if judged is None:
        return None
    codes = frozenset(finding.code for finding in judged.findings)
    steps = frozenset((one.what, one.holds, one.basis) for one in getattr(judged.verdict, "reasons", ()))
    return codes, steps, str(getattr(judged.verdict, "part", ""))


def came(verdict: Any) -> Any:
    """All of a verdict but its words; of one that pays, the sums."""
    payments = getattr(verdict, "payments", None)
    if payments is not None:
        return tuple((one.benefit, one.month, one.fen) for one in payments)
    return digest(verdict)


def digest(value: Any) -> Any:
    """A value without records, reasons and blocks of the policy, to be held beside another."""
    return _digester(value.__class__)(value)


@cache
def _digester(kind: Any) -> Callable[[Any], Any]:
    """What makes the digest of values of a type."""
    if kind in _PLAIN or issubclass(kind, Enum):
        return lambda value: value
    if kind is str:
        return _without_figures
    if kind is tuple or kind is list:
        return lambda value: tuple([_digester(one.__class__)(one) for one in value])
    if names := _names(kind):
        parts = attrgetter(*names, names[0])  # of one name alone it would give the part itself
        return lambda value: tuple([_digester(one.__class__)(one) for one in parts(value)])
    if issubclass(kind, BaseModel | Record):
        return lambda value: getattr(value, "name", "")
    if issubclass(kind, Mapping):
        return lambda value: tuple((repr(digest(key)), digest(item)) for key, item in value.items())
    return repr


@cache
def _without_figures(words: str) -> str:
    """Words that quote a figure of the policy say another one where it is altered: nothing is decided otherwise by that."""
    return words if words.isascii() else _FIGURES.sub("#", words)


_PLAIN = frozenset({type(None), int, float, bool, Fraction, date, Month})
_FIGURES = re.compile(r"[0-9][0-9.,/%-]*")
_JUDGED_BY = frozenset({"record", "reasons", "at", "scheme", "rule", "policy"})


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The parts of a result by name, without what it was judged by; none of what has no parts."""
    names: Iterable[str] = ()
    if hasattr(kind, "_fields"):
        names = kind._fields
    elif issubclass(kind, Struct) and not issubclass(kind, Record):
        names = kind.__struct_fields__
    elif is_dataclass(kind):
        names = (field.name for field in fields(kind))
    return tuple(name for name in names if name not in _JUDGED_BY)
