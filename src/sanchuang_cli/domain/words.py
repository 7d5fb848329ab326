"""Lists the words that say of a person or a cell: none, yes, no, dead, stopped, moved away. Each list stands here and
nowhere else.

Rules, checks and the reader's parsers all ask these lists, so that no word means one thing to one of them and another
to the next. Words are compared after `narrow`: one width, no spaces.

Two kinds of list. NOTHING, YES, NO, STILL, VACANT and ALIVE hold whole cells: the cell is one of them, or it is not. DEAD,
STOPPED and MOVED are looked for within a text. Whose death it is, and whether the text denies it, a list cannot tell: that is
for the reader of the text to judge.
"""

import re
from collections.abc import Iterable, Iterator

from sanchuang_cli import kind

INVISIBLE, narrow = kind.INVISIBLE, kind.narrow
EMPTY, NOTHING, NO_VALUE = kind.EMPTY, kind.NOTHING, kind.NO_VALUE

YES = frozenset({"是", "有", "√", "✓", "✔", "☑", "对", "已", "是的", "y", "yes", "t", "true", "1", "1.0"})
"""Answers to a yes/no column, in lower case."""

NO = frozenset(
    {"否", "无", "×", "✗", "✘", "☒", "□", "错", "不", "不是", "没有", "未"}
    | {"x", "n", "no", "f", "false", "0", "0.0"}
)
"""Answers to a yes/no column, in lower case."""

STILL = frozenset({"至今", "今", "现任", "在任", "现在", "目前", "现", "迄今", "在职"})
"""In place of the end of a stretch of time: it goes on, the person is still in office."""

VACANT = frozenset(
    {"空缺", "暂缺", "出缺", "缺", "缺位", "空岗", "缺岗", "待定", "未定", "待任命", "待选", "待补选", "待补"}
)
"""In place of a name: nobody holds the post."""

ALIVE = frozenset({"健在", "在世"})
"""In place of the day of a death: there is none."""

DEAD = frozenset(
    {"死亡", "去世", "去逝", "已故", "病故", "亡故", "逝世", "离世", "身故", "已亡", "病亡", "身亡", "过世", "辞世", "谢世", "病逝", "已逝"}
    | {"已死", "死去", "卒于", "病死", "故去", "猝死", "溺亡", "殉职", "牺牲", "离开人世", "不在人世", "不健在", "不在世"}
    | {"未健在", "过逝", "病世", "己故", "离逝", "故世", "仙逝", "作古", "寿终"}
)  # fmt: skip
"""Words for a death, looked for within a text."""

DEAD_ALONE = frozenset({"亡", "故", "逝", "殁", "死", "卒"})
"""Single characters for a death; only where nothing but a date stands beside them."""

STOPPED = frozenset(
    {"停发", "停止发放", "停止享受", "停享", "停领", "停止", "已停", "停付", "暂停", "中止", "终止", "缓发", "暂缓"}
    | {"取消资格", "取消享受", "不再享受", "不再发放", "不予发放", "停补", "暂不发放", "不再补贴", "不领报酬", "不领补贴", "不再领取", "自愿不领", "不兼薪", "不再贴息"}
    | {"不应发放", "不应享受", "应追缴", "暂扣", "停薪"}
)  # fmt: skip
"""Words for a payment that is to end or to rest, looked for within a text."""

CANCELLED = frozenset({"户口注销", "注销户口", "户籍注销", "户口已注销", "销户口", "户口已销", "户口已消"})
"""Words for a registration that is no more, as also follows upon a death."""

MOVED = frozenset(
    {"迁出", "迁走", "迁往", "迁至", "外迁", "婚迁", "已迁", "迁离", "移居", "搬走", "定居国外", "出国定居", "国外定居"} | CANCELLED
)  # fmt: skip
"""Words for a household that has left, looked for within a text."""


def unstopped(text: str) -> str:
    """`text` as `narrow` gives it, without the stop that a clerk sets behind a word: 无。 is 无."""
    said = narrow(text)
    return said.rstrip("。.;,!") or said


_KIND_OF_VILLAGE = re.compile(r"(?<=..)(?:村民委员会|村委会|居委会|社区|村)$")
_DIGITS = re.compile(r"0*(\d+)")
_DATE = re.compile(r"[\d年月日号于.,、:/()\-]+")


def _finder(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))))


_DEAD = _finder(DEAD)


def dead(text: str) -> str:
    """The word in `text` that says somebody has died, "" where there is none."""
    said = narrow(text)
    alone, found = _DATE.sub("", said), _DEAD.search(said)
    return alone if alone in DEAD_ALONE else found[0] if found else ""


