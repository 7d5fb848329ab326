"""Declares the rows of 公开台账, the drafts of results that must be made public, and what may be odd about them."""

from collections.abc import Collection
from typing import Annotated

from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record

_E, _W = Severity.ERROR, Severity.WARNING
_AGAIN = "请核实改正后重新运行；本行没有算作公开。"
DOUBTS = Doubts({
    "item-unknown": Doubt(_E, "公开什么以目录为准", "请照目录写事项名称，或在政策的这一项里加 aliases。", "事项不在公开目录里"),
    "no-township": Doubt(_E, "这一项由各乡镇公开", "请填乡镇；本行没有算作公开。", "没有写是哪个乡镇"),
    "vague": Doubt(_E, "期限按日计算", "请写到日，如 2026-06-17；本行没有算作公开。", "日期没有写到日"),
    "no-day": Doubt(_E, "公开要有日期", "请填公开日期；还没有公开的，填发生日期。", "没有公开日期"),
    "no-place": Doubt(_E, "公开要有地点", "请填公开地点；本行没有算作公开。", "没有公开地点"),
    "place-unclear": Doubt(_E, "看不懂的不当作已经公开", "已经公开的，只写地点，如“镇公开栏”；没有公开的，公开地点和日期都留空。", "看不出公开了没有"),
    "place-unlisted": Doubt(_E, "在哪里公开以目录为准", "请照目录写公开地点，或改政策的 places。", "公开地点不是目录要求的"),
    "out-of-order": Doubt(_E, "先发生，再公开，再取下", _AGAIN, "日期的先后不对"),
    "events-differ": Doubt(_E, "同一期次的发生日期只有一个", _AGAIN, "同一期次的发生日期不一样"),
    "taken-early": Doubt(_W, "公开的天数不少于规定", "请重新公开满规定的天数；提前取下的没有算作公开。", "提前取下"),
    "which-unclear": Doubt(_W, "一份公示稿一次公示", "请把期次写全，如“发展对象公示 2026”；写全以前不算公开了哪一份。", "期次不知道是哪一份公示稿"),
    "draft-unlisted": Doubt(_W, "要公示的都应列入目录", "请在政策的哪一项的 results 里加上这项工作。", "公示稿不在目录里"),
})  # fmt: skip


class Publication(Entry, frozen=True, kw_only=True):
    """A row of 公开台账: one thing made public in one place, or one that has come and is to be made public."""

    township: Annotated[str, Field("乡镇", from_sender=True)] = ""
    name: Annotated[
        str, Field("事项", required=True, aliases=("公开事项", "公开内容"), example="离任村干部生活补贴")
    ]
    which: Annotated[
        str, Field("期次", aliases=("哪一期",), note="定期的可不写；结果的公示写期间", example="2026-06")
    ] = ""
    occurred: Annotated[
        VagueDate | None,
        Field("发生日期", Kind.DATE, aliases=("事项发生日期", "形成日期"), example="2026-07-01"),
    ] = None
    place: Annotated[
        str,
        Field(
            "公开地点", headed=True, aliases=("张贴地点", "公开载体", "公开方式"), example="乡镇党务公开栏"
        ),
    ] = ""
    since: Annotated[
        VagueDate | None,
        Field("公开日期", Kind.DATE, headed=True, aliases=("张贴日期", "公开时间"), example="2026-07-03"),
    ] = None
    until: Annotated[
        VagueDate | None,
        Field("公开至", Kind.DATE, ahead=True, aliases=("公示截止", "截止日期"), example="2026-07-13"),
    ] = None
    down: Annotated[
        VagueDate | None, Field("取下日期", Kind.DATE, aliases=("撤下日期",), example="2026-07-14")
    ] = None
    by: Annotated[str, Field("责任人", idle=True, aliases=("经办人",), example="周建国")] = ""

    @property
    def hears(self) -> Collection[Matter]:
        """That it was not made public is what a row without a day says by itself."""
        return super().hears if self.since else (Matter.VOID, Matter.UNDECIDED)


class Announced(Record, frozen=True, kw_only=True):
    """A 公示稿 of a result: it must be made public. programme: whose result it is. title: the period as it is printed."""

    programme: str = ""
    title: str = ""
    name: Annotated[str, Field("公示稿", required=True)]
    which: Annotated[str, Field("公示期间", required=True)]
    occurred: Annotated[VagueDate, Field("判定日", Kind.DATE, required=True)]
