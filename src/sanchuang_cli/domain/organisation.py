"""Declares 党组织, a row of the county's roster of grassroots organisations, as every programme reads it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

from sanchuang_cli.domain.beside import of_organisation
from sanchuang_cli.domain.words import VACANT
from sanchuang_cli.finding import Finding
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record

HONOUR_LEVELS = {
    "国家级": ("全国", "中央", "国家"),
    "省级": ("全省", "省部级", "自治区级", "省"),
    "市级": ("全市", "地级市", "州级", "地市级", "市厅级", "市"),
    "县级": ("全县", "区级", "县区级", "县"),
    "乡镇级": ("乡级", "镇级", "街道级", "乡镇"),
}


class Organisation(Record, frozen=True, kw_only=True):
    """A grassroots party organisation with its votes and last year's rating.

    The columns of goods, indicators and criteria depend on the policy, so their values are in `more`.
    """

    township: Annotated[str, Field("乡镇", required=True, from_sender=True, example="示例镇")]
    name: Annotated[
        str, Field("党组织名称", required=True, aliases=("党组织", "组织名称"), example="示例村党支部")
    ]
    type: Annotated[str | None, Field("类型", aliases=("组织类型", "党组织类型", "类别"), example="村")] = (
        None
    )
    secretary: Annotated[
        str | None, Field("书记", Kind.NAME, aliases=("书记姓名", "党组织书记"), none=VACANT)
    ] = None
    founded: Annotated[
        VagueDate | None,
        Field("成立日期", Kind.DATE, aliases=("成立时间", "组建时间", "党组织成立时间"), example="1995-07"),
    ] = None
    members: Annotated[
        int | None, Field("党员数", Kind.COUNT, aliases=("党员人数", "党员总数"), example="35")
    ] = None
    ballots_sent: Annotated[
        int | None,
        Field("民主测评/发出票", Kind.COUNT, aliases=("发出票", "发放票", "测评/发出"), example="60"),
    ] = None
    ballots_back: Annotated[
        int | None, Field("民主测评/收回票", Kind.COUNT, aliases=("收回票", "测评/收回"), example="58")
    ] = None
    ballots_valid: Annotated[
        int | None, Field("民主测评/有效票", Kind.COUNT, aliases=("有效票", "测评/有效"), example="58")
    ] = None
    ballots_satisfied: Annotated[
        int | None, Field("民主测评/满意票", Kind.COUNT, aliases=("满意票", "测评/满意"), example="55")
    ] = None
    stated_satisfaction: Annotated[
        Fraction | None,
        Field("民主测评/满意率", Kind.PERCENT, aliases=("满意率", "群众满意率", "群众满意度", "测评/满意率")),
    ] = None
    stated_total: Annotated[Fraction | None, Field("综合得分", Kind.SCORE, aliases=("总分", "总得分"))] = None
    veto: Annotated[str | None, Field("否决情形", aliases=("一票否决", "否决事项", "一票否决情形"))] = None
    last_stars: Annotated[
        int | None, Field("上年星级", Kind.STARS, aliases=("去年星级", "上年度星级"), example="3")
    ] = None
    last_grade: Annotated[
        str | None, Field("上年等次", aliases=("去年等次", "上年度等次"), example="较好")
    ] = None
    honour: Annotated[
        str | None,
        Field(
            "荣誉级别", Kind.CHOICE, choices=HONOUR_LEVELS, aliases=("综合荣誉级别", "表彰级别", "综合荣誉")
        ),
    ] = None
    honoured: Annotated[
        VagueDate | None, Field("获荣誉时间", Kind.DATE, aliases=("表彰时间", "获得荣誉时间"))
    ] = None
    remarks: Annotated[str | None, Field("备注")] = None

    @property
    def key(self) -> tuple[str, str]:
        """Township and name as they are written."""
        return self.township, self.name

    @property
    def called(self) -> str:
        """As findings name it: 甲镇“某村党支部”."""
        return f"{self.township}“{self.name}”"

    def said_beside(self) -> Sequence[Finding]:
        """Findings for what is said beside its fields: remarks, comments, rows struck through."""
        return of_organisation(self.row, self.name)
