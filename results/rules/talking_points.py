"""What a team discusses, chosen from a released result; and the frozen copy that a plan cites.

Reads the snapshot payload and nothing else, so that no debrief can show what was not released.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from scoring.rules.payload import ItemShown, SectionShown, SnapshotPayload
from scoring.rules.standing_out import most_mixed

Why = Literal[
    "mixed", "cant_say", "apart", "low", "middle", "high", "further_down", "alike", "lowest",
    "no_score",
]  # fmt: skip
MOST = {"figures": 5, "small": 4, "words": 3}
MOST_MIXED = 2
MOST_LOW = 3
# So many of one section; what fills up from the lowest section may be more.
MOST_OF_SECTION = 2
MOST_FITTING = 3


@dataclass(frozen=True)
class TalkingPoint:
    """A statement to discuss, or a whole section (`item` is None), with the reason."""

    section: SectionShown
    item: ItemShown | None
    why: Why

    @property
    def code(self) -> str:
        """The statement's code or the section's."""
        return self.section["code"] if self.item is None else self.item["code"]


@dataclass(frozen=True)
class Fit:
    """The highest section, and up to three of its high statements."""

    section: SectionShown
    items: tuple[ItemShown, ...]


@dataclass(frozen=True)
class EvidenceCopy:
    """What the result said about one statement or section, in words that need no chart."""

    code: str
    wording: str
    figure: str
    n: int | None


class _Chosen:
    """The points so far: a statement once, two of one section unless it fills up."""

    def __init__(self) -> None:
        self.points: list[TalkingPoint] = []
        self._taken: set[str] = set()
        self._of: Counter[str] = Counter()

    def add(
        self,
        found: Iterable[tuple[SectionShown, ItemShown]],
        why: Why,
        most: int,
        *,
        fills: bool = False,
    ) -> None:
        """Up to `most` of what was found, in its order."""
        added = 0
        for section, item in found:
            full = not fills and self._of[section["code"]] >= MOST_OF_SECTION
            if added >= most or item["code"] in self._taken or full:
                continue
            self.points.append(TalkingPoint(section, item, why))
            self._taken.add(item["code"])
            self._of[section["code"]] += 1
            added += 1


def items_of(payload: SnapshotPayload) -> Iterator[tuple[SectionShown, ItemShown]]:
    """Every statement with its section, in the survey's order."""
    return ((section, item) for section in payload["sections"] for item in section["items"])


def _highest(payload: SnapshotPayload) -> SectionShown | None:
    """Of several that are as high, the first in the survey's order."""
    ranked = _from_below(payload)
    if not ranked:
        return None
    return next(section for section in ranked if _height(section) == _height(ranked[-1]))


def fit_of(payload: SnapshotPayload) -> Fit | None:
    """The highest section; None where nothing was shown or the team answered together."""
    top = _highest(payload)
    if top is None or payload["tier"] == "joint":
        return None
    discussed = {point.code for point in points_of(payload)}
    high = [one for one in top["items"] if one["level"] == "high" and one["code"] not in discussed]
    return Fit(top, tuple(high[:MOST_FITTING]))


def points_of(payload: SnapshotPayload) -> tuple[TalkingPoint, ...]:
    """What comes up, by the tier. What fits (`fit_of`) is chosen of the rest."""
    if not payload["sections"]:
        return ()
    if payload["tier"] == "words":
        return _words(payload)
    chosen = _Chosen()
    below = [(section, item) for section in _from_below(payload) for item in section["items"]]
    if payload["tier"] == "joint":
        _joint(payload, chosen)
    elif payload["tier"] == "figures":
        _figures(payload, chosen)
        left = MOST["figures"] - len(chosen.points)
        chosen.add(_level(below, "low"), "low", left, fills=True)
    else:
        chosen.add(_level(below, "low"), "low", MOST_LOW)
        chosen.add((row for row in items_of(payload) if row[1]["cant_say_often"]), "cant_say", 1)
        left = MOST["small"] - len(chosen.points)
        chosen.add(_level(below, "middle"), "middle", left, fills=True)
    if not chosen.points:
        chosen.add(_level(below, "middle"), "middle", MOST_LOW, fills=True)
    if not chosen.points:
        chosen.add(_level(below, "high"), "high", MOST_LOW, fills=True)
    return tuple(chosen.points)


def _figures(payload: SnapshotPayload, chosen: _Chosen) -> None:
    known = {item["code"]: (section, item) for section, item in items_of(payload)}

    def found(codes: Iterable[str]) -> Iterator[tuple[SectionShown, ItemShown]]:
        return (known[code] for code in codes if code in known)

    often = [code for code, (_, item) in known.items() if item["cant_say_often"]]
    most_often = [code for code in payload["most_cant_say"] if code in often]
    chosen.add(found(most_mixed(payload)), "mixed", MOST_MIXED)
    chosen.add(found(dict.fromkeys([*most_often, *often])), "cant_say", 1)
    chosen.add(found(payload["furthest_apart"]), "apart", 1)


def _joint(payload: SnapshotPayload, chosen: _Chosen) -> None:
    rows = list(items_of(payload))
    scored = [
        (item["mean"], place) for place, (_, item) in enumerate(rows) if item["mean"] is not None
    ]
    chosen.add((rows[place] for _, place in sorted(scored)), "lowest", MOST_LOW)
    chosen.add((row for row in rows if row[1]["mean"] is None), "no_score", 1)


def _words(payload: SnapshotPayload) -> tuple[TalkingPoint, ...]:
    """The sections with the lowest phrase but the one that fits; then there is nothing else."""
    top = _highest(payload)
    if top is None:
        return ()
    known = _from_below(payload)
    below = _height(known[0])
    lowest = [one for one in known if one is not top and _height(one) == below]
    why: Why = "alike" if _height(top) == below else "further_down"
    return tuple(TalkingPoint(one, None, why) for one in lowest[: MOST["words"]])


def _level(
    rows: Iterable[tuple[SectionShown, ItemShown]], level: str
) -> Iterator[tuple[SectionShown, ItemShown]]:
    return ((section, item) for section, item in rows if item["level"] == level)


def _height(section: SectionShown) -> tuple[float, float] | None:
    """Where the section is, by what was shown of it; None where nothing was."""
    if section["mean"] is not None:
        return section["mean"], section["mean"]
    if section["anchors"]:
        return float(min(section["anchors"])), float(max(section["anchors"]))
    return None


def _from_below(payload: SnapshotPayload) -> list[SectionShown]:
    """The sections of which something was shown, the lowest first, then in the survey's order."""
    known = [(height, one) for one in payload["sections"] if (height := _height(one)) is not None]
    return [one for _, one in sorted(known, key=lambda row: row[0])]


def evidence(payload: SnapshotPayload, code: str) -> EvidenceCopy | None:
    """The frozen copy for a statement or section; None where the result does not know the code."""
    for section in payload["sections"]:
        if section["code"] == code:
            return EvidenceCopy(code, section["title"], section["word"] or "", None)
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
