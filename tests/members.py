"""A small roster of members and former cadres, one for each thing that can happen, for goldens and commands."""

from pathlib import Path
from typing import Any

from sanchuang_cli.domain.identity import luhn_digit
from tests.command import book
from tests.programmes.people import identity

HEADINGS = (
    "乡镇", "村", "姓名", "性别", "身份证号", "入党日期", "离任职务", "任职经历", "离任原因", "户口性质", "健在情况", "死亡日期",
    "困难台账", "列入台账日期", "困难情况", "开户行", "银行账号", "备注",
)  # fmt: skip


def account(number: int) -> str:
    """The number-th account of no bank."""
    body = f"999999{number:012d}"
    return body + luhn_digit(body)


def people() -> list[dict[str, Any]]:
    """Their cells by heading."""
    twelve, poor = (
        "1990.1—2001.12 村支部书记",
        {"困难台账": "是", "户口性质": "农业户口", "困难情况": "因病致贫"},
    )
    here = {"乡镇": "青禾镇", "村": "河西村"}
    there = {"乡镇": "望河乡", "村": "三合村"}
    twice = _one(12, "1954-02-02", 姓名="卫春生", 任职经历=twelve, **there)
    return [
        _one(1, "1955-03-15", 姓名="张建国", 任职经历=twelve, 离任原因="换届离任", **here),
        _one(2, "1970-05-20", "女", 姓名="李秀英", 任职经历="1992.1—2012.6 村会计", **here),
        _one(3, "1966-04-10", 姓名="王志强", 任职经历="1998.1—2013.3 村主任", 离任原因="届满", **here),
        _one(4, "1955-08-08", 姓名="赵明远", 任职经历=twelve, 离任原因="免职", **here),
        _one(5, "1950-06-30", "女", 姓名="孙桂芝", 列入台账日期="2015-03", 银行账号="", **poor, **there),
        _one(6, "1929-01-02", 姓名="周德福", 入党日期="1948-05-01", **there),
        _one(7, "1952-07-07", 姓名="吴长林", 任职经历=twelve, 列入台账日期="2016-01", **poor, **there),
        _one(8, "1949-12-12", "女", 姓名="郑玉兰", 健在情况="去世", 死亡日期="2026-05-03", 列入台账日期="2014-01", **poor, **there),
        _one(9, "1953-03-03", 姓名="冯海涛", 任职经历="1990—2000 村支部书记", **there),
        _one(10, "1951-01-01", 姓名="陈明礼", 身份证号="230299195101010000", 任职经历=twelve, **there),
        _one(11, "1980-01-01", 姓名="褚文斌", 入党日期="2005-07-01", **here),
        twice,
        {**twice, "备注": "又报一次"},
        _one(13, "1956-10-10", 姓名="蒋振东", 任职经历=twelve, 银行账号=account(99), **here),
        _one(14, "1957-11-11", 姓名="沈守义", 任职经历=twelve, 银行账号=account(99), **here),
    ]  # fmt: skip


def _one(number: int, born: str, sex: str = "男", **cells: Any) -> dict[str, Any]:
    served = cells.get("任职经历", "")
    plain = {"性别": sex, "身份证号": identity(born, sex, number), "健在情况": "健在", "开户行": "农村信用社"}
    return plain | {"银行账号": account(number), "离任职务": served.rpartition(" ")[2]} | cells


def roster(folder: Path, name: str = "名册.xlsx") -> Path:
    """The people as a workbook."""
    return book(folder / name, [[one.get(heading, "") for heading in HEADINGS] for one in people()], HEADINGS)
