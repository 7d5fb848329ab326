"""Works out by how much performance counts: the grade or the score of a year, the stars of the organisation, a negative
list; and rewards by the net income of the village.
"""

from fractions import Fraction

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.named import another_name
from sanchuang_cli.domain.wages.grounds import PayGrounds
from sanchuang_cli.domain.wages.policy import OfficePost, Performance, Reward, Wages
from sanchuang_cli.domain.wages.records import Appraisal, Cadre
from sanchuang_cli.domain.wages.standards import Gap, StandardSum
from sanchuang_cli.domain.wages.verdict import Coefficient
from sanchuang_cli.domain.words import unstopped
from sanchuang_cli.judging import At, Odd
from sanchuang_cli.kind import NOTHING

_WHOLE = 100


def coefficient(who: Cadre, year: int, rule: Performance, at: At[Wages], odd: Odd) -> Coefficient:
    """The coefficient of a year; without a value, and with a warning that says why, where it is not known."""
    known = Coefficient(Fraction(1), "")
    if rule.grades or rule.scores:
        known = _graded(who, year, rule, at.ready, odd)
    return _starred(known, who, year, rule, at, odd) if rule.stars else known


def _graded(who: Cadre, year: int, rule: Performance, grounds: PayGrounds, odd: Odd) -> Coefficient:
    appraisal = grounds.appraisals.get((who.identity, year))
    if appraisal is None:
        row = grounds.illegible.get((who.identity, str(year)))
        seen = f"考核表的一行待核实（{row.place()}）" if row else "考核表里没有"
        code = "grade-unknown" if row else "grade-missing"
        odd.add(code, "identity", f"{who.called}：{year} 年度{seen}，绩效要等考核结果", rule.clause)
        return Coefficient(None, f"{year} 年度{seen}")
    if another_name(appraisal, who):
        place = appraisal.row.place("name")
        said = f"{year} 年度考核表里这个身份证号的姓名写的是“{appraisal.name}”"
        odd.add(
            "grade-unknown", "identity", f"{who.called}：{said}（{place}），绩效要等核实以后", rule.clause
        )
        return Coefficient(None, said, rests_on=(appraisal,))
    negative = _negative(appraisal, rule)
    named = negative or (_by_score if rule.scores else _by_grade)(appraisal, rule)
    if named.value is None:
        place = appraisal.row.place("negative" if negative else "score" if rule.scores else "grade")
        message = f"{who.called}：{named.said}（{place}），绩效要等改正以后"
        odd.add("grade-unknown", "identity", message, rule.clause)
    return named._replace(rests_on=(appraisal,), score=appraisal.score)


def _negative(appraisal: Appraisal, rule: Performance) -> Coefficient | None:
    said = appraisal.negative.strip()
    if unstopped(said) in NOTHING:
        return None
    known = said in rule.negative
    return Coefficient(
        Fraction(0) if known else None, f"负面情形“{said}”{'' if known else '不在负面清单之内'}"
    )


def _by_grade(appraisal: Appraisal, rule: Performance) -> Coefficient:
    grade = rule.grade(appraisal.grade)
    if grade is None:
        return Coefficient(None, f"等次“{appraisal.grade}”不在政策所列的等次之内")
    return Coefficient(grade.percent / _WHOLE, f"{grade.name} {plain(grade.percent)}%", grade.name)


def _by_score(appraisal: Appraisal, rule: Performance) -> Coefficient:
    score = appraisal.score
    if score is None:
        return Coefficient(None, "没有考核得分")
    band = next((band for band in rule.scores if score >= band.at_least), None)
    if band is None:
        return Coefficient(None, f"考核得分 {plain(score)} 低于 0")
    return Coefficient(band.percent / _WHOLE, f"{plain(score)} 分 {plain(band.percent)}%", appraisal.grade)


def _starred(
    known: Coefficient, who: Cadre, year: int, rule: Performance, at: At[Wages], odd: Odd
) -> Coefficient:
    """The coefficient times that of the stars, which are those of the same year."""
    if at.ready.stars_of != year:
        return known._replace(value=None, said=f"没有 {year} 年的星级评定结果")
    missing = Odd(odd.doubts, odd.row)
    got = at.taken("stars", who, missing)
    if got is None:
        (why,) = missing.found
        odd.add("stars-missing", "branch", why.message.removesuffix("，待核实"), why.basis)
        return known._replace(value=None, said="取不到星级")
    band = next(band for band in rule.stars if got.value >= band.at_least)
    said = f"{known.said}{'；' if known.said else ''}{got.value} 星 {plain(band.percent)}%"
    value = None if known.value is None else known.value * band.percent / _WHOLE
    return known._replace(value=value, said=said, stars=got.value, rests_on=(*known.rests_on, got))


def reward(rule: Reward, post: OfficePost, who: Cadre, grounds: PayGrounds) -> StandardSum:
    """The reward of a whole year by the net income of the village. Raises Gap."""
    village = grounds.standards.village(who, rule.clause)
    if village.income is None:
        raise Gap("village-class", "village", f"村情表里{village.village}没有填净收入", rule.clause)
    income, reached = Fraction(village.income, 100), Fraction(0)
    yuan, said = Fraction(0), []
    for step in rule.steps:
        top = income if step.to is None else min(income, step.to)
        count = (top - reached) // step.every if top > reached else 0
        yuan, reached = yuan + count * step.yuan, max(top, reached)
        said += [f"{count} × {plain(step.yuan)}"] if count else []
    told = f"净收入 {plain(income)} 元：{' + '.join(said) or '0'} = {plain(yuan)} 元"
    if rule.shared and post.percent != _WHOLE:
        yuan = yuan * post.percent / _WHOLE
        told += f" × {post.name} {plain(post.percent)}% = {plain(yuan)} 元"
    return StandardSum(yuan, told, ("post", "village"), (village,))
