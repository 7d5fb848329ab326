"""Finds out what a workbook lost when it was written anew: pictures, shapes, charts and similar parts.

Compares the bytes of two .xlsx packages; it changes neither.
"""

import re
import zipfile
from collections import Counter
from io import BytesIO

_PARTS = (
    ("ActiveX 控件", re.compile(r"xl/activex/[^/]+\.xml")),
    ("嵌入的文件", re.compile(r"xl/embeddings/.+")),
    ("批注下的回复", re.compile(r"xl/threadedcomments/.+")),
    ("切片器", re.compile(r"xl/(slicers|timelines)/[^/]+\.xml")),
    ("数字签名", re.compile(r"_xmlsignatures/sig[^/]*\.xml")),
    ("数据透视表", re.compile(r"xl/pivottables/[^/]+\.xml")),
    ("宏", re.compile(r"xl/vbaproject\.bin")),
    ("页眉页脚的图片", re.compile(r"xl/drawings/vmldrawinghf[^/]*\.vml")),
)
_DRAWN = (
    ("图片", re.compile(rb"<(?:\w+:)?pic[ >]")),
    ("文本框和图形", re.compile(rb"<(?:\w+:)?(?:sp|cxnSp)[ >]")),
    ("图表", re.compile(rb"<(?:\w+:)?graphicFrame[ >]")),
)
_DRAWING = re.compile(r"xl/drawings/drawing[^/]*\.xml")
_OLD_DRAWING = re.compile(r"xl/drawings/[^/]*\.vml")
_CONTROL = re.compile(rb"ObjectType=\"(?!Note|Pict)")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_EXTENDED_TAG = re.compile(rb"<(?:\w+:)?(sparklineGroup|conditionalFormatting|dataValidation)[ >]")
_CHOICE = re.compile(rb"<mc:Fallback>.*?</mc:Fallback>", re.DOTALL)


def lost(before: bytes, after: bytes) -> list[str]:
    """Each kind of part of which `after` has fewer than `before`, with the number that is missing: 图片 2 处."""
    missing = _contents(before) - _contents(after)
    return [f"{what} {count} 处" for what, count in missing.items()]


def _contents(content: bytes) -> Counter[str]:
    """How many parts of each kind a package has."""
    counts: Counter[str] = Counter()
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            path = name.replace("\\", "/").lower()
            counts.update(what for what, pattern in _PARTS if pattern.fullmatch(path))
            if _DRAWING.fullmatch(path):
                drawing = _CHOICE.sub(b"", package.read(name))
                for what, pattern in _DRAWN:
                    counts[what] += len(pattern.findall(drawing))
            elif _OLD_DRAWING.fullmatch(path):
                counts["按钮等控件"] += len(_CONTROL.findall(package.read(name)))
            elif _SHEET.fullmatch(path):
                counts.update(_extensions(package.read(name)))
    return counts


def _extensions(sheet: bytes) -> Counter[str]:
    """How many settings of each kind stand after the cells of a sheet, where programs since 2010 keep them."""
    _, _, behind = sheet.partition(b"<extLst")
    names = {
        b"sparklineGroup": "迷你图",
        b"conditionalFormatting": "2010 年以后的条件格式",
        b"dataValidation": "引用别的工作表的下拉选项",
    }
    return Counter(names[tag] for tag in _EXTENDED_TAG.findall(behind))
