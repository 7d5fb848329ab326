"""A working folder at the moments from which many tests begin: the first test that needs one makes it, the others get a copy.

It stands at the same path in every test, because a night that finds its books at another path runs again.
"""

import gc
import shutil
from collections.abc import Callable
from pathlib import Path


class Stages:
    """What was made, by name, below `place`, and the working folder of the test that runs. No test sees what another did."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "县"
        self._kept, self._over = place / "kept", place / "over"
        self._over.mkdir()

    def nothing(self) -> Path:
        """Where the working folder of this test is to be made. That of the test before stays, elsewhere, to be looked at."""
        if self.folder.exists():
            self.folder.rename(self._over / str(len(list(self._over.iterdir()))))
        return self.folder

    def reach(self, name: str, make: Callable[[], object]) -> Path:
        """The working folder as `make` leaves it. name: the same for all who begin and go on in the same way."""
        kept = self._kept / name
        if kept.exists():
            shutil.copytree(kept, self.nothing())
            return self.folder
        make()
        shutil.copytree(self.folder, kept)
        gc.collect()
        gc.freeze()  # what commands load when they run is no garbage either
        return self.folder
