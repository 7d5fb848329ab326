"""What is said of village secretaries, case by case: terms, vacancies, situations, candidates, notices, quotas, elections."""

from datetime import date
from typing import Any

from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Outcome
from tests.goldens.scenes import pages, told
from tests.goldens.written import golden
from tests.programmes.incumbents import (
    changed,
    default,
    election,
    judged,
    last,
    nominee,
    outcome,
    pack,
    rated,
    revocation,
    secretary,
    vacancy,
    votes,
)
from tests.programmes.people import identity

GRADED = changed(
    ('test = "yes"\nname = "列入整顿名单"', 'test = "grade"\ngrade = "差"\nname = "列入整顿名单"'),
    ('column = "整顿名单"  #', "#"),
)
DOCUMENT: dict[str, Any] = {"延期文件": "望组函〔2026〕1号"}
FULL: dict[str, Any] = {
    "出缺日期": None, "延期至": None, "上半年末位": None, "下半年末位": None, "连续未列发展对象年数": None, "整顿名单": None, "满意票": 50, "本届起": "2023-05-01", "有效票": 60,
}  # fmt: skip
"""A sheet that has the columns of all situations, and a term that is not over."""
OVER: dict[str, Any] = FULL | {"本届起": "2021-03-15"}
NAMED: dict[str, Any] = {"张建国": 25, "李秀英": 22, "王志强": 18, "赵敏": 18}


def by_rating(n: int, by: Any = None, **given: Any) -> Whole:
    """Village n of three, of which the first is graded 差 and listed, the second 好."""
    result = rated(("河西1村党支部", "差"), ("河西2村党支部", "好"), weak=["河西1村党支部"])
    return judged(secretary(n, **FULL, 党组织名称=f"河西{n}村党支部", **given), by=by, result=result)


