"""Brings a staff list into a survey: all of it or nothing; twice changes nothing."""

from collections.abc import Callable, Sequence
from functools import partial

from django.db import transaction
from django.db.models import F

from organisations.actions.audit_log import record
from organisations.actions.deployment import refuse_while_held
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import User
from surveys.actions.distribution import invite_staff
from surveys.actions.locks import NotPossible, lock_survey
from surveys.exchange.addresses import Address
from surveys.exchange.staff_problem import Person
from surveys.models import RemovedContact, Survey, SurveyUnit
from surveys.queries.staff import StaffPlan, hashes_of, plan_staff, units_with_links
from surveys.rules.closing_times import is_result_too_late

RESULT_TOO_LATE = (
    "With a staff list, the result must come no more than 21 days after the survey closes"
)


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
        raise NotPossible("You cannot invite more staff. A unit on this list is closed.")
    if people:
        refuse_late_result(survey, ready)
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
        enqueue_on_commit("surveys.send_due_messages")
    return plan


@transaction.atomic
def add_person(
    *, survey: Survey, units: Sequence[SurveyUnit], person: Person, by: User
) -> StaffPlan:
    """Invites one person whom somebody typed in, also one who was taken off before.

    Not on hold, as a list is then not taken either: nobody would hear of it after the release.
    """
    refuse_while_held()
    return add_staff(survey=survey, units=units, people=[person], by=by, brings_back=True)


def refuse_late_result(survey: Survey, units: Sequence[SurveyUnit]) -> None:
    """Raises `NotPossible` where staff on a list would hear of the result after too long."""
    if any(is_result_too_late(one.closes_at, survey.result_at) for one in units):
        raise NotPossible(RESULT_TOO_LATE)


def exclude(*, unit: SurveyUnit, addresses: Sequence[str]) -> None:
    """A list brought again must not bring these back."""
    hashes = hashes_of(unit.survey, addresses)
    there = RemovedContact.objects.filter(survey_unit=unit, address_hash__in=hashes)
    known = {bytes(one) for one in there.values_list("address_hash", flat=True)}
    there.update(is_off=True, times=F("times") + 1)
    RemovedContact.objects.bulk_create(
        RemovedContact(survey_unit=unit, address_hash=one) for one in hashes if one not in known
    )


def forget_taken_off(*, survey: Survey, addresses: Sequence[Address]) -> None:
    """These are on the list again; how often they left it gives them another link."""
    texts = [text for one in addresses for text in (one.email, one.mobile)]
    RemovedContact.objects.filter(
        survey_unit__survey=survey, address_hash__in=hashes_of(survey, texts)
    ).update(is_off=False)


def _count_on(done: Callable[[int], None], before: int, number: int) -> None:
    """A unit counts its own people; those before it are in as well."""
    done(before + number)
