"""What the county does: PROGRAMMES is the one list, and the order of `sanchuang --help`.

A programme's module is imported only when it runs, so that help stays quick.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from sanchuang_cli.finding import chosen

if TYPE_CHECKING:
    from sanchuang_cli.programme import Programme

Ability = Literal[
    "previous",
    "screen",
    "notice",
    "pays",
    "decides",
    "joins",
    "hospital",
    "forms",
    "helpers",
    "also",
    "calendar",
    "person",
    "approved",
    "announces",
]


@dataclass(frozen=True)
class ListedProgramme:
    """A programme as the command line knows it before it is loaded.

    roster: what --as calls its main roster; several programmes may read the same. can: what it can use beyond what
    every programme can: last period's result, screening lists, a notice, other programmes' results, what check-ups found (for
    the hospital alone), forms to sign, helpers who may be supposed to leave, the drafts of notices in results (announces), and, when it pays, those, bank files and the ledger. decides: it pays, and its results
    also say what no batch pays, so that they are approved by themselves too.
    inbox: the folder in which a county puts its books. each: the period of its job in a county's working folder.
    """

    name: str
    title: str
    help: str
    roster: str
    can: frozenset[Ability]
    inbox: str
    each: str

    def load(self) -> "Programme":
        """Imports the programme's module, only now, and gives what it declares."""
        programme: Programme = import_module(f"sanchuang_cli.programmes.{self.name}").PROGRAMME
        return programme


