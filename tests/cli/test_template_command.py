"""`template`: every roster that people fill in can be had blank, and is read back when it is filled in."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.test_ledger_command import HEADINGS, Office, cadre, office
from tests.command import book
from tests.ledger.county import number

__all__ = ["office"]


def filled(blank: Path, **cells: str) -> Path:
    """The blank roster with one row under its example."""
    whole = load_workbook(blank)
    sheet = whole.worksheets[0]
    example = next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == "示例")
    assert example
    for column, cell in enumerate(sheet[example - 1], 1):
        sheet.cell(example + 1, column).value = cells.get(str(cell.value))
    whole.save(blank)
    return blank


def test_the_sheet_of_spells_is_filled_in_and_read_beside_the_roster(office: Office) -> None:
    assert office("template", "subsidies", "--roster", "任职经历", "--out", "经历.xlsx").code == 0
    book(Path("7月.xlsx"), [cadre(0, 任职经历="")], HEADINGS)
    spell = {"身份证号": number(0), "任职起始": "1980-01", "任职终止": "1996-12", "担任职务": "书记"}
    filled(Path("经历.xlsx"), 序号="1", 姓名="王甲", **spell)
    ran = office("subsidies", "7月.xlsx", "经历.xlsx", "--period", "2026-07", "--json", "-q")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    (page,) = (one for one in told["tables"] if one["name"] == "离任村干部生活补贴花名册")
    assert len(page["rows"]) == 1 and told["findings"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("subsidies", "--roster", "任职"), "是不是“任职经历”"),
        (("subsidies", "--roster", "上期发放花名册"), "可写的有：党员和离任村干部名册、任职经历、核查名单"),
        (("rate", "--roster", "任职经历"), "可写的有：党组织名册"),
    ],
)
def test_a_roster_that_nobody_fills_in_is_refused_with_those_that_are(
    office: Office, words: tuple[str, ...], said: str
) -> None:
    ran = office("template", *words)
    assert ran.code == 2 and said in ran.err, ran.err
