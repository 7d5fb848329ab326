"""The steps of admitting a party member, as the policy of `development` has them; blocks of a policy; records of made-up people."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from sanchuang_cli.domain.process.days import Dated
from sanchuang_cli.domain.process.nodes import Process
from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.period import VagueDate
from sanchuang_cli.policy import source

Block = dict[str, Any]

STEPS = (
    *(
        "出生",
        "申请",
        "谈话",
        "积极分子",
        "公示起",
        "公示止",
        "发展对象",
        "备案",
        "政审",
        "培训起",
        "培训止",
        "预审",
    ),
    *("支部大会", "党委审批", "组织部备案", "宣誓", "预备期止", "转正申请", "转正大会", "转正审批", "归档"),
)


def earliest(after: str, clause: str, level: str = "national", **wait: Any) -> Block:
    return {"kind": "earliest", "after": after, "clause": clause, "wait": wait, "level": level}


def deadline(after: str, clause: str, level: str = "national", **within: Any) -> Block:
    return {"kind": "deadline", "after": after, "clause": clause, "within": within, "level": level}


def node(name: str, *after: str, clause: str = "", limits: tuple[Block, ...] = (), **more: Any) -> Block:
    return {"name": name, "after": list(after), "clause": clause, "limits": list(limits), **more}


def process(nodes: list[Block], **more: Any) -> Process:
    return Process.model_validate({"nodes": nodes, "numbers": ["延长月数"]} | more)


def editions(first_day: str = "counted") -> list[tuple[date, Process]]:
    """The four sets of rules as they are shipped, with the day of posting counted or not."""
    text = source("development", None)[1].decode("utf-8").replace('"counted"', f'"{first_day}"')
    return [
        (edition["effective"], Process.model_validate(edition["process"]))
        for edition in tomllib.loads(text)["edition"]
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
