"""Decides whether a cell of 否决情形 forbids stars: a situation that the policy lists does, and a plain yes. Nothing is concluded
from any other text that does not plainly say no."""

import re
from typing import Annotated

from pydantic import Field

from sanchuang_cli.domain.words import NO, NOTHING, YES, unstopped
from sanchuang_cli.judging import Odd
from sanchuang_cli.policy import Citation, Rule

NO_VETO = NOTHING | NO | {"未发生", "不存在"}

_UNCLEAR_VETO = re.compile(
    "^(?:无|没有|没(?!收)|未(?:发生|发现|出现|涉及|受|有)|不存在|不涉及|不属|否(?!决))|不详|不清|不明|未知|疑似|存疑|[?？]"
    "|待(?:定|查|核|确|认|调|处|议|补)|未定(?!期)|化解|平息|撤案|(?:已|被)撤销|澄清|不实|不属实|误[报填]"
)
"""Words that seem to deny a veto but are not in NO_VETO, that take it back or leave it open; 没收 and 否决 deny nothing."""


class Veto(Rule, title="一票否决"):
    """The situations that the document lists, by words that a cell naming one contains."""

    clause: Citation
    situations: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        min_length=1, description="文件列举的否决情形，写关键字；名册里含有就算"
    )

    def of(self, cell: str | None, odd: Odd) -> str:
        """The veto as written, "" when there is none.

        A situation that the policy does not list is an error, and so are words that deny or doubt (无违纪情况, 待查): they may be
        meant either way.
        """
        text = (cell or "").strip()
        if unstopped(text) in NO_VETO:
            return ""
        if unstopped(text) not in YES and _UNCLEAR_VETO.search(text):
            message = f"否决情形“{text}”看不出是有还是没有，不能按有、也不能按没有认定"
            odd.add("veto-unclear", "veto", message, self.clause)
        elif unstopped(text) not in YES and not any(situation in text for situation in self.situations):
            message = f"否决情形“{text}”不在政策列举之内，是不是否决不能认定"
            odd.add("veto-not-listed", "veto", message, self.clause)
        return text
