"""The 公示: what it says, when it ends, what it never shows, and how its pages are set."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from docx.shared import Pt

from sanchuang_cli.finding import Severity
from sanchuang_cli.report import notice, noticesheet, official
from sanchuang_cli.report.notice import Posted
from sanchuang_cli.report.printing import UNSAID, Office
from sanchuang_cli.table import Table
from tests.report import postings
from tests.report.conftest import ConvertAll

POSTED = date(2026, 5, 18)
MM = 72 / 25.4
Pages = list[tuple[tuple[float, float], list[tuple[float, float, float, float, str]]]]
Writer = Callable[[Path, Posted], None]
WRITERS = pytest.mark.parametrize(
    ("write", "suffix"), [(official.write, ".docx"), (noticesheet.write, ".xlsx")], ids=["docx", "xlsx"]
)


def ready(since: date | None = POSTED, **changes: Any) -> Posted:
    return notice.posted(postings.notice(**changes), since)[0]


def prose(posted: Posted) -> str:
    return "\n".join(heading + words for heading, words in posted.paragraphs)


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_it_says_basis_matter_standard_term_and_where_to_object() -> None:
    words = prose(ready())
    for needed in (
        "某组发〔2018〕15号",
        "发放对象和金额",
        "累计任职满9年",
        "共40人，合计",
        "县委组织部组织科",
        "3120000",
    ):
        assert needed in words
    assert "不公布身份证号、出生年月、一卡通账号、联系电话、备注" in words


def test_it_counts_people_and_says_what_they_get_together() -> None:
    table = postings.listed(12)
    j = table.index("amount")
    total = sum(row[j] for row in table.rows)
    twice = replace(table, rows=[*table.rows, table.rows[0]])
    assert f"共12人，合计{total / 100:,.2f}元" in prose_of(table)
    assert f"共12人、13条，合计{(total + table.rows[0][j]) / 100:,.2f}元" in prose_of(twice)


def prose_of(table: Table, office: Office = UNSAID) -> str:
    return prose(notice.posted(postings.notice(table), POSTED, office=office)[0])


BLANKS: dict[str, Any] = {
    "issuer": "中共____县委组织部",
    "objections_to": "中共____县委组织部",
    "telephone": "______",
}
OFFICE = Office(
    "中共望川县委组织部", "中共望川县委", "中共望川县委组织部文件", "0434-3120001", "0434-3120002"
)


def test_what_the_policy_leaves_blank_the_county_says_and_what_it_says_stands() -> None:
    posted, _ = notice.posted(postings.notice(**BLANKS), POSTED, office=OFFICE)
    words = prose(posted)
    assert "向中共望川县委组织部反映，监督电话：0434-3120001" in words
    assert "政策咨询电话：0434-3120002。" in words
    assert (posted.issuer, posted.letterhead) == ("中共望川县委", "中共望川县委组织部文件")
    said, _ = notice.posted(postings.notice(), POSTED, office=OFFICE)
    assert said.issuer == "青山镇人民政府" and "向县委组织部组织科反映，监督电话：3120000" in prose(said)
    blank, _ = notice.posted(postings.notice(**BLANKS), POSTED)
    assert blank.issuer == BLANKS["issuer"] and f"监督电话：{BLANKS['telephone']}" in prose(blank)
    assert "咨询" not in prose(blank)


LONG_LETTERHEAD = replace(OFFICE, letterhead="中共望川蒙古族满族回族自治县委员会组织部文件")
TOTALS = {"7 figures": 1_234_568_00, "9 figures": 123_456_798_80}
LISTED = postings.listed(60, township="黄土岭民族乡")


def totalled(fen: int) -> Posted:
    table = postings.listed(40)
    j = table.index("amount")
    at = table.index("village")  # where a column wraps, all room that is left is its own
    long = "黄土岭民族乡向阳坡村（原河西大队第三生产小队）"
    rows = [(*row[:at], long, *row[at + 1 : j], fen // 40, *row[j + 1 :]) for row in table.rows]
    return notice.posted(postings.notice(replace(table, rows=rows)), POSTED)[0]


def specimen(draft: bool) -> Posted:
    return notice.posted(postings.notice(postings.listed(60)), POSTED, draft=draft)[0]


@pytest.fixture(scope="module")
def prints(tmp_path_factory: pytest.TempPathFactory, all_converted: ConvertAll) -> dict[str, Pages]:
    """What these tests look at in print, by the name of its file; LibreOffice starts once for all."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext 没有安装：打印的检查没有做")
    folder = tmp_path_factory.mktemp("notices")
    letter = notice.posted(postings.notice(**BLANKS), POSTED, office=LONG_LETTERHEAD)[0]
    official.write(folder / "letter.docx", letter)
    official.write(folder / "list.docx", notice.posted(postings.notice(LISTED), POSTED)[0])
    noticesheet.write(folder / "draft.xlsx", specimen(True))
    for name, fen in TOTALS.items():
        official.write(folder / f"{name}.docx", totalled(fen))
        noticesheet.write(folder / f"{name}.xlsx", totalled(fen))
    paths = sorted(folder.iterdir())
    pdfs = all_converted(paths, "pdf")
    return {path.name: printed(pdf) for path, pdf in zip(paths, pdfs, strict=True)}