PROGRAMMES: tuple[ListedProgramme, ...] = (
    ListedProgramme(
        "rate",
        "星级评定",
        "基层党组织分类定级与星级评定：读名册，评星级、定等次，列整顿名单。",
        roster="orgs",
        can=frozenset({"previous", "notice", "also"}),
        inbox="收件/党组织",
        each="this-year",
    ),
    ListedProgramme(
        "subsidies",
        "生活补贴",
        "离任村干部、困难党员、老党员生活补贴：谁该领、领多少、依据哪一条。",
        roster="members",
        can=frozenset({"previous", "screen", "notice", "pays"}),
        inbox="收件/人员",
        each="last-month",
    ),
    ListedProgramme(
        "pay",
        "在职报酬",
        "在职村干部报酬：每月发多少、年度绩效多少、比上月变了什么、为什么。",
        roster="cadres",
        can=frozenset({"previous", "screen", "notice", "pays", "joins"}),
        inbox="收件/在职村干部",
        each="last-month",
    ),
    ListedProgramme(
        "pension",
        "养老保险补贴",
        "村干部养老保险补贴：各方各承担多少，缴费凭证对不对得上，谁到龄缴不满十五年。",
        roster="insured",
        can=frozenset({"previous", "screen", "notice", "pays"}),
        inbox="收件/养老保险",
        each="last-year",
    ),
    ListedProgramme(
        "graduates",
        "大学生村官",
        "大学生村官：合同和聘期、生活补贴、安家费和应退的，谁快到期、是否建议续聘。",
        roster="contracts",
        can=frozenset({"previous", "notice", "pays"}),
        inbox="收件/大学生村官",
        each="last-month",
    ),
    ListedProgramme(
        "secretaries",
        "书记调整",
        "村党组织书记：任期和出缺，哪些建议调整、依据哪一条哪一格，拟任人选还缺什么，选举结果；只建议，不决定。",
        roster="incumbents",
        can=frozenset({"previous", "notice", "joins", "also"}),
        inbox="收件/村党组织书记",
        each="this-year",
    ),
    ListedProgramme(
        "checkups",
        "免费体检",
        "村党组织书记免费体检：本期谁应检、谁去了、列支多少。",
        roster="secretaries",
        can=frozenset({"previous", "notice", "hospital"}),
        inbox="收件/体检",
        each="last-year",
    ),
    ListedProgramme(
        "budget",
        "经费预算",
        "党组织经费：核定各村各组织全年的标准，列出拨付、使用和超支。",
        roster="bodies",
        can=frozenset({"previous", "notice", "pays", "joins"}),
        inbox="收件/经费",
        each="this-year",
    ),
    ListedProgramme(
        "dues",
        "党费",
        "党费：每人每月应交、实交、欠交，基数核查，上缴和返还；不作任何处理结论。",
        roster="payers",
        can=frozenset({"previous", "notice"}),
        inbox="收件/党费",
        each="this-year",
    ),
    ListedProgramme(
        "fund",
        "创业扶助基金",
        "农村党员创业扶助基金：申请谁符合、批多少，贷款余额、到期与逾期，贴息，可贷资金。",
        roster="applications",
        can=frozenset({"previous", "notice", "pays", "decides"}),
        inbox="收件/创业基金",
        each="this-year",
    ),
    ListedProgramme(
        "development",
        "发展党员",
        "发展党员：每一步按当时的规定是否到位，下一步是什么、最迟哪天办，计划完成多少。",
        roster="candidates",
        can=frozenset({"notice", "forms"}),
        inbox="收件/发展党员",
        each="this-year",
    ),
    ListedProgramme(
        "pairing",
        "结对帮扶",
        "结对帮扶：每名困难党员由谁帮扶、为什么，上年的结对哪些没有保留，谁没有结上、怎样能结上。",
        roster="in_need",
        can=frozenset({"previous", "notice", "helpers"}),
        inbox="收件/结对帮扶",
        each="this-year",
    ),
    ListedProgramme(
        "visits",
        "走访慰问",
        "走访慰问、连五心：谁走访了谁，哪一对该去没有去，节日慰问谁、多少、钱从哪里来、对不对得上。",
        roster="visits",
        can=frozenset({"notice", "pays", "joins"}),
        inbox="收件/走访慰问",
        each="this-year",
    ),
    ListedProgramme(
        "appraise",
        "述评考",
        "述评考（联述联评联检联考）：综合得分、等次和名次，问题清单；不作任何组织处理。",
        roster="units",
        can=frozenset({"previous", "notice", "joins"}),
        inbox="收件/述评考",
        each="last-year",
    ),
    ListedProgramme(
        "reviews",
        "民主评议",
        "民主评议党员：票数、支委评定、优秀名额，不合格的处置和期限，承诺践诺和积分；等次不据票数推定。",
        roster="reviewed",
        can=frozenset({"previous", "notice"}),
        inbox="收件/民主评议",
        each="last-year",
    ),
    ListedProgramme(
        "training",
        "教育培训",
        "党员教育培训：各送各的登记表折成学时，谁没有达标、再学多少就够，支部完成率和名次。",
        roster="trainees",
        can=frozenset({"previous", "notice"}),
        inbox="收件/教育培训",
        each="last-year",
    ),
    ListedProgramme(
        "honors",
        "表彰推荐",
        "两优一先等表彰的推荐：名额怎样分到乡镇，谁拟表彰、谁超额、谁还要补什么，名单的结构够不够。",
        roster="recommended",
        can=frozenset({"notice", "joins"}),
        inbox="收件/表彰",
        each="last-year",
    ),
    ListedProgramme(
        "catalogue",
        "党务公开",
        "党务公开目录：什么必须公开、公开了没有、哪天在哪里，哪些逾期，下一次最迟哪天；读不懂的不算公开。",
        roster="publications",
        can=frozenset({"announces"}),
        inbox="收件/党务公开",
        each="this-year",
    ),
)


OVER_RESULTS: tuple[ListedProgramme, ...] = (
    ListedProgramme(
        "due",
        "期限一览",
        "期限一览：把各项工作结果里的期限合成一张表，逾期的、30、60、90 天内到期的，谁该办。",
        roster="deadlines",
        can=frozenset({"calendar"}),
        inbox="结果",
        each="this-month",
    ),
    ListedProgramme(
        "person",
        "一人一档",
        "一人一档：名册和结果里写到这个人的每一行，在哪个文件哪一行，各处写得不一样的。",
        roster="mentions",
        can=frozenset({"person"}),
        inbox="结果",
        each="this-month",
    ),
    ListedProgramme(
        "report",
        "工作报告",
        "工作报告：把各项工作的结果合成领导看的一页，本期、上期、增减、预算，待签的，要决定的三件事，分乡镇。",
        roster="files",
        can=frozenset({"approved"}),
        inbox="结果",
        each="this-month",
    ),
)
"""Commands over results: their books are what the programmes wrote, so they have no roster to check and no blank one."""


def listed(name: str) -> ListedProgramme:
    """The programme of a name, which may be written in Chinese. Raises UserError that lists those there are."""
    known = {one.name: one for one in (*PROGRAMMES, *OVER_RESULTS)}
    titles = {word: (one.title,) for word, one in known.items()}
    return known[chosen(name, titles, f"没有名为“{name}”的程序")]
