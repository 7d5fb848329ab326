"""Which column of a table is which field of a roster, how sure that is, and what a person must settle.

Levels go from certain to doubtful; a field takes the first level that offers it a column. Two candidates on one level
are never chosen between: that is a tie, and its finding gives the `--columns` line that settles it.
"""

import difflib
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from sanchuang_cli.finding import Finding, Place, Severity, UserError, column_letters
from sanchuang_cli.roster.aliases import ALIASES, GENERAL
from sanchuang_cli.roster.headings import bare_key, key
from sanchuang_cli.roster.schema import Field

How = Literal["pinned", "exact", "alias", "nested", "part", "trimmed", "general", "fuzzy"]

FUZZY = 0.8
"""The least likeness (difflib's ratio) at which a heading is taken for another, always with a warning."""
_CLEARLY = 0.05  # how much the best must lead the second best
# Headings that differ in one of these mean different things, however alike they look.
_TELLING = frozenset(
    "上下本去今前后起止始终自互他男女正副满有无应实发收补扣入离出转现原新旧年月日大小单双一二三四五六七八九十"
)


@dataclass(frozen=True, slots=True)
class Match:
    """column: its index in the table's columns. heading: as written over it."""

    field: Field
    column: int
    heading: str
    confidence: float
    how: How


@dataclass(frozen=True)
class Matching:
    """missing: required fields without a column. unmatched: headings of columns that no field took."""

    matches: Mapping[str, Match]
    missing: tuple[Field, ...]
    unmatched: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def ties(self) -> tuple[Finding, ...]:
        """What must be settled before the table can be read."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)


def pinned_columns(path: Path) -> dict[str, str]:
    """The mapping of a --columns file: `"列标题" = "字段标题"`; "" leaves the column unread. Raises UserError."""
    try:
        pinned = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as trouble:
        raise UserError(
            f"列对照文件 {path.name} 打不开：{trouble.strerror}。请核对 --columns 的路径。"
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        raise UserError(
            f'列对照文件 {path.name} 看不懂：{trouble}。每行写成 "列标题" = "字段标题"，存成 UTF-8。'
        ) from None
    for heading, field in pinned.items():
        if not isinstance(field, str):
            raise UserError(
                f'列对照文件 {path.name}：“{heading}”后应是引号里的字段标题，如 "电话" = "联系电话"。'
            )
    return pinned


def check_pinned(pinned: Mapping[str, str], fields: Iterable[Field]) -> None:
    """Raises UserError for a pinned field heading that no roster has."""
    headings = {field.heading for field in fields}
    for column, heading in pinned.items():
        if heading and heading not in headings:
            close = difflib.get_close_matches(heading, headings, n=1, cutoff=0.4)
            meant = f"（是不是“{close[0]}”？）" if close else ""
            raise UserError(
                f"--columns 把列“{column}”指给“{heading}”，但没有这个字段{meant}。可用的：{'、'.join(sorted(headings))}。"
            )


def match(
    columns: Sequence[str],
    fields: Sequence[Field],
    where: Place,
    left: int = 1,
    pinned: Mapping[str, str] | None = None,
) -> Matching:
    """`columns` as an Area names them, the first in sheet column `left`; findings are placed at `where`."""
    by_heading = {key(column): heading for column, heading in (pinned or {}).items()}
    heads = [_head(index, column, left, by_heading) for index, column in enumerate(columns) if key(column)]
    open_heads = [head for head in heads if head.pinned != ""]
    open_fields = list(fields)
    matches: dict[str, Match] = {}
    findings: list[Finding] = []
    for level in _LEVELS:
        found, ties = _pairs(level, open_fields, open_heads)
        for field, head, confidence in found:
            matches[field.name] = Match(field, head.at, head.written, confidence, level.how)
            if level.how == "fuzzy":
                findings.append(_fuzzy(field, head, confidence, where))
        findings += [_tie(tie, level, where) for tie in ties]
        done_fields = {field.name for field, _, _ in found} | {f.name for tie in ties for f in tie.fields}
        done_heads = {head.at for _, head, _ in found}
        open_fields = [field for field in open_fields if field.name not in done_fields]
        open_heads = [head for head in open_heads if head.at not in done_heads]
    return Matching(
        matches,
        tuple(field for field in fields if field.required and field.name not in matches),
        tuple(head.written for head in heads if head.at not in {m.column for m in matches.values()}),
        tuple(findings),
    )


class _Head(NamedTuple):
    """A column's heading taken apart. pinned: the field heading it is pinned to; None when it is not."""

    at: int
    column: int
    written: str
    parts: tuple[str, ...]
    bare: tuple[str, ...]
    pinned: str | None


