"""Why a statement is worth discussing, and what is asked after its own question."""

from results.rules.talking_points import TalkingPoint, items_of
from scoring.rules.payload import SnapshotPayload

CAPTIONS = {
    "mixed": "We answered it most differently",
    "cant_say": "Many can’t say",
    "apart": "Team and leaders are furthest apart",
    "low": "It scored low",
    "middle": "In the middle of our lowest section",
    "high": "High like all the others: what keeps it so?",
    "further_down": "Further down than our other sections",
    "alike": "About the same as our other sections",
    "lowest": "You scored it lowest",
    "no_score": "You gave it no score",
}
ONE_LOW = "The one statement that scored low"
AND_THEN = {
    "low": "And then: what was missing?",
    "lowest": "And then: what was missing?",
    "further_down": "And then: what was missing?",
    "middle": "And then: what would one step more look like on an ordinary shift?",
    "alike": "And then: what would one step more look like on an ordinary shift?",
    "high": "And then: what made it possible, and does it hold at night and at weekends?",
    "mixed": "And then: who would tell this differently, and why?",
    "cant_say": "And then: who here would know, and how could the rest of us see it?",
    "apart": "And then: what do our leaders see that we do not, and we that they do not?",
    "no_score": "And then: what would we need to know to score it?",
}


def and_then(why: str, question: str) -> str:
    """What is asked after a statement's own question; nothing that this has asked already."""
    said = AND_THEN[why]
    asked = said.removeprefix("And then: ")
    return "" if question.lower().endswith(asked) else said


def reason_of(point: TalkingPoint, payload: SnapshotPayload) -> str:
    """Why it comes up: `It scored low`, or that no other statement did."""
    if point.why == "low" and _lows(payload) == 1:
        return ONE_LOW
    return CAPTIONS[point.why]


def _lows(payload: SnapshotPayload) -> int:
    return sum(item["level"] == "low" for _, item in items_of(payload))
