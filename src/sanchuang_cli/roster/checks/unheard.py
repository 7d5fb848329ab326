"""Tells in one note for each sheet which remarks nobody understood: nothing is heard in them, and they are not made of words that
are known to bear on nothing. No row is set aside for them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sanchuang_cli.domain import words
from sanchuang_cli.domain.remarks import heard
from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.record import Record, Row
from sanchuang_cli.roster.grid import runs

_MOST, _LONGEST = 5, 16
_HARMLESS = """
低保户? 五保户? 特困户? 脱贫户 监测户 贫困户 困难户 军烈属 烈属 退役军人 退伍军人 复员军人 老?党员 中共党员 流动党员 优秀党员 老?干部 老教师 教师 民办教师
村医 村民 群众代表 劳模 单身 未婚 离异 丧偶 独居 孤寡老人 残疾人? 肢体 视力 听力 精神 智力 [一二三四]级 高血压 糖尿病 脑梗死? 心脏病 冠心病 慢性病 重病 大病 患病 卧床 住院 体弱 多病
换卡 新卡 旧卡 补卡 社保卡 银行卡 一卡通 存折 现金 账号 帐号 卡号 开户行 身份证号? 号码 姓名 出生日期 入党时间 党龄 手机号? 联系电话 电话 地址 更正 更改 变更 改正 核对 核实 属实 无误 正确
补录 补报 [又再]报一次 补发 补填 补缴 补办 新增 新建 新成立 新任 新当选 换届 当选 接任 继任 兼任 兼 连任 转正 在任 在职 在岗 在家 在村 在册 健在 正常 合格 达标 符合条件 全[市县镇乡] 基层 党组织 同意 批准 审批 通过 公示 公开 张贴 公示栏
参评 完成 走访 慰问 发放 领取 已领 签领 签字 到账 打卡 按时 按月 按期 全额 足额 上季度 本季度 上月 本月 上年 本年 今年 去年 半年 季度 名册 档案 文件 会议 研究 决定 县委 镇党委 乡镇 党委 党支部 组织部 村两委 支部 认定
外出务工 外出打工 务工 打工 务农 外出 在外 外地 居住 随子女 同住 人户分离 详?见 附件 附后 附表 备案 存档 原件 复印件 同上 其他 其它 以此为准 为准 无
享受 缴费 参保 续保 养老保险 城乡居民 新?农保 居保 残补 退役 参战 老兵 赤脚医生 伤残 体检 主持工作 代理 第一书记 一肩挑 大学生村官 挂职 驻村 下派 致富带头人 带头人 种植 养殖 大户 户口 户籍
返乡 创业 合作社 理事长 曾用名 又名 别名 重名 同名 不是同一人 无异议 无问题 没有问题 无变[化动] 因[病学灾残] 致[贫残] 低收入 公益性?岗位? 缺劳力 [丧无]失?劳动能力 监护人 照顾 照料 赡养 老两口 独生子女
儿子 女儿 子女 老伴 妻子 丈夫 配偶 父母 手续 材料 齐全 照片 空号 停机 孤寡 模范 先进 妇女主任 治保主任 民兵连长 大队长? 队长 小队 护林员 兽医 农电工 劳动模范 全国 全省 省 市 情况
书记 主任 会计 文书 委员 副 原 现 老 曾 任 系 为 是 已 在 于 至 到 起 从 的 了 和 及 与 等 由 经 本人 本村 我村 全村 村 镇 乡 县 组 户 人 名 元 年 月 日 号 次 份
"""
"""Words of which a remark may be made and bear on nothing. What is missing is told, and no more than that."""


_NOTHING = re.compile(
    "|".join(sorted(_HARMLESS.split(), key=lambda word: (-len(word), word))) + r"|[\W\d_a-z]+"
)
_ABSENT = re.compile("|".join(map(re.escape, sorted(words.ABSENT))))


def unheard(records: Iterable[Record]) -> Iterator[Finding]:
    """A note on the remarks of which nothing is understood, for each sheet that has any, as its sender numbers the rows."""
    tables: dict[tuple[str, str], dict[str, list[Place]]] = {}
    for row in (record.row for record in records):
        for _, _, text in row.remarks:
            if not _is_understood(text, row):
                place = row.place()
                texts = tables.setdefault((place.origin.book, place.origin.sheet), {})
                texts.setdefault(" ".join(text.split()), []).append(place)
    yield from map(_note, tables.values())


def _note(texts: Mapping[str, Sequence[Place]]) -> Finding:
    """Equal texts stand together, those of most rows first."""
    told = sorted(texts.items(), key=lambda one: (-len(one[1]), one[1][0].origin.row))
    listed = [f"第{runs([one.origin.row for one in at])}行“{text[:_LONGEST]}”" for text, at in told[:_MOST]]
    more = f"；另有 {len(told) - _MOST} 种" if len(told) > _MOST else ""
    return Finding(
        "remarks.unheard",
        Severity.NOTE,
        f"备注未读懂，没有据以判断：{'；'.join(listed)}{more}",
        _sheet(told[0][1][0]),
        "看不懂的不据以下结论",
        "影响发放或评定的，请填在相应的栏目里；别的可不理会。",
    )


def _sheet(place: Place) -> Place:
    return Place(place.book, place.sheet, sent=_sheet(place.sent) if place.sent else None)


def _is_understood(text: str, row: Row) -> bool:
    """Whether something is heard in a remark, or nothing is left of it but words that bear on nothing and whose row it is."""
    said = words.narrow(text).lower()
    if heard(text) or words.grave(text) or words.gone(text) or _ABSENT.search(said):
        return True
    for own in filter(None, map(row.written, ("township", "village", "branch", "name"))):
        said = said.replace(own, "")
    return not _NOTHING.sub("", said)
