"""The course of a debrief: five steps that fit into a ward meeting of 30 minutes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step: its word in addresses, its name, and the minutes it is given."""

    word: str
    name: str
    minutes: int


STEPS = (
    Step("rules", "Ground rules", 3),
    Step("fits", "What fits", 5),
    Step("surprises", "What surprises", 10),
    Step("priorities", "Priorities", 7),
    Step("decide", "Decide", 5),
)
MINUTES = sum(step.minutes for step in STEPS)
BY_WORD = {step.word: step for step in STEPS}
# A meeting may choose so many priorities.
MOST_PRIORITIES = 3

# Why a meeting that has begun is discarded: the word is kept, the sentence is what people choose.
DISCARDED_BECAUSE = {
    "mistake": "It was started by mistake, or twice",
    "nobody_came": "The meeting did not take place",
    "broken_off": "It was broken off, and we begin anew another day",
}


def minutes_left(step: Step, *, part: int = 0, parts: int = 1) -> int:
    """About how long it still takes from the beginning of this step, or of a part of it."""
    place = STEPS.index(step)
    after = sum(one.minutes for one in STEPS[place + 1 :])
    return after + round(step.minutes * (parts - part) / parts)
