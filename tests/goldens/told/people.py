"""Those in need, visited and honoured, loans, and what was made public: a row for each thing that can be odd, or takes a step."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace

from sanchuang_cli.domain.loans.rosters import Loan, LoanEvent
from tests.goldens.told import Asked, unsure
from tests.ledger.county import account
from tests.programmes import borrowers, nominees, pairs, publications, visited
from tests.programmes.borrowers import applicant, event, loan, switched
from tests.programmes.nominees import BRANCH, MEMBER, base, branch, person
from tests.programmes.nominees import name as name_of
from tests.programmes.pairs import helper, member, name, number
from tests.programmes.people import day, identity
from tests.programmes.publications import DUES, ELECTION, PAID, STANDING, draft, row
from tests.programmes.visited import contact, pair, recipient, supply, visit


def in_need(at: int, hardship: str = "困难", had: int = 0, kin: str = "", **fields: Any) -> Any:
    """A member whose row has all columns."""
    return member(at, hardship, had, kin=kin, household=fields.pop("household", ""), **fields)


def pairing() -> Iterator[Asked]:
    """Too few places; then with relatives, last year's result, and a helper who is supposed to leave."""
    members = [
        in_need(1, had=9),
        in_need(2, had=1),
        in_need(3, had=1),
        in_need(4, had=2, kin=number(502)),
        in_need(5, had=3),
        in_need(6, had=4),
        in_need(7, kin="、".join(number(500 + at) for at in (1, 2, 3, 5))),
        in_need(8, "很难"),
        in_need(9, kin="2302991970"),
        in_need(10, kin=f"儿子{name(502)}"),
        in_need(11, identity=number(506)),
        in_need(12, "特困", household="7"),
        in_need(13, identity=identity("2012-01-01")),
    ]
    helpers = [
        helper(1, quota=1),
        helper(2, quota=2, post="局长", leads=True, village="向阳村"),
        helper(3, quota=2, kin="2302991970"),
        helper(4, quota=1),
        helper(5, quota=0, household="７"),
        helper(6),
    ]
    yield (pairs.asked(members, helpers))
    line = {
        "name": name(1),
        "identity": number(1),
        "helper": name(502),
        "helper_identity": number(502),
        "since": "2025-03-01",
    }
    two = [helper(1), helper(2, kin=f"{name(3)}（父）")]
    yield (
        pairs.asked(
            [in_need(1), in_need(2, "特困", had=2), in_need(3, had=2, since=day("2020-05-06"))],
            two,
            last=[line],
        )
    )
    yield (pairs.asked([in_need(1, had=1), in_need(2)], two, last=[line]))
    yield (pairs.asked([in_need(n) for n in (1, 2)], two[:1]))
    yield (pairs.asked([in_need(n, village=f"第{n}村") for n in (1, 2)], [helper(n, village=f"第{n}村") for n in (1, 2)], without=(name(501),)))  # fmt: skip
    yield (pairs.asked([in_need(1, since=day("2025-03-01"))], [helper(1)]))


