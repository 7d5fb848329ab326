"""Remarks as clerks write them, of both kinds: said of the person himself, and said of others, denied or doubtful.

The words for other people, denials and hearsay are the tests' own, so that a word missing in the rules is found.
"""

from collections.abc import Mapping

from hypothesis import strategies as st

from sanchuang_cli.domain import words
from sanchuang_cli.domain.remarks import Matter

BEFORE = (
    "",
    "经核实，",
    "家属来电，",
    "据家属反映，",
    "村里反映",
    "原村书记，",
    "女，",
    "无子女，",
    "1984年任村会计；",
    "老伴健在；",
    "档案已调，",
)
DATES = ("", "2026年5月", "2026年5月3日", "于2026年5月", "2026.5", "2026-05-03", "今年5月", "26年5月", "上月")
SELF = ("", "", "", "本人", "该同志", "该党员", "本人已于", "王守田")
HOW = ("", "", "因病", "不幸", "突发脑溢血", "在县医院", "在儿子家", "因车祸")
AFTER = ("", "", "。", "，家属未报", "，待核实", "（未上报）", "，已通知家属", "；其子在外地", "，妻子健在")
DEAD = sorted(words.DEAD | words.BURIED - {"丧葬"})
VOID, LEFT, SUSPENDED = sorted(words.VOID), sorted(words.LEFT_POST), sorted(words.SUSPENDED)
STOPPED, MOVED, CUSTODY = sorted(words.STOPPED), sorted(words.MOVED | words.MOVED_TO), sorted(words.CUSTODY)
PAYEES = (
    *(
        "儿子代领",
        "由儿子代领",
        "由其子代领",
        "女儿代为领取",
        "改由老伴领取",
        "由村委会代领",
        "家属代领",
        "委托侄子领取",
    ),
    *("打入其子账户", "打到女儿卡上", "账号为儿子的", "使用老伴的存折", "一卡通为其妻账户"),
)
KIN = (
    *(
        "配偶",
        "老伴",
        "妻子",
        "丈夫",
        "爱人",
        "父亲",
        "母亲",
        "其父",
        "其母",
        "其妻",
        "父母",
        "儿子",
        "其子",
        "女儿",
        "长子",
        "次女",
    ),
    *(
        "岳父",
        "公公",
        "婆婆",
        "哥哥",
        "弟弟",
        "儿媳",
        "孙子",
        "本人父亲",
        "本人老伴",
        "王守田之子",
        "王守田的妻子",
    ),
)
NAMED = ("", "", "李桂兰", "张某", "赵某某")
DENIALS = ("未", "并未", "没有", "尚未", "未曾", "不是", "并非", "没")
HEARSAY = ("据说", "听说", "传闻", "据说，", "听说其")


