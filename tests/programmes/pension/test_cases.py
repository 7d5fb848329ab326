"""Cases of 养老保险补贴 that the domain list prints, by their numbers; its worked example, and the packs."""

from datetime import date

import pytest

from sanchuang_cli.domain.contributions.judging import back_pay_start
from sanchuang_cli.period import Month
from tests.programmes.insured import (
    borne,
    changed,
    column,
    honour,
    insured,
    outcome,
    pack,
    receipt,
    told,
    village,
)

BASE = ("2025 = 6000", "2025 = 2345.67")
YIXIAN = changed("bases = {}", "bases = { 2025 = 2345.67 }", of="yixian")


def test_b11_base_6000_is_960_by_the_person_240_by_the_village_840_by_the_county_360_by_the_region() -> None:
    run = outcome(insured())
    assert borne(run) == [[96_000, 24_000, 84_000, 36_000]]
    assert column(run, "参保补贴人员名册", "whole") == [240_000]


def test_b13_of_an_honoured_village_the_county_pays_320_of_960_in_the_second_of_three_years() -> None:
    run = outcome(insured(), honours=[honour("青禾镇向阳村", "县级先进党组织", "2023-07-01")])
    assert borne(run) == [[64_000, 24_000, 84_000 + 32_000, 36_000]]


def test_b15_base_800_a_month_is_136_by_the_unit_and_64_by_the_person() -> None:
    jieyang = pack("jieyang-2010")
    who = insured(started="2009-01-01", born="1960-01-01")
    year = outcome(who, period="2010", by=jieyang)
    assert borne(year, "own", "released0", "whole") == [[76_800, 163_200, 240_000]]
    months = [outcome(who, period=f"2010-{month:02d}", by=jieyang) for month in range(1, 13)]
    assert [borne(run, "own", "released0", "whole") for run in months] == [[[6_400, 13_600, 20_000]]] * 12
    assert told(outcome(who, period="2011", by=jieyang)) == ["base-missing"]


def test_b04_of_the_9200_of_wenshang_1200_are_for_the_insurance() -> None:
    run = outcome(insured(started="2008-01-01"), period="2009", by=pack("wenshang-2009"))
    assert borne(run, "own", "released0") == [[0, 120_000]]
    assert 500 * 12 + 120_000 // 100 + 2_000 == 9_200


def test_n15b_base_2345_67_two_sides_rounded_make_656_78_and_the_total_rounded_656_79() -> None:
    columns = ("own", "released0", "released1", "whole")
    assert borne(outcome(insured(), by=YIXIAN), *columns) == [[18_765, 23_457, 23_456, 65_678]]
    total = changed(
        "bases = {}", "bases = { 2025 = 2345.67 }", ('rounded = "sides"', 'rounded = "total"'), of="yixian"
    )
    assert borne(outcome(insured(), by=total), *columns)[0][-1] == 65_679


@pytest.mark.parametrize(("born", "since"), [("1955-06-15", "2000-06"), ("1950-03-15", "1996-01")])
def test_n17b_back_pay_begins_fifteen_years_before_sixty_and_not_before_1996(born: str, since: str) -> None:
    who = insured(born=born, started="1990-01-01", insured_since="2009-01", months_paid=0)
    (edition,) = pack("yixian").editions
    assert str(Month.at(back_pay_start(who, edition))) == since
    by = changed("bases = {}", "bases = { 1996 = 1200, 2000 = 1200, 2009 = 1200 }", of="yixian")
    run = outcome(who, period="2009", by=by)
    assert column(run, "满十五年预警", "back_pay") == [since]
    helped = {
        year: sum(column(outcome(who, period=str(year), by=by), "参保补贴人员名册", "helped"))
        for year in (1996, 2000)
    }
    assert helped == {"2000-06": {1996: 0, 2000: 7}, "1996-01": {1996: 12, 2000: 12}}[since]


