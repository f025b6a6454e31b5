"""What could be worked out by subtraction, and so must not be shown: from public numbers alone."""

from collections.abc import Iterable, Sequence

from scoring.counts import CompleteSums, Counts, ScoreSums
from scoring.layout import Layout

OWN_LEAST = 5
MEANS_FROM = 7
FIGURES_FROM = 11


def has_few(layout: Layout, counts: Counts, section: int) -> bool:
    """True if few scored some item of the section, or could be set apart in it."""
    begins, ends = layout.spans[section]
    return has_few_apart(layout, counts, section) or any(
        0 < counts.answered(item) < OWN_LEAST for item in range(begins, ends)
    )


def has_few_apart(layout: Layout, counts: Counts, section: int) -> bool:
    """True if a few scored a part of the section and others all of it, or the other way round."""
    full = counts.complete[section].n
    least = layout.sections[section].least_answered
    part = with_score = 0
    for scored, row in enumerate(counts.partial[section], start=1):
        people = sum(row) // scored
        part += people
        with_score += people if scored >= least else 0
    if not full or not part:
        return False
    return any(0 < group < OWN_LEAST for group in (part, with_score, full))


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
    rows += [
        pair
        for its, theirs in zip(of.partial, less.partial, strict=True)
        for pair in zip(its, theirs, strict=True)
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
        tuple(
            tuple(_less(*pair) for pair in zip(a, b, strict=True))
            for a, b in zip(of.partial, less.partial, strict=True)
        ),
    )


def _less(of: Sequence[int], less: Sequence[int]) -> tuple[int, ...]:
    return tuple(a - b for a, b in zip(of, less, strict=True))
