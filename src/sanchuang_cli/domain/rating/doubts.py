"""Lists every finding that `rate` can make, with its severity and its mend."""

from sanchuang_cli.finding import Doubt, Doubts, Severity


def _error(brief: str, mend: str, basis: str = "") -> Doubt:
    return Doubt(Severity.ERROR, basis, f"{mend}后重新运行；本行待核实，未列入评定", brief)


def _warning(mend: str, basis: str = "") -> Doubt:
    return Doubt(Severity.WARNING, basis, mend)


DOUBTS = Doubts(
    {
        "listed-twice": _error("党组织重复列入", "核实并只留一行", "同一党组织只评一次"),
        "no-score": _error("缺少得分", "补填得分"),
        "indicator-blank": _error("评分指标没有填全", "补填这一格（确实为零就填 0）"),
        "indicator-at-odds": _error(
            "比例指标的两栏对不上",
            "核对这两栏，改正；确实没有可比的，这一项的指标都留空，直接填这一项的得分",
        ),
        "unread": _error("有一格看不出意思", "核实后改成规定的写法（确实没有就留空或填“无”）"),
        "last-year-unread": _error("上年汇总表里有一格看不出意思", "核实上年汇总表的这一格，改正"),
        "last-year-twice": _error("上年汇总表里有几行", "核实上年哪一行算数，重做上年的汇总表，只留这一行"),
        "veto-not-listed": _error(
            "否决情形不在政策列举之内",
            "属于政策列举的情形的，照政策的说法写，或在政策的 situations 里加上这种说法；不是的填“无”",
        ),
        "veto-unclear": _error("否决情形写得不明白", "没有否决情形就只填“无”，有就写明是哪一种"),
        "more-satisfied-than-valid": _error("满意票多于有效票", "核对测评票数，改正"),
        "type-decides": _error(
            "党组织类型不在政策所列之内", "改成政策所列的类型，或在政策的 types 里加上这种写法"
        ),
        "veto-last-year": _error(
            "有否决情形而上年星级没有写",
            "补填上年星级（上年无星或没有评过的填 0），或用 --previous 给出上年汇总表",
        ),
        "honour-undated": _error(
            "荣誉是不是本期内获得说不准", "按表彰文件把获荣誉时间写到日（不是本期内获得的，删去荣誉级别）"
        ),
        "limit-unclear": _error("限制星级的情形说不准", "把这一格写清楚"),
        "limit-blank": _error("限制星级的情形没有填", "补填这一格（没有这种情形就填“否”）"),
        "no-secretary": _error("没有书记", "补填书记；职位空缺的，从名册里删去这一行"),
        "vacancy-undated": _error("书记空缺没有写从哪一天起", "补填空缺的日期；有书记的，改填书记"),
        "limit-not-asked": _warning("名册加上这一栏重新报送；确实都没有的，可以不管"),
        "list-not-asked": Doubt(Severity.NOTE, "", "名册加上这一栏重新报送；确实都没有的，可以不管"),
        "last-year-not-given": _warning("用 --previous 给出上年汇总表；上年没有评过的，可以不管"),
        "last-year-unruled": _warning("上年的得星线不一样的，把上年的一版也写进政策文件，排在前面"),
        "last-stars-blank": _warning(
            "补填上年星级（上年无星填 0），或用 --previous 给出上年汇总表；上年没有评过的，可以不管"
        ),
        "veto-without-rule": _warning("核实文件有没有一票否决；有就在政策里加上 veto 一节"),
        "unknown-type": _warning("改成政策所列的类型，或在政策的 types 里加上这种写法"),
        "other-score-used": _warning("补填评定分后重新运行"),
        "good-not-sum": _warning("核对指标，或改正得分"),
        "total-differs": _warning("核对各项得分，或改正综合得分"),
        "ballots-do-not-add-up": _warning("核对测评票数"),
        "satisfaction-differs": _warning("核对票数，或改正满意率"),
        "satisfaction-as-stated": _warning("补填有效票和满意票"),
        "no-satisfaction": _warning("补填测评票数"),
        "last-year-differs": _warning("核对上年星级"),
        "not-in-last-year": _warning(
            "核实是不是改名、撤并或上年漏报；是的，核实上年星级，按一年至多升几星改正"
        ),
        "gone-since-last-year": _warning("核实是撤并、改名还是漏报", "参评党组织不重不漏"),
        "no-founding-date": _warning("补填成立日期"),
        "founding-date-vague": _warning("把成立日期补写到日"),
        "date-vague": _warning("把日期补写到日"),
        "over-quota": _warning("超出部分由县委组织部研究确定"),
        "many-to-rectify": _warning("逐个核实列入依据，是否列入由县委组织部研究确定"),
    }
)
