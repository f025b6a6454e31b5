"""Where the leaders' own forms differ: what they discuss before the team's debrief."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Why = Literal["differ", "unscored", "lowest"]
WIDE = 2
MOST = 3


@dataclass(frozen=True)
class LeadersPoint:
    """A statement, and each leader's option (counted from 0) by the leader's letter."""

    code: str
    why: Why
    marks: Mapping[str, int]


def leaders_points(
    forms: Mapping[str, Mapping[str, int]], codes: Sequence[str]
) -> tuple[LeadersPoint, ...]:
    """Up to three: scores 2 or more apart, widest first; else those left blank or not sayable by
    somebody; else those scored lowest. `forms` has the scored options by letter and code.
    """
    marks = {
        code: {letter: form[code] for letter, form in forms.items() if code in form}
        for code in codes
    }
    width = {code: max(its.values()) - min(its.values()) for code, its in marks.items() if its}
    wide = sorted((code for code in width if width[code] >= WIDE), key=lambda c: -width[c])
    blank = [code for code in codes if len(marks[code]) < len(forms)]
    lowest = sorted((code for code in codes if marks[code]), key=lambda c: min(marks[c].values()))
    kinds: tuple[tuple[Why, list[str]], ...] = (
        ("differ", wide), ("unscored", blank), ("lowest", lowest)
    )  # fmt: skip
    for why, found in kinds:
        if found:
            return tuple(LeadersPoint(code, why, marks[code]) for code in found[:MOST])
    return ()