def village(written: str) -> str:
    """The name of a village without the word for its kind, so that 向阳 and 向阳村 are one."""
    return _KIND_OF_VILLAGE.sub("", narrow(written))


def by_number(written: str) -> tuple[str, str]:
    """A key that puts numbers of papers in their order: digits count by their value, so that 记-9 comes before 记-10."""
    return _DIGITS.sub(lambda digits: f"{len(digits[1]):05}{digits[1]}", narrow(written)), written


BURIED = frozenset({"火化", "火葬", "土葬", "安葬", "下葬", "丧葬", "丧事", "已不在了", "已经不在了", "人不在了", "人没了", "人已没了", "人已经没了", "享年"})  # fmt: skip
"""Words for what follows upon a death, and softer words for one, looked for within a remark."""

MOVED_TO = frozenset({"迁到", "迁居", "户口转出", "户籍转出", "转出户口", "户口转走", "户口已转走", "迁户"})  # fmt: skip
"""More words for a household that has left; too general for a cell, looked for within a remark."""

SINGLE = frozenset({"无配偶", "没有配偶", "无偶", "未婚", "单身", "离婚", "离异", "已离婚", "已离异", "丧偶", "配偶已故", "配偶去世"})  # fmt: skip
"""Words for somebody without a spouse, in the column of the spouse."""

WIDOWED = frozenset({"丧偶", "丧夫", "丧妻", "丧父", "丧母", "丧子", "丧女", "守寡", "遗孀"})
"""Words that tell of somebody else's death, looked for within a remark."""

CUSTODY = frozenset(
    {"服刑", "在押", "羁押", "被捕", "逮捕", "刑拘", "刑事拘留", "判刑", "被判", "判处", "入狱", "坐牢", "收监", "关押", "有期徒刑"}
    | {"无期徒刑", "拘役", "缓刑", "刑满释放", "死刑", "在监狱", "劳改", "监外执行", "社区矫正", "留置", "双规", "取保候审", "监视居住"}
    | {"被拘留", "在看守所", "蹲监狱", "在逃", "强制戒毒", "强戒", "刑事处罚", "前科"}
)  # fmt: skip
"""Words for custody or a sentence, looked for within a remark."""

HANDED_ON = frozenset({"代领", "代为领取", "代取", "代为收取", "代为收款", "代为保管", "转领", "冒领", "遗属领取"})  # fmt: skip
"""Words for money that another hand takes, looked for within a remark."""

VOID = frozenset(
    {"作废", "重复", "重报", "多报", "错录", "多录", "删除", "已删", "剔除", "废止"}
    | {"应删", "查无此人", "无此人", "此行不算", "本行不算", "合并到上一行", "并到上一行"}
)  # fmt: skip
"""Words for a row that is not to count, looked for within a remark."""

REMOVED = frozenset({"免职", "撤职", "罢免", "责令辞职", "擅自离职", "擅自离岗", "自行离职", "开除", "辞退"})
"""Words for a post that was taken from somebody, or left without leave, looked for within a remark."""

LEFT_POST = REMOVED | frozenset(
    {f"{why}免职" for why in ("到龄", "到限", "自然", "届满", "换届", "并村", "因病", "退休")}
    | {"辞职", "离职", "离任", "卸任", "退职", "去职", "解聘", "调离", "落选", "退休", "内退", "离休", "离岗", "任期届满", "任届满", "届满离任"}
    | {"未连任", "未当选", "未再当选", "不再连任", "合同解除", "合同已解除", "解除合同", "合同终止", "合同已终止"}
)  # fmt: skip
"""Words for a post that somebody no longer holds, looked for within a remark."""

SUSPENDED = frozenset({"停职", "暂停职务", "停止职务", "暂停履职", "停止履职", "脱岗", "不在岗", "吃空饷"})
"""Words for a post that rests, looked for within a remark."""

UNDECIDED = frozenset(
    {"待核", "待查", "待定", "待确认", "待研究", "有争议", "存疑", "未核实", "未查实", "未查清", "正在核实", "正在核查", "核实中", "核查中"}
    | {"立案审查", "立案调查", "被立案", "纪委立案", "审查调查", "正在调查", "接受调查", "接受审查", "接受组织审查", "涉嫌", "涉黑", "涉恶"}
)  # fmt: skip
"""Words for what nobody has found out or decided yet, looked for within a remark."""

