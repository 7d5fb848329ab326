"""Composes 退回修改函, the letter to a township about its rows that wait, with the place, the reason and the remedy of each.

It writes no file: official.py draws it, as it draws a 公示. Only the township that sent the rows gets it, so
it names people; personal numbers are masked.
"""

from collections.abc import Iterable, Sequence

from sanchuang_cli.kind import Kind
from sanchuang_cli.report import worklists
from sanchuang_cli.report.notice import BLANK, Posted
from sanchuang_cli.report.picked import picked
from sanchuang_cli.report.printing import UNSAID, Office
from sanchuang_cli.report.whom import Named, Waiting
from sanchuang_cli.table import Column

UNKNOWN = "报送单位"
"""The addressee where the rows name no township."""
_BY_HAND, _NAME, _TELEPHONE = "________________", "________", "____________"
_NUMERALS = "一二三"


def letter(
    township: str,
    rows: Sequence[Waiting],
    named: Named,
    what: str = "",
    copies: Sequence[str] = (),
    office: Office = UNSAID,
) -> Posted:
    """The letter about the rows of a township that wait.

    what: the purpose of the check. copies: the marked workbooks that go with the letter. office: the
    department that writes it. Dates, and anything that is not known, are left blank to be filled in by hand.
    """
    title = f"{township or UNKNOWN}待核实名单"
    columns = (
        Column("number", "序号", Kind.COUNT),
        *worklists.who(named, personal=False),
        *worklists.reasons(personal=False),
    )
    table = worklists.listed(title, title, columns, rows)
    return Posted(
        title,
        f"关于核实{what}名册的函",
        _paragraphs(rows, what, copies),
        picked(table.arranged({"township"}, set())).table,
        office.seal or _BY_HAND,
        BLANK,
        letterhead=office.letterhead,
        to=township or UNKNOWN,
        note=f"联系人：{_NAME}　电话：{office.enquiries or _TELEPHONE}",
        working=True,
    )


def _paragraphs(rows: Sequence[Waiting], what: str, copies: Sequence[str]) -> tuple[tuple[str, str], ...]:
    books = dict.fromkeys(row.row.place().origin.book for row in rows)
    opening = (
        f"你们报送的{_named(books)}，经核对，有 {len(rows)} 条要核实以后才能采用。"
        f"核实以前，这 {len(rows)} 条不列入{what or '结果'}，其余的不受影响。"
    )
    marked = f"随函退回的{_named(copies)}（问题格标了颜色，批注里有改法）"
    items = (
        ("核实什么", "附件一条一行，写明在哪一格、是什么问题、怎样处理，请对照档案和证件逐条核实。"),
        (
            "怎样报回",
            f"请于{BLANK}前，把{marked if copies else '原来报送的文件'}改好报回。没有写错、不用改的，请书面说明。",
        ),
        ("个人信息", "附件有个人信息，号码已经遮盖，只供核实使用，请不要张贴、转发。"),
    )
    return (
        ("", opening),
        *((f"{numeral}、{head}：", words) for numeral, (head, words) in zip(_NUMERALS, items, strict=True)),
        ("", "特此函告。"),
    )


def _named(files: Iterable[str]) -> str:
    return "、".join(f"“{file}”" for file in files)
