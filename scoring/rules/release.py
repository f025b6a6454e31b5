"""The release rules: from a unit's columns to the snapshot payload, the only thing ever shown.

The rules in full are in `docs/release-rules.md`. Nothing here reads a database or knows a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from instruments.rules.texts import SectionText
from scoring.rules.columns import Columns
from scoring.rules.distributions import t_quantile
from scoring.rules.layout import Layout
from scoring.rules.leaders import Leaders, furthest_apart, shown_leaders
from scoring.rules.payload import SCHEMA, Caution, Reason, SectionShown, SnapshotPayload, Tier
from scoring.rules.sections import ReleasedSection, fewest, standard_error
from scoring.rules.standing_out import most_cant_say
from scoring.rules.thresholds import BARS_FROM, MEANS_FROM, WORDS_FROM

LEAST_LOW = 3
"""In tenths: a section nearer to the others is never called low."""
LOW_AT = 0.975
WHY: dict[Tier, Reason] = {"small": "small_ward", "words": "words_only"}


@dataclass(frozen=True)
class Wording:
    """The words of one edition in one language; sections and items in the layout's order."""

    instrument: str
    version: str
    edition: str
    edition_label: str
    notice: str
    labels: tuple[str, ...]
    sections: tuple[SectionText, ...]


def release(
    *,
    layout: Layout,
    columns: Columns | None,
    headcount: int | None,
    k: int,
    wording: Wording,
    leaders: Leaders | None = None,
    too_soon: bool = False,
) -> SnapshotPayload:
    """What may be shown of a unit's ward sheets.

    `columns` is None where the envelopes were destroyed unopened. `too_soon` says that another
    survey of the unit that closed near this one has shown bars.
    """
    payload = empty_payload(layout, wording, headcount, k)
    if columns is None or columns.respondents < max(k, WORDS_FROM):
        payload["withheld"] = "below_k"
        return payload
    respondents = columns.respondents
    tier = tier_of(respondents)
    reason = WHY.get(tier)
    if tier == "figures" and too_soon:
        tier, reason = "small", "too_soon"
    payload["tier"], payload["why"] = tier, reason
    payload["answered"] = respondents
    payload["caution"] = caution_of(respondents, headcount)
    sections = [
        ReleasedSection(
            layout, columns.section(layout, index), respondents, headcount, tier, reason
        )
        for index in range(len(layout.sections))
    ]
    payload["sections"] = [
        section.shown(text, wording.labels)
        for section, text in zip(sections, wording.sections, strict=True)
    ]
    if tier == "figures":
        _mark_relatively_low(sections, payload["sections"])
        payload["most_cant_say"] = most_cant_say(layout, columns)
    if leaders is not None:
        payload["leaders"] = shown_leaders(layout, leaders, wording.sections)
        payload["furthest_apart"] = furthest_apart(payload)
    return payload


def tier_of(respondents: int) -> Tier:
    """How much may be shown of so many answers."""
    if respondents >= BARS_FROM:
        return "figures"
    if respondents >= MEANS_FROM:
        return "small"
    return "words" if respondents >= WORDS_FROM else "too_few"


def empty_payload(
    layout: Layout, wording: Wording, headcount: int | None, k: int
) -> SnapshotPayload:
    """A payload without a single figure: what was asked."""
    return {
        "schema": SCHEMA,
        "tier": "too_few",
        "withheld": None,
        "why": None,
        "kept": None,
        "answered": None,
        "headcount": headcount,
        "k": k,
        "units": None,
        "instrument": wording.instrument,
        "version": wording.version,
        "edition": {"name": wording.edition, "label": wording.edition_label},
        "scale": {"min": layout.minimum, "max": layout.maximum, "labels": list(wording.labels)},
        "notice": wording.notice,
        "caution": None,
        "sections": [],
        "most_cant_say": [],
        "leaders": None,
        "furthest_apart": [],
    }


def caution_of(respondents: int, headcount: int | None) -> Caution | None:
    """By the response rate: indicative only below 40%, caution below 60%."""
    if headcount is None or 10 * respondents >= 6 * headcount:
        return None
    return "indicative" if 10 * respondents < 4 * headcount else "caution"


def _mark_relatively_low(
    sections: Sequence[ReleasedSection], shown: Sequence[SectionShown]
) -> None:
    """Sets `relatively_low`: the shown mean lies below the average of the unit's other shown means
    by 0.3 or more and by more than chance would bring."""
    means = [None if section["mean"] is None else round(10 * section["mean"]) for section in shown]
    for place, section in enumerate(sections):
        own, spread = means[place], section.spread
        others = [mean for at, mean in enumerate(means) if mean is not None and at != place]
        if own is None or not spread or not others:
            continue
        gap = Fraction(sum(others), len(others)) - own
        chance = 10 * t_quantile(LOW_AT, fewest(spread) - 1) * standard_error(spread)
        shown[place]["relatively_low"] = gap >= LEAST_LOW and gap > chance
