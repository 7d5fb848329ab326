"""A made-up run with every kind of column. Nobody in it exists."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period, Spell, VagueDate
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.report.run import Run
from sanchuang_cli.table import Chart, Column, Table
from sanchuang_cli.tally import Input, Tally

TOWNSHIPS = ("青山镇", "白水乡", "红旗街道", "绿洲镇", "蓝田乡", "紫云镇", "黄土岭民族乡", "黑龙潭镇")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", ("建国", "秀英", "志强", "桂兰", "德福", "玉珍", "文", "大山")


def identity(number: int) -> str:
    """Checksum-valid, under an address code that was never assigned."""
    body = f"230299{1940 + number % 30}{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


ROSTER_COLUMNS = (
    Column("number", "序号", Kind.COUNT),
    Column("township", "乡镇"),
    Column("village", "村"),
    Column("name", "姓名", Kind.NAME),
    Column("sex", "性别", Kind.CHOICE),
    Column("identity", "身份证号", Kind.IDENTITY),
    Column("born", "出生年月", Kind.DATE),
    Column("joined", "入党时间", Kind.DATE),
    Column("served", "任职起止", Kind.SPELLS, wide=True),
    Column("months", "认定/累计月数", Kind.COUNT),
    Column("years", "认定/年限", Kind.SCORE),
    Column("alive", "在世", Kind.FLAG),
    Column("rate", "月标准", Kind.MONEY),
    Column("paid_months", "本期/月数", Kind.COUNT, total=True),
    Column("amount", "本期/金额", Kind.MONEY, total=True, formula="rate * paid_months"),
    Column("account", "一卡通账号", Kind.ACCOUNT),
    Column("phone", "联系电话", Kind.PHONE),
    Column("remark", "备注"),
)


def roster_rows(count: int) -> list[tuple[object, ...]]:
    """People by township."""
    rows: list[tuple[object, ...]] = []
    for n in range(count):
        rate = (48500, 46500, 35033)[n % 3]
        rows.append(
            (
                n + 1,
                TOWNSHIPS[n * len(TOWNSHIPS) // count],
                f"第{n % 7 + 1}村",
                SURNAMES[n % 10] + GIVEN[n % 8],
                "男女"[n % 2],
                identity(n),
                date(1940 + n % 30, n % 12 + 1, n % 28 + 1),
                VagueDate.within(1966 + n % 20, n % 12 + 1) if n % 5 else VagueDate.on(date(1970, 7, 1)),
                (
                    Spell(VagueDate.within(1984, 5), VagueDate.within(1995, 4), "村党支部书记"),
                    Spell(
                        VagueDate.within(1998, 6), None if n % 9 == 0 else VagueDate.within(2001, 5), "村主任"
                    ),
                )[: n % 3],
                132 + n % 40,
                Fraction(132 + n % 40, 12),
                n % 11 != 0,
                rate,
                3,
                3 * rate,
                f"621700{n:013d}",
                f"1390000{n:04d}"[:11],
                None if n % 4 else "一卡通由其子代领，已核对",
            )
        )
    return rows


def roster(count: int = 60, *, grouped: bool = True) -> Table:
    return Table(
        "发放花名册",
        "离任村党组织书记（村干部）生活补贴发放花名册（2026年第二季度）",
        ROSTER_COLUMNS,
        roster_rows(count),
        group="township" if grouped else "",
        grand_total=True,
        unit="元",
        notes=("依据：《某县离任村干部生活补贴办法》（某组发〔2018〕15号）第三条、第五条。",),
        signed=True,
    )


def stars() -> Table:
    columns = (
        Column("township", "乡镇"),
        Column("rated", "参评数", Kind.COUNT, total=True),
        *(
            Column(f"star{k}", f"星级/{'一二三四五'[k - 1]}星", Kind.COUNT, total=True)
            for k in range(5, 0, -1)
        ),
        Column("share", "五星/占比", Kind.PERCENT),
    )
    rows = []
    for i, township in enumerate(TOWNSHIPS):
        counts = (i % 3, 4 + i % 4, 6, 3, i % 2)
        rows.append((township, sum(counts), *counts, Fraction(counts[0], sum(counts))))
    chart = Chart("各乡镇星级分布", "township", ("star5", "star4", "star3", "star2", "star1"), "stacked")
    return Table(
        "星级分布",
        "2026年基层党组织星级分布统计表",
        columns,
        rows,
        grand_total=True,
        signed=True,
        chart=chart,
    )


def grades() -> Table:
    columns = (
        Column("grade", "等次"),
        Column("count", "数量", Kind.COUNT, total=True),
        Column("mean", "平均分", Kind.SCORE),
    )
    rows = [
        ("好", 16, Fraction(8999, 95)),
        ("较好", 97, Fraction(89_999, 1000)),
        ("一般", 32, Fraction(70)),
        ("差", 15, None),
    ]
    chart = Chart("等次分布", "grade", ("count",))
    return Table("等次分布", "2026年基层党组织等次分布统计表", columns, rows, grand_total=True, chart=chart)


def refusals() -> Table:
    columns = (Column("name", "姓名", Kind.NAME), Column("reason", "不予发放的原因", wide=True))
    return Table("不予发放", "不予发放名单（2026年第二季度）", columns, [], signed=True)


class _Edition(Policy):
    pass


def policy() -> PolicyFile[Policy]:
    """Two editions; only the later is in force in 2026."""
    return PolicyFile(
        "rate",
        "a1" * 32,
        (
            _Edition(title="分类定级办法", document="某组发〔2012〕6号", effective=date(2012, 1, 1)),
            _Edition(
                title="星级评定办法",
                document="某组发〔2020〕8号",
                effective=date(2020, 7, 1),
                sources=("县政府公报",),
            ),
        ),
    )


def some_findings(count: int = 12) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            ("rate.points-over-maximum", "roster.identity-lost-digits", "rate.founding-missing")[n % 3],
            (Severity.WARNING, Severity.ERROR, Severity.NOTE)[n % 3],
            f"得分“{100 + n}”超过满分 100",
            Place("青山镇.xlsx", "Sheet1", n + 5, 7, "领导班子"),
            "星级评定办法第四条",
            "请按评分表核对后改正",
        )
        for n in range(count)
    )


def run_of(
    tables: tuple[Table, ...],
    findings: tuple[Finding, ...],
    *,
    aside: int = 2,
    year: int = 2026,
    years: int = 1,
) -> Run:
    """A run over 162 rows from two books."""
    tally = Tally(162, (("评定", 158 - aside), ("成立不满一年未评", 4)), aside)
    period = Period.year(year)
    return Run(
        "rate",
        "星级评定",
        Occasion(period, period.last),
        policy(),
        (Input("青山镇.xlsx", "b2" * 32, 81, aside), Input("白水乡.xls", "c3" * 32, 81, 0)),
        Outcome(tables, findings, tally, (stars(), grades())),
    )


def whole_run() -> Run:
    return run_of((roster(), stars(), grades(), refusals()), some_findings())


def showing(run: Run, tables: tuple[Table, ...]) -> Run:
    """The run with other tables on the terminal."""
    return replace(run, outcome=replace(run.outcome, on_terminal=tables))
