"""Knows the payees of a ledger, and writes new ones to it: a random id each, with the identity numbers and codes that lead
to it.

Promise: nobody who is known becomes a second payee under another number. A person is recognised by name and birth date
or by account; an organisation by township and name, or by the account of one that is not on the roster any more. Who comes
with another number, birth date and account at once is recognised by `absent.namesakes`, where the money is.
"""

import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Sequence

from sqlalchemy import Connection, select

from sanchuang_cli.domain.identity import has_valid_check, is_well_formed, upgraded
from sanchuang_cli.domain.payees import is_organisation, typed
from sanchuang_cli.domain.same_person import another_number, born
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.chain import DIFFERENT, SAME, Deed, Done, add
from sanchuang_cli.ledger.joining import parting, refuse_owing, refuse_unlike, refuse_used
from sanchuang_cli.ledger.settled import forget_people
from sanchuang_cli.ledger.tables import held, identity, person, used_account
from sanchuang_cli.outcome import Claimant, Payee

_FACTS = ("name", "birth", "account", "bank", "township", "village")


def normal(number: str) -> str:
    """An identity number in the form of the ledger: 18 digits, capital X. Raises UserError for one that is wrong."""
    plain = number.strip().upper()
    full = upgraded(plain) or plain
    if not is_well_formed(full):
        raise UserError(f"身份证号 {mask(Kind.IDENTITY, plain)} 不是 18 位或 15 位的号码，请核对。")
    if not has_valid_check(full):
        raise UserError(f"身份证号 {mask(Kind.IDENTITY, plain)} 的校验码不对，请核对。")
    return full


def key_of(words: str) -> str:
    """The key of what somebody typed: an identity number or an organisation's code. Raises UserError."""
    plain = words.strip().upper()
    if is_well_formed(plain) and has_valid_check(plain):
        return plain
    try:
        return typed(words) or normal(words)
    except ValueError as why:
        raise UserError(f"“{words}”：{why}，请核对。") from None


def shown_key(key: str) -> str:
    """A key for a message, with a person's number masked."""
    return key if is_organisation(key) else f"身份证号 {mask(Kind.IDENTITY, key)}"


def _alike(name: str, key: str, birth: str, township: str) -> tuple[str, str]:
    """What two keys of one payee would have in common: a person's name and birth date, an organisation's name and township."""
    return name, township if is_organisation(key) else birth


Rows = dict[str, list[dict[str, str]]]
"""Rows of the tables about payees, by the name of the table."""