def visits() -> Iterator[Asked]:
    """The log without pairs and beside them; then what was given, and from which source."""
    late = visited.changed('clause = "定期走访', 'entry_days = 7\nclause = "定期走访')
    log = [
        visit("2026-03-01", kind="爱心"),
        visit("2027-01-01"),
        visit("2026-03", line=20),
        visit("2025-12-30", entered="2026-01-07"),
        visit("2026-05-05", entered="2026-05-13", way="联系"),
        visit("2026-05-05", entered="2026-05-12", line=90, sheet="走访二"),
        visit("2026-05-05", kind="暖心", line=91, sheet="走访二"),
    ]
    yield (visited.asked(*log, by=late))
    beside = [
        visit("2026-01-20", by=2),
        visit("2026-03-10"),
        visit("2026-04-10", never=True),
        contact("2026-04-20"),
        visit("2026-05-01"),
        visit("2026-01-21", whom=9),
        visit("2026-01-22", whom=2, by=3, village=""),
        contact("2026-01-31", whom=3, by=3),
    ]
    there = [pair(), pair(2, 2), pair(4, 4, 姓名=name(2), 村="东湾村"), pair(3, 3)]
    yield (visited.asked(*beside, pairs=there))
    given = [
        recipient(1, "老模范"),
        recipient(2, holiday="中秋"),
        recipient(3, source="某企业"),
        recipient(4, on="2027-01-01"),
        recipient(5, amount=800.5),
        recipient(6, on="2026-02-17"),
        recipient(7, source="", account=account(7)),
        recipient(8, "建国前老党员、老党员", on=None),
        recipient(9, "其他"),
        recipient(11, "建国前老党员", joined="1952-07"),
        recipient(12, identity=identity("1990-05-01")),
        recipient(13, on="2025-01-20"),
        recipient(10, item="米面油", quantity=3, holiday="春节"),
    ]
    money = [supply(yuan=1000, left=0), supply(yuan=300, line=2, item="米面油", quantity=2)]
    pot = '[[edition.allocations]]\nclause = "按人数分"\nmethod = "half_up"\nholiday = "元旦春节"\namount = 0.01\n[edition.notice]'
    by = visited.changed("[edition.notice]", pot)
    yield (visited.asked(recipients=given, supplies=money, by=by))
    two = [
        recipient(1),
        recipient(2, township="望河乡"),
        recipient(3, "荣誉获得者", identity="", account=account(3)),
        recipient(4, account="123"),
    ]
    yield (
        visited.asked(recipients=two[:2], supplies=[supply(yuan=1100, left=200), supply("捐赠", 5, 2)], by=by)
    )
    good = supply(yuan=1000)
    spoilt = replace(good, row=replace(good.row, cells=("县财政", "一万多"), unread=("amount",)), amount=None)
    yield (visited.asked(recipients=two, supplies=[spoilt]))
    yield (visited.asked(recipients=unsure(given_to)))
    yield (visited.asked(visit("2026-01-20"), pairs=[pair(since="2026-03-15")]))


def given_to(line: int, **said: str) -> Any:
    """Somebody who is given money, on a line of the roster."""
    return recipient(1, line=line, **said)


def catalogue() -> Iterator[Asked]:
    """A catalogue of four items, and drafts of results."""
    by = publications.catalogue(STANDING, DUES, ELECTION, PAID)
    rows = [
        row(1, "职责", since="2026-02-01", place="县公开栏、县网站"),
        row(2, "招商", since="2026-06-01"),
        row(3, since="2026-06-01", township=""),
        row(4, since="2026-06"),
        row(5, since=None),
        row(6, since="2026-06-01", place=""),
        row(7, since="2026-06-01", place="食堂"),
        row(8, since="2026-06-01", place="未在公开栏张贴"),
        row(9, since="2026-06-01", down="2026-05-31"),
        row(10, since="2026-06-01", until="2026-05-31"),
        row(11, since="2026-06-01", occurred="2026-06-02"),
        row(12, "选举", which="补选", occurred="2026-06-10", since="2026-06-11"),
        row(13, "选举", which="补选", occurred="2026-06-11", since="2026-06-11", place="网站"),
        row(
            14,
            "补贴",
            which="2026-04",
            occurred="2026-06-01",
            since="2026-06-02",
            down="2026-06-08",
            until=None,
        ),
        row(15, "补贴", which="2026-05", since="2026-06-03"),
        row(16, "补贴", which="2026-03", occurred="2026-06-01", since="2026-06-02", down="2026-06-09"),
        row(17, "选举", which="届中", occurred="2026-06-28", since=None),
        row(18, since=None, occurred="2026-06-01"),
        row(19, "选举", since="2026-06-01", place="食堂"),
        row(20, "选举", since="2026-06-01", place="未在公开栏、网站张贴"),
    ]
    drafts = [draft(1, "离任补贴公示"), draft(2, "困难补贴公示"), draft(3, "报酬公示", programme="pay")]
    yield publications.asked(rows, by, drafts=drafts)


