"""`sanchuang subsidies` and `explain` on the sample county: what is written is read back and added up."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import load_workbook

from sanchuang_cli.report import document, explained
from tests.command import ROOT, SAMPLES, Ran, Sanchuang, book, run_in
from tests.members import people, roster

MEMBERS = SAMPLES / "members.xlsx"
PAGES = ("离任村干部生活补贴花名册", "生活困难党员补贴花名册", "老党员定期补助花名册")
BENEFITS = tuple(page.removesuffix("花名册") for page in PAGES)


@dataclass(frozen=True)
class Chain:
    """Two quarters of the sample county, the second with --previous, --bank and --notice."""

    folder: Path
    before: Ran
    ran: Ran

    @property
    def workbook(self) -> Path:
        return self.folder / "members-生活补贴-2026Q3.xlsx"

    def page(self, name: str) -> list[dict[str, Any]]:
        return page(self.workbook, name)

    def person(self, name: str) -> list[dict[str, Any]]:
        return [row for name_of_page in PAGES for row in self.page(name_of_page) if row["姓名"] == name]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    folder = tmp_path_factory.mktemp("county")
    shutil.copy(MEMBERS, folder)
    run = run_in(folder)
    before = run("subsidies", "members.xlsx", "--period", "2026Q2", "--out", "上期.xlsx")
    asked = ("--period", "2026Q3", "--previous", "上期.xlsx", "--json")
    beside = ("--bank", "代发", "--notice", "公示", "--notice-from", "2026-10-08", "--draft")
    return Chain(folder, before, run("subsidies", "members.xlsx", *asked, *beside))


def page(workbook: Path, name: str) -> list[dict[str, Any]]:
    """The numbered rows of a written page, by its headings."""
    return [row for title, rows in pages(workbook) if title == name for row in rows]


@cache
def pages(workbook: Path) -> list[tuple[str, list[dict[str, Any]]]]:
    sheets = load_workbook(workbook, data_only=True).worksheets
    return [
        (sheet.title.partition("(")[0], numbered([*sheet.iter_rows(values_only=True)])) for sheet in sheets
    ]


def numbered(lines: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Rows whose 序号 is a number; "A/B" is the heading B under a merged A."""
    start = next((i for i, line in enumerate(lines) if line[0] == "序号"), None)
    if start is None:
        return []
    nested = lines[start + 1][0] is None
    heads, group = [], ""
    for upper, lower in zip(lines[start], lines[start + 1], strict=True):
        group = str(upper or group)
        heads.append(f"{group}/{lower}" if nested and lower else group)
    return [dict(zip(heads, line, strict=True)) for line in lines[start + 1 :] if isinstance(line[0], int)]


def fen(amount: Any) -> int:
    return int(Decimal(str(amount or 0)) * 100)


def texts(path: Path) -> str:
    """Everything that is written in a .docx or .xlsx."""
    with zipfile.ZipFile(path) as parts:
        text = "".join(parts.read(n).decode() for n in parts.namelist() if n.endswith((".xml", ".rels")))
    return re.sub(r"<[^>]+>", " ", text)


def test_the_sample_is_paid_but_for_the_rows_set_aside_and_exits_1(chain: Chain) -> None:
    assert chain.before.code == chain.ran.code == 1
    assert "生活补贴 2026年第三季度（判定日 2026-09-30）" in chain.ran.err
    conservation = re.search(
        r"读取 877 = 发放 (\d+) \+ 不予发放 (\d+) \+ 不属补贴对象 (\d+) \+ 重复合并 1 \+ 待核\s*实 (\d+)",
        chain.ran.err,
    )
    assert conservation
    paid, refused, outside, aside = map(int, conservation.groups())
    assert paid + refused + outside + 1 + aside == 877
    assert len({row["身份证号"] for sheet in PAGES for row in chain.page(sheet)}) == paid
    assert f"另有 {aside} 条待核实，未列入" in chain.ran.err


def test_json_keeps_to_the_schema_of_a_run(chain: Chain) -> None:
    written = json.loads(chain.ran.out)
    jsonschema.validate(written, json.loads((ROOT / "docs/schema/run.schema.json").read_text("utf-8")))
    without_hashes = re.sub(r"[0-9a-f]{64}", "", chain.ran.out + chain.ran.err)
    assert not re.search(r"\d{17}[\dX]", without_hashes), "an identity number stands whole"


def test_the_rosters_add_up_to_the_townships_and_to_the_bank_and_those_without_an_account(
    chain: Chain,
) -> None:
    rosters = sum(fen(row["本期金额"]) for sheet in PAGES for row in chain.page(sheet))
    townships = sum(fen(row["金额合计"]) for row in chain.page("分乡镇汇总表"))
    without = chain.page("无有效账户名单")
    files = [file for file in (chain.folder / "代发").glob("*.xlsx") if "核对单" not in file.name]
    sent = [line for file in files for line in bank_lines(file)]
    assert len(files) == len(BENEFITS)
    assert (
        rosters == townships == sum(fen(line[4]) for line in sent) + sum(fen(row["金额"]) for row in without)
    )
    assert rosters > 0
    assert {row["姓名"] for row in without} == {"贾无卡", "贾未办", "贾失数", "贾错卡"}


