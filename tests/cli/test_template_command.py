"""`template`: every roster that people fill in can be had blank, and is read back when it is filled in."""

import json
import random
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from sanchuang_cli.programmes import PROGRAMMES
from tests.cli.test_ledger_command import HEADINGS, Office, cadre, office
from tests.command import book
from tests.ledger.county import account, number

__all__ = ["office"]


def filled(blank: Path, *people: dict[str, str]) -> Path:
    """The blank roster with a row for each of the people under its examples."""
    workbook = load_workbook(blank)
    sheet = workbook.worksheets[0]
    example = next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == "例2")
    assert example
    for column, cell in enumerate(sheet[example - 2], 1):
        for below, person in enumerate(people, 1):
            sheet.cell(example + below, column).value = person.get(str(cell.value))
    workbook.save(blank)
    return blank


def test_the_sheet_of_spells_is_filled_in_and_read_beside_the_roster(office: Office) -> None:
    assert office("template", "subsidies", "--roster", "任职经历", "--out", "经历.xlsx").code == 0
    book(Path("7月.xlsx"), [cadre(0, 任职经历="")], HEADINGS)
    spell = {"身份证号": number(0), "任职起始": "1980-01", "任职终止": "1996-12", "担任职务": "书记"}
    filled(Path("经历.xlsx"), {"序号": "1", "姓名": "王甲", **spell})
    ran = office("subsidies", "7月.xlsx", "经历.xlsx", "--period", "2026-07", "--json", "-q")
    assert ran.code == 0, ran.err
    document = json.loads(ran.out)
    (page,) = (table for table in document["tables"] if table["name"] == "离任村干部生活补贴花名册")
    assert len(page["rows"]) == 1 and document["findings"] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("subsidies", "--roster", "任职"), "是不是“任职经历”"),
        (("subsidies", "--roster", "上期发放花名册"), "可写的有：党员和离任村干部名册、任职经历、核查名单"),
        (("rate", "--roster", "任职经历"), "可写的有：党组织名册"),
    ],
)
def test_a_roster_that_nobody_fills_in_is_refused_with_those_that_are(
    office: Office, words: tuple[str, ...], message: str
) -> None:
    ran = office("template", *words)
    assert ran.code == 2 and message in ran.err, ran.err


def heads(path: Path) -> list[str]:
    return heads_of(worksheet(path.read_bytes()))


def heads_of(sheet: Any) -> list[str]:
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "序号")
    return [str(cell) for cell in row if cell]


@cache
def worksheet(content: bytes) -> Any:
    """The first sheet of a workbook, to be looked at only: the same blank roster comes in many tests."""
    return load_workbook(BytesIO(content)).worksheets[0]


def lists(path: Path) -> dict[str, list[str]]:
    """The drop-downs of a blank roster, by heading."""
    sheet = worksheet(path.read_bytes())
    named = heads_of(sheet)
    choices = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list" and rule.formula1:
            choices[named[(range_boundaries(str(rule.sqref))[0] or 0) - 1]] = rule.formula1.strip('"').split(
                ","
            )
    return choices


def test_a_blank_roster_asks_for_what_the_policy_looks_at_and_for_nothing_else(office: Office) -> None:
    asked = {}
    for policy in ("anlong-2009", "jurong-2018"):
        assert office("template", "subsidies", "--policy", policy, "--out", f"{policy}.xlsx").code == 0
        asked[policy] = heads(Path(f"{policy}.xlsx"))
        assert {"姓名", "身份证号", "开户行", "银行账号", "备注"} <= set(asked[policy])
    assert "鳏寡孤独" in asked["anlong-2009"] and "鳏寡孤独" not in asked["jurong-2018"]
    assert not {"家庭人口", "联系电话", "任职年限", "所在党支部"} & {
        *asked["anlong-2009"],
        *asked["jurong-2018"],
    }
    guide = load_workbook("anlong-2009.xlsx")["填表说明"]
    explanations = {row[0]: row[1] for row in guide.iter_rows(values_only=True)}
    assert explanations["鳏寡孤独"] == "有" and explanations["联系电话"] == "可另加一列"


def test_every_list_of_words_is_a_drop_down_with_the_policys_own_first(office: Office) -> None:
    office("template", "subsidies", "--out", "空白.xlsx")
    office("template", "subsidies", "--roster", "任职经历", "--out", "经历.xlsx")
    choices = lists(Path("空白.xlsx"))
    assert choices["离任原因"][:3] == ["正常离任", "正常", "届满"] and "免职" in choices["离任原因"]
    assert choices["财政供养"] == choices["困难台账"] == ["是", "否"] and choices["离任职务"] == [
        "书记",
        "主任",
        "会计",
    ]
    assert lists(Path("经历.xlsx")) == {"担任职务": ["书记", "主任", "会计"]}
    assert all(len(",".join(words)) <= 255 for words in choices.values())


def test_days_and_numbers_that_identify_are_text_where_they_are_typed(office: Office) -> None:
    office("template", "subsidies", "--out", "空白.xlsx")
    sheet, named = worksheet(Path("空白.xlsx").read_bytes()), heads(Path("空白.xlsx"))
    for heading in ("身份证号", "银行账号", "入党日期", "死亡日期", "任职经历"):
        assert sheet.cell(6, named.index(heading) + 1).number_format == "@", heading


