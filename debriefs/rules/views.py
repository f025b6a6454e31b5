"""What the debriefs of a result say together: one decision, or views that differ.

The latest never overrules the others: where one says something else, nothing is decided until
somebody records one decision, and says what becomes of each view that it does not follow.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

State = Literal["", "begun", "differ", "decided"]
# Below so many people a debrief is named on the team's page only if it agreed to be.
FEWEST_NAMED = 5


@dataclass(frozen=True)
class View:
    """What one debrief says about the improvement."""

    debrief: int
    choice: str


def state_of(
    views: Collection[View], *, decided: str, rests_on: Collection[int], open_: bool
) -> State:
    """How far the debriefs of a result are.

    `decided` is the choice of the decision there is, or empty; it rests on the debriefs `rests_on`.
    """
    said = {view.choice for view in views if view.debrief not in rests_on}
    if len(said | ({decided} if decided else set())) > 1:
        return "differ"
    if said or decided:
        return "decided"
    return "begun" if open_ else ""


def unanswered(
    views: Iterable[View], *, choice: str, replies: Mapping[int, str]
) -> tuple[int, ...]:
    """The debriefs that say something else than `choice` and have no reply yet."""
    return tuple(
        view.debrief
        for view in views
        if view.choice != choice and not replies.get(view.debrief, "").strip()
    )


def is_named(people: int | None, *, agreed: bool) -> bool:
    """Whether the team's page names the debrief."""
    return agreed or (people is not None and people >= FEWEST_NAMED)
