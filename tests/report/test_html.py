"""The web page of a run: whole, alone, masked, the same every time, and as a browser shows and prints it."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.report import html, svg
from sanchuang_cli.report.chart import FILLS
from sanchuang_cli.report.geometry import ColumnFit
from sanchuang_cli.report.run import Disclosure, Run
from sanchuang_cli.report.templates import template
from sanchuang_cli.table import Chart, Column, Table
from tests.report import made_up, postings

Browser = Callable[..., Path]


def page(folder: Path, run: Run) -> str:
    html.write(folder / "run.html", run)
    return (folder / "run.html").read_text("utf-8")


def with_tables(run: Run, *tables: Table) -> Run:
    return replace(run, outcome=replace(run.outcome, tables=tables, on_terminal=()))


def test_summary_tables_findings_and_their_places_are_there(tmp_path: Path, run: Run) -> None:
    words = page(tmp_path, run)
    for table in run.outcome.tables:
        assert f"<h2>{table.title}</h2>" in words
    assert str(run.outcome.tally) in words
    assert run.caution in words
    assert "<td>rate.points-over-maximum</td>" in words
    assert "<td>Sheet1 G5</td>" in words
    assert "超过满分 100" not in words  # it might tell what is never published
    assert "b2" * 32 in words


def test_no_byte_names_a_person_by_number(tmp_path: Path, run: Run) -> None:
    secret, phone = "230299194001010001", "13900009999"
    table = postings.listed(40, village=f"身份证{secret}，电话{phone}")
    finding = Finding("x.y", Severity.ERROR, f"“{secret}”", Place(f"{phone}.xlsx", phone, 3), phone, secret)
    odd = with_tables(run, table, made_up.roster())
    odd = replace(odd, outcome=replace(odd.outcome, findings=(finding,)))
    words = page(tmp_path, odd)
    secrets = [*postings.secrets(table), *postings.secrets(made_up.roster()), secret, phone]
    assert not [one for one in secrets if one in words]
    assert "一卡通由其子代领" in words  # a remark that made_up does not call private


def test_what_is_unmasked_is_whole_and_says_why(tmp_path: Path, run: Run) -> None:
    table = postings.listed(3)
    shown = replace(with_tables(run, table), disclosure=Disclosure(frozenset({"身份证号"}), "县纪委核查"))
    words = page(tmp_path, shown)
    assert all(row[table.index("identity")] in words for row in table.rows)
    assert not any(row[table.index("account")] in words for row in table.rows)
    assert "县纪委核查" in words


def test_the_same_run_gives_the_same_bytes(tmp_path: Path, run: Run) -> None:
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    html.write(first, run)
    html.write(second, run)
    assert first.read_bytes() == second.read_bytes()
    assert not re.search(r"\d\d:\d\d", first.read_text("utf-8"))


class Elements(HTMLParser):
    """Start tags with their attributes, and that every one is closed in its order."""

    VOID = frozenset({"meta", "br", "col", "rect", "path", "circle", "line"})

    def __init__(self, words: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_it_loads_nothing_and_runs_nothing(tmp_path: Path, run: Run) -> None:
    parsed = Elements(page(tmp_path, run))
    assert not parsed.open
    assert not {tag for tag, _ in parsed.found} & {"script", "link", "img", "iframe", "object", "form"}
    for _, attributes in parsed.found:
        assert not {"src", "onload", "onclick", "srcset", "data"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert {
        "content": "default-src 'none'; style-src 'unsafe-inline'",
        "http-equiv": "Content-Security-Policy",
    } in [attributes for _, attributes in parsed.found]


def test_text_from_a_roster_is_never_markup(tmp_path: Path, run: Run) -> None:
    nasty = "<script>alert(1)</script>\"'&\x00\x0b</td>"
    words = page(tmp_path, with_tables(run, postings.listed(2, village=nasty, name=nasty)))
    assert "<script" not in words
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;&lt;/td&gt;" in words
    assert not Elements(words).open


def test_nothing_that_is_put_into_a_page_is_markup(tmp_path: Path) -> None:
    nasty = "<b>\"'&"
    columns = (
        Column("t", nasty),
        Column("a", f"{nasty}/甲", Kind.COUNT),
        Column("b", f"{nasty}/乙", Kind.COUNT),
    )
    chart = Chart(nasty, "t", ("a", "b"))
    table = Table(nasty, nasty, columns, [(nasty, 1, 2)], chart=chart, notes=(nasty,), unit=nasty)
    html.write_brief(tmp_path / "brief.html", nasty, [nasty], nasty, [table])
    words = (tmp_path / "brief.html").read_text("utf-8")
    assert "<b>" not in words
    assert words.count("&lt;b&gt;&#34;&#39;&amp;") == 13


def test_totals_stand_under_their_columns(tmp_path: Path, run: Run) -> None:
    table = postings.listed()
    total = f"{sum(row[table.index('amount')] for row in table.rows) / 100:,.2f}"
    words = page(tmp_path, with_tables(run, table))
    assert (
        f'<tr class="total"><td colspan="6">合计（{len(table.rows)}人）</td><td>120</td><td>{total}</td></tr>'
        in words
    )


def test_totals_are_aligned_as_their_columns_are(tmp_path: Path, run: Run) -> None:
    words = page(tmp_path, with_tables(run, postings.listed()))
    last = "#t1 tr.r td:nth-child(8),#t1 tr.total td:nth-last-child(1){text-align:right}"  # 金额 is the last of eight
    assert last in words


def test_printed_widths_fill_the_page_and_long_text_gives_way() -> None:
    fits = [ColumnFit(8, False, "center")] * 10 + [ColumnFit(60, True, "left")] * 3
    size, shares = html.printed(fits, 1500)
    assert sum(shares) == pytest.approx(100)
    assert size * sum(fit.width for fit in fits[:10]) <= 1500
    assert shares[0] * 1500 / size / 100 == pytest.approx(8, rel=0.02)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 1), (1, 1), (7, 8), (30, 30), (34, 40), (101, 120), (0.93, 1.0), (9_999, 10_000)]
)
def test_an_axis_has_few_round_ticks_and_reaches_the_longest_bar(most: float, top: float) -> None:
    found = svg.ticks(most)
    assert found[-1] == pytest.approx(top)
    assert 2 <= len(found) <= 8


def picture(table: Table, chart: Chart) -> str:
    return template("chart.svg").render(chart=svg.Drawing(table, chart))


def bars(drawn: str) -> list[float]:
    return [
        float(width)
        for width in re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="18"', drawn)
    ]


def test_pages_and_workbooks_have_as_many_different_fills_as_ten_stars_need() -> None:
    drawn = re.findall(r'<pattern id="fill(\d+)"[^>]*>(.*)</pattern>', template("fills.svg").render())
    assert [int(number) for number, _ in drawn] == list(range(svg.FILLS))
    assert len({of for _, of in drawn}) == len({str(fill) for fill in FILLS}) == svg.FILLS >= 10 + 1


def test_bars_are_as_long_as_their_values_and_each_series_has_its_own_fill() -> None:
    columns = (Column("t", "乡镇"), Column("a", "甲", Kind.MONEY), Column("b", "乙", Kind.MONEY))
    table = Table("表", "表", columns, [("一", 100_00, 300_00), ("二", 200_00, None)])
    for kind in ("bar", "column", "stacked"):
        drawn = picture(table, Chart("图", "t", ("a", "b"), kind))
        one, three, two = bars(drawn)
        assert [three / one, two / one] == pytest.approx([3, 2], rel=0.01)
        assert {"url(#fill0)", "url(#fill1)"} <= set(re.findall(r"url\(#fill\d\)", drawn))


def test_names_in_a_chart_are_escaped() -> None:
    table = Table("表", "表", (Column("t", "乡镇"), Column("a", "甲", Kind.COUNT)), [("<b>&", 1)])
    assert "&lt;b&gt;&amp;" in picture(table, Chart("图<", "t", ("a",)))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Headless Chromium: a page as a picture or as paper."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium 没有安装：网页的显示和打印没有检查")
    profile = tmp_path_factory.mktemp("chromium")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]

    def show(source: Path, option: str, target: Path, *more: str) -> Path:
        subprocess.run(
            [program, *options, f"--{option}={target}", *more, source.as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return target

    return show


def test_a_browser_shows_the_page(tmp_path: Path, run: Run, browser: Browser) -> None:
    page(tmp_path, run)
    picture = browser(tmp_path / "run.html", "screenshot", tmp_path / "page.png", "--window-size=1280,2000")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 50_000  # an empty page of this size takes about 10 kB


def test_a_browser_prints_it_on_a4_with_heads_on_every_page(
    tmp_path: Path, run: Run, browser: Browser
) -> None:
    if not shutil.which("pdfinfo"):
        pytest.skip("poppler 没有安装：打印出的纸没有检查")
    page(tmp_path, with_tables(run, made_up.roster(), made_up.stars()))
    paper = browser(tmp_path / "run.html", "print-to-pdf", tmp_path / "page.pdf", "--no-pdf-header-footer")
    facts = subprocess.run(
        ["pdfinfo", "-f", "1", "-l", "99", paper], check=True, capture_output=True, text=True
    ).stdout
    sizes = {
        tuple(round(float(n)) for n in found)
        for found in re.findall(r"size:\s+([\d.]+) x ([\d.]+) pts", facts)
    }
    assert sizes == {(595, 842), (842, 595)}
    words = subprocess.run(
        ["pdftotext", "-layout", paper, "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = words.split("\f")[:-1]
    assert f"第{len(pages)}页共{len(pages)}页" in re.sub(r"\s", "", pages[-1])
    roster = [one for one in pages if "485.00" in one]
    assert len(roster) > 1
    assert all("月标准" in re.sub(r"\s", "", one) for one in roster)
