"""Prints the outcome of `sanchuang check` for people: every finding at its cell, with its rule and mend. None
is left out.

It may look at findings and tallies only.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.report.whom import Named
from sanchuang_cli.tally import Tally

_LOOKS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def show(
    terminal: Console,
    findings: Sequence[Finding],
    tallies: Sequence[tuple[str, Tally, str]],
    named: Named,
) -> None:
    """Print the findings file by file.

    tallies: the name of each file, where its rows went, and why it could not be read. named: whom findings
    are about.
    """
    for name, tally, error in tallies:
        terminal.print(Text(name, style="bold"), soft_wrap=True)
        if error:
            terminal.print(Text(f"  {error}", style=_LOOKS[Severity.ERROR]), soft_wrap=True)
            continue
        about = [f for f in findings if f.place.book == name]
        for line in _lines(about, named):
            terminal.print(line, soft_wrap=True)
        terminal.print(Text(f"  守恒：{tally}" + ("" if about else "；没有疑点")), soft_wrap=True)


def _lines(findings: Sequence[Finding], named: Named) -> Iterator[Text]:
    """Return the lines, by sheet and kind, the most serious first: the rule and mend once, then every
    place."""
    kinds: dict[tuple[int, str, str, str, str], list[Finding]] = defaultdict(list)
    for f in findings:
        kinds[list(Severity).index(f.severity), f.place.sheet, f.code, f.basis, f.mend].append(f)
    for (_, sheet, code, basis, mend), members in sorted(kinds.items(), key=lambda item: item[0]):
        severity = members[0].severity
        head = Text("  ").append(severity.label, style=_LOOKS[severity])
        yield head.append(f" {len(members)} 条" + (f"　{sheet}" if sheet else "") + f"（{code}）")
        for f in members:
            whom = named.of(f)
            about = f"{whom.name}：{whom.said(f)}" if whom.name else f.message
            yield Text(f"    {f.place.spot or '整张表':<6} {about}")
        if basis:
            yield Text(f"      依据：{basis}", style="dim")
        if mend:
            yield Text(f"      改法：{mend}", style="dim")


def summary(findings: Sequence[Finding]) -> str:
    """Write 错误 3，警告 2，提示 0."""
    return "，".join(f"{s.label} {sum(f.severity is s for f in findings)}" for s in Severity)
