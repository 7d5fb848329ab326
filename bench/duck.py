"""What SQL can do of `subsidies` for a province: `python bench/duck.py FOLDER TARGET`, with a Parquet file of members for each county.

It judges the month of July 2026 by the default policy as far as rows are written as they should be: it checks identity
numbers, reads four forms of dates, adds up months of service, looks up rates, adds up by county and township, and finds
numbers that stand in two counties. It writes what each person gets (TARGET/paid.parquet) and the sums (TARGET/sums.csv).
"""

import sys
from pathlib import Path

import duckdb

DAY = """coalesce(
    try_strptime({0}, '%Y-%m-%d'), try_strptime({0}, '%Y.%-m.%-d'), try_strptime({0}, '%Y年%-m月%-d日')
)"""
JUDGED = f"""
create temp table judged as
with read as (
    select filename as county, "乡镇" as township, "身份证号" as number, "性别" as sex, "健在情况" as health,
        "离任职务" as wrote, "离任原因" as reason, "处分情况" as penalty, "户口性质" as household, "困难台账" as poor,
        {DAY.format('"入党日期"')} as joined,
        {DAY.format('"离任日期"')} as parted,
        {DAY.format('"列入台账日期"')} as entered,
        try_strptime(substr("身份证号", 7, 8), '%Y%m%d') as born,
        regexp_matches("身份证号", '^[1-9]\\d{{16}}[\\dX]$') and substr('10X98765432', 1 + cast(list_sum(list_transform(
            range(1, 18), lambda i: [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][i] * try_cast(substr("身份证号", i, 1) as int)
        )) as int) % 11, 1) = substr("身份证号", 18, 1) as valid,
        len(list_distinct(flatten(list_transform(regexp_extract_all("任职经历", '\\d+\\.\\d+—\\d+\\.\\d+'), lambda spell: range(
            cast(regexp_extract(spell, '^(\\d+)', 1) as int) * 12 + cast(regexp_extract(spell, '^\\d+\\.(\\d+)', 1) as int),
            cast(regexp_extract(spell, '—(\\d+)', 1) as int) * 12 + cast(regexp_extract(spell, '(\\d+)$', 1) as int) + 1
        ))))) // 12 as years
    from read_parquet(?, filename = true)
),
posts as (
    select *, case when wrote in ('书记', '村支书') then 485 when wrote in ('主任', '村主任') then 465 else 445 end
        + case when years < 15 then 0 when years < 20 then 20 else 40 end as rate,
        valid and health = '健在' as may
    from read
)
select county, township, number, case
    when may and joined < date '1949-10-01' then 730
    when may and years >= 10 and reason <> '免职' and coalesce(penalty, '') not like '留党察看%' and parted < date '2026-07-01'
        and date_trunc('month', born + case sex when '男' then interval 60 year else interval 55 year end) < date '2026-07-01' then rate
    when may and poor = '是' and household = '农村' and entered < date '2026-08-01'
        and date_trunc('month', born + interval 60 year) < date '2026-07-01' then 50
    else 0 end as yuan
from posts
"""
SUMS = "select county, township, count(*) as people, count(*) filter (yuan > 0) as paid, sum(yuan) as yuan from judged group by all order by all"
ALL = "select count(*), count(*) filter (yuan > 0), sum(yuan) from judged"
TWICE = "select count(*) from (select number from judged group by number having count(distinct county) > 1)"


def main(folder: str, target: str) -> None:
    Path(target).mkdir(exist_ok=True)
    with duckdb.connect() as database:
        database.execute(JUDGED, [f"{folder}/*.parquet"])
        database.execute(f"copy (from judged where yuan > 0) to '{target}/paid.parquet'")
        database.execute(f"copy ({SUMS}) to '{target}/sums.csv'")
        said = (*database.execute(ALL).fetchall()[0], *database.execute(TWICE).fetchall()[0])
    (Path(target) / "said.txt").write_text(" ".join(map(str, said)), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
