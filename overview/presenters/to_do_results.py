"""The start page's lines about results: a talk, debriefs that differ, asking again, early plans;
and about actions near or past their day.
"""

from datetime import date

from django.urls import reverse

from debriefs.presenters.action_list import close_link, late_link
from debriefs.rules.steps import JOINT, TEAM
from organisations.models import Organisation
from organisations.words.dates import day
from overview.presenters.to_do import ToDoItem, day_of, led
from overview.queries.to_do_work import Work
from results.access import REVIEWERS_WAIT
from surveys.models import SurveyUnit
from surveys.rules.between_surveys import ASK_AGAIN_AFTER


def debrief_item(organisation: Organisation, unit: SurveyUnit, *, several: bool) -> ToDoItem:
    """A result that its team has not talked through; `debriefs_due` found it."""
    survey, out = unit.survey, unit.published_at or unit.closes_at
    planned = survey.debrief_at if survey.debrief_at and survey.debrief_at > out else None
    what, button = "Discuss the result with your team", "Start the debrief"
    course = JOINT if unit.mode == SurveyUnit.Mode.JOINT else TEAM
    sentence = (
        f"{survey.title}. Result ready on {day(out)}. The debrief takes {course.minutes} minutes."
    )
    if getattr(unit, "has_begun", False):
        what, button = "Finish the debrief you started", "Carry on"
        sentence = f"{survey.title}. The team has not decided what to do next."
    elif getattr(unit, "has_plan", False):
        what = "Hold the debrief for the plan you started early"
        sentence = f"{survey.title}. The team discusses the result, then chooses its priorities."
    return ToDoItem(
        day_of(planned or out + REVIEWERS_WAIT),
        led(what, unit.unit_name, several=several),
        sentence,
        button,
        reverse("debrief", args=[organisation.slug, unit.pk]),
        unit=unit.unit_name,
        kind="talk",
    )


def differ_item(organisation: Organisation, unit: SurveyUnit, *, several: bool) -> ToDoItem:
    """Debriefs that differ, which nobody has brought together; `debriefs_differ` found them."""
    since = unit.differ_since or unit.closes_at
    return ToDoItem(
        day_of(since),
        led("The debriefs differ: bring them together", unit.unit_name, several=several),
        f"{unit.survey.title}. Since {day(since)}. Nothing is decided until one decision is "
        "recorded.",
        "Record the decision of the debriefs",
        reverse("debrief_views", args=[organisation.slug, unit.pk]),
        unit=unit.unit_name,
        kind="differ",
    )


def action_row(organisation: Organisation, action: Work, *, today: date, several: bool) -> ToDoItem:
    """An action whose day is near or over; `named_actions` found it."""
    name, result = action.unit_name, action.result
    is_late = action.day < today
    return ToDoItem(
        action.day,
        led(f"“{action.what}” is {'overdue' if is_late else 'due soon'}", name, several=several),
        f"{action.title}. Owner: {action.owner}.",
        "Say how it went" if result else "See overdue actions",
        close_link(organisation, result, action.key) if result else late_link(organisation),
        unit=name,
        kind="action",
    )


def again_row(organisation: Organisation, unit: SurveyUnit, *, several: bool) -> ToDoItem:
    """A result whose plan is done, or that is twelve weeks old; `to_ask_again` found it."""
    survey, out = unit.survey, unit.published_at or unit.closes_at
    why = "The result is 12 weeks old"
    if not getattr(unit, "has_open", False):
        why = "No actions in its plan are open"
    return ToDoItem(
        day_of(out + ASK_AGAIN_AFTER),
        led("Repeat the survey to see what has changed", unit.unit_name, several=several),
        f"{survey.title}. {why}. We’ve filled in the settings from last time.",
        "Ask again",
        f"{reverse('launch', args=[organisation.slug])}?repeat={survey.pk}&unit={unit.unit_id}",
        unit=unit.unit_name,
        kind="again",
    )


def early_plan_row(organisation: Organisation, unit: SurveyUnit) -> ToDoItem:
    """For a senior reviewer: a plan before the team had talked; `opened_early` found it."""
    return ToDoItem(
        day_of(unit.plan_opened_at),  # type: ignore[attr-defined]
        f"{unit.unit_name}: the plan was started before the team debrief",
        f"{unit.survey.title}. Their reason: {unit.plan_reason}",  # type: ignore[attr-defined]
        "See the improvement",
        reverse("initiative", args=[organisation.slug, unit.survey.initiative_id]),
        unit=unit.unit_name,
        kind="early",
    )
