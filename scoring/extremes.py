"""Which statements stand out: the first three of a list, and whoever shares the third place."""

from collections.abc import Iterable
from fractions import Fraction

from scoring.counts import Counts
from scoring.layout import Layout
from scoring.payload import ItemShown, SnapshotPayload

PLACES = 3
AT_MOST = 5


def first_places(ranked: Iterable[tuple[Fraction, str]]) -> list[str]:
    """The codes with the greatest values, greatest first, else in the order given: three, and up
    to five where the third place is shared."""
    order = sorted(ranked, key=lambda pair: -pair[0])
    if len(order) <= PLACES:
        return [code for _, code in order]
    third = order[PLACES - 1][0]
    return [code for value, code in order if value >= third][:AT_MOST]


def items_shown(payload: SnapshotPayload) -> dict[str, ItemShown]:
    """Every statement of a payload by its code."""
    return {item["code"]: item for section in payload["sections"] for item in section["items"]}


def exact_means(layout: Layout, counts: Counts, payload: SnapshotPayload) -> dict[str, Fraction]:
    """The unrounded means, counted from 0, of the items whose mean is shown."""
    shown = items_shown(payload)
    means = {}
    for item, code in enumerate(layout.items):
        if shown[code]["mean"] is not None:
            histogram = counts.histogram(item)
            total = sum(option * count for option, count in enumerate(histogram))
            means[code] = Fraction(total, sum(histogram))
    return means


def highest_and_lowest(
    layout: Layout, counts: Counts, payload: SnapshotPayload
) -> tuple[list[str], list[str]]:
    """The items with the highest and with the lowest shown means; both empty if all are alike."""
    means = exact_means(layout, counts, payload)
    if len(set(means.values())) < 2:
        return [], []
    highest = first_places((mean, code) for code, mean in means.items())
    lowest = first_places((-mean, code) for code, mean in means.items())
    return highest, [code for code in lowest if means[code] < means[highest[-1]]]


def most_cant_say(layout: Layout, counts: Counts) -> list[str]:
    """The items that most people could not score, of those that anybody could not."""
    return first_places(
        (Fraction(counts.not_sure(item)), code)
        for item, code in enumerate(layout.items)
        if counts.not_sure(item)
    )
