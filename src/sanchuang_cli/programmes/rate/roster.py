"""What `rate` reads beside the roster of organisations: its own result of the year before."""

from typing import Annotated

from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Record


class LastYear(Record, frozen=True, kw_only=True):
    """上年评定结果: a row of the 分类定级汇总表 that this programme wrote for the year before."""

    township: Annotated[str, Field("乡镇", required=True)]
    name: Annotated[str, Field("党组织名称", required=True, aliases=("党组织", "组织名称"))]
    stars: Annotated[int | None, Field("星级", Kind.STARS, aliases=("本年星级",))] = None
    grade: Annotated[str | None, Field("本年等次", aliases=("等次",))] = None

    @property
    def key(self) -> tuple[str, str]:
        """As Organisation.key."""
        return self.township, self.name
