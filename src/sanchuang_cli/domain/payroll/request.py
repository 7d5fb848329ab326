"""Composes 资金申请报告, the letter that asks the finance bureau for the money, in figures and in words.

Its sums are given by the caller and are those of the pages; the letter only adds them up. All sums are in fen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from sanchuang_cli.domain.payroll.layouts import counted, money, payer_columns
from sanchuang_cli.domain.payroll.wording import in_yuan
from sanchuang_cli.domain.people import PAPER
from sanchuang_cli.judging import Whole
from sanchuang_cli.money import in_words
from sanchuang_cli.page import Col, Page
from sanchuang_cli.papers import Letter

NAME = "资金申请报告"
_FINANCE = "财政局"
_NUMERALS = "一二三四五六七"
_PAGES = ("分乡镇汇总表", "发放花名册")


class Fund(NamedTuple):
    """The money for one benefit.

    fen: all of it. arrears: the part for earlier months. borne: the fen by who bears them, where the document says so.
    """

    benefit: str
    people: int
    fen: int
    arrears: int = 0
    borne: Mapping[str, int] = {}
    clause: str = ""

    @property
    def now(self) -> int:
        """The part for the months of the period."""
        return self.fen - self.arrears


@dataclass(frozen=True)
class Request:
    """Everything that a letter asks for.

    matter: what is paid, as in titles. noun: one of the things that are paid. people: how many are paid, each counted once.
    several: how many of them are paid by more than one of the funds.
    by_hand: how many of them are not paid through the bank, and their fen. compared: how the sum follows from that of the
    last period, "" where that is not known.
    """

    matter: str
    noun: str
    basis: str
    funds: Sequence[Fund]
    people: int
    several: int = 0
    by_hand: tuple[int, int] = (0, 0)
    compared: str = ""
    issuer: str = ""

    @property
    def fen(self) -> int:
        """The whole sum."""
        return sum(fund.fen for fund in self.funds)

    @property
    def _asked_for(self) -> list[Fund]:
        return [fund for fund in self.funds if fund.fen]

    def letter(self, whole: Whole) -> Letter | None:
        """The letter; None where no money is needed."""
        if not self.fen:
            return None
        (table,) = self._page().tables(whole, PAPER)
        matter = f"{whole.title}{self.matter}"
        paragraphs = (
            ("", f"根据{self.basis}，{matter}已核定，现申请拨付资金，具体情况如下："),
            *(
                (f"{numeral}、{heading}。", words)
                for numeral, (heading, words) in zip(_NUMERALS, self._items(whole), strict=False)
            ),
            ("", "以上资金，请予审核拨付。"),
        )
        pages = tuple(f"{matter}{page}" for page in _PAGES)
        return Letter(
            NAME, f"关于申请拨付{matter}资金的报告", _FINANCE, paragraphs, table, pages, self.issuer
        )

    def _items(self, whole: Whole) -> Iterator[tuple[str, str]]:
        """The numbered paragraphs: heading and words."""
        yield "人数和金额", self._people_and_sum()
        arrears = sum(fund.arrears for fund in self.funds)
        late = f"补发以前月份 {in_yuan(arrears)}" if arrears else "没有补发以前月份的"
        yield "本期和补发", f"本期 {in_yuan(self.fen - arrears)}，{late}。"
        if borne := "".join(self._borne()):
            yield "经费分担", borne
        if self.compared:
            yield "与上期比较", self.compared
        yield "发放方式", self._ways(whole)

    def _people_and_sum(self) -> str:
        each = "；".join(f"{fund.benefit} {fund.people} 人 {in_yuan(fund.fen)}" for fund in self._asked_for)
        once = f"领取几项的有 {self.several} 人，在总人数中只计一次。" if self.several else ""
        return (
            f"共发放 {self.people} 人，申请资金 {in_yuan(self.fen)}（大写：{in_words(self.fen)}）。"
            f"其中：{each}。{once}"
        )

    def _borne(self) -> Iterator[str]:
        """Who bears how much of each benefit; and which benefits no document says it of, if it does of others."""
        without = []
        for fund in self._asked_for:
            if fund.borne:
                shares = "，".join(f"{payer}承担 {in_yuan(fen)}" for payer, fen in fund.borne.items())
                rest = fund.fen - sum(fund.borne.values())
                unsaid = f"；其余 {in_yuan(rest)}，所依据的文件没有规定由谁承担" if rest else ""
                yield f"{fund.benefit}按{fund.clause}，{shares}{unsaid}。"
            else:
                without.append(fund.benefit)
        if 0 < len(without) < len(self._asked_for):
            yield f"{'、'.join(without)}的经费分担，所依据的文件没有规定。"

    def _ways(self, whole: Whole) -> str:
        people, fen = self.by_hand
        by_bank = f"通过银行代发 {self.people - people} 人 {in_yuan(self.fen - fen)}"
        by_hand = f"；没有有效账户、另行发放的 {people} 人 {in_yuan(fen)}" if people else ""
        set_aside = whole.tally.set_aside
        waiting = f"另有 {set_aside} 条待核实，未列入本次申请。" if set_aside else ""
        return f"{by_bank}{by_hand}。{waiting}"

    def _page(self) -> Page:
        payers = dict.fromkeys(payer for fund in self.funds for payer in fund.borne)
        return Page(
            "资金申请明细表",
            f"{self.matter}资金申请明细表",
            (
                Col("benefit", f"{self.noun}项目"),
                counted("people", "人数"),
                money("now", "本期"),
                money("arrears", "补发"),
                money("fen", "申请金额"),
                *payer_columns(payers, attrgetter("borne")),
            ),
            rows=lambda whole: self._asked_for,
            who=False,
            unit="元",
            notes=(f"申请金额（大写）：{in_words(self.fen)}。",),
            signed=False,
        )
