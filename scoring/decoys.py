"""Figures that stay away without need, so that a figure's absence tells nothing.

Whether a figure would tell depends on the answers themselves. So somebody who knows our rules could
argue backwards: "it is withheld, hence the answers are such that it would have told". To spoil
that, a few of the sections in which something could be hidden lose a figure by chance, for the same
reason as the others. The chance hangs on a key that only the server has: it is the same in every
correction of a unit's result, else a correction would show which absences were chance.
"""

import hmac
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Literal

Figure = Literal["mean", "word", "agreement", "interval"]
Decoy = frozenset[Figure]
Decoys = Mapping[str, Decoy]
"""By section code."""

NONE: Decoy = frozenset()
ONE_IN = 64
# Every way in which figures may be missing because they would tell.
WAYS: tuple[Decoy, ...] = (
    frozenset({"agreement"}),
    frozenset({"interval"}),
    frozenset({"agreement", "interval"}),
    frozenset({"mean"}),
    frozenset({"mean", "agreement"}),
    frozenset({"mean", "word", "agreement"}),
)


def draw(key: bytes, of: str, codes: Iterable[str]) -> Decoys:
    """The decoys of one unit's or parent's result; `of` names it. Seldom any."""
    found = {}
    for code in codes:
        drawn = hmac.digest(key, f"{of} {code}".encode(), sha256)
        number = int.from_bytes(drawn[:8])
        if number % ONE_IN == 0:
            found[code] = WAYS[number // ONE_IN % len(WAYS)]
    return found
