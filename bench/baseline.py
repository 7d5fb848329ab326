"""What a user would write instead: pandas.read_excel, apply, to_excel, and openpyxl to style every cell.

`python bench/baseline.py members|orgs INPUT TARGET`. It does a good part of the work of `subsidies` and of `rate` as
such scripts do it: the largest pages, and no findings, places or clauses.
"""

import re
import sys
from datetime import date, datetime

import pandas as pd
from openpyxl.styles import Alignment, Border, Font, Side

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RATES = {"书记": (485, 505, 525), "主任": (465, 485, 505), "会计": (445, 465, 485)}
RATES |= {"村支书": RATES["书记"], "村主任": RATES["主任"], "文书": RATES["会计"]}
GOODS = ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")
PERIOD_END = date(2026, 6, 30)


def identity_is_valid(number: object) -> bool:
    text = str(number)
    if not re.fullmatch(r"\d{17}[\dXx]", text):
        return False
    return (
        "10X98765432"[sum(int(a) * b for a, b in zip(text, WEIGHTS, strict=False)) % 11] == text[-1].upper()
    )


def day(value: object) -> date | None:
    if pd.isna(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    found = re.match(r"(\d{4})[年./-](\d{1,2})(?:[月./-](\d{1,2}))?", str(value))
    return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None


def months_served(text: object) -> int:
    months = set()
    for start, first, end, last in re.findall(r"(\d{4})\.(\d+)—(\d{4})\.(\d+)", str(text)):
        months |= set(range(int(start) * 12 + int(first), int(end) * 12 + int(last) + 1))
    return len(months)


def amount(row: pd.Series) -> int:
    if not row["号码有效"] or row["健在情况"] != "健在":
        return 0
    born = datetime.strptime(str(row["身份证号"])[6:14], "%Y%m%d").date()
    age = PERIOD_END.year - born.year - ((PERIOD_END.month, PERIOD_END.day) < (born.month, born.day))
    years = row["任职月数"] // 12
    if years >= 10 and row["离任原因"] != "免职" and age >= (60 if row["性别"] == "男" else 55):
        return 3 * RATES[row["离任职务"]][0 if years < 15 else 1 if years < 20 else 2]
    return 150 if row["困难台账"] == "是" and age >= 60 else 0


def members(source: str) -> pd.DataFrame:
    frame = pd.read_excel(source, header=2, dtype=object).dropna(subset=["姓名"])
    frame["号码有效"] = frame["身份证号"].apply(identity_is_valid)
    for column in ("出生日期", "入党日期", "离任日期", "列入台账日期"):
        frame[column] = frame[column].apply(day)
    frame["任职月数"] = frame["任职经历"].apply(months_served)
    frame["本期金额"] = frame.apply(amount, axis=1)
    return frame.sort_values(["乡镇", "村", "姓名"])


def organisations(source: str) -> pd.DataFrame:
    frame = pd.read_excel(source, header=2, dtype=object).dropna(subset=["党组织名称"])
    frame["成立日期"] = frame["成立日期"].apply(day)
    frame["综合得分"] = frame[list(GOODS)].astype(float).mean(axis=1)
    frame["满意率"] = frame["满意票"] / frame["有效票"]
    passed = frame[list(GOODS)].astype(float).ge(80).sum(axis=1)
    last = frame["上年星级"].astype(float).fillna(5)
    frame["星级"] = passed.where(passed <= last + 1, last + 1)
    frame["等次"] = frame["综合得分"].apply(
        lambda s: "好" if s >= 90 else "较好" if s >= 80 else "一般" if s >= 60 else "差"
    )
    return frame.sort_values(["乡镇", "综合得分"])


def details(frame: pd.DataFrame) -> pd.DataFrame:
    """The other page that `rate` writes: nine lines an organisation, one for each thing read or decided."""
    lines = frame[["乡镇", "党组织名称", "类型", *GOODS, "综合得分", "等次", "星级"]].melt(
        id_vars=["乡镇", "党组织名称", "类型"], var_name="项目", value_name="结果"
    )
    lines["满分"] = 100
    lines["达标线"] = 80
    lines["算法"] = (
        lines["项目"]
        .map({"综合得分": "五项平均", "等次": "按综合得分", "星级": "一项一星"})
        .fillna("按所填得分")
    )
    lines["依据"] = "分类定级和星级评定办法"
    lines["出处"] = "名册 " + lines["党组织名称"]
    return lines.sort_values(["乡镇", "党组织名称"])


def styled(writer: pd.ExcelWriter, frame: pd.DataFrame, name: str) -> None:
    thin = Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    frame.to_excel(writer, sheet_name=name, index=False, startrow=1)
    sheet = writer.sheets[name]
    sheet["A1"] = name
    sheet["A1"].font = Font(bold=True, size=16)
    for row in sheet.iter_rows(min_row=2, max_row=sheet.max_row, max_col=frame.shape[1]):
        for cell in row:
            cell.border = border
            cell.alignment = Alignment(vertical="center")
            if isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
    sheet.freeze_panes = "C3"
    sheet.page_setup.orientation = "landscape"


def main(which: str, source: str, target: str) -> None:
    frame = {"members": members, "orgs": organisations}[which](source)
    with pd.ExcelWriter(target, engine="openpyxl") as writer:
        styled(writer, frame, "名册")
        if which == "orgs":
            styled(writer, details(frame), "得分明细")


if __name__ == "__main__":
    main(*sys.argv[1:])