def test_the_letterhead_stands_in_red_above_the_title_on_one_line(
    tmp_path: Path, prints: dict[str, Pages]
) -> None:
    posted, _ = notice.posted(postings.notice(**BLANKS), POSTED, office=OFFICE)
    official.write(tmp_path / "n.docx", posted)
    first, title = Document(str(tmp_path / "n.docx")).paragraphs[:2]
    assert (first.text, str(first.runs[0].font.color.rgb)) == (OFFICE.letterhead, "FF0000")
    assert title.text == posted.title
    words = prints["letter.docx"][0][1]
    assert "".join(box[4] for box in words).startswith(LONG_LETTERHEAD.letterhead)
    assert words[0][4] == LONG_LETTERHEAD.letterhead and words[0][2] <= 210 - 26 + 0.5


@pytest.mark.parametrize("total", TOTALS)
@pytest.mark.parametrize("suffix", [".docx", ".xlsx"], ids=["docx", "xlsx"])
def test_no_total_is_broken_in_print(prints: dict[str, Pages], suffix: str, total: str) -> None:
    _, last = prints[f"{total}{suffix}"][-1]
    words = [box[4] for box in last]
    assert any(word.startswith("合计") for word in words) and f"{TOTALS[total] / 100:,.2f}" in words


def test_every_page_of_a_specimen_says_so_in_a_document(tmp_path: Path) -> None:
    official.write(tmp_path / "n.docx", specimen(True))
    with ZipFile(tmp_path / "n.docx") as package:
        headers = [package.read(name).decode() for name in package.namelist() if "header" in name]
    assert len(headers) == 2 and all('string="样张"' in one for one in headers), "odd pages and even ones"


def test_every_page_of_a_specimen_says_so_in_a_workbook(prints: dict[str, Pages]) -> None:
    pages = prints["draft.xlsx"]
    assert len(pages) > 1 and all("样张" in [box[4] for box in words] for _, words in pages)


@WRITERS
def test_no_page_of_a_notice_says_that_it_is_a_specimen(tmp_path: Path, write: Writer, suffix: str) -> None:
    write(tmp_path / f"n{suffix}", specimen(False))
    assert not any("样张".encode() in part for part in parts(tmp_path / f"n{suffix}").values())


def test_seven_calendar_days_without_the_day_of_posting() -> None:
    assert "自2026年5月18日张贴起至2026年5月25日止，共7天（张贴当日不计算在内）" in prose(ready())


@pytest.mark.parametrize(("counted", "last"), [("counted", "5月22日"), ("not-counted", "5月25日")])
def test_D_07_five_working_days_by_either_switch(counted: str, last: str) -> None:
    words = prose(ready(days=5, counting="working-days", posting_day=counted))
    assert f"自2026年5月18日张贴起至2026年{last}止，共5个工作日" in words


@pytest.mark.parametrize(("counted", "last"), [("counted", "6月25日"), ("not-counted", "6月26日")])
def test_D_09_the_holiday_is_no_working_day(counted: str, last: str) -> None:
    words = prose(ready(date(2012, 6, 18), days=5, counting="working-days", posting_day=counted))
    assert f"至2012年{last}止" in words


def test_without_a_day_its_dates_are_left_to_the_pen() -> None:
    posted = ready(None)
    assert posted.dated == "____年__月__日"
    assert "自____年__月__日张贴起至____年__月__日止" in prose(posted)


