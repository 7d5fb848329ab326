"""Understands what a remark says of the person in whose row it stands: dead, stopped, moved away, in custody, handed to
another; punished, or paid by the state; out of office, or suspended; out of the party, or no longer willing; or that the row
is void, or that what it tells of was not done.

A small grammar, read from left to right: full stops part sentences, commas part clauses; a relative or 其 tells of whom the
rest of the clause speaks; 未 or 没有 right before a word denies it, 有误 or 恢复 right behind it takes it back; 据说 and the
like leave it open. A clause that names nobody is of the person himself: a doubt sets a row aside, it never pays one.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from sanchuang_cli.domain import words
from sanchuang_cli.period import VagueDate


class Matter(StrEnum):
    """What may be said of somebody; the value is how a message names it."""

    DEAD = "去世"
    STOPPED = "停发"
    REDUCED = "少发"
    MOVED = "迁出"
    CUSTODY = "羁押或服刑"
    PAYEE = "由他人领取"
    VOID = "这一行作废或重复"
    UNDONE = "这一笔没有办成，或已退回"
    OUT_OF_PARTY = "已不是党员"
    TRANSFERRED = "组织关系已转出"
    WITHDRAWN = "放弃，或不再需要"
    REFUSED = "没有通过，或有人举报"
    INSURED = "没有参保，或已在别处参保"
    DISCIPLINED = "受过处分"
    ON_PAYROLL = "由财政供养"
    REMOVED = "被免职、撤职"
    LEFT = "不再任职"
    SUSPENDED = "停职"
    SERVING = "现在任职"
    NOT_MEMBER = "不是正式党员"
    ACCIDENT = "发生过事故"
    SETTLED = "贷款已结清、核销或展期"
    LOST = "失去联系"
    RELATED = "与人有亲属关系"
    UNDECIDED = "还没有查清、定下来"


class Heard(NamedTuple):
    """One thing that a text says. word: as written. doubt: why it is not said of the person himself, in Chinese; "" where it is.
    when: the date that stands with it, None where there is none. perhaps: a date that may be its own or that of something else.
    """

    matter: Matter
    word: str
    doubt: str = ""
    when: VagueDate | None = None
    perhaps: VagueDate | None = None


def heard(text: str, name: str = "", heading: str = "") -> tuple[Heard, ...]:
    """All that `text` says of these matters, in its order. name: of the person in whose row it stands. heading: what it stands
    under, which may be somebody else (配偶情况)."""
    if len(name) > 1 and name in text:
        text = text.replace(name, _SELF)
    return _heard(f"{whose[0]}({text}" if (whose := _SOMEBODY.search(heading)) else text)


_SELF, _HEARSAY, _ASKED, _UNCLEAR = "本人", "只是", "是问句", "“其”指谁"
UNSURE, PLANNED = (_HEARSAY, _ASKED, _UNCLEAR), "说的是打算或假设"
"""How a doubt begins that leaves open whether it is so, and one that says it is not so yet."""


@lru_cache(maxsize=65_536)
def _heard(text: str) -> tuple[Heard, ...]:
    said = _one_line(text)
    if said in _WHOLE:
        return (Heard(_WHOLE[said], said),)
    if not _tells(said):
        return ()
    reading = _Reading()
    for token in _tokens().finditer(said):
        reading.take(token)
    reading.finish(said)
    return tuple(reading.said)


def _one_line(text: str) -> str:
    """The text without spaces. Lines and the numbers of items part sentences, a space parts a date from digits before it, and
    a date in words is one in digits."""
    apart = _NEXT_DATE.sub(",", _NEXT_ITEM.sub("。", text))
    digits = _YEAR_IN_WORDS.sub(lambda year: year[0].translate(_DIGITS), words.narrow(apart))
    return _IN_WORDS.sub(lambda numeral: _UP_TO_31.get(numeral[0], numeral[0]), digits)


_NEXT_ITEM = re.compile(r"[\r\n①-⑳⑴-⒇❶-❿]+")
_NEXT_DATE = re.compile(r"(?<=\d)\s+(?=(?:19|20)\d\d[年.\-/])")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_YEAR_IN_WORDS = re.compile("(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2}(?=年)")
_UP_TO_31 = {"元": "1"} | {("", "十", "二十", "三十")[n // 10] + ("", *"一二三四五六七八九")[n % 10]: str(n) for n in range(1, 32)}  # fmt: skip
_IN_WORDS = re.compile("(?<=年)(?:元|[一二三四五六七八九十]{1,2})(?=月)|(?<=月)[一二三四五六七八九十]{1,3}(?=[日号])")  # fmt: skip


# ---------------------------------------------------------------- other people, and other things than the payment


def _any(listed: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, listed), key=lambda word: (-len(word), word)))


_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_MANY = (
    "家属|亲属|家人|家庭成员|家[中里]有人|亲人|家里人|亲戚|子女|儿女|邻居|村民|群众|他人|别人|户主|监护人|(?:同名|重名)[者人]?"
    "|(?:证明|入党介绍|介绍)人|战友|同事|历任(?:村|党|支部)*(?:书记|支书|主任|会计|干部)(?=[均都全大多])|同届干部"
)
"""People who tell of him or act for him: they are spoken of only right before a word."""
_ONE = (
    "配偶|爱人|老伴|妻子|丈夫|老婆|老公|媳妇|父母|双亲|父亲|母亲|爸爸|妈妈|爷爷|奶奶|祖父|祖母|岳父|岳母|公公|婆婆|儿子|女儿"
    "|[长次大小二三四五独养继庶](?:儿子|女儿|[子女](?![村屯]))|老[大二三四](?=[已于因被服病去死判早])|儿媳|女婿|孙子|孙女|孙媳|外孙女?|兄弟|姐妹|兄长|哥哥|弟弟|姐姐|妹妹|嫂子|弟媳"
    "|侄[子女儿]?|外甥女?|(?<!代)[堂表][兄弟姐妹哥]|叔叔|伯父|伯母|姑姑|姑母|舅舅|舅父|姨母|前妻|前夫"
    f"|[其之](?:[父母妻女兄弟姐妹媳婿孙儿]|夫(?![妻妇])|子(?!女))|[{_SURNAMES}]某某?(?![年月日村县地])"
    "|(?:[父母]|(?<!夫)妻)(?![村屯庄山河沟家店校乳])|(?<![大工功农渔车姑])夫(?![子村屯庄山妻妇])"
    "|(?<![^,:;。(的、因])[子女儿兄弟姐妹媳婿](?=[已于因病亡去过死早意夭迁服被不失均都])"
)
"""Somebody else: the rest of the clause is about this person."""
_KIN = rf"(?:[其之]?(?:{_MANY})|{_ONE})"
_OTHER_MONEY = (
    "低保金?|五保|特困|养老金|养老保险金?|退休金|退休费|工资|高龄津贴|高龄补贴|优抚金?|抚恤金|社保|医保|医疗保险|残疾人?补贴|残补"
    "|公益岗|粮补|直补|党费|遗属补助|丧葬费|合同|聘用|劳动关系|工程|承包|租赁"
    "|(?:老年|高龄|其[他它]|村医|教师|代课|护林|粮食|农机|耕地|退耕|草原|计生|独生子女)人?员?(?:补贴|补助|津贴)"
)
_OTHER_WORK = (
    "任职|履职|职务|工作|[务打]工|合同|承包|劳动|[营经]|生产|养殖|种植|学业|赡养|上班|治疗|服药|[缴交]费|参保"
)
_RELATION = "组织关系|党员关系|党籍|档案|学籍"
_ACCOUNT = "(?:银行|信用社|社保|一卡通|工资)?(?:卡(?![车片住拉])|账户|帐户|账号|帐号|存折|户头|户名)"
_DOCUMENT = r"[证卡折号章票](?:码|件|书)?"
"""What is void or double without the row being so."""
_IN = "[^,:;。()]"
"""A character within a clause."""
_DENIES = "".join(sorted(words.DENIED))


def _alone(listed: str, behind: str = ",:;。(") -> str:
    """Words that are too short to be sure of within others: a clause, or a text, that has no more than one, and a date."""
    return rf"(?<![^{behind}年月日号\d])(?:已经?|现已?)?(?:{listed})(?![^{behind}。)])"


# ---------------------------------------------------------------- the matters

_MATTERS = {
    Matter.OUT_OF_PARTY: "已(?:经)?不是党员|不再是党员|(?:开除|停止|取消)党籍|党籍取消|退党(?!费)|劝退|(?<![删开])除名(?![单册额])|脱党|取消(?:其)?预备党员资格",
    Matter.REFUSED: "(?:政审|审查|考察|培训)不合格|(?:未|没有?)(?:获)?(?:通过|召开|批准)|不予(?:批准|接收)|不批准|不(?:符合|具备)条件|人数不足|延长预备期"
        "|(?:有|被|接到|收到)(?:群众|党员|人)?(?:实名)?(?:举报|异议)|取消(?:发展对象|入?党?积极分子|申请)资格"
        "|失信(?:被执行)?人(?!数)|征信(?:不良|有问题|逾期)|不予(?:支持|推荐)|不推荐|(?:评议|评审|政审|审查|考察)(?:未过|没过|有问题)|信访(?:件|事项)?(?:尚|还)?未结|(?:纪委|纪检|党委|支部)不同意",
    Matter.TRANSFERRED: rf"(?:组织|党员|党组织|党籍)关系(?:(?![{_DENIES}]){_IN}){{0,16}}?(?:[转迁移][出走往去]|[转迁移][至到](?![我本]))|(?<=[已月日年])转[出走](?!户)|(?<![^,:;。(年月日])转出(?![^,:;。)])",
    Matter.DEAD: rf"{_any(words.DEAD | words.BURIED)}|(?<![^,:;。(年月日号已\d])[{''.join(words.DEAD_ALONE)}](?![^,:;。)])|(?<=已经)亡"
    r"|(?<![^,:;。(年月日号])[死亡](?:于(?=\d)|(?=\(?(?:19|20)\d\d))|逝于|终年(?=\d)|(?:抢救|救治|医治)无效(?=[。;!]?$)|人已经?不在(?=[,:;。!)]|$)|[双俱均都]亡|(?<=[年月份日])没的(?=[,:;。)]|$)",
    Matter.REDUCED: rf"按(?!100%)\d+(?:\.\d+)?%(?:的?标准)?(?:计?发|领|补(?!缴)|享受|执行)|减半发|减发|少发|[只仅](?:计?发|领)(?=\d|基[础本](?!养老)|一半|部分)|绩效{_IN}{{0,4}}?[不停缓扣]发",
    Matter.STOPPED: rf"(?:{_any(words.STOPPED)})(?!止?的?(?:{_OTHER_WORK})|职|留职)|不予?发(?=[,:;。!)]|$)|不符合(?:发放|享受|领取|补[贴助])的?条件"
        rf"|{_alone('取消了?|取消待遇|取消推荐|取消补[贴助]|清退|追[缴回]|扣发|不够年限')}|{_alone('停了?|不给|不享受|不符合', '')}|(?:已|应|予以)清退(?!土地|承包)|在(?:他|外|邻|别的?|原)村领",
    Matter.MOVED: rf"{_alone('销户', '')}|随迁(?=[,:;。)]|$)|(?:{_any(words.MOVED | words.MOVED_TO)}|户口已?落(?!实)[到在户]*+)(?![入回来])(?!(?<![出离走])(?:本|我|现)[村乡镇县屯区])",
    Matter.CUSTODY: rf"(?:{_any(words.CUSTODY)})(?!农场|支行|分行|系统|工作|退休|警察|民警|针|导|管|送达|荒|难|生)|{_alone('被抓|被拘|[外潜]逃')}|判[\d一二三四五六七八九十]{{1,2}}年?{_IN}?缓|犯(?!罪){_IN}{{1,8}}?罪(?!记录)",
    Matter.PAYEE: rf"{_any(words.HANDED_ON)}"
        rf"|(?:改由|转由|交由|由|委托)(?!于|本人|自己|民政|财政|社保|人社|原单位){_IN}{{1,12}}?(?:领取|领款|收款|取款|保管|领)"
        rf"|[打发转汇存付]{_IN}{{0,6}}?{_KIN}{_IN}{{0,6}}?{_ACCOUNT}"
        rf"|{_KIN}(?:名下)?的?{_ACCOUNT}|{_ACCOUNT}[号名]?[为是系用]{_IN}{{0,4}}?{_KIN}"
        rf"|{_ACCOUNT}(?:现|都|一直)?在{_IN}{{0,4}}?{_KIN}(?:手|处|家|那)|(?:钱|补贴|补助|待遇|资金|慰问金|报酬){_IN}{{0,3}}?[打汇转交]给{_IN}{{0,2}}?{_KIN}|{_KIN}领取(?=[,:;。)]|$)",
    Matter.VOID: rf"(?:{_any(words.VOID)})(?!性|率|治疗|住院|检查|体检|线)|[与和同](?:[上下前]|第?\d+)(?:面|一)?[行条]?重(?=[,:;。)]|$)|{_alone('误录|删掉|删去|[划去]掉|虚报')}|{_alone('误登|[重删]|撤销|解散|注销', '')}",
    Matter.UNDONE: rf"(?:已退|(?<!上次)(?<!上期)退[款回票]|拒收|冲红|红冲|冲销|(?:未|没有?)(?:到[账帐]|入账|发放|领取|去|走访|见到)|(?<!低保)(?<!低保已)(?<!津贴)取消(?!低|农业税|高龄)|不在家|没在家|误收|误付)(?!休|役|伍|养|出|耕|学|职|居|线|保|资格|享受|党)|计划(?=走访)|未放款|(?:没|没有|还没有?|未)(?:张贴|公开|公示)|[撕揭]毁|被撕(?![裂咬])|拟(?:上门|入户)?走访|拟公[开示]|无人应(?![聘征])|无人接听?|未遇(?=[,:;。)]|$)|(?<!在)人不在(?=[,:;。)]|$)|改期(?=[,:;。)]|$)|(?:{_KIN})?代检(?!员)|冒名(?!领)|(?:没|没有)来(?![往电信过])|未来(?=[,:;。)]|$)|未到场",
    Matter.WITHDRAWN: r"(?:放弃|撤回|不再(?:申请|需要)|(?:申请|自愿|主动)退出|不愿参加|本人不同意(?!公)|不需要帮扶|已脱贫)(?!承包|宅基地|耕地|土地|低保|继承|户口|学业|生育|治疗|原|村医|护林|公益岗)",
    Matter.INSURED: "(?:未|没有?)(?:参保|续保|缴费?(?=[,:;。)]|$))|[退断]保|(?:(?:企业|单位|公司)(?:已|给|代)?)?(?:参加|参保|缴纳|领取|享受)(?:了|的)?(?:企业|城镇)?职工(?:基本)?(?:养老|社保|保险)|(?:企业|单位)(?:已|给|代)?(?:参保|缴纳社保|交社保|[缴交](?=[,:;。)]|$))|转(?:入|为|到)?(?:企业|城镇)?职工(?:养老|社保|保险)",
    Matter.NOT_MEMBER: rf"{_alone('群众', '')}|非(?:中共)?党员|不是党员|预备党员(?!转正|期)|群众身份",
    Matter.ACCIDENT: "(?:重大|特大|安全|责任|生产|伤亡|死亡)(?:安全|生产|责任|伤亡)*事故|群体性事件",
    Matter.SETTLED: "结清|还清|核销|(?:已|同意|获批|办理)展期|展期(?=[\\d一二三半至到]|[,:;。()]|$)",
    Matter.LOST: "失联|失踪|下落不明|失去联系|联系不上",
    Matter.RELATED: rf"[与和]{_IN}{{1,10}}?[系是为]{_IN}{{0,4}}?(?:{_ONE}|兄弟|亲属|亲戚|同胞|[父母][子女])|需要?回避",
    Matter.DISCIPLINED: rf"{_any(words.DISCIPLINED)}|(?<!接)受[过到]?警告(?!处分)|{_alone('记过', '')}",
    Matter.ON_PAYROLL: rf"(?:{_any(words.ON_PAYROLL)})(?!家属|子女|配偶|亲属|之)|入编(?!号)|(?<!参)考公",
    Matter.LEFT: rf"(?:{_any(words.LEFT_POST)})"
        r"(?!的?(?:村?干部|村?书记|村?主任|教师|老师|公务员|职工|工人|人员|军人|党员|返聘|民办|代课|金|费|工资|待遇|证|补贴|补助|审计|手续|文件|文号|通知|年龄))"
        rf"|任[至到](?=(?:19|20)\d\d)|违[纪法]下台|{_alone('被[免撤]|下台')}|{_alone('免了?', '')}|(?<![村镇乡])调[任到往至](?![本我该现])(?={_IN}{{1,8}}?(?:[村镇乡县局办]|政府|中心|社区|单位))"
        rf"|(?:免去|辞去|撤销|免除|解除|不再担任|不再任|不任){_IN}{{0,12}}?(?:(?:书记|支书|主任)?职务?|书记|支书|主任)(?![证])",
    Matter.SUSPENDED: _any(words.SUSPENDED),
    # Of a telephone or an address it decides nothing, nor does an old file alone.
    Matter.UNDECIDED: rf"(?<!电话)(?<!号码)(?<!手机)(?<!地址)(?<!住址)(?<!照片)(?<!档案)(?<!时间)(?<!地点)(?<!绩效)(?<!考核)(?<!等次)(?<![症病块节热瘤痛血影地产界])(?:{_any(words.UNDECIDED)})(?![销点体岗级损酸问])|{_alone('错[误了]?|报错了?|填错了?', '')}",
    # Whom a remark only names by the post (由现任书记证明) is somebody else.
    Matter.SERVING: rf"(?<![由经让请据找问向和与跟同对受被的])(?:现任|仍任|还任|现在任|(?:现|现在|目前|仍|还|继续|一直)担?任)(?!的)"
        rf"{_IN}{{0,12}}?(?:书记|支书|主任|会计|文书|委员|村干部)(?=[,:;。()]|$)"
        rf"|(?:仍|还|尚|现|现在|目前|一直)在[任职](?=[,:;。()]|$)",
}  # fmt: skip
_WHOLE = {"误报": Matter.VOID, "系误报": Matter.VOID, "有误": Matter.UNDECIDED, "?": Matter.UNDECIDED}
"""What takes something back, or asks, where nothing else is said."""
_MATTER = "|".join(f"(?:{pattern})" for pattern in _MATTERS.values())
_OFFICE = frozenset({Matter.LEFT, Matter.SUSPENDED})
_OF_THE_ROW = frozenset({Matter.STOPPED, Matter.REDUCED, Matter.PAYEE, Matter.VOID})
"""What is said of the row and its money: of that, only what stands right before it can be another's."""
_OF_SOMEBODY = "|".join(f"(?:{pattern})" for matter, pattern in _MATTERS.items() if matter not in _OF_THE_ROW)
_ENDS = r"(?=了?(?:[,:;。!()\[\]]|$))"
_TAKING_BACK = (
    (f"(?:误[报登填传写]|有误|不实|不属实|弄错|搞错|更正){_ENDS}", frozenset(Matter), ()),
    ("复职|恢复(?:职务|任职|工作)|复任|又任|再任|留任|重新(?:任|当选)|回村任|连任|返聘|(?:停职|处分)(?:结束|期满|解除)"
     f"|(?:未批|未准|不准){_ENDS}", _OFFICE, ()),
    ("平反|恢复名誉|恢复党籍|无罪", (), _OFFICE | {Matter.DISCIPLINED, Matter.CUSTODY, Matter.OUT_OF_PARTY}),
    (f"恢复{_ENDS}", {Matter.STOPPED, Matter.OUT_OF_PARTY}, ()),
    (f"(?:恢复|续发|复发|继续发|继续享受)(?:发放|享受|领取|待遇|补贴|补助|报酬|资格|正常)*{_ENDS}", {Matter.STOPPED}, ()),
    (f"(?:迁回|回迁)来?{_ENDS}|(?:迁回|迁入|迁来)[至到]?(?:本|我|现)[村乡镇县屯区]", {Matter.MOVED}, ()),
    ("(?<![非未])(?<!不是)(?:本人领(?:取|款)?(?!困难|不)|自行领取|自己领取|自领)|本人(?:名下)?的?(?:账户|卡)|改[为由成]?本人", (), {Matter.PAYEE}),
    ("(?:本人|(?<![家里老夫爱])人|实际|经?[核查][实查]|确认|仍|还)[仍还尚现]?(?:健在|在世)(?!时|期间|情况|存疑|不|与?否|待)", {Matter.DEAD}, {Matter.PAYEE}),
    ("重新(?:拨付|打款|支付|发放|转账|开具|登记)|(?:现|已)到账|已补[发付]", (), {Matter.UNDONE, Matter.REDUCED}),
    ("已解除留置|已转回|已转入", {Matter.CUSTODY, Matter.TRANSFERRED}, ()),
    ("已核[实查]|已查[实清]|已确认|撤案|查否|没有?问题|未发现问题|不成立", {Matter.UNDECIDED}, ()),
)  # fmt: skip
"""What takes back matters that stand before it: those of the clause right before it, where nothing else is named between; and
those wherever they stand, for it can be of nothing else."""

