"""One section of one unit, with its statements: which of its figures are released, and why not.

Whether a figure is shown depends on how many scored, could not say or left blank, and never on the
scores they chose. So an empty place tells nothing of scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from instruments.rules.texts import SectionText
from scoring.rules.agreement import agreement_word
from scoring.rules.columns import Column
from scoring.rules.distributions import t_quantile
from scoring.rules.layout import Layout
from scoring.rules.payload import ItemShown, Reason, SectionShown, SectionWhy, Tier
from scoring.rules.rounding import (
    anchors_of_hidden,
    anchors_of_shown,
    average,
    level_of,
    percent,
    tenths,
    tenths_up,
)
from scoring.rules.score_words import score_word
from scoring.rules.thresholds import BARS_FROM, FINE_FROM, MEANS_FROM, WORDS_FROM, half

OFTEN = (3, 10)
RANGE_AT = 0.95
"""One-sided: the range is one of about 90%, for a section's standard error is at most the average
of its statements', whatever the answers have to do with each other."""
LEAST_WIDTH = 1
"""Of half a range, in tenths."""


@dataclass(frozen=True)
class Behind:
    """Which statements of a section stand behind its mean, behind its range and agreement, and
    behind its word where there is no mean; none where too few were scored by enough people."""

    mean: tuple[int, ...]
    spread: tuple[int, ...]
    word: tuple[int, ...]


