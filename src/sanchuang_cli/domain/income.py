"""What came in, went up and came back, as plain lines for the ledger. It pays nobody."""

from typing import NamedTuple

from sanchuang_cli.finding import Place

RECEIVED, GIFT, HANDED_UP, RETURNED = "received", "gift", "handed-up", "returned"
TITLES = {RECEIVED: "收讫", GIFT: "自愿多交", HANDED_UP: "上缴", RETURNED: "返还"}


class IncomeLine(NamedTuple):
    """A line of a result. name, identity: of who paid, "" for what a committee handed up or a branch got back. month: a month,
    a quarter (2026Q1) or a year. branch: to whom, of what was handed up. ticket: of the receipt, "" where there is none."""

    kind: str
    township: str
    branch: str
    name: str
    identity: str
    month: str
    ticket: str
    fen: int
    place: Place

    @property
    def called(self) -> str:
        """Whose it is, for a message."""
        return " ".join(filter(None, (self.township, self.branch, self.name)))
