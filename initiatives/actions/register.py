"""Changes to the register of improvements."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from initiatives.models import Commitment, Initiative, Turn
from organisations.audit import record
from organisations.models import Organisation, Unit, User
from organisations.refusal import Refused

STATES = Initiative.State
OVER = (STATES.DONE, STATES.STOPPED)


@transaction.atomic
def add_initiative(
    *,
    organisation: Organisation,
    title: str,
    problem: str,
    change: str,
    units: Iterable[Unit],
    by: User,
) -> Initiative:
    """A proposed improvement, with each unit it concerns; its hours are not known yet."""
    initiative = Initiative.objects.create(
        organisation=organisation, title=title, problem=problem, change=change, added_by=by
    )
    record(action="initiative added", on=initiative, organisation=organisation, by=by)
    commit_units(initiative=initiative, units=units)
    return initiative


def commit_units(*, initiative: Initiative, units: Iterable[Unit]) -> None:
    """Lists the units on the initiative, with no hours yet; those it has already keep theirs."""
    today = timezone.localdate(timezone=initiative.organisation.zone)
    Commitment.objects.bulk_create(
        (Commitment(initiative=initiative, unit=unit, begins_on=today) for unit in units),
        ignore_conflicts=True,
    )


@transaction.atomic
def set_hours(*, initiative: Initiative, unit: Unit, hours: Decimal, by: User) -> None:
    """Says how many staff hours a week it takes from one unit now.

    Hours are taken only by what runs, so a proposed improvement becomes active. Raises `Refused`.
    """
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)
    commitment = Commitment.objects.filter(initiative=initiative, unit=unit).first()
    if commitment is None:
        raise Refused("This improvement does not concern that unit.")
    if commitment.hours_a_week == hours:
        return
    commitment.hours_a_week = hours
    commitment.save(update_fields=["hours_a_week"])
    if hours and initiative.state == Initiative.State.PROPOSED:
        start(initiative)
    record(
        action="hours set",
        on=initiative,
        organisation=initiative.organisation,
        by=by,
        unit=unit.pk,
        hours_a_week=float(hours),
    )


def start(initiative: Initiative) -> None:
    """A proposed improvement runs from today."""
    initiative.state = Initiative.State.ACTIVE
    initiative.started_on = timezone.localdate(timezone=initiative.organisation.zone)
    initiative.save(update_fields=["state", "started_on"])


@transaction.atomic
def start_initiative(*, initiative: Initiative, why: str, by: User) -> None:
    """It runs from today, whatever came before: proposed, on hold, done or stopped."""
    _turn(initiative, STATES.ACTIVE, why, by, possible=(STATES.PROPOSED, STATES.ON_HOLD, *OVER))


@transaction.atomic
def finish_initiative(*, initiative: Initiative, why: str, by: User) -> None:
    """What it set out to do is done; it takes no hours any more."""
    _turn(initiative, STATES.DONE, why, by, possible=(STATES.ACTIVE,))


@transaction.atomic
def stop_initiative(*, initiative: Initiative, why: str, by: User) -> None:
    """It ends without being done; what was learned stays readable, and it takes no hours."""
    possible = (STATES.PROPOSED, STATES.ACTIVE, STATES.ON_HOLD)
    _turn(initiative, STATES.STOPPED, why, by, possible=possible)


def _turn(
    initiative: Initiative, to: str, why: str, by: User, *, possible: Collection[str]
) -> None:
    """Keeps the reason and turns the state; the same turn again changes nothing."""
    initiative = (
        Initiative.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=initiative.pk)
    )
    if not why:
        raise Refused("Say why. The units read it.", field="why")
    before = initiative.state
    if before == to:
        return
    if before not in possible:
        now = initiative.get_state_display().lower()
        raise Refused(f"This improvement is {now}, so that is not possible now.")
    if to == STATES.ACTIVE:
        start(initiative)
    else:
        initiative.state = to
        initiative.save(update_fields=["state"])
    turn = Turn.objects.create(initiative=initiative, state=to, why=why, turned_by=by)
    record(
        action="initiative turned",
        on=initiative,
        organisation=initiative.organisation,
        by=by,
        was=before,
        now=str(to),
        turn=turn.pk,
    )
