"""Declares the units that are appraised, and the sheets about them: ballots by group, raters' papers, inspections, problems."""

from collections.abc import Collection
from fractions import Fraction
from typing import Annotated

from sanchuang_cli.domain.beside import Entry, of_organisation
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.finding import Finding
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record

_UNIT = ("单位名称", "被评单位", "党组织名称", "党组织")


class AppraisedUnit(Record, frozen=True, kw_only=True):
    """A row of the roster: a unit, its secretary, and the points that are given elsewhere."""

    township: Annotated[str, Field("乡镇", from_sender=True, example="示例镇")] = ""
    name: Annotated[str, Field("单位", required=True, aliases=_UNIT, example="示例村党支部")]
    type: Annotated[str, Field("类型", required=True, aliases=("单位类型", "组织类型"), example="村")]
    secretary: Annotated[str, Field("书记", Kind.NAME, True, ("书记姓名", "党组织书记"))]
    secretary_identity: Annotated[
        str,
        Field(
            "书记身份证号",
            Kind.IDENTITY,
            aliases=("书记身份证号码",),
            asked=False,
            note="联考要看书记民主评议的填",
        ),
    ] = ""
    takes_part: Annotated[bool | None, Field("是否参评", Kind.FLAG, note="空白是参评")] = None
    report: Annotated[str, Field("述职报告", aliases=("报告题目", "述职报告题目"), idle=True)] = ""
    reported: Annotated[
        VagueDate | None, Field("述职日期", Kind.DATE, aliases=("述职时间",), of_period=True)
    ] = None
    report_score: Annotated[
        Fraction | None, Field("述职得分", Kind.SCORE, aliases=("述职评议得分",), maximum=100)
    ] = None
    daily: Annotated[
        Fraction | None, Field("日常得分", Kind.SCORE, aliases=("日常考核得分", "实地考核得分"), maximum=100)
    ] = None
    yearly: Annotated[
        Fraction | None, Field("年度考核得分", Kind.SCORE, aliases=("联考得分", "年度考核"), maximum=100)
    ] = None
    accident: Annotated[bool | None, Field("重大事故", Kind.FLAG, aliases=("是否发生重大事故",))] = None
    last_grade: Annotated[str, Field("上年等次", aliases=("上年度等次", "去年等次"), example="较好")] = ""
    remarks: Annotated[str, Field("备注", idle=True)] = ""

    @property
    def called(self) -> str:
        """As findings name it."""
        return f"{self.township}“{self.name}”" if self.township else f"“{self.name}”"

    def said_beside(self) -> list[Finding]:
        """Findings for what is said beside its fields."""
        return list(of_organisation(self.row, self.name))


class UnitSheetRow(Entry, frozen=True, kw_only=True):
    """A row of a sheet about a unit. township: where it is written, it tells units of the same name apart."""

    township: Annotated[str, Field("乡镇", asked=False)] = ""
    unit: Annotated[str, Field("单位", required=True, aliases=_UNIT)]

    @property
    def hears(self) -> Collection[Matter]:
        """Only that the row is void: money that was given back is how a problem was put right."""
        return (Matter.VOID,)


class GroupBallots(UnitSheetRow, frozen=True, kw_only=True):
    """The ballots of one group of raters on one unit. How many bear each mark stands in `more`, under the policy's words."""

    group: Annotated[str, Field("组", required=True, aliases=("组别", "评分组", "测评主体", "测评组"))]
    given_out: Annotated[
        int, Field("发出", Kind.COUNT, True, ("发出票", "发放票", "发出票数"), withheld="row")
    ]
    returned: Annotated[int, Field("收回", Kind.COUNT, True, ("收回票", "收回票数"), withheld="row")]
    valid: Annotated[int, Field("有效", Kind.COUNT, True, ("有效票", "有效票数"), withheld="row")]

    @property
    def called(self) -> str:
        """How a message names the row."""
        return f"{self.unit}“{self.group}”组"


class RaterMark(Record, frozen=True, kw_only=True):
    """What one paper gives one unit, as it is written: nobody's paper is quoted or cited."""

    township: Annotated[str, Field("乡镇", asked=False)] = ""
    group: Annotated[str, Field("组", headed=True, aliases=("组别", "评分组"), withheld="sheet")] = ""
    paper: Annotated[str, Field("票号", headed=True, aliases=("问卷编号", "答卷编号"), withheld="sheet")] = ""
    unit: Annotated[str, Field("单位", headed=True, aliases=_UNIT, withheld="sheet")] = ""
    mark: Annotated[str, Field("评分", headed=True, aliases=("打分", "分数"), withheld="sheet")] = ""


class InspectionRow(UnitSheetRow, frozen=True, kw_only=True):
    """What an inspection took off one item. part: of the item's points, those that one office checks."""

    item: Annotated[str, Field("项目", required=True, aliases=("检查项目", "考核项目"))]
    serial: Annotated[str, Field("序号")] = ""
    full: Annotated[Fraction, Field("满分", Kind.SCORE, required=True, aliases=("项目满分", "项目分值"))]
    lost: Annotated[
        Fraction, Field("扣分", Kind.SCORE, required=True, aliases=("扣分值",), note="没有扣的填 0")
    ]
    way: Annotated[str, Field("方式", aliases=("检查方式",))] = ""
    office: Annotated[str, Field("科室", aliases=("负责科室", "检查科室"))] = ""
    part: Annotated[Fraction | None, Field("科室分值", Kind.SCORE, aliases=("分值",))] = None
    why: Annotated[str, Field("扣分原因", aliases=("扣分事由", "存在问题"), idle=True)] = ""

    @property
    def called(self) -> str:
        """How a message names the row."""
        return f"{self.unit}“{self.item}”"


class CitedGroup(Record, frozen=True, kw_only=True):
    """Of a row of ballots, what an explanation may cite: whose they are."""

    group: Annotated[str, Field("组")] = ""


class CitedLoss(Record, frozen=True, kw_only=True):
    """Of a row of an inspection, what an explanation cites: what was taken off."""

    lost: Annotated[Fraction | None, Field("扣分", Kind.SCORE)] = None


class Problem(UnitSheetRow, frozen=True, kw_only=True):
    """A problem that a unit promised to mend."""

    problem: Annotated[str, Field("问题", required=True, aliases=("存在问题", "问题表现"))]
    raised: Annotated[VagueDate | None, Field("提出日期", Kind.DATE, aliases=("提出时间", "承诺日期"))] = None
    measure: Annotated[str, Field("整改措施", aliases=("整改举措",), idle=True)] = ""
    responsible: Annotated[str, Field("责任人", aliases=("整改责任人",), idle=True)] = ""
    due: Annotated[
        VagueDate | None, Field("时限", Kind.DATE, aliases=("整改时限", "完成时限"), ahead=True)
    ] = None
    closed: Annotated[
        VagueDate | None, Field("销号", Kind.DATE, aliases=("销号日期", "销号时间", "完成日期"))
    ] = None

    @property
    def called(self) -> str:
        """How a message names the problem."""
        return f"{self.unit}“{self.problem}”"
