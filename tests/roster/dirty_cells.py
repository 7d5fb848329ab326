"""Dirty cells with their ground truth: what a clerk writes, and what it must be read as.

Each shape takes a true value, writes it as some clerk would, and says what is to come back: the value (None where
nothing certain can be read) and the codes of the troubles. Seeded; no clock, no real person's number.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from sanchuang_cli.domain.identity import check_digit, luhn_digit
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Month, Spell, VagueDate
from sanchuang_cli.record import Cell, ErrorCell


class Dirty(NamedTuple):
    """A cell, what it must be read as, and what must be said about it."""

    cell: Cell
    value: Any
    codes: tuple[str, ...] = ()


Shape = Callable[[Random], Dirty]

_FIGURES = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"


def wide(text: str) -> str:
    """Full width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


# --- true values ---


def a_day(random: Random) -> date:
    return date(1935, 1, 1) + timedelta(random.randrange(28_000))


def an_identity(random: Random) -> str:
    """Valid, under an address code that was never assigned."""
    body = f"230299{a_day(random):%Y%m%d}{random.randrange(990):03d}"
    return body + check_digit(body)


def a_card(random: Random) -> str:
    body = "621700" + "".join(str(random.randrange(10)) for _ in range(12))
    return body + luhn_digit(body)


def a_name(random: Random) -> str:
    given = "".join(random.choice("明国华军民秀英玉兰福贵春生") for _ in range(random.randint(1, 2)))
    return random.choice("赵钱孙李周吴郑王冯陈") + given


# --- shapes ---


