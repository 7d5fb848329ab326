"""A second opinion on operating money, from the words of a document: plain integers of fen, one body after the other.

rules: a document as a dict (standards, pots, funding, spending); rows as dicts by heading, money in fen. What cannot be
concluded is left out of the answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.oracle import sharing

Row = Mapping[str, Any]


def granted(rules: Mapping[str, Any], bodies: Sequence[Row]) -> dict[str, dict[str, int]]:
    """What each body gets, by name and standard. A body whose figures are missing is not in it, and then no pot is shared."""
    answer: dict[str, dict[str, int]] = {}
    for row in bodies:
        sums = [
            _standard(each, row)
            for each in rules["standards"]
            if row["类型"] in (each["types"] or [row["类型"]])
        ]
        blank = [
            pot for pot in rules["pots"]
            if row["类型"] in (pot["types"] or [row["类型"]]) and row.get(pot["of"]) is None
        ]  # fmt: skip
        figures = [
            row.get(each["of"])
            for each in (*rules["standards"], *rules["pots"])
            if row["类型"] in (each["types"] or [row["类型"]]) and each.get("how") != "amount"
        ]
        fixed = [sum for sum in sums if sum]
        if row["类型"] in rules["unfilled"] and figures and not fixed and figures == [None] * len(figures):
            answer[row["村"]] = {}
        elif row["类型"] in rules["types"] and None not in sums and not blank:
            answer[row["村"]] = {name: fen for each in sums if each for name, fen in each.items()}
    if len(answer) == len(bodies):
        for pot in rules["pots"]:
            sharers = [
                row for row in bodies
                if row["类型"] in (pot["types"] or [row["类型"]]) and row.get(pot["of"]) is not None
            ]  # fmt: skip
            weights = [row[pot["of"]] for row in sharers]
            if sum(weights):
                parts = _shared(pot["yuan"], weights, pot["method"])
                for row, part in zip(sharers, parts, strict=True):
                    answer[row["村"]][pot["name"]] = part * 100
    return answer


def _shared(whole: int, weights: list[int], method: str) -> list[int]:
    if method == "largest_remainder":
        return sharing.largest_remainder(whole, weights, "larger_weight")[0]
    return sharing.floor_first(whole, weights)


def _standard(each: Row, row: Row) -> dict[str, int] | None:
    """The sum in fen under its name; {} where it does not apply, None where a figure is missing."""
    if each["when"]:
        column, words = each["when"]
        if words and row.get(column) is None:
            return None
        applies = row.get(column) in words if words else row.get(column) is True
        if not applies:
            return {}
    if each["how"] == "amount":
        return _capped(each, each["yuan"] * 100)
    value = row.get(each["of"])
    if value is None:
        return None
    if each["how"] == "percent":
        return _capped(each, (2 * value * each["percent"] + 100) // 200)
    if each["how"] == "each":
        full, rest = divmod(value, each["per"])
        if each["parts"] == "exact":
            return _capped(each, (2 * value * each["yuan"] * 100 + each["per"]) // (2 * each["per"]))
        return _capped(each, (full + (each["parts"] == "begun" and rest > 0)) * each["yuan"] * 100)
    fen: int | None = 0
    for least, yuan in each["bands"]:
        if value >= least:
            fen = None if yuan is None else yuan * 100
    return None if fen is None else _capped(each, fen)


def _capped(each: Row, fen: int) -> dict[str, int]:
    return {each["name"]: min(fen, each["at_most"] * 100) if each["at_most"] is not None else fen}


def borne(rules: Mapping[str, Any], sums: Mapping[str, int]) -> dict[str, int]:
    """Who bears it, standard by standard, by the largest remainder."""
    own = {each["name"]: each["shares"] for each in rules["standards"] if each["shares"]}
    total: dict[str, int] = {}
    for name, fen in sums.items():
        shares = own.get(name, rules["shares"])
        parts = sharing.largest_remainder(fen, [percent for _, percent in shares], "order")[0]
        for (who, _), part in zip(shares, parts, strict=True):
            total[who] = total.get(who, 0) + part
    return {who: fen for who, fen in total.items() if fen}


def beyond(limit: int, vouchers: Sequence[tuple[str, str, int]]) -> set[str]:
    """The numbers of vouchers that go beyond what there is. vouchers: day, number and fen, below nought where one takes
    another back. Of one day the lower number comes first, as one counts: 9 before 10."""
    over = set()
    for day, number, fen in vouchers:
        upto = sum(
            each for on, other, each in vouchers if on < day or (on == day and not _after(other, number))
        )
        if fen > 0 and upto > limit:
            over.add(number)
    return over


def _after(one: str, other: str) -> bool:
    """Whether a number such as 12 or 12r comes after another: by its digits first, then by what follows them."""
    digits = [int("".join(filter(str.isdigit, each))) for each in (one, other)]
    return digits[0] > digits[1] or (digits[0] == digits[1] and one > other)
