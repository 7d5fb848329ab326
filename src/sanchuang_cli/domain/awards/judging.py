"""Whether somebody may be honoured, and over all of them who gets the places and what the list lacks."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from sanchuang_cli.domain.awards.opinions import CLEAR, MISSING, OBJECTED
from sanchuang_cli.domain.awards.places import TownshipPlaces
from sanchuang_cli.domain.awards.policy import Award, HonorPolicy, Recommended, is_body
from sanchuang_cli.domain.ballots.places import by_order
from sanchuang_cli.domain.ballots.structure import choices
from sanchuang_cli.finding import ALL, Doubt, Doubts, Severity
from sanchuang_cli.judging import At, Company, Joint, Judged, Odd, Reason, Told, Verdict, grouped
from sanchuang_cli.record import Record

FIT, BEYOND, LACKING, UNPROVEN, OPEN, NOT_MET = PARTS = ("拟表彰", "超额", "待补", "待核", "待定", "不符合")
_WORST = (NOT_MET, LACKING, UNPROVEN, FIT)
_OPINION = {CLEAR: FIT, OBJECTED: NOT_MET, MISSING: LACKING}
_ABLE = (FIT, BEYOND, OPEN)
_PLACED = {True: FIT, False: BEYOND, None: OPEN}
_E, _W = Severity.ERROR, Severity.WARNING
_SHORT = 3
"""Characters of a name that may be a person's, and is too short for an organisation's full name."""
DOUBTS = Doubts(
    {
        "listed-twice": Doubt(_E, "同一类里只推荐一次", "请核实并只留一行，再重新运行。", "同一类里重复推荐"),
        "no-honor": Doubt(_E, mend="请改成政策所列的类别，或在政策的 categories 里加上这一类。", brief="类别不在政策所列之内"),
        "no-number": Doubt(_E, "", "请在政策的 categories 里这一类写明 number（全县几个名额）。", "这一类的名额没有定"),
        "no-base": Doubt(_E, "名额按名额基数分到乡镇", "请核对乡镇的写法；确实漏了的，补进名额基数。", "乡镇不在名额基数里"),
        "wrong-kind": Doubt(_E, "类别要么表彰人，要么表彰组织", "请核对类别、姓名和身份证号（组织不填身份证号），改正写错的一格。", "人和组织对不上类别"),
        "perhaps-a-person": Doubt(_W, mend="请核对类别和名称；确是组织的，请写全称。"),
        "under-age": Doubt(_E, mend="请核对身份证号；写错的请改正。", brief="推荐的人没有成年"),
        "blank": Doubt(_E, mend="请填“是”或“否”，再重新运行。", brief="是否一线、是否领导没有填"),
        "two-honors": Doubt(_W, mend="请核实可不可以同时受两类表彰；不可以的，只留一类。"),
        "merits-long": Doubt(_W, mend="请压缩主要事迹。"),
        "no-result": Doubt(_W, mend="请用 --result 给出那份结果，用 --ledger 给出审批它的台账，再重新运行。"),
        "over-field": Doubt(_W, "名额不调剂到别的乡镇", "请这个乡镇补报；不再报的，空着的名额由县里定。"),
        "may-be-passed": Doubt(_W, mend="请先把待补、待核、待核实的办完，再上报名单。"),
        "candidates": Doubt(_W, mend="请与这个乡镇核对推荐的人数。"),
        "structure": Doubt(_E, mend="请与乡镇商量调整推荐，再重新运行；没有因此划去谁。", brief="一线、领导的比例够不上"),
        "by-order": Doubt(_W, mend="请由县里定给哪个乡镇：要留给人定的，在政策的 sharing 里写 tie = \"ask\"。"),
        "not-shared": Doubt(_E, mend="请核实名额基数，或改政策的 sharing，再重新运行。", brief="名额分不出来"),
    }
)  # fmt: skip


class Honor(Verdict[Recommended], frozen=True, kw_only=True, eq=False):
    """What came of one row. rank: where its honour stands in the policy. grade, stars: as taken from other results."""

    rank: int
    grade: str | None = None
    stars: int | None = None


class ListShares(NamedTuple):
    """Of those proposed for an honour: how many of the front line and how many leaders there are, and ought to be."""

    front: int
    least: int
    leaders: int
    most: int
    clause: str

    @classmethod
    def of(cls, category: Award, people: Sequence[Honor]) -> "ListShares | None":
        """None where the document asks for no shares."""
        if not (rule := category.structure):
            return None
        front, leaders = (
            sum(bool(getattr(one.record, name)) for one in people) for name in ("front", "leader")
        )
        return cls(front, rule.least(len(people)), leaders, rule.most(len(people)), rule.clause)

    @property
    def lacking(self) -> str:
        """What is missed, in words; "" where nothing is."""
        short = f"一线 {self.front}，应不少于 {self.least}" if self.front < self.least else ""
        over = f"领导 {self.leaders}，应不超过 {self.most}" if self.leaders > self.most else ""
        return "；".join(filter(None, (short, over)))


def judge(who: Recommended, at: At[HonorPolicy], odd: Odd) -> Honor | None:
    """All but the place: opinions, the grade in the last review, stars. The first of 不符合, 待补, 待核 counts."""
    category = at.policy.by_name.get(who.category)
    if category is None:
        odd.add("no-honor", "category", f"{who.called}：政策没有“{who.category}”这一类", at.policy.document)
        return None
    _unusable(who, category, at, odd)
    if odd.grave:
        return None
    length, most = len("".join(who.merits.split())), at.policy.merits
    if 0 < most < length:
        odd.add("merits-long", "merits", f"{who.called}：主要事迹 {length} 字，至多 {most} 字")
    opinions = at.policy.opinions.given(who) if at.policy.opinions else ()
    checks, taken = [(_OPINION[said], reason) for said, reason in opinions], {}
    for name, rule in category.joined.items():
        taken[name], part, reason = _joined(name, rule, who, at, odd)
        checks.append((part, reason))
    checks.sort(key=lambda check: _WORST.index(check[0]))
    rank = list(at.policy.by_name).index(category.name)
    part = checks[0][0] if checks else FIT
    return Honor(record=who, part=part, reasons=tuple(reason for _, reason in checks), rank=rank, **taken)


def _of_kind(who: Recommended, category: Award, at: At[HonorPolicy], odd: Odd) -> None:
    """Whether the row is of a person where persons are honoured, of an organisation where those are; and of an adult."""
    where, asked = f"{who.called}：“{category.name}”表彰的是", "组织" if category.of_bodies else "人"
    if category.of_bodies and who.identity:
        odd.add("wrong-kind", "identity", f"{where}{asked}，这一行填了身份证号", category.clause)
    elif category.of_bodies and len(who.name) <= _SHORT and not is_body(who.name):
        odd.add("perhaps-a-person", "name", f"{where}{asked}，“{who.name}”像是人名", category.clause)
    elif not category.of_bodies and is_body(who.name):
        odd.add("wrong-kind", "name", f"{where}{asked}，“{who.name}”是组织", category.clause)
    elif who.identity and (young := who.minor(at.occasion.on)):
        odd.add("under-age", "identity", f"{who.called}：{young}", category.clause)


def _unusable(who: Recommended, category: Award, at: At[HonorPolicy], odd: Odd) -> None:
    _of_kind(who, category, at, odd)
    if category.share is None and category.number is None:
        odd.add(
            "no-number", "category", f"{who.called}：“{category.name}”全县几个名额没有定", category.clause
        )
    elif not at.dropped.get("bases") and who.township not in at.ready.townships:
        odd.add("no-base", "township", f"{who.called}：名额基数里没有“{who.township}”")
    structure = category.structure
    for field in structure.asks if structure else ():
        if structure and getattr(who, field) is None:
            odd.add("blank", field, f"{who.called}：“{who.row.place(field).heading}”没有填", structure.clause)


def _joined(name: str, rule: Any, who: Recommended, at: At[HonorPolicy], odd: Odd) -> tuple[Any, str, Reason]:
    """What another result says of somebody, and what comes of it. What cannot be taken is nobody's failing: it waits."""
    missing = Odd(odd.doubts, odd.row)
    got = at.taken(name, who, missing) if name in at.rosters else None
    if got is None:
        why = (
            missing.found[0].message.removesuffix("，待核实")
            if missing.found
            else f"没有给出{rule.source}的结果"
        )
        return None, UNPROVEN, Reason(rule.source, why, rule.clause, False, rule.reads)
    met = rule.met(got.value)
    reason = Reason(
        rule.source, f"{got.value}，须{rule.wanted}", rule.clause, None if met else False, rule.reads, (got,)
    )
    return got.value, FIT if met else NOT_MET, reason


