"""Makes up the example rows of a blank roster: all cells filled, as they should be, and never about a real
person.

It may look at the declaration of a field. Nobody is ever paid because of an example, even if its mark is
lost: its identity number and its account have wrong check digits.
"""

from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field

MARKS = ("例1", "例2")
"""They stand in the first cell of the example rows. The reader leaves such rows out."""
NAMED = "（例）"
"""It stands behind the name of an example, so that the reader leaves the row out even if its first column is
gone."""
_FILLED: dict[Kind, tuple[str, str]] = {
    Kind.TEXT: ("按实际填写", "按实际填写"),
    Kind.NAME: (f"张某某{NAMED}", f"李某某{NAMED}"),
    Kind.CHOICE: ("按实际填写", "按实际填写"),
    Kind.COUNT: ("12", "30"),
    Kind.STARS: ("3", "0"),
    Kind.SCORE: ("88.5", "90"),
    Kind.PERCENT: ("93.5%", "100%"),
    Kind.MONEY: ("1200.00", "350.50"),
    Kind.DATE: ("2012-06-02", "2012-06"),
    Kind.IDENTITY: ("230299195503010000", "230299196206050000"),
    Kind.ACCOUNT: ("9999990000000000000", "9999990000000000001"),
    Kind.PHONE: ("13900000000", "13900000001"),
    Kind.FLAG: ("否", "是"),
    Kind.SPELLS: ("1984-05—1995-04 书记", "1990-01—1998-12 会计；1999-01—2008-06 书记"),
}


def example(field: Field, row: int) -> str:
    """Return what stands in a column of the first example row (0) or of the second (1)."""
    if field.example:
        return field.example
    if field.choices and field.kind is not Kind.FLAG:
        words = list(field.choices)
        return words[0 if field.kind is Kind.TEXT else row % len(words)]
    filled, most = _FILLED[field.kind][row], field.maximum
    if most is None or float(filled) <= most:
        return filled
    return f"{float(most) * (0.9 if field.kind is Kind.SCORE and row == 0 else 1):g}"


def choices(field: Field) -> list[str]:
    """Return the words that a column may say, those of the policy first."""
    if field.kind is Kind.FLAG:
        return ["是", "否"]
    return list(field.choices)