def bank_lines(file: Path) -> Iterator[tuple[str, ...]]:
    rows = load_workbook(file).worksheets[0].iter_rows(min_row=2, values_only=True)
    return (tuple(str(cell or "") for cell in row) for row in rows)


def test_the_bank_gets_text_with_two_decimals_and_nobody_who_is_not_on_the_roster(chain: Chain) -> None:
    for benefit, name in zip(BENEFITS, PAGES, strict=True):
        (file,) = (chain.folder / "代发").glob(f"20260930_{benefit}_01.xlsx")
        lines = list(bank_lines(file))
        assert all(re.fullmatch(r"\d+\.\d\d", line[4]) for line in lines)
        due = {(row["银行账号"], row["姓名"], fen(row["本期金额"])) for row in chain.page(name)}
        assert {(line[1], line[2], fen(line[4])) for line in lines} <= due
    (check,) = (chain.folder / "代发").glob("*核对单.xlsx")
    assert [row["项目"] for row in page(check, "核对单")] == list(BENEFITS)


def test_the_notices_name_everybody_and_publish_no_number_birthday_or_cause(chain: Chain) -> None:
    for benefit, name in zip(BENEFITS, PAGES, strict=True):
        for ending in ("docx", "xlsx"):
            written = texts(chain.folder / "公示" / f"{benefit}公示-2026Q3-样张.{ending}")
            assert all(row["姓名"] in written for row in chain.page(name))
            assert "共7天" in written
            assert not re.search(r"230299|999999|\d{11}|因病致贫|独居", written)
            days = {f"{n[6:10]}-{n[10:12]}-{n[12:14]}" for n in (row["身份证号"] for row in chain.page(name))}
            assert not [day for day in days if day in written]


def test_two_of_one_name_in_one_village_are_told_apart_by_their_year_of_birth(chain: Chain) -> None:
    written = texts(chain.folder / "公示" / "生活困难党员补贴公示-2026Q3-样张.docx")
    assert "石同名（1953年生）" in written
    assert "石同名（1956年生）" in written


def test_neither_bank_nor_notice_is_a_sheet_of_the_workbook(chain: Chain) -> None:
    names = load_workbook(chain.workbook, read_only=True).sheetnames
    assert not [name for name in names if "代发" in name or "公示" in name]
    assert {*PAGES, "分乡镇汇总表", "不予发放名单", "动态变更表", "疑点", "来源"} <= {
        n.partition("(")[0] for n in names
    }


@pytest.mark.parametrize(
    ("name", "amounts"),
    [
        ("韩新录", {"离任村干部生活补贴": 970_00}),  # hired in August: July and August at 485
        ("邓将满", {"离任村干部生活补贴": 505_00}),  # sixty on 10 August: September
        ("石新亡", {"离任村干部生活补贴": 970_00}),  # died on 15 August
        ("邓秋菊", {"生活困难党员补贴": 100_00}),  # sixty on 31 July: August and September at 50
        ("董兼困", {"离任村干部生活补贴": 1455_00}),  # and no hardship beside it
        ("董双享", {"老党员定期补助": 2190_00}),
        ("董书记", {"离任村干部生活补贴": 1515_00, "老党员定期补助": 2190_00}),  # these two stack
        ("董优抚", {"老党员定期补助": 150_00}),
        ("董补差", {"老党员定期补助": 390_00}),  # 730 less 600
        ("石双报", {"离任村干部生活补贴": 1455_00}),  # on two lists, paid once
        ("韩免职", {}),
        ("石先亡", {}),
        ("石两账", {}),
        ("曹含糊", {}),
        ("范错码", {}),
        ("贾招娣", {}),
        ("董待定", {}),  # on the ledger: "待定"
        ("任两个", {}),  # since "2014.13"
        ("石括号", {}),  # "石括号(已故)", without a day
    ],
)
def test_who_gets_how_much(chain: Chain, name: str, amounts: dict[str, int]) -> None:
    assert {row["补贴项目"]: fen(row["本期金额"]) for row in chain.person(name)} == amounts


def test_the_next_quarter_knows_from_the_written_workbook_who_is_new_and_who_has_stopped(
    chain: Chain,
) -> None:
    before = page(chain.folder / "上期.xlsx", PAGES[0])
    changes = {row["姓名"]: row for row in chain.page("动态变更表")}
    assert "邓将满" not in {row["姓名"] for row in before}
    assert changes["邓将满"]["变动"] == "新增"
    assert changes["董已故"]["变动"] == "死亡"
    assert "死亡" in changes["石新亡"]["原因和依据"]
    assert fen(changes["董已故"]["上期金额"]) == 2190_00
    assert "韩警告" not in changes, "nothing changed for him"
    total = sum(fen(row["补发"]) for sheet in PAGES for row in chain.page(sheet))
    assert total == 0, "all that was due in the last quarter had been paid"