def behind(columns: Sequence[Column], tier: Tier, options: int) -> Behind:
    """By their place among a section's columns, the statements that its figures rest on."""
    need = half(len(columns))

    def scored(least: int) -> tuple[int, ...]:
        found = tuple(place for place, column in enumerate(columns) if column.n >= least)
        return found if len(found) >= need else ()

    word, bars = scored(WORDS_FROM), with_bars(columns, tier)
    if min(len(columns), options) < FINE_FROM:
        enough = bars if len(bars) >= need else ()
        return Behind(enough, enough, word)
    if tier == "figures":
        mean = scored(MEANS_FROM)
        has_spread = mean and len(bars) >= max(2, -(-len(columns) // 3))
        return Behind(mean, bars if has_spread else (), word)
    if tier == "small" and any(columns[place].n >= MEANS_FROM for place in word):
        return Behind(word, word, word)
    return Behind((), (), word)


def with_bars(columns: Sequence[Column], tier: Tier) -> tuple[int, ...]:
    """The statements whose bars are shown."""
    if tier != "figures":
        return ()
    return tuple(place for place, column in enumerate(columns) if column.n >= BARS_FROM)


def mean_of(columns: Sequence[Column]) -> Fraction:
    """The average of the statements' means, counted from 0; each statement counts once."""
    return average((column.total, column.n) for column in columns)


def standard_error(columns: Sequence[Column], headcount: int | None = None) -> float:
    """The average of the statements' standard errors: the most that the section's can be. With a
    headcount, of the mean of that team had all answered."""
    return sum(_error(column, headcount) for column in columns) / len(columns)


def _error(column: Column, headcount: int | None) -> float:
    n = column.n
    if headcount is None:
        return sqrt(column.spread / (n * n * (n - 1)))
    left = max(0, headcount - n)
    return sqrt(column.spread * left / (n * n * (n - 1) * headcount))


def fewest(columns: Sequence[Column]) -> int:
    """By how many the least scored of these statements was scored."""
    return min(column.n for column in columns)


def is_often(count: int, of: int) -> bool:
    """True above 30%."""
    return count * OFTEN[1] > of * OFTEN[0]


@dataclass(frozen=True)
class ReleasedSection:
    """One section of one unit; `reason` is why the unit has no bars, if it has none."""

    layout: Layout
    columns: Sequence[Column]
    respondents: int
    headcount: int | None
    tier: Tier
    reason: Reason | None

    @property
    def spread(self) -> list[Column]:
        """What its range and agreement rest on."""
        return self._at(self._behind.spread)

    @property
    def _behind(self) -> Behind:
        return behind(self.columns, self.tier, self.layout.options)

    def _at(self, places: Sequence[int]) -> list[Column]:
        return [self.columns[place] for place in places]

    def shown(self, text: SectionText, labels: Sequence[str]) -> SectionShown:
        """The section as it is released, but for whether it is relatively low."""
        layout, figures = self.layout, self.tier == "figures"
        found, why = self._behind, SectionWhy()
        spread = self._at(found.spread)
        mean = tenths(mean_of(self._at(found.mean))) if found.mean else None
        anchors = None
        if mean is not None:
            anchors = anchors_of_shown(mean)
        elif found.word:
            anchors = anchors_of_hidden(mean_of(self._at(found.word)), layout.options)
            why["mean"] = self._why_no_mean()
        interval = self._interval(mean, spread, why)
        if not spread:
            why["agreement"] = why["interval"]
        unsure = sum(column.cant_say for column in self.columns)
        asked = self.respondents * len(self.columns)
        if not figures:
            why["cant_say"] = self.reason or "words_only"
        scored = [column.n for column in self.columns]
        return {
            "code": text.code,
            "title": text.title,
            "stem": text.stem,
            "item_count": len(self.columns),
            "scored": [min(scored), max(scored)] if figures else None,
            "statements": [len(found.mean), len(self.columns)] if found.mean else None,
            "people": None,
            "units": None,
            "mean": None if mean is None else on_scale(layout, mean),
            "word": None if anchors is None else score_word(anchors, labels),
            "anchors": anchors,
            "interval": interval,
            "agreement": agreement_word(layout, spread) if spread else None,
            "cant_say": round(unsure / asked, 4) if figures else None,
            "cant_say_leads": is_often(unsure, asked),
            "relatively_low": False,
            "withheld": None if anchors is not None else "too_few_statements",
            "why": why,
            "items": [
                self._item(column, item.code, item.text)
                for column, item in zip(self.columns, text.items, strict=True)
            ],
        }

    def _why_no_mean(self) -> Reason:
        if self.tier == "words":
            return "words_only"
        if self.tier == "small" and min(len(self.columns), self.layout.options) < FINE_FROM:
            return "too_soon" if self.reason == "too_soon" else "short_section"
        return "too_few_statements"

    def _interval(
        self, mean: int | None, spread: Sequence[Column], why: SectionWhy
    ) -> list[float] | None:
        """The shown mean, plus and minus the half-width rounded up."""
        reason: Reason
        if self.tier != "figures":
            reason = self.reason or "words_only"
        elif mean is None:
            reason = "too_few_statements"
        elif not spread:
            reason = "few_bars"
        elif self.headcount is None:
            reason = "no_headcount"
        elif self.headcount <= self.respondents:
            reason = "everybody"
        else:
            error = standard_error(spread, self.headcount)
            width = tenths_up(t_quantile(RANGE_AT, fewest(spread) - 1) * error)
            width = max(LEAST_WIDTH, width)
            top = 10 * (self.layout.options - 1)
            ends = (max(0, mean - width), min(top, mean + width))
            return [on_scale(self.layout, end) for end in ends]
        why["interval"] = reason
        return None

    def _item(self, column: Column, code: str, text: str) -> ItemShown:
        layout, figures = self.layout, self.tier == "figures"
        has_bars = figures and column.n >= BARS_FROM
        found: ItemShown = {
            "code": code,
            "text": text,
            "n": column.n if figures else None,
            "people": None,
            "units": None,
            "mean": None,
            "level": None,
            "distribution": None,
            "agreement": None,
            "cant_say": round(column.cant_say / self.respondents, 4) if figures else None,
            "cant_say_count": column.cant_say if figures else None,
            "cant_say_often": self.tier != "words" and is_often(column.cant_say, self.respondents),
            "withheld": None,
            "why": None,
        }
        if self.tier == "words":
            found["withheld"] = "words_only"
        elif column.n < WORDS_FROM:
            found["withheld"] = "few_answers" if column.n or not figures else "no_answer"
        elif layout.options >= FINE_FROM or has_bars:
            found["level"] = level_of(column.total, column.n, layout.options)
        elif figures:
            found["withheld"] = "below_11"
        else:
            found["withheld"] = "too_soon" if self.reason == "too_soon" else "short_section"
        if has_bars:
            found["mean"] = on_scale(layout, tenths(column.mean))
            found["distribution"] = [percent(count, column.n) for count in column.histogram]
            found["agreement"] = agreement_word(layout, [column])
        elif found["withheld"] is None:
            found["why"] = "below_11" if figures else self.reason
        return found


def on_scale(layout: Layout, in_tenths: int) -> float:
    """Tenths counted from 0 as a number on the version's own scale."""
    return round(layout.minimum + in_tenths / 10, 1)
