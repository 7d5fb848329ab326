"""Says which words may stand beside a date without changing what it says: an age, a weekday, where it is recorded.

The list is closed. Whatever else stands there may take the date back, put it off or tell of somebody else, so that the cell
is not read.
"""

import re

from sanchuang_cli.domain.heeding import is_removal
from sanchuang_cli.domain.remarks import Matter, heard
from sanchuang_cli.domain.words import BURIED, CANCELLED, CUSTODY

_FIGURE = "[一二三四五六七八九十\\d]{1,3}"
HARMLESS = "|".join(
    [
        r"虚?(?:年|满)?\d{1,3}周?岁|(?:星期|周|礼拜)[一二三四五六日天1-6]|凌晨|早上|上午|中午|下午|晚上|夜里",
        r"[公阳新]历|(?:农历|阴历|旧历)(?:闰?[正一二三四五六七八九十冬腊]|\d{1,2})月初?[一二三四五六七八九十廿\d]{1,3}[日号]?",
        r"[省市县]级|(?:[省市县]级?)?(?:委?组织部)?(?:审批|批准|批复|审定)",
        rf"补[批录填登开记交缴检]?|首[次批]|初次|第{_FIGURE}[次批届期]|当[天日]",
        r"[按据以照见凭]?(?:档案|身份证|户口[本簿]|证件|证书|文件|批文|死亡证明|判决书)(?:记载|所载|为准|上的?)?|已核实?|经核实|属实",
        r"换届(?:选举)?|(?:任期|任)?届满|到届|到龄|到限|年龄到限|享受待遇",
        r"[省市县区镇乡]?(?:委|组|民|财|人社|政)+[发字函批办通]字?[〔\[]\d{4}[〕\]]第?\d{1,4}号|注\d{1,2}|[,、;。]",
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
_SENTENCES = {"判刑", "被判", "判处", "有期徒刑", "无期徒刑", "死刑", "拘役", "缓刑"}
_ANOTHER_DAY = BURIED | CANCELLED | (CUSTODY - _SENTENCES)
"""Words for what comes before or after such a matter, on another day."""
_HOW_IT_CAME = "因病|因公|党内|已|于|被|本人|自然|[医救]治无效|抢救无效"
_WHY = {
    Matter.DEAD: "车祸|意外|癌症|溺水|心梗|脑出血|年老",
    Matter.LEFT: "(?:因?年龄|身体|健康|工作)(?:原因|调整|不好)|年龄大|并村|撤村|村?组?合并|村级撤并|撤并",
    Matter.DISCIPLINED: "警告|记过|降级",
    Matter.CUSTODY: r"\d{1,2}(?:年|个?月)",
    Matter.SUSPENDED: "检查",
}
"""By matter, what is said with a word for it, or in its place: how it came about, or how much it was."""


def is_harmless(said: str, heading: str) -> bool:
    """Whether words beside a date under `heading` leave it as it is: listed ones, or what the column asks for."""
    if _ALL_HARMLESS.fullmatch(said) or (len(said) > 1 and said in heading):
        return True
    if said == "起":
        return heading.endswith(("起", "起始"))
    asked = _ASKED_FOR.get(heading)
    if asked is None:
        return False
    for one in heard(said):
        if one.matter is asked and not (one.doubt or one.word in _ANOTHER_DAY or is_removal(one.word)):
            said = said.replace(one.word, "", 1)
    return re.fullmatch(f"(?:{HARMLESS}|{_HOW_IT_CAME}|{_WHY.get(asked, '已')})*", said) is not None
