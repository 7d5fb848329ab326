"""What a document on honours says, and what is read: who is recommended, and the numbers that places are shared out by."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.apportion import Sharing
from sanchuang_cli.domain.awards.opinions import Opinions
from sanchuang_cli.domain.ballots.bars import Cap
from sanchuang_cli.domain.beside import Entry, of_organisation
from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.domain.people import MEMBERSHIP, Person
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.finding import Finding
from sanchuang_cli.join import FromResult
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Citation, Count, Exact, Policy, Rule
from sanchuang_cli.posting import Posting
from sanchuang_cli.record import Field

CATEGORIES = ("表彰类别", "推荐类别", "荣誉类别")


_BODY = re.compile(
    "(?:支部|总支|党委|党组|工委|委员会|党组织|公司|集团|合作社|协会|学校|中心|联合会|理事会|村委会|居委会)$"
)


def is_body(name: str) -> bool:
    """Whether a name can only be an organisation's: no person is called so."""
    return bool(_BODY.search(re.sub(r"[(（].*[)）]$", "", name.strip())))


class Recommended(Person, frozen=True, kw_only=True):
    """A row of the roster: a person or an organisation that a township recommends for one honour."""

    heeds = MEMBERSHIP | {Matter.WITHDRAWN, Matter.REFUSED, Matter.DISCIPLINED, Matter.NOT_MEMBER}
    category: Annotated[str, Field("类别", Kind.CHOICE, True, CATEGORIES)]
    village: Annotated[str, Field("村", asked=False)] = ""
    name: Annotated[str, Field("姓名", required=True, aliases=("姓名或组织", "姓名/组织", "姓名(组织)"))]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, note="组织不填")] = ""
    unit: Annotated[str, Field("单位职务", aliases=("单位及职务", "工作单位及职务"))] = ""
    front: Annotated[bool | None, Field("是否一线", Kind.FLAG, headed=True, note="组织不填")] = None
    leader: Annotated[bool | None, Field("是否领导", Kind.FLAG, headed=True, note="组织不填")] = None
    order: Annotated[int | None, Field("推荐顺序", Kind.COUNT, aliases=("推荐排序", "推荐次序"))] = None
    merits: Annotated[str, Field("主要事迹", aliases=("事迹", "事迹简介", "简要事迹"), idle=True)] = ""

    def said_beside(self) -> Sequence[Finding]:
        """What stands beside the fields of a person, with a number or without one, or of an organisation."""
        body = not self.identity and is_body(self.name)
        told = [] if self.identity else of_organisation(self.row, self.name)
        if body:
            return told
        return [*super().said_beside(), *(one for one in told if one.code == "remarks.gone")]


class TownshipBase(Entry, frozen=True, kw_only=True):
    """The members and branches of a township, by which places are shared out."""

    township: Annotated[str, Field("乡镇", required=True)]
    members: Annotated[int, Field("党员数", Kind.COUNT, True, ("党员人数", "党员总数"))]
    branches: Annotated[int, Field("支部数", Kind.COUNT, True, ("党支部数", "支部总数"))]


class GradeNeeded(Rule, title="民主评议的等次"):
    """What somebody's grade in the last review of members must be."""

    source: ClassVar[str] = "民主评议"
    reads: ClassVar[tuple[str, ...]] = ("identity",)

    clause: Citation
    grades: tuple[str, ...] = Setting(min_length=1, description="哪些等次可以表彰，照民主评议结果的写法")

    @property
    def wanted(self) -> str:
        return "或".join(self.grades)

    def met(self, grade: str) -> bool:
        return grade in self.grades


class StarsNeeded(Rule, title="星级要求"):
    """How many stars an organisation must have."""

    source: ClassVar[str] = "星级评定"
    reads: ClassVar[tuple[str, ...]] = ("township", "name")

    clause: Citation
    least: Count = Setting(description="至少几星")

    @property
    def wanted(self) -> str:
        return f"不低于 {self.least} 星"

    def met(self, stars: int) -> bool:
        return stars >= self.least


