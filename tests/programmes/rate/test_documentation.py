"""The chapter of docs/policies/rate.md on `rate`: its example and each of its “the document says … → write …” do what they say."""

import re
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile, load
from sanchuang_cli.programmes.rate import PROGRAMME
from sanchuang_cli.programmes.rate.pages import LastYear
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.record import Roster
from tests.programmes.ratings import ON, codes, column, grades, last_year, organisation, stars

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "rate.md").read_text("utf-8")
EXAMPLE = re.findall(r"```toml\n(\[\[edition\]\].*?)```", CHAPTER, re.DOTALL)[0]
SAYINGS = dict(re.findall(r"^> 文件：([^\n]+)\n\n```toml\n(.*?)```", CHAPTER, re.MULTILINE | re.DOTALL))
"""What each is written as, by what the document says."""
GOODS = ("支部建设", "产业发展", "乡村治理", "服务群众")
Run = Callable[..., Outcome]


def edition(saying: str = "") -> dict[str, Any]:
    """The example of the chapter, with the blocks of one saying in place of its own."""
    own: dict[str, Any] = tomllib.loads(EXAMPLE, parse_float=Decimal)["edition"][0]
    written: dict[str, Any] = tomllib.loads(SAYINGS[saying] if saying else "", parse_float=Decimal)
    blocks: dict[str, Any] = written.pop("edition", {})
    return own | blocks | written


def run(saying: str, *organisations: Organisation, previous: tuple[LastYear, ...] = ()) -> Outcome:
    file = PolicyFile("例子.toml", "0" * 64, (RatePolicy.model_validate(edition(saying)),))
    rosters = {"organisations": Roster(organisations), "previous": Roster[Any](previous)}
    return PROGRAMME.run(rosters, file, Occasion(Period.year(ON.year), ON))


def at(number: int = 1, *points: Any, **fields: Any) -> Organisation:
    """An organisation with these four scores, or the same one throughout."""
    four = points * 4 if len(points) == 1 else points
    more = {f"评定分/{good}": Fraction(score) for good, score in zip(GOODS, four, strict=True)}
    return organisation(number, more=more | fields.pop("more", {}), **fields)


def test_the_example_gives_a_star_for_each_good_and_a_grade_by_the_mean() -> None:
    file = load(RatePolicy, "例子.toml", EXAMPLE.encode())
    organisations = (at(1, 80), at(2, 100, 100, 100, "79.9"), at(3, 60), at(4, "59.9"))
    rosters = {"organisations": Roster(organisations), "previous": Roster[Any](())}
    result = PROGRAMME.run(rosters, file, Occasion(Period.year(2026), ON))
    assert (stars(result), grades(result)) == ([4, 3, 0, 0], ["较好", "好", "一般", "差"])
    (notice,) = result.notices()
    assert (notice.posting.days, notice.posting.counting) == (5, "calendar-days")
    assert not codes(result.findings)


def by_bands(say: Run) -> None:
    assert stars(say(at(1, 95), at(2, "94.9"), at(3, 85), at(4, "84.9"))) == [5, 4, 3, 0]


def by_levels(say: Run) -> None:
    def applied(number: int, three: Any, four: Any = None) -> Organisation:
        more = {"评定分/三星级": three, "评定分/四星级": four}
        return organisation(number, more=more)

    result = say(applied(1, 80, 80), applied(2, 80, 79), applied(3, 79, 100), applied(4, 90))
    assert (stars(result), grades(result)) == ([4, 3, 0, 3], ["好", "较好", "一般", "较好"])


def graded_by_stars(say: Run) -> None:
    four = [at(n + 1, *[80] * n, *[70] * (4 - n)) for n in range(5)]
    assert grades(say(*four)) == ["差", "一般", "较好", "好", "好"]


def with_a_bonus(say: Run) -> None:
    def done(number: int, points: int, more: int | None) -> Organisation:
        return organisation(number, more={"评定分/年度考核": points, "评定分/表彰加分": more})

    result = say(done(1, 90, 10), done(2, 90, 9), done(3, 80, None), done(4, 75, None))
    assert grades(result) == ["特优", "良好", "良好", "一般"]
    assert column(result, "分类定级汇总表", "total") == [100, 99, 80, 75]


def from_a_sheet(say: Run) -> None:
    more = {"按期换届": True, "缺开次数": 2, "集体学习次数": 6, "参训党员数": 9, "应训党员数": 10}
    result = say(organisation(more=more))
    assert column(result, "分类定级汇总表", "good0") == [30 + 30 + 15 + 9]
    assert stars(result) == [1]


def without_the_first(say: Run) -> None:
    assert stars(say(at(1, 79, 90, 90, 90), at(2, 80, 90, 90, 90))) == [2, 4]


def none_of_four(say: Run) -> None:
    clear = dict.fromkeys(("安全事故", "违纪违法", "群体上访", "失泄密"), False)
    others = (at(2, 90, more=clear | {"群体上访": True}), at(3, 90, more=clear | {"失泄密": None}))
    result = say(at(1, 90, more=clear), *others)
    assert (stars(result), codes(result.findings)) == ([4, 0], ["rate.limit-blank"])


def dissatisfied(say: Run) -> None:
    rows = [at(n, 90, ballots_satisfied=satisfied) for n, satisfied in ((1, 80), (2, 79))]
    assert stars(say(*rows)) == [4, 2]


