"""What a document on 结对帮扶 says: degrees of hardship, who may not help whom, how many a helper takes, what counts first."""

from typing import Literal, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.words import narrow
from sanchuang_cli.policy import Citation, Count, Number, Policy, Rule
from sanchuang_cli.posting import Posting

Aim = Literal["kept", "linked", "township", "leaders", "balance"]


class Degree(Rule, title="一档困难程度"):
    """One degree of hardship."""

    name: str = Setting(description="困难程度，如“特困”")
    also: tuple[str, ...] = Setting(default=(), description="名册上的其他写法")
    weight: Number = Setting(description="权数：领导联系一人记多少，越困难越大")


class Hardship(Rule, title="困难程度"):
    """The degrees of hardship."""

    clause: Citation
    degrees: tuple[Degree, ...] = Setting(min_length=1, description="各档困难程度，从重到轻")

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        words = [narrow(word) for degree in self.degrees for word in (degree.name, *degree.also)]
        if len(set(words)) < len(words):
            raise ValueError(f"degrees 里的写法不能重复（现为 {'、'.join(words)}）")
        return self

    def of(self, written: str) -> Degree | None:
        """The degree that a cell names; None where it names none."""
        word = narrow(written)
        known = {narrow(also): degree for degree in self.degrees for also in (degree.name, *degree.also)}
        return known.get(word)


class Avoidance(Rule, title="回避"):
    """Who may not help whom, besides oneself and relatives known by their numbers."""

    clause: Citation
    household: bool = Setting(default=True, description="户号相同的不结对：true 是，false 否")
    names: bool = Setting(
        default=True, description="亲属栏只写姓名、与对方同名的不结对：true 是（另给警告），false 否"
    )


class Places(Rule, title="帮扶名额"):
    """How many people a helper takes whose own row does not say it."""

    clause: Citation
    leaders: Count | None = Setting(
        default=None, description="名册没有写名额的领导，每人几名；不写时是困难党员数÷帮扶人数，向上取整"
    )
    others: Count | None = Setting(default=None, description="其他帮扶人，每人几名；不写时同上")


class Aims(Rule, title="结对的次序"):
    """What counts first. That as many as possible are helped counts before all."""

    clause: Citation
    order: tuple[Aim, ...] = Setting(
        description="尽量多结对以后，依次看：kept 上年结对的保留最多，linked 结在联系村的最多，township 同乡镇的最多，"
        "leaders 领导联系的困难程度权数之和最大，balance 各人名额最均匀（人数的平方和最小）；不看的不写"
    )

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        if len(set(self.order)) < len(self.order):
            raise ValueError(f"order 里每一项只能写一次（现为 {'、'.join(self.order)}）")
        return self


class PairingPolicy(Policy, title="结对帮扶办法（一版）"):
    """What a document on 结对帮扶 says."""

    hardship: Hardship = Setting(description="困难程度")
    avoidance: Avoidance = Setting(description="谁和谁不能结对；本人、写明身份证号的亲属总不结对")
    places: Places = Setting(description="每个帮扶人至多几名")
    aims: Aims = Setting(description="先看什么、后看什么")
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")
