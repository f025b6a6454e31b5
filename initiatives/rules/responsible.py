"""Who holds an improvement: who is named as a user, and who added it while no lead is one."""

from collections.abc import Iterable

LED_BY = "led_by"


def holders(added_by: int, named: Iterable[tuple[str, int]]) -> set[int]:
    """User ids; `named` are the parts held by users, each with its user."""
    named = list(named)
    found = {user for _, user in named}
    if not any(part == LED_BY for part, _ in named):
        found.add(added_by)
    return found