def vetoed(say: Run) -> None:
    result = say(at(1, 95, veto="违纪案件"), at(2, 95, veto="无"))
    assert (stars(result), grades(result)) == ([0, 4], ["一般", "好"])


def gated(say: Run) -> None:
    assert grades(say(at(1, 95, ballots_satisfied=89), at(2, 95, ballots_satisfied=90))) == ["一般", "好"]


def step_by_step(say: Run) -> None:
    honour = {"honour": "市级", "honoured": VagueDate.on(date(2026, 3, 1))}
    assert stars(say(at(1, 95, last_stars=1), at(2, 95, last_stars=1, **honour))) == [2, 4]


def too_young(say: Run) -> None:
    founded = (VagueDate.on(date(2025, 6, 3)), VagueDate.on(date(2025, 6, 2)))
    assert stars(say(*(at(n, 95, founded=day) for n, day in enumerate(founded, 1)))) == [None, 4]


def capped(say: Run) -> None:
    assert stars(say(*(at(n, 81 + n) for n in range(1, 11)))) == [3] * 9 + [4]


def one_each_township(say: Run) -> None:
    rows = [at(n, 80 + n, township="青禾镇" if n < 4 else "望河乡") for n in range(1, 7)]
    assert stars(say(*rows)) == [3, 3, 4, 3, 3, 4]


def by_type(say: Run) -> None:
    rows = [at(n, 80 + n, type="行政村" if n < 6 else "社区") for n in range(1, 8)]
    assert stars(say(*rows)) == [3, 3, 3, 3, 4, 3, 4]
    unknown = say(at(1, 90, type="合作社"), at(2, 90, type=None))
    assert codes(unknown.findings) == ["rate.type-decides"] * 2


def rectified(say: Run) -> None:
    months = {"书记空缺起始日期": VagueDate.on(date(2026, 3, 1))}
    hits: tuple[dict[str, Any], ...] = (
        {"more": months},
        {"more": {"书记不胜任": True}},
        {"more": {"未发展党员年数": 2}},
        {"ballots_satisfied": 59},
    )
    listed = [at(n, 85, **hit) for n, hit in enumerate(hits, 1)]
    result = say(*listed, at(5, 50), *(at(n, 90) for n in range(6, 11)))
    assert sorted(column(result, "后进整顿台账", "name")) == [f"第{n}村党支部" for n in range(1, 6)]
    lowest = say(*(at(n, 80 + n) for n in range(1, 11)))
    assert column(lowest, "后进整顿台账", "reasons") == ["综合得分倒排，列入末尾 10%（81.00 分）"]


def rectified_by_type(say: Run) -> None:
    rows = [at(n, 80 + n, type="村" if n < 5 else "社区") for n in range(1, 9)]
    assert column(say(*rows), "后进整顿台账", "name") == [f"第{n}村党支部" for n in (1, 2, 5)]


def secretary_proposed(say: Run) -> None:
    before = {f"四项得分/{good}": Fraction(79) for good in GOODS}
    result = say(at(1, 79), at(2, 79), previous=(last_year(1, stars=0, more=before),))
    assert column(result, "书记调整建议", "name") == ["第1村党支部"]


def of_secretaries(say: Run) -> None:
    result = say(at(1, 90, secretary="张建国"), at(2, 89, secretary="李建军"), at(3, 95))
    assert (grades(result), codes(result.findings)) == (["优秀", "称职"], ["rate.no-secretary"])


CHECKS = {
    "综合得分 95 分以上五星": by_bands,
    "三星级、四星级各有评分表": by_levels,
    "三星以上为好": graded_by_stars,
    "考核满分 100 分": with_a_bonus,
    "支部建设 100 分": from_a_sheet,
    "没有获得“支部建设”星的": without_the_first,
    "坚持“四无”": none_of_four,
    "群众满意率低于 80%": dissatisfied,
    "有安全事故、违纪违法的一票否决": vetoed,
    "群众满意率低于 90%": gated,
    "星级逐级晋升": step_by_step,
    "成立不满一年": too_young,
    "四星不超过参评数的 10%": capped,
    "每个乡镇四星不超过 1 个": one_each_township,
    "村四星不超过 20%": by_type,
    "书记空缺超过三个月": rectified,
    "整顿的，村按 50%": rectified_by_type,
    "支部建设连续两年没有得星": secretary_proposed,
    "对村党组织书记进行考核": of_secretaries,
}
"""For each saying of the chapter, by how it begins, what must come out."""


def test_every_saying_of_the_chapter_is_checked_and_every_check_is_of_one() -> None:
    begun = {start: [saying for saying in SAYINGS if saying.startswith(start)] for start in CHECKS}
    assert [start for start, sayings in begun.items() if len(sayings) != 1] == []
    assert len(SAYINGS) == len(CHECKS) == CHAPTER.count("> 文件：")


@pytest.mark.parametrize("start", CHECKS)
def test_what_the_document_says_is_what_comes_out(start: str) -> None:
    (saying,) = [saying for saying in SAYINGS if saying.startswith(start)]
    CHECKS[start](lambda *rows, **more: run(saying, *rows, **more))


def test_the_shipped_models_that_the_chapter_names_are_shipped() -> None:
    from sanchuang_cli.policy import packs

    assert set(re.findall(r"policy show rate ([\w-]+)", CHAPTER)) <= set(packs("rate"))
