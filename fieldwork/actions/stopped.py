"""What becomes of an improvement's surveys where it stops: what has not begun is cancelled.

Open ones run to their end, since nobody throws away what was answered; they remind nobody more.
"""

from collections import defaultdict
from collections.abc import Collection

from fieldwork.actions.life import cancel_locked, cancel_units
from initiatives.models import Initiative
from organisations.models import User
from organisations.rules.refusal import Refused
from surveys.models import Message, Survey, SurveyUnit
from surveys.models.distribution import REMINDERS

JUST_LAUNCHED = (
    "Someone has just launched a survey about this improvement. Nothing has changed. Read the "
    "page again, then decide."
)
_NOT_BEGUN = (Survey.State.DRAFT, Survey.State.PREPARING, Survey.State.SCHEDULED)


def lock_surveys(initiative: Initiative) -> list[Survey]:
    """Its surveys that have not ended, held before the improvement, as a debrief holds them."""
    # no_key: a form's foreign key may still refer to a row while we hold it.
    return list(
        Survey.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .filter(initiative=initiative, state__in=(*_NOT_BEGUN, Survey.State.OPEN))
        .order_by("pk")
    )


def end_surveys(
    *, initiative: Initiative, surveys: Collection[Survey], units: Collection[int], by: User
) -> None:
    """Cancels what has not begun on these units, and drops the reminders of what is open there.

    The surveys are held from `lock_surveys`, and the improvement since. Raises `Refused` where one
    was launched in between.
    """
    held = [one.pk for one in surveys]
    new = Survey.objects.filter(initiative=initiative, state__in=_NOT_BEGUN).exclude(pk__in=held)
    if new.exists():
        raise Refused(JUST_LAUNCHED)
    asked: dict[int, set[int]] = defaultdict(set)
    still = SurveyUnit.objects.filter(survey__in=held).exclude(state=SurveyUnit.State.CANCELLED)
    for survey_id, unit in still.values_list("survey", "unit"):
        asked[survey_id].add(unit)
    for survey in surveys:
        if survey.state in _NOT_BEGUN:
            if asked[survey.pk] <= set(units):
                cancel_locked(survey=survey, by=by)
            else:
                cancel_units(survey=survey, units=asked[survey.pk] & set(units), by=by)
    Message.objects.filter(
        survey__in=held,
        survey_unit__unit__in=units,
        survey_unit__state=SurveyUnit.State.OPEN,
        step__in=REMINDERS,
        state__in=Message.WAITING,
    ).update(state=Message.State.DROPPED)
