"""Payees: a random id each, the identity numbers and organisations' keys that lead to it, and the doubt whether a new
one is a new payee.

Promise: who is known under another number or key never becomes a second payee: a person by name and birth date or by
account, an organisation by township and name, or by the account of one that is not on the roster any more.
"""

import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Sequence

from sqlalchemy import Connection, select

from sanchuang_cli.domain.identity import has_valid_check, is_well_formed, upgraded
from sanchuang_cli.domain.payees import is_organisation, typed
from sanchuang_cli.domain.persons import another_number, born
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.chain import DIFFERENT, SAME, Done, Said, add
from sanchuang_cli.ledger.settled import forget_people
from sanchuang_cli.ledger.tables import held, identity, person, used_account
from sanchuang_cli.outcome import Claimant, Payee

_FACTS = ("name", "birth", "account", "bank", "township", "village")


def normal(number: str) -> str:
    """An identity number as the ledger knows it: 18 digits, capital X. Raises UserError."""
    plain = number.strip().upper()
    full = upgraded(plain) or plain
    if not is_well_formed(full):
        raise UserError(f"身份证号 {mask(Kind.IDENTITY, plain)} 不是 18 位或 15 位的号码，请核对。")
    if not has_valid_check(full):
        raise UserError(f"身份证号 {mask(Kind.IDENTITY, plain)} 的校验码不对，请核对。")
    return full


def key_of(words: str) -> str:
    """By which the ledger knows whom somebody typed: an identity number, or an organisation's key. Raises UserError."""
    plain = words.strip().upper()
    if is_well_formed(plain) and has_valid_check(plain):
        return plain
    try:
        return typed(words) or normal(words)
    except ValueError as why:
        raise UserError(f"“{words}”：{why}，请核对。") from None


def told(key: str) -> str:
    """A key as messages have it: a person's number masked."""
    return key if is_organisation(key) else f"身份证号 {mask(Kind.IDENTITY, key)}"


def _alike(name: str, key: str, birth: str, township: str) -> tuple[str, str]:
    """What two keys of one payee have in common: the name, with the birth date of a person, of an organisation the
    township."""
    return name, township if is_organisation(key) else birth


Rows = dict[str, list[dict[str, str]]]
"""Of the tables of persons, by the name of the table."""


