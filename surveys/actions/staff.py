"""Brings a staff list into a survey: all of it or nothing; twice changes nothing."""

from collections.abc import Callable, Sequence
from functools import partial

from django.db import transaction

from organisations.audit import record
from organisations.models import User
from surveys.actions.distribution import invite_staff
from surveys.actions.turning import NotPossible, lock_survey
from surveys.actions.worker import ask_soon
from surveys.addresses import Address
from surveys.models import Survey, SurveyUnit, TakenOff
from surveys.queries.staff import StaffPlan, hashes_of, plan_staff, units_with_links
from surveys.staff_list import Person


@transaction.atomic
def add_staff(
    *,
    survey: Survey,
    units: Sequence[SurveyUnit],
    people: Sequence[Person],
    by: User,
    brings_back: bool = False,
    done: Callable[[int], None] = lambda number: None,
) -> StaffPlan:
    """Invites the new people of a checked list, now or at opening; others stay as they are.

    Who was taken off stays off, unless somebody `brings_back` people on purpose.

    `units` are those that the list may name; `done` is told now and then how many people are in.
    The units' rows are read anew under the survey's lock, so nothing is added behind a closing.
    """
    survey = lock_survey(survey.pk)
    wanted = [unit.pk for unit in units]
    ready = units_with_links(list(survey.survey_units.filter(pk__in=wanted)))
    if {person.unit for person in people} - {unit.unit_name for unit in ready}:
        raise NotPossible("A unit on this list takes no more invitations. It is closed.")
    plan = plan_staff(survey=survey, units=ready, people=people, brings_back=brings_back)
    if brings_back:
        forget_taken_off(survey=survey, addresses=plan.people)
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


def keep_off(*, unit: SurveyUnit, addresses: Sequence[str]) -> None:
    """A list brought again must not bring these back."""
    TakenOff.objects.bulk_create(
        (TakenOff(survey_unit=unit, address_hash=one) for one in hashes_of(unit.survey, addresses)),
        ignore_conflicts=True,
    )


def forget_taken_off(*, survey: Survey, addresses: Sequence[Address]) -> None:
    """These are on the list again."""
    texts = [text for one in addresses for text in (one.email, one.mobile)]
    TakenOff.objects.filter(
        survey_unit__survey=survey, address_hash__in=hashes_of(survey, texts)
    ).delete()


def _count_on(done: Callable[[int], None], before: int, number: int) -> None:
    """A unit counts its own people; those before it are in as well."""
    done(before + number)
