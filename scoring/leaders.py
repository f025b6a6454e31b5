"""The leaders' sheet: named by consent, beside the ward's figures and never within them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.counts import Counts, count_answers
from scoring.extremes import exact_means, first_places
from scoring.layout import Layout
from scoring.payload import LeadersSection, LeadersShown, SnapshotPayload
from scoring.words import tenths
from surveys.exchange import SectionText

MEAN_FROM = 3


@dataclass(frozen=True)
class Leaders:
    """Each leader's answers as a string, and the text of each item on their sheet by item code."""

    sheets: Sequence[str]
    texts: Mapping[str, str]


def shown_leaders(
    layout: Layout, leaders: Leaders, sections: Sequence[SectionText]
) -> LeadersShown | None:
    """Every leader's scores; `sections` are the ward sheet's words. None without a sheet."""
    if not leaders.sheets:
        return None
    sheets = [count_answers(layout, [sheet]) for sheet in leaders.sheets]
    texts = {item.code: item.text for section in sections for item in section.items}
    return {
        "n": len(sheets),
        "sections": {
            section.code: _dots(
                layout,
                [
                    Fraction(sheet.scores[index].total, layout.unit_of_score)
                    for sheet in sheets
                    if sheet.scores[index].n
                ],
            )
            for index, section in enumerate(layout.sections)
        },
        "items": {
            code: _dots(layout, _scores(sheets, item)) for item, code in enumerate(layout.items)
        },
        "same_wording": _same_wording(layout, leaders, texts),
    }


def section_scores(layout: Layout, sheet: str) -> dict[str, float]:
    """One leader's score of each section that they scored, as it is released."""
    sums = count_answers(layout, [sheet]).scores
    return {
        section.code: _shown(layout, Fraction(sums[index].total, layout.unit_of_score))
        for index, section in enumerate(layout.sections)
        if sums[index].n
    }


def furthest_apart(
    layout: Layout, counts: Counts, payload: SnapshotPayload, leaders: Leaders
) -> list[str]:
    """The items whose shown ward mean lies furthest from the shown leaders' mean, of those with the
    same text on both sheets."""
    sheets = [count_answers(layout, [sheet]) for sheet in leaders.sheets]
    shown = payload["leaders"]
    same = set(shown["same_wording"]) if shown is not None else set()
    ward = exact_means(layout, counts, payload)
    apart: list[tuple[Fraction, str]] = []
    for item, code in enumerate(layout.items):
        scores = _scores(sheets, item)
        if code in same and code in ward and len(scores) >= MEAN_FROM:
            theirs = sum(scores, start=Fraction(0)) / len(scores)
            apart.append((abs(ward[code] - theirs), code))
    return first_places((distance, code) for distance, code in apart if distance)


def _scores(sheets: Sequence[Counts], item: int) -> list[Fraction]:
    return [
        Fraction(option)
        for sheet in sheets
        for option, count in enumerate(sheet.histogram(item))
        if count
    ]


def _dots(layout: Layout, scores: Sequence[Fraction]) -> LeadersSection:
    mean = None
    if len(scores) >= MEAN_FROM:
        mean = _shown(layout, sum(scores, start=Fraction(0)) / len(scores))
    return {"dots": sorted(_shown(layout, score) for score in scores), "mean": mean}


def _shown(layout: Layout, score: Fraction) -> float:
    return round(layout.minimum + tenths(score.numerator, score.denominator) / 10, 1)


def _same_wording(layout: Layout, leaders: Leaders, texts: Mapping[str, str]) -> list[str]:
    return [code for code in layout.items if leaders.texts.get(code) == texts[code]]