class Register:
    """Who is known, as of one transaction. by_number: the payee that each number or key leads to, joined ones as one.
    organisations: those that are no persons.

    What is new about anybody waits in it until a record of the chain takes it: `taken`.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._new: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        self._changed: dict[str, dict[str, str]] = {}
        self.by_number: dict[str, str] = {}
        self.facts: dict[str, tuple[str, ...]] = {}
        self._by_birth: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_account: dict[str, set[str]] = defaultdict(set)
        self._ids: dict[str, set[str]] = defaultdict(set)
        self.organisations: set[str] = set()
        same: dict[str, str] = {}
        numbers = connection.execute(select(identity.c.number, identity.c.person)).all()
        keys = {who: number for number, who in numbers}
        for row in connection.execute(select(person)):
            same[row.id] = row.same_as
            self._ids[row.same_as].add(row.id)
            self.facts[row.id] = tuple(getattr(row, name) for name in _FACTS)
            self._by_birth[_alike(row.name, keys.get(row.id, ""), row.birth, row.township)].add(row.same_as)
            if is_organisation(keys.get(row.id, "")):
                self.organisations.add(row.same_as)
        for account, who in connection.execute(select(used_account.c.number, used_account.c.person)):
            self._by_account[account].add(same[who])
        for number, who in numbers:
            self.by_number[number] = same[who]

    def ids(self, people: Collection[str]) -> set[str]:
        """The ids of these people, those of whoever was joined with one of them too."""
        return {one for who in people for one in self._ids.get(who, ())}

    @property
    def people(self) -> set[str]:
        """Everybody, joined ones once."""
        return set(self._ids)

    def doubts(self, claimants: Sequence[Claimant]) -> dict[int, Finding]:
        """By position: those that cannot be told from another person, and why. None of them is paid."""
        known = Counter(self.by_number[c.payee.key] for c in claimants if c.payee.key in self.by_number)
        new = _New([c.payee for c in claimants if c.payee.key not in self.by_number and c.due])
        found = {}
        for i, claimant in enumerate(claimants):
            one = claimant.payee
            who, of = self.by_number.get(one.key), is_organisation(one.key)
            if who is not None:
                if known[who] > 1:
                    found[i] = _doubt(one, "twice", _TWICE[of], _ONE_ROW[of])
            elif not claimant.due:
                continue
            elif doubt := self._another_organisation(one, new, known) if of else self._another(one, new):
                found[i] = _doubt(one, *doubt, _SAME[of])
        return found

    def _another(self, one: Payee, new: "_New") -> tuple[str, str] | None:
        """Why a person's new number may be another one of somebody: the code of the finding, and what was seen."""
        if what := another_number(one.name, one.key, one.account, self._by_birth, self._by_account):
            return what, _KNOWN[what]
        if new.births[_likeness(one)] > 1:
            return "alike", "名册里有姓名、出生日期都相同的另一个新号码"
        if one.account and new.accounts[one.account] > 1:
            return "alike", "名册里另一个新号码用同一个银行账号"
        return None

    def _another_organisation(self, one: Payee, new: "_New", known: Container[str]) -> tuple[str, str] | None:
        """The same of an organisation. Several may share an account that a township keeps for them: it tells of a new
        name only where its holder is not on the roster, known, any more; with a person none shares one."""
        if self._by_birth.get(_likeness(one)):
            return "known-name", "台账上有乡镇、名称都相同的另一个代码"
        if new.births[_likeness(one)] > 1:
            return "alike", "名册里有乡镇、名称都相同的另一个新代码"
        holders = self._by_account.get(one.account, set()) if one.account else set()
        if any(who not in known or who not in self.organisations for who in holders):
            return "known-account", "台账上这个银行账号属于另一个收款人"
        if new.accounts[one.account] > new.of_organisations[one.account]:
            return "alike", "名册里有人用同一个银行账号"
        return None

    def enrolled(self, payee: Payee) -> str:
        """The person's id; a new one where the number is new. What is known of them is brought up to date."""
        facts = (
            payee.name,
            born(payee.key),
            payee.account,
            payee.bank,
            payee.township,
            payee.village,
        )
        who = self.by_number.get(payee.key)
        if who is None:
            who = self._added(payee.key, facts)
        elif self.facts[who] != facts:
            values = dict(zip(_FACTS, facts, strict=True))
            waiting = self._new["person"].get(who) or self._changed.setdefault(who, {"id": who})
            waiting.update(values)
            self.facts[who] = facts
        self.uses(who, payee.account)
        return who

    def uses(self, who: str, account: str) -> None:
        """Remember that the person's money is to go to this account."""
        if account and who not in self._by_account.get(account, ()):
            self._new["used_account"][f"{account} {who}"] = {"number": account, "person": who}
            self._by_account[account].add(who)

    def _added(self, number: str, facts: tuple[str, ...]) -> str:
        who = secrets.token_hex(8)
        values = {"id": who, "same_as": who, **dict(zip(_FACTS, facts, strict=True))}
        self._new["person"][who] = values
        self._new["identity"][number] = {"number": number, "person": who}
        self.by_number[number], self.facts[who] = who, facts
        self._ids[who].add(who)
        if is_organisation(number):
            self.organisations.add(who)
        return who

    def taken(self) -> tuple[Rows, Rows]:
        """New rows and changed ones that no record has yet."""
        new = {name: list(rows.values()) for name, rows in self._new.items() if rows}
        changed = [row for who, row in self._changed.items() if who not in self._new["person"]]
        self._new.clear()
        self._changed.clear()
        return new, {"person": changed} if changed else {}

    def join(self, old: str, new: str, said: Said) -> None:
        """`new` is another number, or key, of the payee known as `old`. Raises UserError."""
        first, second = self.by_number.get(old), self.by_number.get(new)
        if first is None:
            raise UserError(f"台账上没有{told(old)}，请核对旧号码。")
        if is_organisation(old) != is_organisation(new):
            raise UserError("一个是人，一个是组织，不能合并，没有改动。请核对两个号码。")
        if first == second:
            raise UserError("台账上这两个号码已经是同一个人，没有改动。")
        more = {"number": _noted(new)}
        if second is None:
            rows = {"identity": [{"number": new, "person": first}]}
            add(self._connection, Done(SAME, new=rows, more=more), said)
            return
        self._refuse_reserved(first, second)
        moved = {"person": [{"id": one, "same_as": first} for one in sorted(self._ids[second])]}
        add(self._connection, Done(SAME, changed=moved, more=more), said)
        forget_people(self._connection, (first, second))

    def part(self, number: str, said: Said) -> None:
        """`number` is a payee of its own, however alike. Raises UserError."""
        if number in self.by_number:
            raise UserError(f"{told(number)} 台账上已有，没有改动。")
        self._added(number, ("", born(number), "", "", "", ""))
        new, _ = self.taken()
        add(self._connection, Done(DIFFERENT, new=new, more={"number": _noted(number)}), said)

    def _refuse_reserved(self, *who: str) -> None:
        ids = select(person.c.id).where(person.c.same_as.in_(who))
        numbers = select(held.c.batch).where(held.c.person.in_(ids)).distinct()
        batches = sorted(number for (number,) in self._connection.execute(numbers))
        if batches:
            raise UserError(
                f"这两个号码还在未了结的批次 {'、'.join(map(str, batches))} 里。请先送出或取消这些批次，再合并。"
            )


def _noted(key: str) -> str:
    return key if is_organisation(key) else mask(Kind.IDENTITY, key)


def _likeness(one: Payee) -> tuple[str, str]:
    return _alike(one.name, one.key, born(one.key), one.township)


class _New:
    """Those whom nobody knows yet, and how many of them are alike in what."""

    def __init__(self, payees: Sequence[Payee]) -> None:
        self.births = Counter(map(_likeness, payees))
        self.accounts = Counter(one.account for one in payees if one.account)
        self.of_organisations = Counter(
            one.account for one in payees if one.account and is_organisation(one.key)
        )


_KNOWN = {
    "known-birth": "台账上有姓名、出生日期都相同的另一个号码",
    "known-account": "台账上这个银行账号属于另一个身份证号",
}
# Of a person, and of an organisation.
_TWICE = ("台账上同一个人的两个号码都在名册里", "台账上同一个组织的两个代码都在名册里")
_SAME = (
    "是同一个人的：sanchuang ledger same 旧号码 新号码 --note 依据；确是两个人的：sanchuang ledger different 新号码 --note 依据。",
    "是同一个组织的：sanchuang ledger same 旧代码 新代码 --note 依据；确是两个组织的：sanchuang ledger different 新代码 --note 依据。",
)
_ONE_ROW = ("请在名册里只留现用号码的一行。", "请在名册里只留现用代码的一行。")
_ONCE = ("一人一份，换了号码也是同一个人", "一个组织一份，换了名称、代码也是同一个")


def _doubt(payee: Payee, what: str, seen: str, mend: str) -> Finding:
    number = _noted(payee.key)
    return Finding(
        f"ledger.{what}",
        Severity.ERROR,
        f"{payee.name}（{number}）：{seen}，不列入批次、待核实",
        payee.place,
        _ONCE[is_organisation(payee.key)],
        mend,
    )
