"""Decides which column of a table is which field of a roster, and reads the --columns file that a person may give.

fitting.py compares headings on levels from certain to doubtful; a field takes the first level that offers it a column. If
two columns fit on one level, none is chosen: that is a tie, and its finding gives the --columns line that settles it.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from sanchuang_cli.finding import Finding, Place, Severity, UserError, column_letters, reason
from sanchuang_cli.policy_errors import meant, syntax_complaint
from sanchuang_cli.record import Field, Wanted
from sanchuang_cli.roster.books.text import decoded
from sanchuang_cli.roster.columns.aliases import ALIASES
from sanchuang_cli.roster.columns.fitting import FUZZY, LEVELS, How, Level, SplitHeading, fitting, taken_apart
from sanchuang_cli.roster.columns.headings import holds_remarks, key
from sanchuang_cli.roster.grid import Area

_KNOWN = frozenset(key(name) for heading, others in ALIASES.items() for name in (heading, *others))
REMARKS = "备注"
"""The heading of the field in which a roster keeps remarks."""
_CLEARLY = 0.05
"""The best fit must be better than the second best by so much, or they are tied."""


@dataclass(frozen=True, slots=True)
class Match:
    """A field and the column it is read from. column: the index in the table's columns. heading: as it is written there.

    confidence: from 0 to 1. how: the level on which they were matched.
    """

    field: Field
    column: int
    heading: str
    confidence: float
    how: How


@dataclass(frozen=True)
class Matching:
    """How the columns of a table and the fields of a roster go together. Columns are given by their index in the table.

    matches: by the name of the field. missing: required fields without a column, not even a tied one. unmatched: headings
    of columns that no field took. unknown: those of them that no roster knows. remarks: columns that hold remarks, whether
    a field took them or not. ties: what must be settled before the table can be read. findings: the other findings. tied:
    the columns of all ties, each with the most important field that it may be.
    """

    matches: Mapping[str, Match]
    missing: tuple[Field, ...]
    unmatched: tuple[str, ...]
    unknown: tuple[tuple[int, str], ...]
    remarks: tuple[tuple[int, str], ...]
    ties: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    tied: Mapping[int, Field]


def pinned_columns(path: Path) -> dict[str, str]:
    """The lines of a --columns file: `"列标题" = "字段标题"`, where "" leaves the column unread.

    `"文件" = "名册"` states which roster the tables of a book are, `"文件 工作表" = "名册"` those of one sheet. Raises UserError
    for a file that cannot be read.
    """
    try:
        text = decoded(path.name, path.read_bytes())
        pinned = tomllib.loads(text)
    except OSError as trouble:
        raise UserError(
            f"列对照文件 {path.name} 打不开：{reason(trouble)}。请核对 --columns 的路径。"
        ) from None
    except tomllib.TOMLDecodeError as trouble:
        raise UserError(
            f"列对照文件 {path.name} 看不懂：{syntax_complaint(str(trouble), text)}"
            '每行应写成 "列标题" = "字段标题"。'
        ) from None
    for heading, field in pinned.items():
        if not isinstance(field, str):
            raise UserError(
                f'列对照文件 {path.name}：“{heading}”后应是引号里的字段标题，如 "电话" = "联系电话"。'
            )
    return pinned


def check_pinned(pinned: Mapping[str, str], rosters: Iterable[Wanted[Any]]) -> None:
    """Raises UserError for a line whose right side is neither the heading of a field nor the title of a roster."""
    known, titles = _pinnable(rosters)
    for column, heading in pinned.items():
        if heading and heading not in known | titles:
            raise UserError(
                f"--columns 把“{column}”指给“{heading}”，但没有这个字段，也没有这种名册{meant(heading, sorted(known | titles))}。可用的字段：{'、'.join(sorted(known))}；名册：{'、'.join(sorted(titles))}。"
            )


def _pinnable(rosters: Iterable[Wanted[Any]]) -> tuple[set[str], set[str]]:
    """What may stand on the right side of a --columns file: the headings of fields, and the titles of rosters."""
    wanted = list(rosters)
    headings = {field.heading for roster in wanted for field in roster.fields}
    return headings, {roster.title for roster in wanted}


def pins_for(pinned: Mapping[str, str], rosters: Iterable[Wanted[Any]]) -> dict[str, str]:
    """The lines of a --columns file that concern these rosters; the others may be meant for other rosters."""
    headings, titles = _pinnable(rosters)
    return {column: meant for column, meant in pinned.items() if not meant or meant in headings | titles}


def unused_pins(pinned: Mapping[str, str], tables: Iterable[Area], books: Iterable[str]) -> list[Finding]:
    """A warning for each line whose left side is no column of the tables and none of the books: it may be mistyped."""
    there: set[str] = set()
    for table in tables:
        for index, heading in enumerate(table.columns):
            there |= {key(heading), key(_letter(table.left + index))}
    names = tuple({key(name) for book in books for name in (book, book.rpartition("/")[2])})
    return [
        Finding(
            "columns.not-there",
            Severity.WARNING,
            f"--columns 里的“{heading}”在哪张表里都没有这一列，也没有这个文件",
            Place("--columns 文件", heading=heading),
            mend="照表里的写法改正，或删去这一行。",
        )
        for heading in pinned
        if key(heading) not in there and not key(heading).startswith(names)
    ]


def match(
    columns: Sequence[str],
    fields: Sequence[Field],
    where: Place,
    left: int = 1,
    pinned: Mapping[str, str] | None = None,
) -> Matching:
    """Matches the columns of a table, named as in an Area, to the fields of a roster.

    left: the number of the first column in the sheet. where: the place that findings give. pinned: of a --columns file.
    """
    by_heading = {key(column): heading for column, heading in (pinned or {}).items()}
    heads = [
        taken_apart(index, left + index, written, _pin(written, left + index, by_heading))
        for index, written in enumerate(columns)
        if key(written)
    ]
    matches, findings, ties = _by_level(fields, heads, where)
    tied = {field.name for tie in ties for field in tie.fields}
    taken = {taken_match.column for taken_match in matches.values()}
    left_over = [head for head in heads if head.at not in taken]
    return Matching(
        matches,
        tuple(
            field
            for field in fields
            if field.needed and not field.from_sender and field.name not in matches.keys() | tied
        ),
        tuple(head.written for head in left_over),
        tuple((head.at, head.written) for head in left_over if not _is_known(head)),
        _of_remarks(heads, matches),
        tuple(finding for finding in findings if finding.severity is Severity.ERROR),
        tuple(finding for finding in findings if finding.severity is not Severity.ERROR),
        {head.at: _weightiest(tie.fields) for tie in ties for head in tie.heads},
    )


def _weightiest(fields: Sequence[Field]) -> Field:
    """The first field that is required, else the first of all."""
    return next((field for field in fields if field.needed), fields[0])


def _by_level(
    fields: Sequence[Field], heads: Sequence[SplitHeading], where: Place
) -> tuple[dict[str, Match], list[Finding], list["_Tie"]]:
    """The matches, the findings and the ties, level by level. A field or column that is settled takes no further part;
    tied columns stay open for other fields."""
    readable = [head for head in heads if head.pinned != ""]
    fits = [(at, head, found) for head in readable for at, found in fitting(fields, head)]
    left = [(fields[at], head, found) for at, head, found in sorted(fits, key=itemgetter(0))]
    matches: dict[str, Match] = {}
    findings: list[Finding] = []
    tied: list[_Tie] = []
    for at, level in enumerate(LEVELS):
        settled, ties = _pairs([(field, head, found[at]) for field, head, found in left if found[at]])
        for field, head, confidence in settled:
            matches[field.name] = Match(field, head.at, head.written, confidence, level.how)
            if level.how == "fuzzy":
                findings.append(_fuzzy(field, head, confidence, where))
        findings += [_tie(tie, level, where) for tie in ties]
        tied += ties
        done_fields = matches.keys() | {field.name for tie in tied for field in tie.fields}
        done_heads = {head.at for _, head, _ in settled}
        left = [fit for fit in left if fit[0].name not in done_fields and fit[1].at not in done_heads]
    return matches, findings, tied


def _is_known(head: SplitHeading) -> bool:
    """Whether a column is left unread on purpose, or has a heading that some roster knows."""
    parts = (key(head.written), *head.words.parts[-1:], *head.words.bare[-1:])
    return head.pinned == "" or any(part in _KNOWN for part in parts) or holds_remarks(head.written)


def _of_remarks(heads: Sequence[SplitHeading], matches: Mapping[str, Match]) -> tuple[tuple[int, str], ...]:
    """The columns of remarks, by their heading or by the field that took them. One that is left unread does not count."""
    taken = {taken_match.column for taken_match in matches.values() if taken_match.field.heading == REMARKS}
    return tuple(
        (head.at, head.written)
        for head in heads
        if head.pinned != "" and (head.at in taken or holds_remarks(head.written))
    )


def known_headings(field: Field) -> tuple[str, ...]:
    """The headings by which a field is looked for, its own first."""
    return tuple(dict.fromkeys((field.heading, *field.aliases, *ALIASES.get(field.heading, ()))))


def _letter(column: int) -> str:
    """The name of a column by its letter, for columns whose heading is not enough: C列."""
    return f"{column_letters(column)}列"


class _Tie(NamedTuple):
    fields: list[Field]
    heads: list[SplitHeading]


def _pin(written: str, column: int, pinned: Mapping[str, str]) -> str | None:
    """The field heading that a --columns file gives a column, by the column's heading or letter; None for no line."""
    return pinned.get(key(written), pinned.get(key(_letter(column))))


