"""Whether new figures of a unit may stand beside those released of it before."""

from scoring.rules.columns import Column, Columns
from scoring.rules.thresholds import BARS_FROM


def may_replace(before: Columns, now: Columns) -> bool:
    """True for the same columns, and where the sheets that came or went are themselves a group.

    That is: at least 11 of them, no count fell or none rose, and each statement was scored by
    nobody or by at least 11 of them.
    """
    if before == now:
        return True
    fewer, more = sorted((before, now), key=lambda one: one.respondents)
    if more.respondents - fewer.respondents < BARS_FROM:
        return False
    return all(_is_a_group(*pair) for pair in zip(fewer.items, more.items, strict=True))


def _is_a_group(less: Column, more: Column) -> bool:
    moved = more.n - less.n
    only_came = all(a <= b for a, b in zip(less.cells, more.cells, strict=True))
    return only_came and (moved == 0 or moved >= BARS_FROM)