class Register:
    """The payees as one transaction sees them.

    by_number: the payee of each number or key; ids that were joined count as one. facts: of each id, in the order of
    _FACTS. organisations: the payees that are no persons. What is new about a payee waits here until a record of the
    chain takes it (`taken`).
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
        """All ids of these people, also those that were joined with them."""
        return {id_ for who in people for id_ in self._ids.get(who, ())}

    @property
    def people(self) -> set[str]:
        """Every payee once."""
        return set(self._ids)

    def doubts(self, claimants: Sequence[Claimant]) -> dict[int, Finding]:
        """A finding, by position, for each claimant who may be another payee under a new number. They are not paid."""
        known = Counter(self.by_number[c.payee.key] for c in claimants if c.payee.key in self.by_number)
        new = _New([c.payee for c in claimants if c.payee.key not in self.by_number and c.due])
        findings = {}
        for i, claimant in enumerate(claimants):
            payee = claimant.payee
            who, of = self.by_number.get(payee.key), is_organisation(payee.key)
            if who is not None:
                if known[who] > 1:
                    findings[i] = doubted(payee, "twice", _TWICE[of], _ONE_ROW[of])
            elif not claimant.due:
                continue
            elif doubt := self._another_organisation(payee, new, known) if of else self._another(payee, new):
                findings[i] = doubted(payee, *doubt, SAME_OR_NOT[of])
        return findings

    def _another(self, payee: Payee, new: "_New") -> tuple[str, str] | None:
        """Why a person's new number may be somebody's second one: the code of the finding and what was seen. None: it is not."""
        if what := another_number(payee.name, payee.key, payee.account, self._by_birth, self._by_account):
            return what, _KNOWN[what]
        if new.births[_likeness(payee)] > 1:
            return "alike", "名册里有姓名、出生日期都相同的另一个新号码"
        if payee.account and new.accounts[payee.account] > 1:
            return "alike", "名册里另一个新号码用同一个银行账号"
        return None

    def _another_organisation(
        self, payee: Payee, new: "_New", known: Container[str]
    ) -> tuple[str, str] | None:
        """The same for an organisation.

        Several organisations may share an account that a township keeps for them. So an account points to a new name
        only when its holder is not on the roster (`known`) any more. No organisation shares an account with a person.
        """
        if self._by_birth.get(_likeness(payee)):
            return "known-name", "台账上有乡镇、名称都相同的另一个代码"
        if new.births[_likeness(payee)] > 1:
            return "alike", "名册里有乡镇、名称都相同的另一个新代码"
        holders = self._by_account.get(payee.account, set()) if payee.account else set()
        if any(who not in known or who not in self.organisations for who in holders):
            return "known-account", "台账上这个银行账号属于另一个收款人"
        if new.accounts[payee.account] > new.of_organisations[payee.account]:
            return "alike", "名册里有人用同一个银行账号"
        return None

    def enrolled(self, payee: Payee) -> str:
        """The payee's id, a new one when the number is new. Name, account and the like are brought up to date."""
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
        """Remember that this payee's money goes to this account."""
        if account and who not in self._by_account.get(account, ()):
            self._new["used_account"][f"{account} {who}"] = {"number": account, "person": who}
            self._by_account[account].add(who)

    def is_of_another(self, account: str, number: str) -> bool:
        """Whether the ledger knows this account as another payee's and not as that of this number.

        Organisations may share one, and whoever was told to be different and has not been paid yet may have anybody's.
        """
        who, others = self.by_number.get(number), self._by_account.get(account, set())
        if who is None or who in others or not self.facts[who][0]:
            return False
        return bool(others - self.organisations if who in self.organisations else others)

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
        """Give the new and the changed rows that no record has yet, and forget them here."""
        new = {name: list(rows.values()) for name, rows in self._new.items() if rows}
        changed = [row for who, row in self._changed.items() if who not in self._new["person"]]
        self._new.clear()
        self._changed.clear()
        return new, {"person": changed} if changed else {}

    def join(self, old: str, new: str, deed: Deed, *, sure: bool = False) -> None:
        """Join two keys: `new` belongs to the payee known as `old`. sure: somebody says so although they are not alike.

        Raises UserError.
        """
        first, second = self.by_number.get(old), self.by_number.get(new)
        if first is None:
            raise UserError(f"台账上没有{shown_key(old)}，请核对旧号码。")
        if is_organisation(old) != is_organisation(new):
            raise UserError("一个是人，一个是组织，不能合并，没有改动。请核对两个号码。")
        if first == second:
            raise UserError("台账上这两个号码已经是同一个人，没有改动。")
        if not sure:
            names = self.facts[first][0], self.facts[second][0] if second else ""
            ids = self.ids({first}), self.ids({second} if second else ())
            refuse_unlike(self._connection, (old, new), names, ids)
        more = {"number": _noted(new)}
        if second is None:
            rows = {"identity": [{"number": new, "person": first}]}
            add(self._connection, Done(SAME, new=rows, more=more), deed)
            return
        self._refuse_reserved("请先送出或取消这些批次，再合并", first, second)
        moved = {"person": [{"id": id_, "same_as": first} for id_ in sorted(self._ids[second])]}
        add(self._connection, Done(SAME, changed=moved, more=more), deed)
        forget_people(self._connection, (first, second))

    def part(self, number: str, deed: Deed) -> bool:
        """Enrol `number` as a payee of its own, however much it is like another one; or take back that it was joined with
        one. Gives whether it was joined. Raises UserError.
        """
        if number in self.by_number:
            self._take_back(number, self.by_number[number], deed)
            return True
        self._added(number, ("", born(number), "", "", "", ""))
        new, _ = self.taken()
        add(self._connection, Done(DIFFERENT, new=new, more={"number": _noted(number)}), deed)
        return False

    def share(self, number: str, account: str, deed: Deed) -> None:
        """Remember that the money of `number` goes to an account that is another payee's, too. Raises UserError."""
        if not self.is_of_another(account, number):
            raise UserError("台账上这个账号不是另一个收款人的，或这个号码还没有发过，不用登记，没有改动。")
        self.uses(self.by_number[number], account)
        new, _ = self.taken()
        more = {"number": _noted(number), "account": mask(Kind.ACCOUNT, account)}
        add(self._connection, Done(DIFFERENT, new=new, more=more), deed)

    def _take_back(self, number: str, first: str, deed: Deed) -> None:
        parted = parting(self._connection, number)
        if parted is None:
            raise UserError(
                f"{shown_key(number)} 台账上已有，没有并到别的号码名下，没有改动。要撤销合并的，请写当时的新号码。"
            )
        self._refuse_reserved("请先取消这些批次，再撤销合并", first)
        refuse_used(self._connection, parted, self.ids({first}) - parted.moved.keys())
        more = {"number": _noted(number), "parted": True}
        if parted.moved:
            rows = [{"id": id_, "same_as": before} for id_, before in parted.moved.items()]
            record = Done(DIFFERENT, changed={"person": rows}, more=more)
            people = {first, *parted.moved.values()}
        else:
            who = self._added(number, ("", born(number), "", "", "", ""))
            new, _ = self.taken()
            moved = {"identity": [{"number": number, "person": who}]}
            record = Done(DIFFERENT, new={"person": new["person"]}, changed=moved, more=more)
            people = {first, who}
        forget_people(self._connection, people)
        add(self._connection, record, deed)
        refuse_owing(self._connection, people)

    def _refuse_reserved(self, mend: str, *who: str) -> None:
        ids = select(person.c.id).where(person.c.same_as.in_(who))
        numbers = select(held.c.batch).where(held.c.person.in_(ids)).distinct()
        batches = sorted(number for (number,) in self._connection.execute(numbers))
        if batches:
            raise UserError(f"这两个号码还在未了结的批次 {'、'.join(map(str, batches))} 里。{mend}。")


