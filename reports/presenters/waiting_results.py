"""What waits because of results: a talk, an action past its day, asking again."""

from datetime import date

from django.urls import reverse

from initiatives.models import Action
from organisations.dates import day
from organisations.models import Organisation
from reports.access import REVIEWERS_WAIT
from reports.debrief_steps import MINUTES
from reports.models import EarlyPlan
from reports.presenters.action_list import action_link
from reports.presenters.waiting import Waiting, day_of, led
from reports.queries.waiting import ASK_AGAIN_AFTER
from surveys.models import SurveyUnit


def talk_row(organisation: Organisation, unit: SurveyUnit, *, several: bool) -> Waiting:
    """A result that its team has not talked through; `debriefs_due` found it."""
    survey, out = unit.survey, unit.published_at or unit.closes_at
    planned = survey.talk_at if survey.talk_at and survey.talk_at > out else None
    what, button = "Talk the result through with the team", "Hold the debrief"
    sentence = f"{survey.title}: ready on {day(out)}. {MINUTES} minutes, step by step."
    if getattr(unit, "has_begun", False):
        what, button = "End the meeting that has begun", "Carry on"
        sentence = f"{survey.title}. The team has not decided yet how to go on."
    elif getattr(unit, "has_plan", False):
        what = "The plan has no debrief yet"
        sentence = f"{survey.title}. The team talks, then it chooses what the plan is about."
    return Waiting(
        day_of(planned or out + REVIEWERS_WAIT),
        led(what, unit.unit_name, several=several),
        sentence,
        button,
        reverse("debrief", args=[organisation.slug, unit.pk]),
        unit=unit.unit_name,
        kind="talk",
    )


def action_row(
    organisation: Organisation, action: Action, *, today: date, several: bool
) -> Waiting:
    """An action whose day is near or over; `actions_in` found it."""
    name = action.priority.unit.name
    is_late = action.due_on < today
    return Waiting(
        action.due_on,
        led(
            f"“{action.what}” is {'past its day' if is_late else 'due soon'}", name, several=several
        ),
        f"{action.priority.initiative.title}. Who does it: {action.who}.",
        "Say how it went",
        action_link(organisation, action),
        unit=name,
        kind="action",
    )


def again_row(organisation: Organisation, unit: SurveyUnit, *, several: bool) -> Waiting:
    """A result whose plan is done, or that is twelve weeks old; `to_ask_again` found it."""
    survey, out = unit.survey, unit.published_at or unit.closes_at
    why = "The result is twelve weeks old"
    if not getattr(unit, "has_open", False):
        why = "No action is open any more"
    return Waiting(
        day_of(out + ASK_AGAIN_AFTER),
        led("Ask again, to see what has changed", unit.unit_name, several=several),
        f"{survey.title}. {why}. The same settings are filled in.",
        "Ask again",
        f"{reverse('launch', args=[organisation.slug])}?repeat={survey.pk}",
        unit=unit.unit_name,
        kind="again",
    )


def early_plan_row(organisation: Organisation, plan: EarlyPlan) -> Waiting:
    """For a senior reviewer: a plan that was opened before the team had talked."""
    unit = plan.survey_unit
    return Waiting(
        day_of(plan.opened_at),
        f"{unit.unit_name}: the plan was opened before the team talked",
        f"{unit.survey.title}. Their reason: {plan.reason}",
        "See the initiative",
        reverse("initiative", args=[organisation.slug, unit.survey.initiative_id]),
        unit=unit.unit_name,
        kind="early",
    )
