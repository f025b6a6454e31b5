"""The tree of units as a page shows it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from organisations.models import Unit
from organisations.rules.reading_order import reading_order

# A tree up to this size is shown unfolded.
SMALL = 60


@dataclass
class Branch:
    """A unit with the open units in it."""

    unit: Unit
    branches: list["Branch"] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many units lie in it, at any depth."""
        return len(self.branches) + sum(branch.count for branch in self.branches)


@dataclass
class UnitTree:
    """All branches at the top, whether to unfold them, and how many units there are."""

    branches: list[Branch]
    total: int
    unfolded: bool


def unit_tree(units: Iterable[Unit], *, search: str = "") -> UnitTree:
    """Branches by name. With a search: the units that match, and the units over them."""
    everything = list(units)
    wanted = everything
    if search:
        needle = search.casefold()
        over = {
            pk
            for unit in everything
            if needle in unit.name.casefold()
            for pk in unit.path.strip("/").split("/")
        }
        wanted = [unit for unit in everything if str(unit.pk) in over]
    known = {unit.pk for unit in wanted}
    inside: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in sorted(wanted, key=lambda u: (reading_order(u.name), u.pk)):
        inside[unit.parent_id if unit.parent_id in known else None].append(unit)

    def grow(parent: int | None) -> list[Branch]:
        return [Branch(unit, grow(unit.pk)) for unit in inside.get(parent, [])]

    return UnitTree(grow(None), len(wanted), bool(search) or len(wanted) <= SMALL)
