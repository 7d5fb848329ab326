"""A period that two editions of a document share: each month, and each thing that happened, goes by the edition of its day."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli import deadlines, policy
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.papers import WrittenFor
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes import subsidies
from sanchuang_cli.record import Roster
from tests.programmes import bodies, cadres, contracts, examined, insured, payers, people
from tests.programmes.people import HARDSHIP, member


def two(first: PolicyFile[Any], second: PolicyFile[Any], since: date) -> PolicyFile[Any]:
    """One file of two editions: the first of each, the second in force from a day."""
    later = second.editions[0].model_copy(update={"effective": since})
    return PolicyFile("试.toml", "0" * 64, (first.editions[0], later))


def _paying(yuan: int, **shares: int) -> PolicyFile[Any]:
    said = [{"who": who, "percent": percent} for who, percent in shares.items()]

    def change(benefit: dict[str, Any]) -> None:
        benefit["amount"][0]["tier"][0]["rate"] = yuan
        if said:
            benefit["funding"] = {"clause": f"{yuan} 元的分担", "shares": said}

    return people.only(HARDSHIP, change)


def _subsidies(by: PolicyFile[Any]) -> Any:
    period = Period.parse("2026Q2")
    rosters: dict[str, Any] = {"members": Roster((member(hardship=True), member(2, hardship=True)))}
    return subsidies.PROGRAMME.run(rosters, by, Occasion(period, period.last))


def test_each_month_of_a_subsidy_is_borne_as_its_own_edition_says() -> None:
    by = two(_paying(50, 县=100), _paying(100, 县=50, 乡镇=50), date(2026, 5, 1))
    run = _subsidies(by)
    table = next(one for one in run.tables if one.name == "分乡镇汇总表")
    assert table.rows[0][-3:] == (500_00, 300_00, 200_00)
    letter = run.papers(WrittenFor()).request
    assert letter and "县承担 300.00 元，乡镇承担 200.00 元。" in dict(letter.paragraphs)["三、经费分担。"]
    assert [column.title for column in letter.table.columns][-2:] == ["经费分担/县", "经费分担/乡镇"]


def test_the_letter_tells_what_no_edition_says_who_bears() -> None:
    by = two(_paying(50), _paying(100, 县=50, 乡镇=50), date(2026, 5, 1))
    letter = _subsidies(by).papers(WrittenFor()).request
    assert letter and dict(letter.paragraphs)["三、经费分担。"] == (
        "生活困难党员补贴按100 元的分担，县承担 200.00 元，乡镇承担 200.00 元；"
        "其余 100.00 元，所依据的文件没有规定由谁承担。"
    )


def test_each_month_of_a_graduate_is_borne_as_its_own_edition_says() -> None:
    text = policy.source("graduates", None)[1].decode()
    start, end = text.index("shares = ["), text.index("\n]", text.index("shares = [")) + 2
    by_county = contracts.changed(text[start:end], 'shares = [{ who = "县", percent = 100 }]')
    by = two(contracts.default(), by_county, date(2026, 7, 1))
    run = contracts.outcome(contracts.contract(), by=by)
    borne = [contracts.column(run, "分乡镇汇总表", f"payer{at}") for at in range(4)]
    assert borne == [[2400_00], [1800_00], [600_02], [5199_98]]


def test_each_month_of_pay_is_borne_as_its_own_edition_says() -> None:
    halves = [{"who": "县", "percent": 50}, {"who": "乡镇", "percent": 50}]
    later = cadres.with_policy(funding={"clause": "分担", "shares": halves})
    run = cadres.outcome(cadres.cadre(), month="2026", by=two(cadres.shipped(), later, date(2026, 7, 1)))
    assert [cadres.column(run, "分乡镇汇总表", f"payer{at}") for at in range(2)] == [[18_000_00], [6_000_00]]


def _pension(without: str, since: date, **how: Any) -> Any:
    """Of a document, and of one from a day that no longer helps accountants and those who insure themselves."""
    narrower = insured.changed(
        '"会计", "村会计", ', "", ('others = ["村民小组长",', 'others = ["会计", "村民小组长",'),
        ('subsidised = ["城乡居民", "灵活就业"]', 'subsidised = ["城乡居民"]'),
    )  # fmt: skip
    both = (insured.default(), narrower) if without == "later" else (narrower, insured.default())
    return two(*both, since)


PEOPLE = (
    insured.insured(1, post="会计"),
    insured.insured(2),
    insured.insured(3, insurance="灵活就业"),
    insured.insured(4, insurance="职工养老"),
)


@pytest.mark.parametrize("without", ["earlier", "later"])
def test_the_post_and_the_insurance_of_a_month_are_helped_as_its_own_edition_says(without: str) -> None:
    by = _pension(without, date(2025, 7, 1))
    run = insured.outcome(*PEOPLE, by=by)
    assert insured.parts(run) == ["补贴", "补贴", "补贴", "不补"]
    assert insured.column(run, "参保补贴人员名册", "subsidy") == [720_00, 1440_00, 720_00]
    for quarter, helped in (("2025Q1", without == "later"), ("2025Q3", without == "earlier")):
        run = insured.outcome(*PEOPLE, by=by, period=quarter)
        assert insured.column(run, "参保补贴人员名册", "subsidy") == [360_00] * (3 if helped else 1)


def test_the_ledger_is_told_each_month_by_its_own_edition() -> None:
    by = _pension("later", date(2025, 7, 1))
    for period, months in (("2025Q1", 3), ("2025Q3", 0), ("2025", 6)):
        owed = insured.entitled(*PEOPLE, by=by, period=period)
        sums = [sum(due.fen for due in one.due) for one in owed.claimants]
        assert sums == [120_00 * months, 120_00 * Period.parse(period).months, 120_00 * months, 0]


def test_a_post_that_only_an_edition_of_other_months_does_not_know_is_no_question() -> None:
    """The accountant left before the edition that no longer lists accountants."""
    unlisted = insured.changed('"会计", "村会计", ', "")
    by = two(insured.default(), unlisted, date(2025, 7, 1))
    for ended, codes in (("2025-03-31", []), (None, ["post-unknown"])):
        run = insured.outcome(insured.insured(post="会计", ended=ended), by=by)
        assert insured.told(run) == codes
    assert insured.told(insured.outcome(insured.insured(post="会计"), by=by, period="2025Q1")) == []


def _examined(number: int, day: str | None, last: str) -> Any:
    return examined.secretary(number, day=day, cost=280 if day else None, last=last, reason="在外")


def test_a_check_up_goes_by_the_edition_of_its_day() -> None:
    """From July 2025 a check-up is every year, up to 300 yuan, and the township bears three tenths of it."""
    later = examined.with_policy(
        interval={"years": 1},
        package={"male": 300, "female": 300},
        funding={"shares": [{"who": "县", "percent": 70}, {"who": "乡镇", "percent": 30}]},
    )
    by = two(examined.default(), later, date(2025, 7, 1))
    rows = [
        _examined(1, "2025-03-01", "2023-05-01"), _examined(2, "2025-08-01", "2023-05-01"),
        _examined(3, "2025-03-01", "2024-05-01"), _examined(4, "2025-08-01", "2024-05-01"),
    ]  # fmt: skip
    run = examined.outcome(*rows, by=by, year=2025, on=date(2025, 12, 31))
    assert examined.column(run, "体检名册", "borne") == [200_00, 280_00, 0, 280_00]
    assert [examined.column(run, "分乡镇汇总表", f"payer{at}") for at in range(2)] == [[592_00], [168_00]]


@pytest.mark.parametrize(("on", "part"), [(date(2025, 6, 30), "本期不应检"), (date(2025, 7, 1), "未体检")])
def test_whether_the_absent_are_due_goes_by_the_edition_of_the_day_of_judgement(on: date, part: str) -> None:
    yearly = examined.with_policy(interval={"years": 1})
    by = two(examined.default(), yearly, date(2025, 7, 1))
    run = examined.outcome(_examined(1, None, "2024-05-01"), by=by, year=2025, on=on)
    assert examined.column(run, "体检名册", "part") == [part]


@pytest.mark.parametrize(
    ("day", "codes"), [("2025-03", []), ("2025-06", ["edition-unclear"]), ("2025-02-28", ["edition-unclear"])]
)
def test_a_check_up_of_no_known_edition_is_a_question(day: str, codes: list[str]) -> None:
    """The document begins in March 2025, another edition of it in the midst of June."""
    first = examined.default().editions[0].model_copy(update={"effective": date(2025, 3, 1)})
    second = examined.default().editions[0].model_copy(update={"effective": date(2025, 6, 15)})
    by = PolicyFile("试.toml", "0" * 64, (first, second))
    run = examined.outcome(examined.secretary(1, day=day, cost=100), by=by, year=2025, on=date(2025, 12, 31))
    assert examined.told(run) == codes


def test_a_year_that_two_editions_share_is_warned_of_where_one_of_them_rules_all_of_it() -> None:
    again = bodies.pack().editions[0].model_copy(update={"effective": date(2026, 7, 1)})
    by = PolicyFile("两版.toml", "0" * 64, (bodies.pack().editions[0], again))
    for on, later in ((date(2026, 6, 30), "（到判定日 2026-06-30 还没有施行）"), (date(2026, 12, 31), "")):
        run = bodies.outcome(bodies.body(), by=by, on=on)
        (one,) = [one for one in run.findings if one.code == "budget.several-editions"]
        assert str(one.place) == "两版.toml"
        first = bodies.pack().editions[0].effective
        assert one.message == (
            f"2026年里先后有 2 版（{first} 起、2026-07-01 起），全部按 2026-07-01 起的一版{later}判断"
        )
    assert "several-editions" not in bodies.told(bodies.outcome(bodies.body()))


def test_performance_of_a_year_that_no_edition_rules_waits_and_is_told_once() -> None:
    """The document begins in 2026; whoever served in 2025 has performance of 2025 to come, who came in 2026 has none."""
    by = PolicyFile(
        "县.toml",
        "0" * 64,
        (cadres.shipped().editions[0].model_copy(update={"effective": date(2026, 1, 1)}),),
    )
    rows = cadres.cadre(1), cadres.cadre(2, ended="2025-12-15"), cadres.cadre(3, started="2026-01-05")
    run = cadres.outcome(*rows, month="2026-02", by=by, appraisals=[cadres.appraisal(1, "优秀")])
    assert cadres.column(run, "报酬发放表", "waits") == ["绩效待定", None]
    (said,) = [one.message for one in run.findings if one.code == "pay.year-unruled"]
    assert (
        said
        == "2025 年没有政策版本（最早的一版自 2026-01-01 起），应在 2026-02 发的 2025 年度绩效没有算，2 行等着"
    )
    waits = [wage.waits for wage in cadres.wages(*rows, month="2026-02", by=by)]
    assert [bool(each) for each in waits] == [True, True, False]
    assert "year-unruled" not in cadres.told(cadres.outcome(*rows, month="2026-03", by=by))


def _renamed(file: PolicyFile[Any], title: str, **keys: Any) -> PolicyFile[Any]:
    return PolicyFile("试.toml", "0" * 64, (file.editions[-1].model_copy(update={"title": title, **keys}),))


def _cited(run: Any) -> tuple[list[str], str]:
    """The titles by which a notice says that it was decided, and the standard that it gives."""
    (notice, *_) = run.notices()
    return [basis.partition("》")[0].removeprefix("《") for basis in notice.basis], notice.standard


def test_a_notice_of_pay_cites_every_edition_that_paid_a_day_of_it_with_its_sums() -> None:
    """Where the raise rules from the next month, the month is the old edition's alone."""

    def of(yuan: int, title: str, raised: str) -> PolicyFile[Any]:
        base = {"item": "base", "clause": f"主职 {yuan} 元", "per": "month", "yuan": yuan}
        months = {"clause": "四", "joining": "days", "raised": raised}
        made = cadres.with_policy(parts=[base], months=months, performance=None)
        posting = made.editions[0].notice or cadres.with_policy("hubei-2021").editions[0].notice
        return _renamed(made, title, notice=posting)

    for raised, titles, standard in (
        ("days", ["旧", "新"], "自 2025-01-01 起：主职 2400 元。自 2026-07-16 起：主职 2750 元"),
        ("month", ["旧"], "主职 2400 元"),
    ):
        old = _renamed(of(2400, "旧", raised), "旧", effective=date(2025, 1, 1))
        run = cadres.outcome(
            cadres.cadre(1), month="2026-07", by=two(old, of(2750, "新", raised), date(2026, 7, 16))
        )
        assert _cited(run) == (titles, standard)
        notes = cadres.page(run, "报酬发放表").notes
        assert [note.partition("：")[2].partition("。")[0] for note in notes] == titles
        assert all(f"主职 {yuan} 元" in "".join(notes) for yuan in ((2400, 2750) if len(titles) > 1 else ()))


