"""Understands where a cell says that something was made public: places, whose they are, and that it was done; it judges nothing.

A cell is understood only if each of its words is one of these. None of them denies, plans, asks or tells of damage, so a
sentence that does is never taken for a posting.
"""

import re
from functools import lru_cache

from sanchuang_cli.domain.words import narrow

_WHOSE = (
    "省 市 县 区 旗 乡 镇 村 街道 社区 办事处 本 各 全 机关 单位 委 党委 组织部 政府 人民政府 支部 党支部 党组织 村委会 居委会 村部"
    " 党群服务中心 便民服务中心 服务中心 党务 政务 村务 居务 财务 三务 党建 官方 门户 电子 微信"
)
_PLACES = (
    "公开栏 公示栏 公告栏 宣传栏 公开墙 公示墙 橱窗 网站 网 公众号 微信群 QQ群 群 广播 广播站 大喇叭 电视台 报纸 显示屏 电子屏 LED屏"
    " 触摸屏 党员大会 村民大会 村民代表会议 门口 大门 大门口 院内 大院 大厅 一楼 内 里 上"
)
_DONE = "已 已经 在 于 通过 张贴 粘贴 贴出 公布 公示 公开 发布 刊登 播出 播放 上墙 上网 完毕 完成 好 了 过 中 和 与 及 以及 并 同时 均 都 的"
_WORDS = (*_WHOSE.split(), *_PLACES.split(), *_DONE.split())
_BETWEEN = r"[、,;/+|&。.:()\[\]【】《》“”\"'\-—]"


def understood(cell: str, names: frozenset[str]) -> bool:
    """Whether `cell` says nothing but where it was made public. names: of townships, and the places of the catalogue; whoever
    asks of many cells gives the same object, so that they are not gone through each time.
    """
    return _posting(names).fullmatch(narrow(cell)) is not None


@lru_cache(maxsize=256)
def _posting(names: frozenset[str]) -> re.Pattern[str]:
    known = sorted({*_WORDS, *map(narrow, names)} - {""}, key=lambda word: (-len(word), word))
    return re.compile(
        f"(?:{'|'.join(map(re.escape, known))}|{_BETWEEN})*+"
    )  # the longest word, and no second thoughts