@pytest.mark.parametrize(("paid", "missing"), [(179, [1]), (180, [])])
def test_n19b_at_sixty_179_months_are_too_few_and_180_are_enough(paid: int, missing: list[int]) -> None:
    run = outcome(insured(born="1965-12-31", months_paid=paid))
    assert column(run, "满十五年预警", "lacks") == missing


EXAMPLE = (
    insured(1),
    insured(2, village="前进村"),
    insured(3, village="光荣村"),
    insured(4, started="2025-07-01"),
)
VILLAGES = (village(), village("前进村", income=False), village("光荣村"))


def test_the_worked_example_holds_to_the_fen() -> None:
    honours = [honour("青禾镇光荣村", "县级先进党组织", "2024-07-01")]
    run = outcome(*EXAMPLE, villages=VILLAGES, honours=honours)
    by_name = dict(zip(column(run, "参保补贴人员名册", "name"), borne(run), strict=True))
    assert by_name == {
        "甲01": [96_000, 24_000, 84_000, 36_000],
        "甲02": [96_000, 0, 108_000, 36_000],
        "甲03": [64_000, 24_000, 116_000, 36_000],
        "甲04": [48_000, 12_000, 42_000, 18_000],
    }
    sums = [column(run, "分乡镇汇总表", name) for name in ("own", "payer0", "payer1", "payer2", "whole")]
    assert sums == [[304_000], [60_000], [350_000], [126_000], [840_000]]


def test_a_third_taken_by_month_of_yearly_figures_makes_640_in_twelve_runs() -> None:
    honours = [honour("青禾镇向阳村", "县级先进党组织", "2024-07-01")]
    runs = [outcome(insured(), period=f"2025-{month:02d}", honours=honours) for month in range(1, 13)]
    assert [sum(borne(run)[0][at] for run in runs) for at in range(4)] == [64_000, 24_000, 116_000, 36_000]
    assert borne(runs[0]) == [[5_333, 2_000, 9_666, 3_000]]


def test_mianxian_gives_100_of_whatever_grade_and_the_rest_is_the_persons() -> None:
    people = (insured(1, grade=500), insured(2, grade=100), insured(3, grade=60), insured(4))
    run = outcome(*people, by=pack("mianxian-2010"), villages=())
    assert borne(run, "own", "released0") == [[40_000, 10_000], [0, 10_000], [0, 6_000]]
    assert told(run) == ["grade-missing"]


def test_sinan_pays_the_grade_up_to_2000() -> None:
    people = (insured(1, grade=1500), insured(2, grade=2000), insured(3, grade=3000))
    run = outcome(*people, by=pack("sinan-2015"), villages=())
    assert borne(run, "own", "released0") == [[0, 150_000], [0, 200_000], [100_000, 200_000]]


def test_a_grade_that_the_document_does_not_list_is_not_paid() -> None:
    by = changed("grades = { cap = 2000 }", "grades = { allowed = [1500, 2000] }", of="sinan-2015")
    run = outcome(insured(1, grade=1800), insured(2, grade=1500), by=by, villages=())
    assert (told(run), borne(run, "released0")) == (["grade-missing"], [[150_000]])


def test_every_pack_says_where_it_was_found_and_what_was_not() -> None:
    for name in ("yixian", "jieyang-2010", "wenshang-2009", "mianxian-2010", "sinan-2015"):
        (edition,) = pack(name).editions
        assert edition.example and edition.sources and any("见到" in said for said in edition.remarks)


def test_a_receipt_of_the_whole_of_the_example_lets_all_of_it_be_paid() -> None:
    tickets = [receipt(who, 960, "2025-11-02", ticket=f"00{n}") for n, who in enumerate(EXAMPLE, 1)]
    run = outcome(*EXAMPLE, villages=VILLAGES, receipts=tickets, on=date(2026, 1, 5))
    assert column(run, "分乡镇汇总表", "payer0") == [60_000]
    states = dict(zip(column(run, "缴费核对", "name"), column(run, "缴费核对", "state"), strict=True))
    assert states == {"甲01": "缴清", "甲02": "缴清", "甲03": "缴清", "甲04": "多缴"}
