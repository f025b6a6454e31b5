"""Snapshot payloads for tests: Ward 7's figures as they would be released, tier by tier."""

import json
from typing import Any, cast

from scoring.payload import (
    ItemShown,
    LeadersShown,
    Level,
    SectionShown,
    SnapshotPayload,
    Tier,
)
from surveys.management.commands.load_instrument import SHIPPED

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
    verbatim = json.loads((SHIPPED / "ffit.json").read_text())["instrument"]["sections"]
    edition = {
        section["code"]: section
        for section in json.loads((SHIPPED / "ffit-front-line.json").read_text())["sections"]
    }
    for section in verbatim:
        adapted = edition[section["code"]]
        section["stem"] = adapted["stem"]
        if isinstance(adapted["items"], list):
            section["items"] = adapted["items"]
    return list(verbatim)


def _word(mean: float) -> str:
    low = int(mean)
    words = [label[0].lower() + label[1:] for label in LABELS]
    return words[low] if mean == low else f"between {words[low]} and {words[low + 1]}"


def _item(code: str, text: str, mean: float, tier: Tier) -> ItemShown:
    level: Level = "high" if mean > 3 else "low" if mean < 2 else "middle"
    figures = tier == "figures"
    return {
        "code": code,
        "text": text,
        "n": 13 if figures else None,
        "mean": mean if figures else float(round(mean)) if tier == "joint" else None,
        "level": level if tier in ("figures", "small") else None,
        "distribution": [7, 14, 29, 29, 14, 7] if figures else None,
        "agreement": "moderate" if figures else None,
        "cant_say": 0.071 if figures else None,
        "cant_say_count": 1 if figures else None,
        "cant_say_often": False,
        "withheld": "words_only" if tier == "words" else None,
        "why": "small_tier" if tier == "small" else None,
    }


def _section(section: dict[str, Any], mean: float, tier: Tier) -> SectionShown:
    figures = tier == "figures"
    spread = (-0.7, 0.3, 0.6, -0.2, 0.0, 0.2, -0.4, 0.5, 0.1, -0.1, 0.4)
    return {
        "code": section["code"],
        "title": section["title"],
        "stem": section["stem"],
        "item_count": len(section["items"]),
        "n": None if tier == "words" else ANSWERED[tier],
        "mean": None if tier == "words" else mean,
        "word": _word(mean),
        "anchors": None,
        "interval": [round(mean - 0.3, 1), round(mean + 0.3, 1)] if figures else None,
        "sd": 0.6 if figures else None,
        "agreement": "moderate" if figures else None,
        "agreement_n": 14 if figures else None,
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


def leaders(count: int = 4) -> LeadersShown:
    """The leaders' sheet of so many leaders."""
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
    return {"n": count, "sections": sections, "items": items, "same_wording": same}  # type: ignore[typeddict-item]


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
        "schema": 1,
        "tier": tier,
        "withheld": "below_k" if few else None,
        "answered": None if few else ANSWERED[tier],
        "headcount": 22 if figures or few else 12,
        "k": 7,
        "units": None,
        "instrument": "FFIT",
        "version": "1",
        "edition": {"name": "Front-line edition", "label": "adapted wording"},
        "scale": {"min": 0, "max": 5, "labels": LABELS},
        "notice": json.loads((SHIPPED / "ffit.json").read_text())["instrument"]["notice"],
        "caution": None,
        "sections": sections,
        "total": {"n": None, "mean": None, "withheld": None},
        "highest": ["ENV08", "ENV09", "ENV06"] if figures else [],
        "lowest": ["RES01", "PRB06", "MGR04"] if figures else [],
        "most_cant_say": ["CTX01", "MSG01", "MSG02", "MSG03"] if figures else [],
        "leaders": None if few else leaders(),
        "furthest_apart": ["MGR04", "RES01", "RES07"] if figures else [],
    }
    if figures:
        made["sections"] = _as_in_the_picture(made["sections"])
    return {**made, **changes}  # type: ignore[typeddict-item]


def change(of: SectionShown | ItemShown, **values: Any) -> None:
    """Sets some keys of a section or a statement."""
    cast(dict[str, Any], of).update(values)


def _as_in_the_picture(sections: list[SectionShown]) -> list[SectionShown]:
    """Strong agreement, a relatively low section, many who can't say, and what is withheld."""
    env, res, _, _, msg, _, ctx = sections
    env["agreement"] = "strong"
    res["relatively_low"] = True
    change(msg, n=8, interval=None, sd=None, agreement=None, cant_say=0.39, cant_say_leads=True)
    msg["why"] = {"interval": "below_11", "agreement": "few_full_sheets"}
    for item in msg["items"][:3]:
        change(item, n=8, mean=None, distribution=None, agreement=None, why="below_11")
        change(item, cant_say=0.43, cant_say_count=6, cant_say_often=True)
    change(ctx, agreement=None, cant_say=0.19)
    ctx["why"] = {"agreement": "few_full_sheets"}
    change(ctx["items"][0], n=4, mean=None, level=None, distribution=None, agreement=None)
    change(ctx["items"][0], cant_say=0.714, cant_say_count=10, cant_say_often=True)
    change(ctx["items"][0], withheld="few_answers", why="few_answers")
    return sections
