"""Months for which a document has no figure stop the run, and figures that are more than a year old are told."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.rulebook import Rulebook
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.period import Period
from tests.programmes.people import of_editions

FLAT = {"clause": "六", "per": "month", "by": "nothing", "tier": [{"rate": 100}]}
POOR = {"name": "困难", "clause": "二", "column": "家庭年人均收入", "below_base": "低保"}


def share(base: str) -> dict[str, Any]:
    return FLAT | {"figures": "percent", "base": base}


def benefit(*amounts: dict[str, Any], name: str = "补贴", **says: Any) -> dict[str, Any]:
    whole = {"name": name, "clause": "一", "page": "cadre", "payable": {"clause": "五"}}
    return whole | {"amount": list(amounts) or [FLAT], **says}


def base(name: str, *since: date, **says: Any) -> dict[str, Any]:
    return {
        "name": name,
        "clause": f"{name}款",
        "values": [{"effective": day, "amount": 500} for day in since],
        **says,
    }


def book(*benefits: dict[str, Any], bases: Any = (), period: str = "2026Q2", **says: Any) -> Rulebook:
    edition = {
        "title": "办法",
        "document": "试〔2020〕1号",
        "effective": date(2020, 1, 1),
        "base": list(bases),
    }
    return Rulebook(of_editions(edition | {"benefit": list(benefits)} | says), Period.parse(period))


def refused(*benefits: dict[str, Any], **says: Any) -> list[str]:
    """The lines between the first and the last of the refusal."""
    with pytest.raises(UserError) as stopped:
        book(*benefits, **says)
    first, *lines, last = str(stopped.value).split("\n  ")
    assert first == "政策 试.toml 缺标准，什么都没有计算："
    assert last == "请换一个 --period，或在政策文件里补上这一时期的标准。"
    return lines


JUNE = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("benefits", "bases", "lines"),
    [
        ([benefit(FLAT | {"until": date(2026, 4, 30)})], [], ["2026-05至2026-06 “补贴”没有该期标准"]),
        ([benefit(FLAT | {"until": date(2026, 4, 1)})], [], ["2026-05至2026-06 “补贴”没有该期标准"]),
        ([benefit(share("低保"))], [base("低保", JUNE)], ["2026-04至2026-05 “补贴”没有基数“低保”，须由县里填写（低保款）"]),
        ([benefit(share("低保"))], [base("低保", date(2026, 5, 2))], ["2026-04至2026-05 “补贴”没有基数“低保”，须由县里填写（低保款）"]),
        ([benefit(share("低保"))], [base("低保")], ["2026-04至2026-06 “补贴”没有基数“低保”，须由县里填写（低保款）"]),
        ([benefit(FLAT | {"tier": [{"rate": 1, "figures": "percent", "base": name, **when} for name, when in (("低保", {"when": POOR | {"below_base": "", "below": 9}}), ("工资", {}))]})],
            [base("低保"), base("工资")], ["2026-04至2026-06 “补贴”没有基数“低保”，须由县里填写（低保款）；“补贴”没有基数“工资”，须由县里填写（工资款）"]),
        ([benefit(condition=[POOR])], [base("低保")], ["2026-04至2026-06 “补贴”的条件要看的基数“低保”还没有数，须由县里填写（低保款）"]),
        ([benefit(share("低保")), benefit(FLAT | {"until": date(2026, 5, 31)}, name="别的")], [base("低保", JUNE)],
            ["2026-04至2026-05 “补贴”没有基数“低保”，须由县里填写（低保款）", "2026-06 “别的”没有该期标准"]),
    ],
)  # fmt: skip
def test_months_without_a_figure_stop_the_run_and_are_named_with_what_is_lacking(
    benefits: list[Any], bases: list[Any], lines: list[str]
) -> None:
    assert refused(*benefits, bases=bases) == lines


def test_months_that_an_approval_makes_good_need_their_figures_too() -> None:
    back = {"clause": "五", "start": "fulfilled", "retroactive_limit": 2}
    late = base("低保", date(2026, 3, 1))
    (line,) = refused(benefit(share("低保"), payable=back), bases=[late])
    assert line.startswith("2026-02 “补贴”没有基数“低保”")
    assert book(benefit(share("低保"), payable=back | {"retroactive_limit": 1}), bases=[late]).reach == 1


def test_months_before_the_first_amount_or_with_all_their_figures_are_no_gap() -> None:
    assert book(benefit(FLAT | {"effective": JUNE}))
    assert book(benefit(FLAT | {"until": date(2026, 6, 1)}))
    assert book(benefit(share("低保")), bases=[base("低保", date(2026, 4, 1))])
    assert book(benefit(condition=[POOR]), bases=[base("低保", date(2020, 1, 1))])


# ------------------------------------------------------------------ figures that are old


def old(*benefits: dict[str, Any], **says: Any) -> list[str]:
    found = [*book(*benefits, **says).old_bases()]
    assert {one.severity for one in found} <= {Severity.NOTE}
    return [f"{one.message}（{one.basis}）" for one in found]


TODAY = date(2025, 6, 1)
"""A year before June 2026, which is not too old for it."""


@pytest.mark.parametrize(
    ("bases", "told"),
    [
        ([base("低保", TODAY)], []), ([base("低保", date(2025, 5, 31))], ["基数“低保”用的还是 2025-05-31 起的 500 元（低保款）"]),
        ([base("低保", date(2020, 1, 1), TODAY)], []), ([base("低保", date(2019, 1, 1), date(2020, 1, 1))], ["基数“低保”用的还是 2020-01-01 起的 500 元（低保款）"]),
        ([{"name": "低保", "clause": "三", "by": ["乡镇"], "values": [{"effective": date(2020, 1, 1), "amounts": {"青禾镇": 1}}]}], ["基数“低保”用的还是 2020-01-01 起的数（三）"]),
        ([base("低保", TODAY), base("没有用的", date(2020, 1, 1))], []),
    ],
)  # fmt: skip
def test_a_base_is_old_whose_figure_is_more_than_a_year_old_in_the_last_month(
    bases: list[Any], told: list[str]
) -> None:
    assert old(benefit(share("低保")), bases=bases) == told


def test_a_base_with_which_incomes_are_compared_may_be_old_too() -> None:
    told = ["基数“低保”用的还是 2020-01-01 起的 500 元（低保款）"]
    assert old(benefit(condition=[POOR]), bases=[base("低保", date(2020, 1, 1))]) == told


def test_each_old_base_is_told_once_in_the_order_of_their_names() -> None:
    bases = [base(name, date(2020, 1, 1)) for name in ("丁", "丙")]
    benefits = [benefit(share(name), name=f"补贴{n}") for n, name in enumerate(("丁", "丙", "丁"))]
    assert [one[:5] for one in old(*benefits, bases=bases)] == ["基数“丁”", "基数“丙”"]


def test_a_figure_that_a_newer_one_replaces_within_the_period_is_told_only_where_it_was_old_itself() -> None:
    within = base("低保", date(2020, 1, 1), date(2026, 5, 1))
    assert old(benefit(share("低保")), bases=[within]) == []


def test_months_that_lack_a_figure_for_two_benefits_are_named_once() -> None:
    tenth = benefit(FLAT | {"figures": "percent", "base_benefit": "补贴"}, name="另一项")
    lacking = refused(benefit(share("低保")), tenth, bases=[base("低保", JUNE)])
    assert lacking == ["2026-04至2026-05 “补贴”没有基数“低保”，须由县里填写（低保款）"]


# ------------------------------------------------------------------ a first edition within the period


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        (date(2026, 4, 1), []), (date(2020, 1, 1), []),
        (date(2026, 4, 2), ["《办法》自 2026-04-02 起施行，本期从 2026-05 起发，2026-04 没有规定，不发"]),
        (date(2026, 6, 1), ["《办法》自 2026-06-01 起施行，本期从 2026-06 起发，2026-04至2026-05 没有规定，不发"]),
    ],
)  # fmt: skip
def test_the_months_before_the_first_edition_are_told(begins: date, said: list[str]) -> None:
    found = [*book(benefit(), effective=begins).begins_within()]
    assert [one.message for one in found] == said
    assert {one.basis for one in found} <= {"试〔2020〕1号"}
