"""A run as one web page that stands alone: no network, no script, works from a USB stick and prints on A4.

Promise: it shows what `publishing.public` lets through and nothing else; the same run gives the same bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from sanchuang_cli.finding import Severity
from sanchuang_cli.report import appendix, layout, svg
from sanchuang_cli.report.cells import clean
from sanchuang_cli.report.layout import Fit, Head
from sanchuang_cli.report.lines import body
from sanchuang_cli.report.publishing import public
from sanchuang_cli.report.run import Run
from sanchuang_cli.table import Table

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""For browsers: this page may load nothing at all."""
_PRINTED_TYPE, _ROOM = (9.0, 7.5, 6.5, 5.5), {False: 1020, True: 1500}
"""Points that a table is printed in, the largest that fits; points times narrow characters across A4, upright or lying."""
_BESIDE = 0.6
"""Characters that a printed cell keeps free beside its text: figures of a browser's type are wider than half a character."""
_SCREEN = 32
"""Characters that a column of long text has on the screen."""
_NARROW = 14
"""Characters that a column of long text keeps when a page is crowded."""
_STYLE = """
body{font:15px/1.6 "仿宋_GB2312","FangSong","Noto Serif CJK SC",serif;color:#000;margin:0 auto;max-width:1280px;padding:1em 2em}
h1{font:normal 28px/1.4 "方正小标宋简体","SimSun","Noto Serif CJK SC",serif;text-align:center}
h2{font:normal 19px/1.4 "黑体","SimHei","Noto Sans CJK SC",sans-serif;text-align:center;margin:0 0 .5em}
section{margin:2.5em 0}
nav{border:1px solid #000;padding:.4em 1em;columns:3}nav a{display:block;color:#000}
.facts{margin:.2em 0}.caution{font-weight:bold;border:2px solid #000;padding:.2em .6em}
.scroll{overflow-x:auto}.unit{text-align:right;margin:0}
table{border-collapse:collapse;margin:0 auto;min-width:50%;font-variant-numeric:tabular-nums}
th,td{border:1px solid #000;padding:.15em .5em;text-align:center;white-space:nowrap}
th{font-family:"黑体","SimHei","Noto Sans CJK SC",sans-serif;background:#d9d9d9}
tr.total td{font-weight:bold;background:#f2f2f2}
svg.chart{display:block;width:100%;max-width:900px;margin:1em auto;font:13px "黑体","SimHei","Noto Sans CJK SC",sans-serif}
svg .t{font-size:16px;text-anchor:middle}svg .m{text-anchor:middle}svg .e{text-anchor:end}
svg .h{paint-order:stroke;stroke:#fff;stroke-width:4px}
footer{border-top:1px solid #000;margin-top:2em}
@page{size:A4;margin:18mm 14mm;@bottom-center{content:"第 " counter(page) " 页 共 " counter(pages) " 页";font-size:10pt}}
@page lying{size:A4 landscape}
@media print{
body{font-size:10.5pt;padding:0;max-width:none}nav{display:none}
section{break-before:page;margin:0}section.brief{break-before:auto;margin:1em 0}section.brief:has(svg) table{display:none}section.lying{page:lying}
.scroll{overflow:visible}table{width:calc(100% - 2px);table-layout:fixed}
th,td{white-space:normal;overflow-wrap:anywhere;padding:.1em .2em}
thead{display:table-header-group}tr,svg{break-inside:avoid}svg.chart{max-width:170mm}th,tr.total td{print-color-adjust:exact}
}
"""


def write(target: Path, run: Run) -> None:
    """Write the page at `target`, over whatever is there. Raises OSError."""
    with target.open("w", encoding="utf-8", newline="\n") as page:
        page.writelines(_page(run))


def write_brief(
    target: Path, title: str, facts: Sequence[str], caution: str, tables: Sequence[Table]
) -> None:
    """Write a short page of tables at `target`, over whatever is there. Raises OSError."""
    shown = [public(table) for table in tables]
    with target.open("w", encoding="utf-8", newline="\n") as page:
        page.writelines(_framed(title, facts, caution, shown, []))


def _page(run: Run) -> Iterator[str]:
    allowed = run.disclosure.columns
    brief = [replace(public(table, allowed), signed=False) for table in run.outcome.screen]
    whole = [public(table, allowed) for table in appendix.pages(run)]
    title = f"{run.occasion.period.title}{run.title}"
    return _framed(title, list(_summary(run)), run.caution, brief, whole)


def _framed(
    title: str, facts: Sequence[str], caution: str, brief: Sequence[Table], whole: Sequence[Table]
) -> Iterator[str]:
    """The page. brief: tables that stand together; whole: each on a sheet of paper of its own, and linked to."""
    title = _text(title)
    yield (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}'
    )
    yield from (_looks(f"b{n}", table) for n, table in enumerate(brief))
    yield from (_looks(f"t{n}", table) for n, table in enumerate(whole))
    yield f"</style></head>\n<body>{svg.patterns()}<header><h1>{title}</h1>\n"
    yield from (f'<p class="facts">{_text(line)}</p>\n' for line in facts)
    if caution:
        yield f'<p class="caution">{_text(caution)}</p>\n'
    yield "</header>\n"
    yield "<nav>" if whole else ""
    yield from (f'<a href="#t{n}">{_text(table.title)}</a>' for n, table in enumerate(whole))
    yield "</nav>\n" if whole else ""
    for n, table in enumerate(brief):
        yield from _section(f"b{n}", table, "brief")
    for n, table in enumerate(whole):
        lying, _ = layout.fits(table)
        yield from _section(f"t{n}", table, "lying" if lying else "")
    yield "</body></html>\n"