# ---------------------------------------------------------------- the grammar's words

_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_OF_MONTH = rf"{_MONTH}月(?:份|\d{{1,2}}(?:[日号]|(?=[,:;。()]|$)))?"
_DATE = (
    rf"(?<!\d)(?:(?:19|20)\d\d(?:年(?:{_OF_MONTH})?"
    rf"|[.\-/]{_MONTH}(?:[.\-/]\d{{1,2}}(?!\d)[日号]?)?|(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)"
    rf"|(?P<mark>[、,]){_MONTH}(?P=mark)\d{{1,2}}(?!\d)[日号]?)|\d\d年{_OF_MONTH}|(?<![\d.])\d\d[.\-/]{_MONTH}[.\-/]\d{{1,2}}(?!\d))"
    r"(?:[上中下]旬|年?[初底末](?!某)|[上下]半年|[春夏秋冬](?:[天季]|(?=[,:;。()]|$))|凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里)?"
    r"(?:\d{1,2}[时点])?(?:\((?:农历|阴历|旧历|周|星期)[^()]{0,10}\))?起?"
)
"""A date to the month with what is said more closely of it: the day, the part of a month, a year or a day."""
_BETWEEN = r"(?:已经?|[于在被均都也又再自从起多为是系]|全部?|先后|相继|大多|因[病故]|早已?|不幸|[\d年月日号.\-/])*"  # fmt: skip
"""What may stand between a person and what is said of him."""
_OWN = "本人|自己|(?:该|此)?老人|该同志|该党员|该干部|该人|此人|该老人|当事人|该对象|该员"
_OF_HIM = (
    rf"\(?(?:{_OWN}"
    "|(?:原|老|前)?(?:本|该)?(?:村|社区|支部|党支部|村党支部)?(?:副?书记|支书|副?主任|会计|委员|文书|干部|教师|老师|党员|社员|村民|老人|同志)"
    "|已经?|于|在|自|从|时间:|因(?:病|故|公|车祸|事故|意外|癌症|年老|溺水)|(?:医治|治疗|抢救|救治)无效|不幸|突然|日期:|经?(?:核实|查实|查))*+"
)
"""What may stand in a clause beside a date and says nothing that the date could be of. It never goes back, so that words
repeated without end take no time."""
_HOW = rf"{_OF_HIM}(?:(?:因|由于|突发){_IN}{{1,20}}|{_IN}{{0,12}}(?:医院|卫生院|家中?)(?:{_IN}{{0,6}}无效)?|{_IN}{{0,6}}无效)?"
"""What may stand in a clause between a date and its word: why and where it happened."""
_TOPIC = (
    rf"(?:{_OWN}|{_KIN}(?:(?![任高白石毛武钱严向])[{_SURNAMES}][^于因在已被生患疸癌病,:;。()\d]{{1,2}})?"
    rf"|{_DATE}|(?:因病|因故|不幸|情况)|[大小二三两老的之其于在被已和及与、])*+"
)
"""A clause that only names somebody, or a day: the next one goes on with it."""
_NOTHING_ELSE = (
    rf"(?:{_OWN}|{_DATE}|全部?|先后|早已|(?:经{_IN}{{0,6}}?)?(?:核实|查实|核查|复核|审核|批准|同意)|入户|实际|目前|后来|随后|情况|信息|登记|手续|一事|原因已?消除"
    r"|补贴|补助|津贴|待遇|发放|报酬|资格|第?[一二三四五六七八九十半\d]+(?:个?月|个?季度|年|天)|[上本下](?:月|季度?)|[今去本]年"
    r"|[于被均都也又再自从起现后系为属是了的并但而已经亡刑出走发实,:;。()\[\]])*+"
)
_NOT_HIS = rf"{_KIN}|(?:未见?|没有?|[不非否请]|待核?)$"
_SHORT = rf"(?:(?!{_MATTER}){_IN}){{0,4}}?"
_TELLS = (
    "反映|声称|称|(?<![据听传])说(?!明)|表示|报告|上报|告知|反馈|申报|讲|通知|证实|确认|来电|来报"
    f"|(?:申请|要求)(?={_IN}{{0,4}}(?:停|暂|代|取消))"
)
_WITH = (
    "由|随|跟|与|和|同|投靠|投奔|依靠|靠|到|(?<!过)去|(?<![现正实存])在|(?<!以)往|向|照顾|陪伴|陪|被|通知|联系|询问|走访"
    "|(?<![已曾])经|据|无|没有|没|(?:监护|联系|代领|照料|护理|赡养)人[:为是系]?"
)
_CLASSES = {
    "end": "[。;!]",
    "ask": r"\?",
    "comma": r"[,:()\[\]【】]",
    "date": _DATE,
    "late": rf"{_any(words.WIDOWED)}|亡[妻夫父母兄弟](?![村屯])|先[父母夫](?!村)"
        rf"|已故(?=的?{_KIN})|(?:{_any(words.DEAD)})的(?={_KIN}|[{_SURNAMES}][^,:;。()]{{1,2}}(?:[,:;。()]|$))"
        rf"|(?:{_any(words.DEAD)}){_IN}{{0,4}}?(?:遗属|烈属)(?!补)"
        rf"|{_KIN}[双俱均已早先]?[{''.join(words.DEAD_ALONE)}](?![^,:;。()])",
    "denied": r"(?:(?:并|尚|从|还|均|都|暂|确|实际|目前)?(?:未曾|未|没有|没|并非|不是|非|无|不存在|不|否认)"
        r"|(?:(?<![有错失贻耽])误(?:报|登记?|填|写|录|传|标|显示|认定|判)?|错[报登填写录传标])[为成]?)(?:发[生现]|出现|有|曾|经|被|受过|受到|受|任何|办理|真正|再|予以?|用|需"
        rf"|应|能|要|必|宜|会|须|得|属于?|享受|列[入为]|纳入|人|已)*(?={_MATTER})",
    "past": rf"(?:曾经?|以前|过去|原先|补[发付])(?=由?(?:{_KIN})?{_BETWEEN}(?:{_any(words.STOPPED | words.HANDED_ON)}))",
    **{f"back{at}": pattern for at, (pattern, *_) in enumerate(_TAKING_BACK)},
    "for_other": rf"[帮替为给代]{_KIN}{_SHORT}(?:代领|领取|代取|领款|领)",
    **{matter.name.lower(): pattern for matter, pattern in _MATTERS.items()},
    "own": rf"(?:{_OWN})(?:(?:以?及|[、和与]){_KIN})*",
    # what a child tells of a father or a mother is told of the person
    "teller": rf"(?:(?P<child>[长次大小二三]?(?:儿子|女儿)|其?(?:子女|儿女)|[其之长次大小二三][子女]|儿媳|女婿)|{_KIN})(?={_IN}{{0,16}}[称说示报告知馈讲实认电求映])[于\d年月日.\-/]*{_SHORT}(?:{_TELLS})+[,:]?"
        rf"(?(child)(?:[其他她]?(?:老?[父母]亲?|老人|[爸妈]+)|其(?!{_ONE}))?|(?:其(?!{_ONE}|[父母妻夫子女兄弟姐妹]))?)",
    "companion": rf"(?:{_WITH})(?:自己的?)?{_KIN}(?:(?:以?及|[、和与]){_KIN})*(?:家里?|处|那里|身边|一起|一同|共同)?|{_KIN}(?:家里?|处|身边)(?![人属])"
        rf"|{_KIN}(?:照[顾料看护]|赡养|护理|陪[护伴]|伺候|抚养|监护)",
    "many": rf"(?:[其之]?(?:{_MANY})(?:[{_SURNAMES}]{_IN}{{1,2}}?)?|[另有]一[个名人]|(?<=[,;])一[个名]|(?<=搭班的)(?:书记|支书|主任|会计))(?=(?:户口|户籍|全家|的)*{_BETWEEN}(?:{_OF_SOMEBODY}))",
    "one": _ONE,
    "whose": "其(?![他它中余后间次实]|子女)",
    "thing": rf"(?<![取受因有入保领])(?:{_OTHER_MONEY})(?={_BETWEEN}(?:{_MATTERS[Matter.STOPPED]}|{_MATTERS[Matter.PAYEE]}))"
        rf"|(?:{_RELATION})(?={_BETWEEN}(?:{_MATTERS[Matter.MOVED]}))"
        rf"|{_DOCUMENT}(?={_BETWEEN}(?:{_MATTERS[Matter.VOID]}))"
        rf"|(?:民办教师|代课教师|村医|企业|工厂|前一?任(?:村|党|支部)*(?:书记|支书|主任)?)(?={_BETWEEN}(?:{_MATTERS[Matter.LEFT]}))"
        rf"|(?:书记|支书|主任|会计)(?={_BETWEEN}(?:{_MATTERS[Matter.DEAD]}|{_MATTERS[Matter.CUSTODY]})(?:之?后|,)*由?(?:本人)?(?:接任|接替|继任|补选))",
    "hearsay": "据说|听说|传说|据传|传闻|传言|风传|听闻|谣传",
    "open": "可能|好像|似乎|也许|或许|是否|不知|不确定",
    "planned": r"如果|假如|倘若|万一|一旦|拟|即将|准备|计划(?!生育)|打算|预计"
        rf"|[如若待将](?=(?:户口|户籍)?{_BETWEEN}(?:{_MATTER}))|[至到](?=(?:{_any(words.DEAD)})(?:之?日|当月)?为?止)",
}  # fmt: skip
"""What a text is made of; whatever else stands in it says nothing. At one place the first that fits is taken."""