@pytest.mark.parametrize(
    ("run", "file"),
    [
        (lambda by: insured.outcome(insured.insured(1), by=by), insured.default),
        (
            lambda by: contracts.outcome(
                contracts.contract(started="2024-07-01", ended="2026-06-30"), by=by, period="2025"
            ),
            contracts.default,
        ),
        (lambda by: payers.outcome(payers.payer(base=300_000), by=by, on=date(2025, 12, 31)), payers.default),
    ],
    ids=["pension", "graduates", "dues"],
)
def test_a_notice_about_months_cites_every_edition_of_one_of_them(run: Any, file: Any) -> None:
    by = two(_renamed(file(), "旧"), _renamed(file(), "新"), date(2025, 6, 1))
    assert _cited(run(by))[0] == ["旧", "新"]
    later = two(_renamed(file(), "旧"), _renamed(file(), "新"), date(2025, 12, 2))
    assert _cited(run(later))[0] == ["旧"]


def test_a_notice_of_a_subsidy_says_what_the_months_of_an_earlier_edition_paid() -> None:
    by = two(_renamed(_paying(50), "旧"), _renamed(_paying(100), "新"), date(2026, 5, 1))
    run = _subsidies(by)
    titles, standard = _cited(run)
    document = by.editions[0].document
    assert titles == ["旧", "新"]
    assert standard.startswith("第") and standard.endswith(
        f"2026-04按《旧》（{document}）{_clause(by)}，每月50元。"
    )
    assert _cited(_subsidies(two(_paying(50), _paying(100), date(2026, 6, 2))))[1].count("50元") == 1


