"""`checkups` beside its oracle: rosters written as a clerk might, read and judged by the package, row by row."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook

from sanchuang_cli import policy
from sanchuang_cli.cli import made
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.domain.identity import check_digit
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import PREVIOUS
from sanchuang_cli.programmes import listed
from sanchuang_cli.programmes.checkups import PROGRAMME, CheckupPolicy
from sanchuang_cli.record import Origin, Roster, Row, Source
from tests.compared.result import Compared
from tests.oracle import checkups as oracle

YEAR = 2026
HEADINGS = {
    "township": "乡镇", "village": "村", "name": "姓名", "number": "身份证号", "post": "职务", "start": "任职起始",
    "end": "任职终止", "last": "上次体检日期", "attended": "是否参检", "day": "体检日期", "place": "体检机构", "package": "套餐",
    "cost": "费用", "reason": "未检原因", "recheck": "复查日期",
}  # fmt: skip
POSTS = ("书记", "村党支部书记", "支部书记", "村支书", "党总支书记", "村党委书记", "书记兼主任", "书记、会计")
OTHERS = ("会计", "副书记", "村委会主任", "主任兼会计")
UNKNOWN = ("护林员", "书记兼护林员", "村官")
PLACES = ("县医院", "中医院", "")
DAYS = (date(YEAR, 5, 12), date(YEAR, 5, 13))
ILLEGIBLE = {
    "start": "换届时", "end": "换届时", "last": "前年吧", "attended": "拟检", "day": "月底", "cost": "二百多", "package": "套餐一",
    "recheck": "再说",
}  # fmt: skip
DIFFERENT: tuple[tuple[str, Any], ...] = (
    ("reason", "别的"), ("reason", "住院"), ("package", ""), ("recheck", (date(2025, 9, 1),) * 2), ("post", "主任"), ("cost", 12345), ("village", "西湾村"), ("last", (date(2020, 1, 1),) * 2),
)  # fmt: skip
WARNED = {
    "no-reason": oracle.NO_REASON,
    "package-differs": oracle.OTHER_SEX,
    "over-cap": oracle.ABOVE_CAP,
    "not-due": oracle.UNDUE,
}


def number(dice: Random, sex: str, at: int) -> str:
    born = date(1950, 1, 1) + timedelta(days=dice.randrange(18_000))
    body = f"230299{born:%Y%m%d}{at % 499 * 2 + (sex == '男'):03d}"
    return body + check_digit(body)


def span(dice: Random, first: date, last: date, vague: float) -> oracle.Span:
    """A day between two, or, now and then, the month or the year that it lies in."""
    day = first + timedelta(days=dice.randint(0, (last - first).days))
    if dice.random() > vague:
        return day, day
    found = VagueDate.within(day.year, dice.choice((0, day.month)))
    return found.earliest, found.latest


def maybe(dice: Random, chance: float, *asked: Any) -> oracle.Span | None:
    return span(dice, *asked) if dice.random() < chance else None


def row(dice: Random, at: int) -> oracle.Row:
    """Somebody for whom every rule may bite; of every twelfth a cell is blank or illegible."""
    sex = dice.choice("男男女")
    went = dice.random() < 0.65
    day = maybe(dice, 0.97, date(YEAR, 1, 1), date(YEAR, 11, 28), 0.06) if went else None
    if day and dice.random() < 0.4:
        day = (dice.choice(DAYS),) * 2
    if day and dice.random() < 0.05:
        day = span(dice, date(YEAR - 1, 6, 1), date(YEAR + 1, 3, 1), 0.2)
    found = oracle.Row(
        township=dice.choice(("青禾镇", "望河乡", "白桦镇")),
        village=dice.choice(("向阳村", "东湾村")),
        name=f"甲{chr(0x4E00 + at)}",
        number=number(dice, sex, at),
        sex=sex,
        post=dice.choice((*POSTS * 3, *OTHERS, *UNKNOWN[: dice.random() < 0.3])),
        start=span(dice, date(2008, 1, 1), date(2025, 12, 31), 0.2),
        last=maybe(dice, 0.7, date(2021, 1, 1), date(2025, 12, 31), 0.3),
        attended=dice.choice((None, went, went, went if dice.random() < 0.9 else not went)),
        day=day,
        place=dice.choice(PLACES),
        package=dice.choice(("", sex, sex, "男", "女")),
        cost=dice.choice((0, 15000, 18000, 20000, 20001, 26050)) if went and dice.random() < 0.96 else None,
        reason="" if went or dice.random() < 0.3 else dice.choice(("住院", "外出")),
        recheck=maybe(dice, 0.1, date(YEAR, 6, 1), date(YEAR + 1, 6, 1), 0.3),
    )
    return spoilt(dice, at_the_edges(dice, found))


def at_the_edges(dice: Random, found: oracle.Row) -> oracle.Row:
    """Dates near those that decide. A last examination in the period stands beside an exact day of this one only: of a
    vague one the package asks more than the rules do."""
    if dice.random() < 0.2:
        found = replace(found, start=span(dice, date(YEAR, 4, 1), date(YEAR + 1, 1, 31), 0.3))
    if dice.random() < 0.2:
        found = replace(found, end=span(dice, date(YEAR, 1, 1), date(YEAR + 1, 1, 31), 0.3))
    exact = found.day is None or found.day[0] == found.day[1]
    if dice.random() < 0.05 and exact:
        found = replace(found, last=span(dice, date(YEAR, 1, 1), date(YEAR + 1, 1, 31), 0.3))
    if dice.random() < 0.05 and found.day:
        found = replace(found, start=found.day) if dice.random() < 0.5 else replace(found, end=found.day)
    return found


def changed(one: oracle.Row, name: str, value: Any) -> oracle.Row:
    return replace(one, **{name: value})


def spoilt(dice: Random, found: oracle.Row) -> oracle.Row:
    what = dice.random()
    if what < 0.04:
        name = dice.choice(("township", "village", "name", "number", "post", "start"))
        return changed(found, name, None if name == "start" else "")
    if what < 0.08:
        name = dice.choice(tuple(ILLEGIBLE))
        blank = changed(found, name, "" if name == "package" else None)
        return replace(blank, unread=frozenset({name}))
    return found


def roster(dice: Random, count: int) -> list[oracle.Row]:
    """So many rows, and doubles of some: alike, alike but for what decides nothing, or not alike."""
    found = [row(dice, at) for at in range(count)]
    for one in dice.sample(found, count // 15):
        name, value = dice.choice(DIFFERENT)
        if name not in one.unread:
            found.insert(dice.randrange(len(found)), changed(one, name, value))
    return found


def rules(dice: Random) -> oracle.Rules:
    return oracle.Rules(
        year=YEAR,
        as_of=dice.choice((date(YEAR, 11, 28), date(YEAR, 12, 31), date(YEAR, 6, 30), date(YEAR + 1, 2, 15))),
        posts=frozenset(POSTS),
        others=frozenset(OTHERS),
        interval=dice.choice((1, 2, 2, 3)),
        caps={"男": dice.choice((20000, 0, 15000)), "女": dice.choice((20000, 0, 26000))},
        payers=dice.choice(((100,), (50, 50), (70, 30), (34, 33, 33), (0, 100))),
    )


def as_policy(settings: oracle.Rules) -> PolicyFile[CheckupPolicy]:
    """The default policy with other figures."""
    text = policy.source("checkups", None)[1].decode()
    edition: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)["edition"][0]
    edition["interval"]["years"] = settings.interval
    caps = {sex: Decimal(fen) / 100 for sex, fen in settings.caps.items()}
    edition["package"] |= {"male": caps["男"], "female": caps["女"]}
    edition["funding"]["shares"] = [{"who": f"第{i}方", "percent": p} for i, p in enumerate(settings.payers)]
    return PolicyFile("试.toml", "0" * 64, (CheckupPolicy.model_validate(edition),))


def written(dice: Random, value: Any, name: str) -> Any:
    """A cell as one clerk or another writes it."""
    if value is None or value == "":
        return ""
    if name == "cost":
        yuan = f"{value // 100}.{value % 100:02d}"
        return dice.choice((value / 100, yuan, f"{yuan}元"))
    if name == "attended":
        return dice.choice(("是", "√") if value else ("否",))
    if isinstance(value, tuple):
        said = str(VagueDate(*value))
        return dice.choice((said, said.replace("-", "."), said.replace("-", "/")))
    return value


def book(
    path: Path, dice: Random, rows: Sequence[oracle.Row], quotas: Sequence[tuple[str, date, int]]
) -> Path:
    """The roster and the calendar of hospitals as a workbook; row n of the roster is line n + 2."""
    with Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("名册")
        sheet.write_row(0, 0, HEADINGS.values())
        for line, one in enumerate(rows, 1):
            cells = [
                ILLEGIBLE[name] if name in one.unread else written(dice, getattr(one, name), name)
                for name in HEADINGS
            ]
            sheet.write_row(line, 0, cells)
        days = workbook.add_worksheet("体检机构日程")
        days.write_row(0, 0, ("体检机构", "日期", "名额"))
        for line, (place, day, places) in enumerate(quotas, 1):
            days.write_row(line, 0, (place, day.isoformat(), places))
    return path


def last_result(before: Mapping[str, tuple[date | None, date | None]]) -> Roster[Any]:
    """The lines of a result of the year before: by number, the examination of that year and the one before it."""
    source = Source("上期.xlsx", "体检名册", {})
    records = tuple(
        LastLine(
            row=Row(source, at, ()),
            more={"identity": key, "day": day and VagueDate.on(day), "last": last and VagueDate.on(last)},
        )
        for at, (key, (day, last)) in enumerate(before.items(), 3)
    )
    return Roster(records, origin=Origin("上期.xlsx", Period.year(YEAR - 1), "", {}))


def judged(path: Path, settings: oracle.Rules, before: Roster[Any] | None) -> Whole:
    asked = Asked(books=[str(path)], period=str(settings.year), on=settings.as_of.isoformat())
    start = made.begun(listed("checkups"), asked)
    start, given = made.with_townships(start, made.given_books(start, asked), asked)
    rosters = dict(given.rosters) | ({PREVIOUS: before} if before else {})
    occasion = Occasion(Period.year(settings.year), settings.as_of, start.when.townships)
    return PROGRAMME.judge(rosters, as_policy(settings), occasion)


@dataclass(frozen=True)
class Side:
    """What one of the two says of a row."""

    part: str
    borne: tuple[int, ...] = ()
    warnings: frozenset[str] = frozenset()


def of_oracle(verdict: oracle.Verdict) -> Side:
    part = verdict.part if verdict.counts else "重复合并"
    return Side(part, verdict.borne, verdict.warnings) if verdict.counts else Side(part)


def of_package(whole: Whole, count: int) -> list[Side]:
    """By line; whoever is nowhere stands under a part that the oracle does not know."""
    warned: dict[int, set[str]] = {}
    for told in whole.findings:
        code = told.code.partition(".")[2]
        if code in WARNED:
            warned.setdefault(told.place.row, set()).add(WARNED[code])
    found = {}
    for one in whole.judged["secretaries"]:
        merged = one.verdict is not None and not any(one.record.row is row for row in whole.aside)
        found[one.record.row.number] = Side("重复合并" if merged else oracle.ASIDE)
    for verdict in whole.verdicts["secretaries"]:
        line = verdict.record.row.number
        found[line] = Side(verdict.part, tuple(verdict.shares.values()), frozenset(warned.get(line, ())))
    return [found.get(line, Side(oracle.ASIDE)) for line in range(2, count + 2)]


def drawn(dice: Random, count: int) -> Compared:
    with TemporaryDirectory() as folder:
        return compared(Path(folder), dice, count)


def compared(folder: Path, dice: Random, count: int) -> Compared:
    """A roster, its rules and perhaps the result of the year before, by both."""
    rows, settings = roster(dice, count), rules(dice)
    quotas = [(place, day, dice.choice((0, 1, 2, 5, 9))) for place in PLACES if place for day in DAYS]
    quotas += [quotas[0]] if dice.random() < 0.3 else [(*quotas[0][:2], 3)] if dice.random() < 0.3 else []
    known = {one.number: last_known(dice, one) for one in rows if one.number} if dice.random() < 0.4 else {}
    path = book(folder / "名册.xlsx", dice, rows, quotas)
    before = {key: pair for key, pair in known.items() if pair}
    whole = judged(path, settings, last_result(before) if known else None)
    opinion = oracle.judged(rows, settings, {key: day or last for key, (day, last) in before.items()})
    pairs = list(zip(map(of_oracle, opinion), of_package(whole, len(rows)), strict=True))
    apart = [(rows[at], *pair) for at, pair in enumerate(pairs) if pair[0] != pair[1]]
    full = oracle.too_full(rows, opinion, quotas)
    told = sum(one.code == "checkups.over-quota" for one in whole.findings)
    fen = max((abs(sum(a.borne) - sum(b.borne)) for a, b in pairs), default=0)
    first = (
        f"{settings}\n{apart[0]}" if apart else f"full days {full}, told {told}" if told != len(full) else ""
    )
    paid = sum(a.part == oracle.DONE for a, _ in pairs)
    return Compared(len(rows), paid, len(apart) + (told != len(full)), fen, first)


def last_known(dice: Random, one: oracle.Row) -> tuple[date | None, date | None] | None:
    """What the result of the year before has of somebody: an examination then, one before it, or nothing."""
    if dice.random() < 0.5:
        return None
    if dice.random() < 0.4:
        return date(YEAR - 1, 5, 5), None
    return None, one.last[0] if one.last and one.last[0].year < YEAR else None
