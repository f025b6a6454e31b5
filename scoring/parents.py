"""A parent's result: the plain sum of its released units, less what that sum would tell.

It has means and histograms, but no spread, range or agreement: those describe a team.

Whoever holds the parent's figure and those of its units can subtract. So a figure of the parent is
shown only if what is left after subtracting is nothing, or several units and enough people; and a
mean only if it leaves open what the means of the units below leave open (`disclosure`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import add

from scoring.counts import Counts
from scoring.decoys import NONE, Decoys
from scoring.disclosure import FIGURES_FROM, has_few, may_be_told_apart
from scoring.extremes import highest_and_lowest, items_shown, most_cant_say
from scoring.layout import Layout
from scoring.payload import ItemShown, Reason, SectionShown, SnapshotPayload
from scoring.reach import Reach, shown_around, stays_open_in_agreement, tenth_around
from scoring.release import Wording, caution_of, empty_payload, reach_beside_own, shown_total
from scoring.sections import ReleasedSection

Asks = Callable[[SnapshotPayload], bool]
Size = Callable[[Counts], int]

EVERYTHING = 10**12


@dataclass(frozen=True)
class Released:
    """A unit, or a parent with its `parts`: its counts, and what of them was released.

    `key` is the same in every snapshot of the unit. The counts never leave the server.
    """

    key: str
    counts: Counts
    payload: SnapshotPayload
    parts: tuple["Released", ...] = ()

    def units(self) -> Iterator["Released"]:
        """The units below, or itself."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.units()


def release_parent(
    *,
    layout: Layout,
    key: str,
    parts: Sequence[Released],
    asked: int,
    wording: Wording,
    earlier: Sequence[Released] = (),
    decoys: Decoys | None = None,
) -> Released | None:
    """The parent's payload, with how many of the `asked` units are in the sum; None if none is.

    `parts` are units and parents right below it; those without a result are left out. `earlier`
    are this parent's snapshots that were released before, whatever units they summed up.
    """
    children = tuple(part for part in parts if part.payload["tier"] != "too_few" or part.parts)
    if not children:
        return None
    counts = reduce(add, (child.counts for child in children))
    units = [unit for child in children for unit in child.units()]
    headcounts = [unit.payload["headcount"] for unit in units]
    known = [headcount for headcount in headcounts if headcount is not None]
    headcount = sum(known) if len(known) == len(headcounts) else None
    k = min(unit.payload["k"] for unit in units)
    withheld: Reason | None = None
    if not all(_may_follow(before, children) for before in earlier):
        withheld = "corrected"
    elif counts.respondents < FIGURES_FROM:
        withheld = "below_11"
    payload = empty_payload(layout, wording, headcount, k, withheld)
    payload["units"] = {"released": len(units), "asked": asked}
    if withheld is None:
        views = [children, *(_beside(before, children) for before in earlier)]
        _fill(layout, counts, payload, wording, views, decoys or {})
    return Released(key, counts, payload, children)


def _may_follow(before: Released, children: Sequence[Released]) -> bool:
    """True if every unit in the earlier sum is in this one, unchanged: else the two sums would
    show a unit as it was, also where its own figures do not."""
    now = {unit.key: unit.counts for child in children for unit in child.units()}
    return all(now.get(unit.key) == unit.counts for unit in before.units())


def _beside(before: Released, children: Sequence[Released]) -> tuple[Released, ...]:
    """The same sum seen as the earlier sum and the units that came to it."""
    old = {unit.key for unit in before.units()}
    new = [unit for child in children for unit in child.units() if unit.key not in old]
    return (before, *new)


def _fill(
    layout: Layout,
    counts: Counts,
    payload: SnapshotPayload,
    wording: Wording,
    views: Sequence[Sequence[Released]],
    away: Decoys,
) -> None:
    """Puts in every figure that no view of the sum lets subtract."""

    def tells(shown: Asks, size: Size, least: int) -> bool:
        return any(may_be_told_apart(_left(children, shown, size), least) for children in views)

    payload["tier"] = "figures"
    payload["answered"] = counts.respondents
    payload["caution"] = caution_of(counts.respondents, payload["headcount"])
    sections = []
    for index, text in enumerate(wording.sections):
        # The parent's histograms may tell more of a unit's answers than the unit itself shows.
        tell_more = any(
            has_few(layout, unit.counts, index) for children in views for unit in _units(children)
        )
        section = ReleasedSection(
            layout,
            counts,
            index,
            "figures",
            text,
            wording.labels,
            payload["headcount"],
            [_reach_below(layout, children, index) for children in views],
            may_show_mean=all(
                _stays_open_beside_agreement(layout, unit, counts, index)
                for unit in _units(views[0])
            ),
            may_show_agreement=False,
            decoy=away.get(text.code, NONE),
        )
        sections.append(section)
        shown = section.shown()
        _without_told_section(shown, index, tells)
        for place, item in enumerate(shown["items"]):
            _without_told_item(
                item,
                tell_more,
                partial(_item_of, index=index, place=place),
                section.begins + place,
                tells,
            )
        payload["sections"].append(shown)
    payload["total"] = shown_total(layout, counts, "figures", sections)
    means_told = any(section["mean"] is None for section in payload["sections"])
    if payload["total"]["mean"] is not None and (
        means_told
        or tells(
            lambda seen: seen["total"]["mean"] is not None,
            lambda kept: kept.scores[-1].n,
            FIGURES_FROM,
        )
    ):
        payload["total"]["mean"], payload["total"]["withheld"] = None, "subtraction"
    if tells(lambda seen: seen["total"]["n"] is not None, lambda kept: kept.respondents, 2):
        payload["total"]["n"] = None
    payload["highest"], payload["lowest"] = highest_and_lowest(layout, counts, payload)
    items = items_shown(payload)
    payload["most_cant_say"] = [
        code for code in most_cant_say(layout, counts) if items[code]["cant_say_count"] is not None
    ]


