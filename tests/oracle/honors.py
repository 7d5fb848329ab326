"""A second opinion on 表彰推荐, written from the documents and not from the programme: it shares no code with it."""

MATTERS = {"生活困难", "因病住院"}


def part(matter: str) -> str:
    """Where a row goes; 待核实 where the situation is in no list."""
    if not matter:
        return "不列入"
    return "列入" if matter in MATTERS else "待核实"