class ListStructure(Rule, title="人员结构"):
    """Whole numbers of the names that are accepted; missed, they are told, and nobody is struck off."""

    decides = False

    clause: Citation
    front: Exact | None = Setting(
        default=None, ge=0, le=1, description="一线的至少占多少，有零头进一；不写时不问"
    )
    leaders: Exact | None = Setting(
        default=None, ge=0, le=1, description="领导的至多占多少，有零头舍去；不写时不问"
    )

    @property
    def asks(self) -> tuple[str, ...]:
        """The fields that must be filled in."""
        asked = {"front": self.front, "leader": self.leaders}
        return tuple(field for field, share in asked.items() if share is not None)

    def least(self, many: int) -> int:
        """The fewest of the front line among so many names."""
        return 0 if self.front is None else whole(self.front * many, "up")

    def most(self, many: int) -> int:
        """The most leaders among so many names."""
        return many if self.leaders is None else whole(self.leaders * many, "down")


class Award(Rule, title="一类表彰"):
    """An honour: how many places there are, and what those honoured must be."""

    synonyms = ("also",)

    name: str = Setting(description="名称，照名册“类别”的写法")
    also: tuple[str, ...] = Setting(default=(), description="名册上的其他写法")
    clause: Citation
    of: Literal["members", "branches"] = Setting(
        default="members", description="名额按什么分到乡镇：members 党员数，branches 支部数"
    )
    whom: Literal["persons", "organisations"] | None = Setting(
        default=None,
        description="表彰的是人还是组织：persons 人，organisations 组织；不写时，名额按支部数分的是组织，其余是人",
    )
    share: Cap | None = Setting(
        default=None, description="全县名额占全县党员（支部）的多少；和 number 只写一个"
    )
    number: Count | None = Setting(default=None, description="全县几个名额；都不写的，这一类待核实")
    reviewed: GradeNeeded | None = Setting(default=None, description="上次民主评议的等次；不写时不问")
    starred: StarsNeeded | None = Setting(default=None, description="党组织的星级；不写时不问")
    structure: ListStructure | None = Setting(default=None, description="一线、领导的比例；不写时不问")

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if self.share is not None and self.number is not None:
            raise ValueError("share 和 number 只写一个")
        return self

    @property
    def of_bodies(self) -> bool:
        """Whether organisations are honoured, and not persons."""
        return self.whom == "organisations" or (self.whom is None and self.of == "branches")

    @property
    def joined(self) -> Mapping[str, GradeNeeded | StarsNeeded]:
        """What it asks of the results of other programmes, by the name of the join."""
        rules = {"grade": self.reviewed, "stars": self.starred}
        return {name: rule for name, rule in rules.items() if rule}

    def places(self, base: int) -> int | None:
        """How many places the county has, by all its members or branches; None where nobody has said."""
        return self.share.of(base) if self.share else self.number


class Candidates(Cap, title="人选"):
    """How many names a township puts forward for its places; other numbers are told."""

    decides = False


class HonorPolicy(Policy, title="表彰办法（一版）"):
    """What a document on honours says."""

    categories: tuple[Award, ...] = Setting(min_length=1, description="表彰哪几类，按名单的先后")
    sharing: Sharing = Setting(description="名额怎样分到各乡镇")
    candidates: Candidates | None = Setting(default=None, description="每个名额推荐几个人选；不写时不核对")
    opinions: Opinions | None = Setting(default=None, description="要征求的意见；不写时不征求")
    merits: Count = Setting(default=0, description="主要事迹至多多少字，不算空格；0 是不限")
    results: FromResult = Setting(
        default=FromResult(must="approved"), description="所取的民主评议、星级评定的结果；不写时须已审批"
    )
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")

    @property
    def by_name(self) -> Mapping[str, Award]:
        """The honours by their names, in their order."""
        return {one.name: one for one in self.categories}


def policy_columns(edition: HonorPolicy) -> Mapping[str, tuple[Field, ...]]:
    """The words that 类别 may be, and a column for each opinion."""
    words = {one.name: one.also for one in edition.categories}
    category = Field("类别", Kind.CHOICE, True, CATEGORIES, words, name="category")
    return {"recommended": (category, *(edition.opinions.columns if edition.opinions else ()))}
