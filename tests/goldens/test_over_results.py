"""The goldens of the commands over results (期限一览、一人一档、工作报告、公示): a folder with a few results, and rosters of one
person."""

from collections.abc import Sequence
from pathlib import Path
from shutil import copy

import pytest
from docx import Document

from tests.command import Ran, book, run_in
from tests.goldens.test_checkups import CHECKUPS, secretaries
from tests.goldens.test_graduates import CONTRACTS, contracts
from tests.goldens.test_pay import CADRES, cadres
from tests.goldens.written import dumped, golden
from tests.programmes.people import identity

ON = ("--on", "2026-11-28")
SECRETARY = identity("1971-04-01", number=1)
"""The number of the first of the cadres."""
MEMBERS = ("乡镇", "所在党支部", "姓名", "身份证号", "性别", "入党时间", "联系电话")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder 结果 with pay of two months, check-ups and contracts of graduates, and a roster that lies about; and a folder 名册."""
    folder = tmp_path_factory.mktemp("县")
    run = run_in(folder)
    tables: tuple[tuple[str, Sequence[Sequence[object]], Sequence[str], str], ...] = (
        ("二月.xlsx", cadres()[:4], CADRES, "在职村干部花名册"),
        ("三月.xlsx", cadres()[:6], CADRES, "在职村干部花名册"),
        ("体检册.xlsx", secretaries(), CHECKUPS, "村党组织书记体检名册"),
        ("合同.xlsx", contracts(), CONTRACTS, "大学生村官合同台账"),
    )
    for made, lines, heads, title in tables:
        book(folder / made, lines, heads, title=title)
    (folder / "结果").mkdir()
    for words in (
        ("pay", "二月.xlsx", "--period", "2026-02", "--out", "结果/报酬-2026-02.xlsx"),
        ("pay", "三月.xlsx", "--period", "2026-03", "--out", "结果/报酬-2026-03.xlsx"),
        ("checkups", "体检册.xlsx", "--period", "2026", *ON, "--out", "结果/体检.xlsx"),
        ("graduates", "合同.xlsx", "--period", "2026-10", "--out", "结果/村官.xlsx"),
    ):
        assert run(*words, "-q").code in (0, 1)
    book(folder / "结果" / "村情.xlsx", [("青禾镇", "河西村", 2100)], ("乡镇", "村", "人口"), title="村情表")
    (folder / "名册").mkdir()
    rows = (
        ("甲册.xlsx", "青禾镇", "河西村", "张书记", SECRETARY, "男", "1995.7", "13900000001"),
        ("乙册.xlsx", "青禾镇", "河西村", "张书记", SECRETARY, "男", "1996年7月1日", ""),
        ("丙册.xlsx", "望河乡", "三合村", "张书记", "", "男", "2001-07", ""),
    )
    for name, *row in rows:
        book(folder / "名册" / name, [row], MEMBERS, title="党员名册")
    return folder


def seen(ran: Ran, *books: Path) -> list[str]:
    """What was said and written, as lines."""
    return f"exit {ran.code}\n{ran.err}{''.join(map(dumped, books))}".splitlines()


def test_a_folder_of_results_gives_this_list_of_deadlines(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "期限.xlsx"
    ran = run_in(office)("due", "结果", *ON, "--details", "--out", out, COLUMNS="120")
    assert seen(said(ran, tmp_path), out) == golden("due")


def test_two_folders_give_this_file_of_a_person(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "档.xlsx"
    ran = run_in(office)("person", SECRETARY, "结果", "名册", *ON, "--out", out, COLUMNS="120")
    assert seen(said(ran, tmp_path), out) == golden("person")


def test_a_folder_of_results_gives_this_report(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "报告.xlsx"
    ran = run_in(office)("report", "结果", *ON, "--details", "--out", out, COLUMNS="120")
    assert seen(said(ran, tmp_path), out) == golden("report")


def test_the_folders_of_counties_give_this_report(office: Path, tmp_path: Path) -> None:
    """One has pay of two months, and a copy of a result of the next; that one has pay of the first month; the last has no result."""
    results = office / "结果"
    handed_in = {
        "甲县": ("报酬-2026-02.xlsx", "报酬-2026-03.xlsx", "体检.xlsx"),
        "乙县": ("体检.xlsx", "村官.xlsx"),
        "丙县": ("村情.xlsx",),
    }
    for county, names in handed_in.items():
        (tmp_path / "全市" / county).mkdir(parents=True)
        for name in names:
            copy(results / name, tmp_path / "全市" / county)
    paid = tmp_path / "全市" / "乙县" / "二月报酬.xlsx"
    assert run_in(office)("pay", "三月.xlsx", "--period", "2026-02", "--out", paid, "-q").code in (0, 1)
    out = tmp_path / "报告.xlsx"
    asked = ("report", tmp_path / "全市", "--counties", *ON, "--details", "--out", out)
    assert seen(said(run_in(office)(*asked, COLUMNS="120"), tmp_path), out) == golden("report_of_counties")


def test_a_result_gives_this_notice_with_its_proof_and_register(office: Path, tmp_path: Path) -> None:
    asked = ("notice", "结果/体检.xlsx", "--from", "2026-12-01", "--draft", "--out", tmp_path / "公示")
    ran = said(run_in(office)(*asked, COLUMNS="240"), tmp_path)
    lines = seen(ran)
    for file in sorted((tmp_path / "公示").iterdir()):
        lines += [
            f"==== {file.name}",
            *(prose(file) if file.suffix == ".docx" else dumped(file).splitlines()),
        ]
    assert lines == golden("notice")


def said(ran: Ran, folder: Path) -> Ran:
    """The same without the name of the test's folder, which is another one each time."""
    return Ran(ran.code, ran.out, ran.err.replace(f"{folder}/", ""))


def prose(path: Path) -> list[str]:
    """The paragraphs of a document, and its tables row by row."""
    document = Document(str(path))
    tables = [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return [*(paragraph.text for paragraph in document.paragraphs), *tables]