def together(company: Company) -> Joint:
    """The places, by the order in which a township recommends; and what is odd about a township or an honour."""
    at = company.at
    twice = list(_twice(company.judged["recommended"], at))
    standing = company.standing("recommended", twice)
    came: dict[int, Honor] = {}
    for (name, township), rows in grouped(
        (one for one in standing if one.part == FIT), "category", "township"
    ).items():
        came |= zip(map(id, rows), _placed(rows, at, (name, township)), strict=True)
    honors = [came.get(id(one), one) for one in standing]
    told = [*twice, *_of_all(company), *_fields(company, honors), *_structures(honors, at)]
    return Joint(verdicts={"recommended": honors}, told=told)


def _placed(rows: Sequence[Honor], at: At[HonorPolicy], key: tuple[str, str]) -> Iterator[Honor]:
    """Those of one township who may have an honour, each in the part where the places put them."""
    place, clause = at.ready.places.get(key), at.policy.sharing.clause
    orders = [one.record.order for one in rows]
    got = by_order(orders, place.part.number, place.most) if place else [None] * len(rows)
    for one, inside in zip(rows, got, strict=True):
        order = _order(one.record.order, inside)
        said = f"{place}；符合条件的 {len(rows)}，{order}" if place else at.ready.troubles[key[0]]
        rests: tuple[Record, ...] = (place.base,) if place else ()
        reason = Reason("名额", said, clause, False if inside is False else None, ("order",), rests)
        yield replace(one, part=_PLACED[inside], reasons=(*one.reasons, reason))