@cache
def _tokens() -> re.Pattern[str]:
    """Made when the first remark needs it: most runs never do, and it takes longer than reading a small roster."""
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _CLASSES.items()))


@cache
def _telling() -> tuple[re.Pattern[str], ...]:
    """What a text must have one of to say anything: one after the other they are found sooner than all together."""
    return tuple(map(re.compile, (*_MATTERS.values(), _CLASSES["late"], _CLASSES["for_other"])))


def _tells(said: str) -> bool:
    return any(one.search(said) for one in _telling())


_MATTER_OF = {matter.name.lower(): matter for matter in Matter}
_TAKES_BACK = {f"back{at}": matters for at, (_, *matters) in enumerate(_TAKING_BACK)}
_OTHER_MONEY_BEHIND = re.compile(f"(?:了|其|的)?(?:{_OTHER_MONEY})")
_ALONE, _BETWEEN_COMMAS, _SOMEBODY = map(re.compile, (_OF_HIM, _HOW, _KIN))
_UNTIL, _PAPER = re.compile(r"[至到~—–―\-]+"), re.compile("(?:医学)?证(?!实)")
_NOT_ITS_DATE = re.compile(f"(?:以|之)?后|{_PAPER.pattern}")
_BEFORE, _AFTER = re.compile("(?:以|之)?前(?![任往来后]|去(?!世))"), re.compile("(?:以|之)?后")
_FULL_YEAR, _PIVOT = 4, 30
"""Digits; and above which number a year of two is 19xx, as the reader of dates has it."""


