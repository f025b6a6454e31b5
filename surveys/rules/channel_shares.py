"""By which ways a unit's sheets came, as exactly as may be said. Pure rules, no Django.

Who was invited by a rare way is known on the ward, so a figure of it would tell who answered.
"""

from collections.abc import Mapping

FEWEST_SHEETS = 10
FEWEST_OF_ONE = 5


def shares(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Channels with their percent to the nearest ten, the largest first; 100 is "nearly all".

    A channel with fewer than 5 sheets is not named, whether it had any or not; of fewer than 10
    sheets nothing is said.
    """
    total = sum(counts.values())
    if total < FEWEST_SHEETS:
        return []
    named = sorted(
        (name for name, count in counts.items() if count >= FEWEST_OF_ONE),
        key=lambda name: (-counts[name], name),
    )
    return [(name, _tens(counts[name], total)) for name in named]


def _tens(count: int, total: int) -> int:
    return max(10, (count * 20 + total) // (2 * total) * 10)
