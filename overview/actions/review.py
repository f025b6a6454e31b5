"""A senior reviewer decides about an improvement: all that follows, in one transaction.

Locks in this order: the improvement's surveys, then the improvements by their keys.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fieldwork.actions.stopped import end_surveys, lock_surveys
from initiatives.access import may_review, register_units
from initiatives.actions.merging import check_merge, join_units
from initiatives.actions.plan import drop_open_actions
from initiatives.actions.status import NO_LATER_DAY, change_locked, lock_initiatives
from initiatives.models import Commitment, Initiative, Review
from initiatives.queries.reviews import Seen, decided_since
from initiatives.rules.status import OVER
from organisations.actions.audit_log import record
from organisations.models import Role, User
from organisations.rules.refusal import Refused
from overview.actions.notices import tell_of_review

CHOICES = Review.Decision
STATES = Initiative.State
# Until the next look, at least and at most.
WEEKS = range(4, 27)
REPLY_WITHIN = timedelta(days=14)
NO_UNIT = "Select at least one unit"
OVER_HERE = "You cannot review this improvement on {unit} because it is over there"
NO_DAY = "Enter a start day, or say when it starts"


class DecidedMeanwhile(Refused):
    """Somebody decided about it while the form was open."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer decides. `weeks`, until the next look, is of “Continue”; of “Start later” a
    day or, without one, words; `into` is the other improvement.
    """

    decision: str
    reason: str
    keeps: str = ""
    weeks: int | None = None
    begins_on: date | None = None
    begins_when: str = ""
    into: Initiative | None = None
    drops_actions: bool = True


@transaction.atomic
def review(
    *, initiative: Initiative, units: Collection[int], verdict: Verdict, seen: Seen, by: User
) -> Review:
    """Decides for these units (their keys). The same again, from the same page, is one review.

    `seen` is what had been decided when the page was opened: what came since wins. Raises
    `Refused`, and `PermissionDenied` for whoever is responsible or does not review these units.
    """
    surveys = lock_surveys(initiative)
    initiative, into = _locked(initiative, verdict.into)
    if not may_review(user=by, initiative=initiative):
        raise PermissionDenied
    here = _units(initiative, units, by)
    since = decided_since(initiative, units, seen)
    if since is not None:
        if isinstance(since, Review) and _is_same(since, units, verdict, by):
            return since
        raise DecidedMeanwhile("Someone decided about this improvement after you opened this page.")
    today = timezone.localdate(timezone=initiative.organisation.zone)
    _check(initiative, here, verdict, into, today)
    found = Review.objects.create(
        initiative=initiative,
        decision=CHOICES(verdict.decision),
        reason=verdict.reason,
        keeps=verdict.keeps,
        begins_on=verdict.begins_on,
        begins_when=verdict.begins_when,
        into=into,
        drops_actions=verdict.drops_actions and verdict.decision == CHOICES.STOP,
        reviewer=by,
        reply_by=today + REPLY_WITHIN,
    )
    found.units.set(one.unit_id for one in here)
    record(
        action="improvement reviewed",
        on=found,
        organisation=initiative.organisation,
        by=by,
        initiative=initiative.pk,
        units=[one.unit_id for one in here],
        decision=str(found.decision),
    )
    _follow(found, here, by)
    if found.decision in (CHOICES.STOP, CHOICES.MERGE):
        end_surveys(initiative=initiative, surveys=surveys, units=units, by=by)
    # Whoever decides has read what the team replied before.
    _unread(initiative).update(reply_read_at=timezone.now())
    initiative.review_on = _next_look(initiative, verdict, today)
    initiative.review_asked_on = initiative.stop_sign_on = None
    initiative.save(update_fields=["review_on", "review_asked_on", "stop_sign_on"])
    tell_of_review(found, [one.unit for one in here])
    return found


def _locked(
    initiative: Initiative, into: Initiative | None
) -> tuple[Initiative, Initiative | None]:
    held = lock_initiatives([initiative, into] if into else [initiative])
    return held[initiative.pk], held[into.pk] if into else None


def _units(initiative: Initiative, units: Collection[int], by: User) -> list[Commitment]:
    """It on each of these units, all of which the reviewer reaches."""
    if not units:
        raise Refused(NO_UNIT, field="units")
    reach = register_units(user=by, organisation=initiative.organisation, roles=(Role.REVIEWER,))
    here = list(
        Commitment.objects.filter(initiative=initiative, unit__in=reach.filter(pk__in=units))
        .select_related("unit")
        .order_by("unit__name", "pk")
    )
    if {one.unit_id for one in here} != set(units):
        raise PermissionDenied
    return here


def _check(
    initiative: Initiative,
    here: Sequence[Commitment],
    verdict: Verdict,
    into: Initiative | None,
    today: date,
) -> None:
    """Raises `Refused` for what the form cannot know."""
    if not verdict.reason:
        raise Refused("Enter your reason", field="reason")
    over = [one.unit.name for one in here if one.state in OVER]
    if over:
        raise Refused(OVER_HERE.format(unit=over[0]), field="units")
    match verdict.decision:
        case CHOICES.CONTINUE if verdict.weeks not in WEEKS:
            raise Refused("Next look must be 4 to 26 weeks from now", field="weeks")
        case CHOICES.START_LATER if verdict.begins_on is None and not verdict.begins_when:
            raise Refused(NO_DAY, field="begins_on")
        case CHOICES.START_LATER if verdict.begins_on is not None and verdict.begins_on <= today:
            raise Refused(NO_LATER_DAY, field="begins_on")
        case CHOICES.MERGE:
            if into is None:
                raise Refused("Choose the improvement it becomes part of", field="into")
            if into.organisation_id != initiative.organisation_id:
                raise PermissionDenied
            check_merge(initiative, into)


def _follow(found: Review, here: Sequence[Commitment], by: User) -> None:
    """The status on each unit, and what hangs on it."""
    initiative, units = found.initiative, [one.unit for one in here]
    match found.decision:
        case CHOICES.CONTINUE:
            return
        case CHOICES.START_LATER if found.begins_on is not None:
            to = STATES.PLANNED
        case CHOICES.START_LATER:
            to = STATES.ON_HOLD
        case CHOICES.MERGE:
            to = STATES.MERGED
            join_units(review=found, here=here, by=by)
            initiative.merged_into = found.into
            initiative.save(update_fields=["merged_into"])
        case _:
            to = STATES.STOPPED
            if found.drops_actions:
                drop_open_actions(initiative=initiative, units=[one.pk for one in units], by=by)
    change_locked(
        initiative=initiative,
        units=units,
        to=to,
        why=found.reason,
        day=found.begins_on,
        by=by,
        review=found,
    )


def _next_look(initiative: Initiative, verdict: Verdict, today: date) -> date:
    usual = timedelta(weeks=verdict.weeks or initiative.organisation.review_weeks)
    return (verdict.begins_on or today) + usual


def _is_same(review: Review, units: Collection[int], verdict: Verdict, by: User) -> bool:
    """Whether it was decided with this very page: the button was pressed twice."""
    into = verdict.into.pk if verdict.into else None
    said = (review.decision, review.reason, review.keeps, review.begins_on, review.begins_when)
    return (
        review.reviewer_id == by.pk
        and review.into_id == into
        and {one.pk for one in review.units.all()} == set(units)
        and said
        == (
            verdict.decision,
            verdict.reason,
            verdict.keeps,
            verdict.begins_on,
            verdict.begins_when,
        )
    )


def _unread(initiative: Initiative) -> QuerySet[Review]:
    return Review.objects.filter(
        initiative=initiative, replied_at__isnull=False, reply_read_at=None
    )
