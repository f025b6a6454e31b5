"""Which mark is whose: a letter beneath each leader's mark, for those who may know."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.queries.leaders_forms import LeaderScores
from scoring.rules.payload import SnapshotPayload


@dataclass(frozen=True)
class Lettered:
    """A leader with the letter that stands at their marks."""

    letter: str
    name: str
    sections: dict[str, float]


def lettered(leaders: Sequence[LeaderScores]) -> tuple[Lettered, ...]:
    """A, B, C by name; beyond Z two letters."""
    return tuple(Lettered(_letter(n), one.name, one.sections) for n, one in enumerate(leaders))


def _letter(number: int) -> str:
    before, place = divmod(number, 26)
    return (chr(64 + before) if before else "") + chr(65 + place)


def letters_of(payload: SnapshotPayload, leaders: Sequence[Lettered]) -> dict[str, list[str]]:
    """For each section the letters in the order of its marks.

    A section whose released marks are not exactly these leaders' has none.
    """
    shown = payload["leaders"]
    found = {}
    for code, section in (shown["sections"] if shown else {}).items():
        scored = sorted(
            (one.sections[code], place, one.letter)
            for place, one in enumerate(leaders)
            if code in one.sections
        )
        if scored and [score for score, _, _ in scored] == section["dots"]:
            found[code] = [letter for _, _, letter in scored]
    return found
