"""星级评定: organisations get stars and a grade by the five goods, and the weak ones are listed for 整顿.

The rules and the findings are in domain/rating. policy.py puts them together, judging.py decides what takes the whole
roster, pages.py and statistics.py have what stands on paper, and explain.py what `explain` says of one organisation.
"""

from functools import partial

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.contrasted import compares
from sanchuang_cli.domain.rating.doubts import DOUBTS
from sanchuang_cli.domain.rating.front import front
from sanchuang_cli.domain.rating.judging import judged
from sanchuang_cli.domain.rating.lint import LINTS
from sanchuang_cli.domain.rating.verdict import ONCE, RATED
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Explains, Main, Programme
from sanchuang_cli.programmes.rate.explain import explained, outcome
from sanchuang_cli.programmes.rate.judging import ORGANISATIONS, ready, together
from sanchuang_cli.programmes.rate.pages import PREVIOUS_YEAR, SUMMARY, WHO, notices, pages
from sanchuang_cli.programmes.rate.policy import RatePolicy, asks, policy_columns
from sanchuang_cli.programmes.rate.statistics import terminal_pages
from sanchuang_cli.record import Wanted

ROSTER = Wanted(Organisation, "党组织名册", sheet=SUMMARY, whole=True, reread=True, once=ONCE)
PROGRAMME = Programme(
    name="rate",
    policy=RatePolicy,
    default_period=lambda today: Period.year(today.year),
    mains={ORGANISATIONS: Main(ROSTER, judged, parts=(RATED,), merges=False, order=lambda record: 0)},
    previous=PREVIOUS_YEAR,
    policy_columns=policy_columns,
    asks=asks,
    doubts=DOUBTS,
    ready=ready,
    together=together,
    who=WHO,
    pages=pages,
    front=partial(front, SUMMARY),
    terminal_pages=terminal_pages,
    notices=notices,
    explains=Explains(outcome, explained, about=("township", "secretary"), aside="不参评"),
    compares=compares(
        lambda whole: (("整顿名单", whole.more.rectify), ("书记调整建议", whole.more.secretaries))
    ),
    lints=LINTS,
    judges_a_day=True,
)
