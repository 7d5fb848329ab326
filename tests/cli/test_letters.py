"""退回修改函: one letter to each township beside the marked copies, with every waiting row once and no whole number."""

import json
import re
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests import members
from tests.command import SAMPLES, Sanchuang, book, run_in

ASKED = ("--for", "subsidies", "--period", "2026Q2", "--on", "2026-06-30")


def words(path: Path) -> list[str]:
    """The paragraphs of a letter, blank ones left out."""
    return [paragraph.text for paragraph in Document(str(path)).paragraphs if paragraph.text.strip()]


def rows(path: Path) -> list[list[str]]:
    """The lines of the list in a letter, heads left out."""
    (table,) = Document(str(path)).tables
    return [[cell.text for cell in row.cells] for row in table.rows][1:]


def letters(folder: Path) -> dict[str, Path]:
    """By township."""
    return {path.name.removesuffix("-退回修改函.docx"): path for path in folder.glob("*.docx")}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample county's roster, checked for a run and returned, beside that run's own workbook."""
    folder = tmp_path_factory.mktemp("county")
    office = run_in(folder)
    office("check", SAMPLES / "members.xlsx", *ASKED, "--return", "退回")
    office("subsidies", SAMPLES / "members.xlsx", *ASKED[2:], "--out", "册.xlsx", "--quiet")
    return folder


def test_the_letters_list_the_rows_that_the_run_sets_aside_each_once(county: Path) -> None:
    by_town = {town: rows(path) for town, path in letters(county / "退回").items()}
    listed = [(town, *row[2:4]) for town, of_town in by_town.items() for row in of_town]
    page = load_workbook(county / "册.xlsx")["待核实名单"]
    waiting = [(line[1], *line[3:5]) for line in page.values if isinstance(line[0], int)]
    assert sorted(listed) == sorted((town, _read(name), place) for town, name, place in waiting)
    assert len(listed) == 32
    for town, of_town in by_town.items():
        assert [row[0] for row in of_town] == [str(number) for number in range(1, len(of_town) + 1)]
        assert f"有 {len(of_town)} 条要核实" in "".join(words(letters(county / "退回")[town]))
        assert all(all(row) for row in of_town)


def _read(name: object) -> str:
    """As the roster writes it: one name there has a remark in brackets."""
    return "石括号(已故)" if name == "石括号" else str(name)


def test_a_letter_says_to_whom_which_file_by_when_and_leaves_day_and_telephone_to_be_written(
    county: Path,
) -> None:
    paragraphs = words(letters(county / "退回")["石桥镇"])
    assert paragraphs[:2] == ["关于核实2026年第二季度生活补贴名册的函", "石桥镇："]
    assert "“members.xlsx”" in paragraphs[2]
    assert any("请于____年__月__日前" in paragraph for paragraph in paragraphs)
    assert "（联系人：________　电话：____________）" in paragraphs
    assert paragraphs[paragraphs.index("附件") + 1] == "石桥镇待核实名单"


def test_no_letter_has_a_number_whole(county: Path) -> None:
    texts = [cell for path in letters(county / "退回").values() for row in rows(path) for cell in row]
    texts += [paragraph for path in letters(county / "退回").values() for paragraph in words(path)]
    assert len(texts) > 100
    assert not [text for text in texts if re.search(r"\d{11}", text)]


def township(folder: Path, town: str, **changed: str) -> Path:
    people = [person | changed for person in members.people() if person["乡镇"] == town]
    lines = [[person.get(head, "") for head in members.HEADINGS] for person in people]
    return book(folder / f"{town}.xlsx", lines, members.HEADINGS)


def test_the_marked_copy_goes_with_the_letter_where_it_holds_nobody_of_another_township(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    township(tmp_path, "青禾镇")
    sanchuang("check", "青禾镇.xlsx", *ASKED, "--return", "退回")
    assert "随函退回的“青禾镇-退回修改.xlsx”" in "".join(words(letters(tmp_path / "退回")["青禾镇"]))
    members.roster(tmp_path, "全县.xlsx")
    sanchuang("check", "全县.xlsx", *ASKED, "--return", "又退回")
    written = letters(tmp_path / "又退回")
    assert written.keys() == {"青禾镇", "望河乡"}
    assert all("原来报送的文件" in "".join(words(path)) for path in written.values())


def test_where_nobody_waits_there_is_no_letter_though_there_is_a_copy(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    person = members.people()[4]  # no account: a warning
    book(tmp_path / "册.xlsx", [[person.get(head, "") for head in members.HEADINGS]], members.HEADINGS)
    ran = sanchuang("check", "册.xlsx", *ASKED, "--return", "退回")
    assert (ran.code, letters(tmp_path / "退回")) == (0, {})
    assert [path.name for path in (tmp_path / "退回").iterdir()] == ["册-退回修改.xlsx"]


def test_the_letter_about_a_merged_roster_names_the_senders_file_and_cell(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    for town in ("青禾镇", "望河乡"):
        township(tmp_path, town)
    sanchuang("merge", "青禾镇.xlsx", "望河乡.xlsx", "--as", "members", "--out", "全县.xlsx")
    sanchuang("check", "全县.xlsx", *ASKED, "--return", "退回")
    path = letters(tmp_path / "退回")["望河乡"]
    assert "“望河乡.xlsx”" in words(path)[2] and "全县" not in "".join(words(path))
    assert {row[2]: row[3][:4] for row in rows(path)} == {"冯海涛": "名册 H", "陈明礼": "名册 E"}


def test_the_letters_are_told_on_the_screen_and_in_the_json(sanchuang: Sanchuang, tmp_path: Path) -> None:
    members.roster(tmp_path, "全县.xlsx")
    ran = sanchuang("check", "全县.xlsx", *ASKED, "--return", "退回", "--json")
    document = json.loads(ran.out)
    assert {Path(letter["file"]).name: letter["rows"] for letter in document["letters"]} == {
        "青禾镇-退回修改函.docx": 2,
        "望河乡-退回修改函.docx": 2,
    }
    assert sum(letter["rows"] for letter in document["letters"]) == document["summary"]["set_aside"] == 4
    assert "青禾镇-退回修改函.docx（2 条待核实）" in ran.err
    assert json.loads(sanchuang("check", "全县.xlsx", *ASKED, "--json").out)["letters"] == []


def test_the_same_check_gives_the_same_letter_and_one_that_was_filled_in_stays(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    township(tmp_path, "青禾镇")
    asked = ("check", "青禾镇.xlsx", *ASKED, "--return", "退回")
    sanchuang(*asked)
    path = letters(tmp_path / "退回")["青禾镇"]
    before = path.read_bytes()
    sanchuang(*asked)
    assert path.read_bytes() == before
    filled = Document(str(path))
    filled.paragraphs[0].text = "改过了"
    filled.save(str(path))
    filled_in = path.read_bytes()
    assert "不是本程序写的，或写出后被人改过" in sanchuang(*asked).err
    assert path.read_bytes() == filled_in and (path.parent / "青禾镇-退回修改函-2.docx").exists()


def test_organisations_are_written_to_by_township_too(sanchuang: Sanchuang, tmp_path: Path) -> None:
    headings = ("乡镇", "党组织名称", "类型", "党员数")
    book(tmp_path / "册.xlsx", [("青禾镇", "", "村", 7), ("望河乡", "西村党支部", "村", 9)], headings)
    sanchuang("check", "册.xlsx", "--as", "orgs", "--return", "退回")
    (path,) = letters(tmp_path / "退回").values()
    assert path.name == "青禾镇-退回修改函.docx"
    assert words(path)[0] == "关于核实名册的函"
    assert [row[-3:] for row in rows(path)] == [["名册 B3", "党组织名称没有填写", "补填后重报"]]