def _pairs(
    fitting: Sequence[tuple[Field, SplitHeading, float]],
) -> tuple[list[tuple[Field, SplitHeading, float]], list[_Tie]]:
    """The pairs of field and column that one level settles, each with its confidence, and the ties it leaves.

    fitting: all pairs that fit on this level, with their confidence."""
    settled: list[tuple[Field, SplitHeading, float]] = []
    ties: list[_Tie] = []
    tied: set[str] = set()
    for field, head, fit in fitting:
        rival_heads = [h for f, h, other in fitting if f is field and other > fit - _CLEARLY]
        rival_fields = [f for f, h, other in fitting if h is head and other > fit - _CLEARLY]
        better = any((f is field or h is head) and other >= fit + _CLEARLY for f, h, other in fitting)
        if better or field.name in tied:
            continue
        if len(rival_heads) == 1 and len(rival_fields) == 1:
            settled.append((field, head, fit))
        else:
            ties.append(_Tie(rival_fields, rival_heads))
            tied |= {f.name for f in rival_fields}
    return settled, ties


def _tie(tie: _Tie, level: Level, where: Place) -> Finding:
    """The finding for a tie, with the line for a --columns file that settles it."""
    columns = "、".join(f"{_letter(head.column)}“{head.written}”" for head in tie.heads)
    names = "、".join(f"“{field.heading}”" for field in tie.fields)
    several = len(tie.heads) > 1
    message = (
        f"{columns}都像{names}，分不清该读哪一列"
        if several
        else f"{columns}既像{names.replace('、', '又像')}，分不清该读作哪一项"
    )
    names_line = "".join(tie.heads[0].written.split())
    same_heading = several and len({head.written for head in tie.heads}) < len(tie.heads)
    line = _letter(tie.heads[0].column) if same_heading else names_line
    required = any(field.required for field in tie.fields)
    severity = Severity.ERROR if level.strict or required else Severity.WARNING
    place = replace(where, column=tie.heads[0].column, heading=tie.heads[0].written)
    mend = f'在 --columns 文件里写明，例如："{line}" = "{tie.fields[0].heading}"'
    return Finding("columns.tie", severity, message, place, "每个字段只能对应一列", mend)


def _fuzzy(field: Field, head: SplitHeading, confidence: float, where: Place) -> Finding:
    """The warning for a column that was taken because its heading only looks like the field's."""
    return Finding(
        "columns.fuzzy",
        Severity.WARNING,
        f"列“{head.written}”与“{field.heading}”相近（{confidence:.0%}），按“{field.heading}”读取",
        replace(where, column=head.column, heading=head.written),
        f"相近程度不低于 {FUZZY:.0%} 才采用",
        f'对的话请改列名；不对的话在 --columns 文件里写："{head.written}" = ""',
    )