def honors() -> Iterator[Asked]:
    """Three townships by the default policy; then with the results, and where there are no places."""
    here = [base(1, "青禾镇", 1_000, 100), base(2, "望河乡", 700, 60), base(3, "石桥镇", 300)]
    people = [
        person(1),
        person(20, name=name_of(1), identity="", order=9),
        person(2, category="致富能手"),
        person(3, township="白桦县"),
        person(4, front=None),
        person(5, leader=None),
        person(6, merits="修 " * 101),
        person(7, 信访意见="有异议"),
        person(8, 计生意见=""),
        person(9, MEMBER),
        person(10, MEMBER, name=name_of(6), identity=person(6).identity),
        person(21, BRANCH, name=name_of(6), identity=person(6).identity),
        person(11, front=False, leader=True, order=2),
        person(12, front=False, leader=True, order=2),
        person(13, front=False, leader=True, township="望河乡"),
        person(14, township="望河乡", order=None),
        person(15, township="望河乡", order=None, front=False),
        person(16, township="望河乡", 纪检意见=""),
        branch(17),
        branch(19, order=2),
        branch(18, "三合村党支部", township="望河乡"),
        branch(22, "孙三合", township="望河乡", order=None),
        person(23, township="望河乡", identity=identity("2010-01-01")),
    ]  # fmt: skip
    yield nominees.asked(people, here)
    starred = nominees.changed(
        lambda edition: edition["categories"][2].update(starred={"clause": "四星以上", "least": 4})
    )
    results = {**nominees.reviewed({person(1).identity: "优秀", person(2).identity: "合格"}), **nominees.rated({("青禾镇", "河西村党支部"): 4, ("青禾镇", "河东村党支部"): 3, ("青禾镇", "空村党支部"): None})}  # fmt: skip
    members = [person(1, MEMBER), person(2, MEMBER), person(3, MEMBER)]
    branches = [branch(4), branch(5, "河东村党支部"), branch(6, "空村党支部"), branch(7, "无名村党支部")]
    yield nominees.asked([*members, *branches], here[:1], results, by=starred)
    tied = nominees.numbered(
        {BRANCH: 1}, sharing={"clause": "分", "method": "largest_remainder", "tie": "ask"}
    )
    two = [base(1, "青禾镇", 1, 50), base(2, "望河乡", 1, 50)]
    yield nominees.asked([branch(1), branch(2, township="望河乡")], two, by=tied)
    yield nominees.asked([branch(1), branch(2, township="望河乡")], two, by=nominees.numbered({BRANCH: 1}))
    unshared = nominees.numbered({BRANCH: 1}, sharing={"clause": "分", "method": "half_up"})
    yield nominees.asked(
        [branch(1)], [base(n, town, 1, 50) for n, town in enumerate(nominees.TOWNS[:3], 1)], by=unshared
    )
    unknown = nominees.changed(lambda edition: edition["categories"][2].pop("share"))
    yield nominees.asked([branch(1)], here, by=unknown)


def lent(number: int, principal: float = 50_000, **fields: Any) -> Loan:
    """A loan whose row has all columns, at a rate that is not too high."""
    return loan(number, principal, **{"rate": 3.6, "account": account(number), "other": None, **fields})


def happened(*events: LoanEvent) -> list[LoanEvent]:
    """Events in the lines from the fourth on."""
    return [replace(one, row=replace(one.row, number=at)) for at, one in enumerate(events, 4)]


