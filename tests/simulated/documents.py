"""The county's own documents: the shipped policies made its own, with an edition more whenever a new document comes."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from sanchuang_cli.policy import source

STARS = ((4, 120), (3, 100), (0, 0))
PAY = """
[[edition]]
title = "在职村干部报酬"
document = "望组发〔{year}〕{number}号"
effective = {since}
posts = [
  {{ name = "书记", words = ["村支书"], percent = 100, sole = true }},
  {{ name = "主任", words = ["村主任"], percent = 100, sole = true }},
  {{ name = "副书记", percent = 70 }},
  {{ name = "副主任", percent = 70 }},
  {{ name = "委员", percent = 70 }},
  {{ name = "会计", percent = 70 }},
  {{ name = "文书", percent = 70 }},
]

[[edition.parts]]
item = "base"
clause = "第一条"
per = "month"
yuan = {base}

[edition.performance]
clause = "第二条"
yuan = 2268
month = 2
stars = [{stars}]

[edition.months]
clause = "第三条"
joining = "{midmonth}"
raised = "{raised}"

[edition.suspension]
clause = "第四条"
pays = "base"

[edition.outsiders]
clause = "第五条"
kinds = ["选派"]

[edition.clawback]
clause = "第六条"
percent = {clawback}

[edition.funding]
clause = "第七条"
shares = [{{ who = "县", percent = 100 }}]

[edition.notice]
clause = "公示 5 天"
days = 5
counting = "calendar-days"
posting_day = "not-counted"
issuer = "中共望川县委组织部"
objections_to = "中共望川县委组织部"
telephone = "0600-5500000"
"""


def own(programme: str) -> str:
    """The shipped policy as a county would make it its own."""
    said = source(programme, None)[1].decode("utf-8")
    return "".join(line for line in said.splitlines(keepends=True) if not line.startswith("example ="))


def subsidies(path: Path, rates: Sequence[tuple[tuple[int, int], int]]) -> None:
    """The default document without its gap (2013 to 2022), and one edition more for each rate of members in hardship after
    the first."""
    text = own("subsidies").replace("until = 2012-12-31", "until = 2022-04-30")
    edition = text[text.index("[[edition]]") :]
    old = 'tier = [{ rate = 50, label = "困难党员" }]'
    assert edition.count(old) == 1
    more = []
    for (year, month), yuan in rates[1:]:
        later = re.sub(r"(?m)^effective = \S+", f"effective = {year}-{month:02}-01", edition, count=1)
        more.append(later.replace(old, old.replace("50", str(yuan))))
    path.write_text("\n".join([text, *more]), "utf-8")


def pay(path: Path, editions: Sequence[tuple[str, int]], midmonth: str, raised: str, clawback: int) -> None:
    """editions: the day of force and the yuan of a month."""
    stars = ", ".join(f"{{ at_least = {least}, percent = {percent} }}" for least, percent in STARS)
    path.write_text(
        "\n".join(
            PAY.format(
                year=since[:4], number=number, since=since, base=base, stars=stars, midmonth=midmonth, raised=raised,
                clawback=clawback,
            )
            for number, (since, base) in enumerate(editions, 1)
        ),
        "utf-8",
    )  # fmt: skip


def pension(path: Path, bases: Mapping[int, int]) -> None:
    """The default document with the bases of the county's years."""
    years = ", ".join(f"{year} = {yuan}" for year, yuan in bases.items())
    path.write_text(re.sub(r"(?m)^bases = \{.*?\}", f"bases = {{ {years} }}", own("pension")), "utf-8")


def fund(path: Path, shares: Sequence[tuple[str, int]]) -> None:
    """The default document, and one edition more for each share of the interest that is borne since a day."""
    text = own("fund")
    edition = text[text.index("[[edition]]") :]
    head, subsidy, rest = edition.partition("[edition.subsidy]\n")
    assert rest.count("percent = 100\n") == 1
    more = []
    for since, percent in shares:
        later = re.sub(r"(?m)^effective = \S+", f"effective = {since}", head, count=1)
        more.append(f"{later}{subsidy}{rest.replace('percent = 100', f'percent = {percent}', 1)}")
    path.write_text("\n".join([text, *more]), "utf-8")
