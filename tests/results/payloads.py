"""Snapshot payloads for tests: Ward 7's figures as they would be released, tier by tier."""

from typing import Any, cast

from scoring.rules.payload import (
    ItemShown,
    LeadersShown,
    Level,
    SectionShown,
    SnapshotPayload,
    Tier,
)
from scoring.rules.score_words import score_word
from tests.instruments.shipped import shipped_document

MEANS = (3.6, 1.9, 2.8, 2.4, 2.3, 3.0, 2.4)
LEADERS = (
    (3.2, 3.6, 4.1, 4.1),
    (3.0, 3.0, 3.1, 3.6),
    (3.4, 3.7, 4.0, 4.4),
    (3.7, 4.1, 4.3, 4.4),
    (3.0, 3.8, 3.8, 3.8),
    (3.0, 3.0, 3.8, 4.0),
    (2.6, 3.2, 3.4, 3.8),
)
LABELS = [
    "Not at all",
    "To a small extent",
    "To some extent",
    "To a moderate extent",
    "To a great extent",
    "To a very great extent",
]
ANSWERED: dict[Tier, int] = {"figures": 14, "small": 8, "words": 6, "joint": 1}


def _instrument() -> list[dict[str, Any]]:
    """Sections with the words of the front-line edition."""
    document = shipped_document()
    verbatim = document["instrument"]["sections"]
    edition = {section["code"]: section for section in document["editions"][0]["sections"]}
    for section in verbatim:
        adapted = edition[section["code"]]
        section["stem"] = adapted["stem"]
        section["items"] = adapted.get("items", section["items"])
    return list(verbatim)


def _item(code: str, text: str, mean: float, tier: Tier) -> ItemShown:
    mean = float(round(mean)) if tier == "joint" else mean
    level: Level = "high" if mean > 3 else "low" if mean < 2 else "middle"
    figures = tier == "figures"
    return {
        "code": code,
        "text": text,
        "n": 13 if figures else None,
        "people": None,
        "units": None,
        "mean": mean if tier in ("figures", "joint") else None,
        "level": None if tier == "words" else level,
        "distribution": [7, 14, 29, 29, 14, 7] if figures else None,
        "agreement": "people partly agree" if figures else None,
        "cant_say": 0.071 if figures else None,
        "cant_say_count": 1 if figures else None,
        "cant_say_often": False,
        "withheld": "words_only" if tier == "words" else None,
        "why": "small_ward" if tier == "small" else None,
    }


def _section(section: dict[str, Any], mean: float, tier: Tier) -> SectionShown:
    figures = tier == "figures"
    spread = (-0.7, 0.3, 0.6, -0.2, 0.0, 0.2, -0.4, 0.5, 0.1, -0.1, 0.4)
    anchors = [int(mean), int(mean) + (mean != int(mean))]
    return {
        "code": section["code"],
        "title": section["title"],
        "stem": section["stem"],
        "item_count": len(section["items"]),
        "scored": [13, 14] if figures else None,
        "statements": [len(section["items"])] * 2 if tier != "words" else None,
        "people": None,
        "units": None,
        "mean": None if tier == "words" else mean,
        "word": score_word(anchors, LABELS),
        "anchors": anchors,
        "interval": [round(mean - 0.3, 1), round(mean + 0.3, 1)] if figures else None,
        "agreement": "people partly agree" if tier in ("figures", "small") else None,
        "cant_say": 0.04 if figures else None,
        "cant_say_leads": False,
        "relatively_low": False,
        "withheld": None,
        "why": {},
        "items": [
            _item(item["code"], item["text"], round(min(5, mean + spread[place]), 1), tier)
            for place, item in enumerate(section["items"])
        ],
    }


def leaders(count: int = 4, *, together: bool = False) -> LeadersShown:
    """The leaders' sheet of so many leaders; `together`: one that they agreed."""
    instrument = _instrument()
    sections = {
        section["code"]: {
            "dots": list(scores[:count]),
            "mean": round(sum(scores[:count]) / count, 1) if count > 2 else None,
        }
        for section, scores in zip(instrument, LEADERS, strict=True)
    }
    items = {
        item["code"]: sections[section["code"]]
        for section in instrument
        for item in section["items"]
    }
    same = [code for code in items if code[:3] in ("ENV", "RES", "MGR")]
    return {
        "n": count,
        "together": together,
        "sections": sections,  # type: ignore[typeddict-item]
        "items": items,  # type: ignore[typeddict-item]
        "same_wording": same,
        "in_plainer_words": {},
        "worded_differently": {},
    }


def payload(tier: Tier = "figures", **changes: Any) -> SnapshotPayload:
    """Ward 7 in one tier; `changes` replace top-level keys."""
    few = tier == "too_few"
    figures = tier == "figures"
    sections = (
        []
        if few
        else [
            _section(section, mean, tier)
            for section, mean in zip(_instrument(), MEANS, strict=True)
        ]
    )
    made: dict[str, Any] = {
        "schema": 2,
        "tier": tier,
        "withheld": "below_k" if few else None,
        "why": {"small": "small_ward", "words": "words_only"}.get(tier),
        "kept": None,
        "answered": None if few else ANSWERED[tier],
        "headcount": 22 if figures or few else 12,
        "k": 7,
        "units": None,
        "instrument": "FFIT",
        "version": "1",
        "edition": {"name": "Front-line edition", "label": "adapted wording"},
        "scale": {"min": 0, "max": 5, "labels": LABELS},
        "notice": shipped_document()["instrument"]["notice"],
        "caution": None,
        "sections": sections,
        "most_cant_say": ["CTX01", "MSG01", "MSG02", "MSG03"] if figures else [],
        "leaders": None if few else leaders(),
        "furthest_apart": ["MGR04", "RES01", "RES07"] if figures else [],
    }
    if figures:
        made["sections"] = _as_in_the_picture(made["sections"])
    return {**made, **changes}  # type: ignore[typeddict-item]


def change(of: SectionShown | ItemShown, **values: Any) -> None:
    """Sets some keys of a section or a statement; the word follows the anchors, as released."""
    if "anchors" in values:
        at = values["anchors"]
        values = {"word": score_word(at, LABELS) if at else None, **values}
    cast(dict[str, Any], of).update(values)


def _as_in_the_picture(sections: list[SectionShown]) -> list[SectionShown]:
    """Agreement, a relatively low section, many who can't say, and what is withheld."""
    env, res, _, _, msg, _, ctx = sections
    env["agreement"] = "people agree"
    res["relatively_low"] = True
    change(msg, scored=[8, 13], interval=None, agreement=None, cant_say=0.39, cant_say_leads=True)
    msg["why"] = {"interval": "few_bars", "agreement": "few_bars"}
    for item in msg["items"][:3]:
        change(item, n=8, mean=None, distribution=None, agreement=None, why="below_11")
        change(item, cant_say=0.43, cant_say_count=6, cant_say_often=True)
    change(ctx, scored=[4, 13], statements=[len(ctx["items"]) - 1, len(ctx["items"])])
    change(ctx, cant_say=0.19)
    change(ctx["items"][0], n=4, mean=None, level=None, distribution=None, agreement=None)
    change(ctx["items"][0], cant_say=0.714, cant_say_count=10, cant_say_often=True)
    change(ctx["items"][0], withheld="few_answers")
    return sections
