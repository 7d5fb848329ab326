"""Everything that may be odd about visits and what is given, by code."""

from sanchuang_cli.domain.apportion import POT_WAITS
from sanchuang_cli.domain.pays import DOUBTS as PAYING
from sanchuang_cli.finding import Doubt, Doubts, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
_AGAIN = "请核实改正后重新运行；本行待核实，没有计入。"

DOUBTS = Doubts(
    {
        **PAYING,
        "kind-unknown": Doubt(_E, "", "请改成政策所列的类型，或在政策的 visiting 的 kinds 里加上。", "五心类型不在政策所列之内"),
        "day-vague": Doubt(_E, "日期写到日", _AGAIN, "日期没有写到日"),
        "whom-vague": Doubt(_E, "对象要认得准", "请补填对象的村（同村同名的补填乡镇、走访人）。", "结对里有几个同名的对象"),
        "kind-differs": Doubt(_W, "同一次走访只计一次", "请核实是哪一类；按先出现的一行计。"),
        "visit-twice": Doubt(_N, "同一次走访只计一次", "已经只计一次，不必处理；确是两次的请写明不同的日期。"),
        "outside": Doubt(_W, "只计本期的走访", "日期填错的请改正；确是别的期间的，在那个期间运行时计入。"),
        "entered-late": Doubt(_W, "", "请核实走访日期；以后及时登记。"),
        "no-result": Doubt(_N, "", "请用 --result 给出 sanchuang pairing 写出的工作簿。"),
        "no-pair": Doubt(_N, "", "对象姓名、村填错的请改正；确不是结对对象的，不必处理。"),
        "other-visitor": Doubt(_W, "结对的由帮扶人走访", "走访人填错的请改正；换了帮扶人的，请先更新结对结果。"),
        "not-wanted": Doubt(_W, "对方不愿再被走访的，不再上门", "请核实；改为别的方式联系的，请在“方式”填联系。"),
        "pair-later": Doubt(_W, "", "早就结对的，请把帮扶人和原来的结对日期填进困难党员名册，再做一次结对结果。"),
        "visit-late": Doubt(_W, "", "请提醒帮扶人按期走访；日期填错、漏登记的请补正。"),
        "too-few": Doubt(_W, "", "请核实有没有漏登记的；确实不够的，按规定处理。"),
        "class-unknown": Doubt(_E, "", "请改成政策所列的类别，或在政策的 giving 的 standards 里加上。", "慰问类别不在政策所列之内"),
        "not-of-class": Doubt(_E, "", "请核对类别、入党日期和身份证号，改正写错的一格。", "慰问类别与入党日期或年龄对不上"),
        "young-for-class": Doubt(_W, "", "请核实类别；确是这一类的，不必处理。"),
        "other-holiday": Doubt(_E, "只据本期的节日认定", "请核对日期；往年发的请从本期的名册上删去，本期还没有慰问的日期留空。", "慰问日期不是这一期的节日的"),
        "holiday-unknown": Doubt(_E, "", "请改成政策所列的节日，或在政策的 giving 的 holidays 里加上。", "节日不在政策所列之内"),
        "source-unknown": Doubt(_E, "", "请改成“资金与物资”或政策 sources 里的来源。", "资金来源不在所列之内"),
        "source-blank": Doubt(_W, "慰问金要写明来源", "请补填资金来源；没有写的不计入任何一个来源。"),
        "not-standard": Doubt(_W, "", "请核实发了多少；没有发的按标准，已经发的照实列。"),
        "after-holiday": Doubt(_W, "", "请核实日期；已经发的照列。"),
        "must-visit": Doubt(_W, "", "请尽快走访补发，并写明原因。"),
        "item-over": Doubt(_E, "发出的物资不多于购置的", "请核对这一项的购置数和各人的数量。", "发出的物资多于购置的"),
        "over-source": Doubt(_E, "发出的钱不多于到位的", "请核对到位金额和各人的资金来源。", "发出的钱多于到位的"),
        "not-balanced": Doubt(_E, "到位 = 发放 + 结余", "请核对到位金额、各人的慰问金和结余。", "收支和结余对不上"),
        "supplies-unread": Doubt(_W, "看不懂的不当作空白", "请先改正“资金与物资”里指出的行；改正以前不核对收支。"),
        **POT_WAITS,
        "not-shared": Doubt(_W, "", "请核对政策的 allocations。"),
    }
)  # fmt: skip
