"""The joint sheet of a team of fewer than 8: one sheet, agreed aloud, shown as it is."""

from collections.abc import Sequence
from fractions import Fraction

from instruments.rules.texts import SectionText
from scoring.rules.columns import Column, count_columns
from scoring.rules.layout import Layout
from scoring.rules.leaders import Leaders, furthest_apart, shown_leaders
from scoring.rules.payload import ItemShown, SectionShown, SnapshotPayload
from scoring.rules.release import Wording, empty_payload
from scoring.rules.rounding import anchors_of_shown, level_of, tenths
from scoring.rules.score_words import score_word
from scoring.rules.sections import on_scale

JOINT_K = 1


def release_joint(
    *,
    layout: Layout,
    sheet: str,
    headcount: int | None,
    wording: Wording,
    leaders: Leaders | None = None,
) -> SnapshotPayload:
    """The team's scores: an item's `mean` is its score, a section's that of its scored items.

    There is no n, no spread and nothing to withhold; a section without a score says so.
    """
    columns = count_columns(layout, [sheet])
    payload = empty_payload(layout, wording, headcount, JOINT_K)
    payload["tier"] = "joint"
    payload["answered"] = 1
    payload["sections"] = [
        _section(layout, columns.section(layout, index), text, wording.labels)
        for index, text in enumerate(wording.sections)
    ]
    if leaders is not None:
        payload["leaders"] = shown_leaders(layout, leaders, wording.sections)
        payload["furthest_apart"] = furthest_apart(payload)
    return payload


def _section(
    layout: Layout, columns: Sequence[Column], text: SectionText, labels: Sequence[str]
) -> SectionShown:
    scores = [column.total for column in columns if column.n]
    mean = anchors = None
    if scores:
        mean = tenths(Fraction(sum(scores), len(scores)))
        anchors = anchors_of_shown(mean)
    return {
        "code": text.code,
        "title": text.title,
        "stem": text.stem,
        "item_count": len(columns),
        "scored": None,
        "statements": [len(scores), len(columns)] if scores else None,
        "people": None,
        "units": None,
        "mean": None if mean is None else on_scale(layout, mean),
        "word": None if anchors is None else score_word(anchors, labels),
        "anchors": anchors,
        "interval": None,
        "agreement": None,
        "cant_say": None,
        "cant_say_leads": False,
        "relatively_low": False,
        "withheld": None if scores else "no_answer",
        "why": {},
        "items": [
            _item(layout, column, item.code, item.text)
            for column, item in zip(columns, text.items, strict=True)
        ],
    }


def _item(layout: Layout, column: Column, code: str, text: str) -> ItemShown:
    is_scored = bool(column.n)
    return {
        "code": code,
        "text": text,
        "n": None,
        "people": None,
        "units": None,
        "mean": float(layout.minimum + column.total) if is_scored else None,
        "level": level_of(column.total, 1, layout.options) if is_scored else None,
        "distribution": None,
        "agreement": None,
        "cant_say": None,
        "cant_say_count": None,
        "cant_say_often": bool(column.cant_say),
        "withheld": None if is_scored else "no_answer",
        "why": None,
    }
