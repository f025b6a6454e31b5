"""What could be worked out by subtraction, and so must not be shown.

A section's mean is a sum over people, beside which the exact histograms of its items may be shown.
From the two one could work out what a few people answered: those who left some statements out, or
the few who scored a statement that is itself withheld. So before a figure is shown we look for
another set of answers that would have given exactly the same figures: two people who filled in a
different number of statements swap their answers to one of them, or one answer to a withheld
statement is one step different. If there is none, the figure would tell, and it is withheld.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scoring.agreement import section_agreement
from scoring.counts import CompleteSums, Counts, ScoreSums
from scoring.layout import Layout
from scoring.payload import Agreement

OWN_LEAST = 5
MEANS_FROM = 7
FIGURES_FROM = 11


@dataclass(frozen=True)
class Way:
    """A different set of answers.

    `changes` are what it may add to the sum of X; which of them it is depends on who filled in how
    much. In the complete sheets, the item with index `swapped` within the section gets an answer
    `gets` for an answer `gives`.
    """

    changes: tuple[int, ...]
    swapped: int | None = None
    gives: int = 0
    gets: int = 0

    def agreement(self, layout: Layout, complete: CompleteSums) -> Agreement | None:
        """The section's agreement if it were so."""
        if self.swapped is None:
            return section_agreement(layout, complete)
        histograms = list(complete.histograms)
        changed = list(histograms[self.swapped])
        changed[self.gives] -= 1
        changed[self.gets] += 1
        histograms[self.swapped] = tuple(changed)
        return section_agreement(layout, replace(complete, histograms=tuple(histograms)))


@dataclass(frozen=True)
class Secret:
    """Something that must stay open in one section: one of its ways must leave every shown figure
    as it is, whichever of its changes it makes."""

    ways: tuple[Way, ...]


def secrets(
    layout: Layout, counts: Counts, section: int, *, exact_from: int | None
) -> Iterator[Secret]:
    """What the section's figures must not tell; nothing if all figures follow from its items.

    An item's histogram counts as known from `exact_from` answers; None if none is.
    """
    begins, ends = layout.spans[section]
    answered = [counts.answered(item) for item in range(begins, ends)]
    step = layout.unit_of_score // layout.sections[section].least_answered
    for item, n in enumerate(answered, start=begins):
        if 0 < n < OWN_LEAST:
            yield _one_step(counts.histogram(item), step)
    if not few_filled_in_part(layout, counts, section):
        return
    if exact_from is not None and not any(OWN_LEAST <= n < exact_from for n in answered):
        yield from _swaps(layout, counts, section, exact_from)
    else:
        yield from _beyond_balance(layout, counts, section, step)


def moves_the_mean_too_far(layout: Layout, counts: Counts, section: int) -> bool:
    """True if one option more or less of somebody few could move the section's mean by more than
    half a tenth. Then a mean in tenths could leave one answer only; it depends on what is public,
    so keeping the mean back for this tells nothing."""
    if not has_few(layout, counts, section):
        return False
    begins, ends = layout.spans[section]
    size, least = ends - begins, layout.sections[section].least_answered
    unit = layout.unit_of_score
    has_few_answered = any(0 < counts.answered(item) < OWN_LEAST for item in range(begins, ends))
    weight = unit // least if has_few_answered else max(unit // least - unit // size, unit // size)
    return 20 * weight > counts.scores[section].n * unit


def few_filled_in_part(layout: Layout, counts: Counts, section: int) -> bool:
    """True if someone filled in a part of the section, but not so many, beside others who filled in
    all of it, that too many sets of answers fit to tell any."""
    begins, ends = layout.spans[section]
    complete = counts.complete[section].n
    if not any(counts.answered(item) > complete for item in range(begins, ends)):
        return False
    return not complete or counts.scores[section].n - complete < OWN_LEAST


def has_few(layout: Layout, counts: Counts, section: int) -> bool:
    """True if few scored some statement of the section, or few filled it in only in part."""
    begins, ends = layout.spans[section]
    return few_filled_in_part(layout, counts, section) or any(
        0 < counts.answered(item) < OWN_LEAST for item in range(begins, ends)
    )


def _one_step(histogram: Sequence[int], step: int) -> Secret:
    """One of these answers may be one option higher or lower."""
    ways = []
    if any(histogram[:-1]):
        ways.append(Way((step,)))
    if any(histogram[1:]):
        ways.append(Way((-step,)))
    return Secret(tuple(ways))


