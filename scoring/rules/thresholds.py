"""From how many people on something is shown: the numbers that the rules of release share."""

from surveys.rules.between_surveys import FEWEST_FOR_BARS

WORDS_FROM = 5
MEANS_FROM = 7
BARS_FROM = FEWEST_FOR_BARS
FINE_FROM = 4
"""Statements in a section, and options of the scale, from which a section's figures may rest on
statements without bars: with fewer, a mean of 7 to 10 people could tell the very bars."""


def half(size: int) -> int:
    """At least half of so many."""
    return (size + 1) // 2
