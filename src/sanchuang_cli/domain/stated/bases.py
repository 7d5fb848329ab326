"""Which townships the figures of a work are of: whoever is missing is named, and a period is not compared with one of other townships."""

from collections.abc import Iterable, Sequence

from sanchuang_cli.domain.stated.comparing import towns
from sanchuang_cli.domain.stated.given import COUNTED, EARLIER, GivenFile, by_county
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import Company, Told

DOUBTS = Doubts({
    "townships-differ": Doubt(Severity.WARNING, "范围相同的才能比增减", "请把缺的乡镇的结果补来，再重新运行；确实没有的，增减请自己算。"),
    "township-lacking": Doubt(Severity.NOTE, "没有数的乡镇要知道是哪几个", "请核对是还没有报，还是确实没有。"),
})  # fmt: skip


def told(files: Sequence[GivenFile], company: Company) -> list[Told]:
    """Of each work the townships that only one of its two periods has, and those of the county that it lacks altogether."""
    occasion, found = company.at.occasion, list[Told]()
    whole = set(occasion.townships) if occasion.by_county else set[str]()
    for county, of_county in by_county(files).items():
        for work, own in _by_work(file for file in of_county if file.part == COUNTED).items():
            earlier = [
                file for file in of_county if file.part == EARLIER and file.before and file.work == work
            ]
            now, was = (towns(file.says for file in part if file.says) for part in (own, earlier))
            row, called = own[0].row, f"{county}{work}（{own[0].when}）"
            if now and was and now != was:
                said = f"{called}和上期的乡镇不一样，没有比增减"
                said += "".join(f"；{word}{_named(some)}" for word, some in (("本期没有", was - now), ("上期没有", now - was)) if some)  # fmt: skip
                found.append(company.told("townships-differ", row, "", said))
            if now and (lacking := whole - now - was):
                found.append(company.told("township-lacking", row, "", f"{called}没有{_named(lacking)}的数"))
    return found


def _by_work(files: Iterable[GivenFile]) -> dict[str, list[GivenFile]]:
    works: dict[str, list[GivenFile]] = {}
    for file in files:
        if file.says:
            works.setdefault(file.work, []).append(file)
    return works


def _named(townships: Iterable[str]) -> str:
    return "、".join(sorted(townships))
