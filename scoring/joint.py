"""The joint sheet of a team of fewer than 8: one sheet, agreed aloud, shown as it is."""

from fractions import Fraction

from scoring.counts import Counts, count_answers
from scoring.extremes import highest_and_lowest
from scoring.layout import Layout
from scoring.leaders import Leaders, furthest_apart, shown_leaders
from scoring.payload import ItemShown, SectionShown, SnapshotPayload
from scoring.release import Wording, empty_payload
from scoring.words import anchors_of_shown, level_of, score_word, tenths

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
    counts = count_answers(layout, [sheet])
    payload = empty_payload(layout, wording, headcount, JOINT_K, None)
    payload["tier"] = "joint"
    payload["answered"] = 1
    payload["sections"] = [
        _section(layout, counts, index, wording) for index in range(len(layout.sections))
    ]
    whole = counts.scores[-1]
    mean = _mean(layout, Fraction(whole.total, layout.unit_of_score * len(layout.items)))
    payload["total"] = {
        "n": None,
        "mean": mean if whole.n else None,
        "withheld": None if whole.n else "no_answer",
    }
    payload["highest"], payload["lowest"] = highest_and_lowest(layout, counts, payload)
    if leaders is not None:
        payload["leaders"] = shown_leaders(layout, leaders, wording.sections)
        payload["furthest_apart"] = furthest_apart(layout, counts, payload, leaders)
    return payload


def _section(layout: Layout, counts: Counts, index: int, wording: Wording) -> SectionShown:
    text = wording.sections[index]
    places = range(*layout.spans[index])
    items = [
        _item(layout, counts, item, item_text.code, item_text.text)
        for item, item_text in zip(places, text.items, strict=True)
    ]
    scores = [option for item in places for option, n in enumerate(counts.histogram(item)) if n]
    mean = anchors = word = None
    if scores:
        mean = _mean(layout, Fraction(sum(scores), len(scores)))
        anchors = anchors_of_shown(tenths(sum(scores), len(scores)), layout.options)
        word = score_word(anchors, wording.labels)
    return {
        "code": text.code,
        "title": text.title,
        "stem": text.stem,
        "item_count": len(items),
        "n": None,
        "mean": mean,
        "word": word,
        "anchors": anchors,
        "interval": None,
        "sd": None,
        "agreement": None,
        "agreement_n": None,
        "cant_say": None,
        "cant_say_leads": False,
        "relatively_low": False,
        "withheld": None if scores else "no_answer",
        "why": {},
        "items": items,
    }


def _item(layout: Layout, counts: Counts, item: int, code: str, text: str) -> ItemShown:
    score = next((option for option, n in enumerate(counts.histogram(item)) if n), None)
    return {
        "code": code,
        "text": text,
        "n": None,
        "mean": None if score is None else float(layout.minimum + score),
        "level": None if score is None else level_of(score, 1, layout.options),
        "distribution": None,
        "agreement": None,
        "cant_say": None,
        "cant_say_count": None,
        "cant_say_often": bool(counts.not_sure(item)),
        "withheld": "no_answer" if score is None else None,
        "why": None,
    }


def _mean(layout: Layout, score: Fraction) -> float:
    return round(layout.minimum + tenths(score.numerator, score.denominator) / 10, 1)
