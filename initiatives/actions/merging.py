"""Improvements that become one: the units of the first join the other."""

from collections.abc import Iterable

from django.utils import timezone

from initiatives.actions.register import commit_units
from initiatives.actions.status import change_locked, follow_units
from initiatives.models import Commitment, Initiative, Review
from initiatives.rules.status import ACTIVE, OVER, PLANNED, PROPOSED
from organisations.models import User
from organisations.rules.refusal import Refused

ITSELF = "Choose another improvement, not this one"
IS_OVER = "“{title}” is over. Choose an improvement that is not."
RING = "“{title}” was merged into this one, so this one cannot be merged into it."


def check_merge(initiative: Initiative, into: Initiative) -> None:
    """Raises `Refused` where one cannot join the other; both rows are held."""
    if into.pk == initiative.pk:
        raise Refused(ITSELF, field="into")
    if into.state in OVER:
        raise Refused(IS_OVER.format(title=into.title), field="into")
    further: Initiative | None = into
    while further is not None:
        if further.pk == initiative.pk:
            raise Refused(RING.format(title=into.title), field="into")
        further = further.merged_into


def join_units(*, review: Review, here: Iterable[Commitment], by: User) -> None:
    """The other improvement takes on the units where it is not yet, as the first was there.

    `here` is the first one on each unit, before its status changes. Both rows are held.
    """
    into = review.into
    if into is None:
        return
    there = set(into.commitments.values_list("unit", flat=True))
    for one in here:
        if one.unit_id in there:
            continue
        commit_units(initiative=into, units=[one.unit], hours=one.hours_a_week)
        today = timezone.localdate(timezone=into.organisation.zone)
        # Planned for a day that has come, and the sweep is still to begin it.
        begins = one.state == PLANNED and one.begins_on is not None and one.begins_on <= today
        if one.state != PROPOSED:
            change_locked(
                initiative=into,
                units=[one.unit],
                to=ACTIVE if begins else one.state,
                why=review.reason,
                day=one.begins_on,
                by=by,
                review=review,
            )
    follow_units(into)
