"""What waits of surveys: they open, close, are counted; leaders' sheets; comments."""

from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone

from fieldwork.actions.screening import KEPT_FOR
from organisations.models import Organisation, Role
from organisations.words.dates import clock, day
from overview.presenters.to_do import ToDoItem, day_of, led
from surveys.models import NamedResponse, SurveyUnit
from surveys.words.messages import leaders_link
from surveys.words.no_result import no_result_words, why_no_result


def leaders_form_item(unit: SurveyUnit, *, several: bool) -> ToDoItem:
    """A leader's own form, or the one that the leaders agree; `own_leaders_forms` found it."""
    sheet = NamedResponse(
        pk=unit.form_key,  # type: ignore[attr-defined]
        seed=unit.form_seed,  # type: ignore[attr-defined]
    )
    how = "You answer in your own name."
    if unit.leaders_together:
        how = "You answer together with the other leaders. One form counts for all of you."
    return ToDoItem(
        day_of(unit.closes_at),
        led("Fill in your leaders’ form", unit.unit_name, several=several),
        f"{unit.survey.title}. {how}",
        "Open your form",
        leaders_link(sheet),
    )


def screening_row(organisation: Organisation, unit: SurveyUnit) -> ToDoItem:
    """Comments that this reader decides about."""
    until = unit.closes_at + KEPT_FOR
    return ToDoItem(
        day_of(until),
        f"{unit.unit_name}: check the comments before the team sees them",
        f"{unit.survey.title}. If nobody decides by {day(until)}, they are deleted unread.",
        "Check the comments",
        reverse("survey_comments", args=[organisation.slug, unit.survey_id, unit.pk]),
    )


def survey_row(
    organisation: Organisation, unit: SurveyUnit, *, several: bool, roles: Collection[str]
) -> ToDoItem:
    """A unit that is asked, or that had too few answers."""
    survey, title = unit.survey, unit.survey.title
    page = reverse("survey", args=[organisation.slug, survey.pk])
    due, kind = unit.closes_at, ""
    if survey.count_failure:
        what, sentence = "We could not count the answers", f"{title}."
        if Role.ADMINISTRATOR not in roles:
            sentence += " Tell your administrator."
        button, kind = "See why", "failed"
    elif unit.state == SurveyUnit.State.NOT_OPEN:
        what, due, button, kind = "The survey opens", survey.opens_at, "See the survey", "opens"
        sentence = f"{title}. It opens automatically at {clock(survey.opens_at)}."
        if survey.opens_at <= timezone.now():
            sentence = f"{title}. We’re getting it ready. This takes a few seconds."
    elif unit.state == SurveyUnit.State.OPEN:
        what, button, kind = "Tell everyone about the survey", "Get the poster and script", "open"
        enough = "enough answers for a result" if unit.enough else "not enough answers yet"
        sentence = f"{title} is open and has {enough}. It closes {day(unit.closes_at)}."
        if unit.mode == SurveyUnit.Mode.JOINT:
            what, button, kind = "Fill in the joint form with your team", "Joint form", ""
            sentence = f"{title}. It closes {day(unit.closes_at)}."
    elif unit.state == SurveyUnit.State.TOO_FEW:
        what, due = no_result_words(unit), unit.published_at or unit.closes_at
        sentence = f"{title}. {why_no_result(unit)}"
        button, kind = "See what to do next", "too_few"
    else:
        what, button, kind = "We’re counting the answers", "See the survey", "counting"
        sentence = f"{title}. This takes a few minutes. We’ll email you."
    return ToDoItem(
        day_of(due),
        led(what, unit.unit_name, several=several),
        sentence,
        button,
        page,
        unit=unit.unit_name,
        kind=kind,
    )
