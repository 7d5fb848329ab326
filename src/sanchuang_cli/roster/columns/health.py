"""Decides by the headings which columns of a table hold what a check-up found. This is the only list of such headings.

It looks at headings only, compared by their keys and level by level; tables/dropped.py removes the columns. What people say
about their own health (健康状况, 病种) is no finding of a check-up, and neither is when and where a check-up took place.
"""

import re
from collections.abc import Iterable, Sequence

from sanchuang_cli.roster.columns.headings import bare_key, key, parts

_WORDS = (
    "(?:主要异常|异常(?:指标|项目|结果|发现|描述|体征|提示)|异常项$|阳性(?:指标|结果|发现|体征)|诊断"
    "|(?:体检|查体|总检|主检|化验|检验)(?:的)?(?:结果|结论|小结|综述|发现|所见|意见|情况|建议|异常)"
    "|(?:复查|复检|复诊|诊疗|诊治|就医|医生|医师|健康|保健)(?:的)?建议)"
)
_ALWAYS = re.compile(_WORDS)
_ALONE = re.compile(
    r"(?:本次|上次|本年度?|上年度?|(?:20)?\d\d年度?|体检|检查|初步|临床|门诊|住院|医院|医生|主要|其他)*"
    rf"{_WORDS}(?:情况|项目?|名称|描述|说明|记录|内容|反馈|意见|[及和与].{{1,8}})?"
)
"""Words that are a heading even outside a table, because nobody writes them about a person."""
_MEASURED = (
    "(?:收缩|舒张)压|血压|高压|低压|血糖|糖化血红蛋白|血脂(?:四项)?|(?:总)?胆固醇|甘油三[酯脂]|(?:高|低)密度脂蛋白(?:胆固醇)?|尿酸|尿素氮?|血?肌酐|尿蛋白"
    "|(?:谷[丙草])?转氨酶|alt|ast|总?胆红素|白蛋白|血红蛋白|(?:白|红)细胞(?:计数)?|血小板(?:计数)?|同型半胱氨酸|电解质|血钾|血钙|血型"
    "|体重指数|bmi|腰围|臀围|腰臀比|脉搏|骨密度|肺活量|[血尿便]常规|大便潜血|便潜血|生化(?:全套|全项|检验)?|凝血(?:功能|四项)?"
)
_EXAMINED = (
    "心电图?|动态心电图?|脑电图|[b彩]超|彩色?多普勒|超声|[bB]型超声|胸[片透]|x[线光]片?|dr|ct|核磁(?:共振)?|mri|[胃肠]镜|骨密度|钼靶|眼底|眼压"
    "|[肝肾肺]功能?|甲功|甲状腺功能|宫颈(?:癌)?筛查|tct|hpv|两癌(?:筛查)?|碳1[34]|幽门螺[旋杆]杆?菌|hp"
)
_MARKERS = r"乙肝|丙肝|甲肝|乙型肝炎|丙型肝炎|梅毒|艾滋病?|hiv|结核菌素|肝炎病毒|表面抗原|肿瘤标志物|甲胎蛋白|癌胚抗原|afp|cea|psa|ca\d{2,3}|糖类抗原"
_ORGANS = (
    "心脏?|肝脏?|肝胆(?:胰)?脾?肾?|胆囊?|胰腺?|脾脏?|肾脏?|双肾|泌尿系统?|膀胱|前列腺|子宫|附件|卵巢|宫颈|乳腺|甲状腺|颈动脉|颈椎|腰椎|脊柱|四肢|关节"
    "|肺部?|胸部|腹部|胃部?|肠|头颅|脑|眼科?|耳鼻喉科?|耳鼻咽喉|口腔科?|内科|外科|妇科|皮肤科?|淋巴结?|神经系统?|心血管"
)
_SICK = (
    "(?:检出|查出|发现|确诊|现患|所患|患有|新发|主要|慢性|重大|既往|遗传)(?:的)?(?:疾病|病症|病种|病名|病变|问题|慢性?病)|慢性?病|疾病|病症|病名"
    "|高血压|低血压|高血[脂糖]|糖尿病|冠心病|心脏病|心肌?梗死?|脑[梗卒]中?塞?死?|中风|脂肪肝|肝硬化|肝炎|肺结核|结核|贫血|痛风|白内障|胃病|肾病"
    "|肿瘤|癌症?|恶性肿瘤|结节|囊肿|息肉|结石|骨质疏松|骨质增生|精神病|传染病|尘肺|哮喘"
)
_BEFORE = r"(?:本次|上次|空腹|随机|餐后\d?(?:小时|h)?|静息|血清|血浆|血液|尿液|[左右双]侧?|腹部|妇科|心脏|乳腺|甲状腺|颈动脉|前列腺|肝胆(?:胰)?脾?肾?|泌尿系?|胸部|腰椎|头颅|是否患?有?|有无|患)*"
_BEHIND = (
    "(?:五项|两对半|三项|四项|六项|抗[原体]|病毒|dna|标志物|指标|功能|浓度|水平|含量|正侧?位片?|平扫"
    "|检[查测验]|化验|测[定量]|筛查|结果|所见|提示|描述|诊断|异常|数?值|情况|阴阳性|定性|定量|[史度数])*"
)
_OF_PEOPLE = re.compile(
    f".{{0,4}}检查(?:的)?(?:结果|结论|所见|发现|建议)|{_BEFORE}(?:{_MEASURED}|{_EXAMINED}|(?:{_MARKERS})+){_BEHIND}"
)
"""By kinds, in a table about people: what is measured, what is done to look, and what blood is searched for."""
_OF_CHECKUPS = re.compile(
    "结果|结论|小结|建议|意见|异常|异常情况|指标|检查(?:情况|意见)|处理意见|医嘱|(?:既往|现|家族|手术|用药|过敏)?(?:病|病史|史)"
    f"|体征|症状|身高|体重|心率|呼吸|体温|视力|听力|色觉|辨色力|{_BEFORE}(?:{_ORGANS}|{_SICK}){_BEHIND}"
)
"""By kinds, in a table about check-ups: what is concluded, organs and departments, and what somebody suffers from."""
_PEOPLE = re.compile("身份证|公民身份|^(?:党员|人员|干部)?姓名$")
_CHECKUP = re.compile("体检|查体|参检|受检|套餐|健康检查")
_WHO = re.compile("序号|乡镇|村名?$|支部|党组织|姓名|性别|年龄|身份证|公民身份|电话|手机|职务")
_ARRANGED = re.compile(
    "(?:日期|时间|年度|机构|医院|单位|地点|套餐|费用?|金额|电话|证明|编号|次数)$|是否(?:参检|体检)|未检"
)
PLAIN = frozenset(
    {
        "主要异常", "异常指标", "异常项目", "复查建议", "体检结果", "体检结论", "检查结果", "诊断",
        "主要異常", "異常指標", "異常項目", "複查建議", "體檢結果", "體檢結論", "檢查結果", "診斷",
    }
)  # fmt: skip
"""The plainest headings exactly as they are written, to search the rows of large tables quickly."""


