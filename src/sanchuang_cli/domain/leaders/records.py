"""Declares the rosters of village secretaries and of those who are put forward. Further columns are the policy's."""

from collections.abc import Sequence
from typing import Annotated

from sanchuang_cli.domain.people import IN_OFFICE, MEMBERSHIP, Day, Person
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.domain.words import VACANT
from sanchuang_cli.finding import Finding
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Wanted

VACATED = "出缺日期"
"""The column of the policy that says since when a post is vacant."""


class _OfVillage(Person, frozen=True, kw_only=True):
    """Somebody who holds a post in a village, or may hold it."""

    @property
    def key(self) -> tuple[str, str]:
        """The village."""
        return self.township, self.village


class Secretary(_OfVillage, frozen=True, kw_only=True):
    """A row of 村党组织书记名册: whoever holds the post in a village, or held it until the vacancy."""

    heeds = IN_OFFICE | MEMBERSHIP
    name: Annotated[
        str,
        Field("姓名", Kind.NAME, aliases=("书记姓名", "书记"), headed=True, none=VACANT, note="出缺的可不填"),
    ] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, headed=True, note="出缺的可不填")] = ""
    branch: Annotated[str, Field("党组织名称", aliases=("党组织", "所在党组织"), example="示例村党支部")] = ""
    both: Annotated[
        bool | None,
        Field(
            "一肩挑", Kind.FLAG, aliases=("书记主任一肩挑", "是否一肩挑"), idle=True, note="兼任村委会主任"
        ),
    ] = None
    started: Annotated[Day, Field("任职起始", Kind.DATE, aliases=("任职时间",), headed=True, ahead=True)] = (
        None
    )
    removed: Annotated[Day, Field("任职终止", Kind.DATE, aliases=("免职时间", "离任时间"), ahead=True)] = None
    removed_why: Annotated[str, Field("免职原因", aliases=("离任原因",))] = ""
    document: Annotated[str, Field("延期文件", aliases=("延期文号", "延期批复"))] = ""
    satisfied: Annotated[int | None, Field("满意票", Kind.COUNT)] = None
    valid: Annotated[int | None, Field("有效票", Kind.COUNT)] = None

    @property
    def called(self) -> str:
        """The name; of a vacancy, the village."""
        return self.name or f"{self.township}{self.village}"

    @property
    def vacated(self) -> Day:
        """Since when the post is vacant, or will be."""
        vacated: Day = self.more.get(VACATED)
        return vacated or self.removed or self.died

    @property
    def vacated_in(self) -> str:
        """The field that says so; where none does, the one to be filled."""
        days = {VACATED: self.more.get(VACATED), "removed": self.removed, "died": self.died}
        return next((name for name, day in days.items() if day), VACATED)

    def said_beside(self) -> Sequence[Finding]:
        """What stands beside the fields. A day of death is a vacancy here, and no doubt."""
        found = super().said_beside()
        return found[:-1] if self.died else found


class Nominee(_OfVillage, frozen=True, kw_only=True):
    """A row of 拟任人选: somebody who is put forward for a village."""

    heeds = frozenset({Matter.OUT_OF_PARTY, Matter.WITHDRAWN, Matter.REFUSED, Matter.DISCIPLINED})
    source: Annotated[str, Field("来源类别", required=True)]
    category: Annotated[str, Field("人员类别", required=True, aliases=("党员类别",), example="正式党员")]
    education: Annotated[str, Field("学历")] = ""
    joined: Annotated[Day, Field("入党时间", Kind.DATE, aliases=("入党日期",))] = None
    unit: Annotated[str, Field("原单位职务", aliases=("单位职务", "现任职务"), idle=True)] = ""
    post: Annotated[str, Field("拟任职务", idle=True, note="空白是村党组织书记")] = "村党组织书记"
    township_said: Annotated[str, Field("乡镇党委意见")] = ""


CALLED = {"started": "任现职时间", "removed": "免职日期"}
ROSTER = Wanted(
    Secretary, "村党组织书记名册", whole=True, once=("township", "village", "identity"), called=CALLED
)
NOMINEES = Wanted(Nominee, "拟任人选", whole=True, optional=True, once=("identity", "township", "village"))
