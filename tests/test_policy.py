"""A policy is read strictly: what is wrong with it is said at once, with the edition, the key and a did-you-mean."""

from fractions import Fraction

import pytest

from sanchuang_cli import policy
from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import Exact, Policy, Rule
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme
from sanchuang_cli.programmes.rate.policy import RatePolicy

DEFAULT = policy.source("rate", None)[1].decode()


def complaint(text: str) -> str:
    with pytest.raises(UserError) as told:
        policy.load(RatePolicy, "县.toml", text.encode())
    return str(told.value)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("\npasses = 80", "\npases = 80", "goods.第1项.pases：不认识的键（是不是“passes”？）"),
        (
            'beyond = "warn"',
            'beyond = "wran"',
            "quotas.第1项.beyond：值“wran”不认识（是不是“warn”？），只能是 warn、cap",
        ),
        ("share = 0.10", "share = 10", "quotas.第1项.share：10 越界，应不大于 1"),
        ("step = 1", 'step = "一"', "ladder.step：应是整数"),
        ("at_least = 0 },\n]", "at_least = 1 },\n]", "最后一档的 at_least 应为 0"),
        ('method = "given", points = 30', 'method = "givne", points = 30', "givne"),
        ("points = 20 }", "points = 21 }", "指标合计 102 分，应为满分 100 分"),
        ('types = ["村"]', 'types = ["农庄"]', "组织类型“农庄”没有在 types 里列出"),
        ("effective = 2010-01-01", "effective = 2010-13-01", "不合 TOML 格式"),
        ('good = "领导班子"', 'good = "班子"', "不是本政策的一项"),
        ("[[edition]]", "[[editions]]", "没有 [[edition]]"),
        ('model = "per-good"', 'model = "total-bands"', "要写 bands"),
        (
            "\nyears = 1\n",
            "\nyears = 99999999999999999999\n",
            "years：99999999999999999999 越界，应不大于 999",
        ),
        ("\nyears = 1\n", f"\nyears = {'9' * 5000}\n", "长得离谱"),
        ("\nyears = 1\n", f"\nyears = {'[' * 5000}\n", "太多层"),
        ("weight = 1", "weight = inf", "weight：应是数字"),
        ("weight = 1", "weight = nan", "weight：应是数字"),
        ("weight = 1", "weight = 1e999999999", "weight：应是数字"),
        ("weight = 1", 'weight = "1e999999999"', "weight：应是数字"),
        ("weight = 1", "weight = 1e-999999999", "weight：应是数字"),
        ("weight = 1", "weight = 2000000000000", "weight：应是数字"),
    ],
)
def test_a_typo_is_told_with_its_place_and_nothing_is_computed(before: str, after: str, said: str) -> None:
    assert before in DEFAULT
    message = complaint(DEFAULT.replace(before, after))
    assert said in message
    assert "县.toml" in message


def test_all_that_is_wrong_is_said_at_once() -> None:
    message = complaint(DEFAULT.replace("\npasses = 80", "\npases = 80").replace('"warn"', '"wran"'))
    assert message.count("pases") == 5
    assert message.count("wran") == 3


def test_numbers_are_kept_exactly_as_written() -> None:
    class Blocks(Policy):
        share: Exact
        third: Exact

    text = '[[edition]]\ntitle="甲"\ndocument="乙"\neffective=2012-01-01\nshare=0.1\nthird="1/3"\n'
    edition = policy.load(Blocks, "县.toml", text.encode()).editions[0]
    assert edition.share * 10 == 1
    assert edition.third * 3 == 1


class _Dated(Policy):
    amount: int


def _editions(*days: str) -> bytes:
    return "".join(
        f'[[edition]]\ntitle="甲"\ndocument="乙"\neffective={day}\namount={n}\n'
        for n, day in enumerate(days, 1)
    ).encode()


@pytest.mark.parametrize(
    "written", ["0.0000001", "1e-7", "+0.0000001", '"0.0000001"', '"1/10000000"', '" 1/10000000 "']
)
def test_a_number_may_be_written_in_several_ways(written: str) -> None:
    class Blocks(Policy):
        share: Exact

    text = f'[[edition]]\ntitle="甲"\ndocument="乙"\neffective=2012-01-01\nshare={written}\n'
    assert policy.load(Blocks, "县.toml", text.encode()).editions[0].share == Fraction(1, 10**7)


def test_the_edition_in_force_is_the_last_that_has_taken_effect() -> None:
    from datetime import date

    file = policy.load(_Dated, "县.toml", _editions("2012-01-01", "2012-10-01"))
    assert [file.on(day).amount for day in (date(2012, 1, 1), date(2012, 9, 30), date(2012, 10, 1))] == [
        1,
        1,
        2,
    ]
    with pytest.raises(UserError, match="没有该期标准"):
        file.on(date(2011, 12, 31))


def test_editions_out_of_order_are_refused() -> None:
    with pytest.raises(UserError, match="先后排列"):
        policy.load(_Dated, "县.toml", _editions("2012-10-01", "2012-01-01"))


def test_what_was_read_is_not_read_again_and_a_default_is_found_without_its_packs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(policy, "packs", lambda programme: pytest.fail(f"the packs of {programme} are read"))
    again = [policy.load(RatePolicy, *policy.source("rate", None)) for _ in range(2)]
    assert again[0] is again[1] and again[0].name == "rate"
    assert policy.load(RatePolicy, "县.toml", DEFAULT.encode()).name == "县.toml"


def test_an_unknown_policy_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(UserError, match="是不是“m3-quota”？") as told:
        policy.source("rate", "m3-quotas")
    assert "m1-badong-2010" in str(told.value)


@pytest.mark.parametrize(
    ("programme", "name"), [(p.name, name) for p in PROGRAMMES for name in policy.packs(p.name)]
)
def test_every_policy_that_is_shipped_loads_and_cites_a_source(programme: str, name: str) -> None:
    listed = next(p for p in PROGRAMMES if p.name == programme)
    file = policy.load(listed.load().policy, *policy.source(programme, name))
    assert all(edition.sources for edition in file.editions)


def test_no_block_of_a_policy_takes_an_unknown_key() -> None:
    def rules(base: type[Rule]) -> set[type[Rule]]:
        return {base, *(found for child in base.__subclasses__() for found in rules(child))}

    for listed in PROGRAMMES:
        listed.load()
    assert {rule.model_config.get("extra") for rule in rules(Rule)} == {"forbid"}


SHIPPED = [(one, pack) for one in PROGRAMMES for pack in policy.packs(one.name)]


@pytest.mark.parametrize(("one", "pack"), SHIPPED, ids=lambda each: getattr(each, "name", each))
def test_every_policy_that_is_shipped_says_that_it_is_an_example_and_means_the_same_without_saying_so(
    one: ListedProgramme, pack: str
) -> None:
    model, (_, content) = one.load().policy, policy.source(one.name, pack)
    shipped = policy.load(model, pack, content)
    assert all(edition.example for edition in shipped.editions)
    kept = [line for line in content.decode().splitlines() if not line.startswith("example =")]
    own = policy.load(model, pack, "\n".join(kept).encode())
    assert not any(edition.example for edition in own.editions)
    assert own.marks == shipped.marks
