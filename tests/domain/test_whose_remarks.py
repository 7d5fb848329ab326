"""Of whom a remark speaks, what takes it back, and what is only believed: drawn so that the truth is known from how a remark is
put together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.domain.heeding import ALWAYS, POST, heeded, known
from sanchuang_cli.domain.remarks import Matter, heard
from tests.spoken import KIN

NAME = "王守田"
DECIDES = ALWAYS | POST | {Matter.REMOVED, Matter.OUT_OF_PARTY, Matter.WITHDRAWN, Matter.ON_PAYROLL}


def counted(text: str, heading: str = "备注") -> set[Matter]:
    """What sets the row aside where the roster heeds all of it."""
    return {one.matter for one in heeded(heard(text, NAME, heading), DECIDES) if not one.doubt}


def _of(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


SAID = {
    "去世": Matter.DEAD,
    "病故": Matter.DEAD,
    "死亡": Matter.DEAD,
    "迁出": Matter.MOVED,
    "户口迁往外县": Matter.MOVED,
    "被判刑": Matter.CUSTODY,
    "在押": Matter.CUSTODY,
    "停发": Matter.STOPPED,
    "暂停发放": Matter.STOPPED,
}
WORDS = st.sampled_from(sorted(SAID))
WHEN = _of("", "已", "2026年5月", "2026.5", "已于2026年5月3日")
MARK = _of("，", "；", "。", "（", "\n")
OWN = _of("", "", "本人", "老人", "王守田")


# ---------------------------------------------------------------- what takes back

NAMED = _of(
    "账号",
    "身份证号",
    "姓名",
    "出生日期",
    "新址",
    "联系电话",
    "死亡日期",
    "儿子户口",
    "其他",
    "其子",
    "低保",
    "职务",
)
UNDOES = _of(
    "有误",
    "已更正",
    "更正",
    "不实",
    "恢复",
    "已恢复",
    "恢复上学",
    "已迁回",
    "复职",
    "接任",
    "又任书记",
    "健在",
    "仍健在",
)


@settings(max_examples=600)
@given(OWN, WHEN, WORDS, MARK, NAMED, UNDOES)
def test_a_word_that_takes_back_something_else_takes_back_nothing(
    own: str, when: str, word: str, mark: str, named: str, undoes: str
) -> None:
    text = f"{own}{when}{word}{mark}{named}{undoes}"
    assert SAID[word] in counted(text), text


@settings(max_examples=200)
@given(WHEN, WORDS, _of("日期", "时间", "地点", "原因"), _of("有误", "已更正", "不实"))
def test_what_is_wrong_of_a_matter_is_not_the_matter(when: str, word: str, of: str, undoes: str) -> None:
    assert SAID[word] in counted(f"{when}{word}{of}{undoes}")


PLACES = _of("哈尔滨", "外县", "肇东市", "地为大庆", "儿子家")


@settings(max_examples=200)
@given(
    _of("", "户口", "2026年8月", "已由本县"), _of("迁出", "迁往外地"), _of("，", "、", "，后", "；"), PLACES
)
def test_a_household_that_moves_in_elsewhere_has_moved(lead: str, word: str, mark: str, place: str) -> None:
    assert counted(f"{lead}{word}{mark}迁入{place}") == {Matter.MOVED}


BACK = {
    "去世": ("系误报", "不属实", "，实际健在", "，核实健在", "，经核实人健在", "，已更正"),
    "迁出": ("后迁回", "，2018年迁回", "，后迁入本村", "，又迁回我村", "，有误"),
    "停发": (
        "后恢复",
        "，现已恢复",
        "，2026年1月恢复发放",
        "，7月续发",
        "3个月，已恢复",
        "（已恢复）",
        "补贴，后恢复",
    ),
    "被判刑": ("系误传", "，后平反", "，后无罪释放", "，不实"),
}


@settings(max_examples=200)
@given(WHEN, st.sampled_from([(word, back) for word, more in BACK.items() for back in more]))
def test_a_word_right_behind_a_matter_takes_it_back(when: str, said: tuple[str, str]) -> None:
    text = f"{when}{said[0]}{said[1]}"
    assert not counted(text), text
    assert SAID[said[0]] in counted(f"{text}。本人{said[0]}"), text


@given(WORDS, _of("去世", "迁出", "停发", "在押"), _of("，", "；"), _of("系误报", "不属实", "，有误"))
def test_only_the_matter_of_the_clause_before_is_taken_back(
    first: str, second: str, mark: str, back: str
) -> None:
    assert counted(f"{first}{mark}{second}{back}") == {SAID[first]}


# ---------------------------------------------------------------- whose matter it is

TELLING_OF_KIN = _of(
    "残疾", "有病", "上学", "欠债", "瘫痪在床", "2019年去世", "去世", "均在外地", "是党员", "去世后", "高血压"
)
"""What is said of a relative before the comma."""
OF_PERSON = sorted(set(SAID))


@settings(max_examples=600)
@given(
    _of(*KIN, "大儿子", "其妻", "其子女"),
    TELLING_OF_KIN,
    _of("，", "；", "。"),
    OWN,
    WHEN,
    st.sampled_from(OF_PERSON),
)
def test_a_clause_that_names_nobody_is_of_the_person_whatever_was_said_of_a_relative_before(
    kin: str, said: str, mark: str, own: str, when: str, word: str
) -> None:
    text = f"{kin}{said}{mark}{own}{when}{word}"
    assert SAID[word] in counted(text), text


@settings(max_examples=400)
@given(
    _of(*KIN, "其妻", "大儿子", "妻子、儿子", "子女"),
    _of("", "李桂兰", "（李桂兰）", "（35岁，残疾）"),
    _of("", "，", "：", "均"),
    WHEN,
    _of("去世", "病故", "迁出", "被判刑", "在押"),
)
def test_a_matter_is_a_relatives_where_he_stands_in_its_clause_or_alone_before_it(
    kin: str, named: str, mark: str, when: str, word: str
) -> None:
    if kin == "子女" and (named or mark in ("，", "：")):
        return  # who may act for him is spoken of only right before a word
    text = f"{kin}{named}{mark}{when}{word}"
    assert heard(text, NAME), text
    assert not counted(text), text


@settings(max_examples=300)
@given(
    _of("儿子", "其子", "女儿", "其女", "子女", "其子女", "大女儿"),
    _of("", "2026年5月", "于2026.5"),
    _of("来报", "来电说", "反映", "报告", "告知"),
    _of("", "，", "："),
    _of("", "老人", "父亲", "其父", "其母", "本人"),
    WHEN,
    _of("去世", "病故", "死亡"),
)
def test_what_a_child_tells_of_a_parent_is_told_of_the_person(
    child: str, day: str, tells: str, mark: str, whom: str, when: str, word: str
) -> None:
    text = f"{child}{day}{tells}{mark}{whom}{when}{word}"
    assert counted(text) == {Matter.DEAD}, text


@given(
    _of("因其子服刑被", "因子女有工作", "妻子残疾", "儿子", "女儿已工作，", "因老伴去世"),
    WHEN,
    _of("停发", "暂停发放"),
)
def test_a_stop_is_always_of_the_money_of_the_row(lead: str, when: str, word: str) -> None:
    assert Matter.STOPPED in counted(f"{lead}{when}{word}")


def test_under_a_heading_of_somebody_else_every_clause_of_a_sentence_is_his() -> None:
    assert counted("2019年患病，2020年去世", "配偶情况说明") == set()
    assert counted("2019年患病，2020年去世") == {Matter.DEAD}


# ---------------------------------------------------------------- what is only believed, or meant for later


@settings(max_examples=300)
@given(
    _of("据说", "听说", "可能", "好像", "不知", "是否", "也许", "传闻"),
    WHEN,
    _of("去世", "病故", "迁出", "被判刑", "停发", "重复", "撤职"),
    _of("", "，待核", "。"),
)
def test_hearsay_and_questions_set_the_row_aside_as_what_is_certain_does(
    open_: str, when: str, word: str, behind: str
) -> None:
    for text in (f"{open_}{when}{word}{behind}", f"{when}{word}？"):
        assert counted(text), text
    assert not counted(f"老伴{open_}{when}{word.replace('重复', '去世').replace('停发', '迁出')}")


@given(_of("如果", "如", "拟", "准备", "即将", "预计"), WORDS, _of("", "请上报", "，请通知村"))
def test_what_is_planned_or_supposed_is_told_and_no_more(open_: str, word: str, behind: str) -> None:
    text = f"{open_}{word}{behind}"
    assert heard(text), text
    assert not counted(text), text


# ---------------------------------------------------------------- as clerks wrote them


@pytest.mark.parametrize(
    "text",
    [
        *("去世，账号有误", "判刑，出生日期更正", "死亡后由儿子接任", "已去世，其子接替", "停发，儿子恢复上学", "2026.8停发，其他恢复"),
        *("已去世，老伴健在", "已去世，遗属仍健在", "开除党籍，现已恢复工作", "服刑，其子留任", "户口迁出，迁回原籍", "2026.8停发，6月已补发"),
        *("妻子残疾，2026.7停发", "女儿赡养，已去世", "儿子照顾期间去世", "其妻去世后迁往哈尔滨", "妻子残疾（二级），已去世", "妻亡，2026.4亡"),
        *("判刑，家属平反", "因子女去世停发", "孤身一人去世", "老大队书记去世", "历任村主任2026.5病故"),
        *("停发未恢复", "停发，不再恢复", "停发，申请恢复", "迁出未迁回", "判刑未平反", "去世，不是误报", "由儿子代领，未见本人健在"),
        *("本人及妻子均已去世", "本人、老伴均已去世", "与妻子、儿子一同迁出", "停发后恢复，2026.7再次停发", "已去世，原登记健在有误"),
        *("夫妻双亡", "夫妻均亡", "夫妻二人均已去世", "老两口都去世了", "其子女已报死亡", "其已去世", "其子电话：已去世", "监护人：儿子，已去世"),
        *("张三(妻子已故)已于6月去世", "儿子未判刑。在押", "儿子服刑，本人在押", "儿子服刑。在押", "妻子去世，2026年8月火化"),
        *("妻子（已故），2026.8去世", "妻子：已故，2026.8去世", "犯错误被判刑", "因过错被开除党籍", "因失误被免职", "1995年被撤职，后任会计"),
        *("曾停发，2026.8停发", "误报停发，已去世", "处分已解除", "去世？", "是否去世待核", "不知是否去世"),
    ],
)  # fmt: skip
def test_such_remarks_set_the_row_aside(text: str) -> None:
    named = {Matter.DISCIPLINED} if "处分" in text else set()
    assert {one.matter for one in heeded(heard(text, NAME), DECIDES | named) if not one.doubt}, text


@pytest.mark.parametrize(
    "text",
    [
        *("误报去世", "错报死亡，人健在", "系统误显示死亡", "民政系统显示死亡，实际健在", "公安系统显示死亡，经入户核实本人健在", "被误登记为死亡", "停发，经批准恢复发放", "公安比对为死亡，核实健在", "误停发，已补"),
        *("历任书记均已去世", "入党介绍人李四已去世", "证明人王五已故", "同村同名人去世", "接替去世的张三"),
        *("参加过抗美援朝，战友多牺牲", "与其搭班的主任已去世", "原书记服刑，本人接任", "三个儿子，一个已死亡，一个服刑", "儿子被判刑，现服刑"),
        *("老伴去世，已安葬", "儿子夫妇均已去世", "儿子儿媳双亡", "老大服刑，老二去世", "未发现死亡", "妻子工资停发", "妻子李桂兰，2019年去世", "子女户口迁出，本人在村", "发至去世止", "表哥去世"),
        *("曾被刑拘，后无罪释放", "1958年错划右派开除党籍，1980年恢复", "曾停发，已补发", "补发停发期间", "侄子代领一次，现本人领"),
        *("以前儿子代领，现已改本人", "无人代领", "不属于财政供养人员", "未享受财政供养", "儿子代领，行动不便，本人健在"),
        *("老年补贴停发", "其他补贴停发", "残补停发，本项续发", "工程终止", "土地承包终止", "停止务工", "自愿放弃村医补贴"),
        *("民办教师被辞退", "辞职未批", "未到退休年龄"),
    ],
)  # fmt: skip
def test_such_remarks_do_not(text: str) -> None:
    assert not counted(text), text


@pytest.mark.parametrize(
    ("fields", "is_known"),
    [({"离任职务": "书记"}, True), ({"离任职务": "书记", "困难台账": True}, False), ({}, False)],
)
def test_poverty_that_is_over_ends_no_allowance_for_years_in_a_post(
    fields: dict[str, object], is_known: bool
) -> None:
    (said,) = heard("已脱贫")
    assert (known(said, lambda heading: fields.get(heading)) == "") is is_known


@pytest.mark.parametrize(
    "again", ["因", "已于在", "妻子", "停发2026年5月，", "儿子说", "去世的", "不属于", "去世，已现后"]
)
def test_words_repeated_without_end_take_no_time(again: str) -> None:
    assert counted(f"{again * 3000}。2026年5月病故") >= {Matter.DEAD}
