"""What comes of a member in need and of a helper, and everything that may be odd about them."""

from sanchuang_cli.domain.pairs.policy import PairingPolicy
from sanchuang_cli.domain.pairs.records import Helper, MemberInNeed, Relatives, relatives
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import At, Odd, Reason, Verdict

PAIRED, UNPAIRED = OF_MEMBERS = ("已结对", "未结对")
BUSY, IDLE = OF_HELPERS = ("有任务", "无任务")
KEPT, CHANGED, NEW, LOST = CHANGES = ("续结", "换人", "新结对", "未续上")
_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

DOUBTS = Doubts(
    {
        "degree-unknown": Doubt(_E, "", "请改成政策所列的写法，或在政策的 hardship 里加上。", "困难程度不在政策所列之内"),
        "under-age": Doubt(_E, "", "请核对身份证号；写错的请改正。", "帮扶人或困难党员没有成年"),
        "kin-unread": Doubt(_E, "亲属要认得准", "请写完整的身份证号，几个的用顿号隔开；不知道号码的只写姓名。", "亲属身份证号读不懂"),
        "two-names": Doubt(_E, "一个身份证号只是一个人", "请核实改正后重新运行；改正以前都不结对。", "同一个身份证号有两个姓名"),
        "last-differs": Doubt(_W, "上年结对以名册为准", "请核对“上年帮扶人身份证号”；以上年结果为准的，请把这一格留空。"),
        "since-alone": Doubt(_W, "", "请填当时结对的“上年帮扶人身份证号”；确是这次新结的，请把结对日期留空。"),
        "name-alike": Doubt(_W, "", "确是亲属的，请补填身份证号；不是的，请删改亲属栏的姓名，再重新运行。"),
        "related": Doubt(_N, "", "已经避开，不必处理；号码填错的请改正。"),
        "not-kept": Doubt(_W, "", "请向双方说明；应当续结的，请按说的原因改正名册后重新运行。"),
        "too-few-places": Doubt(_W, "", "请增加帮扶人，或增加“名额”，再重新运行；页“未结对名单”写明怎样能结上。"),
        "supposed": Doubt(_W, "假定帮扶人离任的测算，不作正式结果", "只看“变动表”；正式结果请去掉 --without 另行运行。"),
    }
)  # fmt: skip


class Paired(Verdict[MemberInNeed], frozen=True, kw_only=True, eq=False):
    """What came of a member in need. weight: of the hardship. helper: None for whoever has none. why: what speaks for the pair.
    change: one of CHANGES, "" for whoever neither had nor has a helper; before: the helper of last year; moved: why that pair
    was not kept. since: the day of the pair. helps: what would help whoever has none."""

    weight: int
    helper: Helper | None = None
    why: str = ""
    change: str = ""
    before: str = ""
    moved: str = ""
    since: str = ""
    helps: str = ""


class Task(Verdict[Helper], frozen=True, kw_only=True, eq=False):
    """What came of a helper. places: how many people he may help."""

    places: int = 0
    people: tuple[MemberInNeed, ...] = ()

    @property
    def load(self) -> int:
        return len(self.people)


def judge_member(who: MemberInNeed, at: At[PairingPolicy], odd: Odd) -> Paired | None:
    """By the row alone: how great the hardship is."""
    rule = at.policy.hardship
    degree = rule.of(who.hardship)
    if degree is None:
        said = f"{who.name}：困难程度“{who.hardship}”不在政策所列之内"
        odd.add("degree-unknown", "hardship", said, rule.clause)
    kin_of(who, odd)
    _of_age(who, at, odd)
    if degree is None or odd.grave:
        return None
    reason = Reason("困难程度", f"{degree.name}，权数 {degree.weight}", rule.clause, None, ("hardship",))
    return Paired(record=who, part=UNPAIRED, weight=degree.weight, reasons=(reason,))


def judge_helper(who: Helper, at: At[PairingPolicy], odd: Odd) -> Task | None:
    """By the row alone: nothing yet but that it can be read, and that he is an adult."""
    kin_of(who, odd)
    _of_age(who, at, odd)
    return None if odd.grave else Task(record=who, part=IDLE)


def _of_age(who: MemberInNeed | Helper, at: At[PairingPolicy], odd: Odd) -> None:
    if young := who.minor(at.occasion.on):
        odd.add("under-age", "identity", f"{who.name}：{young}")


def kin_of(who: MemberInNeed | Helper, odd: Odd | None = None) -> Relatives:
    """The relatives of somebody; a number that is damaged is an error."""
    kin = relatives(who.kin)
    if odd and kin.unclear:
        odd.add("kin-unread", "kin", f"{who.name}：亲属身份证号里有读不懂的号码，不知道要避开谁")
    return kin
