"""--forms, --receipts and --request: what is written, for whom, and that it agrees with the workbook."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from sanchuang_cli.money import in_words
from sanchuang_cli.report.paper_size import WHOLE
from tests.cli.test_ledger_command import HEADINGS, Office, cadre, office
from tests.command import SAMPLES, Ran, Sanchuang, book, run_in, sanchuang
from tests.members import roster
from tests.report import printed
from tests.report.conftest import ConvertAll, all_converted

__all__ = ["all_converted", "office", "sanchuang"]

ASKED = ("--period", "2026Q3", "--on", "2026-09-30", "--quiet")
ALL = ("--forms", "表", "--receipts", "清册", "--request", "报告")
SIGNED = 25.5
"""Points of nine millimetres."""


@dataclass(frozen=True)
class Written:
    folder: Path
    ran: Ran

    def files(self, where: str, ending: str) -> list[Path]:
        return sorted((self.folder / where).glob(f"*.{ending}"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The third quarter of the sample beside the second, with all that is signed; lists for everybody."""
    folder = tmp_path_factory.mktemp("papers")
    office = run_in(folder)
    members = SAMPLES / "members.xlsx"
    assert office("subsidies", members, "--period", "2026Q2", "--out", "上期.xlsx", "-q").code == 1
    ran = office(
        "subsidies", members, *ASKED, "--previous", "上期.xlsx", "--out", "本期.xlsx", *ALL, "--json"
    )
    assert ran.code == 1, ran.err
    return Written(folder, ran)


def tables(sample: Written) -> dict[str, list[dict[str, Any]]]:
    document_tables = json.loads(sample.ran.out)["tables"]
    return {
        table["name"]: [
            dict(zip([column["title"] for column in table["columns"]], row, strict=True))
            for row in table["rows"]
        ]
        for table in document_tables
    }


def fen(words: str) -> int:
    return int(Decimal(str(words).replace(",", "")) * 100)


