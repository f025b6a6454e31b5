"""The code on a unit's poster: a free one, a new one for a poster that got about, and its room."""

from django.db import transaction
from django.utils import timezone

from fieldwork.queries.poster import newly_full, rooms_of
from organisations.actions.audit_log import record
from organisations.models import User
from surveys.actions.locks import NotPossible, lock_survey_unit
from surveys.actions.notices import plan_notice
from surveys.models import Message, ReplacedPoster, SurveyUnit
from surveys.rules import tokens

MOST_RENEWALS = 2
TRIES = 5
_RUNNING = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN)


def free_code() -> str:
    """A code that no poster has or had."""
    for _ in range(TRIES):
        code = tokens.new_answer_code()
        is_taken = SurveyUnit.objects.filter(answer_code=code).exists()
        if not is_taken and not ReplacedPoster.objects.filter(code=code).exists():
            return code
    raise RuntimeError("No free code was found; the codes are too short for so many surveys.")


def can_renew(unit: SurveyUnit) -> bool:
    """Whether a poster may get a new code."""
    is_running = unit.mode == SurveyUnit.Mode.SEALED and unit.state in _RUNNING
    return is_running and unit.poster_renewals < MOST_RENEWALS


@transaction.atomic
def renew_poster(*, survey_unit: SurveyUnit, by: User) -> None:
    """A new code for the poster, with a poster's room of its own; the old one takes nothing more.

    What came by the old one stays: no envelope knows how it came.
    """
    survey, unit = lock_survey_unit(survey_unit.pk)
    if not can_renew(unit):
        raise NotPossible(
            f"The poster code can be replaced {MOST_RENEWALS} times, and only until the survey "
            "closes."
        )
    ReplacedPoster.objects.create(survey_unit=unit, code=unit.answer_code)
    unit.answer_code = free_code()
    unit.poster_renewals += 1
    unit.poster_full = False
    if unit.state == SurveyUnit.State.OPEN:
        unit.poster_room += rooms_of([unit])[unit.pk]
    unit.save(update_fields=["answer_code", "poster_renewals", "poster_full", "poster_room"])
    # So that it can be said of the new poster too. One on its way is of the old one still.
    Message.objects.filter(survey_unit=unit, step=Message.Step.POSTER_FULL).exclude(
        state__in=(Message.State.CLAIMED, Message.State.SENDING)
    ).delete()
    record(action="poster code replaced", on=unit, organisation=survey.organisation, by=by)


def tell_of_full_posters() -> int:
    """Tells managers and leads of each poster that takes no more answers; how many were new.

    A sweep tells it and not the answer that was the last: that one writes no time.
    """
    told = 0
    for one in newly_full():
        with transaction.atomic():
            survey, unit = lock_survey_unit(one.pk)
            if unit.state != SurveyUnit.State.OPEN or unit.poster_full:
                continue
            unit.poster_full = True
            unit.save(update_fields=["poster_full"])
            plan_notice(
                survey=survey,
                survey_unit=unit,
                step=Message.Step.POSTER_FULL,
                due_at=timezone.now(),
            )
            told += 1
    return told
