"""The status of an improvement changes on its units, each time with its reason."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from initiatives.models import Commitment, Decision, Initiative, Review, StatusChange
from initiatives.queries.register import last_change_of
from initiatives.rules import status
from initiatives.signals import improvement_stopped
from organisations.actions.audit_log import record
from organisations.actions.units import refuse_closed
from organisations.models import Unit, User
from organisations.queries.units import is_open, works
from organisations.rules.refusal import Refused

STATES = Initiative.State
NO_REASON = "Enter a reason"
NO_LATER_DAY = "Start day must be after today"
NO_START = "it cannot start there"
ITS_DAY_CAME = "The planned day came."


def lock_initiative(initiative: Initiative) -> Initiative:
    """The improvement's row, held until the transaction ends: the first to ask wins."""
    return lock_initiatives([initiative])[initiative.pk]


def lock_initiatives(initiatives: Collection[Initiative]) -> dict[int, Initiative]:
    """The same for several, by their keys: held in that order, so that two who ask do not block
    each other.
    """
    held = (
        Initiative.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk__in=[one.pk for one in initiatives])
        .order_by("pk")
    )
    return {one.pk: one for one in held}


@transaction.atomic
def change_status(
    *,
    initiative: Initiative,
    units: Iterable[Unit],
    to: str,
    why: str,
    by: User | None,
    day: date | None = None,
    seen: int | None = None,
) -> list[StatusChange]:
    """Changes it on those of these units where that can follow; the same again changes nothing.

    `day` is the day of a planned start. `seen` is `last_change_of` as whoever changes it read it.
    It starts on no unit that has closed. Raises `Refused` where it can follow on none of them, or
    where somebody was first.
    """
    initiative, units = lock_initiative(initiative), list(units)
    if seen is not None and seen != last_change_of(initiative, units):
        _refuse_late(initiative, units, to=to, day=day)
    if to in (STATES.ACTIVE, STATES.PLANNED):
        units = _that_work(units)
    return change_locked(initiative=initiative, units=units, to=to, why=why, by=by, day=day)


def _that_work(units: list[Unit]) -> list[Unit]:
    working = [unit for unit in units if is_open(unit)]
    if units and not working:
        refuse_closed(units[0], more=NO_START)
    return working


def _refuse_late(
    initiative: Initiative, units: Iterable[Unit], *, to: str, day: date | None
) -> None:
    """Somebody changed it since it was read; that they did the same is no matter."""
    here = list(Commitment.objects.filter(initiative=initiative, unit__in=units))
    if all(_is_there(one, to, day) for one in here):
        return
    now = ", ".join(dict.fromkeys(one.get_state_display().lower() for one in here))
    raise Refused(
        f"Someone else has changed the status since you opened this page. It is now: {now}. "
        "Nothing has changed."
    )


def change_locked(
    *,
    initiative: Initiative,
    units: Iterable[Unit],
    to: str,
    why: str,
    by: User | None,
    day: date | None = None,
    decision: Decision | None = None,
    review: Review | None = None,
) -> list[StatusChange]:
    """The same, for an action that holds the row from `lock_initiative` already."""
    if not why:
        raise Refused(NO_REASON, field="why")
    today = timezone.localdate(timezone=initiative.organisation.zone)
    if to == STATES.PLANNED and (day is None or day <= today):
        raise Refused(NO_LATER_DAY, field="day")
    here = list(Commitment.objects.filter(initiative=initiative, unit__in=units).order_by("pk"))
    if not here:
        raise Refused("This improvement is not linked to that unit.")
    changing = [one for one in here if not _is_there(one, to, day)]
    possible = [one for one in changing if status.can_become(one.state, to)]
    if changing and not possible:
        now = changing[0].get_state_display().lower()
        raise Refused(f"You cannot do this because the improvement is {now}.")
    changes = []
    for one in possible:
        change = StatusChange.objects.create(
            initiative=initiative,
            unit_id=one.unit_id,
            was=one.state,
            state=to,
            why=why,
            decision=decision,
            review=review,
            changed_by=by,
        )
        changes.append(change)
        one.state = Initiative.State(to)
        one.begins_on = _begins(one, today=today, day=day)
        one.ends_on = today if to in status.OVER else None
        one.still_done, one.looked_on = "", None
        one.save(update_fields=["state", "begins_on", "ends_on", "still_done", "looked_on"])
        record(
            action="improvement status changed",
            on=initiative,
            organisation=initiative.organisation,
            by=by,
            unit=one.unit_id,
            was=change.was,
            now=str(to),
            change=change.pk,
        )
    if changes:
        follow_units(initiative)
    if changes and to == STATES.STOPPED:
        keys = [change.pk for change in changes]
        transaction.on_commit(
            lambda: improvement_stopped.send(sender=StatusChange, changes=keys), robust=True
        )
    return changes


@transaction.atomic
def begin_planned() -> int:
    """What is planned begins on its day, in its organisation's time zone, on units that work. For
    the hourly sweep.
    """
    begun = 0
    # No place is more than a day ahead of UTC.
    soonest = timezone.now().date() + timedelta(days=1)
    due = Commitment.objects.filter(
        works(timezone.now().date(), unit="unit"), state=STATES.PLANNED, begins_on__lte=soonest
    ).select_related("initiative__organisation", "unit")
    for one in due:
        if one.begins_on is None:
            continue
        if one.begins_on <= timezone.localdate(timezone=one.initiative.organisation.zone):
            begun += len(
                change_status(
                    initiative=one.initiative,
                    units=[one.unit],
                    to=STATES.ACTIVE,
                    why=ITS_DAY_CAME,
                    by=None,
                )
            )
    return begun


def follow_units(initiative: Initiative) -> None:
    """Its own status is the sum of its units'; call it with the row locked."""
    here = list(initiative.commitments.all())
    last_end = ""
    if all(one.state in status.OVER for one in here):
        last = StatusChange.objects.filter(initiative=initiative, state__in=status.OVER).first()
        last_end = last.state if last else ""
    sum_up(initiative, here, last_end=last_end)
    initiative.save(update_fields=["state", "started_on"])


def sum_up(initiative: Initiative, here: Collection[Commitment], *, last_end: str = "") -> None:
    """Sets its status, and since when it runs, from these; saves nothing."""
    states = [one.state for one in here]
    ends = [state for state in states if state in status.OVER]
    whole = status.of_all(states, last_end=last_end or next(iter(ends), STATES.PROPOSED))
    initiative.state = Initiative.State(whole)
    begun = [one.begins_on for one in here if one.state == STATES.ACTIVE and one.begins_on]
    if begun:
        initiative.started_on = min(begun)


def _is_there(one: Commitment, to: str, day: date | None) -> bool:
    return one.state == to and (to != STATES.PLANNED or one.begins_on == day)


def _begins(one: Commitment, *, today: date, day: date | None) -> date | None:
    match one.state:
        case STATES.ACTIVE:
            return today
        case STATES.PLANNED:
            return day
        case STATES.PROPOSED | STATES.ON_HOLD:
            return None
        case _:
            return one.begins_on
