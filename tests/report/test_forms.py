"""Forms as a .docx: a page on each person whatever stands on it, legible, with room to sign; numbers masked; the same bytes."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from sanchuang_cli.kind import Kind
from sanchuang_cli.papers import Box, Form, box
from sanchuang_cli.report import form_pages
from sanchuang_cli.report.form_pages import write
from sanchuang_cli.report.paper_size import LEGIBLE
from sanchuang_cli.table import Column
from tests.report import printed
from tests.report.conftest import Convert

NUMBER, CARD = "230299195003150011", "9999990000000000018"
SIGN = ("负责人签字：", "（盖章）", "　　年　　月　　日")


def form(name: str = "张建国", spells: int = 1, conditions: int = 12, words: str = "未填（第一条）") -> Form:
    opinions = [Box(Column(f"opinion{n}", f"意见{n}"), signed=SIGN) for n in range(6)]
    return Form(
        "青禾镇",
        name,
        "离任村干部生活补贴申请（审批）表",
        (
            (box("姓名", name), box("性别", "男"), box("出生日期", "1950-03-15")),
            (
                Box(Column("identity", "身份证号", Kind.IDENTITY), NUMBER),
                Box(Column("account", "银行账号", Kind.ACCOUNT), CARD),
            ),
            (
                box("任职经历", "\n".join("1980-01至1981-12 村支部书记" for _ in range(spells)), share=3),
                box("证明材料"),
            ),
            (box("条件核查", "\n".join(f"条件{n}：符合。{words}" for n in range(conditions))),),
            *((opinions[n], opinions[n + 1]) for n in (0, 2, 4)),
        ),
        ("依据：《某办法》（某组发〔2018〕15号）第一条。",),
    )


def written(path: Path) -> str:
    return "\n".join(
        paragraph.text
        for table in Document(str(path)).tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    )


MANY = [
    form(),
    form("欧阳建国", spells=6),
    form(
        "王 < & > 强",
        spells=9,
        conditions=14,
        words="“财政供养”为“否”，录用日期 2026-05-20（第一条第二款第一项）",
    ),
    form("李秀英", conditions=18, words="最长连续 192 个月 ≥ 72；累计 192 个月 ≥ 108（第一条第一款第二项）"),
    form("赵明远", spells=0, conditions=2),
]


def test_each_person_has_one_page_in_print_that_can_be_read(converted: Convert, tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    write(path, "表", MANY)
    sizes = printed.sizes(converted(path, "pdf"))
    assert len(sizes) == len(MANY) == len(Document(str(path)).tables)
    assert min(sizes) >= LEGIBLE - 0.05


@pytest.mark.parametrize("one", MANY, ids=lambda one: one.name)
def test_whoever_signs_has_room_for_it_and_the_page_is_not_overfull(one: Form) -> None:
    kind, heights = form_pages._measured(one.rows, one.notes)
    signed = [h for h, row in zip(heights, one.rows, strict=True) if any(box.signed for box in row)]
    assert min(signed) >= 1250, "twips: 2.2 cm"
    assert sum(heights) < 257 * 1440 / 25.4
    assert kind.half >= 2 * LEGIBLE


def test_numbers_are_masked_unless_they_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "a.docx", "表", MANY[:1])
    masked = written(tmp_path / "a.docx")
    assert NUMBER not in masked and CARD not in masked
    assert "230299************" in masked and "0018" in masked
    write(tmp_path / "b.docx", "表", MANY[:1], frozenset({"身份证号"}))
    told = written(tmp_path / "b.docx")
    assert NUMBER in told and CARD not in told


def test_a_number_that_strays_into_words_is_masked(tmp_path: Path) -> None:
    write(tmp_path / "a.docx", "表", [form(words=f"原号码 {NUMBER}", conditions=1)])
    assert NUMBER not in written(tmp_path / "a.docx")


def test_the_same_forms_give_the_same_bytes_and_nothing_of_the_machine(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"{name}.docx", "表", MANY)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with ZipFile(tmp_path / "a.docx") as package:
        facts = package.read("docProps/core.xml").decode()
    assert "python-docx" not in facts and "2000-01-01" in facts


def test_what_is_typed_in_a_name_is_no_markup(tmp_path: Path) -> None:
    write(tmp_path / "a.docx", "表", MANY)
    assert "王 < & > 强" in written(tmp_path / "a.docx")
