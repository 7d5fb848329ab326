"""资金申请报告: what the department asks of the county's finance, benefit by benefit, in figures and in words.

Its sums are those of the pages: whoever makes it gives them, and nothing is worked out again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

from sanchuang_cli.domain.people import PAPER
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import in_words, yuan
from sanchuang_cli.page import Col, Page
from sanchuang_cli.papers import Letter

NAME = "资金申请报告"
_FINANCE = "财政局"
_PAGES = ("分乡镇汇总表", "发放花名册")


def told(fen: int) -> str:
    """A sum as a letter has it: 431,470.00 元."""
    return f"{yuan(fen):,} 元"


class Fund(NamedTuple):
    """What is asked for one benefit. fen: all of it; arrears: the part for earlier months. borne: fen by who bears them,
    where the document says so."""

    benefit: str
    people: int
    fen: int
    arrears: int = 0
    borne: Mapping[str, int] = {}
    clause: str = ""

    @property
    def now(self) -> int:
        return self.fen - self.arrears


@dataclass(frozen=True)
class Request:
    """All that is asked. matter: what is paid, as titles have it; noun: one of the things that it is. people: who are
    paid, each once; by_hand: how many of them not through the bank, and their fen. compared: how the sum follows from
    the last period's, "" where that is not known."""

    matter: str
    noun: str
    basis: str
    funds: Sequence[Fund]
    people: int
    by_hand: tuple[int, int] = (0, 0)
    compared: str = ""
    issuer: str = ""

    @property
    def fen(self) -> int:
        return sum(one.fen for one in self.funds)

    def letter(self, whole: Whole) -> Letter | None:
        """None where nothing is asked for."""
        if not self.fen:
            return None
        (table,) = self._page().tables(whole, PAPER)
        paragraphs = [
            ("", f"根据{self.basis}，{whole.title}{self.matter}已核定，现申请拨付资金，具体情况如下：")
        ]
        for number, (heading, words) in enumerate(self._items(whole)):
            paragraphs.append((f"{'一二三四五六七'[number]}、{heading}。", words))
        paragraphs.append(("", "以上资金，请予审核拨付。"))
        return Letter(
            NAME,
            f"关于申请拨付{whole.title}{self.matter}资金的报告",
            _FINANCE,
            tuple(paragraphs),
            table,
            tuple(f"{whole.title}{self.matter}{page}" for page in _PAGES),
            self.issuer,
        )

    def _items(self, whole: Whole) -> Iterator[tuple[str, str]]:
        each = "；".join(f"{one.benefit} {one.people} 人 {told(one.fen)}" for one in self.funds if one.fen)
        twice = sum(one.people for one in self.funds) - self.people
        yield (
            "人数和金额",
            f"共发放 {self.people} 人，申请资金 {told(self.fen)}（大写：{in_words(self.fen)}）。其中：{each}。"
            + (f"领取两项的有 {twice} 人，在总人数中只计一次。" if twice else ""),
        )
        arrears = sum(one.arrears for one in self.funds)
        late = f"补发以前月份 {told(arrears)}" if arrears else "没有补发以前月份的"
        yield "本期和补发", f"本期 {told(self.fen - arrears)}，{late}。"
        if borne := "".join(self._borne()):
            yield "经费分担", borne
        if self.compared:
            yield "与上期比较", self.compared
        yield "发放方式", self._ways(whole)

    def _borne(self) -> Iterator[str]:
        for one in self.funds:
            if one.fen and one.borne:
                shares = "，".join(f"{who}承担 {told(fen)}" for who, fen in one.borne.items())
                yield f"{one.benefit}按{one.clause}，{shares}。"
        rest = [one.benefit for one in self.funds if one.fen and not one.borne]
        if rest and len(rest) < len([one for one in self.funds if one.fen]):
            yield f"{'、'.join(rest)}的经费分担，所依据的文件没有规定。"

    def _ways(self, whole: Whole) -> str:
        people, fen = self.by_hand
        said = f"通过银行代发 {self.people - people} 人 {told(self.fen - fen)}"
        said += f"；没有有效账户、另行发放的 {people} 人 {told(fen)}" if people else ""
        waiting = whole.tally.set_aside
        return f"{said}。" + (f"另有 {waiting} 条待核实，未列入本次申请。" if waiting else "")

    def _page(self) -> Page:
        payers = dict.fromkeys(who for one in self.funds for who in one.borne)
        return Page(
            "资金申请明细表",
            f"{self.matter}资金申请明细表",
            (
                Col("benefit", f"{self.noun}项目"),
                Col("people", "人数", Kind.COUNT, total=True),
                _money("now", "本期"),
                _money("arrears", "补发"),
                _money("fen", "申请金额"),
                *(_payer(number, who) for number, who in zip(count(), payers)),
            ),
            rows=lambda whole: [one for one in self.funds if one.fen],
            who=False,
            unit="元",
            notes=(f"申请金额（大写）：{in_words(self.fen)}。",),
            signed=False,
        )


def _money(name: str, title: str) -> Col:
    return Col(name, title, Kind.MONEY, total=True)


def _payer(number: int, who: str) -> Col:
    def of(one: Any) -> int:
        fen: int = one.borne.get(who, 0)
        return fen

    return Col(f"payer{number}", f"经费分担/{who}", Kind.MONEY, of, total=True)