def _order(order: int | None, inside: bool | None) -> str:
    said = "推荐顺序没有填" if order is None else f"推荐顺序 {order}"
    return said if inside is not None else f"{said}，先后排不出来，由人定"


def _twice(rows: Sequence[Judged], at: At[HonorPolicy]) -> Iterator[Told]:
    """Who stands on several rows: by the number, or by the name where a row has no number. Rows with one key for one honour
    are known to be doubles already."""
    by_number, by_name = grouped(rows, "identity"), grouped(rows, "township", "name")
    for row in rows:
        who: Recommended = row.record
        same = [other.record for other in (by_number[(who.identity,)] if who.identity else ())]
        same += [
            other.record
            for other in by_name[who.township, who.name]
            if not (who.identity and other.record.identity)
        ]
        again = [
            other
            for other in same
            if other.category == who.category and bool(other.identity) != bool(who.identity)
        ]
        beside = [other for other in same if other.category != who.category]
        for code, others in (("listed-twice", again), ("two-honors", beside)):
            if others:
                seen = "、".join(f"{other.row.place()}（{other.category}）" for other in others)
                place = who.row.place("identity" if who.identity else "name")
                yield Told(at.doubts.at(code, place, f"{who.called}：另见 {seen}"), who.row)


def _of_all(company: Company) -> Iterator[Told]:
    """Honours without places or without anybody recommended, and results that were not given."""
    at = company.at
    asked = {judged.record.category for judged in company.judged["recommended"]}
    for name, why in at.ready.troubles.items():
        yield Told(at.doubts.at("not-shared", ALL, f"“{name}”：{why}", at.policy.sharing.clause))
    for name, said in at.ready.by_order.items():
        yield Told(at.doubts.at("by-order", ALL, f"“{name}”：{said}", at.policy.sharing.clause))
    for category in at.policy.categories:
        many = sum(place.part.number for place in at.ready.places.values() if place.category is category)
        if many and category.name not in asked:
            yield Told(at.doubts.at("over-field", ALL, f"“{category.name}”：名额 {many}，没有推荐一个"))
        for name, rule in category.joined.items() if category.name in asked else ():
            if name not in at.rosters:
                said = f"“{category.name}”要看{rule.source}，没有给出它的结果，不能列入"
                yield Told(at.doubts.at("no-result", ALL, said, rule.clause))


