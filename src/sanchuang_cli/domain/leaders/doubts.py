"""Lists everything that can be odd about secretaries, candidates and elections, and what to do about it."""

from sanchuang_cli.domain.ballots.rounds import ROUND_DOUBTS
from sanchuang_cli.domain.process.telling import STEP_DOUBTS
from sanchuang_cli.finding import Doubt, Doubts, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
DOUBTS = Doubts(
    {
        **STEP_DOUBTS,
        **ROUND_DOUBTS,
        "unnamed": Doubt(
            _E, "在任的要写明是谁", "请补填姓名和身份证号；出缺的请填出缺日期。", "没有写明是谁"
        ),
        "two-in-office": Doubt(
            _E, "一个村只有一名在任的书记", "请核实：已免职的填免职日期，写错村的改正。", "一个村有两名在任的"
        ),
        "votes-wrong": Doubt(_E, "票数不能自相矛盾", "请对照测评记录核对票数。", "票数自相矛盾"),
        "vacated-vague": Doubt(_E, "在任还是出缺要说得准", "请把日期填到日。", "是否出缺说不准"),
        "word-unknown": Doubt(_E, "", "请改成政策所列的写法，或在政策里加上。", "写法不在政策所列之内"),
        "no-term": Doubt(_W, "任期从本届起算", "请补填本届起；补填以前不提示届满。"),
        "no-document": Doubt(_W, "延期要有上级的批复", "请补填延期文件；补填以前按没有延期算。"),
        "extended-again": Doubt(
            _E, "延期只能一次", "请核对批复；确是第二次延期的，由党委按规定研究。", "又一次延期"
        ),
        "date-vague": Doubt(_W, mend="请把日期填到日，再重新运行。"),
        "rate-missing": Doubt(_W, "整顿名单和等次以评定结果为准", "请核对名册的党组织名称和评定结果的写法。"),
        "not-asked": Doubt(_N, mend="要判断的，请在名册里加上这些栏。"),
        "opinion-undated": Doubt(_W, mend="请补填意见的日期；无异议的，补填以前算待补。"),
        "opinion-old": Doubt(_W, mend="请重新征求意见；以前算待补。"),
        "township-unclear": Doubt(_W, mend="请填同意或不同意；填清楚以前算待补。"),
        "posted-early": Doubt(_W, mend="请核对日期；确是先公示后联审的，由党委研究要不要重新公示。"),
        "still-on-probation": Doubt(
            _E, "党章：预备期一年", "请核对入党时间和人员类别，改正写错的一格。", "预备期没有满"
        ),
        "under-age": Doubt(_E, mend="请核对身份证号；写错的请改正。", brief="在任的没有成年"),
        "several-villages": Doubt(_W, mend="请核对：一个人只宜任一个村；确是兼任的，可不理会。"),
        "gate": Doubt(_W, mend="请调整人选；本程序不划去任何人。"),
    }
)
