"""One review: what follows from a decision, and what somebody else has decided since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from initiatives.models import Commitment, Decision, Initiative, Review, StatusChange
from initiatives.rules.hours import counted
from initiatives.rules.status import ACTIVE
from organisations.models import User
from organisations.words.dates import clock, day
from overview.actions.review import REPLY_WITHIN, Verdict
from overview.presenters.reviews import NAMED
from overview.queries.review_page import UnderReview
from results.words.phrases import plural

CHOICES = Review.Decision
ENDS = (CHOICES.STOP, CHOICES.MERGE)
TOLD = "The team page shows this straight away."


@dataclass(frozen=True, slots=True)
class DecidedView:
    """A decision that came first: by whom, what, why."""

    who: str
    what: str
    why: str


def planned_review(initiative: Initiative, verdict: Verdict) -> Review:
    """The review as it would be kept now, to show how its team reads it."""
    return Review(
        initiative=initiative,
        decision=verdict.decision,
        reason=verdict.reason,
        keeps=verdict.keeps,
        begins_on=verdict.begins_on,
        begins_when=verdict.begins_when,
        into=verdict.into,
        reviewed_at=timezone.now(),
    )


def consequences(
    found: UnderReview,
    chosen: Sequence[Commitment],
    verdict: Verdict,
    *,
    actions: int,
    surveys: tuple[int, int],
) -> list[str]:
    """What happens when it is confirmed, a sentence each. `surveys`: still to open, and open."""
    lines = [TOLD]
    if verdict.decision == CHOICES.CONTINUE:
        look = timezone.localdate() + timedelta(weeks=verdict.weeks or 0)
        lines.append(f"You look at it again on {day(look)}.")
    else:
        lines += _hours(found, chosen)
    if verdict.decision == CHOICES.MERGE and verdict.into is not None:
        lines.append(f"“{verdict.into}” takes on the units where it is not yet.")
    if verdict.decision == CHOICES.STOP and actions:
        open_ = plural(actions, "open action")
        lines.append(
            f"{open_} {'ends' if actions == 1 else 'end'} with it. The team can take one up again."
            if verdict.drops_actions
            else f"{open_} {'stays' if actions == 1 else 'stay'} with the team."
        )
    if verdict.decision in ENDS:
        lines += _surveys(*surveys)
    last = day(timezone.localdate() + REPLY_WITHIN)
    return [
        *lines,
        f"The team can reply once, until {last}. Its reply is shown beside your reason.",
    ]


def decided_view(one: Review | Decision | StatusChange) -> DecidedView:
    """What came first, by name: its reader decides about the same improvement."""
    if isinstance(one, Review):
        return _decided(one.reviewer, one.reviewed_at, one.get_decision_display(), one.reason)
    if isinstance(one, Decision):
        return _decided(one.decided_by, one.decided_at, one.get_choice_display(), one.reason)
    return _decided(one.changed_by, one.changed_at, one.get_state_display(), one.why)


def _decided(by: User | None, at: datetime, what: str, why: str) -> DecidedView:
    who = f"{by}, " if by else ""
    return DecidedView(f"{who}{day(at)} at {clock(at)}", what, why)


def _hours(found: UnderReview, chosen: Sequence[Commitment]) -> list[str]:
    """What no longer counts on each unit, where it takes hours now."""
    active = [one for one in chosen if one.state == ACTIVE]
    if len(active) > NAMED:
        return [f"Its staff hours no longer count on {len(active)} units."]
    lines = []
    for one in active:
        load = found.reviews.loads[one.unit_id].all
        less = load - counted(one.hours_a_week, one.initiative.organisation.hours_guess)
        lines.append(
            f"{one.unit.name} has {float(less):g} staff hours a week instead of {float(load):g}."
        )
    return lines


def _surveys(waiting: int, running: int) -> list[str]:
    lines = []
    if waiting:
        lines.append(f"{plural(waiting, 'scheduled survey')} will be cancelled.")
    if running:
        lines.append(
            f"{plural(running, 'open survey')} will run to the end and publish the result, but "
            "send no more reminders."
        )
    return lines