def _noted(key: str) -> str:
    return key if is_organisation(key) else mask(Kind.IDENTITY, key)


def _likeness(payee: Payee) -> tuple[str, str]:
    return _alike(payee.name, payee.key, born(payee.key), payee.township)


class _New:
    """Counts, among the payees that the ledger does not know yet, how many share a likeness or an account."""

    def __init__(self, payees: Sequence[Payee]) -> None:
        self.births = Counter(map(_likeness, payees))
        self.accounts = Counter(payee.account for payee in payees if payee.account)
        self.of_organisations = Counter(
            payee.account for payee in payees if payee.account and is_organisation(payee.key)
        )


_KNOWN = {
    "known-birth": "台账上有姓名、出生日期都相同的另一个号码",
    "known-account": "台账上这个银行账号属于另一个身份证号",
}
# Pairs of messages: the first for a person, the second for an organisation.
_TWICE = ("台账上同一个人的两个号码都在名册里", "台账上同一个组织的两个代码都在名册里")
SAME_OR_NOT = (
    "是同一个人的：sanchuang ledger same 旧号码 新号码 --note 依据；确是两个人的：sanchuang ledger different 新号码 --note 依据。",
    "是同一个组织的：sanchuang ledger same 旧代码 新代码 --note 依据；确是两个组织的：sanchuang ledger different 新代码 --note 依据。",
)
_ONE_ROW = ("请在名册里只留现用号码的一行。", "请在名册里只留现用代码的一行。")
_ONCE = ("一人一份，换了号码也是同一个人", "一个组织一份，换了名称、代码也是同一个")


def doubted(payee: Payee, what: str, seen: str, mend: str) -> Finding:
    """The finding on a payee who may be known under another number, and is not paid for it. what: its code. seen, mend: in Chinese."""
    number = _noted(payee.key)
    return Finding(
        f"ledger.{what}",
        Severity.ERROR,
        f"{payee.name}（{number}）：{seen}，不列入批次、待核实",
        payee.place,
        _ONCE[is_organisation(payee.key)],
        mend,
    )
