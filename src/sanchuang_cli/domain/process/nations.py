"""Lists the 56 nations of the country, the closed list of GB/T 3304, and reads which one a cell means."""

import re

from sanchuang_cli.domain.words import narrow

_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 "
    "达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 "
    "珞巴 基诺"
)
NATIONS = frozenset(f"{name}族" for name in _NAMES.split())
_SHORT = {"蒙族": "蒙古族", "维族": "维吾尔族", "朝族": "朝鲜族", "鲜族": "朝鲜族"}
_BESIDE = re.compile(r"\(.*?\)")


def nation(written: str) -> str:
    """The nation that a cell means, by its whole name; "" where it means none that there is, as 否 and 待定."""
    said = _BESIDE.sub("", narrow(written)).removesuffix("族") + "族"
    named = _SHORT.get(said, said)
    return named if named in NATIONS else ""
