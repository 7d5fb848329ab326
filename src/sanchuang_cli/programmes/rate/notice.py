"""The 公示 of a rating: which organisation got which grade and how many stars, and nothing about how."""

from collections.abc import Sequence

from sanchuang_cli.domain.rating.steps import stars_in_words
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Period
from sanchuang_cli.posting import Notice
from sanchuang_cli.programmes.rate.judging import Rated
from sanchuang_cli.programmes.rate.pages import WHO, who
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.programmes.rate.statistics import rated
from sanchuang_cli.table import Column, Table


def notices(ratings: Sequence[Rated], policy: RatePolicy, period: Period) -> tuple[Notice, ...]:
    """The one notice of a rating; none where the policy does not say how results are posted, or none was rated."""
    listed = rated(ratings)
    if policy.notice is None or not listed:
        return ()
    starred = any(r.stars is not None for r in listed)
    stars = (Column("stars", "星级"),) if starred else ()
    columns = (Column("number", "序号", Kind.COUNT), *WHO, Column("grade", "等次"), *stars)
    rows = [
        (number, *who(r), r.grade, *((stars_in_words(r.stars),) if starred else ()))
        for number, r in enumerate(listed, 1)
    ]
    what = "基层党组织分类定级和星级评定结果" if starred else "基层党组织分类定级结果"
    return (
        Notice(
            name=f"{what}公示",
            title=f"关于{period.title}{what}的公示",
            basis=(f"《{policy.title}》（{policy.document}）",),
            what=f"{period.title}{what}",
            standard="；".join(
                clause for clause in (policy.grades.clause, starred and policy.stars.clause) if clause
            )
            + "。",
            period=period.title,
            table=Table("公示名单", f"{period.title}{what}", columns, rows),
            posting=policy.notice,
        ),
    )
