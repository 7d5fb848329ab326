"""The steps of admitting a party member as blocks of a policy, in four editions; and records of made-up people."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sanchuang_cli.domain.process.days import Dated
from sanchuang_cli.domain.process.nodes import Process
from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.period import VagueDate

Block = dict[str, Any]

STEPS = (
    *("出生", "申请", "谈话", "积极分子", "公示起", "公示止", "发展对象", "备案", "政审", "培训止", "预审"),
    *("支部大会", "党委审批", "宣誓", "预备期止", "转正申请", "转正大会", "转正审批", "归档"),
)
NO_PROBATION = {"first": date(1969, 4, 1), "last": date(1977, 8, 18)}


def earliest(after: str, clause: str, level: str = "national", **wait: Any) -> Block:
    return {"kind": "earliest", "after": after, "clause": clause, "wait": wait, "level": level}


def deadline(after: str, clause: str, level: str = "national", **within: Any) -> Block:
    return {"kind": "deadline", "after": after, "clause": clause, "within": within, "level": level}


def node(name: str, *after: str, clause: str = "", limits: tuple[Block, ...] = (), **more: Any) -> Block:
    return {"name": name, "after": list(after), "clause": clause, "limits": list(limits), **more}


def _early() -> list[Block]:
    """What holds at any time: age, order and probation."""
    probation = {
        "after": "支部大会",
        "clause": "第三十一条",
        "length": {"years": 1, "plus": ["延长月数"]},
        "exempt": [NO_PROBATION],
    }
    extension = {
        "kind": "window",
        "after": "支部大会",
        "clause": "第三十一条",
        "opens": {"months": 18},
        "closes": {"years": 2},
        "when": "延长月数",
        "exempt": [NO_PROBATION],
    }
    over = (earliest("预备期止", "第三十一条", days=0),)
    late = deadline("预备期止", "预备期满应及时讨论转正", "normally", months=3)
    return [
        node("出生"),
        node("申请", clause="第五条", limits=(earliest("出生", "第五条", years=18),)),
        node("谈话", "申请", clause="第七条"),
        node("积极分子", "谈话", clause="第八条"),
        node("公示起", "积极分子", clause="第十三条"),
        node("发展对象", "积极分子", clause="第十三条"),
        node("备案", "发展对象", clause="第十三条"),
        node("政审", "发展对象", clause="第十六条", by_hand=True),
        node("培训止", "发展对象", clause="第十七条"),
        node("预审", "政审", "培训止", clause="第十八条", by_hand=True),
        node("支部大会", "预审", clause="第十九条"),
        node("党委审批", "支部大会", clause="第二十五条"),
        node("宣誓", "党委审批", clause="第二十九条", level="normally"),
        node("预备期止", clause="第三十一条", falls=[probation], limits=(extension,)),
        node("转正申请", clause="第三十二条", limits=over),
        node("转正大会", "转正申请", clause="第三十二条", limits=(*over, late)),
        node("转正审批", "转正大会", clause="第三十三条"),
        node("归档", "转正审批", clause="第三十六条"),
    ]


def _limited(nodes: list[Block], **limits: tuple[Block, ...]) -> list[Block]:
    return [one | {"limits": [*one["limits"], *limits.get(one["name"], ())]} for one in nodes]


def _of_1990() -> list[Block]:
    approval = deadline("支部大会", "第二十五条", months=3) | {"at_most": {"months": 6}}
    return _limited(
        _early(),
        发展对象=(earliest("积极分子", "第十三条", years=1),),
        党委审批=(approval,),
        转正审批=(deadline("转正大会", "第三十三条", months=3),),
    )


def _of_2014() -> list[Block]:
    talk = (deadline("申请", "第七条", months=1),)
    return _limited(_of_1990(), 谈话=talk, 支部大会=(deadline("预审", "第十九条", "normally", months=1),))


def posting(first_day: str = "counted") -> Block:
    return {
        "after": "公示起",
        "clause": "第十三条",
        "length": {"working_days": 5, "first_day": first_day},
        "longer": True,
    }


def _of_2026(first_day: str = "counted") -> list[Block]:
    nodes = [one for one in _of_2014() if one["name"] not in ("支部大会", "公示起")]
    nodes += [
        node("公示起", "积极分子", clause="第十三条", required=True),
        node("公示止", clause="第十三条", falls=[posting(first_day)]),
        node(
            "支部大会",
            "预审",
            clause="第十九条",
            limits=(deadline("预审", "第十九条", months=1),),
            by_hand=True,
        ),
    ]
    return _limited(
        nodes,
        发展对象=(earliest("公示止", "第十三条", days=1),),
        宣誓=(deadline("党委审批", "第二十九条", "normally", months=1),),
    )


def process(nodes: list[Block], **more: Any) -> Process:
    return Process.model_validate({"nodes": nodes, "numbers": ["延长月数"]} | more)


def editions(first_day: str = "counted") -> list[tuple[date, Process]]:
    return [
        (date(1921, 7, 1), process(_early())),
        (date(1990, 8, 1), process(_of_1990())),
        (date(2014, 5, 28), process(_of_2014())),
        (date(2026, 5, 11), process(_of_2026(first_day))),
    ]


NATIONAL = editions()
TIMETABLE = Timetable(NATIONAL)


def vague(written: str) -> VagueDate:
    """2026-01-31, 2026-01 or 2026."""
    parts = [int(part) for part in written.split("-")]
    return VagueDate.on(date(*parts)) if len(parts) == 3 else VagueDate.within(*parts)


def record(dates: Mapping[str, str] | None = None, **steps: str) -> Dated:
    """A record by step: "" is a blank cell, "?" one that cannot be read, digits alone with 月 a number."""
    written = {**(dates or {}), **steps}
    numbers = {name: int(text[:-1]) for name, text in written.items() if text.endswith("月")}
    unread = {name for name, text in written.items() if text == "?"}
    told = {name: text for name, text in written.items() if name not in numbers and name not in unread}
    return Dated({name: vague(text) if text else None for name, text in told.items()}, numbers, unread)
