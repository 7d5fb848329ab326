"""`sanchuang catalogue`: the register and the results that must be made public, as a clerk gives them; and `due` after it."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.command import SAMPLES, Sanchuang, book

HEADS = ("事项", "期次", "公开地点", "公开日期", "取下日期", "发生日期")
ON = ("--on", "2026-11-28", "--quiet")


def page(path: Path, name: str) -> list[dict[str, object]]:
    """The lines of a page, by their headings."""
    sheet = openpyxl.load_workbook(path)[name]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    head = next(at for at, row in enumerate(rows) if row[0] == "序号")
    return [
        dict(zip(map(str, rows[head]), row, strict=True))
        for row in rows[head + 1 :]
        if isinstance(row[0], int)
    ]


@pytest.fixture
def results(sanchuang: Sanchuang, tmp_path: Path) -> Path:
    """A folder of results with a draft of a notice."""
    folder = tmp_path / "结果"
    folder.mkdir()
    asked = ("--period", "2025", "--on", "2026-01-10", "-q", "--out", folder / "体检.xlsx")
    assert sanchuang("checkups", SAMPLES / "checkups.xlsx", *asked).code in (0, 1)
    return folder


def states(path: Path) -> dict[str, object]:
    return {str(line["事项"]): line["情况"] for line in page(path, "公开目录")}


def test_a_result_that_nobody_posted_is_overdue_and_one_that_was_posted_is_public(
    sanchuang: Sanchuang, tmp_path: Path, results: Path
) -> None:
    book(tmp_path / "台账.xlsx", [["走访慰问", "春节", "县公开栏", "2026-02-06", "", "2026-02-02"]], HEADS)
    ran = sanchuang("catalogue", "台账.xlsx", "--result", results, *ON, "--out", "一.xlsx")
    assert ran.code == 0, ran.err
    (line,) = [one for one in page(tmp_path / "一.xlsx", "公开目录") if one["事项"] == "免费体检"]
    assert (line["情况"], line["期次"], str(line["应公开日"])[:10]) == ("逾期未公开", "2025", "2026-01-20")
    book(
        tmp_path / "台账.xlsx",
        [["免费体检公示", "2025年", "县公开栏", "2026-01-15", "2026-01-23", ""]],
        HEADS,
    )
    assert sanchuang("catalogue", "台账.xlsx", "--result", results, *ON, "--out", "二.xlsx").code == 0
    assert states(tmp_path / "二.xlsx")["免费体检"] == "已公开"
    named = [row[1].value for row in openpyxl.load_workbook(tmp_path / "二.xlsx")["来源"].iter_rows()]
    assert "体检.xlsx" in named


def test_a_result_that_was_changed_is_refused_with_its_cell(
    sanchuang: Sanchuang, tmp_path: Path, results: Path
) -> None:
    changed = openpyxl.load_workbook(results / "体检.xlsx")
    changed["体检名册"]["D6"] = "别人"
    changed.save(results / "体检.xlsx")
    book(tmp_path / "台账.xlsx", [["走访慰问", "", "县公开栏", "2026-02-06", "", "2026-02-02"]], HEADS)
    ran = sanchuang("catalogue", "台账.xlsx", "--result", results, *ON, "--out", "一.xlsx")
    assert ran.code == 2 and "体检.xlsx" in ran.err and not (tmp_path / "一.xlsx").exists()


def test_a_file_among_the_results_that_is_none_is_told(
    sanchuang: Sanchuang, tmp_path: Path, results: Path
) -> None:
    book(results / "别的.xlsx", [["甲"]], ("栏",))
    book(tmp_path / "台账.xlsx", [["走访慰问", "", "县公开栏", "2026-02-06", "", "2026-02-02"]], HEADS)
    ran = sanchuang("catalogue", "台账.xlsx", "--result", results, "--on", "2026-11-28", "--out", "一.xlsx")
    assert ran.code == 0 and "别的.xlsx 不是本程序写出的结果" in ran.err


def test_due_says_the_same_deadlines_with_who_must_act(sanchuang: Sanchuang, tmp_path: Path) -> None:
    folder = tmp_path / "结果"
    folder.mkdir()
    assert sanchuang("catalogue", SAMPLES / "catalogue.xlsx", *ON, "--out", folder / "公开.xlsx").code == 1
    assert sanchuang("due", folder, *ON, "--details", "--out", "到期.xlsx").code in (0, 1)
    own = [(str(one["最迟"]), one["事项"], one["责任人"]) for one in page(folder / "公开.xlsx", "期限")]
    told = [
        (str(one["最迟日"]), one["事项"], one["责任人"])
        for name in ("到期一览", "90天以后")
        for one in page(tmp_path / "到期.xlsx", name)
    ]
    assert own and sorted(map(str, told)) == sorted(map(str, own))
    assert {str(one["工作"]) for one in page(tmp_path / "到期.xlsx", "到期一览")} == {"党务公开"}


def test_the_blank_register_is_read_back_as_one(sanchuang: Sanchuang, tmp_path: Path) -> None:
    assert sanchuang("template", "catalogue", "--out", "空白.xlsx").code == 0
    ran = sanchuang("inspect", "空白.xlsx")
    assert ran.code == 0 and "公开台账" in ran.out + ran.err
    for word in ("事项", "公开地点", "公开日期", "取下日期"):
        assert word in str(
            [
                cell.value
                for row in openpyxl.load_workbook(tmp_path / "空白.xlsx").worksheets[0]
                for cell in row
            ]
        )


def test_a_township_of_county_toml_that_sent_nothing_is_overdue(sanchuang: Sanchuang, tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_text(
        '[county]\nname = "望川县"\n[[township]]\nname = "青禾镇"\n[[township]]\nname = "望河乡"\n', "utf-8"
    )
    book(
        tmp_path / "台账.xlsx",
        [["青禾镇", "班子分工", "镇公开栏", "2026-02-01"]],
        ("乡镇", "事项", "公开地点", "公开日期"),
    )
    assert sanchuang("catalogue", "台账.xlsx", *ON, "--out", "一.xlsx").code == 0
    late = {
        (line["乡镇"], line["事项"])
        for line in page(tmp_path / "一.xlsx", "公开目录")
        if line["情况"] == "逾期未公开"
    }
    assert ("望河乡", "党组织设置和班子分工") in late and ("青禾镇", "党组织设置和班子分工") not in late


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--result", "没有"), "没有"),
        (("--previous", "上期.xlsx"), "用不着 --previous"),
        (("--on", "十一月"), "看不懂"),
    ],
)
def test_what_cannot_be_run_is_said_and_nothing_is_written(
    sanchuang: Sanchuang, tmp_path: Path, words: tuple[str, str], said: str
) -> None:
    ran = sanchuang("catalogue", SAMPLES / "catalogue.xlsx", *words, "--out", "一.xlsx")
    assert ran.code == 2 and said in ran.err and not (tmp_path / "一.xlsx").exists()


def test_a_catalogue_with_two_limits_for_one_item_is_refused_in_chinese(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    (tmp_path / "目录.toml").write_text(
        '[[edition]]\ntitle = "目录"\ndocument = "1号"\neffective = 2026-01-01\n[[edition.item]]\nname = "党费"\n'
        'kind = "党费"\nclause = "一"\nscope = "党员"\nplaces = ["公开栏"]\nby = "county"\nstanding = true\nevery_months = 3\n',
        "utf-8",
    )
    ran = sanchuang("catalogue", SAMPLES / "catalogue.xlsx", "--policy", "目录.toml", "--out", "一.xlsx")
    assert ran.code == 2 and "只写一个" in ran.err


def test_a_night_with_the_results_of_the_night_is_quiet_the_next_night_and_made_again_as_it_was(
    sanchuang: Sanchuang, tmp_path: Path, results: Path
) -> None:
    """Its own result lies among those that it reads, and changes nothing."""
    (tmp_path / "收件").mkdir()
    book(
        tmp_path / "收件" / "台账.xlsx", [["走访慰问", "", "县公开栏", "2026-02-06", "", "2026-02-02"]], HEADS
    )
    (results / "青禾镇").mkdir()
    (results / "体检.xlsx").rename(results / "青禾镇" / "体检.xlsx")
    (tmp_path / "jobs.toml").write_text(
        'maker = "夜间任务"\n[snapshots]\n[[job]]\nname = "党务公开"\nprogramme = "catalogue"\ninputs = ["收件"]\n'
        'period = "2026"\nresults = ["结果"]\nout = "结果/catalogue-{period}.xlsx"\n',
        "utf-8",
    )
    assert sanchuang("run", "jobs.toml").code == 0
    first = (results / "catalogue-2026.xlsx").read_bytes()
    assert "没有变动，跳过" in sanchuang("run", "jobs.toml").err
    assert sanchuang("run", "jobs.toml", "--force").code == 0
    assert (results / "catalogue-2026.xlsx").read_bytes() == first
    (results / "青禾镇" / "体检.xlsx").unlink()
    ran = sanchuang("run", "jobs.toml", "--as-known", str(date.today()), "--out", "重现")
    assert ran.code == 0 and "逐字节相同" in ran.err
    assert (tmp_path / "重现" / "结果" / "catalogue-2026.xlsx").read_bytes() == first


def test_the_lines_that_notice_writes_are_public_only_when_somebody_filled_in_where_and_when(
    sanchuang: Sanchuang, tmp_path: Path, results: Path
) -> None:
    asked = ("--from", "2026-01-15", "--draft", "--out", "公示")
    assert sanchuang("notice", results / "体检.xlsx", *asked).code == 0
    (register,) = (tmp_path / "公示").glob("公开台账-*.xlsx")
    assert sanchuang("catalogue", register, "--result", results, *ON, "--out", "一.xlsx").code == 0
    townships = [line["乡镇"] for line in page(register, "公开台账")]
    (line,) = [one for one in page(tmp_path / "一.xlsx", "公开目录") if one["事项"] == "免费体检"]
    assert line["情况"] == "逾期未公开" and str(townships[0]) in str(line["还缺的地点"])

    def filled(many: int) -> str:
        given = openpyxl.load_workbook(register)
        sheet = given["公开台账"]
        head = next(row for row in sheet.iter_rows() if row[0].value == "序号")
        column = {str(cell.value): at for at, cell in enumerate(head, 1)}
        first = int(head[0].row or 0) + 1
        for at in range(first, first + many):
            sheet.cell(at, column["公开地点"], "镇公开栏")
            sheet.cell(at, column["公开日期"], "2026-01-15")
        given.save(tmp_path / "台账.xlsx")
        assert sanchuang("catalogue", "台账.xlsx", "--result", results, *ON, "--out", "二.xlsx").code == 0
        return str(states(tmp_path / "二.xlsx")["免费体检"])

    assert len(townships) > 1
    assert (filled(len(townships) - 1), filled(len(townships))) == ("逾期未公开", "已公开")