def prose(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_the_letter_asks_to_the_fen_for_what_the_pages_say(sample: Written) -> None:
    (path,) = sample.files("报告", "docx")
    pages, text = tables(sample), prose(path)
    townships = sum(fen(row["金额合计"]) for row in pages["分乡镇汇总表"])
    asked = re.search(r"共发放 (\d+) 人，申请资金 ([\d,.]+) 元（大写：(\S+?)）", text)
    assert asked and fen(asked[2]) == townships and asked[3] == in_words(townships)
    assert int(asked[1]) == sum(row["人数"] for row in pages["分乡镇汇总表"])
    (table,) = Document(str(path)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    amount = rows[0].index("申请金额")
    benefits = {row[1]: fen(row[amount]) for row in rows[1:-1]}
    rosters = {
        name.removesuffix("花名册"): sum(fen(row["本期金额"]) for row in page_rows)
        for name, page_rows in pages.items()
        if name.endswith("花名册")
    }
    assert benefits == rosters and fen(rows[-1][amount]) == townships
    before = sum(fen(row["上期/金额"]) for row in pages["动态变更汇总表"])
    assert f"上期（2026年第二季度）{before / 100:,.2f} 元" in text
    assert re.search(rf"本期 {townships / 100:,.2f} 元。", text)


def test_forms_are_for_those_who_are_new_and_a_file_is_a_township(sample: Written) -> None:
    pages = tables(sample)
    new = {(row["乡镇"], row["姓名"]) for row in pages["动态变更表"] if row["变动"] == "新增"}
    written = {
        (path.name.split("-")[1], table.rows[0].cells[2].text)
        for path in sample.files("表", "docx")
        for table in Document(str(path)).tables
    }
    assert new and new <= written
    waiting = {name for _, name in written - new}
    assert waiting and not waiting & {
        row["姓名"] for name, rows in pages.items() if name.endswith("花名册") for row in rows
    }


def test_lists_have_whoever_has_no_valid_account_and_come_to_their_sum(sample: Written) -> None:
    without = tables(sample)["无有效账户名单"]
    rows = [row for path in sample.files("清册", "xlsx") for row in signed_for(path)]
    assert {row[2] for row in rows} == {row["姓名"] for row in without} != set()
    assert sum(fen(row[6]) for row in rows) == sum(fen(row["金额"]) for row in without)


def signed_for(path: Path) -> list[tuple[Any, ...]]:
    (sheet,) = openpyxl.load_workbook(path).worksheets
    return [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]


def test_no_number_of_a_person_stands_whole_in_any_of_them(sample: Written) -> None:
    numbers = [
        prose(path) + cells(path) for path in (*sample.files("表", "docx"), *sample.files("报告", "docx"))
    ]
    numbers += [repr(signed_for(path)) for path in sample.files("清册", "xlsx")]
    assert len(numbers) > 3
    assert not re.search(r"(?<!\d)\d{11,}", "\n".join(numbers))


def cells(path: Path) -> str:
    return "\n".join(
        cell.text for table in Document(str(path)).tables for row in table.rows for cell in row.cells
    )


def test_run_again_they_are_the_same_bytes(sanchuang: Sanchuang, tmp_path: Path) -> None:
    roster(tmp_path)
    bytes_of = []
    for _ in range(2):
        assert sanchuang("subsidies", "名册.xlsx", *ASKED, *ALL, "--who", "all").code == 1
        bytes_of.append({path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()})
    assert bytes_of[0] == bytes_of[1]
    assert len(bytes_of[0]) == 2 + 2 * 2 + 1, "roster and result; forms and lists of two townships; a letter"


def test_everybody_signs_on_request_in_rows_of_nine_millimetres_however_it_is_printed(
    sanchuang: Sanchuang, tmp_path: Path, all_converted: ConvertAll
) -> None:
    ran = sanchuang(
        "subsidies", SAMPLES / "members.xlsx", *ASKED, "--receipts", "清册", "--who", "all", "--out", "a.xlsx"
    )
    paths = sorted((tmp_path / "清册").iterdir())
    assert ran.code == 1 and len(paths) == 8
    for path, pdf in zip(paths, all_converted(paths, "pdf"), strict=True):
        (sheet,) = openpyxl.load_workbook(path).worksheets
        scale = (sheet.page_setup.scale or WHOLE) / WHOLE
        numbered = [row[0].row for row in sheet.iter_rows() if isinstance(row[0].value, int)]
        assert numbered and min(sheet.row_dimensions[n].height for n in numbered) * scale >= SIGNED
        assert min(printed.sizes(pdf)) >= 8 - 0.05
        assert any(str(row[0].value).startswith("合计（大写）：人民币") for row in sheet.iter_rows())


def test_somebody_is_named_as_for_explain(sanchuang: Sanchuang, tmp_path: Path) -> None:
    roster(tmp_path)
    ran = sanchuang("subsidies", "名册.xlsx", *ASKED, "--forms", "表", "--who", "张建国", "--who", "赵明远")
    (path,) = (tmp_path / "表").iterdir()
    assert ran.code == 1, ran.err
    assert [table.rows[0].cells[2].text for table in Document(str(path)).tables] == ["张建国", "赵明远"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--forms", "表", "--who", "无此人"), "名册里没有“无此人”"),
        (("--who", "张建国"), "--who 要和 --forms"),
        (("--forms", "名册.xlsx"), "--forms 后面要写文件夹"),
        (("--forms", "表"), "没有本期新增的人"),
        (("--forms", "表", "--who", "all", "--unmask", "不知道"), "没有遮盖着的栏目"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is(
    sanchuang: Sanchuang, tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    given = roster(tmp_path)
    ran = sanchuang("subsidies", "名册.xlsx", *ASKED, *words)
    assert (ran.code, message in ran.err) == (2, True), ran.err
    assert list(tmp_path.iterdir()) == [given]


def test_a_number_is_whole_where_it_is_unmasked_and_that_is_recorded(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    roster(tmp_path)
    asked = ("subsidies", "名册.xlsx", *ASKED, "--forms", "表", "--who", "张建国", "--unmask", "身份证号")
    assert sanchuang(*asked).code == 1
    (path,) = (tmp_path / "表").iterdir()
    assert re.search(r"230299\d{11}[\dX]", cells(path)) and not re.search(r"999999\d{12}", cells(path))
    assert "身份证号" in (tmp_path / "不遮盖记录.jsonl").read_text("utf-8")


def test_the_countys_name_stands_in_the_letter_where_its_profile_says_it(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    roster(tmp_path)
    (tmp_path / "county.toml").write_text('[county]\nname = "望川县"\n', "utf-8")
    assert sanchuang("subsidies", "名册.xlsx", *ASKED, "--request", "报告").code == 1
    (path,) = (tmp_path / "报告").iterdir()
    text = prose(path)
    assert "望川县财政局：" in text and "中共望川县委组织部（盖章）" in text


def test_what_the_ledger_knows_was_overpaid_stands_on_the_page_of_changes(
    office: Office, tmp_path: Path
) -> None:
    """July and August are paid; in September it is told that one died in June: the last result shows August alone."""
    for number, month in enumerate(("2026-07", "2026-08"), 1):
        propose = ("batch", "propose", "subsidies", "7月.xlsx", "--period", month, "--by", "张三")
        assert office(*propose).code == 0
        office("batch", "approve", str(number), "--by", "李四")
        assert office("batch", "send", str(number), "--bank", "银行").code == 0
        assert office("batch", "paid", str(number)).code == 0
    assert office("subsidies", "7月.xlsx", "--period", "2026-08", "--out", "上期.xlsx", "-q").code == 0
    headings = (*HEADINGS, "死亡日期")
    book(tmp_path / "9月.xlsx", [[*cadre(0), "2026-06-20"], [*cadre(1), ""]], headings)
    asked = (
        "subsidies",
        "9月.xlsx",
        "--period",
        "2026-09",
        "--on",
        "2026-09-30",
        "--previous",
        "上期.xlsx",
        "--json",
    )
    changes = [changed(office(*asked)), changed(office(*asked, "--ledger", "county.db"))]
    assert [(row["变动"], row["多发月份"], row["应收回"]) for row in changes] == [
        ("死亡", "2026-08（1个月）", "505.00"),
        ("死亡", "2026-07至2026-08（2个月）", "1010.00"),
    ]


def changed(ran: Ran) -> dict[str, Any]:
    """The one line of the page of changes."""
    assert ran.code == 0, ran.err
    (page,) = (table for table in json.loads(ran.out)["tables"] if table["name"] == "动态变更表")
    (row,) = page["rows"]
    return dict(zip([column["title"] for column in page["columns"]], row, strict=True))
