"""Says which words may stand beside a date without changing what it says: an age, a weekday, where it is recorded.

The list is closed. Whatever else stands there may take the date back, put it off or tell of somebody else, so that the cell
is not read.
"""

import re

from sanchuang_cli.domain.heeding import is_removal
from sanchuang_cli.domain.remarks import Matter, heard
from sanchuang_cli.domain.words import BURIED, CANCELLED, CUSTODY

_FIGURE = "[一二三四五六七八九十\\d]{1,3}"
_NO_PLACE = (
    "[其儿女妻夫父母子老他代家仍连已撤取停退驳否无误拟未不申上计预延改流请缺部反冲拒复下待免辞迁死亡故还]"
)
"""What the name of a place does not begin with: before a document's number it says something of its own."""
HARMLESS = "|".join(
    [
        r"虚?(?:年|满)?\d{1,3}周?岁|(?:星期|周|礼拜)[一二三四五六日天1-6]|凌晨|早上|上午|中午|下午|晚上|夜里",
        r"[公阳新]历|(?:农历|阴历|旧历)(?:闰?[正一二三四五六七八九十冬腊]|\d{1,2})月初?[一二三四五六七八九十廿\d]{1,3}[日号]?",
        r"[省市县]级|(?:[省市县区镇乡]级?)?(?:委?组织部|委|政府)?(?:审批|批准|批复|审定|表彰|已批|同意)|[县镇乡]审",
        r"[省市县区镇乡]?委?(?:组织部|纪委|常委会|党委)|[省市县区镇乡]|(?:公示)?无异议|全票通过|\d{1,3}人|新增",
        r"微信(?:[缴支]费?付?)?|支付宝|现金|转账|刷卡|代扣|入户|上门|部队(?:入党)?|党龄\d{1,2}年",
        r"元旦|春节|小年|除夕|元宵|五一|劳动节|端午节?|七一|建党节|八一|建军节|中秋节?|国庆节?|重阳节?",
        rf"补[批录填登开记交缴检]?|首[次批]|初次|第{_FIGURE}[次批届期]|当[天日]",
        r"[按据以照见凭]?(?:档案|身份证|户口[本簿]|证件|证书|文件|批文|死亡证明|判决书)(?:记载|所载|为准|上的?)?|已核实?|经核实|属实",
        r"换届(?:选举)?|(?:任期|任)?届满|到届|到龄|到限|年龄到限|享受待遇",
        rf"(?:(?!{_NO_PLACE})(?:[\u4e00-\u9fff]{{1,2}}[省市县区旗镇乡]|[\u4e00-\u9fff]))?[省市县区旗镇乡]?(?:[委组纪办民财政党字]|人社)+[发函批通干任人字]*[〔\[]\d{{4}}[〕\]]第?\d{{1,4}}号",
        r"注\d{1,2}|[,、;。]",
    ]
)
"""What a pattern of words beside any date may be; several may stand together."""
_ALL_HARMLESS = re.compile(f"(?:{HARMLESS})*")
_ASKED_FOR = {
    "死亡日期": Matter.DEAD,
    "转出或死亡日期": Matter.DEAD,
    "离任日期": Matter.LEFT,
    "任职终止": Matter.LEFT,
    "免职日期": Matter.LEFT,
    "解除日期": Matter.LEFT,
    "停职起": Matter.SUSPENDED,
    "暂停起": Matter.STOPPED,
    "处分日期": Matter.DISCIPLINED,
    "判决日期": Matter.CUSTODY,
    "判刑日期": Matter.CUSTODY,
    "户籍迁出日期": Matter.MOVED,
}
"""By the headings of columns, the matter of which they ask the day: a word for it says the same once more."""
_BEGUN = re.compile(f"(?:{HARMLESS}|起|当选|补选|选举|任命|到任|上任|续签)*")
_VACATED = re.compile("(?:原?书记|离任|调离|调走|辞职|免职|退休|病故|去世|到龄)*")
"""What may stand beside the day since when somebody is in office, or since when there is nobody."""
_SENTENCES = {"判刑", "被判", "判处", "有期徒刑", "无期徒刑", "死刑", "拘役", "缓刑"}
_ANOTHER_DAY = BURIED | CANCELLED | (CUSTODY - _SENTENCES)
"""Words for what comes before or after such a matter, on another day."""
_HOW_IT_CAME = "因病|因公|党内|已|于|被|本人|自然|[医救]治无效|抢救无效"
_WHY = {
    Matter.DEAD: r"车祸|意外|癌症|[肺肝胃肠食道脑乳腺胰血]{1,2}癌|溺水|心梗|心脏病|高血压|糖尿病|脑出血|脑梗死?|年老|享年\d{1,3}岁?|家属[上申]?报",
    Matter.LEFT: r"(?:因?年龄|身体|健康|工作)(?:原因|调整|不好)?|年龄大|并村|撤村|村?组?合并|村级撤并|撤并|正常(?:离任)?|病退|机构改革|自愿|任职\d{1,2}年",
    Matter.DISCIPLINED: "警告|记过|降级",
    Matter.CUSTODY: r"\d{1,2}(?:年|个?月)",
    Matter.SUSPENDED: "检查",
}
"""By matter, what is said with a word for it, or in its place: how it came about, or how much it was."""


def is_harmless(said: str, heading: str) -> bool:
    """Whether words beside a date under `heading` leave it as it is: listed ones, or what the column asks for."""
    if _ALL_HARMLESS.fullmatch(said) or (len(said) > 1 and said in heading):
        return True
    if heading.endswith(("起", "起始")):
        return _BEGUN.fullmatch(said) is not None
    if "空缺" in heading:
        return _VACATED.fullmatch(said) is not None
    asked = _ASKED_FOR.get(heading)
    if asked is None:
        return False
    for one in heard(said):
        if one.matter is asked and not (one.doubt or one.word in _ANOTHER_DAY or is_removal(one.word)):
            said = said.replace(one.word, "", 1)
    return re.fullmatch(f"(?:{HARMLESS}|{_HOW_IT_CAME}|{_WHY.get(asked, '已')})*", said) is not None