def test_a_year_without_announced_holidays_is_a_warning_unless_the_policy_lists_them() -> None:
    changes: dict[str, Any] = {"days": 5, "counting": "working-days"}
    _, findings = notice.posted(postings.notice(**changes), date(2035, 9, 28))
    assert [(f.code, f.severity) for f in findings] == [("notice.holidays-unknown", Severity.WARNING)]
    holidays = [date(2035, 10, n) for n in range(1, 6)]
    posted, findings = notice.posted(postings.notice(**changes, holidays=holidays), date(2035, 9, 28))
    assert not findings
    assert "至2035年10月12日止" in prose(posted)


def test_two_of_one_name_are_told_apart_in_the_list_by_birth_year_alone() -> None:
    table = postings.listed(2, name="钱秀英", village="第2村", township="白水乡")
    posted, findings = notice.posted(postings.notice(table), POSTED)
    assert [row[posted.table.index("name")] for row in posted.table.rows] == [
        "钱秀英（1940年生）",
        "钱秀英（1941年生）",
    ]
    assert not findings


def test_two_who_cannot_be_told_apart_are_a_warning_with_their_rows() -> None:
    table = postings.listed(2, name="钱秀英", village="第2村", born=date(1941, 2, 2))
    _, findings = notice.posted(postings.notice(table), POSTED)
    assert [f.code for f in findings] == ["notice.same-name"]
    assert "第1、2行都是“钱秀英”" in findings[0].message


@WRITERS
def test_no_byte_of_the_file_names_a_person_by_number(tmp_path: Path, write: Writer, suffix: str) -> None:
    remark = "身份证230299194001010001，电话13900009999"
    table = postings.listed(40, village=remark)
    posted, _ = notice.posted(postings.notice(table), POSTED)
    write(tmp_path / f"n{suffix}", posted)
    secrets = [*postings.secrets(table), "230299194001010001", "13900009999", "一卡通由其子代领"]
    for name, content in parts(tmp_path / f"n{suffix}").items():
        words = content.decode("utf-8", "ignore")
        assert not [secret for secret in secrets if secret in words], name
        assert not re.search(r">[^<]*\d{11,}", words), name


@WRITERS
def test_an_unmasked_column_is_there_whole(tmp_path: Path, write: Writer, suffix: str) -> None:
    table = postings.listed(3)
    posted, _ = notice.posted(postings.notice(table), POSTED, {"身份证号"})
    write(tmp_path / f"n{suffix}", posted)
    everything = b"".join(parts(tmp_path / f"n{suffix}").values()).decode("utf-8", "ignore")
    assert all(row[table.index("identity")] in everything for row in table.rows)
    assert not any(row[table.index("account")] in everything for row in table.rows)


@WRITERS
def test_the_same_notice_gives_the_same_bytes(tmp_path: Path, write: Writer, suffix: str) -> None:
    write(tmp_path / f"a{suffix}", ready())
    write(tmp_path / f"b{suffix}", ready())
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_a_sheet_of_a_notice_hides_nothing_and_computes_nothing(tmp_path: Path) -> None:
    noticesheet.write(tmp_path / "n.xlsx", ready())
    book = openpyxl.load_workbook(tmp_path / "n.xlsx")
    assert [sheet.sheet_state for sheet in book] == ["visible"]
    sheet = book.active
    assert sheet is not None
    assert not any(d.hidden for d in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.comment or cell.data_type == "f" for cell in cells)
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_the_document_is_laid_out_as_official_documents_are(tmp_path: Path) -> None:
    official.write(tmp_path / "n.docx", ready())
    document = Document(str(tmp_path / "n.docx"))
    for section in document.sections:
        size = (section.page_width, section.page_height)
        edges = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
        assert [round(n.mm) for n in (*size, *edges) if n] == [210, 297, 37, 28, 35, 26]
    title = document.paragraphs[0]
    assert title.text == "关于2026年第二季度离任村干部生活补贴的公示"
    assert (title.runs[0].font.name, title.runs[0].font.size) == ("方正小标宋简体", Pt(22))
    body = next(p for p in document.paragraphs if "接受群众监督" in p.text)
    assert (body.runs[0].font.name, body.runs[0].font.size) == ("仿宋_GB2312", Pt(16))
    assert body.paragraph_format.line_spacing == Pt(28.95)
    assert body.paragraph_format.first_line_indent == Pt(32)
    assert document.settings.odd_and_even_pages_header_footer
    footers = (document.sections[0].footer, document.sections[0].even_page_footer)
    assert [re.sub(r"\s", "", f.paragraphs[0].text) for f in footers] == ["—1—", "—1—"]


