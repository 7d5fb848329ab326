"""A small programme made for tests of the kernel: people in need are paired with the helpers of their village.

Two main rosters, of which each row is somewhere in the end; in a village without a helper they wait.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from sanchuang_cli.comparing import Last
from sanchuang_cli.domain.people import Person
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import At, Company, Joint, Odd, Reason, Told, Verdict, each, grouped
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.page import Col, Page, Post
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.posting import Posting
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Beside, Field, Record, Roster, Row, Source, Wanted
from sanchuang_cli.summary import Summary

YEAR = Period.year(2026)
ON = date(2026, 6, 1)
HELPED, POOR, OTHERS = ("结对", "待结对", "不属对象")


class Helped(Person, frozen=True, kw_only=True):
    need: Annotated[str, Field("困难情况")] = ""
    since: Annotated[VagueDate | None, Field("列入日期", Kind.DATE)] = None
    until: Annotated[VagueDate | None, Field("截止日期", Kind.DATE, ahead=True)] = None
    phone: Annotated[str, Field("联系电话", Kind.PHONE, idle=True)] = ""


class Helper(Person, frozen=True, kw_only=True):
    places: Annotated[int, Field("名额", Kind.COUNT)] = 1


class Village(Record, frozen=True, kw_only=True):
    village: Annotated[str, Field("村", required=True)]
    people: Annotated[int, Field("人口", Kind.COUNT, required=True)]


class Pairing(Policy):
    clause: str = "第一条"
    notice: Posting | None = None


class Pair(Verdict[Helped], frozen=True, kw_only=True, eq=False):
    people: int = 0


def in_need(who: Helped, at: At[Pairing], odd: Odd) -> Pair | None:
    villages = {one.village: one.people for one in at.rosters["villages"].records}
    need = Reason("困难", who.need or "没有写", at.policy.clause, bool(who.need), ("need",))
    if who.need == "？":
        odd.add("need-unclear", "need", f"{who.name}：看不出有什么困难")
    part = HELPED if who.need else OTHERS
    return Pair(record=who, part=part, reasons=(need,), people=villages.get(who.village, 0))


def willing(who: Helper, at: At[Pairing], odd: Odd) -> Verdict[Helper]:
    return Verdict(record=who, part="结对人", reasons=(Reason("名额", str(who.places), at.policy.clause),))


def one_each(company: Company) -> Joint:
    """In a village without a helper nobody is paired yet; a helper without anybody is told."""
    helpers = grouped(company.standing("helpers"), "village")
    pairs = [
        one if one.part == OTHERS or (one.record.village,) in helpers else waiting(one)
        for one in company.standing("helped")
    ]
    needed = {one.record.village for one in pairs}
    idle = [one for (village,), found in helpers.items() if village not in needed for one in found]
    told = [Told(company.at.doubts.at("idle", one.record.row.place(), "没有结对的人")) for one in idle]
    return Joint(verdicts={"helped": pairs}, told=told, more=len(helpers))


def waiting(pair: Pair) -> Pair:
    return Pair(record=pair.record, part=POOR, reasons=pair.reasons, people=pair.people)


PAIRS = Page(
    "结对名册", "结对名册", ("identity", Col("need", private=True), Col("part", "情况")), of=(HELPED, POOR)
)


def programme(**changed: Any) -> Programme:
    usual: dict[str, Any] = {
        "name": "pairs",
        "policy": Pairing,
        "default_period": lambda today: Period.year(today.year),
        "mains": {
            "helped": Main(
                Wanted(Helped, "帮扶对象名册", once=("identity",)), each(in_need), (HELPED, POOR, OTHERS)
            ),
            "helpers": Main(Wanted(Helper, "结对人名册", once=("identity",)), each(willing), ("结对人",)),
        },
        "serving": {"villages": Wanted(Village, "村情表", optional=True, once=("village",))},
        "previous": Last(PAIRS, key=("identity",), watched=("part",)),
        "doubts": Doubts(
            {
                "need-unclear": Doubt(Severity.ERROR, "看得出困难才结对", "请写明。"),
                "idle": Doubt(Severity.WARNING, mend="请安排。"),
            }
        ),
        "together": one_each,
        "pages": (PAIRS, Summary("分村", "分村人数", ("village",), ())),
        "notices": (
            Post("结对公示", "结对帮扶对象", (HELPED,), (Col("need"),), lambda policy: policy.clause),
        ),
    }
    return Programme(**usual | changed)


HEADS = ("乡镇", "村", "姓名", "身份证号", "困难情况", "列入日期", "截止日期", "联系电话")
FIELDS = ("township", "village", "name", "identity", "need", "since", "until", "phone")


def source(sheet: str, beside: Mapping[int, Beside] = {}) -> Source:
    columns = {name: (at, head) for at, (name, head) in enumerate(zip(FIELDS, HEADS, strict=True), 1)}
    return Source("名册.xlsx", sheet, columns, beside=beside)


SHEET, OTHER_SHEET, VILLAGES = source("对象"), source("结对人"), source("村情")


def helped(number: int, *, unread: tuple[str, ...] = (), **said: Any) -> Helped:
    who = {
        "township": "青禾镇",
        "village": "河西村",
        "name": f"甲{number}",
        "identity": f"23029919600101{number:03}0",
    } | said
    cells = tuple("？" if name in unread else str(who.get(name) or "") for name in FIELDS)
    return Helped(row=Row(SHEET, number, cells, unread), **who)


def helper(number: int, village: str = "河西村", **said: Any) -> Helper:
    who = {
        "township": "青禾镇",
        "village": village,
        "name": f"乙{number}",
        "identity": f"23029919700101{number:03}0",
    }
    return Helper(row=Row(OTHER_SHEET, number, tuple(map(str, who.values()))), **who | said)


def village(number: int, name: str, people: int) -> Village:
    return Village(row=Row(VILLAGES, number, ("", name)), village=name, people=people)


EDITIONS = PolicyFile(
    "pairs", "", (Pairing(title="结对办法", document="县发〔2012〕1号", effective=date(2012, 1, 1)),)
)


def ran(
    people: Iterable[Helped],
    helpers: Iterable[Helper] = (),
    villages: Iterable[Village] = (),
    previous: Roster[Any] | None = None,
    **changed: Any,
) -> Outcome:
    rosters: dict[str, Roster[Any]] = {
        "helped": Roster(tuple(people)),
        "helpers": Roster(tuple(helpers)),
        "villages": Roster(tuple(villages)),
    }
    if previous:
        rosters["previous"] = previous
    return programme(**changed).run(rosters, EDITIONS, Occasion(YEAR, ON, ("青禾镇",)))


def codes(outcome: Outcome) -> list[str]:
    return sorted(found.code for found in outcome.findings)


def page(outcome: Outcome, name: str) -> list[tuple[Any, ...]]:
    return list(next(table for table in outcome.tables if table.name == name).rows)
