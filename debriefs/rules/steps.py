"""The course of a debrief: its kinds, and for each kind its steps with their minutes.

A small team that answered together has discussed everything once, so its debrief is shorter.
"""

from dataclasses import dataclass

from scoring.rules.payload import Tier


@dataclass(frozen=True)
class Step:
    """One step: its word in addresses, its name, and the minutes it is given."""

    slug: str
    name: str
    minutes: int


@dataclass(frozen=True)
class Course:
    """All steps of a kind of debrief. `decides`: it ends with what it says of the improvement."""

    steps: tuple[Step, ...]
    decides: bool

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(step.minutes for step in self.steps)

    def step(self, slug: str) -> Step | None:
        """The step of this word, if the course has it."""
        return next((step for step in self.steps if step.slug == slug), None)

    def without(self, slugs: frozenset[str]) -> "Course":
        """The course without the steps for which the result has nothing to show."""
        return Course(tuple(step for step in self.steps if step.slug not in slugs), self.decides)

    def minutes_left(self, step: Step, *, part: int = 0, parts: int = 1) -> int:
        """About how long it still takes from the beginning of this step, or of a part of it."""
        place = self.steps.index(step)
        after = sum(one.minutes for one in self.steps[place + 1 :])
        return after + round(step.minutes * (parts - part) / parts)


TEAM = Course(
    (
        Step("rules", "Ground rules", 2),
        Step("moment", "A real moment", 5),
        Step("fits", "What rings true", 3),
        Step("discuss", "What to discuss", 10),
        Step("first", "What comes first", 5),
        Step("decide", "Decision", 5),
    ),
    decides=True,
)
JOINT = Course(
    (
        Step("moment", "A real moment", 6),
        Step("discuss", "What to discuss", 6),
        Step("first", "What comes first", 4),
        Step("decide", "Decision", 4),
    ),
    decides=True,
)
COURSES = {
    "preparation": Course(
        (
            Step("rules", "Ground rules", 2),
            Step("differ", "Where we differ", 5),
            Step("result", "What the team says", 5),
            Step("bring", "What we bring", 3),
        ),
        decides=False,
    ),
    "team": TEAM,
    "no_figures": Course(
        (
            Step("rules", "Ground rules", 2),
            Step("moment", "A real moment", 4),
            Step("questions", "Questions", 6),
            Step("obstacles", "What got in the way", 2),
            Step("first", "What comes first", 3),
            Step("decide", "Decision", 3),
        ),
        decides=True,
    ),
    "together": Course(
        (
            Step("rules", "Ground rules", 2),
            Step("views", "What our debriefs say", 8),
            Step("decide", "Decision", 10),
        ),
        decides=True,
    ),
    "reply": Course(
        (
            Step("alone", "What the team cannot do alone", 5),
            Step("stop", "What we stop or start later", 5),
            Step("promises", "What we promise", 5),
        ),
        decides=False,
    ),
}
# A debrief may choose so many priorities.
MOST_PRIORITIES = 3
# So many notes of a step: leaders' questions to the team. And so many promises of theirs.
MOST_NOTES = {"bring": 3}
MOST_PROMISES = 3

# Why a meeting that has begun is discarded: the word is kept, the sentence is what people choose.
DISCARDED_BECAUSE = {
    "mistake": "It was started by mistake or more than once",
    "nobody_came": "The debrief did not take place",
    "broken_off": "It was broken off, and we begin again another day",
}


def course_of(kind: str, tier: Tier) -> Course:
    """The steps of a debrief of this kind about a result of this tier."""
    return JOINT if kind == "team" and tier == "joint" else COURSES[kind]


def first_kind(*, has_figures: bool) -> str:
    """The usual kind of a first debrief."""
    return "team" if has_figures else "no_figures"
