"""What the letter asks for: the money of each payer, and everybody once."""

from sanchuang_cli.papers import WrittenFor
from tests.programmes.insured import insured, outcome, village


def test_whoever_has_the_money_of_three_payers_is_one_who_has_several_items() -> None:
    people = [insured(number) for number in (1, 2, 3)]
    letter = outcome(*people, villages=[village()]).papers(WrittenFor()).request
    assert letter
    words = "".join(text for _, text in letter.paragraphs)
    assert words.count(" 3 人 ") == 3 + 1
    assert "领取几项的有 3 人，在总人数中只计一次。" in words
