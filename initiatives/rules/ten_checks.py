"""Ten checks before and while an improvement runs, after ten challenges that others met.

The ten are from Dixon-Woods, McNicol and Martin, “Ten challenges in improving quality in
healthcare” (2012), box 1; the questions are our words. What the register knows already answers some
of them. There is no sum: it is not a score.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

# Numbers that show where things stood before it begins.
ENOUGH_BEFORE = 4
SHOWN, SUGGESTIONS = 3, 2
# The check that names what is given up, which the team reads, and that with the sign to stop.
EFFORT, STOP_SIGN = 4, 10


class Stands(StrEnum):
    """How far a check is answered."""

    ANSWERED = "answered"
    PARTLY = "partly"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Check:
    """One question, a hint for its answer, and the suggestions that help, by their codes."""

    number: int
    question: str
    hint: str
    helps: tuple[str, ...]


CHECKS = (
    Check(
        1,
        "Do people see a problem?",
        "A number, or what a patient or a colleague told you",
        ("S57", "S14", "S55"),
    ),
    Check(2, "Why would this work?", "If we … then … because …", ("S58", "S60", "S59")),
    Check(3, "What do we count, and since when?", "For example, falls at night", ("S09", "S11")),
    Check(
        4,
        "Does the effort fit, and what do we give up for it?",
        "What stops, so that there is time for this. The team reads it in “You said, we did”",
        ("S47", "S66", "S39"),
    ),
    Check(5, "Which goal of the organisation does it serve?", "Its name is enough", ("S38",)),
    Check(
        6,
        "Who helped to design it?",
        "Professions, shifts, patients, carers. No names",
        ("S61", "S63", "S64"),
    ),
    Check(
        7,
        "Who leads it, who steps in and who backs it?",
        "Roles are enough",
        ("S41", "S43", "S37"),
    ),
    Check(
        8,
        "What do people get from it, and what is not up for choice?",
        "For staff as well as patients",
        ("S25", "S21", "S22"),
    ),
    Check(
        9,
        "Where will it live when nobody calls it a project?",
        "For example, in the handover notes",
        ("S54", "S53"),
    ),
    Check(
        10,
        "What could get worse, and when would we stop?",
        "Something you watch, and the sign to stop",
        ("S84", "S85"),
    ),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of an improvement.

    `numbers` of any measure; `before` is how many there were of one from before it began, where
    that has the most; `parts` are how many of lead, deputy and sponsor are named.
    """

    measures: int = 0
    numbers: int = 0
    before: int = 0
    watches: int = 0
    has_hours: bool = False
    is_below_limit: bool = True
    parts: int = 0


def stands(number: int, *, is_said: bool, known: Known) -> Stands:
    """How far a check is answered, by somebody's sentence or by what is known."""
    if is_said:
        return Stands.ANSWERED
    answered: Mapping[int, bool] = {3: known.before >= ENOUGH_BEFORE, 7: known.parts == 3}
    partly: Mapping[int, bool] = {
        1: known.numbers > 0,
        3: known.measures > 0,
        4: known.has_hours and known.is_below_limit,
        7: known.parts > 0,
        10: known.watches > 0,
    }
    if answered.get(number):
        return Stands.ANSWERED
    return Stands.PARTLY if partly.get(number) else Stands.OPEN


def open_numbers(said: Collection[int], known: Known) -> list[int]:
    """The checks that neither somebody's sentence nor the register answers, not even partly."""
    return [
        one.number
        for one in CHECKS
        if stands(one.number, is_said=one.number in said, known=known) == Stands.OPEN
    ]
