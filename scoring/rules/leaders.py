"""The leaders' sheet: named by consent, beside the ward's figures and never within them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from instruments.rules.texts import SectionText
from scoring.rules.columns import Column, count_columns
from scoring.rules.layout import Layout
from scoring.rules.payload import LeadersSection, LeadersShown, SnapshotPayload
from scoring.rules.rounding import tenths
from scoring.rules.sections import on_scale
from scoring.rules.standing_out import first_places
from scoring.rules.thresholds import half

MEAN_FROM = 3


@dataclass(frozen=True)
class Leaders:
    """Each leader's answers as a string, and the text of each item on their sheet by item code.

    `same_meaning` are the items that the ward's form asks in plainer words. `together`: all leaders
    agreed the one sheet.
    """

    sheets: Sequence[str]
    texts: Mapping[str, str]
    same_meaning: frozenset[str] = frozenset()
    together: bool = False


def shown_leaders(
    layout: Layout, leaders: Leaders, sections: Sequence[SectionText]
) -> LeadersShown | None:
    """Every leader's scores; `sections` are the ward sheet's words. None without a sheet."""
    if not leaders.sheets:
        return None
    sheets = [count_columns(layout, [sheet]) for sheet in leaders.sheets]
    texts = {item.code: item.text for section in sections for item in section.items}
    scores = [
        [_score(sheet.section(layout, index)) for sheet in sheets]
        for index in range(len(layout.sections))
    ]
    same = [code for code in layout.items if leaders.texts.get(code) == texts[code]]
    plainer = leaders.same_meaning.intersection(leaders.texts).difference(same)
    others = set(leaders.texts).difference(same, plainer)
    return {
        "n": len(sheets),
        "together": leaders.together,
        "sections": {
            section.code: _dots(layout, theirs)
            for section, theirs in zip(layout.sections, scores, strict=True)
        },
        "items": {
            code: _dots(layout, [_score([sheet.items[item]]) for sheet in sheets])
            for item, code in enumerate(layout.items)
        },
        "same_wording": same,
        "in_plainer_words": {code: leaders.texts[code] for code in layout.items if code in plainer},
        "worded_differently": {
            code: leaders.texts[code] for code in layout.items if code in others
        },
    }


def section_scores(layout: Layout, sheet: str) -> dict[str, float]:
    """One leader's score of each section that they scored, as it is released."""
    columns = count_columns(layout, [sheet])
    scores = {
        section.code: _score(columns.section(layout, index))
        for index, section in enumerate(layout.sections)
    }
    return {
        code: on_scale(layout, tenths(score)) for code, score in scores.items() if score is not None
    }


def furthest_apart(payload: SnapshotPayload) -> list[str]:
    """The items whose shown ward mean lies furthest from the shown leaders' mean, of those that ask
    the same on both sheets."""
    leaders = payload["leaders"]
    if leaders is None:
        return []
    same = {*leaders["same_wording"], *leaders["in_plainer_words"]}
    apart = []
    for section in payload["sections"]:
        for item in section["items"]:
            ward, theirs = item["mean"], leaders["items"][item["code"]]["mean"]
            if item["code"] in same and ward is not None and theirs is not None:
                apart.append((abs(round(10 * ward) - round(10 * theirs)), item["code"]))
    return first_places((Fraction(distance), code) for distance, code in apart if distance)


def _score(columns: Sequence[Column]) -> Fraction | None:
    """One person's score of these statements; none with fewer than half of them scored."""
    scored = [column.total for column in columns if column.n]
    return Fraction(sum(scored), len(scored)) if len(scored) >= half(len(columns)) else None


def _dots(layout: Layout, scores: Sequence[Fraction | None]) -> LeadersSection:
    known = [score for score in scores if score is not None]
    mean = None
    if len(known) >= MEAN_FROM:
        mean = on_scale(layout, tenths(sum(known, Fraction(0)) / len(known)))
    return {"dots": sorted(on_scale(layout, tenths(score)) for score in known), "mean": mean}
