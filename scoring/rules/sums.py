"""A sum over units: their columns added up, so that no subtraction ever gives a single small unit.

A unit that shows a figure itself enters by itself. The others enter only in pools: at least two
units with at least 11 people together. A pool once made stays one in every sum above it and in
every later one, each unit with the columns that it entered with. So any two sums, and a sum and its
units' own figures, differ by units that show the figure themselves and by whole pools.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import add
from typing import TypedDict

from instruments.rules.texts import ItemText, SectionText
from scoring.rules.columns import Column, Columns
from scoring.rules.layout import Layout
from scoring.rules.payload import ItemShown, SectionShown, SnapshotPayload
from scoring.rules.release import Wording, caution_of, empty_payload
from scoring.rules.rounding import anchors_of_shown, percent, tenths
from scoring.rules.score_words import score_word
from scoring.rules.sections import mean_of, on_scale
from scoring.rules.thresholds import BARS_FROM, WORDS_FROM, half

Pools = dict[str, list[list[int]]]
"""By the code of a statement or section, its pools; each a list of snapshots' keys."""


class KeptPools(TypedDict):
    """The pools that are in a sum, as they are kept for later ones."""

    items: Pools
    sections: Pools


@dataclass(frozen=True)
class SummedUnit:
    """A unit by its key, with one of its snapshots and the columns behind that."""

    key: int
    snapshot: int
    columns: Columns
    payload: SnapshotPayload

    @property
    def is_too_soon(self) -> bool:
        """Whether its statements may enter no sum."""
        return self.payload["why"] == "too_soon"


@dataclass(frozen=True)
class SumNode:
    """A parent: the units right below it, and the parents."""

    units: tuple[SummedUnit, ...]
    nodes: tuple["SumNode", ...] = ()

    def all_units(self) -> Iterator[SummedUnit]:
        """The units below, at whatever depth."""
        yield from self.units
        for node in self.nodes:
            yield from node.all_units()


@dataclass(frozen=True)
class _Rule:
    """How one figure is summed up: which units show it, how many people of a unit count for a
    pool, and whether a pool of some units has the figure."""

    shows: Callable[[SummedUnit], bool]
    size: Callable[[SummedUnit], int]
    is_usable: Callable[[Sequence[SummedUnit]], bool]


@dataclass
class _Entered:
    """The units in a sum by themselves, its pools, and the units left out so far."""

    own: list[SummedUnit] = field(default_factory=list)
    pools: list[list[SummedUnit]] = field(default_factory=list)
    rest: list[SummedUnit] = field(default_factory=list)

    @property
    def units(self) -> int:
        return len(self.own) + sum(map(len, self.pools))


@dataclass(frozen=True)
class Sum:
    """What is released of a parent, and the pools that are in it."""

    payload: SnapshotPayload
    pools: KeptPools


def release_sum(
    *,
    layout: Layout,
    node: SumNode,
    asked: int,
    wording: Wording,
    remembered: KeptPools,
    snapshots: Mapping[int, SummedUnit],
) -> Sum | None:
    """The parent's sum of its units with a result, of `asked`; None if none has one.

    `remembered` are the pools of all sums of this survey that were released before, and
    `snapshots` every snapshot of its units by key, also those replaced since.
    """
    units = list(node.all_units())
    if not units:
        return None
    payload = _payload(layout, wording, units, asked)
    kept: KeptPools = {"items": {}, "sections": {}}

    def entered(rule: _Rule, kind: Pools, before: Pools, code: str) -> _Entered:
        pools = [[snapshots[pk] for pk in pool] for pool in before.get(code, ())]
        found = _enter(node, rule, pools)
        if found.pools:
            kind[code] = [[unit.snapshot for unit in pool] for pool in found.pools]
        return found

    for index, text in enumerate(wording.sections):
        section = _section_rule(layout, index)
        shown = _section(
            layout,
            index,
            text,
            wording.labels,
            entered(section, kept["sections"], remembered["sections"], text.code),
        )
        begins, _ = layout.spans[index]
        for place, item in enumerate(text.items, start=begins):
            rule = _item_rule(place)
            found = entered(rule, kept["items"], remembered["items"], item.code)
            shown["items"].append(_item(layout, place, item, found))
        payload["sections"].append(shown)
    return Sum(payload, kept)


def joined_pools(kept: Sequence[KeptPools]) -> KeptPools:
    """Every pool of these sums, once."""
    joined: KeptPools = {"items": {}, "sections": {}}
    for one in kept:
        for into, more in (
            (joined["items"], one["items"]),
            (joined["sections"], one["sections"]),
        ):
            for code, pools in more.items():
                known = into.setdefault(code, [])
                known += [pool for pool in pools if pool not in known]
    return joined


def _payload(
    layout: Layout, wording: Wording, units: Sequence[SummedUnit], asked: int
) -> SnapshotPayload:
    known = [unit.payload["headcount"] for unit in units]
    headcounts = [headcount for headcount in known if headcount is not None]
    headcount = sum(headcounts) if len(headcounts) == len(known) else None
    k = min(unit.payload["k"] for unit in units)
    payload = empty_payload(layout, wording, headcount, k)
    payload["tier"] = "figures"
    payload["units"] = {"released": len(units), "asked": asked}
    payload["answered"] = answered = _people(units)
    payload["caution"] = caution_of(answered, headcount)
    return payload


