"""One section of one unit, with its statements: which of its figures are released."""

from collections.abc import Sequence
from math import hypot, sqrt
from statistics import stdev
from typing import Literal

from scoring.agreement import agreement_word, section_agreement
from scoring.counts import Counts, rising
from scoring.decoys import NONE, Decoy
from scoring.disclosure import FIGURES_FROM, MEANS_FROM, OWN_LEAST
from scoring.layout import Layout
from scoring.payload import Agreement, ItemShown, Reason, SectionShown, SectionWhy, Tier
from scoring.reach import Reach, point_around, stays_open_in_agreement, tenth_around
from scoring.statistics import mean_and_sd, mean_interval
from scoring.words import (
    anchors_of_hidden,
    anchors_of_shown,
    level_of,
    outward_tenth,
    percent,
    score_word,
    tenths,
)
from surveys.exchange import SectionText

Level = Literal["mean", "subtraction", "small_group", "withheld", "no_word"]
"""What is shown of a section's score: its mean, a word for one of two reasons, nothing for want
of answers, or nothing because even the word would tell."""

OFTEN = (3, 10)
MANY_ITEMS = 4
SPREAD_STEPS = (0.55, 0.8, 1.1)
"""Of the widest SD; the last leaves room for those who scored a part."""


def is_often(count: int, of: int) -> bool:
    """True above 30%."""
    return count * OFTEN[1] > of * OFTEN[0]


def spread_rounded_up(layout: Layout, counts: Counts, section: int) -> float | None:
    """The SD of a section's scores rounded up to a step of the widest that the statements' shown
    histograms allow, with some room for the others. None if the SD is above all steps, or in short
    sections, where one answer moves a person's score far."""
    begins, ends = layout.spans[section]
    sums, size = counts.scores[section], ends - begins
    _, sd = mean_and_sd(sums, layout.unit_of_score)
    answered = [counts.answered(item) for item in range(begins, ends)]
    shown = [
        counts.histogram(item) for item, n in enumerate(answered, start=begins) if n >= FIGURES_FROM
    ]
    if sd is None or size < MANY_ITEMS:
        return None
    hidden = [
        (layout.options - 1) / 2 * sqrt(n / sums.n) / size for n in answered if n < FIGURES_FROM
    ]
    widest = hypot(_widest_spread(shown), *hidden)
    return next((widest * step for step in SPREAD_STEPS if sd <= widest * step + 1e-9), None)


