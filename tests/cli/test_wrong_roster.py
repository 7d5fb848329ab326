"""A roster that was given to the wrong programme does not end well, although names and numbers make every list one of people."""

from pathlib import Path

import pytest

from tests.cli.test_ledger_command import HEADINGS, Office, cadre, office
from tests.command import SAMPLES, book

__all__ = ["office"]

RUN = ("--period", "2026-07", "--out", "结果.xlsx")


@pytest.mark.parametrize(
    ("sample", "rather"),
    [
        ("pay", "“年度考核”（sanchuang pay 用的）"),
        ("visits", "“慰问对象”（sanchuang visits 用的）"),
        ("graduates", "（sanchuang graduates 用的）"),
        ("reviews", "（sanchuang reviews 用的）"),
        ("fund", "（sanchuang fund 用的）"),
    ],
)
def test_a_list_for_another_programme_that_concerns_nobody_is_an_error(
    office: Office, sample: str, rather: str
) -> None:
    ran = office("subsidies", SAMPLES / f"{sample}.xlsx", *RUN)
    assert ran.code == 1 and "roster.rather-another" in ran.err
    assert rather in "".join(ran.err.split("\n    "))


def test_a_roster_by_which_somebody_is_paid_is_that_roster_whatever_else_it_has(office: Office) -> None:
    more = (
        "学历",
        "合同起",
        "合同止",
        "期次",
        "解除日期",
        "解除原因",
        "考核等次",
        "县类别",
        "申请日期",
        "项目",
    )
    book(Path("7月.xlsx"), [[*cadre(0), *("",) * len(more)]], [*HEADINGS, *more])
    assert "rather-another" not in office("subsidies", "7月.xlsx", *RUN).err


def test_a_roster_by_which_nobody_is_paid_is_no_other_roster_for_that(office: Office) -> None:
    book(Path("7月.xlsx"), [cadre(0, 离任原因="开除")], HEADINGS)
    ran = office("subsidies", "7月.xlsx", *RUN)
    assert (ran.code, "rather-another" in ran.err) == (0, False)
    book(
        Path("7月.xlsx"),
        [["张三", "110101193001010015", "甲", "乙"]],
        ("姓名", "身份证号", "甲说明", "乙说明"),
    )
    assert "rather-another" not in office("subsidies", "7月.xlsx", *RUN).err