def generated(dice: random.Random, who: int, words: dict[str, list[str]]) -> dict[str, str]:
    """Somebody whose every cell says something that the policy understands."""
    left = dice.randint(1990, 2005)
    spells = f"{left - 15}-03—{left - 8}-06 会计；{left - 8}-07—{left}-05 书记"
    plain = {
        "序号": str(who + 1), "乡镇": dice.choice(["青禾镇", "望河乡"]), "村": "河西村", "姓名": f"王{'甲乙丙丁'[who % 4]}",
        "身份证号": number(who), "入党日期": dice.choice(["1975-06-01", "1975-06"]), "离任职务": "书记", "任职经历": spells,
        "离任日期": f"{left}-05", "离任原因": "正常离任", "财政供养": "否", "审批日期": "2015-01-10", "开户行": "农村信用社",
        "银行账号": account(who),
    }  # fmt: skip
    accepted = ("户籍状况", "健在情况", "户口性质")
    return plain | {heading: dice.choice(words[heading][:2]) for heading in accepted}


@pytest.mark.parametrize("seed", range(3))
def test_a_filled_template_is_read_without_a_finding(office: Office, seed: int) -> None:
    office("template", "subsidies", "--out", "空白.xlsx")
    dice, words = random.Random(seed), lists(Path("空白.xlsx"))
    people = [generated(dice, who, words) for who in range(dice.randint(2, 12))]
    filled(Path("空白.xlsx"), *people)
    ran = office("subsidies", "空白.xlsx", "--period", "2026-07", "--json", "-q")
    document = json.loads(ran.out)
    assert ran.code == 0 and document["findings"] == []
    assert document["summary"]["read"] == len(people)
    assert document["summary"]["parts"][0] == {"what": "发放", "count": len(people)}


def test_an_untouched_template_pays_nobody_and_says_so(office: Office) -> None:
    for entry in PROGRAMMES:
        office("template", entry.name, "--out", "空白.xlsx")
        ran = office(entry.name, "空白.xlsx", "--period", "2026", "--out", "结果.xlsx")
        assert ran.code == 2 and "一行数据也没有读到" in ran.err and "空白表" in ran.err
        assert not Path("结果.xlsx").exists()


def test_nobody_is_paid_by_an_example_that_lost_its_mark(office: Office) -> None:
    office("template", "subsidies", "--out", "空白.xlsx")
    named = heads(Path("空白.xlsx"))
    examples = worksheet(Path("空白.xlsx").read_bytes()).iter_rows(min_row=4, max_row=5, values_only=True)
    rows = [list(row[1 : len(named)]) for row in examples]
    book(Path("删列.xlsx"), rows, named[1:])  # without the first column: the name tells
    assert "一行数据也没有读到" in office("subsidies", "删列.xlsx", "--period", "2026-07").err
    bare = [[str(cell).removesuffix("（例）") for cell in row] for row in rows]
    book(Path("无记号.xlsx"), bare, named[1:])
    document = json.loads(office("subsidies", "无记号.xlsx", "--period", "2026-07", "--json", "-q").out)
    assert document["summary"]["set_aside"] == 2 and document["summary"]["parts"][0]["count"] == 0
    assert any(finding["code"].startswith("identity.") for finding in document["findings"])


def test_a_townships_set_has_every_roster_and_a_page_that_says_how(office: Office) -> None:
    ran = office("template", "--all", "整套")
    assert ran.code == 0
    sheets = {path.stem for path in Path("整套").glob("*.xlsx")}
    rosters = {
        f"{entry.title}-{wanted.title}"
        for entry in PROGRAMMES
        for wanted in (*(main.wanted for main in entry.load().mains.values()), *entry.load().serving.values())
    }
    assert sheets == rosters and len(rosters) > len(PROGRAMMES)
    words = "\n".join(paragraph.text for paragraph in Document("整套/填报说明.docx").paragraphs)
    assert all(f"{sheet}.xlsx" in words for sheet in sheets)
    assert all(words_needed in words for words_needed in ("例1", "报送时间", "联系人", "电话"))


def test_the_set_follows_the_jobs_of_the_folder(office: Office) -> None:
    job = 'name = "补贴"\nprogramme = "subsidies"\ninputs = ["收"]\nperiod = "last-month"\nout = "果.xlsx"\n'
    Path("jobs.toml").write_text(f'maker = "王"\n[[job]]\n{job}policy = "anlong-2009"\n', "utf-8")
    Path("county.toml").write_text('[county]\nname = "某某县"\n', "utf-8")
    assert office("template", "--all", "整套").code == 0
    assert {path.stem for path in Path("整套").glob("*.xlsx")} == {
        "生活补贴-党员和离任村干部名册",
        "生活补贴-任职经历",
    }
    assert "鳏寡孤独" in heads(Path("整套/生活补贴-党员和离任村干部名册.xlsx"))
    assert Document("整套/填报说明.docx").paragraphs[0].text == "某某县名册填报说明"
    again = Path("整套/填报说明.docx").read_bytes()
    assert office("template", "--all", "整套").code == 0 and Path("整套/填报说明.docx").read_bytes() == again


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "请写明程序"),
        (("--all", "整套", "--out", "一.xlsx"), "不和 --out"),
        (("--all", "整套", "--policy", "anlong-2009"), "请写明程序"),
    ],
)
def test_what_cannot_be_meant_is_refused(office: Office, words: tuple[str, ...], message: str) -> None:
    ran = office("template", *words)
    assert ran.code == 2 and message in ran.err and not Path("整套").exists()
