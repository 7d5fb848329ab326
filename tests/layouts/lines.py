"""Lines of the body that are no records, and records that are written in shortened ways."""

from itertools import groupby
from random import Random

from tests.layouts.draft import Draft, Line
from tests.layouts.grid import Cell, Formula
from tests.layouts.shapes import PEOPLE

DITTOS = ("同上", "〃", '"')
MERGED = ("township merged", "township and village merged", *DITTOS)
GROUPS = ("township", "township merged across", "numbered", "village with count", "in the middle", "words")
BLANKS = ("one", "several", "below the head", "before the last", "with spaces")
PREFILLED = ("numbers", "numbers and empty", "numbers and zeros", "numbers and words", "numbers and errors", "numbers and ages",
             "errors without numbers", "empty without numbers", "spaces")  # fmt: skip
HIDDEN = ("one record", "several records", "blank row")


def township_cells(draft: Draft, variant: str, dice: Random) -> str | None:
    """The township written once for its rows: merged down, or with ditto marks."""
    town = draft.column("township")
    if town is None:
        return None
    if "merged" in variant:
        village = draft.column("village")
        draft.columns[town].down = True
        if "village" in variant and village is not None:
            draft.columns[village].down = True
        return variant
    names = ["township", "village"] if dice.random() < 0.5 else ["township"]
    for name in names:
        at = draft.column(name)
        if at is None:
            continue
        column = draft.columns[at]
        again = [n for n in range(1, len(column.cells)) if column.truth[n] == column.truth[n - 1]]
        for n in again:
            column.cells[n] = variant
        column.loose |= set(again)
    return variant


def group_rows(draft: Draft, variant: str, dice: Random) -> str | None:
    """A line that names the township or village of those below it."""
    if variant == "words":
        for text in dice.sample(
            ("以下为新增人员：", "（二）困难党员", "二、续发人员", "（续上页）"), dice.choice((1, 2))
        ):
            draft.body.insert(dice.randrange(len(draft.body)), Line({0: text}))
        return variant
    at = draft.column("village" if variant.startswith("village") else "township")
    if at is None or not draft.records:
        return None
    cells, body = draft.columns[at].truth, list[int | Line]()
    for n, (place, part) in enumerate(groupby(draft.records, key=lambda record: cells[record])):
        records = list(part)
        text = {
            "numbered": f"{'一二三四五六七八九十'[n % 10]}、{place}",
            "village with count": f"{place}（{len(records)}人）"
            if draft.shape is PEOPLE
            else f"{place}（{len(records)}个）",
        }.get(variant, str(place))
        merges = ((0, draft.width - 1),) if "merged" in variant else ()
        body += [Line({draft.width // 2 if variant == "in the middle" else 0: text}, merges), *records]
    draft.body = body
    return variant


def repeated_head(draft: Draft, variant: str, dice: Random) -> str | None:
    """The head again where a new page begins, perhaps with the page's number before and the title."""
    if len(draft.body) < 4:
        return None
    page = dice.choice(("第1页", "第1页，共2页", "第 1 页 共 2 页", "-1-"))
    before = {
        "once": [],
        "with page number": [Line({draft.width // 2: page})],
        "with title": [Line({0: draft.title})],
    }
    at = dice.randrange(2, len(draft.body) - 1)
    draft.body[at:at] = [*before[variant], Line(repeats_head=True)]
    return variant


def blank_rows(draft: Draft, variant: str, dice: Random) -> str | None:
    """Rows with nothing in them, in the middle of the records."""
    if len(draft.body) < 3:
        return None
    if variant == "below the head":
        draft.body.insert(0, Line())
    elif variant == "before the last":
        draft.body.insert(len(draft.body) - 1, Line())
    elif variant == "with spaces":
        draft.body.insert(
            dice.randrange(1, len(draft.body)), Line(dict.fromkeys(range(0, draft.width, 2), " "))
        )
    else:
        for _ in range(1 if variant == "one" else dice.choice((2, 3))):
            draft.body.insert(dice.randrange(1, len(draft.body)), Line())
    return variant


def prefilled(draft: Draft, variant: str, dice: Random) -> str | None:
    """Lines that wait for people: a running number, and formulas that come to nothing or to nonsense."""
    formulas = {
        "empty": Formula('=IF({key}{row}="","",MID({key}{row},7,4))', ""),
        "zeros": Formula("=LEN({key}{row})*0", 0),
        "words": Formula('=IF(MOD(MID({key}{row},17,1),2)=1,"男","女")', "女"),
        "errors": Formula("=2026-VALUE(MID({key}{row},7,4))", "#VALUE!"),
        "ages": Formula("=YEAR(TODAY())-MID({key}{row},7,4)", 126),
    }
    content = next((formula for word, formula in formulas.items() if word in variant), None)
    if variant == "spaces":
        draft.body += [Line({draft.serial or 0: len(draft.records) + n, draft.key: " "}) for n in range(1, 6)]
        return variant
    free = [n for n, column in enumerate(draft.columns) if n and _may_be_worked_out(draft, n, variant)]
    if content is not None and not free:
        return None
    numbered = "without" not in variant
    serial = draft.serial
    if numbered and serial is None:
        return None
    at = dice.sample(free, min(len(free), dice.choice((1, 1, 2)))) if content is not None else []
    last, lines = len(draft.records), list[Line]()
    for n in range(dice.choice((2, 5, 12, 27))):
        cells: dict[int, Cell] = {serial: last + n + 1} if numbered and serial is not None else {}
        lines.append(Line(cells | dict.fromkeys(at, content)))
    draft.body += lines
    return variant


def _may_be_worked_out(draft: Draft, n: int, variant: str) -> bool:
    """Columns that clerks fill with formulas: sex, birth, age, and columns beside the roster's own."""
    column = draft.columns[n]
    if "words" in variant:
        return column.field == "sex"
    if "ages" in variant or "zeros" in variant:
        return not column.field and column.adds
    return column.field in ("sex", "born") or (not column.field and column.adds)


def hidden_rows(draft: Draft, variant: str, dice: Random) -> str | None:
    """Rows that somebody has hidden. A record in one is a record."""
    if variant == "blank row":
        draft.body.append(Line(hidden=True))
        return variant
    records = draft.records
    if len(records) < 3:
        return None
    draft.hidden |= set(dice.sample(records, 1 if variant == "one record" else 2))
    return variant


def empty_template(draft: Draft, variant: str, dice: Random) -> str:
    """A roster that nobody has filled in yet: its head, and lines with nothing or a running number."""
    for column in draft.columns:
        column.cells, column.truth, column.loose = [], [], set()
    serial = draft.serial if variant.startswith("numbered") else None
    lines = [Line({} if serial is None else {serial: n}) for n in range(1, dice.choice((1, 6, 13)))]
    draft.body = [] if variant.startswith("head only") else list(lines)
    return variant
