"""Brings a staff list into a survey: all of it or nothing; twice changes nothing."""

from collections.abc import Callable, Sequence
from functools import partial

from django.db import transaction

from organisations.audit import record
from organisations.models import User
from surveys.actions.distribution import invite_staff
from surveys.actions.turning import NotPossible, lock_survey
from surveys.actions.worker import ask_soon
from surveys.models import Survey, SurveyUnit
from surveys.queries.staff import StaffPlan, plan_staff, units_with_links
from surveys.staff_list import Person


@transaction.atomic
def add_staff(
    *,
    survey: Survey,
    units: Sequence[SurveyUnit],
    people: Sequence[Person],
    by: User,
    done: Callable[[int], None] = lambda number: None,
) -> StaffPlan:
    """Invites the new people of a checked list, now or at opening; others stay as they are.

    `units` are those that the list may name; `done` is told now and then how many people are in.
    The units' rows are read anew under the survey's lock, so nothing is added behind a closing.
    """
    survey = lock_survey(survey.pk)
    wanted = [unit.pk for unit in units]
    ready = units_with_links(list(survey.survey_units.filter(pk__in=wanted)))
    if {person.unit for person in people} - {unit.unit_name for unit in ready}:
        raise NotPossible("A unit on this list takes no more invitations. It is closed.")
    plan = plan_staff(survey=survey, units=ready, people=people)
    before = len(people) - len(plan.people)
    for unit in ready:
        if unit.pk in plan.new:
            unit.survey = survey
            before += invite_staff(
                survey_unit=unit,
                addresses=plan.new[unit.pk],
                done=partial(_count_on, done, before),
            )
            record(
                action="staff invited",
                on=unit,
                organisation=survey.organisation,
                by=by,
                number=len(plan.new[unit.pk]),
            )
    if plan.new and survey.state == Survey.State.OPEN:
        ask_soon("surveys.send_due_messages")
    return plan


def _count_on(done: Callable[[int], None], before: int, number: int) -> None:
    """A unit counts its own people; those before it are in as well."""
    done(before + number)