def test_the_documents_list_has_heads_on_every_page_every_row_and_the_total(tmp_path: Path) -> None:
    posted = ready()
    official.write(tmp_path / "n.docx", posted)
    (table,) = Document(str(tmp_path / "n.docx")).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "乡镇", "村", "姓名", "性别", "月标准", "本期", "本期"]
    assert rows[1][-2:] == ["月数", "金额"]
    assert len(rows) == 2 + 40 + 1
    assert rows[2][3:] == ["赵建国", "男", "485.00", "3", "1,455.00"]
    assert rows[-1][0] == "合计（40人）"
    assert rows[-1][-1] == f"{sum(row[-1] for row in posted.table.rows) / 100:,.2f}"
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows] == [True] * 2 + [False] * 41


def printed(pdf: Path) -> Pages:
    """Each page's size and its words with their left, upper, right and lower edges; all in millimetres."""
    whole = subprocess.run(
        ["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = []
    for page in whole.split("<page ")[1:]:
        numbers = re.findall(r'(?:width|height|[xy]M(?:in|ax))="([\d.]+)"', page)
        width, height, *edges = (float(number) / MM for number in numbers)
        words = re.findall(r">([^<>]+)</word>", page)
        boxes = zip(*(edges[k::4] for k in range(4)), words, strict=True)
        pages.append(((width, height), list(boxes)))
    return pages


def test_the_document_prints_on_a4_within_its_margins_and_breaks_no_name(prints: dict[str, Pages]) -> None:
    posted, _ = notice.posted(postings.notice(LISTED), POSTED)
    pages = prints["list.docx"]
    assert {tuple(map(round, size)) for size, _ in pages} == {(210, 297)}
    for number, (_, words) in enumerate(pages, 1):
        body = [box for box in words if box[1] < 297 - 35]
        assert min(box[0] for box in body) >= 28 - 0.5
        assert max(box[2] for box in body) <= 210 - 26 + 0.5
        assert min(box[1] for box in body) >= 37 - 2  # a line's box begins above its letters
        folio = "".join(box[4] for box in words if box[1] >= 297 - 35)
        assert folio == f"—{number}—"
    texts = ["".join(box[4] for box in words) for _, words in pages]
    assert posted.title in texts[0]
    assert prose(posted).replace("\n", "").replace("____", "") in "".join(texts).replace("____", "")
    title = [box for box in pages[0][1] if box[1] < 60]
    assert len({round(box[1]) for box in title}) == 1, "the title stands on one line"
    names = {row[posted.table.index("name")] for row in posted.table.rows}
    assert names <= {box[4] for _, words in pages for box in words}
    assert not [secret for secret in postings.secrets(LISTED) if any(secret in text for text in texts)]


def test_the_documents_properties_name_nobody_and_no_time(tmp_path: Path) -> None:
    official.write(tmp_path / "n.docx", ready())
    facts = Document(str(tmp_path / "n.docx")).core_properties
    assert (facts.author, facts.last_modified_by, facts.title) == ("", "", ready().title)
    assert not any("thumbnail" in name for name in parts(tmp_path / "n.docx"))
    with ZipFile(tmp_path / "n.docx") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@WRITERS
def test_text_that_no_file_can_hold_is_written_without_harm(
    tmp_path: Path, write: Writer, suffix: str
) -> None:
    table = postings.listed(3, village="=1+1<&>\x00\x0b😀𠮷\ue000\n二行", township="x" * 40_000)
    write(tmp_path / f"n{suffix}", notice.posted(postings.notice(table), POSTED)[0])
    if suffix == ".docx":
        (drawn,) = Document(str(tmp_path / "n.docx")).tables
        assert drawn.rows[2].cells[2].text == "=1+1<&>😀𠮷\ue000\n二行"
    else:
        book = openpyxl.load_workbook(BytesIO((tmp_path / "n.xlsx").read_bytes()))
        assert "=1+1<&>😀𠮷\ue000\n二行" in [cell.value for row in book["公示"].iter_rows() for cell in row]


def test_a_list_without_people_says_nothing_of_personal_data() -> None:
    people = postings.listed()
    table = replace(people, columns=people.columns[:2], rows=[row[:2] for row in people.rows])
    assert "个人信息" not in prose(notice.posted(postings.notice(table), POSTED)[0])
