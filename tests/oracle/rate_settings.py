"""The settings of shipped documents of 星级评定, as the oracle in rate.py takes them."""

from datetime import date
from fractions import Fraction
from typing import Any

Settings = dict[str, Any]

GOODS = ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")
GRADES = ("好", "较好", "一般", "差")


def settings_for(model: str) -> Settings:
    """The settings of a shipped document: M1 to M4, the five stars of Henan, nine or ten stars, three levels, or the grades of
    secretaries."""
    settings: Settings = {
        "goods": GOODS,
        "model": "per-good",
        "pass": Fraction(80),
        "star_bands": [(Fraction(95), 5), (Fraction(90), 4), (Fraction(85), 3), (Fraction(80), 2)],
        "levels": {},
        "unscored": "set-aside",
        "grades_by": "total",
        "grade_bands": [
            (Fraction(90), "好"),
            (Fraction(80), "较好"),
            (Fraction(60), "一般"),
            (Fraction(0), "差"),
        ],
        "gate": Fraction(9, 10),
        "veto_grade": True,
        "veto_stars": "none",
        "limits": [],
        "ladder": True,
        "ladder_step": 1,
        "honour_levels": ["国家级", "省级", "市级"],
        "quotas": [
            portion(star=5, share=Fraction(10, 100), mode="warn"),
            portion(star=4, share=Fraction(20, 100), mode="warn"),
            portion(star=1, share=Fraction(5, 100), mode="warn"),
        ],
        "listing": True,
        "lowest": [portion(share=Fraction(5, 100))],
        "rectify_warn": Fraction(10, 100),
        "vacancy_months": 3,
        "satisfaction_floor": Fraction(60, 100),
        "candidates_years": 2,
        "stars_below": None,
        "judged_on": date(2026, 6, 2),
        "min_age_years": 1,
        "weights": {good: Fraction(1) for good in GOODS},
        "full": {},
        "bonus": None,
        "secretaries": False,
        "types_asked": True,
    }
    if model == "M1":
        return settings | {"model": "total-bands", "ladder": False}
    if model == "M3":
        fives, fours, ones = settings["quotas"]
        capped = [fives | {"mode": "cap"}, fours | {"mode": "cap"}, ones]
        return settings | {"model": "total-bands", "ladder": False, "quotas": capped}
    if model == "M4":
        return settings | {"veto_stars": "one-below-last-year"}
    if model == "M2":
        return settings
    return settings | PLAIN | LATER[model]


def portion(**says: Any) -> dict[str, Any]:
    """So many of a group, a share or a number; of a quota also its star and what becomes of those beyond it."""
    return {"share": None, "number": None, "within": "all", "types": ()} | says


PLAIN: Settings = {
    "grades_by": None,
    "gate": None,
    "veto_grade": False,
    "veto_stars": "nothing",
    "ladder": False,
    "quotas": [],
    "listing": False,
    "lowest": [],
    "satisfaction_floor": None,
    "min_age_years": None,
    "types_asked": False,
}
"""A document that says nothing but its goods and its stars."""
HENAN = ("支部过硬", "产业兴旺", "生态宜居", "平安法治", "文明幸福")
NINE = (
    "组织建设",
    "产业发展",
    "集体经济",
    "生态环境",
    "乡风文明",
    "社会治理",
    "民生服务",
    "平安法治",
    "廉洁公开",
)
TEN = (
    "班子建设",
    "队伍建设",
    "阵地建设",
    "制度建设",
    "组织生活",
    "产业发展",
    "服务群众",
    "民主管理",
    "文明和谐",
    "群众满意",
)
LEVELS = {"三星级标准": 3, "四星级标准": 4, "五星级标准": 5}
NONE_OF_FOUR = ("重大安全事故", "违纪违法案件", "群体性事件", "失泄密事件")
LATER: dict[str, Settings] = {
    "henan": {"goods": HENAN, "limits": [{"missed": "支部过硬", "at_most": 3}]},
    "nine": {
        "goods": NINE,
        "grades_by": "stars",
        "grade_bands": [(8, "上浮"), (6, "全额"), (4, "减半"), (0, "取消")],
    },
    "ten": {"goods": TEN},
    "levels": {
        "goods": tuple(LEVELS),
        "model": "levels",
        "levels": LEVELS,
        "unscored": "stops",
        "limits": [{"flags": NONE_OF_FOUR, "blank": "set-aside", "at_most": 0}],
    },
    "secretaries": {
        "goods": ("星级化考核",),
        "bonus": "加分",
        "model": None,
        "grades_by": "total",
        "grade_bands": [
            (100, "特优"),
            (90, "优秀"),
            (80, "良好"),
            (70, "称职"),
            (60, "基本称职"),
            (0, "不称职"),
        ],
        "secretaries": True,
    },
}
"""The later models, by what each says beside its plain stars."""
