"""Every finding that `rate` can make, with its severity and its mend, in one list."""

from sanchuang_cli.domain.rating.doubts import Codes
from sanchuang_cli.finding import Severity

_E, _W = Severity.ERROR, Severity.WARNING
_AGAIN = "后重新运行；本行待核实，未列入评定"

DOUBTS = {
    "listed-twice": (_E, f"核实并只留一行{_AGAIN}"),
    "no-score": (_E, f"补填得分{_AGAIN}"),
    "indicator-blank": (_E, f"补填这一格（确实为零就填 0）{_AGAIN}"),
    "unread": (_E, f"核实后改成规定的写法（确实没有就留空或填“无”）{_AGAIN}"),
    "last-year-unread": (_E, f"核实上年汇总表的这一格，改正{_AGAIN}"),
    "veto-unclear": (_E, f"没有否决情形就只填“无”，有就写明是哪一种{_AGAIN}"),
    "more-satisfied-than-valid": (_E, f"核对测评票数，改正{_AGAIN}"),
    "type-decides": (_E, f"改成政策所列的类型，或在政策的 types 里加上这种写法{_AGAIN}"),
    "unknown-type": (_W, "改成政策所列的类型，或在政策的 types 里加上这种写法"),
    "other-score-used": (_W, "补填评定分后重新运行"),
    "good-not-sum": (_W, "核对指标，或改正得分"),
    "total-differs": (_W, "核对各项得分，或改正综合得分"),
    "ballots-do-not-add-up": (_W, "核对测评票数"),
    "satisfaction-differs": (_W, "核对票数，或改正满意率"),
    "satisfaction-as-stated": (_W, "补填有效票和满意票"),
    "no-satisfaction": (_W, "补填测评票数"),
    "veto-not-listed": (_W, "核实是否属于政策列举的情形；不是否决情形就把这一格改为“无”"),
    "last-year-differs": (_W, "核对上年星级"),
    "gone-since-last-year": (_W, "核实是撤并、改名还是漏报"),
    "no-founding-date": (_W, "补填成立日期"),
    "founding-date-vague": (_W, "把成立日期补写到日"),
    "honour-undated": (_W, "补填获荣誉时间，并附表彰文件"),
    "date-vague": (_W, "把日期补写到日"),
    "over-quota": (_W, "超出部分由县委组织部研究确定"),
    "many-to-rectify": (_W, "逐个核实列入依据，是否列入由县委组织部研究确定"),
}

CODES = Codes("rate", DOUBTS, before="上年汇总表")
