"""The unit that somebody probably meant, found in time that grows with rows plus units, not texts.

Names are compared by their pairs of letters, which are made once for each name.
"""

import re
from collections.abc import Sequence

_LIKE_ENOUGH = 0.5
_NUMBERS = re.compile(r"[1-9]\d*")


class NearestName:
    """The names that may be written; `compared` counts how often two names were compared."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self.compared = 0
        self._exact = {_plain(name): name for name in names}
        self._pairs = [(name, _pairs(name)) for name in names]
        self._found: dict[str, str] = {}

    def exactly(self, text: str) -> str:
        """The name that is written so, but for capitals and spaces; or nothing."""
        return self._exact.get(_plain(text), "")

    def nearest(self, text: str) -> str:
        """The name that is most like a text, if any is; the same text costs nothing again."""
        key = _plain(text)
        if key not in self._found:
            self._found[key] = self._search(key)
        return self._found[key]

    def _search(self, text: str) -> str:
        mine = _pairs(text)
        best, likest = "", _LIKE_ENOUGH
        numbers = _NUMBERS.findall(text)
        for name, theirs in self._pairs:
            self.compared += 1
            if numbers and numbers != _NUMBERS.findall(name):
                continue  # Ward 8 is no slip of the hand for Ward 7
            like = 2 * len(mine & theirs) / (len(mine) + len(theirs) or 1)
            if like > likest:
                best, likest = name, like
        return best


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _pairs(text: str) -> frozenset[str]:
    # The letters too, so that two that changed places still count.
    plain = f" {_plain(text)} "
    return frozenset(plain) | {plain[n : n + 2] for n in range(len(plain) - 1)}
