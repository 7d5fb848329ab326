"""`sanchuang notice`: a notice of a result on a later day, and when there must be none."""

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from sanchuang_cli.policy import source
from tests.cli.test_ledger_command import HEADINGS, NAMES, cadre
from tests.command import Ran, book, run_in

FROM = "2026-06-17"


def own(folder: Path, programme: str = "subsidies") -> str:
    """The shipped policy as if a county had made it its own, in the folder."""
    text = source(programme, None)[1].decode().replace("example = true", "example = false")
    (folder / "本县.toml").write_text(text, "utf-8")
    return "本县.toml"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a result of subsidies, 结果.xlsx, of four former cadres."""
    folder = tmp_path_factory.mktemp("公示")
    book(folder / "名册.xlsx", [cadre(n) for n in range(4)], HEADINGS)
    asked = ("名册.xlsx", "--period", "2026Q2", "--on", "2026-06-30", "--policy", own(folder), "-q")
    ran = run_in(folder)("subsidies", *asked, "--out", "结果.xlsx")
    assert ran.code == 0, ran.err
    return folder


def posted(folder: Path, office: Path, *more: str | Path) -> Ran:
    return run_in(folder)("notice", office / "结果.xlsx", "--out", folder / "公示", *more)


def prose(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_the_printed_example_ends_by_both_counts_and_comes_down_after_the_later(
    office: Path, tmp_path: Path
) -> None:
    """Defaults, section 16: seven calendar days from 2026-06-17."""
    ran = posted(tmp_path, office, "--from", FROM)
    assert ran.code == 0, ran.err
    said = ran.err.replace("\n", "")
    assert "张贴当日计算在内的，到 2026-06-23 止，不计算在内的，到 2026-06-24 止；2026-06-25 取下" in said
    (proof,) = (tmp_path / "公示").glob("张贴证明-*.docx")
    assert "自2026年6月17日张贴" in prose(proof) and "2026年6月25日取下" in prose(proof)
    assert "公示期间收到异议____件" in prose(proof)
    (register,) = (tmp_path / "公示").glob("异议登记表-*.xlsx")
    heads = [cell.value for cell in load_workbook(register).worksheets[0][3]]
    assert heads == ["序号", "日期", "方式", "内容", "承办人", "处理结果", "答复日期"]


def test_without_a_day_the_days_are_left_to_the_pen(office: Path, tmp_path: Path) -> None:
    assert posted(tmp_path, office).code == 0
    (proof,) = (tmp_path / "公示").glob("张贴证明-*.docx")
    assert "自____年__月__日张贴" in prose(proof)


def register(folder: Path, *rows: tuple[str, ...]) -> str:
    """A filled-in register of objections."""
    book(
        folder / "登记.xlsx",
        rows,
        ("日期", "内容", "处理结果", "答复日期")[: len(rows[0])],
        title="异议登记表",
    )
    return "登记.xlsx"


def test_an_objection_that_was_settled_stands_on_the_proof(office: Path, tmp_path: Path) -> None:
    told = register(tmp_path, ("2026-06-18", "反映某人任职年限不实", "不成立：查了档案"))
    ran = posted(tmp_path, office, "--from", FROM, "--objections", told)
    assert ran.code == 0, ran.err
    (proof,) = (tmp_path / "公示").glob("张贴证明-*.docx")
    assert "公示期间收到异议1件" in prose(proof)


def test_an_objection_that_nobody_settled_leaves_the_number_open_and_is_named(
    office: Path, tmp_path: Path
) -> None:
    told = register(tmp_path, ("2026-06-18", "反映甲", ""), ("2026-06-19", "反映乙", "不成立"))
    ran = posted(tmp_path, office, "--from", FROM, "--objections", told)
    assert ran.code == 1
    assert "没有处理结果的 1 条（登记.xlsx" in ran.err.replace("\n", "")
    (proof,) = (tmp_path / "公示").glob("张贴证明-*.docx")
    assert "公示期间收到异议____件" in prose(proof)


@pytest.mark.parametrize(
    ("outcome", "settled"),
    [
        ("不成立", True), ("不成立。", True), ("不成立（查了档案）", True), ("不成立的理由不充分", False), ("不成立不能认定", False),
        ("经查不成立", False),
    ],
)  # fmt: skip
def test_only_the_word_by_itself_or_before_a_stop_settles_an_objection(
    outcome: str, settled: bool, office: Path, tmp_path: Path
) -> None:
    row = ("2026-06-18", "反映某人", outcome, "2026-06-18")
    ran = posted(tmp_path, office, "--from", FROM, "--objections", register(tmp_path, row))
    assert ran.code == (0 if settled else 1), ran.err


def test_a_result_that_was_judged_long_before_it_is_posted_is_warned_of(office: Path, tmp_path: Path) -> None:
    ran = posted(tmp_path, office, "--from", "2027-03-01")
    assert ran.code == 1
    assert "比张贴的 2027-03-01 早" in ran.err.replace("\n", "")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("2026-06-18", "反映某人已去世", "成立，已去世"), "有 1 条异议成立"),
        (("2026-06-10", "反映某人", "不成立"), "早于张贴的 2026-06-17"),
        (("2026-06-31", "反映某人", "不成立"), "读不懂的行"),
        (("2026-06-18", "反映某人", "不成立", "2026-06-17"), "答复日期 2026-06-17 早于异议的日期 2026-06-18"),
    ],
)
def test_an_upheld_an_early_or_an_unread_objection_stops_the_notice_with_its_place(
    row: tuple[str, ...], said: str, office: Path, tmp_path: Path
) -> None:
    ran = posted(tmp_path, office, "--from", FROM, "--objections", register(tmp_path, row))
    assert ran.code == 2
    assert said in ran.err and "登记.xlsx" in ran.err
    assert not (tmp_path / "公示").exists()


def test_a_result_that_was_changed_is_refused_with_the_cell(office: Path, tmp_path: Path) -> None:
    whole = load_workbook(office / "结果.xlsx")
    sheet = whole["离任村干部生活补贴花名册"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == f"王{NAMES[1]}")
    cell.value = "另一个人"
    whole.save(tmp_path / "改过.xlsx")
    ran = run_in(tmp_path)("notice", "改过.xlsx", "--from", FROM)
    assert ran.code == 2 and cell.coordinate in ran.err


def test_a_draft_that_was_changed_is_refused(office: Path, tmp_path: Path) -> None:
    whole = load_workbook(office / "结果.xlsx")
    cell = next(row[2] for row in whole["来源"].iter_rows() if str(row[0].value).startswith("公示稿"))
    cell.value = str(cell.value).replace(f"王{NAMES[1]}", "另一个人")
    whole.save(tmp_path / "改过.xlsx")
    ran = run_in(tmp_path)("notice", "改过.xlsx", "--from", FROM)
    assert ran.code == 2 and "写出以后被改过" in ran.err


def test_a_result_that_somebody_saved_without_changing_it_is_announced(office: Path, tmp_path: Path) -> None:
    load_workbook(office / "结果.xlsx").save(tmp_path / "存过.xlsx")
    assert run_in(tmp_path)("notice", "存过.xlsx", "--from", FROM).code == 0


def test_what_rests_on_a_specimen_is_only_ever_a_specimen(tmp_path: Path) -> None:
    book(tmp_path / "名册.xlsx", [cadre(0)], HEADINGS)
    office = run_in(tmp_path)
    office("subsidies", "名册.xlsx", "--period", "2026Q2", "--on", "2026-06-30", "-q", "--out", "结果.xlsx")
    ran = office("notice", "结果.xlsx", "--from", FROM)
    assert ran.code == 2 and "样本政策" in ran.err
    drawn = office("notice", "结果.xlsx", "--draft")
    assert drawn.code == 0 and "公示样张（每页印“样张”，不能张贴）：公示" in drawn.err


def test_the_workbook_of_one_township_and_a_result_without_a_notice_say_why_there_is_none(
    office: Path, tmp_path: Path
) -> None:
    run = run_in(office)
    asked = ("名册.xlsx", "--period", "2026Q2", "--on", "2026-06-30", "--policy", "本县.toml", "-q")
    assert run("subsidies", *asked, "--out", "分/{township}.xlsx").code == 0
    (part,) = (office / "分").iterdir()
    ran = run_in(tmp_path)("notice", part)
    assert ran.code == 2 and "分乡镇的结果" in ran.err
    silent = (office / "本县.toml").read_text("utf-8").replace("[edition.notice]", "[edition.quiet]")
    start = silent.index("[edition.quiet]")
    end = silent.find("\n[", start + 1)
    (office / "不公示.toml").write_text(silent[:start] + (silent[end:] if end > 0 else ""), "utf-8")
    assert run("subsidies", *asked[:-3], "--policy", "不公示.toml", "-q", "--out", "不公示.xlsx").code == 0
    ran = run_in(tmp_path)("notice", office / "不公示.xlsx")
    assert ran.code == 2 and "没有公示稿" in ran.err


def test_with_a_ledger_it_says_how_far_the_payment_is_and_refuses_what_was_cancelled(
    office: Path, tmp_path: Path
) -> None:
    run = run_in(tmp_path)
    for name in ("名册.xlsx", "本县.toml"):
        (tmp_path / name).write_bytes((office / name).read_bytes())
    assert run("ledger", "init", "--ledger", "台账.db", "--paid-through", "2026-03").code == 0
    asked = (
        "名册.xlsx",
        "--period",
        "2026Q2",
        "--on",
        "2026-06-30",
        "--policy",
        "本县.toml",
        "--ledger",
        "台账.db",
    )
    assert run("subsidies", *asked, "--out", "结果.xlsx").code == 0
    proposed = run("batch", "propose", "subsidies", *asked, "--by", "张三", "--out", "清单.xlsx")
    assert proposed.code == 0, proposed.err
    announce = ("notice", "结果.xlsx", "--from", FROM, "--ledger", "台账.db")
    ran = run(*announce)
    assert ran.code == 0 and "批次 1 已提请" in ran.err, ran.err
    (proof,) = (tmp_path / "公示").glob("张贴证明-*.docx")
    assert "批次 1 已提请" in prose(proof)
    cancelled = run("batch", "cancel", "1", "--ledger", "台账.db", "--note", "名册有误")
    assert cancelled.code == 0, cancelled.err
    ran = run(*announce)
    assert ran.code == 2 and "批次 1 已取消，这份结果不再作数" in ran.err


def test_a_day_that_is_none_is_refused(office: Path, tmp_path: Path) -> None:
    ran = posted(tmp_path, office, "--from", "2026-6-31")
    assert ran.code == 2 and "--from 的日期“" in ran.err and "看不懂" in ran.err


def test_a_day_before_anybody_could_know_the_result_is_refused(office: Path, tmp_path: Path) -> None:
    ran = posted(tmp_path, office, "--from", "2016-06-30")
    assert ran.code == 2 and "--from 2016-06-30 早于" in ran.err and "请核对年份" in ran.err


def test_the_register_as_it_was_printed_says_that_nobody_objected_and_another_file_says_nothing(
    office: Path, tmp_path: Path
) -> None:
    assert posted(tmp_path, office, "--from", FROM).code == 0
    (blank,) = (tmp_path / "公示").glob("异议登记表-*.xlsx")
    ran = posted(tmp_path, office, "--from", FROM, "--objections", blank)
    assert ran.code == 0, ran.err
    (proof,) = (tmp_path / "公示").glob("张贴证明-*.docx")
    assert "公示期间收到异议0件" in prose(proof)
    for other in (office / "名册.xlsx", office / "结果.xlsx"):
        ran = posted(tmp_path, office, "--from", FROM, "--objections", other)
        assert ran.code == 2 and "异议登记表" in ran.err, ran.err