def _fields(company: Company, honors: Sequence[Honor]) -> Iterator[Told]:
    """What is odd about the names of a township for an honour, beside its places."""
    standing = {id(one.record.row) for one in honors}
    others = [row for row in company.judged["recommended"] if id(row.record.row) not in standing]
    rows, aside = (grouped(each, "category", "township") for each in (honors, others))
    asked = {category for category, _ in (*rows, *aside)}
    for key, place in company.at.ready.places.items():
        here, waiting = rows.get(key, []), aside.get(key, [])
        yield from _numbers(company, place, here, len(waiting)) if key[0] in asked else ()
        yield from _passed(company.at, place, here, waiting)


def _numbers(company: Company, place: TownshipPlaces, here: Sequence[Honor], waiting: int) -> Iterator[Told]:
    """More places than names, or another number of candidates than there ought to be. Rows set aside may still come."""
    rule, many = company.at.policy.candidates, place.part.number
    can = waiting + sum(one.part != NOT_MET for one in here)
    said = f"{place.base.township}“{place.category.name}”：名额 {many}，推荐 {len(here)}"
    said += f"，另有 {waiting} 行待核实" if waiting else ""
    where = place.base.row, place.category.of
    if can < many:
        yield company.told("over-field", *where, f"{said}，可以列入的至多 {can}，空 {many - can}")
    elif rule and not len(here) <= place.candidates <= len(here) + waiting:
        yield company.told("candidates", *where, f"{said}，应推荐 {place.candidates}", rule.clause)


def _passed(
    at: At[HonorPolicy], place: TownshipPlaces, here: Sequence[Honor], aside: Sequence[Judged]
) -> Iterator[Told]:
    """Who is proposed and would not be, or not for certain, if all came through who still wait."""
    proposed = [one.record for one in here if one.part == FIT]
    waiting = [one.record for one in here if one.part in (LACKING, UNPROVEN)] + [row.record for row in aside]
    orders = [who.order for who in (*proposed, *waiting)]
    for who, certain in zip(proposed, by_order(orders, place.part.number, place.most), strict=False):
        if not certain:
            said = f"{who.called}：“{place.category.name}”另有 {len(waiting)} 行待补、待核或待核实，补齐以后本人可能超额"
            yield Told(at.doubts.at("may-be-passed", who.row.place("order"), said, at.policy.sharing.clause))


def _structures(honors: Sequence[Honor], at: At[HonorPolicy]) -> Iterator[Told]:
    """Honours whose list misses a share, and whether another choice among those who may be honoured would meet it."""
    by_category = grouped((one for one in honors if one.part in _ABLE), "category")
    for category in at.policy.categories:
        able = by_category.get((category.name,), [])
        proposed = [one for one in able if one.part == FIT]
        shares = ListShares.of(category, proposed)
        if shares and shares.lacking:
            said = f"“{category.name}”拟表彰 {len(proposed)}：{shares.lacking}；{_otherwise(able, shares)}"
            yield Told(at.doubts.at("structure", ALL, said, shares.clause))


def _otherwise(able: Sequence[Honor], shares: ListShares) -> str:
    """Whether as many from each township, chosen otherwise, would have the shares."""
    best = choices(
        (
            [(bool(one.record.front), bool(one.record.leader)) for one in rows],
            sum(one.part == FIT for one in rows),
        )
        for rows in grouped(able, "township").values()
    )
    if any(leaders <= shares.most and front >= shares.least for leaders, front in best.items()):
        return "在推荐的人里另选，可以做到"
    return f"在推荐的人里怎样选也做不到（单看一线最多 {max(best.values())}，单看领导最少 {min(best)}）"