def fund() -> Iterator[Asked]:
    """Applications beside loans; what is lacking where something is not given; loans and their events."""
    pool, limit = {"total": [{"effective": date(2012, 1, 1), "yuan": 1_000_000}]}, {"most": [50_000, 80_000]}
    borrower = [identity("1975-02-03", number=number) for number in range(5)]
    members = {"clause": "党员", "accept": ["正式党员", "预备党员"], "refuse": ["群众"]}
    yield borrowers.asked(
        [
            applicant(1, spouse=""),
            applicant(2, born="2010-01-01", own=30_000.5, opened="2025-10-01", households=1, credit="差", months=99, other=True),
            applicant(3, spouse=identity("1980-01-01", number=3), day="2025-10"),
            applicant(4, own=100_001),
            applicant(5, opened="2023", category="群众"),
            applicant(6, credit="一般", category="干部"),
            applicant(7, identity=borrower[1]),
            applicant(8, spouse=borrower[2]),
            applicant(9, identity=borrower[3], asked=80_000),
            applicant(10, spouse=borrower[4]),
            applicant(11, asked=0),
            applicant(12, own=30_000, households=4, months=13, other=True, opened="2023-10-09", born="1965-10-07", 党性评议分=0, 信用分=0, 项目前景分=20),
        ],
        [lent(1), lent(2, lent="2024-01-01"), lent(3, months=6), lent(4), *(lent(n, lent="2025-10-08", identity=identity("1980-01-01", number=1), name="甲1", account=account(5)) for n in (5, 6))],
        happened(event(3, "2025-05-01", "结清"), event(4, "2025-03-01", "核销"), event(2, "2024-05-01", "还本", 60_000)),
        by=switched(pool=pool, limit=limit, conditions={"member": members}),
    )  # fmt: skip
    yield borrowers.asked([applicant(1)], [lent(1)], by=switched(pool={"total": []}))
    yield borrowers.asked([applicant(1)], by=switched(limit={"most": []}))
    yield borrowers.asked([applicant(1)], by=switched(limit={"most": [50_000]}))
    spoilt = [lent(1, unread=("principal",)).row]
    yield borrowers.asked(
        [applicant(1)], [lent(2)], by=switched(interest={"base": [], "base_times": None}), unread=spoilt
    )
    called = {"clause": "逾期90日代偿八成", "days": 90, "percent": 80}
    guaranteed = borrowers.changed(lambda edition: edition.update(guarantee=called))
    yield borrowers.asked(
        (),
        [lent(1, lent="2024-06-01"), lent(2, lent="2026-01-01"), lent(3, other=True)],
        happened(event(1, "2025-05-01", "展期", months=3), event(1, "2025-04-01", "还本", 10_000)),
        by=guaranteed,
        period="2025-12",
        on=date(2025, 12, 31),
    )
    yield borrowers.asked(
        (),
        [
            lent(1, lent="2025-01"),
            lent(2, lent="2026-02-01"),
            lent(3, lent="2001-01-01"),
            lent(4, months=0),
            lent(5, 0),
            lent(6, unread=("rate",)),
            lent(7, rate=0.6),
            lent(8, rate=5),
            lent(9, approved=4_000_000, account=""),
            *(lent(number) for number in range(10, 24)),
            lent(24, lent="2024-06-01"),
            lent(25, account="看不清", unread=("account",)),
        ],
        happened(
            event(99, "2025-05-01", "结清"),
            event(10, "2025-05", "还本", 1),
            event(11, "2024-12-31", "还本", 1),
            event(12, "2025-05-01", "结清"),
            event(12, "2025-05-02", "还本", 1),
            event(13, "2025-05-01", "还本", 60_000),
            event(14, "2025-05-01", "还本", None),
            event(15, "2025-05-01", "展期"),
            event(16, "2025-05-01", "结清", 1),
            event(17, "2025-05-01", "冲正", of_day="2025-04-01"),
            event(18, "2025-05-01", "付息", 9_999),
            event(19, "2025-05-01", "结清"),
            event(19, "2025-05-01", "核销"),
            event(20, "2025-05-01", "核销", 0),
            event(21, "2025-12-02", "还本", 1),
            event(22, "2025-05-01", "还本", 1),
            event(22, "2025-05-01", "付息", 2),
            event(22, "2025-05-02", "冲正", of_day="2025-05-01"),
            event(23, "2025-05-01", "还本", 1),
            event(23, "2025-05-02", "冲正", of_day="2025-05-01"),
            event(23, "2025-05-03", "冲正", of_day="2025-05-01"),
            event(24, "2025-06-02", "展期", months=6),
        ),
        on=date(2025, 12, 1),
    )
    little = {"total": [{"effective": date(2012, 1, 1), "yuan": 60_000}]}
    yield borrowers.asked([applicant(1), applicant(2, credit="一般")], by=switched(pool=little, limit=limit))