def _widest_spread(histograms: Sequence[Sequence[int]]) -> float:
    """The SD of scores if whoever answers one item lowest answers every item lowest, and so on; 0
    without any histogram."""
    if not histograms:
        return 0.0
    rows = [rising(histogram) for histogram in histograms]
    most = max(map(len, rows))
    sums = [sum(row[place * len(row) // most] for row in rows) for place in range(most)]
    return stdev(sums) / len(rows)


class ReleasedSection:
    """One section of one unit, and which of its figures are safe to show."""

    def __init__(
        self,
        layout: Layout,
        counts: Counts,
        index: int,
        tier: Tier,
        text: SectionText,
        labels: Sequence[str],
        headcount: int | None,
        reaches: Sequence[Reach | None],
        *,
        may_show_mean: bool = True,
        may_show_agreement: bool = True,
        decoy: Decoy = NONE,
        has_other_range: bool = False,
    ) -> None:
        self.layout, self.counts, self.index, self.tier = layout, counts, index, tier
        self.text, self.labels, self.headcount = text, labels, headcount
        self.has_other_range = has_other_range
        self.begins, self.ends = layout.spans[index]
        self.sums, self.complete = counts.scores[index], counts.complete[index]
        self.point = self.sums.n * layout.unit_of_score
        self.reaches = [reach for reach in reaches if reach is not None]
        answered = [counts.answered(item) for item in range(self.begins, self.ends)]
        self.is_known = tier == "figures" and min(answered) >= FIGURES_FROM
        has_holes = bool(self.reaches) or self.complete.n < max(answered)
        self.decoy = decoy if has_holes else NONE
        self.may_show_mean = may_show_mean and "mean" not in self.decoy
        self.level = self._level()
        self.shows_agreement = may_show_agreement and self._may_show_agreement()

    def _level(self) -> Level:
        """The most that leaves open what the few answered: rather a word than nothing."""
        if self.sums.n < OWN_LEAST:
            return "withheld"
        less: Level = "small_group"
        if self.sums.n >= MEANS_FROM and self.tier != "words":
            if self.may_show_mean and self._stays_open(*self._tenth()):
                return "mean"
            less = "subtraction"
        return less if "word" not in self.decoy and self._stays_open(*self._point()) else "no_word"

    def _stays_open(self, begins: int, ends: int) -> bool:
        return all(reach.stays_open(begins, ends) for reach in self.reaches)

    def _tenth(self) -> tuple[int, int]:
        return tenth_around(self.sums.total, self.point)

    def _point(self) -> tuple[int, int]:
        return point_around(self.sums.total, self.point, self.layout.options)

    def _may_show_agreement(self) -> bool:
        if self.tier != "figures" or "agreement" in self.decoy or self.level == "no_word":
            return False
        return not self.reaches or (
            self.is_known
            and stays_open_in_agreement(
                self.layout,
                self.counts,
                self.index,
                *(self._tenth() if self.level == "mean" else self._point()),
            )
        )

    def shown(self) -> SectionShown:
        """The section as it is released."""
        layout, tier = self.layout, self.tier
        items = [
            _item(layout, self.counts, item, tier, text.code, text.text)
            for item, text in zip(range(self.begins, self.ends), self.text.items, strict=True)
        ]
        why: SectionWhy = {}
        mean, anchors, withheld = self._score(why)
        interval, sd = self._spread(mean, why)
        agreement, agreement_n = self._agreement(why)
        unsure = sum(self.counts.not_sure(item) for item in range(self.begins, self.ends))
        share = unsure / (self.counts.respondents * len(items))
        if tier != "figures":
            why["cant_say"] = "words_only" if tier == "words" else "small_tier"
        return {
            "code": self.text.code,
            "title": self.text.title,
            "stem": self.text.stem,
            "item_count": len(items),
            "n": None if tier == "words" else self.sums.n,
            "mean": mean,
            "word": None if anchors is None else score_word(anchors, self.labels),
            "anchors": anchors,
            "interval": interval,
            "sd": sd,
            "agreement": agreement,
            "agreement_n": agreement_n,
            "cant_say": round(share, 4) if tier == "figures" else None,
            "cant_say_leads": is_often(unsure, self.counts.respondents * len(items)),
            "relatively_low": False,
            "withheld": withheld,
            "why": why,
            "items": items,
        }

    def _score(self, why: SectionWhy) -> tuple[float | None, list[int] | None, Reason | None]:
        if self.level == "mean":
            found = tenths(self.sums.total, self.point)
            mean = round(self.layout.minimum + found / 10, 1)
            return mean, anchors_of_shown(found, self.layout.options), None
        if self.level == "withheld":
            return None, None, "few_answers" if self.sums.n else "no_answer"
        if self.level == "no_word":
            return None, None, "subtraction"
        why["mean"] = "words_only" if self.tier == "words" else self.level
        return None, list(anchors_of_hidden(self.sums.total, self.point, self.layout.options)), None

    def _spread(
        self, mean: float | None, why: SectionWhy
    ) -> tuple[list[float] | None, float | None]:
        reason: Reason | None = None
        _, sd = mean_and_sd(self.sums, self.layout.unit_of_score)
        if self.tier != "figures":
            reason = "words_only" if self.tier == "words" else "small_tier"
        elif self.sums.n < FIGURES_FROM:
            reason = "below_11"
        elif mean is None:
            reason = "subtraction"
        if reason is not None or mean is None or sd is None:
            why["interval"] = why["sd"] = reason or "below_11"
            return None, None
        if not self.reaches:
            return self._interval(mean, sd, why), int(sd * 10 + 0.5) / 10
        # The exact spread of a few who can be set apart would narrow down what they answered. So
        # the range is drawn for a spread rounded up to steps that the items' own spread makes.
        why["sd"] = "subtraction"
        if self.has_other_range:
            why["interval"] = "other_headcount"
            return None, None
        rounded = spread_rounded_up(self.layout, self.counts, self.index)
        if rounded is None or "interval" in self.decoy:
            why["interval"] = "subtraction"
            return None, None
        return self._interval(mean, rounded, why), None

    def _interval(self, mean: float, sd: float, why: SectionWhy) -> list[float] | None:
        """The shown mean, plus and minus the half-width rounded up: no finer view of the mean."""
        ends = mean_interval(0.0, sd, self.sums.n, self.headcount)
        if self.headcount is None or ends is None:
            why["interval"] = "no_headcount"
            return None
        half = outward_tenth(ends[1])
        low, high = self.layout.minimum, self.layout.maximum
        return [round(max(low, mean - half), 1), round(min(high, mean + half), 1)]

    def _agreement(self, why: SectionWhy) -> tuple[Agreement | None, int | None]:
        if self.tier != "figures":
            why["agreement"] = "words_only" if self.tier == "words" else "small_tier"
            return None, None
        found = section_agreement(self.layout, self.complete)
        if found is None:
            why["agreement"] = "few_full_sheets"
        elif not self.shows_agreement:
            why["agreement"] = "subtraction"
            found = None
        return found, self.complete.n


def _item(layout: Layout, counts: Counts, item: int, tier: Tier, code: str, text: str) -> ItemShown:
    n = counts.answered(item)
    unsure = counts.not_sure(item)
    figures = tier == "figures"
    found: ItemShown = {
        "code": code,
        "text": text,
        "n": n if figures else None,
        "mean": None,
        "level": None,
        "distribution": None,
        "agreement": None,
        "cant_say": round(unsure / counts.respondents, 4) if figures else None,
        "cant_say_count": unsure if figures else None,
        "cant_say_often": is_often(unsure, counts.respondents),
        "withheld": None,
        "why": None,
    }
    if tier == "words":
        found["withheld"] = "words_only"
        return found
    if n < OWN_LEAST:
        found["withheld"] = "few_answers" if n or not figures else "no_answer"
        return found
    histogram = counts.histogram(item)
    total = sum(option * count for option, count in enumerate(histogram))
    found["level"] = level_of(total, n, layout.options)
    if not figures or n < FIGURES_FROM:
        found["why"] = "below_11" if figures else "small_tier"
        return found
    found["mean"] = round(layout.minimum + tenths(total, n) / 10, 1)
    found["distribution"] = [percent(count, n) for count in histogram]
    found["agreement"] = agreement_word(layout, (histogram,))
    return found
