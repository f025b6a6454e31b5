"""How alike people answered, in a word."""

from collections.abc import Sequence

from scoring.counts import CompleteSums
from scoring.layout import Layout
from scoring.payload import Agreement
from scoring.statistics import r_star

COMPLETE_FROM = 10
Histograms = Sequence[tuple[int, ...]]


def agreement_word(layout: Layout, histograms: Histograms) -> Agreement | None:
    """The word for r*, read with two decimals; the histograms are of the same people.

    None for fewer than two people.
    """
    found = r_star(layout, histograms)
    if found is None:
        return None
    hundredths = int((found + 1000) * 100 + 0.5) - 100_000
    if hundredths <= 30:
        return "none"
    if hundredths <= 50:
        return "weak"
    if hundredths <= 70:
        return "moderate"
    return "strong" if hundredths <= 90 else "very strong"


def section_agreement(layout: Layout, complete: CompleteSums) -> Agreement | None:
    """The word for a section, from 10 complete sheets."""
    if complete.n < COMPLETE_FROM:
        return None
    return agreement_word(layout, complete.histograms)
