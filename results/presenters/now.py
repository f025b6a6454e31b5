"""What was decided last about an improvement, as its team reads it: the band above everything."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from initiatives.models import Decision, Initiative, Review, StatusChange
from organisations.models import Role
from organisations.words.dates import day
from results.queries.now import Now
from results.words.decision import DECIDED

CHOICES, STATES = Review.Decision, Initiative.State
WAS = {
    Decision.Choice.GO_AHEAD: "to go ahead",
    Decision.Choice.STRENGTHEN: "to strengthen first",
    Decision.Choice.HOLD: "to put it on hold",
}


@dataclass(frozen=True, slots=True)
class NowView:
    """Who decided is said by role and day; `before` is what the team decided. `is_over`: nothing
    is left to decide on this unit.
    """

    heading: str
    why: str
    keeps: str
    who: str
    before: str = ""
    reply: str = ""
    replied: str = ""
    is_over: bool = False


def now_view(now: Now | None) -> NowView | None:
    """The band, where somebody else than the debriefs of this result had the last word."""
    if now is None:
        return None
    before = _before(now.decision)
    if now.review is not None:
        return replace(review_view(now.review, before=before), is_over=now.is_over)
    if now.change is not None:
        who = now.role or (Role.REVIEWER.label if now.change.review_id else "")
        return NowView(
            _heading_of_change(now.change),
            now.change.why if now.change.changed_by_id else "",
            "",
            _who(who, now.change.changed_at),
            before,
            is_over=now.is_over,
        )
    if now.decision is None:
        return None
    choice = Decision.Choice(now.decision.choice)
    return NowView(
        DECIDED[choice], now.decision.reason, "", _who("The team", now.decision.decided_at)
    )


def review_view(review: Review, *, before: str = "") -> NowView:
    """What a reviewer decided; also of one that is not saved yet."""
    return NowView(
        _heading_of(review),
        review.reason,
        review.keeps,
        _who(f"The {Role.REVIEWER.label.lower()}", review.reviewed_at),
        before,
        review.reply,
        day(review.replied_at) if review.replied_at else "",
    )


def _heading_of(review: Review) -> str:
    match review.decision:
        case CHOICES.CONTINUE:
            return "This improvement continues"
        case CHOICES.START_LATER if review.begins_on:
            return f"This improvement begins on {day(review.begins_on)}"
        case CHOICES.START_LATER:
            return f"This improvement is on hold. It begins: {review.begins_when}"
        case CHOICES.MERGE:
            return f"This improvement continues as “{review.into}”"
        case _:
            return "This improvement has stopped"


def _heading_of_change(change: StatusChange) -> str:
    match change.state:
        case STATES.STOPPED:
            return "This improvement has stopped"
        case STATES.FINISHED:
            return "This improvement is finished"
        case STATES.ON_HOLD:
            return "This improvement is on hold"
        case STATES.PLANNED:
            return "This improvement has a start day"
        case STATES.ACTIVE:
            return "This improvement has started"
        case _:
            return "This improvement is proposed"


def _before(decision: Decision | None) -> str:
    if decision is None:
        return ""
    choice = Decision.Choice(decision.choice)
    return f"The team decided {WAS[choice]} on {day(decision.decided_at)}."


def _who(role: str, at: date | datetime) -> str:
    return f"{role}, {day(at)}" if role else day(at)