def terms() -> dict[str, Whole]:
    extended = secretary(**OVER | {"延期至": "2026-12-31"}, **DOCUMENT)
    return {
        "in office": judged(secretary(**FULL, 一肩挑=True)),
        "a term that is over": judged(secretary(**OVER)),
        "in office since nobody knows when": judged(secretary(**FULL, 任现职时间=None)),
        "in office from a later day on": judged(secretary(**FULL, 任现职时间="2026-11-29")),
        "in office from today on": judged(secretary(**FULL, 任现职时间="2026-11-28")),
        "a sheet that lacks columns": judged(secretary()),
        "without a name": judged(secretary(**FULL, 姓名=None)),
        "without a number": judged(secretary(**FULL, 身份证号=None)),
        "born in the future": judged(secretary(**FULL | {"任现职时间": None}, 身份证号=identity("2027-01-01"))),
        "a term begun before the birth": judged(secretary(**FULL | {"本届起": "1960-01-01"})),
        "a vacancy still to come": judged(secretary(**FULL | {"出缺日期": "2026-12-05"})),
        "removed later": judged(secretary(**FULL, 免职日期="2026-11-29")),
        "no beginning of the term": judged(secretary(**FULL | {"本届起": None})),
        "a vague beginning": judged(secretary(**FULL | {"本届起": "2021-11"})),
        "an extension": judged(extended),
        "an extension without a document": judged(secretary(**OVER | {"延期至": "2026-12-31"})),
        "an extension that is too long": judged(secretary(**OVER | {"延期至": "2027-03-15"}, **DOCUMENT)),
        "an extension that is over": judged(secretary(**OVER | {"延期至": "2026-11-27"}, **DOCUMENT)),
        "the same extension again": judged(extended, before=last(judged(extended))),
        "another extension": judged(secretary(**OVER | {"延期至": "2027-02-28"}, **DOCUMENT), before=last(judged(extended))),
        "vacant": judged(vacancy(**FULL | {"出缺日期": "2026-10-01"})),
        "vacant for three months": judged(vacancy(**FULL | {"出缺日期": "2026-08-27"})),
        "vacant for three months to the day": judged(vacancy(**FULL | {"出缺日期": "2026-08-28"})),
        "vacant for some months": judged(vacancy(**FULL | {"出缺日期": "2026-08"})),
        "vacant, some day of this month": judged(vacancy(**FULL | {"出缺日期": "2026-11"})),
        "removed some day of this month": judged(secretary(**FULL, 免职日期="2026-11")),
        "removed": judged(secretary(**FULL, 免职日期="2026-08-01")),
        "died": judged(secretary(**FULL, 死亡日期="2026-08-01")),
        "last in both halves": judged(secretary(**FULL | {"上半年末位": True, "下半年末位": True})),
        "last in one half": judged(secretary(**FULL | {"上半年末位": True, "下半年末位": False})),
        "two years without anybody": judged(secretary(**FULL | {"连续未列发展对象年数": 2})),
        "one year without anybody": judged(secretary(**FULL | {"连续未列发展对象年数": 1})),
        "few are satisfied": judged(secretary(**FULL | {"满意票": 35})),
        "just enough are satisfied": judged(secretary(**FULL | {"满意票": 36})),
        "more are satisfied than valid": judged(secretary(**FULL | {"满意票": 61})),
        "on the list, as the roster says": judged(secretary(**FULL | {"整顿名单": True})),
        "on the list of a rating": by_rating(1),
        "not on the list of a rating": by_rating(2),
        "not in the rating": by_rating(3),
        "on the list of a rating, two situations": judged(secretary(1, **FULL | {"上半年末位": True, "下半年末位": True}, 党组织名称="河西1村党支部"), result=rated(("河西1村党支部", "差"), weak=["河西1村党支部"])),
        "on the list of a rating that does not have it": judged(secretary(1, **FULL, 党组织名称="河西1村党支部"), result=rated(("河西2村党支部", "好"), weak=["河西1村党支部"])),
        "a grade as a situation": by_rating(1, GRADED),
        "two in office": judged(secretary(1, **FULL), secretary(2, **FULL, 村="河西1村")),
        "one left and another came": judged(secretary(1, **FULL, 免职日期="2026-08-03"), secretary(2, **FULL, 村="河西1村", 任现职时间="2026-08-03")),
        "one came before the other left": judged(secretary(1, **FULL, 免职日期="2026-08-03"), secretary(2, **FULL, 村="河西1村", 任现职时间="2026-08-02")),
        "one left after the other": judged(secretary(1, **FULL, 免职日期="2024-05-01"), secretary(2, **FULL, 村="河西1村", 免职日期="2026-10-08")),
        "one person in two villages": judged(secretary(1, **FULL), secretary(2, **FULL, 身份证号=secretary(1).identity)),
    }  # fmt: skip


def candidates() -> dict[str, Whole]:
    place, by = vacancy(**FULL | {"出缺日期": "2026-10-01"}), pack("pingdu-2019")
    scored = [
        nominee(n, by=by, 村="河西1村", 来源类别="选派", 体检合格=True, 综合比选得分=score)
        for n, score in enumerate((80, 92, 92, None), 1)
    ]
    women = changed(
        ('within = "village"\nplaces = 1', 'sex = "男"\nleast = 0.5\nmost = 0.6\nplaces = 3\nunder = 50')
    )
    return {
        "ready": judged(place, nominee()),
        "no full member": judged(place, nominee(人员类别="预备党员")),
        "a word that nobody knows": judged(place, nominee(人员类别="党员")),
        "a blank condition": judged(place, nominee(处分情况=None)),
        "a condition that is not met": judged(place, nominee(单位推荐=False)),
        "a condition of another source": judged(place, nominee(单位推荐=None, 来源类别="本村")),
        "schooling": judged(place, nominee(学历="高中", 来源类别="大学生村官")),
        "too old": judged(place, nominee(身份证号=identity("1966-11-28", "女"))),
        "too young": judged(place, nominee(身份证号=identity("2008-11-29", "女"))),
        "an objection": judged(place, nominee(公安意见="有异议")),
        "an objection without a day": judged(place, nominee(公安意见="有异议", 公安意见日期=None)),
        "an opinion that lacks": judged(place, nominee(公安意见=None)),
        "an opinion without a day": judged(place, nominee(公安意见日期=None)),
        "an opinion of a day to come": judged(place, nominee(公安意见日期="2026-12-01")),
        "an opinion of today": judged(place, nominee(公安意见日期="2026-11-28")),
        "no notice": judged(place, nominee(公示起=None)),
        "a notice on its last day": judged(place, nominee(公示起="2026-11-20"), on=date(2026, 11, 27)),
        "a notice a day after its last": judged(place, nominee(公示起="2026-11-20"), on=date(2026, 11, 28)),
        "a notice that is longer": judged(place, nominee(公示起="2026-11-02", 公示止="2026-11-20")),
        "a notice that is too short": judged(place, nominee(公示起="2026-11-02", 公示止="2026-11-05")),
        "a notice of some month": judged(place, nominee(公示起="2026-10")),
        "a notice beyond the calendar": judged(vacancy(since="2027-02-01", 本届起="2023-05-01"), nominee(公示起="2027-02-22"), on=date(2027, 2, 26)),
        "filed too early": judged(place, nominee(备案日期="2026-11-05")),
        "filed": judged(place, nominee(备案日期="2026-11-20")),
        "two for one village": judged(place, nominee(1), nominee(2, 村="河西1村")),
        "two villages for one": judged(place, vacancy(2), nominee(1), nominee(2, 身份证号=nominee(1).identity)),
        "a village that is not listed": judged(place, nominee(7)),
        "places by score": judged(place, *scored, by=by),
        "shares of those who are ready": judged(place, vacancy(2), vacancy(3), *(nominee(n) for n in (1, 2, 3)), by=women),
    }  # fmt: skip