@dataclass
class _Reading:
    """A text as far as it has been read.

    subject: of whom the clause speaks, "" of the person himself. topic: of whom one that names nobody does. before: what
    the clause before told of another. passing, open: for the clause, of what else it speaks and why it is not certain.
    hearsay: for the sentence. denied: where the reach of a denial ends. date: that stands in the clause, and where it
    begins and ends. perhaps: one that ended the clause before, among other words. since: what the date is the end of,
    where two dates stand as a span. first: how much had been said when the clause began; earlier: when the last one that
    told anything did. lent: how much when a date was left over from the clause before, None where none was. began: where
    the clause began. takers: how many words have the date. told_end: where the last word ends.
    """

    said: list[Heard] = field(default_factory=list)
    subject: str = ""
    topic: str = ""
    before: Heard | None = None
    passing: str = ""
    hearsay: str = ""
    open: str = ""
    denied: int = -1
    date: VagueDate | None = None
    date_at: int = -1
    date_end: int = -1
    perhaps: VagueDate | None = None
    first: int = 0
    earlier: int = 0
    lent: int | None = None
    began: int = 0
    since: VagueDate | None = None
    takers: int = 0
    told_end: int = 0

    def take(self, token: re.Match[str]) -> None:
        kind, word = token.lastgroup or "", token[0]
        if kind in _MATTER_OF:
            self._matter(_MATTER_OF[kind], token)
        elif kind in _TAKES_BACK:
            self._undo(token, *_TAKES_BACK[kind])
        elif kind == "ask":
            self._take_back(self.first, frozenset(Matter), _ASKED)
        elif kind in ("late", "for_other"):
            of = Matter.DEAD if kind == "late" else Matter.PAYEE
            self.said.append(Heard(of, word, f"“{word}”说的是别人"))
        elif kind == "date":
            self._dated(token)
        elif kind in ("end", "comma"):
            self._next_clause(token)
        elif kind == "denied":
            self.denied = token.end()
        elif kind in ("hearsay", "open"):
            setattr(self, kind, f"{_HEARSAY}“{word}”")
        elif kind == "planned":
            self.open = f"{PLANNED}“{word}”"
        else:
            self._subject(kind, word)

    def _subject(self, kind: str, word: str) -> None:
        """Of whom it speaks from here on; companions and those who tell of him change nothing."""
        if kind == "own":
            self.subject, self.passing, self.before = "", "", None
        elif kind == "one":
            self.subject = f"说的是“{word}”"
        elif kind in ("many", "thing", "past"):
            self.passing = f"说的是“{word}”"
        elif kind == "whose":
            self.subject = self.subject or f"“{word}”指谁不清楚"

    def _matter(self, matter: Matter, token: re.Match[str]) -> None:
        denied = self.denied >= 0 and words.AND.fullmatch(token.string, self.denied, token.start())
        self.denied = token.end() if denied else -1
        whose = self.passing or self.subject
        if matter in _OF_THE_ROW:
            whose = self.passing if len(self.said) == self.first else ""
        last = self.before
        if last and last.matter is matter and not self.date and token[0] in words.BURIED | words.CUSTODY:
            whose = whose or last.doubt
        doubt = "是否定的说法" if denied else whose or self.hearsay or self.open
        if matter is Matter.STOPPED and _OTHER_MONEY_BEHIND.match(token.string, token.end()):
            doubt = doubt or "说的是别的待遇"
        when, perhaps = (self.since if matter is Matter.STOPPED else None) or self.date, self.perhaps
        if matter is Matter.DEAD and _PAPER.match(token.string, token.end()):
            when = perhaps = None
        self.said.append(Heard(matter, token[0], doubt, when, perhaps))
        self.takers += 1
        self.told_end = token.end()
        if _AFTER.match(token.string, token.end()):
            self.subject = self.topic

    def _undo(self, token: re.Match[str], near: Collection[Matter], far: Collection[Matter]) -> None:
        """Take back what stands right before the word, and what it can only be of unless its clause names another."""
        at, why = token.start(), f"后面又写“{token[0]}”"
        if not re.search(_NOT_HIS, token.string[max(self.began, self.told_end) : at]):
            self._take_back(0, far, why)
        if re.fullmatch(_NOTHING_ELSE, token.string[self.told_end : at]):
            self._take_back(self.first if len(self.said) > self.first else self.earlier, near, why)

    def _take_back(self, since: int, matters: Collection[Matter], why: str) -> None:
        self.said[since:] = [
            one._replace(doubt=one.doubt or why) if one.matter in matters else one
            for one in self.said[since:]
        ]

    def _dated(self, token: re.Match[str]) -> None:
        """A date is also that of the word before it, unless that has one of its own."""
        spans = self.date is not None and _UNTIL.fullmatch(token.string, self.date_end, token.start())
        self.since = self.date if spans else None
        borrows = self.takers > 1 or (self.lent is not None and len(self.said) > self.lent)
        self.date, self.perhaps, self.takers = _around(token), None, 0
        self.date_at, self.date_end = token.span()
        if (
            len(self.said) > self.first
            and (self.said[-1].when is None or (borrows and _ends(token)))
            and not _NOT_ITS_DATE.match(token.string, self.told_end)
        ):
            self.said[-1] = self.said[-1]._replace(when=self.date, perhaps=None)
            self.takers = 1
        self.lent = None

    def finish(self, text: str) -> None:
        """A date at the very end, alone in its clause, is perhaps that of the last word where that has none."""
        if self.date_end == len(text):
            self._lend(text)
        if self.date and self.lent == len(self.said) > 0 and self.said[-1].when is None:
            self.said[-1] = self.said[-1]._replace(perhaps=self.date)

    def _next_clause(self, token: re.Match[str]) -> None:
        """A date right before a comma belongs to what follows; what stands in brackets, to what is before them."""
        within = token[0] in "(:"
        if self.subject or self.topic or self.before or self.hearsay:
            self._now_of(token)
        if self.date_end == token.start():
            self._lend(token.string)
        elif not self._waits(token):
            self.date = self.perhaps = self.since = None
            self.lent = self.lent if within else None
        self.passing = self.open = ""
        self.denied = -1
        if not within:
            self.earlier = self.first if len(self.said) > self.first else self.earlier
            self.first, self.began = len(self.said), token.end()

    def _now_of(self, mark: re.Match[str]) -> None:
        """Of whom the next clause speaks. It goes on only with one who stands alone before a comma or a bracket: behind anything
        else that is told of somebody, a clause that names nobody may be of the person himself."""
        told = len(self.said) > self.first and mark.lastgroup != "end"
        alone = self.subject and not told and re.fullmatch(_TOPIC, mark.string[self.began : mark.start()])
        self.before = self.said[-1]._replace(doubt=self.subject) if told and self.subject else None
        if mark.lastgroup == "end":
            self.subject = self.topic = self.hearsay = ""
        elif mark[0] == ")":
            self.subject, self.topic = "" if told else self.topic, ""
        elif mark[0] == "(":
            self.topic = self.subject if alone else self.topic
        elif not alone:
            self.subject = self.topic

    def _lend(self, text: str) -> None:
        """Leave the date that ends a clause to what follows. It is no other's date where the clause tells a matter, which has
        it; among words that may be an event of their own, it is only perhaps that of what follows."""
        if len(self.said) > self.first:
            self.date = self.since = self.lent = None
            return
        self.lent = len(self.said)
        if not _ALONE.fullmatch(text, self.began, self.date_at):
            self.date, self.perhaps = None, self.date

    def _waits(self, token: re.Match[str]) -> bool:
        """Whether a date that was left over is still to come to its word: the clause behind it tells nothing."""
        beside = len(self.said) == self.lent and (token.string, self.began, token.start())
        return bool(beside and _BETWEEN_COMMAS.fullmatch(*beside))


def _ends(date: re.Match[str]) -> bool:
    """Whether nothing more is said in the clause behind a date, which would else be that of the words that follow."""
    behind, *_ = words.CLAUSES.split(date.string[date.end() :], maxsplit=1)
    return not _tells(behind)


def _around(date_: re.Match[str]) -> VagueDate:
    """The date, or all that lies before or after it where that is said (2026年3月前)."""
    day, end = _day(date_[0]), date_.end()
    if _BEFORE.match(date_.string, end):
        return VagueDate(date.min, day.latest)
    return VagueDate(day.earliest, date.max) if _AFTER.match(date_.string, end) else day


def _day(written: str) -> VagueDate:
    """2026年5月3日, 2026.5, 202605, 26年5月 or 2026年, to the month at most."""
    digits = re.findall(r"\d+", written)
    if len(digits[0]) > _FULL_YEAR:
        year, month = digits[0][:_FULL_YEAR], digits[0][_FULL_YEAR : _FULL_YEAR + 2]
    else:
        year, month = digits[0], digits[1] if len(digits) > 1 else "0"
    century = 0 if len(year) == _FULL_YEAR else 1900 if int(year) > _PIVOT else 2000
    return VagueDate.within(century + int(year), int(month))
