"""Every edit from outside is found: every column of every table, deleted rows, older files that were put back.

Tables and columns come from the schema, so that a new one is tried the day it is declared. What cannot be found without
a head or a signature is shown to be so: docs/ledger.md names the same three.
"""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.domain.dues.income import RECEIVED, IncomeLine
from sanchuang_cli.finding import Place, UserError
from sanchuang_cli.ledger import approving, batches, copying, file, income, unpaid_results
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.proof import proved, troubles
from sanchuang_cli.ledger.tables import CHAINED, metadata
from sanchuang_cli.period import Month
from tests.ledger import county, plain, signers
from tests.ledger.county import CHECKER, MAKER, account, claimant, entitled, propose, returned
from tests.ledger.test_results import OTHER, STARS

DUES = IncomeLine(
    RECEIVED, "青禾镇", "机关党支部", "张建国", county.number(1), "", "", 15_00, Place("党费.xlsx")
)
COLUMNS = [(table.name, column.name) for table in metadata.sorted_tables for column in table.columns]


def due_in(month: int) -> Any:
    """Three people who are due up to a month, of whom a run says what it judged by."""
    due = {f"2026-{m:02d}": 100_00 for m in range(7, month + 1)}
    people = (claimant(who, due)._replace(sign=f"sign {who}") for who in (1, 2, 3))
    return replace(entitled(*people), firm=Month(2026, month))


def worked(folder: Path, signed: bool) -> Ledger:
    """A ledger with a row in every table: a month paid with a 退票, one approved, one proposed; and a result of each."""
    ledger = county.new(folder)
    if signed:
        approving.add(ledger, "李四", signers.public("李四"), replace(CHECKER, note="任命"))
    for stated in (STARS, OTHER):
        unpaid_results.propose(ledger, stated, MAKER)
    signers.vouch(ledger, STARS) if signed else unpaid_results.approve(ledger, STARS, CHECKER)
    of_months = [DUES._replace(month=f"2026-0{month}", ticket=f"00{month}") for month in (1, 2, 3)]
    income.book(ledger, STARS, of_months, MAKER)
    for month in (7, 8, 9):
        number = propose(ledger, f"2026-{month:02d}", due_in(month)).batches["payment"]
        if month < 9:
            signers.approve(ledger, number) if signed else batches.approve(ledger, number, CHECKER)
        if month == 7:
            county.sent(ledger, number, folder / "out")
            returned(ledger, number, [("村民1", account(1), 100_00)], account(1, 7))
            batches.confirm(ledger, number, MAKER)
    assert troubles(ledger) == []
    return ledger