def elections() -> dict[str, Whole]:
    first = (secretary(**FULL), election(), *votes(**NAMED))
    return {
        "an election": judged(*first),
        "recorded and the same": judged(*first, before=last(judged(*first))),
        "recorded and otherwise": judged(secretary(**FULL), election(), *votes(**NAMED | {"张建国": 24}), before=last(judged(*first))),
        "recorded and revoked": judged(*first, revocation(), before=last(judged(*first))),
        "recorded of somebody who is gone": judged(secretary(1, **FULL, 免职日期="2026-11-01"), secretary(2, **FULL, 村="河西1村", 任现职时间="2026-11-02"), before=last(judged(*first))),
        "votes over the valid papers": judged(secretary(**FULL), election(有效=24, 应选=4), *votes(**NAMED)),
    }  # fmt: skip


def county() -> dict[str, Outcome]:
    """Three villages of two townships, their candidates and an election, with everything a page may show."""
    file: dict[str, Any] = {"档案/履历": True, "档案/鉴定考核": False, "档案/学历": None}
    rows = (
        secretary(1, **OVER | {"上半年末位": True, "下半年末位": True}, **file, 一肩挑=True, 延期文件=None),
        secretary(2, **FULL | {"本届起": "2021-11-01"}, 乡镇="望河乡", 一肩挑=False),
        secretary(3, **FULL, 免职日期="2026-08-01", 免职原因="违纪"),
        vacancy(4, **FULL | {"出缺日期": "2026-10-01"}),
        secretary(5, **OVER | {"延期至": "2027-02-28"}, 乡镇="望河乡", **DOCUMENT),
    )
    people = (
        nominee(3, 入党时间="2009-07", 原单位职务="县水利局科员", 乡镇党委意见="同意", 备案日期="2026-11-20"),
        nominee(4, 公示起="2026-11-25"),
        nominee(6, 乡镇="望河乡", 村="河西2村", 公安意见="有异议"),
        nominee(7, 村="河西3村", 人员类别="群众", 来源类别="本村"),
    )
    cast = election(1, 选举日期="2026-11-12"), *votes(1, **NAMED), election(2, 乡镇="望河乡", 应选=1)
    run = outcome(*rows, *people, *cast)
    quiet = outcome(secretary(1, **FULL), by=default())
    return {"five villages": run, "one village": quiet}


def test_all_that_is_said_of_terms_candidates_and_elections() -> None:
    assert [*told(terms() | candidates() | elections())] == golden("said/secretaries")


def test_what_stands_on_each_page_of_secretaries() -> None:
    assert [*pages(county())] == golden("said/secretaries_pages")