def _said(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


def _of(*words_: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words_)


own = st.one_of(
    _said(_of(*BEFORE), _of(*SELF), _of(*DATES), _of(*HOW), _of(*DEAD), _of(*AFTER)),
    _said(_of(*BEFORE), _of(*SELF), _of(*DATES), _of("", "起", "已"), _of(*STOPPED), _of("", "补贴", "。", "，待核实")),
    _said(_of(*BEFORE), _of(*SELF), _of(*DATES), _of("", "户口", "随子女", "随儿子", "举家"), _of(*MOVED), _of("", "。", "，未报")),
    _said(_of(*BEFORE), _of(*SELF), _of(*DATES), _of("", "因诈骗罪", "现"), _of(*CUSTODY), _of("", "。", "三年")),
    _said(_of(*BEFORE), _of("", "2026年3月起", "本人年老，"), _of(*PAYEES), _of("", "。", "，未报")),
)  # fmt: skip
"""What is said of the person himself, who is called 王守田."""

void = _said(
    _of("", "经核实", "此行", "本行", "与上一行"),
    _of("", "已", "系"),
    _of(*VOID),
    _of("", "。", "，请删", "（村里说的）"),
)
"""Said of the row: it is not to count."""

_posts = [
    "免去村党支部书记职务",
    "免去其书记",
    "辞去村主任职务",
    "不再担任书记",
    "被撤销党内职务",
    *LEFT,
    *SUSPENDED,
]
out_of_office = _said(
    _of(*BEFORE), _of("", "本人", "该同志", "王守田"), _of(*DATES), _of("", "已", "被", "主动", "因病"), _of(*_posts),
    _of("", "。", "，未报", "，书记由他人代理"),
)  # fmt: skip
"""Said of the person himself: he holds the post no longer, or it rests."""
in_office_still = st.one_of(
    _said(_of(*KIN), _of(*DATES), _of("", "已", "被"), _of(*LEFT, *SUSPENDED), _of("", "。", "，在家")),
    _said(_of("", "经核实", "本人", "王守田"), _of(*DENIALS, "不再", "不予"), _of(*LEFT, *SUSPENDED), _of("", "。", "情况")),
    _said(_of(*HEARSAY, "拟", "可能", "即将"), _of("", "被"), _of(*LEFT, *SUSPENDED)),
    _said(_of(*LEFT, *SUSPENDED), _of("系误报", "不属实", "有误")),
    _said(_of("2019年"), _of(*LEFT, *SUSPENDED), _of("，"), _of("2021年", "现已"), _of("复职", "又任书记", "恢复职务", "重新任职")),
)  # fmt: skip
"""Said of others, denied, left open or taken back: whether he holds the post no longer, or it rests."""
counts_still = st.one_of(
    _said(_of(*DENIALS), _of(*VOID), _of("", "。")),
    _said(_of("旧身份证", "原存折", "旧卡", "联系电话号码", "银行卡号"), _of("", "已"), _of(*VOID)),
    _said(_of("可能", "好像", "据说"), _of(*VOID)),
    _said(_of(*VOID), _of("系误报", "有误")),
)
"""Said of a document, denied or left open: whether the row is not to count."""

_stated = [*DEAD, *MOVED, *CUSTODY]
others = st.one_of(
    _said(_of(*KIN), _of(*NAMED), _of(*DATES), _of("", "已", "因病"), _of(*_stated), _of("", "。", "，生活困难", "多年")),
    _said(_of(*KIN), _of("，"), _of("2026年5月", "已"), _of(*_stated)),
    _said(_of("", "因", "现"), _of(*sorted(words.WIDOWED)), _of("", "，由女儿照顾", "多年")),
    _said(_of("", "经核实", "本人", "王守田"), _of(*DENIALS), _of(*_stated, *STOPPED, "由儿子代领"), _of("", "。", "情况")),
    _said(_of(*_stated), _of("系误报", "为误登", "不属实", "有误")),
    _said(_of("2025年"), _of("停发", "暂停发放"), _of("，"), _of("现已", "2026年1月"), _of("恢复发放", "恢复", "续发")),
)  # fmt: skip
"""What is said of a relative, denied, or taken back."""
believed = st.one_of(
    _said(_of(*HEARSAY), _of("已", "2026年5月", ""), _of(*_stated, *STOPPED)),
    _said(_of("其"), _of("", "已", "于2026年5月"), _of(*_stated)),
    _said(_of("可能", "是否", "好像"), _of("已", ""), _of(*_stated)),
)
"""What is only believed or asked, and what is said of somebody who may be the person."""

OF_THE_PERSON = {
    Matter.OUT_OF_PARTY: ("开除党籍", "退党", "除名", "自行脱党", "劝退", "停止党籍", "取消预备党员资格"),
    Matter.TRANSFERRED: ("组织关系转出", "党组织关系已转出", "组织关系转至外县", "组织关系已于去年迁往外省"),
    Matter.WITHDRAWN: ("放弃", "放弃申请", "已撤回", "不再申请", "申请退出", "不再需要帮扶", "已脱贫"),
    Matter.REFUSED: ("政审不合格", "政审未通过", "支部大会未召开", "有群众举报", "被举报", "延长预备期半年", "取消发展对象资格"),
    Matter.CUSTODY: ("被留置", "被取保候审", "被监视居住", "双规"),
    Matter.LOST: ("失联", "下落不明", "联系不上"),
    Matter.LEFT: ("任期届满", "换届未连任", "未当选", "离岗", "合同已解除", "任至2025年6月"),
    Matter.ON_PAYROLL: ("考上公务员", "已考录公务员"),
    Matter.ACCIDENT: ("发生重大安全事故", "发生责任事故"),
}  # fmt: skip
"""What is said of somebody, as clerks write it, by its matter."""
CAN_BE_DENIED = {
    Matter.OUT_OF_PARTY: ("退党", "除名", "开除党籍"),
    Matter.WITHDRAWN: ("放弃", "撤回"),
    Matter.REFUSED: ("有举报", "被举报", "延长预备期"),
    Matter.CUSTODY: ("留置", "取保候审"),
    Matter.LOST: ("失联",),
    Matter.ACCIDENT: ("发生重大安全事故", "安全事故"),
    Matter.UNDONE: ("退款", "退票", "冲红"),
}
UNDONE = (
    "已退",
    "退款",
    "已退回",
    "退票",
    "冲红",
    "红冲",
    "未到账",
    "没有到账",
    "尚未到账",
    "未发放",
    "拒收",
    "取消发放",
    "没去",
    "尚未走访",
)


def _by_matter(
    said: Mapping[Matter, tuple[str, ...]], *around: st.SearchStrategy[str]
) -> st.SearchStrategy[tuple[Matter, str]]:
    """Each matter with a text of it, between what stands around it."""
    before, after = around
    words_ = [(matter, word) for matter, own in said.items() for word in own]
    return st.tuples(before, st.sampled_from(words_), after).map(
        lambda one: (one[1][0], "".join((one[0], one[1][1], one[2])))
    )


of_the_person = _by_matter(
    OF_THE_PERSON,
    _said(
        _of("", "经核实，", "村里反映", "原村书记，"),
        _of("", "本人", "该同志", "王守田"),
        _of("", "2026年5月", "于2026年5月", "2026.5"),
    ),
    _of("", "。", "，未报", "，待核实", "（未上报）"),
)
"""Said of the person himself, who is called 王守田."""
not_of_the_person = st.one_of(
    _by_matter({matter: own for matter, own in OF_THE_PERSON.items() if matter is not Matter.TRANSFERRED}, _said(_of(*KIN), _of("", "2026年5月")), _of("", "。", "，在外地")),
    _by_matter(CAN_BE_DENIED, _said(_of("", "经核实", "本人"), _of("未", "并未", "没有", "未曾", "不是")), _of("", "。", "情况")),
    _by_matter(CAN_BE_DENIED, _of("可能", "据说", "拟", "听说"), _of("", "。")),
    _by_matter(CAN_BE_DENIED, st.just(""), _of("系误报", "不属实", "有误")),
)  # fmt: skip
"""Said of a relative, denied, left open or taken back."""
undone = st.tuples(
    _of("", "经核实，", "此票", "本笔", "2026年5月"), _of(*UNDONE), _of("", "。", "，待查", "（银行通知）")
).map("".join)
"""Said of a row: what it tells of was not done, or came back."""