def test_a_list_to_screen_against_sets_aside_by_number_and_warns_by_name(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    number = people()[0]["身份证号"]
    dead = [["张建国", number, "死亡人员"], ["李秀英", "", "死亡人员"]]
    screen = book(tmp_path / "核查.xlsx", dead, ("姓名", "身份证号", "名单类别"))
    asked = (roster(tmp_path), "--period", "2026Q2", "--screen", screen)
    hits = [
        f
        for f in json.loads(sanchuang("subsidies", *asked, "--json").out)["findings"]
        if f["code"] == "subsidies.screened"
    ]
    assert {f["message"].partition("：")[0]: f["severity"] for f in hits} == {
        "张建国": "error",
        "李秀英": "warning",
    }
    assert "待核实，不发放" in sanchuang("explain", "张建国", *asked).out


# ---------------------------------------------------------------- explain


@pytest.fixture
def explain(sanchuang: Sanchuang, tmp_path: Path) -> Callable[..., Ran]:
    """`explain WORDS` of the small roster in the second quarter."""
    small = roster(tmp_path)
    return lambda *words: sanchuang("explain", words[0], small, "--period", "2026Q2", *words[1:])


def test_explain_shows_clause_cell_and_arithmetic_and_no_whole_number(explain: Callable[..., Ran]) -> None:
    ran = explain("王志强", "--all")
    assert ran.code == 0
    for words in (
        "发放 970.00 元",
        "第一条第一款",
        "名册.xlsx 名册 H5（任职经历）",
        "⌊183 ÷ 12⌋ = 15 年",
        "485.00 + 485.00 = 970.00",
    ):
        assert words in ran.out
    assert not re.search(r"\d{17}[\dX]", ran.out)


def test_explain_finds_by_row_and_by_last_digits(explain: Callable[..., Ran]) -> None:
    tail = people()[2]["身份证号"][-4:]
    assert explain("5").out == explain(tail).out == explain("王志强 青禾镇").out == explain("王志强").out


def test_explain_lists_those_whom_the_word_fits_with_place_and_how_to_narrow(
    explain: Callable[..., Ran],
) -> None:
    ran = explain("望河乡")
    assert ran.code == 2
    assert "郑玉兰 230299********" in ran.err
    assert "名册.xlsx 名册 第10行" in ran.err
    assert "末四位" in ran.err
    assert not re.search(r"\d{17}[\dX]", ran.err)


def test_explain_names_who_comes_near_when_nobody_fits(explain: Callable[..., Ran]) -> None:
    ran = explain("王志刚")
    assert (ran.code, "王志强" in ran.err) == (2, True)


def test_explain_says_why_a_row_could_not_be_read_or_was_set_aside(explain: Callable[..., Ran]) -> None:
    unread = explain("陈明礼")
    assert (unread.code, "精度丢失" in unread.out) == (0, True)
    aside = explain("冯海涛").out
    assert "待核实，不发放" in aside
    assert "0.00 元到 1455.00 元" in aside


def test_explain_shows_both_rows_of_one_person(explain: Callable[..., Ran]) -> None:
    output = explain("卫春生").out
    assert ("发放 1455.00 元" in output, "与另一处重复，合并发一份" in output) == (True, True)


def test_explain_as_json_keeps_to_its_schema_and_cites_the_sheet_of_spells(sanchuang: Sanchuang) -> None:
    ran = sanchuang("explain", "贾存折", MEMBERS, "--period", "2026Q3", "--json")
    answer = json.loads(ran.out)
    jsonschema.validate(answer, json.loads((ROOT / "docs/schema/explain.schema.json").read_text("utf-8")))
    (subject,) = answer["subjects"]
    assert (subject["name"], subject["sheet"], subject["outcome"]) == ("贾存折", "云岭乡", "发放 1455.00 元")
    (table,) = answer["tables"]
    rows = [dict(zip((c["name"] for c in table["columns"]), row, strict=True)) for row in table["rows"]]
    service = next(row for row in rows if row["item"] == "任职年限")
    assert "members.xlsx 任职经历 第" in service["cell"]
    assert "1990.1 2001.12 村支部书记" in service["written"]


def test_the_schema_of_explain_is_what_the_code_says() -> None:
    published = (ROOT / "docs/schema/explain.schema.json").read_text("utf-8")
    assert published == document.schema(explained.Explanation, "sanchuang explain"), "run `make schema`"


def test_a_check_of_a_policy_says_what_a_blank_means_within_its_amounts(sanchuang: Sanchuang) -> None:
    ran = sanchuang("policy", "check", "subsidies")
    assert ran.code == 0
    assert "  “老党员定期补助”标准里的“优抚对象”：“优抚对象”空白算不满足\n" in ran.out