def _text(words: str) -> str:
    return escape(clean(words)).replace("\n", "<br>")


def _summary(run: Run) -> Iterator[str]:
    occasion = run.occasion
    yield f"期间：{occasion.period.title}（判定日 {occasion.on.isoformat()}）"
    yield "依据：" + "、".join(f"《{edition.title}》{edition.document}" for edition in run.editions)
    yield f"守恒：{run.outcome.tally}"
    yield "疑点：" + "，".join(f"{severity.label} {run.count(severity)}" for severity in Severity)
    if run.disclosure.columns:
        yield f"公布的栏目：{'、'.join(sorted(run.disclosure.columns))}（理由：{run.disclosure.reason}）"
    else:
        yield "本页不含证件号、账号、电话，也不含出生日期、困难情况和不予发放的原因。"
        if appendix.about_people(run):
            yield "疑点只列出处和处理办法，说明见工作簿。"


def _looks(name: str, table: Table) -> str:
    """Rules of one table: alignment, which columns wrap on the screen, type and widths on paper."""
    lying, fits = layout.fits(table)
    rules = [
        f"#{name} tr.r td:nth-child({j}),#{name} tr.total td:nth-last-child({len(fits) - j + 1})"
        f"{{text-align:{fit.align}}}"
        for j, fit in enumerate(fits, 1)
        if fit.align != "center"
    ]
    rules += [
        f"@media screen{{#{name} tr.r td:nth-child({j}){{white-space:pre-wrap;min-width:{min(fit.width, _SCREEN) / 2:.0f}em}}}}"
        for j, fit in enumerate(fits, 1)
        if fit.wraps
    ]
    spaced = [fit if fit.wraps else replace(fit, width=fit.width + _BESIDE) for fit in fits]
    size, shares = printed(spaced, _ROOM[lying])
    rules.append(f"@media print{{#{name} table{{font-size:{size}pt}}")
    rules += [f"#{name} col:nth-child({j}){{width:{share:.2f}%}}" for j, share in enumerate(shares, 1)]
    return "\n".join(rules) + "}\n"


def printed(fits: Sequence[Fit], room: float) -> tuple[float, list[float]]:
    """Points of type and per cent of the page's width for each column; long text gives way to short."""
    short = sum(fit.width for fit in fits if not fit.wraps)
    long = sum(fit.width for fit in fits if fit.wraps)
    least = sum(min(fit.width, _NARROW) for fit in fits if fit.wraps)
    size = next((s for s in _PRINTED_TYPE if short + least <= room / s), _PRINTED_TYPE[-1])
    left = max(least, room / size - short)
    widths = [
        max(min(fit.width, _NARROW), fit.width * min(1.0, left / long)) if fit.wraps else fit.width
        for fit in fits
    ]
    return size, [100 * width / sum(widths) for width in widths]


def _section(name: str, table: Table, kinds: str) -> Iterator[str]:
    yield f'<section id="{name}" class="{kinds}"><h2>{_text(table.title)}</h2>\n'
    if table.chart and table.rows:
        yield svg.chart(table, table.chart)
    if table.unit:
        yield f'<p class="unit">单位：{_text(table.unit)}</p>'
    yield f'<div class="scroll"><table><colgroup>{"<col>" * len(table.columns)}</colgroup><thead>'
    yield from _heads(table)
    yield "</thead><tbody>\n"
    if not table.rows:
        yield f'<tr><td colspan="{len(table.columns)}">（无）</td></tr>'
    for line in body(table):
        label = f'<td colspan="{line.span}">{_text(line.label)}</td>' if line.span else ""
        cells = "".join(f"<td>{_text(words)}</td>" for words in line.cells[line.span :])
        yield f'<tr class="{"total" if line.label else "r"}">{label}{cells}</tr>\n'
    yield "</tbody></table></div>"
    yield from (f'<p class="note">{_text(note)}</p>' for note in table.notes)
    yield "</section>\n"


def _heads(table: Table) -> Iterator[str]:
    depth, heads = layout.heads(table.columns)
    for level in range(depth):
        at_level = sorted((head for head in heads if head.top == level), key=lambda head: head.first)
        yield f"<tr>{''.join(map(_head, at_level))}</tr>"


def _head(head: Head) -> str:
    down, across = head.bottom - head.top + 1, head.last - head.first + 1
    spans = f' rowspan="{down}"' * (down > 1) + f' colspan="{across}"' * (across > 1)
    return f"<th{spans}>{_text(head.text)}</th>"
