"""The release rules: from a unit's counts to the snapshot payload, the only thing ever shown.

The rules in full are in `docs/statistics.md`. Nothing here reads a database or knows a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.counts import Counts
from scoring.decoys import NONE, Decoys
from scoring.disclosure import FIGURES_FROM, MEANS_FROM, OWN_LEAST, may_replace
from scoring.extremes import highest_and_lowest, most_cant_say
from scoring.layout import Layout
from scoring.leaders import Leaders, furthest_apart, shown_leaders
from scoring.payload import (
    SCHEMA,
    Caution,
    Reason,
    SectionShown,
    SnapshotPayload,
    Tier,
    TotalShown,
)
from scoring.reach import Reach, reach
from scoring.sections import ReleasedSection
from scoring.words import tenths
from surveys.exchange import SectionText


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


@dataclass(frozen=True)
class Before:
    """What lies behind a snapshot of the unit that was released before."""

    counts: Counts
    headcount: int | None


def release(
    *,
    layout: Layout,
    counts: Counts | None,
    headcount: int | None,
    k: int,
    wording: Wording,
    leaders: Leaders | None = None,
    earlier: Sequence[Before] = (),
    decoys: Decoys | None = None,
) -> SnapshotPayload:
    """What may be shown of a unit's ward sheets.

    `counts` is None where the envelopes were destroyed unopened. `earlier` is what lies behind
    every snapshot with figures that this one follows. `decoys` stay away by chance.
    """
    away = decoys or {}
    if counts is None or counts.respondents < max(k, OWN_LEAST):
        return empty_payload(layout, wording, headcount, k, "below_k")
    if not all(may_replace(layout, before.counts, counts) for before in earlier):
        return empty_payload(layout, wording, headcount, k, "corrected")
    payload = empty_payload(layout, wording, headcount, k, None)
    tier = tier_of(counts.respondents)
    payload["tier"] = tier
    payload["answered"] = counts.respondents
    payload["caution"] = caution_of(counts.respondents, headcount)
    sections = [
        ReleasedSection(
            layout,
            counts,
            index,
            tier,
            text,
            wording.labels,
            headcount,
            [reach_beside_own(layout, counts, index, tier)],
            decoy=away.get(text.code, NONE),
            has_other_range=any(before.headcount != headcount for before in earlier),
        )
        for index, text in enumerate(wording.sections)
    ]
    payload["sections"] = [section.shown() for section in sections]
    payload["total"] = shown_total(layout, counts, tier, sections)
    mark_relatively_low(payload["sections"])
    if tier == "figures":
        payload["highest"], payload["lowest"] = highest_and_lowest(layout, counts, payload)
        payload["most_cant_say"] = most_cant_say(layout, counts)
    if leaders is not None:
        payload["leaders"] = shown_leaders(layout, leaders, wording.sections)
        if tier == "figures":
            payload["furthest_apart"] = furthest_apart(layout, counts, payload, leaders)
    return payload


def reach_beside_own(layout: Layout, counts: Counts, section: int, tier: Tier) -> Reach | None:
    """The reach of a unit's section beside the statements that its payload shows, if a few are at
    stake."""
    return reach(
        layout,
        counts,
        section,
        known_from=FIGURES_FROM if tier == "figures" else None,
        has_levels=tier != "words",
    )


def tier_of(respondents: int) -> Tier:
    """How much may be shown of so many answers."""
    if respondents >= FIGURES_FROM:
        return "figures"
    if respondents >= MEANS_FROM:
        return "small"
    return "words" if respondents >= OWN_LEAST else "too_few"


def empty_payload(
    layout: Layout, wording: Wording, headcount: int | None, k: int, withheld: Reason | None
) -> SnapshotPayload:
    """A payload without a single figure: what was asked, and why nothing is shown."""
    return {
        "schema": SCHEMA,
        "tier": "too_few",
        "withheld": withheld,
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
        "total": {"n": None, "mean": None, "withheld": withheld},
        "highest": [],
        "lowest": [],
        "most_cant_say": [],
        "leaders": None,
        "furthest_apart": [],
    }


def mark_relatively_low(sections: Sequence[SectionShown]) -> None:
    """Sets `relatively_low`: the section's whole interval lies below the mean of the means of the
    unit's other sections. It uses shown figures only, so it tells nothing more."""
    means = {section["code"]: section["mean"] for section in sections}
    for section in sections:
        interval = section["interval"]
        others = [
            mean for code, mean in means.items() if mean is not None and code != section["code"]
        ]
        if interval is not None and others:
            section["relatively_low"] = interval[1] < sum(others) / len(others) - 1e-9


def shown_total(
    layout: Layout, counts: Counts, tier: Tier, sections: Sequence[ReleasedSection]
) -> TotalShown:
    """Only where each section's mean is shown and none has a few sheets to protect: a second figure
    of the same answers tells what the first leaves open."""
    sums = counts.scores[-1]
    withheld: Reason | None = None
    if tier == "words":
        return {"n": None, "mean": None, "withheld": "words_only"}
    if sums.n < OWN_LEAST:
        withheld = "few_answers" if sums.n else "no_answer"
    elif sums.n < MEANS_FROM:
        withheld = "small_group"
    elif any(
        section.level != "mean" or section.reaches or 0 < section.sums.n - sums.n < OWN_LEAST
        for section in sections
    ):
        withheld = "subtraction"
    if withheld is not None:
        return {"n": sums.n, "mean": None, "withheld": withheld}
    found = tenths(sums.total, sums.n * layout.unit_of_score * len(layout.items))
    return {"n": sums.n, "mean": round(layout.minimum + found / 10, 1), "withheld": None}


def caution_of(answered: int, headcount: int | None) -> Caution | None:
    """By the response rate: indicative only below 40%, caution below 60%."""
    if headcount is None or 10 * answered >= 6 * headcount:
        return None
    return "indicative" if 10 * answered < 4 * headcount else "caution"