def findings_among(names: Sequence[str], about: Iterable[str] = ()) -> list[int]:
    """The indices of the columns of one table that hold findings.

    names: its headings, with "/" between levels. about: other texts that may show that the table is about check-ups: its
    title, the name of its sheet. General words (结果, 建议) count only in such a table, and 血压 only in one of people.
    """
    heads = [_levels(name) for name in names]
    words = [word for levels in heads for word in levels]
    checkup = any(_CHECKUP.search(word) or _ALWAYS.search(word) for word in (*words, *map(key, about)))
    people = checkup or any(_PEOPLE.search(word) for word in words)
    checkup = checkup or (people and any(_OF_PEOPLE.fullmatch(word) for word in words))
    # A heading over 姓名 as well is only the title of the table (体检情况/姓名), so it says nothing about other columns.
    shared = {word for levels in heads if levels and _WHO.search(levels[-1]) for word in levels[:-1]}
    return [
        at
        for at, levels in enumerate(heads)
        if levels and _is_finding([level for level in levels if level not in shared], people, checkup)
    ]


def is_finding(text: str) -> bool:
    """Whether a cell outside a table is a heading of findings, and not a finding itself."""
    return bool(_ALONE.fullmatch(key(text)))


def may_be_another(heading: str) -> bool:
    """Whether the column may hold something else (whether somebody went, remarks), so that the clerk must say what it is."""
    return bool(_EITHER.search(key(heading)))


_EITHER = re.compile("情况|备注|说明")


def _levels(name: str) -> list[str]:
    """The levels of a heading; without what stands in brackets where the rest is a word of findings: 血压（mmHg）."""
    words = ((key(part), bare_key(part)) for part in parts(name))
    return [
        bare if _OF_PEOPLE.fullmatch(bare) or _OF_CHECKUPS.fullmatch(bare) else word
        for word, bare in words
        if word
    ]


def _is_finding(levels: Sequence[str], people: bool, checkup: bool) -> bool:
    """Whether one of the levels, or the lowest two together (体检/结果), names a finding.

    If the lowest level is about whom, when or where, the column holds no finding, whatever stands over it.
    """
    if not levels or _ARRANGED.search(levels[-1]) or _WHO.search(levels[-1]):
        return False
    return any(
        _ALWAYS.search(word)
        or (people and _OF_PEOPLE.fullmatch(word))
        or (checkup and _OF_CHECKUPS.fullmatch(word))
        for word in (*levels, "".join(levels[-2:]))
    )
