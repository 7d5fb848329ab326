"""Lists everything that can be wrong with a cell: code, severity, the rule that is broken, and how to mend it.

These codes stand nowhere else. A parser returns troubles together with the value; nothing here is raised.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import Kind, mask, numbers_replaced, without_numbers
from sanchuang_cli.record import Cell, Field, shown


class CellTrouble(NamedTuple):
    """One thing that is odd about a cell. code: a key of FAULTS. what: the words that follow the quoted cell in a message."""

    code: str
    what: str


class Parsed(NamedTuple):
    """What was read from a cell that was not clean. value: None if nothing certain could be read. troubles: why."""

    value: Any
    troubles: tuple[CellTrouble, ...]


class Undecided(NamedTuple):
    """A cell that only its number format can decide. settle: gives the value for a format.

    Asking for the format is slow, so it is done only after everything else.
    """

    settle: Callable[[str], Any]


Parser = Callable[[Cell], Any]
"""A function that reads a cell: the value itself for a clean cell, else Parsed or Undecided."""


def doubtful(value: Any, code: str, what: str) -> Parsed:
    """A value with one trouble."""
    return Parsed(value, (CellTrouble(code, what),))


def unread(code: str, what: str) -> Parsed:
    """No value, with one trouble."""
    return Parsed(None, (CellTrouble(code, what),))


@dataclass(frozen=True, slots=True)
class CellFault:
    """What a code means. severity: None for an error if the field is required, because then its row cannot be used, and a
    warning otherwise. basis: the rule. mend: what the clerk should do. brief: what is wrong, to follow the field's heading;
    "" where the message without the quoted cell says just that."""

    severity: Severity | None
    basis: str
    mend: str
    brief: str = ""


_ERROR, _WARNING, _NOTE, _BY_FIELD = Severity.ERROR, Severity.WARNING, Severity.NOTE, None
_ID_RULE = "GB 11643-1999 公民身份号码"
_TEXT_FORMAT = "先把这一列设成“文本”格式"

FAULTS: dict[str, CellFault] = {
    "cell.blank": CellFault(_ERROR, "此列必填", "补填后重报。"),
    "cell.formula-error": CellFault(_BY_FIELD, "公式出错的单元格没有值", "改正公式，或直接填写数值。"),
    "cell.formula-not-worked-out": CellFault(
        _BY_FIELD, "公式还没有算过，这一格没有值", "用 WPS 或 Excel 打开，保存一次再交；或直接填写数值。"
    ),
    "cell.picture": CellFault(_BY_FIELD, "图片不能当作文字读", "删去图片，照图片把内容填成文字。"),
    "cell.too-long": CellFault(_BY_FIELD, "这一列不会有这么长的内容", "只填本列该填的内容，其余移到备注。", "写得太长"),
    "cell.gloss": CellFault(_NOTE, "网页粘贴的文字带拼音注音或繁体", "已去掉注音并转为简体，请核对。"),
    "cell.ditto": CellFault(_NOTE, "“同上”等记号按上一行读取", "已照上一行读取，请核对。"),
    "cell.ditto-unread": CellFault(
        _BY_FIELD, "“同上”等记号不是内容；这一列各人不同，或上一行没有内容", "写出这一格自己的内容。"
    ),
    "choice.unknown": CellFault(_BY_FIELD, "只能填规定的几种", "改成规定的写法。", "不是规定的写法"),
    "flag.unreadable": CellFault(_BY_FIELD, "此列只能填“是”或“否”", "改填“是”或“否”。"),
    "stars.unreadable": CellFault(_BY_FIELD, "星级是整数，无星为 0，至多是政策所定的最高星级", "改填数字，或写“四星”。"),
    "count.unreadable": CellFault(_BY_FIELD, "此列应是不小于 0 的整数", "改填整数。"),
    "count.other-measure": CellFault(_BY_FIELD, "个数、月数、人数等，各列只数一种", "换算成本列的单位，只填整数。"),
    "count.years": CellFault(_WARNING, "这一列数的是月，一年是十二个月", "已按一年十二个月换算，请改填月数。"),
    "score.unreadable": CellFault(_BY_FIELD, "此列应是数字", "只填数字，其余的写到备注。"),
    "score.absent": CellFault(
        _BY_FIELD, "此列应是数字", "登记培训、考试的，没有参加就删去这一行，参加了填数字；其他的表填数字或留空，原因写到备注。"
    ),
    "score.out-of-range": CellFault(_ERROR, "得分不低于 0，不超过该项满分", "核对后改正，重新运行；改正以前本行待核实。"),
    "percent.unreadable": CellFault(_BY_FIELD, "此列应是百分数", "改填 93% 这样的百分数。"),
    "percent.over-100": CellFault(_ERROR, "百分数应在 0 至 100% 之间", "核对后改正，写成 93% 的样子；改正以前本行待核实。"),
    "percent.ambiguous": CellFault(_WARNING, "0.93 与 93 混用时，0.93 像是 93%", "写上百分号，如 93%。"),
    "percent.one": CellFault(_BY_FIELD, "同一列没有 0.93 这样的数时，1 既像 1% 又像 100%", "写上百分号：1% 或者 100%。"),
    "money.unreadable": CellFault(_BY_FIELD, "此列应是金额", "改填数字，如 1200.00。"),
    "money.not-whole-fen": CellFault(_BY_FIELD, "金额应是整分", "改成两位小数；显示的是四舍五入后的数，请改单元格里的数。"),
    "money.float-noise": CellFault(_WARNING, "公式计算留下的极小尾差", "已按最近的整分读取，请用 ROUND 取两位小数。"),
    "money.unit-differs": CellFault(_WARNING, "单元格写的单位与本列的单位不同", "已按单元格写的单位读取，请统一单位。"),
    "money.per": CellFault(_BY_FIELD, "同一列的金额是同一段时间的", "换算成本列的口径，只填数字。"),
    "date.unreadable": CellFault(_BY_FIELD, "此列应是日期", "写成 1985-06-01 或 1985-06。"),
    "date.impossible": CellFault(_BY_FIELD, "没有这一天", "核对档案后改正。", "没有这一天"),
    "date.two-digit-year": CellFault(_WARNING, "年份只写两位，世纪是推定的", "写全四位年份，并写到月，如 1985-06。"),
    "date.serial": CellFault(_NOTE, "常规格式的数字按表格软件的日期序号读取", "把这一列设成日期格式。"),
    "date.october-or-january": CellFault(_WARNING, "存成数字的 1990.1 可能是1月，也可能是10月", "写成 1990-01 或 1990-10。"),
    "date.approximate": CellFault(_WARNING, "日期只有大概，按可能的范围计算", "核对档案，写明年月。"),
    "date.other-calendar": CellFault(_WARNING, "农历或民国纪年，按可能的公历范围计算", "换算成公历年月日。"),
    "date.other-words": CellFault(
        _BY_FIELD, "日期旁边另有说法的，不能只当这一天读", "请核实：是这一天的只写日期，不是的改正或留空；说明写到备注。", "旁边另有说法"
    ),
    "date.remark": CellFault(_NOTE, "日期后面带有说明", "已只读日期，说明请移到备注。"),
    "identity.blank": CellFault(_BY_FIELD, "发放和查重都凭身份证号", "补填 18 位身份证号。"),
    "identity.absent": CellFault(_BY_FIELD, "发放和查重都凭身份证号", "补办或查实后填写 18 位身份证号。"),
    "identity.precision-lost": CellFault(
        _ERROR,
        "表格软件的数字只保留 15 位，后三位已丢失，无法还原",
        f"{_TEXT_FORMAT}，再照证件重新录入，不要凭尾数推补。",
        "末几位丢失",
    ),
    "identity.masked": CellFault(_ERROR, f"{_ID_RULE}：须 18 位完整号码", "填写未打码的完整号码。"),
    "identity.two": CellFault(_ERROR, "一格只能填本人一个号码", "只留本人的号码，配偶的另行填写。"),
    "identity.length": CellFault(_ERROR, f"{_ID_RULE}：18 位", "照证件核对后重填。", "不是 18 位"),
    "identity.birth": CellFault(_ERROR, f"{_ID_RULE}：第 7 至 14 位是出生日期", "照证件核对后重填。"),
    "identity.checksum": CellFault(_ERROR, f"{_ID_RULE}：末位是校验码", "多半错了一位或两位颠倒，照证件核对后重填。"),
    "identity.upgraded": CellFault(_NOTE, f"{_ID_RULE}：15 位旧号加“19”和校验码成 18 位", "请换填 18 位号码。"),
    "identity.tidied": CellFault(_NOTE, f"{_ID_RULE}：半角数字，末位可为大写 X", "已按规范写法读取。"),
    "account.unreadable": CellFault(_BY_FIELD, "此列应是银行账号，只含数字", "照存折或卡重填。"),
    "account.precision-lost": CellFault(
        _BY_FIELD, "表格软件的数字只保留 15 位，其后的数字已丢失，无法还原", f"{_TEXT_FORMAT}，再照存折或卡重新录入。", "末几位丢失"
    ),
    "account.luhn": CellFault(
        _WARNING, "银行卡号末位是校验码（Luhn）；存折和信用社账号没有", "是卡号的，照卡核对；是存折的，可不理会。"
    ),
    "account.newer": CellFault(_WARNING, "变更后的账号代替原来的", "已按变更后的账号读取，请核对。"),
    "account.newer-unread": CellFault(
        _BY_FIELD, "变更后的账号看不清时，原来的也不能再发", "照存折或卡核对，只留一个有效的账号。"
    ),
    "account.holder": CellFault(
        _BY_FIELD, "补贴只发到本人的账户", "换填本人的账号；确由他人代领的，按规定办理委托后由经办人核定。"
    ),
    "account.closed": CellFault(_BY_FIELD, "已注销的账号不能再发", "照存折或卡填写现在有效的账号。"),
    "phone.unreadable": CellFault(_BY_FIELD, "手机 11 位，座机 7 至 8 位可带区号", "核对后重填。"),
    "phone.two": CellFault(_WARNING, "一格里有几个号码", "已取第一个，其余请移到备注。"),
    "name.unreadable": CellFault(_BY_FIELD, "此列应是姓名", "只填姓名。"),
    "name.vacant": CellFault(_BY_FIELD, "此列应是姓名，空缺不是姓名", "填写姓名；确实空缺的，按本表的要求填空缺的日期。"),
    "name.rare": CellFault(_WARNING, "生僻字用了自造码位，换一台电脑可能显示不出，银行也可能退票", "换用国标字库里的字。"),
    "name.lost": CellFault(
        _WARNING, "问号和方块不是姓名里的字，多半是换编码时丢了字，银行会退票", "照证件补上丢了的字。"
    ),
    "name.remark": CellFault(_WARNING, "姓名后带有说明", "已只读姓名，说明请移到备注或相应的列。"),
    "name.other-words": CellFault(
        _BY_FIELD, "姓名一栏只写本人的姓名", "请核实：确是本人的只填姓名，说明写到备注；不应列入的删去这一行。", "除了姓名另有说法"
    ),
    "name.placeholder": CellFault(_WARNING, "没有写全名", "填写全名。"),
    "spells.unreadable": CellFault(_BY_FIELD, "任职经历每段写成“起—止”，各段用“；”隔开", "写成 1984.05-1995.04；1998.06-2001.05。", "看不出起止时间"),
    "spells.reversed": CellFault(_BY_FIELD, "任职的起点不能晚于止点", "核对起止年月。", "有一段起点晚于止点"),
}  # fmt: skip

_SHORTEST_PHONE = 7
_LOOKED_AT = 400
_LONGEST_QUOTE = 40


def quoted(kind: Kind, cell: Cell) -> str:
    """The cell for a message: numbers of people, cards and telephones are masked wherever they stand, long text is cut."""
    if isinstance(cell, float) and not cell.is_integer():
        return repr(cell)
    # A whole number as a spreadsheet program shows it, with 15 digits.
    text = str(int(Decimal(f"{cell:.14e}"))) if isinstance(cell, float) else shown(cell)[:_LOOKED_AT]
    if kind is Kind.PHONE:
        text = numbers_replaced(text, lambda number: mask(kind, number), _SHORTEST_PHONE)
    elif sum(character.isdigit() for character in text) > 6 and "E+" not in text.upper():
        text = mask(kind, text)
    text = without_numbers(text)
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def finding(trouble: CellTrouble, field: Field, cell: Cell, place: Place) -> Finding:
    """The finding that a clerk reads. Its severity may depend on whether the field is required."""
    fault = FAULTS[trouble.code]
    severity = fault.severity or (_ERROR if field.required else _WARNING)
    text = "" if field.withheld else quoted(field.kind, cell)
    message = f"{field.heading}“{text}”{trouble.what}" if text else f"{field.heading}{trouble.what}"
    brief = f"{field.heading}{fault.brief}" if fault.brief else ""
    return Finding(trouble.code, severity, message, field.cited(place), fault.basis, fault.mend, brief)