def _units(children: Sequence[Released]) -> Iterator[Released]:
    for child in children:
        yield from child.units()


def _left(children: Sequence[Released], shown: Asks, size: Size) -> Iterator[int]:
    """The sizes of the units below whose own figure is not shown, nor that of a parent between."""
    for child in children:
        if shown(child.payload):
            continue
        if child.parts:
            yield from _left(child.parts, shown, size)
        else:
            yield size(child.counts)


def _without_told_section(
    shown: SectionShown, index: int, tells: Callable[[Asks, Size, int], bool]
) -> None:
    """Takes out of a parent's section what could be told apart."""

    def n(kept: Counts) -> int:
        return kept.scores[index].n

    shown["interval"] = shown["sd"] = shown["agreement"] = shown["agreement_n"] = None
    shown["why"]["interval"] = shown["why"]["sd"] = shown["why"]["agreement"] = "units_only"
    if shown["mean"] is not None and tells(
        lambda seen: _section_has(seen, index, "mean"), n, FIGURES_FROM
    ):
        shown["mean"] = shown["word"] = shown["anchors"] = None
        shown["withheld"] = "subtraction"
    if shown["mean"] is None and shown["withheld"] != "no_answer":
        # A word for a sum is not worth the care that it would need; and the reason says no more
        # than how many scored it.
        shown["word"] = shown["anchors"] = None
        shown["withheld"] = "few_answers" if (shown["n"] or 0) < FIGURES_FROM else "subtraction"
    if shown["withheld"] is not None:
        shown["why"].pop("mean", None)
    if tells(lambda seen: _section_has(seen, index, "n"), lambda kept: kept.respondents, 2):
        shown["n"] = None
    if tells(lambda seen: _section_has(seen, index, "cant_say"), lambda kept: kept.respondents, 2):
        shown["cant_say"] = None
        shown["why"]["cant_say"] = "subtraction"


def _without_told_item(
    item: ItemShown,
    tells_more: bool,
    within: Callable[[SnapshotPayload], ItemShown | None],
    position: int,
    tells: Callable[[Asks, Size, int], bool],
) -> None:
    """Takes out of a parent's statement what could be told apart; `within` finds the statement in
    a payload below."""

    def has_distribution(seen: SnapshotPayload) -> bool:
        found = within(seen)
        return found is not None and found["distribution"] is not None

    def has_count(seen: SnapshotPayload) -> bool:
        found = within(seen)
        return found is not None and found["cant_say_count"] is not None

    def n(kept: Counts) -> int:
        return kept.answered(position)

    if item["withheld"] is None and (
        item["distribution"] is None
        or tells(has_distribution, n, FIGURES_FROM)
        # Where all units show it, the sum tells nothing; else it must not tell more than they do.
        or (tells_more and tells(has_distribution, n, EVERYTHING))
    ):
        few = item["distribution"] is None
        item["mean"] = item["level"] = item["distribution"] = item["agreement"] = None
        item["withheld"] = "below_11" if few else "subtraction"
        item["why"] = None
    if tells(has_count, lambda kept: kept.respondents, 2):
        item["n"] = item["cant_say"] = item["cant_say_count"] = None


def _item_of(seen: SnapshotPayload, index: int, place: int) -> ItemShown | None:
    return seen["sections"][index]["items"][place] if seen["sections"] else None


def _section_has(seen: SnapshotPayload, index: int, figure: str) -> bool:
    return bool(seen["sections"]) and dict(seen["sections"][index])[figure] is not None


def _reach_below(layout: Layout, children: Sequence[Released], index: int) -> Reach | None:
    """The reach of a section's sum of X over all units below, beside what these and the parents
    between show; None if in none of them a few are at stake."""
    found = Reach(0, 0)
    is_open = False
    for child in children:
        total = child.counts.scores[index].total
        own = (
            _reach_below(layout, child.parts, index)
            if child.parts
            else reach_beside_own(layout, child.counts, index, child.payload["tier"])
        )
        is_open = is_open or own is not None
        found += Reach(total, total) if own is None else _beside_own(layout, child, index, own)
    return found if is_open else None


def _stays_open_beside_agreement(layout: Layout, unit: Released, whole: Counts, index: int) -> bool:
    """True if the few of a unit that shows its agreement could have answered otherwise beside it,
    its own mean or word, and the mean of the whole."""
    sections = unit.payload["sections"]
    if not sections or sections[index]["agreement"] is None:
        return True
    mine, theirs = unit.counts.scores[index], whole.scores[index]
    own = shown_around(layout, mine, sections[index])
    if own is None or not reach_beside_own(layout, unit.counts, index, unit.payload["tier"]):
        return True
    least, most = tenth_around(theirs.total, theirs.n * layout.unit_of_score)
    rest = theirs.total - mine.total
    return stays_open_in_agreement(
        layout, unit.counts, index, max(own[0], least - rest), min(own[1], most - rest)
    )


def _beside_own(layout: Layout, of: Released, index: int, reach: Reach) -> Reach:
    """The reach beside the figure that the unit or parent shows itself."""
    sections = of.payload["sections"]
    own = shown_around(layout, of.counts.scores[index], sections[index]) if sections else None
    return reach if own is None else reach.within(*own)
