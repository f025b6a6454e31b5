"""One section of one unit, with its statements: which of its figures are released."""

from collections.abc import Callable, Hashable, Sequence
from typing import Literal

from scoring.agreement import agreement_word, section_agreement
from scoring.counts import Counts
from scoring.decoys import NONE, Decoy
from scoring.disclosure import (
    FIGURES_FROM,
    MEANS_FROM,
    OWN_LEAST,
    Secret,
    few_filled_in_part,
    has_few,
    moves_the_mean_too_far,
    secrets,
)
from scoring.layout import Layout
from scoring.payload import Agreement, ItemShown, Reason, SectionShown, SectionWhy, Tier
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

Figure = Callable[[int], Hashable]
"""What is shown for a sum of X."""

Level = Literal["mean", "subtraction", "small_group", "withheld", "no_word"]
"""What is shown of a section's score: its mean, a word for one of two reasons, nothing for want
of answers, or nothing because even the word would tell."""

OFTEN = (3, 10)
NEAR_UNANIMOUS = 0.25
NEAR_ALIKE = 0.5
MANY_ITEMS = 4


def is_often(count: int, of: int) -> bool:
    """True above 30%."""
    return count * OFTEN[1] > of * OFTEN[0]


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
        more: Sequence[Secret] = (),
        *,
        may_show_agreement: bool = True,
        decoy: Decoy = NONE,
        has_other_range: bool = False,
    ) -> None:
        self.layout, self.counts, self.index, self.tier = layout, counts, index, tier
        self.text, self.labels, self.headcount = text, labels, headcount
        self.has_other_range = has_other_range
        self.begins, self.ends = layout.spans[index]
        self.sums, self.complete = counts.scores[index], counts.complete[index]
        exact_from = FIGURES_FROM if tier == "figures" else None
        self.secrets = [*secrets(layout, counts, index, exact_from=exact_from), *more]
        self.level: Level = "withheld"
        self.has_few_partial = few_filled_in_part(layout, counts, index)
        answered = [counts.answered(item) for item in range(self.begins, self.ends)]
        self.has_few = has_few(layout, counts, index)
        has_holes = self.has_few or self.complete.n < max(answered)
        self.decoy = decoy if has_holes or more else NONE
        self.shows_agreement = (
            may_show_agreement
            and tier == "figures"
            and "agreement" not in self.decoy
            and not (self.has_few_partial and self._has_hidden_histograms())
        )
        self._decide()

    def _decide(self) -> None:
        """Chooses the most that keeps every secret: rather the mean than the agreement, rather the
        mean in a word than nothing."""
        if self.sums.n < OWN_LEAST:
            return
        near_unanimous = self.is_near_unanimous()
        if self.sums.n >= MEANS_FROM and self.tier != "words":
            if (
                not near_unanimous
                and not moves_the_mean_too_far(self.layout, self.counts, self.index)
                and "mean" not in self.decoy
                and self._settles(self.mean_in_tenths)
            ):
                self.level = "mean"
                return
            self.level = "subtraction"
        else:
            self.level = "small_group"
        if near_unanimous or "word" in self.decoy or not self._settles(self.hidden_anchors):
            self.level, self.shows_agreement = "no_word", False

    def _has_hidden_histograms(self) -> bool:
        return any(
            self.counts.answered(item) < FIGURES_FROM for item in range(self.begins, self.ends)
        )

    def is_near_unanimous(self) -> bool:
        """True if the scores hardly differ although some left statements out: then even a word
        would say of each of them what they answered."""
        _, sd = mean_and_sd(self.sums, self.layout.unit_of_score)
        most = max(self.counts.answered(item) for item in range(self.begins, self.ends))
        return self.complete.n < most and (sd or 0) < NEAR_UNANIMOUS

    def _settles(self, figure: Figure) -> bool:
        """Keeps the secrets with this figure, if need be at the cost of the agreement."""
        if self.keeps(figure):
            return True
        self.shows_agreement, before = False, self.shows_agreement
        if before and self.keeps(figure):
            return True
        self.shows_agreement = before
        return False

    def keeps(self, figure: Figure) -> bool:
        """True if every secret stays open when this figure is shown."""
        now = figure(self.sums.total)
        word = section_agreement(self.layout, self.complete)
        return all(
            any(
                all(figure(self.sums.total + change) == now for change in way.changes)
                and (not self.shows_agreement or way.agreement(self.layout, self.complete) == word)
                for way in secret.ways
            )
            for secret in self.secrets
        )

    def mean_in_tenths(self, total: int) -> int:
        """The mean for a sum of X, counted from the scale's lowest option."""
        return tenths(total, self.sums.n * self.layout.unit_of_score)

    def hidden_anchors(self, total: int) -> tuple[int, int]:
        """The word for a sum of X whose mean is not shown."""
        return anchors_of_hidden(
            total, self.sums.n * self.layout.unit_of_score, self.layout.options
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
            found = self.mean_in_tenths(self.sums.total)
            mean = round(self.layout.minimum + found / 10, 1)
            return mean, anchors_of_shown(found, self.layout.options), None
        if self.level == "withheld":
            return None, None, "few_answers" if self.sums.n else "no_answer"
        if self.level == "no_word":
            return None, None, "subtraction"
        why["mean"] = "words_only" if self.tier == "words" else self.level
        return None, list(self.hidden_anchors(self.sums.total)), None

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
        if not self.secrets and not self.has_few_partial:
            return self._interval(mean, sd, why), int(sd * 10 + 0.5) / 10
        # An exact spread beside the exact histograms narrows down who answered what; so does a
        # range in a short section, where one answer moves a person's score far, or of scores that
        # hardly differ.
        why["sd"] = "subtraction"
        if self.has_other_range:
            # Ranges by several headcounts would tell the spread ever more exactly.
            why["interval"] = "other_headcount"
            return None, None
        if sd < NEAR_ALIKE or self.ends - self.begins < MANY_ITEMS or "interval" in self.decoy:
            why["interval"] = "subtraction"
            return None, None
        return self._interval(mean, sd, why), None

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