def _clause(by: PolicyFile[Any]) -> str:
    return str(by.editions[0].benefit[0].clause)


def _clerk(since: date, *, listed: str) -> PolicyFile[Any]:
    """Two documents of pay, one of which knows the post 文书 and whoever is 选派."""
    plain = cadres.shipped().editions[0]
    without = cadres.with_policy(outsiders={"kinds": ["公务员"]}).editions[0]
    without = without.model_copy(update={"posts": tuple(one for one in without.posts if one.name != "文书")})
    both = (plain, without) if listed == "earlier" else (without, plain)
    return PolicyFile("试.toml", "0" * 64, (both[0], both[1].model_copy(update={"effective": since})))


@pytest.mark.parametrize(
    ("listed", "ended", "unknown"),
    [
        ("earlier", "2026-03-31", False), ("earlier", "2026-04-01", True), ("later", None, True), ("earlier", None, True),
    ],
)  # fmt: skip
def test_a_post_of_pay_is_asked_of_the_editions_of_the_months_in_office(
    listed: str, ended: str | None, unknown: bool
) -> None:
    by = _clerk(date(2026, 4, 1), listed=listed)
    for who, code in (
        (cadres.cadre(post="文书", ended=ended), "post-unknown"),
        (cadres.cadre(kind="选派", ended=ended), "kind-unknown"),
    ):
        run = cadres.outcome(who, month="2026H1", by=by)
        assert [one for one in cadres.told(run) if one == code] == ([code] if unknown else [])


@pytest.mark.parametrize(("on", "window"), [(date(2026, 6, 30), "31至90天"), (date(2026, 7, 31), "0至60天")])
def test_what_is_of_no_month_goes_by_the_edition_in_force_on_the_day(on: date, window: str) -> None:
    """From July on, who is to be told of a contract's end is told sixty days before."""
    by = two(contracts.default(), contracts.changed("warn = [30, 90]", "warn = [60]"), date(2026, 7, 1))
    run = contracts.outcome(contracts.contract(started="2023-08-21", ended="2026-08-20"), by=by, on=on)
    assert contracts.column(run, deadlines.NAME, "state") == [window]