def _beyond_balance(layout: Layout, counts: Counts, section: int, step: int) -> Iterator[Secret]:
    """Where histograms are not shown, an answer of someone partial can be balanced by answers of
    those who are complete; unless these are all at one end of the scale."""
    begins, ends = layout.spans[section]
    complete = counts.complete[section]
    partial = [0] * layout.options
    for item, full in zip(range(begins, ends), complete.histograms, strict=True):
        for option, n in enumerate(counts.histogram(item)):
            partial[option] += n - full[option]
    may_fall = complete.total
    may_rise = complete.n * (ends - begins) * (layout.options - 1) - may_fall
    if not (any(partial[:-1]) and may_fall >= 2) and not (any(partial[1:]) and may_rise >= 2):
        yield _one_step(partial, step)


def _swaps(layout: Layout, counts: Counts, section: int, exact_from: int) -> Iterator[Secret]:
    """Where histograms are shown, someone partial and someone complete may swap two answers."""
    begins, ends = layout.spans[section]
    size, least = ends - begins, layout.sections[section].least_answered
    unit = layout.unit_of_score
    complete, scored = counts.complete[section], counts.scores[section].n
    # What an answer weighs in X: most for someone who just has a score, least for someone complete,
    # nothing for someone partial without a score.
    unscored = least > 1 and scored < counts.respondents
    if complete.n:
        weights = [-(unit // size)] if unscored else []
        if scored > complete.n:
            weights.append(unit // least - unit // size)
    else:
        widest = unit // least - (0 if unscored else unit // (size - 1))
        weights = [widest, -widest] if widest else []
    if not weights:
        return
    ways = []
    for item, full in zip(range(begins, ends), complete.histograms, strict=True):
        everyone = counts.histogram(item)
        if sum(everyone) < exact_from:
            continue
        of_partial = [option for option, n in enumerate(everyone) if n > full[option]]
        of_full = [option for option, n in enumerate(full) if n]
        for mine in of_partial:
            for theirs in of_full or of_partial:
                if mine != theirs:
                    changes = tuple(weight * (theirs - mine) for weight in weights)
                    swapped = item - begins if of_full else None
                    ways.append(Way(changes, swapped, gives=theirs, gets=mine))
    if ways:  # else everyone agrees on every statement, and its histogram says all there is
        yield Secret(tuple(ways))


def may_be_told_apart(parts: Iterable[int], least: int) -> bool:
    """True if a parent's figure, less its units' own, is about a single unit or too few people.

    `parts` are the n of the units whose own figure is not shown. Those of fewer than 5 must be
    enough by themselves, since of the others a word or a mean may be known. Units without an answer
    do not count.
    """
    hidden = [n for n in parts if n]
    few = [n for n in hidden if n < OWN_LEAST]
    return any(group and (len(group) < 2 or sum(group) < least) for group in (hidden, few))


def may_replace(layout: Layout, before: Counts, now: Counts) -> bool:
    """True if figures of these counts may be shown beside figures of those before.

    Equal counts may. Else the difference must itself be a group that came or went: at least 11
    people, no statement scored by 1 to 10 of them, and no section in which a few sheets could be
    told from the figures of before, of now, or of the difference.
    """
    if before == now:
        return True
    came, went = difference(now, before), difference(before, now)
    moved = came or went
    if moved is None or moved.respondents < FIGURES_FROM:
        return False
    items = range(len(layout.items))
    return not any(0 < moved.answered(item) < FIGURES_FROM for item in items) and not any(
        has_few(layout, counts, section)
        for counts in (before, now, moved)
        for section in range(len(layout.sections))
    )


def difference(of: Counts, less: Counts) -> Counts | None:
    """The counts of the sheets that `of` has and `less` has not; None if it lacks some of those."""
    rows = [*zip(of.items, less.items, strict=True)]
    rows += [
        pair
        for its, theirs in zip(of.complete, less.complete, strict=True)
        for pair in zip(its.histograms, theirs.histograms, strict=True)
    ]
    if any(a < b for its, theirs in rows for a, b in zip(its, theirs, strict=True)):
        return None
    return Counts(
        of.respondents - less.respondents,
        tuple(_less(a, b) for a, b in zip(of.items, less.items, strict=True)),
        tuple(
            ScoreSums(a.n - b.n, a.total - b.total, a.squares - b.squares)
            for a, b in zip(of.scores, less.scores, strict=True)
        ),
        tuple(
            CompleteSums(
                a.n - b.n,
                a.total - b.total,
                a.squares - b.squares,
                tuple(_less(*pair) for pair in zip(a.histograms, b.histograms, strict=True)),
            )
            for a, b in zip(of.complete, less.complete, strict=True)
        ),
    )


def _less(of: Sequence[int], less: Sequence[int]) -> tuple[int, ...]:
    return tuple(a - b for a, b in zip(of, less, strict=True))
