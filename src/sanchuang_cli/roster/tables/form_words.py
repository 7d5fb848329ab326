"""Lists the words by which the rows of a form are recognised: headings, totals, notes, signatures, examples.

Only patterns and questions about one cell or text, no tables. They are what Chinese offices write on any form; nothing
here is about a particular county or workbook.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import takewhile

from sanchuang_cli.record import Cell, ErrorCell
from sanchuang_cli.roster.columns.aliases import ALIASES

_HEADINGS = frozenset(
    """序号 编号 顺序号 行次 序 姓名 名字 户名 性别 民族 族别 生日 年龄 年纪 身份证 籍贯 祖籍 出生地 学历 学位 文化程度
    政治面貌 党龄 村 乡镇 镇 社区 村名 行政村 单位 部门 学院 班级 专业 党支部 党组织 支部 职务 岗位 职业 职称 手机 电话
    联系方式 住址 邮箱 备注 说明 其他 金额 合计 小计 标准 月数 年限 月份 年份 月 日 年 日期 时间 数量 单价 总价 比例 占比 排名
    名次 等次 星级 得分 分值 分数 系数 基数 税率 税额 余额 摘要 科目 科目号 项目 内容 名称 类别 类型 类 状态 卡号 账号
    帐号 户主 签字 签名 签章 开户行 地区 领域 平台 规格 品名 品牌 材质 等级 型号 结论 爱好 角色 年级 实际 计划 指标 目标
    层次 代码 资产 负债 起止时间 起 止 收入 支出 工龄 部队 结果 措施 负责人 联系人 经办人 介绍人 培养人 星数 票数 满意度
    预/正 男/女 no no. id name sex gender age date phone address remark type amount value label number""".split()  # noqa: SIM905 - a block of words reads better than a list
)
_ALIASES = frozenset(
    name.lower() for heading, others in ALIASES.items() for name in (heading, *others) if len(name) > 2
)
"""The headings of rosters with three characters or more; shorter ones may also be the content of a cell."""
_ENDINGS = tuple(
    """名称 姓名 编号 号码 序号 代码 日期 时间 年月 单位 备注 类别 类型 种类 地址 住址 电话 标准
    情况 内容 指标 得分 评分 分值 比例 占比 原因 年限 方式 性质 面貌 程度 状态 等次 结果 意见
    状况 经历 级别 属性 形式 星级 岗位 学历 所在地 居住地 到期日 院校 称谓
    来源 目标 职务 负责人 联系人 经办人 报销人 部门 职位 账号 帐号 卡号 开户行 开户银行 工资
    补贴 补助 奖金 资金 经费 标准分 项目 费用 收入 支出 成本 起始 终止 起止 事项 要点 措施
    依据 凭证 识别号 证号 证件号 数 额 量 率""".split()  # noqa: SIM905
)
_LONGEST_ENDING = 14
_LONGEST_LABEL = 60
_LONGEST_RAW = 1000
"""No heading is longer than this, white space included. A longer text is not examined, to save time."""
_REMEMBERED = 4096
"""Texts of which it is remembered what they are: a roster says the same ones over and over."""
_BLANK_DATE = re.compile(r"[\s_]*年[\s_]+月[\s_]+日[\s_时分]*|年月日时分?")
"""年  月  日: room for a date on a form, not a heading."""
_BRACKETS = re.compile(r"[（(【\[][^（()）【】\[\]]*[)）】\]]")
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:度)?|\d{1,2}[月季日]|第?[一二三四五六七八九十\d]+季度")
_DAY = re.compile(r"(?:19|20)\d\d[年.\-/](?:0?[1-9]|1[0-2])[月.\-/](?:[12]\d|3[01]|0?[1-9])日?")
_MONTH_NUMBER = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")
MONTH = re.compile(r"(?:(?:19|20)\d\d)[年.\-/](?:0?[1-9]|1[0-2])月?")
_VALUE = re.compile(
    r"[¥￥$]?[-+]?\d[\d,，]*(?:[.．]\d*)?(?:%|％|元|万元|周?岁|年|人|个|户|名|次|分|天|个月)?"  # a number
    r"|(?:19|20)?\d\d[年./\-]\d{1,2}(?:[月./\-](?:\d{1,2}日?)?)?(?:\d{1,2}:.*)?"  # a date, spaces squeezed out
    r"|[\dA-Za-z*×]*\d{5,}[\dXx*×]*"  # identity, card and document numbers
    r"|\d{1,2}:\d\d(?::\d\d)?|.*@.*\..*|https?:.*"
)


def squeezed(cell: Cell) -> str:
    """The text of a cell without white space, "" for a blank cell. Of a very long text only the start is used."""
    if cell.__class__ is str:
        return "".join(cell[:_LONGEST_RAW].split())
    if cell is None:
        return ""
    if cell.__class__ is float and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "".join(str(cell).split())


def is_label(cell: Cell) -> bool:
    """Whether a cell holds text that could be a heading: no number, date or document number, and no `label: value`."""
    if not isinstance(cell, str) or isinstance(cell, ErrorCell) or len(cell) > _LONGEST_RAW:
        return False
    return _labels(cell)


@lru_cache(_REMEMBERED)
def _labels(cell: str) -> bool:
    text = squeezed(cell)
    if not text or len(text) > _LONGEST_LABEL or _BLANK_DATE.fullmatch(cell.strip()):
        return False
    if _YEAR.fullmatch(text):
        return True
    return not (_VALUE.fullmatch(text) or _keyed(text))


def is_value(cell: Cell) -> bool:
    """Whether a cell holds what stands below headings: a number, a date, a document number."""
    if not isinstance(cell, str):
        return cell is not None
    return len(cell) <= _LONGEST_RAW and bool(_VALUE.fullmatch(squeezed(cell)))


def is_period(cell: Cell) -> bool:
    """Whether a cell is a year, month or day that may head a column: 2025, 202604, 2026年4月, a date."""
    if isinstance(cell, date):
        return True
    text = squeezed(cell)
    return any(kind.fullmatch(text) for kind in (_YEAR, MONTH, _MONTH_NUMBER, _DAY))


def is_heading(cell: Cell) -> bool:
    """Whether a cell holds a word that heads columns on Chinese forms: one of the list, or one with a usual ending."""
    if not isinstance(cell, str) or isinstance(cell, ErrorCell) or len(cell) > _LONGEST_RAW:
        return False
    return _heads(cell)


@lru_cache(_REMEMBERED)
def _heads(cell: str) -> bool:
    text = unicodedata.normalize("NFKC", squeezed(cell)).strip("*:、.").lower()
    text = _BRACKETS.sub("", text).strip("*:")
    if text in _HEADINGS or text in _ALIASES:
        return True
    return len(text) <= _LONGEST_ENDING and text.endswith(_ENDINGS) and not re.search(r"\d{3}", text)


def _keyed(text: str) -> bool:
    """Whether a text is a label and its value (填报单位：某某镇) or a label that waits for one (编制单位:)."""
    bare = _BRACKETS.sub("", text)
    return "：" in bare or ":" in bare


KEYED = re.compile(r"[：:；;]")
KEY = re.compile(r"[（(]?[^\W\d][^：:]{0,40}[：:]")
"""A label with its colon, but not a time of day (8:30)."""
SUSPECT = re.compile(
    r"计|总|均|比|汇|最|数$|人次|分$|率$|时间$|日期$|[：:]|^\s*(?:注|备注|说明|填|附|资料来源|数据来源|示|样|例|范|[*※★])|页|[Tt]otal|TOTAL"
)
"""A full row is looked at closely only if one of its first cells matches this; every other full row is a record."""

_SUM = "总人数|总户数|总金额|总额|人数合计|金额合计|合计|总计|小计|共计|累计|总合计|总和|总数|总分|汇总"
_STATISTIC = (
    "平均|平均[分值数]|均值|均分|人均|户均|最[高低大小][分值]?|及格率|优秀率|所?占比例?|比例|百分比|比重"
)
_OF_WHAT = "本页|本镇|本乡|本村|本组|全县|全镇|全乡|全村|全区|全市|县|镇|乡|村|区|市"
_BEHIND = r"(?:数|金额|人数)?[）)]?(?:[（(：:].*)?"
_EXACT_SUM = re.compile(rf"[（(]?(?:{_OF_WHAT})?(?:{_SUM}){_BEHIND}|(?:sub|grand)?-?total:?", re.IGNORECASE)
_EXACT_STATISTIC = re.compile(rf"[（(]?(?:{_OF_WHAT})?(?:{_STATISTIC}){_BEHIND}|average|mean", re.IGNORECASE)
_PREFIXED_SUM = re.compile(
    r".{1,16}(?:合计|总计|小计|共计|累计|总人数|总户数|总金额)(?:数|金额|人数)?(?:[（(：:].*)?"
)
_PREFIXED_STATISTIC = re.compile(rf".{{0,12}}[镇乡村道县区市组班页月季年度](?:{_STATISTIC})(?:[（(：:].*)?")
_COUNT = re.compile(r"人数|户数|个数|人次")
_SUBTOTAL = re.compile(r"小计|本页|sub", re.IGNORECASE)


def sum_word(text: str) -> tuple[str, bool]:
    """The kind of sum that a label names: "total", "subtotal", "statistic" (a mean, a share) or "". text: squeezed.

    The second value is whether the label says nothing else: 合计 and 全镇合计, but not 青禾镇合计.
    """
    for exact, sums, statistics in (
        (True, _EXACT_SUM, _EXACT_STATISTIC),
        (False, _PREFIXED_SUM, _PREFIXED_STATISTIC),
    ):
        if sums.fullmatch(text):
            return "subtotal" if _SUBTOTAL.search(text) else "total", exact
        if statistics.fullmatch(text):
            return "statistic", exact
    return ("statistic", False) if _COUNT.fullmatch(text) else ("", False)


GROUP = re.compile(
    r".*(?:镇|乡|街道|办事处|党委|党工委|农场|林场)(?:[（(].*)?|.*[（(]\d+[个人户名所]*[）)]|[（(]?[一二三四五六七八九十]+[）)、．.].*|.*[：:]"
)
"""A cell that, alone in its row, is the heading of a group: 某某镇（12个）, 二、离任书记, 流动资产："""
TITLE = re.compile(
    r".{2,}(?:名册|名单|一览表|统计表|汇总表|登记表|申报表|审批表|花名表|台账|情况表)(?:[（(].*[）)])?"
)
OFFICE = re.compile(r".{2,}(?:部|局|办|室|科|委|会|站|所|院|厂|中心|学校|公司|支部|总支|组)")
"""The name of an office. In the column 姓名 it is the heading of a group: the people who work there follow."""
SERIAL = re.compile(r"序号?|编号|顺序号?|行次|代码|no\.?|id", re.IGNORECASE)
KEY_HEADING = re.compile(r"身份证|身份号|证件号|证号|[账帐卡]号|存折|一卡通|代码|编码")
"""The heading of a column that identifies a person or thing: an identity number, an account, a code."""
NAMING = re.compile(r"姓名|名字|户主|户名|领款人|收款人|名称|村名|党组织|党支部|支部$|^name$", re.IGNORECASE)
"""The heading of a column that says whom or what a row is about."""
_KEY_VALUE = re.compile(r"(?=.*\d)(?!\d{1,3}$(?<!^0\d)(?<!^0\d\d))[0-9A-Za-z*×\-]{2,40}")
SIGNATURE = re.compile(
    r"(?:负责人|审核人?|制表人?|填表人?|填报人?|经办人?|复核人?|审批人?|主管|领导|领款人|分管\w*|盖章|签字|签章|签名|公章|联系电话"
    r"|填报日期|制表日期|制表时间|填报时间|填表日期|报出日期|联系人)(?:[（(][^）)]*[）)])?[：:；;]"
)
DATE_LINE = re.compile(
    r"[_\d〇一二三四五六七八九十]*年[_\d〇一二三四五六七八九十]*月[_\d〇一二三四五六七八九十]*日"
)
NOTE = re.compile(
    r"[（(]?(?:注|备注|说明|填表说明|填报说明|填写说明|附注|附|资料来源|数据来源|来源|注意|注意事项|提示)(?:[：:]|\d|[一二三]|[）)]?$)|[*※★]|[Nn]otes?:"
)
PAGE = re.compile(r"第\d+页|共\d+页|[Pp]age\d+|[—\-]\d+[—\-]$")
EXAMPLE = re.compile(
    r"[（(【\[]?(?:填写|填表|录入)?(?:(?:示例|样例|范例|样表|举例)(?:行|数据|\d)?|例如|例\d?)[）)】\]]?[：:]?"
    r"|.{1,8}[（(](?:示例|样例|范例|举例|例)[）)]"
)
UNIT = re.compile(r"单位[：:（(](亿元|万元|千元|百元|元|角|分)")
_ORDINAL = re.compile(
    r"[（(]?\d{1,2}[）)]?(?:=[\d（）()+\-×*/÷=]+)?|[①-⑳]|[甲乙丙丁戊己庚辛壬癸]|[A-Z]|(?:非?必|可?选)填[项写]?"
)
_MANY_NUMBERS = 6
"""Beside each so many column numbers, one other cell may stand to the right of them."""


def leaves_room(texts: Sequence[str]) -> bool:
    """Whether the row is a line of a form with room for a date: 检查时间, 年, 月, 日, 时, 分. texts: its cells, squeezed."""
    return any(
        text.rstrip("：:").endswith(("时间", "日期")) and list(texts[at + 1 : at + 3]) == ["年", "月"]
        for at, text in enumerate(texts)
    )


def closes_table(texts: Sequence[str]) -> bool:
    """Whether the row is one that stands below tables: a signature, a note, a page number. texts: its cells, squeezed."""
    dated = len(texts) <= 2 and any(map(DATE_LINE.fullmatch, texts))
    return (
        dated
        or leaves_room(texts)
        or any(map(SIGNATURE.search, texts))
        or bool(NOTE.match(texts[0]) or PAGE.search(texts[0]))
    )


def is_ordinal(cell: Cell) -> bool:
    """Whether a cell numbers a column or says that it must be filled in: (1), （2）=（1）×12, ③, 甲, 必填."""
    return bool(_ORDINAL.fullmatch(squeezed(cell)))


def column_numbers(filled: Sequence[tuple[int, Cell]]) -> list[tuple[int, Cell]]:
    """The cells that number the columns, of a row that is made of them; of any other row, none. filled: column and cell.

    Beside many of them, a few cells of another block may stand on the same line.
    """
    ordinals = list(takewhile(lambda column_and_cell: is_ordinal(column_and_cell[1]), filled))
    return ordinals if len(filled) - len(ordinals) <= len(ordinals) // _MANY_NUMBERS else []


def is_key(cell: Cell) -> bool:
    """Whether a cell holds an identity number, an account or a code, also a masked one, as text.

    A count of up to three digits is none, nor is a cell that holds a number, because that may be a sum.
    """
    return cell.__class__ is str and len(cell) >= 2 and bool(_KEY_VALUE.fullmatch(squeezed(cell)))


def is_special(cell: str) -> bool:
    """Whether a full row with this cell among its first may be a total, a note, a signature line or an example."""
    text = squeezed(cell)
    dated = text.endswith(("时间", "日期"))
    return dated or bool(
        KEYED.search(text) or NOTE.match(text) or EXAMPLE.fullmatch(text) or any(sum_word(text))
    )


_CONTINUED = re.compile(r"[（(](?:续.{0,3}|[一二三四五六七八九十\d]+)[）)]|续表?\d*$|^续表?|第\d+页")


def plain_title(text: str) -> str:
    """A title without （续） and page numbers, to tell whether a table goes on or a new one begins."""
    return _CONTINUED.sub("", text)
