"""Lists all that may be odd about applications, loans and their events, with what to do."""

from sanchuang_cli.finding import Doubt, Doubts, Severity

_E, _W = Severity.ERROR, Severity.WARNING
_EVENT = "请改正这一行；已经记错的，另加一行冲正，写明原事件日期。"
_FILL = "请补填或改正，再重新运行；本行待核实，没有算。"

DOUBTS = Doubts(
    {
        "day-vague": Doubt(_E, "按日计算的，日期要写到日", _FILL, "日期没有写到日"),
        "word-unknown": Doubt(_E, "", "请改成政策所列的写法，或在政策的 accept、refuse 里加上。", "写法不在政策所列之内"),
        "own-over-total": Doubt(_E, "自有资金不多于总投资", _FILL, "自有资金与总投资对不上"),
        "opened-vague": Doubt(_E, mend="请把开办日期写到日。", brief="开办日期不详，是否满期说不准"),
        "unread": Doubt(_E, "看不懂的不当作空白，也不据以下结论", "请改成规定的写法：年利率写成 4.35%，配偶填身份证号；确实没有就留空。", "有一格读不懂"),
        "own-spouse": Doubt(_E, "配偶是另一个人", _FILL, "配偶身份证号是本人的"),
        "loan-unsure": Doubt(_E, "名下贷款要先核实", "请先改正那一笔贷款，再重新运行。", "本人或配偶有贷款待核实"),
        "loans-none": Doubt(_W, "名下贷款和可贷资金由贷款台账算出", "有贷款的，请把贷款台账一起给出；确实没有发放过的，可不理会。"),
        "events-none": Doubt(_W, "余额和贴息由贷款事件算出", "有还本、展期、核销的，请把贷款事件一起给出；确实没有的，可不理会。"),
        "pool-unknown": Doubt(_E, "可贷多少要算得出", "请补填政策的 pool.total，或改正本金读不出的贷款。", "可贷资金算不出"),
        "limit-unknown": Doubt(_E, "每笔限额由县里填", "请在政策文件的 limit.most 里填上。", "政策里没有填每笔限额"),
        "over-cap": Doubt(_W, mend="按限额批；确应多批的，请核对政策的 limit。"),
        "may-be-passed": Doubt(_W, mend="请先把待核实的申请办完，再上报拟批名单。"),
        "edition-none": Doubt(_E, "贷款按发放日施行的那一版", "请在政策文件里补上那时的一版。", "发放日没有施行的规定"),
        "rate-odd": Doubt(_E, "年利率写成 4.35%", "写成厘或月利率的，请换成年利率，带百分号，如 4.35%。", "年利率不合常理"),
        "base-unknown": Doubt(_E, mend="请在政策文件的 interest.base 里填上那时的基准利率。", brief="政策里没有填基准利率"),
        "rate-over": Doubt(_W, mend="请核对贷款合同和基准利率。"),
        "principal-over": Doubt(_W, "发放不超过批准", "请核对本金和批准额。"),
        "events-wrong": Doubt(_E, "余额由事件算出", "请改正“贷款事件”里指出的那一行，再重新运行。", "贷款事件有错，余额算不出"),
        "event-unknown": Doubt(_E, "事件要有对应的贷款", "请核对编号；漏报的贷款请补进台账。", "没有这个编号的贷款"),
        "event-later": Doubt(_E, "只据已经发生的认定", "请核对日期；还没有发生的请删去，发生后再填。", "日期在判定日以后"),
        "before-lent": Doubt(_E, "事件不早于发放日", _EVENT, "事件早于发放日"),
        "after-end": Doubt(_E, "结清、核销以后不再有还本和展期", _EVENT, "事件在结清以后"),
        "over-balance": Doubt(_E, "还本、核销不超过余额", _EVENT, "还本超过余额"),
        "extended-late": Doubt(_E, "展期在到期以前办", _EVENT, "到期以后才展期"),
        "incomplete": Doubt(_E, "本金、期限、金额、展期月数要填", _FILL, "数字没有填全"),
        "settled-differs": Doubt(_E, "结清的金额是余下的本金", "金额只填本金，利息另记一行付息；也可以留空。", "结清的金额与余额不符"),
        "reversal": Doubt(_E, "冲正要写明冲正哪一件", "请填原事件日期；同一天有几件的，再填原事件。", "冲正对不上"),
        "interest-over": Doubt(_W, mend="请核对付息的金额，是不是连本金也记在里面。"),
    }
)  # fmt: skip