DISCIPLINED = frozenset(
    {"开除党籍", "留党察看", "双开", "严重警告", "党内警告", "警告处分", "记过处分", "记大过", "受处分", "党纪处分"}
    | {"政务处分", "党纪政务处分", "行政处分", "纪律处分", "处分"}
)  # fmt: skip
"""Words for a punishment by the party or an office, looked for within a remark."""

ON_PAYROLL = frozenset(
    {"财政供养", "财政开支", "吃财政", "公务员", "公职人员", "事业编", "行政编制", "国家干部", "考录", "招录", "转干"}
    | {"考入事业单位", "考入机关", "退休工资", "领退休金", "领取退休金", "有退休金"}
)  # fmt: skip
"""Words for somebody whom the state pays, looked for within a remark."""

ABSENT = frozenset(
    {"未到", "没到", "没来", "未签到", "病假", "事假", "请假", "缺考", "缺席", "缺勤", "缺课", "旷课", "未参加", "没有参加", "没参加", "取消"}
    | {"代学", "替学", "代签", "只到", "仅到", "中途", "早退", "未结业", "未完成", "没有完成", "提前离开", "签到后离"}
)  # fmt: skip
"""Words for a training that somebody did not attend, or not to its end, looked for within a remark or a cell."""

GONE = frozenset({"撤销", "撤消", "合并", "并入", "撤并", "注销", "解散", "整建制划转", "已撤", "已并"})
"""Words for an organisation that is no more, looked for within a remark."""

DENIED = frozenset({"未", "没", "不", "拟", "尚"})
"""Characters that deny what follows them, or put it off."""

# 由甲、乙两个党支部合并成立 tells of the one that came of it.
_GONE = re.compile(f"(?:{_finder(GONE).pattern})(?!成立|组建|设立|而成|新设|产生)")
# 监管不力发生事故 denies nothing.
_NONE_OF, _WITHIN = (
    re.compile(
        f"[{''.join(sorted(DENIED - {'不'}))}无零]|不存在|上年|去年|杜绝|防[止范]|避免|预防|化解|排查"
    ),
    8,
)
_GRAVE = re.compile(
    "(?:一票)?否决(?!权|情[形况]|事项|项)|(?<=[有在生])(?:一票)?否决情[形况]|不参评(?!先进)|不参加评(?!先)|(?<!成立)(?<!满一年)(?<!新建)不评(?![议价优先分])|(?<!曾)取消[^,。;]{0,6}资格|弄虚作假|造假|未述职(?!,?已补)"
    r"|软弱涣散(?![^,。;]{0,4}(?:转化|摘帽|销号))|整顿中|正在整顿|事故|命案|(?:集体|越级|进京)?上访|有异议|留置|(?:^|(?<![原前老任])书记)(?:本人|已|现|因病|于|[\d年月日.])*(?:去世|病故|辞职)|受[过到]?[^,。;]{0,6}处分|判刑|留党察看|开除|撤职|被?立案|审查调查|接受(?:组织)?审查|查处|通报批评|空缺|群体性事件"
)
SETTLES = re.compile("否决|不参|不评|资格|作假|造假|未述职")
"""Of such words, those that leave nothing to be graded: no column counts that does not say the same."""
_DENIED, _NEAR = re.compile(f"未(?!央)|[{''.join(sorted(DENIED - {'未'}))}]"), 3
"""未央 is the name of a district. A denial stands at most so many characters before the word."""
CLAUSES = re.compile(r"[,:;。!?()\[\]【】]")
"""What parts the clauses of a text."""
AND = re.compile("(?:或者?|[和及与、])?")
"""What may stand between words that one denial goes for."""


def gone(text: str) -> str:
    """The first word in `text` that says an organisation is no more and that its own clause does not deny, "" where there
    is none."""
    return next(_undenied(text, _GONE, _DENIED, _NEAR), "")


def grave(text: str) -> tuple[str, ...]:
    """All such words for what may decide how an organisation is graded: a veto, an accident, a punishment, 整顿."""
    return tuple(dict.fromkeys(_undenied(text, _GRAVE, _NONE_OF, _WITHIN)))


def _undenied(text: str, words: re.Pattern[str], denial: re.Pattern[str], within: int) -> Iterator[str]:
    for clause in CLAUSES.split(narrow(re.sub(r"[\r\n]+", "。", text))):
        denied = -1
        for found in words.finditer(clause):
            near = max(0, denied, found.start() - within)
            joined = denied >= 0 and AND.fullmatch(clause, denied, found.start())
            if joined or denial.search(clause, near, found.start()):
                denied = found.end()
            else:
                yield found[0]