def _enter(node: SumNode, rule: _Rule, remembered: Sequence[list[SummedUnit]]) -> _Entered:
    """Which units are in the sum of a node, and how."""
    pooled = {unit.key for pool in remembered for unit in pool}
    found = _Entered()
    for below in node.nodes:
        deeper = _enter(below, rule, remembered)
        found.own += deeper.own
        found.pools += deeper.pools
        found.rest += deeper.rest
    for unit in node.units:
        if unit.key not in pooled:
            (found.own if rule.shows(unit) else found.rest).append(unit)
    here = {unit.key for unit in node.all_units()}
    for pool in remembered:
        if here.issuperset(unit.key for unit in pool) and pool not in found.pools:
            found.pools.append(pool)
    pool = [unit for unit in found.rest if rule.size(unit) >= WORDS_FROM]
    if len(pool) >= 2 and sum(map(rule.size, pool)) >= BARS_FROM and rule.is_usable(pool):
        found.pools.append(pool)
        found.rest = [unit for unit in found.rest if unit not in pool]
    return found


def _item_rule(place: int) -> _Rule:
    def size(unit: SummedUnit) -> int:
        return 0 if unit.is_too_soon else unit.columns.items[place].n

    def shows(unit: SummedUnit) -> bool:
        return unit.payload["tier"] == "figures" and size(unit) >= BARS_FROM

    return _Rule(shows, size, lambda pool: True)


def _section_rule(layout: Layout, index: int) -> _Rule:
    def size(unit: SummedUnit) -> int:
        return 0 if unit.is_too_soon else unit.columns.respondents

    def shows(unit: SummedUnit) -> bool:
        return unit.payload["sections"][index]["mean"] is not None

    return _Rule(shows, size, lambda pool: bool(_pooled(layout, index, pool)))


def _pooled(layout: Layout, index: int, pool: Sequence[SummedUnit]) -> list[Column]:
    """The columns of a pool's section that count towards its mean; none if they are too few."""
    found = []
    for columns in zip(*(unit.columns.section(layout, index) for unit in pool), strict=True):
        enough = [column for column in columns if column.n >= WORDS_FROM]
        together = reduce(add, enough) if enough else None
        if together is not None and together.n >= BARS_FROM:
            found.append(together)
    begins, ends = layout.spans[index]
    return found if len(found) >= half(ends - begins) else []


def _people(units: Sequence[SummedUnit]) -> int:
    return sum(unit.columns.respondents for unit in units)


def _section(
    layout: Layout, index: int, text: SectionText, labels: Sequence[str], entered: _Entered
) -> SectionShown:
    """The average of the shown means and the pools' means, weighted by people."""
    parts: list[tuple[int, Fraction]] = []
    for unit in entered.own:
        shown = unit.payload["sections"][index]["mean"]
        if shown is not None:
            in_tenths = round(10 * (shown - layout.minimum))
            parts.append((unit.columns.respondents, Fraction(in_tenths, 10)))
    parts += [(_people(pool), mean_of(_pooled(layout, index, pool))) for pool in entered.pools]
    people = sum(weight for weight, _ in parts)
    mean = anchors = None
    if entered.units >= 2:
        mean = tenths(sum((weight * part for weight, part in parts), Fraction(0)) / people)
        anchors = anchors_of_shown(mean)
    return {
        "code": text.code,
        "title": text.title,
        "stem": text.stem,
        "item_count": len(text.items),
        "scored": None,
        "statements": None,
        "people": None if mean is None else people,
        "units": None if mean is None else entered.units,
        "mean": None if mean is None else on_scale(layout, mean),
        "word": None if anchors is None else score_word(anchors, labels),
        "anchors": anchors,
        "interval": None,
        "agreement": None,
        "cant_say": None,
        "cant_say_leads": False,
        "relatively_low": False,
        "withheld": "one_unit" if mean is None else None,
        "why": {"interval": "units_only", "agreement": "units_only", "cant_say": "units_only"},
        "items": [],
    }


def _item(layout: Layout, place: int, text: ItemText, entered: _Entered) -> ItemShown:
    units = [*entered.own, *(unit for pool in entered.pools for unit in pool)]
    shown: ItemShown = {
        "code": text.code,
        "text": text.text,
        "n": None,
        "people": None,
        "units": None,
        "mean": None,
        "level": None,
        "distribution": None,
        "agreement": None,
        "cant_say": None,
        "cant_say_count": None,
        "cant_say_often": False,
        "withheld": "one_unit",
        "why": None,
    }
    if len(units) < 2:
        return shown
    column = reduce(add, (unit.columns.items[place] for unit in units))
    shown["people"], shown["units"] = column.n, len(units)
    shown["mean"] = on_scale(layout, tenths(column.mean))
    shown["distribution"] = [percent(count, column.n) for count in column.histogram]
    shown["withheld"] = None
    return shown
