"""Which formulas depend on emptied cells: whatever may, counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.roster.returns.ooxml.references import Area, Dependent, Formula

GONE = [Area("名册", 3, 7, 20, 7)]
NAMES = {"异常": "名册!$G$3:$G$20", "间接": "异常", "人名": "名册!$A$3:$A$20", "表1": "'名册'!A2:H20"}


def depends(text: str, sheet: str = "名册") -> bool:
    return bool(Dependent(GONE, NAMES).among([Formula(sheet, (1, 30), text)]))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "G3",
            "$G$3",
            "g20",
            "SUM(G:G)",
            "SUM(F1:H2,A1:XFD5)",
            "3:3",
            "名册!G4",
            "'名册'!G4",
            "COUNTA(异常)",
            "间接",
        ),
        *(
            'INDIRECT("G"&3)',
            "OFFSET(A1,2,6)",
            "表1[主要异常]",
            "ROWS(表1)",
            "SUM(甲:名册!A1)",
            "SUM('甲:丙'!A1)",
            "A1+G3",
        ),
        *("'[1]外'!A1+G3", "[1]外!A1+G3", 'IF(A3="G3",G5,"")', "VLOOKUP(A3,A:H,7,0)"),
    ],
)
def test_a_formula_that_may_mean_an_emptied_cell_depends_on_it(text: str) -> None:
    assert depends(text)


@pytest.mark.parametrize(
    "text",
    [
        "A3",
        "G2",
        "G21",
        "SUM(A1:F99)",
        "SUM(H:XFD)",
        "汇总!G3",
        '"G3"',
        "[1]名册!G3",
        "LOG10(A3)",
        "人名",
        "1:2",
        "甲G3",
        "G3甲",
    ],
)
def test_a_formula_about_other_cells_does_not(text: str) -> None:
    assert not depends(text)


def test_the_name_of_the_sheet_counts_without_capitals() -> None:
    assert Dependent([Area("List", 1, 1, 1, 1)], {}).touches("lIST!A1", "")


def test_a_shared_formula_may_mean_cells_further_down_and_to_the_right() -> None:
    (found,) = Dependent(GONE, {}).among(
        [Formula("名册", (1, 1), "E1", over=(0, 1)), Formula("名册", (1, 9), "F2", over=(1, 1))]
    )
    assert found == ("名册", (1, 9))


def test_all_cells_of_an_array_depend_and_what_names_one_of_them() -> None:
    formulas = [
        Formula("名册", (1, 10), "G3:G4", fills=(1, 0)),
        Formula("名册", (1, 11), "J2"),
        Formula("名册", (1, 12), "J3"),
    ]
    assert Dependent(GONE, {}).among(formulas) == {("名册", (1, 10)), ("名册", (2, 10)), ("名册", (1, 11))}


@given(st.permutations(range(60)), st.booleans())
def test_a_chain_of_formulas_depends_to_its_end_in_whatever_order_it_stands(
    order: list[int], long: bool
) -> None:
    chain = [Formula("名册", (at + 30, 9), f"I{at + 29}" if at else "G3") for at in range(60 if long else 9)]
    formulas = [chain[at] for at in order if at < len(chain)] + [Formula("名册", (1, 1), "A5")]
    found = Dependent(GONE, {}).among(formulas)
    assert found >= {("名册", formula.place) for formula in chain}