@pytest.fixture(scope="module", params=["unsigned", "signed"])
def before(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    with plain.workbooks():
        worked(folder, request.param == "signed")
    return folder


@pytest.fixture
def ledger(before: Path, tmp_path: Path) -> Ledger:
    shutil.copytree(before, tmp_path / "office")
    return file.opened(tmp_path / "office" / "county.db")


def sql(path: Path, *statements: tuple[str, tuple[Any, ...]]) -> list[Any]:
    """What any program can do that opens the file."""
    with closing(sqlite3.connect(path)) as raw, raw:
        rows: list[Any] = []
        for statement, values in statements:
            rows = raw.execute(statement, values).fetchall()
    return rows


def is_found(path: Path, head: str = "") -> bool:
    try:
        return bool(troubles(file.opened(path), head))
    except UserError:
        return True


def edits(path: Path, table: str, column: str) -> Iterator[tuple[int, Any]]:
    """Rows and other values for them: the first and the last row, with something else and with what another row has."""
    rows = sql(path, (f'select rowid, "{column}" from "{table}" order by rowid', ()))
    assert rows, f"no row of {table} to edit"
    values = {value for _, value in rows}
    for rowid, value in (rows[0], rows[-1]):
        yield rowid, 7 if value is None else value + 1000 if isinstance(value, int) else f"{value}x"
        yield from ((rowid, other) for other in sorted(values - {value}, key=str)[:1])


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_an_edited_column_is_found(ledger: Ledger, table: str, column: str) -> None:
    content = ledger.path.read_bytes()
    tried = 0
    for rowid, value in edits(ledger.path, table, column):
        with suppress(sqlite3.IntegrityError):  # the database itself would not have two rows of one key
            sql(ledger.path, (f'update "{table}" set "{column}" = ? where rowid = ?', (value, rowid)))
            tried += 1
            assert is_found(ledger.path), f"{table}.{column} = {value!r}"
        ledger.path.write_bytes(content)
    assert tried > 1


@pytest.mark.parametrize("table", [table.name for table in metadata.sorted_tables])
def test_deleted_rows_are_found(ledger: Ledger, table: str) -> None:
    content = ledger.path.read_bytes()
    rows = [row for (row,) in sql(ledger.path, (f'select rowid from "{table}" order by rowid', ()))]
    for which in ([rows[0]], [rows[-1]], rows):
        marks = ",".join("?" * len(which))
        sql(ledger.path, (f'delete from "{table}" where rowid in ({marks})', tuple(which)))
        assert is_found(ledger.path), f"{len(which)} of {table}"
        ledger.path.write_bytes(content)


@pytest.mark.parametrize("table", [name for name in CHAINED if name != "batch"] + ["settled"])
def test_an_edit_is_found_however_much_is_done_afterwards(ledger: Ledger, table: str) -> None:
    """Nothing that an honest command writes makes an edit part of the chain; it may write over it what the chain says."""
    content = ledger.path.read_bytes()
    for column in metadata.tables[table].columns:
        for rowid, value in edits(ledger.path, table, column.name):
            with suppress(sqlite3.IntegrityError):
                sql(
                    ledger.path, (f'update "{table}" set "{column.name}" = ? where rowid = ?', (value, rowid))
                )
            if ledger.path.read_bytes() != content:
                with suppress(Exception):  # many a command is refused on such a ledger
                    propose(file.opened(ledger.path), "2026-10", due_in(10))
                left = sql(ledger.path, (f'select "{column.name}" from "{table}" where rowid = ?', (rowid,)))
                assert is_found(ledger.path) or left != [(value,)], f"{table}.{column.name} = {value!r}"
            ledger.path.write_bytes(content)


def test_a_batch_that_one_line_of_sql_approves_is_not_sent(ledger: Ledger, tmp_path: Path) -> None:
    proposed = sql(ledger.path, ("select max(id) from batch", ()))[0][0]
    sql(ledger.path, ("update batch set state = 'approved' where id = ?", (proposed,)))
    with pytest.raises(UserError, match="与台账链所记的不同"):
        county.sent(ledger, proposed, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_changed_approver_is_found(ledger: Ledger) -> None:
    sql(ledger.path, ("update chain set who = '王五' where what = 'approved'", ()))
    assert is_found(ledger.path)


# -------------------------------------------------------------------- the three that need a head or a signature


def test_a_cut_tail_is_found_by_its_head_alone(ledger: Ledger) -> None:
    batches.cancel(ledger, 4, MAKER)
    head = proved(ledger).history.head
    last, number = sql(ledger.path, ("select id, batch from chain order by id desc limit 1", ()))[0]
    taken = "select batch, person, programme, benefit, month, component from line where batch = ?"
    sql(
        ledger.path,
        ("delete from chain where id = ?", (last,)),
        ("update batch set state = 'proposed' where id = ?", (number,)),
        (f"insert into held (batch, person, programme, benefit, month, component) {taken}", (number,)),
    )
    assert not is_found(ledger.path)
    assert is_found(ledger.path, head)


def test_an_older_file_put_back_is_found_by_its_head_alone(ledger: Ledger, tmp_path: Path) -> None:
    copying.backup(ledger, tmp_path / "backup")
    batches.cancel(ledger, 4, MAKER)
    head = proved(ledger).history.head
    assert not is_found(ledger.path, head)
    shutil.copy(tmp_path / "backup" / "county.db", ledger.path)
    assert not is_found(ledger.path)
    assert is_found(ledger.path, head)


Change = Callable[[list[Any], dict[str, Any]], None]
"""Of a record of the chain: its columns up to `at`, and what it says."""


def rehashed(path: Path, change: Change) -> None:
    """Every hash of the chain made anew, after a change."""
    before = ""
    for row in sql(path, ("select id, what, batch, who, login, note, at, says from chain order by id", ())):
        columns, says = list(row[:-1]), json.loads(row[-1])
        change(columns, says)
        values = [*columns, json.dumps(says, ensure_ascii=False, separators=(",", ":"))]
        sealed = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        before = hashlib.sha256((before + sealed).encode()).hexdigest()
        sql(
            path,
            ("update chain set what = ?, who = ?, login = ?, says = ?, hash = ? where id = ?",
             (columns[1], columns[3], columns[4], values[-1], before, row[0])),
        )  # fmt: skip


def recomputed(path: Path) -> None:
    """What a patient editor does: another account in a batch that was approved, and every hash made anew."""
    other = account(9)
    sql(path, ("update line set account = ? where batch = 3 and position = 1", (other,)))
    fields = "person,identity,name,account,bank,township,village,benefit,month,component,kind,fen,reason,edition,place"
    lines = [
        list(row) for row in sql(path, (f"select {fields} from line where batch = 3 order by position", ()))
    ]
    digest = hashlib.sha256(json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    sql(path, ("update batch set lines_sha256 = ? where id = 3", (digest,)))

    def other_digest(columns: list[Any], says: dict[str, Any]) -> None:
        if columns[1:3] == ["proposed", 3]:
            says["new"]["batch"][0]["lines_sha256"] = digest

    rehashed(path, other_digest)


def test_an_editor_who_recomputes_every_hash_is_found_by_a_head_or_a_signature_alone(
    ledger: Ledger, before: Path
) -> None:
    head = proved(ledger).history.head
    recomputed(ledger.path)
    assert is_found(ledger.path, head)
    assert is_found(ledger.path) == (before.name.startswith("signed")), "without either nothing can be seen"


def unreadable(columns: list[Any], says: dict[str, Any]) -> None:
    if columns[2] == 3:
        says.clear()
        says["new"] = {"batch": [1]}


def approved_by_the_proposer(columns: list[Any], says: dict[str, Any]) -> None:
    if columns[1] == "approved":
        columns[3] = MAKER.who


def approved_at_the_proposer_s_login(columns: list[Any], says: dict[str, Any]) -> None:
    if columns[1] == "approved":
        columns[4] = MAKER.login


def never_approved(columns: list[Any], says: dict[str, Any]) -> None:
    if columns[1] == "approved":
        columns[1] = "settled"
        says.update(more={"programme": "no", "digest": ""})


def result_approved_by_the_proposer(columns: list[Any], says: dict[str, Any]) -> None:
    if columns[1] == "result-approved":
        columns[3] = MAKER.who


def result_approved_at_the_proposer_s_login(columns: list[Any], says: dict[str, Any]) -> None:
    if columns[1] == "result-approved":
        columns[4] = MAKER.login


def another_result_approved(columns: list[Any], says: dict[str, Any]) -> None:
    if columns[1] == "result-approved":
        says["more"]["digest"] = "c" * 64


def one_result_proposed_twice(columns: list[Any], says: dict[str, Any]) -> None:
    if columns[1] == "result-proposed":
        says["more"]["result"]["digest"] = STARS.digest


def as_if_taken_over(columns: list[Any], says: dict[str, Any]) -> None:
    if columns[1] == "approved":
        says.setdefault("more", {})["taken_over"] = True


@pytest.mark.parametrize(
    "change",
    [
        unreadable,
        approved_by_the_proposer,
        approved_at_the_proposer_s_login,
        never_approved,
        result_approved_by_the_proposer,
        result_approved_at_the_proposer_s_login,
        another_result_approved,
        one_result_proposed_twice,
        as_if_taken_over,
    ],
)
def test_a_chain_that_breaks_the_rules_is_found_though_its_hashes_fit(ledger: Ledger, change: Change) -> None:
    rehashed(ledger.path, change)
    assert any("台账链第" in trouble for trouble in troubles(file.opened(ledger.path)))


def test_a_chain_that_breaks_the_rules_vouches_for_no_result(ledger: Ledger) -> None:
    assert [result.approved for result in unpaid_results.standing(ledger, [STARS, OTHER])] == [True, False]
    rehashed(ledger.path, result_approved_by_the_proposer)
    with pytest.raises(UserError, match=r"台账链第.*不能继续"):
        unpaid_results.standing(ledger, [STARS])


def test_an_approved_result_exchanged_for_another_is_found_by_a_head_or_a_signature_alone(
    ledger: Ledger, before: Path
) -> None:
    head = proved(ledger).history.head

    def exchanged(columns: list[Any], says: dict[str, Any]) -> None:
        for part in (says.get("more", {}), says.get("more", {}).get("result", {})):
            if part.get("digest") in (STARS.digest, OTHER.digest):
                part["digest"] = OTHER.digest if part["digest"] == STARS.digest else STARS.digest

    rehashed(ledger.path, exchanged)
    assert is_found(ledger.path, head)
    assert is_found(ledger.path) == before.name.startswith("signed")


def test_a_head_from_before_is_still_in_the_chain(ledger: Ledger) -> None:
    head = proved(ledger).history.head
    batches.cancel(ledger, 4, MAKER)
    proof = proved(ledger, f"  {head[:20].upper()} ")
    assert proof.troubles == [] and proof.reached == len(proof.history.hashes) - 1
    assert proved(ledger, head[:8]).troubles == ["--head 的校验码太短，至少写 16 位，现为 8 位"]


def test_a_file_of_the_bank_that_was_changed_is_found(ledger: Ledger) -> None:
    (path, *_) = sorted(ledger.folder.glob("*-bank/*"))
    path.write_bytes(path.read_bytes() + b"x")
    assert is_found(ledger.path)
