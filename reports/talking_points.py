"""What a team talks about, chosen from a released result; and the frozen copy that a plan cites.

Reads the snapshot payload and nothing else, so that no debrief can show what was not released.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scoring.payload import ItemShown, SectionShown, SnapshotPayload

MOST_MIXED = 3
MOST = 5
Why = Literal["mixed", "cant_say", "apart"]


@dataclass(frozen=True)
class TalkingPoint:
    """A statement that may surprise, with the reason why it is up."""

    section: SectionShown
    item: ItemShown
    why: Why


@dataclass(frozen=True)
class EvidenceCopy:
    """What the result said about one statement, in words that need no chart."""

    code: str
    wording: str
    figure: str
    n: int | None


def items_of(payload: SnapshotPayload) -> Iterator[tuple[SectionShown, ItemShown]]:
    """Every statement with its section, in the survey's order."""
    return ((section, item) for section in payload["sections"] for item in section["items"])


def surprises(payload: SnapshotPayload) -> tuple[TalkingPoint, ...]:
    """Most mixed first, then where most can't say, then where ward and leaders are furthest apart.

    Five at most, a statement once. Mixed means weak or no agreement; where nothing was released
    that tells how mixed people are, it begins with "I can't say".
    """
    known = {item["code"]: (section, item) for section, item in items_of(payload)}
    often = [code for code, (_, item) in known.items() if item["cant_say_often"]]
    # (why, codes, how many of them)
    kinds: list[tuple[Why, list[str], int]] = [
        ("mixed", most_mixed(payload), MOST_MIXED),
        ("cant_say", [*payload["most_cant_say"], *often], 1),
        ("apart", payload["furthest_apart"], 1),
    ]
    found: dict[str, TalkingPoint] = {}
    for why, codes, most in kinds:
        fresh = [code for code in dict.fromkeys(codes) if code in known and code not in found]
        for code in fresh[:most]:
            found[code] = TalkingPoint(*known[code], why)
    return tuple(found.values())[:MOST]


def most_mixed(payload: SnapshotPayload) -> list[str]:
    """Codes of statements on which people agree weakly or not at all, the widest spread first."""
    mixed = [
        (-_spread(item["distribution"]), place, item["code"])
        for place, (_, item) in enumerate(items_of(payload))
        if item["distribution"] is not None and item["agreement"] in ("none", "weak")
    ]
    return [code for _, _, code in sorted(mixed)]


def evidence(payload: SnapshotPayload, code: str) -> EvidenceCopy | None:
    """The frozen copy for a statement; None where the result does not know the code."""
    for section, item in items_of(payload):
        if item["code"] == code:
            wording = f"{section['stem']} {item['text']}"
            return EvidenceCopy(code, wording, _figure(payload, section, item), item["n"])
    return None


def _figure(payload: SnapshotPayload, section: SectionShown, item: ItemShown) -> str:
    """The most that was released of it: its score, its level, or its section in words."""
    top = payload["scale"]["max"]
    if item["mean"] is not None:
        if payload["tier"] == "joint":
            return f"{round(item['mean'])} of {top}, agreed by the team"
        return f"{item['mean']:.1f} on a scale to {top}"
    if item["level"] is not None:
        return f"{item['level']}, in words only"
    if section["word"]:
        return f"the whole section: {section['word']}"
    return ""


def _spread(distribution: list[int]) -> float:
    """The variance of the released whole percents, options counted from 0."""
    total = sum(distribution) or 1
    mean = sum(place * share for place, share in enumerate(distribution)) / total
    return sum(share * (place - mean) ** 2 for place, share in enumerate(distribution)) / total
