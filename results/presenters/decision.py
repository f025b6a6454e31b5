"""The decision that came of a result's debriefs, as its pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from initiatives.models import DebriefSaid, Decision
from organisations.words import dates
from results.words.decision import DECIDED, name_of
from results.words.phrases import capital, listed


@dataclass(frozen=True)
class ReplyView:
    """A view that the decision does not follow, and what becomes of it."""

    name: str
    choice: str
    reply: str


@dataclass(frozen=True)
class DecidedView:
    """The decision as the team reads it."""

    choice: str
    sentence: str
    reason: str
    day: str
    debriefs: str
    replies: tuple[ReplyView, ...]


def decided_view(decision: Decision | None) -> DecidedView | None:
    """The decision, or None where there is none."""
    if decision is None:
        return None
    choice = Decision.Choice(decision.choice)
    return DecidedView(
        choice.label,
        DECIDED[choice],
        decision.reason,
        dates.day(decision.decided_at),
        listed([name_of(one) for one in decision.debriefs]),
        tuple(
            ReplyView(name_of(one), Decision.Choice(one["choice"]).label.lower(), one["reply"])
            for one in decision.replies
        ),
    )


def undecided_lines(views: Sequence[DebriefSaid]) -> tuple[str, ...]:
    """`Day team, 3 December: strengthen first.`; what the team reads while debriefs differ."""
    return tuple(
        f"{capital(name_of(one))}, {dates.day(date.fromisoformat(one['day']))}: "
        f"{Decision.Choice(one['choice']).label.lower()}."
        for one in views
    )
