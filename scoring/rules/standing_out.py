"""Which statements stand out: the first three of a list, and whoever shares the third place."""

from collections.abc import Iterable
from fractions import Fraction

from scoring.rules.columns import Columns
from scoring.rules.layout import Layout
from scoring.rules.payload import SnapshotPayload

PLACES = 3
AT_MOST = 5


def first_places(ranked: Iterable[tuple[Fraction, str]]) -> list[str]:
    """The codes with the greatest values, greatest first, else in the order given: three, and up
    to five where the third place is shared."""
    order = sorted(ranked, key=lambda pair: -pair[0])
    return [code for value, code in order if value >= min(order[:PLACES])[0]][:AT_MOST]


def most_cant_say(layout: Layout, columns: Columns) -> list[str]:
    """The items that most people could not score, of those that anybody could not."""
    return first_places(
        (Fraction(column.cant_say), code)
        for column, code in zip(columns.items, layout.items, strict=True)
        if column.cant_say
    )


def most_mixed(payload: SnapshotPayload) -> list[str]:
    """Codes of statements on which people differ, the widest spread first."""
    mixed = [
        (-_spread(item["distribution"]), place, item["code"])
        for place, item in enumerate(
            item for section in payload["sections"] for item in section["items"]
        )
        if item["distribution"] is not None and item["agreement"] == "people differ"
    ]
    return [code for _, _, code in sorted(mixed)]


def _spread(distribution: list[int]) -> float:
    """The variance of the released whole percents, options counted from 0."""
    total = sum(distribution)
    mean = sum(place * share for place, share in enumerate(distribution)) / total
    return sum(share * (place - mean) ** 2 for place, share in enumerate(distribution)) / total
