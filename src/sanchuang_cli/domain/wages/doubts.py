"""Lists all that may be odd about people who are paid for an office, by code."""

from sanchuang_cli.finding import Doubt, Doubts, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
_AGAIN = "请核实改正后重新运行；本行待核实，没有发放。"

DOUBTS = Doubts(
    {
        "post-unknown": Doubt(_E, mend="请改成政策所列的职务，或在政策 posts 的 words 里加上这种写法。", brief="职务不在政策所列之内"),
        "kind-unknown": Doubt(_E, mend="请改成 本村，或政策 outsiders 所列的身份类别。", brief="身份类别认不得"),
        "ends-before-start": Doubt(_E, "任职终止不早于任职起始", _AGAIN, "任职终止早于任职起始"),
        "suspension-odd": Doubt(_E, "停职要有起，止不早于起", _AGAIN, "停职起止不成立"),
        "times-vague": Doubt(_E, "按月计发，日期要说得准", "请把日期填到日；本行待核实，没有发放。", "日期不详，金额说不准"),
        "since-vague": Doubt(_E, mend="请把日期填到日；本行待核实，没有发放。", brief="任职年限说不准"),
        "since-blank": Doubt(_W, mend="年限从以前的职务算起的，请补填这一栏。"),
        "village-missing": Doubt(_E, mend="请在村情表里补上或改正这个村，再重新运行。", brief="村情表里没有这个村"),
        "village-class": Doubt(_E, mend="请在村情表里填好，再重新运行。", brief="村情表缺村类型、人口或净收入"),
        "base-missing": Doubt(_E, mend="请在政策里补上这一年的数，再重新运行。", brief="政策里缺这一年的收入数"),
        "no-document": Doubt(_W, "任职要有文件", "请补填任职文件；没有文件的，请核实是否真有其人、是否在任。"),
        "card-unclaimed": Doubt(_E, "没有人领的卡，多是虚报", "请核实是否真有其人、是否在任；卡由本人领取后，从未领卡名单里去掉。", "卡在银行没有人领"),
        "two-villages": Doubt(_E, "一人同时只在一个村任职", _AGAIN, "同时在两个村任职"),
        "spells-overlap": Doubt(_E, "同一职务的任期不重叠", _AGAIN, "同一职务的两段任期重叠"),
        "other-row": Doubt(_E, "一个人的几行一起认定", "请先核实改正另一行，再重新运行。", "本人另一行待核实"),
        "two-holders": Doubt(_E, "一个村同时只有一人担任", _AGAIN, "两人同时担任一职"),
        "handover": Doubt(_W, mend="前后两人各按月中到任、离任的规定计；不应两人都发的，请改任职起止。"),
        "shared-phone": Doubt(_W, mend="请核实是否真有其人、是否在任。"),
        "on-list": Doubt(_E, "财政供养人员不发村干部报酬", _AGAIN, "在核查名单上"),
        "like-list": Doubt(_W, mend="请核对是否本人。"),
        "year-unruled": Doubt(_W, "按那一年的政策算", "请在政策文件里补上那一年的一版；已在本工具以外发过的，不用补。"),
        "grade-missing": Doubt(_W, "没有考核结果的不发绩效", "请在年度考核表里补上；绩效等补上以后再发。"),
        "grade-unknown": Doubt(_W, "看不懂的不据以发放", "请核实改正年度考核表；绩效等改正以后再发。"),
        "stars-missing": Doubt(_W, "星级以评定结果为准", "请核对名册的所在党组织和评定结果；绩效等对上以后再发。"),
        "income-missing": Doubt(_W, mend="请在村情表里填净收入；奖励等填好以后再发。"),
        "grades-over": Doubt(_W, mend="请复核等次，或报县里同意。"),
        "pot-over": Doubt(_W, mend="请复核等次，或报县里同意。"),
        "appraisal-stray": Doubt(_N, mend="不在名册上的，没有绩效；应在名册上的，请补上。"),
        "absent": Doubt(_W, "上期发了，本期要有交代", "离任的，请留在名册上并填任职终止；漏了的，请补上。"),
    }
)  # fmt: skip