class _Tie(NamedTuple):
    fields: list[Field]
    heads: list[_Head]


class _Level(NamedTuple):
    """fits gives the confidence, 0 where the heading does not fit. strict: a tie is an error even if not required."""

    how: How
    fits: Callable[[Field, _Head], float]
    strict: bool


def _head(index: int, written: str, left: int, pinned: Mapping[str, str]) -> _Head:
    parts = written.split("/")
    column = left + index
    field = pinned.get(key(written), pinned.get(key(f"{column_letters(column)}列")))
    return _Head(index, column, written, _keys(parts, key), _keys(parts, bare_key), field)


def _keys(parts: Sequence[str], by: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(part for part in map(by, parts) if part)


@lru_cache(maxsize=2048)
def _synonyms(part: str, own: tuple[str, ...] = ()) -> frozenset[str]:
    """Keys that mean the same as one part of a field's heading, general words left out."""
    group = [part, *own, *ALIASES.get(part, ())]
    if part not in ALIASES:
        for canonical, aliases in ALIASES.items():
            if part in aliases:
                group += [canonical, *aliases]
    return frozenset(key(word.replace("/", "")) for word in group if word == part or word not in GENERAL)


def _field_parts(field: Field) -> tuple[frozenset[str], ...]:
    """For each part of the heading, the keys that will do; a field's own aliases are for its whole heading."""
    parts = field.heading.split("/")
    return tuple(_synonyms(part, field.aliases if len(parts) == 1 else ()) for part in parts)


def _pinned(field: Field, head: _Head) -> float:
    return float(head.pinned == field.heading)


def _exact(field: Field, head: _Head) -> float:
    return float("".join(head.parts) == key(field.heading.replace("/", "")))


def _alias(field: Field, head: _Head) -> float:
    return 0.95 * _same(_field_parts(field), head.parts, whole=True, own=field.aliases)


def _nested(field: Field, head: _Head) -> float:
    """The field's whole heading is the lower end of the column's: 党建/评定分/领导班子, 基本情况/姓名."""
    return 0.9 * _same(_field_parts(field), head.parts, whole=False)


def _part(field: Field, head: _Head) -> float:
    """The column's heading is the lower end of the field's: 领导班子 for 评定分/领导班子."""
    wanted = _field_parts(field)
    if len(head.parts) >= len(wanted):
        return 0.0
    return 0.85 * _same(wanted[-len(head.parts) :], head.parts, whole=True)


def _trimmed(field: Field, head: _Head) -> float:
    """Alike once whatever stands in brackets is gone: 姓名（与身份证一致）."""
    if not head.bare:
        return 0.0
    return 0.85 * max(
        _same(_field_parts(field), head.bare, whole=False, own=field.aliases),
        float("".join(head.bare) == bare_key(field.heading.replace("/", ""))),
    )


def _general(field: Field, head: _Head) -> float:
    """A word so general that it counts only where nothing better is there: 单位 for 村, 标准 for 补贴标准."""
    group = {key(word) for word in ALIASES.get(field.heading.split("/")[-1], ()) if word in GENERAL}
    return 0.8 * float(bool(head.parts) and head.parts[-1] in group)


def _alike(field: Field, head: _Head) -> float:
    ours = {key(field.heading.replace("/", ""))}
    if "/" not in field.heading:
        ours |= _synonyms(field.heading, field.aliases)
    theirs = "".join(head.bare)
    likeness = max((_likeness(word, theirs) for word in sorted(ours)), default=0.0)
    return likeness if likeness >= FUZZY else 0.0


def _likeness(ours: str, theirs: str) -> float:
    if min(len(ours), len(theirs)) < 3:
        return 0.0
    different = (Counter(ours) - Counter(theirs)) + (Counter(theirs) - Counter(ours))
    if _TELLING & different.keys():
        return 0.0
    return difflib.SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


def _same(
    wanted: tuple[frozenset[str], ...], parts: tuple[str, ...], whole: bool, own: tuple[str, ...] = ()
) -> bool:
    if not parts or len(parts) < len(wanted):
        return False
    if whole and "".join(parts) in {key(alias.replace("/", "")) for alias in own}:
        return True
    if whole and len(wanted) == 1 and "".join(parts) in wanted[0]:
        return True
    if whole and len(parts) != len(wanted):
        return False
    return all(part in words for part, words in zip(parts[-len(wanted) :], wanted, strict=True))


_LEVELS = (
    _Level("pinned", _pinned, True),
    _Level("exact", _exact, True),
    _Level("alias", _alias, True),
    _Level("nested", _nested, True),
    _Level("part", _part, False),
    _Level("trimmed", _trimmed, False),
    _Level("general", _general, False),
    _Level("fuzzy", _alike, False),
)


def _pairs(
    level: _Level, fields: Sequence[Field], heads: Sequence[_Head]
) -> tuple[list[tuple[Field, _Head, float]], list[_Tie]]:
    """The pairs that this level settles, and the ties it leaves."""
    fitting = [(field, head, fit) for field in fields for head in heads if (fit := level.fits(field, head))]
    found: list[tuple[Field, _Head, float]] = []
    ties: list[_Tie] = []
    tied: set[str] = set()
    for field, head, fit in fitting:
        rival_heads = [h for f, h, other in fitting if f is field and other > fit - _CLEARLY]
        rival_fields = [f for f, h, other in fitting if h is head and other > fit - _CLEARLY]
        better = any((f is field or h is head) and other >= fit + _CLEARLY for f, h, other in fitting)
        if better or field.name in tied:
            continue
        if len(rival_heads) == 1 and len(rival_fields) == 1:
            found.append((field, head, fit))
        else:
            ties.append(_Tie(rival_fields, rival_heads))
            tied |= {f.name for f in rival_fields}
    return found, ties


def _tie(tie: _Tie, level: _Level, where: Place) -> Finding:
    columns = "、".join(f"{column_letters(head.column)}列“{head.written}”" for head in tie.heads)
    names = "、".join(f"“{field.heading}”" for field in tie.fields)
    several = len(tie.heads) > 1
    message = (
        f"{columns}都像{names}，分不清该读哪一列"
        if several
        else f"{columns}既像{names.replace('、', '又像')}，分不清该读作哪一项"
    )
    names_line = "".join(tie.heads[0].written.split())
    same_heading = several and len({head.written for head in tie.heads}) < len(tie.heads)
    line = f"{column_letters(tie.heads[0].column)}列" if same_heading else names_line
    required = any(field.required for field in tie.fields)
    severity = Severity.ERROR if level.strict or required else Severity.WARNING
    place = replace(where, column=tie.heads[0].column, heading=tie.heads[0].written)
    mend = f'在 --columns 文件里写明，例如："{line}" = "{tie.fields[0].heading}"'
    return Finding("columns.tie", severity, message, place, "每个字段只能对应一列", mend)


def _fuzzy(field: Field, head: _Head, confidence: float, where: Place) -> Finding:
    return Finding(
        "columns.fuzzy",
        Severity.WARNING,
        f"列“{head.written}”与“{field.heading}”相近（{confidence:.0%}），按“{field.heading}”读取",
        replace(where, column=head.column, heading=head.written),
        f"相近程度不低于 {FUZZY:.0%} 才采用",
        f'对的话请改列名；不对的话在 --columns 文件里写："{head.written}" = ""',
    )
