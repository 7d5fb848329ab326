"""What a comparison came to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Compared:
    """counted: people or organisations. paid: those who are paid, or rated. apart: those on whom the two disagree in
    anything. fen: the largest difference in what one of them is paid. first: the first on whom they disagree."""

    counted: int = 0
    paid: int = 0
    apart: int = 0
    fen: int = 0
    first: str = ""

    def __add__(self, other: "Compared") -> "Compared":
        return Compared(
            self.counted + other.counted,
            self.paid + other.paid,
            self.apart + other.apart,
            max(self.fen, other.fen),
            self.first or other.first,
        )
