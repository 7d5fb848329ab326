"""What tells rows apart is what they say, not how it is typed."""

from sanchuang_cli.record import keyed

KEYS = (("number",), ("township", "name"))


def test_width_blanks_and_unseen_characters_tell_no_rows_apart() -> None:
    typed = ("甲村（筹）", "甲村(筹)", " 甲 村（筹)", "甲村（筹）\u200b", "甲村　（筹）")
    keys = {keyed({"township": "河西镇", "name": name}.get, KEYS) for name in typed}
    assert keys == {(1, "河西镇", "甲村(筹)")}


def test_what_is_blank_in_any_way_of_typing_is_no_key() -> None:
    assert keyed({"number": " ", "township": "\u3000", "name": ""}.get, KEYS) is None
    assert keyed({"number": " ", "name": "甲"}.get, KEYS) == (1, None, "甲")
    assert keyed({"number": 0, "name": "甲"}.get, KEYS) == (1, None, "甲")


def test_what_is_no_text_is_compared_as_it_is() -> None:
    assert keyed({"number": 7}.get, KEYS) == (0, 7)