def _date_shapes() -> list[Shape]:
    def day(write: Callable[[date], Cell], *codes: str) -> Shape:
        def shape(random: Random) -> Dirty:
            true = a_day(random)
            return Dirty(write(true), VagueDate.on(true), codes)

        return shape

    def month(write: Callable[[date], Cell], *codes: str) -> Shape:
        def shape(random: Random) -> Dirty:
            true = a_day(random)
            return Dirty(write(true), VagueDate.within(true.year, true.month), codes)

        return shape

    def chinese_year(d: date) -> str:
        return "".join(_FIGURES[int(c)] for c in str(d.year))

    def chinese(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("" if not tens else "十" if tens == 1 else _FIGURES[tens] + "十") + (
            _FIGURES[ones] if ones else ""
        )

    return [
        day(lambda d: d),
        day(lambda d: datetime(d.year, d.month, d.day)),
        day(lambda d: d.isoformat()),
        day(lambda d: f"{d.year}/{d.month}/{d.day}"),
        day(lambda d: f"{d.year}.{d.month}.{d.day}"),
        day(lambda d: f"{d.year}年{d.month}月{d.day}日"),
        day(lambda d: f"{chinese_year(d)}年{chinese(d.month)}月{chinese(d.day)}日"),
        day(lambda d: float((d - date(1899, 12, 30)).days), "date.serial"),
        day(lambda d: str((d - date(1899, 12, 30)).days), "date.serial"),
        day(lambda d: float(f"{d:%Y%m%d}")),
        month(lambda d: f"{d.year}.{d.month:02d}"),
        month(lambda d: f" {d.year}.{d.month} "),
        month(lambda d: f"{d:%Y%m}"),
        month(lambda d: f"{d.year}-{d.month}"),
        month(lambda d: f"{d.year}年{d.month:02d}月"),
        month(lambda d: wide(f"{d.year}.{d.month:02d}")),
        month(lambda d: f"{chinese_year(d)}年{chinese(d.month)}月"),
        month(lambda d: f"{d.year % 100:02d}.{d.month}" if d.year < 2000 else f"{d.year}.{d.month}"),
        month(lambda d: f"{d.year}.{d.month}（{2012 - d.year}岁）", "date.remark"),
        lambda random: Dirty(f"{random.randint(1950, 2020)}.13", None, ("date.impossible",)),
        lambda random: Dirty(f"{random.randint(1950, 2020)}.6.31", None, ("date.impossible",)),
        lambda random: Dirty(f"{random.randint(1950, 2020)}.00.00", None, ("date.impossible",)),
        lambda random: Dirty("不详", None, ("date.unreadable",)),
        lambda random: Dirty("1976.7前", None, ("date.unreadable",)),
        lambda random: Dirty("1984.5—1995.4", None, ("date.unreadable",)),
        lambda random: Dirty(ErrorCell("#N/A"), None, ("cell.formula-error",)),
        lambda random: Dirty(
            "70年代", VagueDate(date(1970, 1, 1), date(1979, 12, 31)), ("date.approximate",)
        ),
        lambda random: Dirty(
            "约1978", VagueDate(date(1977, 1, 1), date(1979, 12, 31)), ("date.approximate",)
        ),
    ]


def _money_shapes() -> list[Shape]:
    def of(write: Callable[[int], Cell], *codes: str) -> Shape:
        def shape(random: Random) -> Dirty:
            fen = random.randrange(1, 9_999_99)
            return Dirty(write(fen), fen, codes)

        return shape

    def hundreds(write: Callable[[int], Cell], *codes: str) -> Shape:
        """Amounts of one to nine hundred yuan, for those in words."""

        def shape(random: Random) -> Dirty:
            hundred = random.randint(1, 9)
            return Dirty(write(hundred), hundred * 10_000, codes)

        return shape

    def text(fen: int) -> str:
        return f"{Decimal(fen).scaleb(-2):,.2f}"

    return [
        of(lambda fen: fen / 100),
        of(lambda fen: text(fen)),
        of(lambda fen: "￥" + text(fen)),
        of(lambda fen: text(fen) + "元"),
        of(lambda fen: wide(text(fen))),
        lambda random: Dirty(f"{text(random.randrange(1, 10**8))} 元/年", None, ("money.per",)),
        lambda random: Dirty(f"{text(random.randrange(1, 10**8))}/月", None, ("money.per",)),
        of(lambda fen: f"{Decimal(fen).scaleb(-6)}万"),
        of(lambda fen: f"'{text(fen)}"),
        hundreds(lambda n: f"{_FIGURES[n]}百元"),
        hundreds(lambda n: f"{_FORMAL[n]}佰元整"),
        hundreds(lambda n: f"人民币{_FORMAL[n]}佰元整"),
        hundreds(lambda n: f"{n}00"),
        lambda random: Dirty("(35)", -3_500),
        lambda random: Dirty("（35.00）", -3_500),
        lambda random: Dirty("1200.005", None, ("money.not-whole-fen",)),
        lambda random: Dirty(1200.005, None, ("money.not-whole-fen",)),
        lambda random: Dirty(0.1 + 0.2, 30, ("money.float-noise",)),
        lambda random: Dirty("1,20", None, ("money.unreadable",)),
        lambda random: Dirty("待定", None, ("money.unreadable",)),
        lambda random: Dirty("—", None),
        lambda random: Dirty("", None),
    ]


def _identity_shapes() -> list[Shape]:
    def of(write: Callable[[str], Cell], *codes: str, lost: bool = False) -> Shape:
        def shape(random: Random) -> Dirty:
            true = an_identity(random)
            return Dirty(write(true), None if lost else true, codes)

        return shape

    def old(random: Random) -> Dirty:
        body = f"230299{date(1935, 1, 1) + timedelta(random.randrange(20_000)):%Y%m%d}{random.randrange(990):03d}"
        return Dirty(body[:6] + body[8:], body + check_digit(body), ("identity.upgraded",))

    def wrong(random: Random) -> Dirty:
        true = an_identity(random)
        at = random.randrange(17)
        return Dirty(true[:at] + str((int(true[at]) + 1) % 10) + true[at + 1 :], None, ("identity.checksum",))

    def cyrillic(random: Random) -> Dirty:
        while not (true := an_identity(random)).endswith("X"):
            pass
        return Dirty(true[:17] + random.choice("ХхxＸ×"), true, ())

    def destroyed(random: Random) -> Dirty:
        while not (true := an_identity(random))[17].isdigit():
            pass
        return Dirty(float(true), None, ("identity.precision-lost",))

    tidy = "identity.tidied"
    return [
        *[of(lambda n: n)] * 6,
        of(lambda n: n.lower()),
        of(lambda n: f"'{n}", tidy),
        of(lambda n: f"{n[:6]} {n[6:14]} {n[14:]}", tidy),
        of(wide, tidy),
        of(lambda n: f"{n}.0", tidy),
        of(lambda n: f"\u200b{n}", tidy),
        of(lambda n: n[:17], "identity.length", lost=True),
        of(lambda n: f"{n[:6]}********{n[14:]}", "identity.masked", lost=True),
        of(lambda n: f"{n}/{n}", "identity.two", lost=True),
        of(lambda n: "2.30299E+17", "identity.precision-lost", lost=True),
        of(lambda n: "遗失", "identity.absent", lost=True),
        of(lambda n: "", "identity.blank", lost=True),
        old,
        wrong,
        cyrillic,
        destroyed,
    ]


def _name_shapes() -> list[Shape]:
    def of(write: Callable[[str], Cell], *codes: str) -> Shape:
        def shape(random: Random) -> Dirty:
            true = a_name(random)
            return Dirty(write(true), true, codes)

        return shape

    return [
        *[of(lambda n: n)] * 6,
        of(lambda n: " ".join(n)),
        of(lambda n: "\u3000".join(n)),
        of(lambda n: f" {n}\u200b"),
        of(lambda n: f"{n}(已故)", "name.remark"),
        of(lambda n: f"{n}（曾用名{n[0]}强）", "name.remark"),
        lambda random: Dirty(f"买买提{random.choice('·•・．.')}阿不都", "买买提·阿不都"),
        lambda random: Dirty("王\ue863", "王\ue863", ("name.rare",)),
        lambda random: Dirty("王某某", "王某某", ("name.placeholder",)),
        lambda random: Dirty("", None, ("cell.blank",)),
        lambda random: Dirty(ErrorCell("#REF!"), None, ("cell.formula-error",)),
    ]


def _account_shapes() -> list[Shape]:
    def of(write: Callable[[str], Cell]) -> Shape:
        def shape(random: Random) -> Dirty:
            true = a_card(random)
            return Dirty(write(true), true)

        return shape

    def wrong(random: Random) -> Dirty:
        true = a_card(random)
        wrong_number = true[:-1] + str((int(true[-1]) + 1) % 10)
        return Dirty(wrong_number, wrong_number, ("account.luhn",))

    return [
        *[of(lambda n: n)] * 3,
        of(lambda n: " ".join(n[at : at + 4] for at in range(0, len(n), 4))),
        of(lambda n: f"'{n}"),
        of(wide),
        wrong,
        lambda random: Dirty(float(a_card(random)), None, ("account.precision-lost",)),
        lambda random: Dirty("6.217E+18", None, ("account.precision-lost",)),
        lambda random: Dirty("", None),
    ]


def _spell_shapes() -> list[Shape]:
    def one(random: Random) -> tuple[Spell, Month, Month]:
        start = Month(random.randint(1960, 1990), random.randint(1, 12))
        end = start.plus(random.randint(0, 200))
        return (
            Spell(VagueDate.within(start.year, start.month), VagueDate.within(end.year, end.month)),
            start,
            end,
        )

    def of(write: Callable[[Month, Month], str], between: str) -> Shape:
        def shape(random: Random) -> Dirty:
            stretches = [one(random) for _ in range(random.randint(1, 3))]
            cell = between.join(write(start, end) for _, start, end in stretches)
            return Dirty(cell, tuple(spell for spell, _, _ in stretches))

        return shape

    return [
        of(lambda s, e: f"{s.year}.{s.month}—{e.year}.{e.month}", "；"),
        of(lambda s, e: f"{s.year}年{s.month}月-{e.year}年{e.month}月", "；"),
        of(lambda s, e: f"{s.year}.{s.month:02d}-{e.year}.{e.month:02d}", "\n"),
        of(lambda s, e: f"{s.year}年{s.month}月至{e.year}年{e.month}月", "，"),
        of(lambda s, e: f"{s.year}-{s.month:02d}~{e.year}-{e.month:02d}", ";"),
        lambda random: Dirty("1984.5-至今", (Spell(VagueDate.within(1984, 5), None),)),
        lambda random: Dirty("多年", None, ("spells.unreadable",)),
        lambda random: Dirty("1995.4-1984.5", None, ("spells.reversed",)),
        lambda random: Dirty("", None),
    ]


def _other_shapes() -> dict[Kind, list[Shape]]:
    def always(dirty: Dirty) -> Shape:
        return lambda random: dirty

    def fixed(*cells: Dirty) -> list[Shape]:
        return [always(cell) for cell in cells]

    return {
        Kind.FLAG: fixed(
            *(Dirty(cell, True) for cell in ("是", "有", "√", "1", 1.0, True, "Y", "对", " 是")),
            *(Dirty(cell, False) for cell in ("否", "无", "×", "0", 0.0, False, "N")),
            Dirty("", None),
            Dirty("也许", None, ("flag.unreadable",)),
        ),
        Kind.STARS: fixed(
            *(Dirty(cell, 4) for cell in (4.0, "4", "四星", "四星级", "4★", "★★★★")),
            *(Dirty(cell, 0) for cell in ("无", "未评", 0.0)),
            Dirty("五星级党组织", 5),
            Dirty("八九星", None, ("stars.unreadable",)),
            Dirty(None, None),
        ),
        Kind.COUNT: fixed(
            *(Dirty(cell, 12) for cell in (12.0, "12", " 12", "十二", "１２", "12.0")),
            Dirty("12天", None, ("count.other-measure",)),
            Dirty(12.5, None, ("count.unreadable",)),
            Dirty("若干", None, ("count.unreadable",)),
            Dirty("", None),
        ),
        Kind.SCORE: fixed(
            *(Dirty(cell, Fraction(173, 2)) for cell in (86.5, "86.5", "86.5分", "８６.５")),
            Dirty("良好", None, ("score.unreadable",)),
            *(Dirty(cell, None, ("score.absent",)) for cell in ("请假", "因事请假", "缺考", "未参加")),
            Dirty(100.5, None, ("score.out-of-range",)),
            Dirty("", None),
        ),
        Kind.PHONE: fixed(
            *(
                Dirty(cell, "13812345678")
                for cell in ("13812345678", 13812345678.0, "138 1234 5678", "138-1234-5678")
            ),
            Dirty("0452-3123456", "04523123456"),
            Dirty("13812345678、13912345678", "13812345678", ("phone.two",)),
            Dirty("1381", None, ("phone.unreadable",)),
            Dirty("无", None),
        ),
    }


SHAPES: dict[Kind, list[Shape]] = {
    Kind.DATE: _date_shapes(),
    Kind.MONEY: _money_shapes(),
    Kind.IDENTITY: _identity_shapes(),
    Kind.NAME: _name_shapes(),
    Kind.ACCOUNT: _account_shapes(),
    Kind.SPELLS: _spell_shapes(),
    **_other_shapes(),
}
