"""What waits of surveys: they open, close, are counted; leaders' sheets; comments; drafts."""

from django.urls import reverse
from django.utils import timezone

from organisations.dates import clock, day
from organisations.models import Organisation
from reports.presenters.waiting import Waiting, day_of, led
from surveys.actions.screening import KEPT_FOR
from surveys.messages import leaders_link
from surveys.models import NamedSheet, Screening, SurveyUnit, Version


def sheet_row(sheet: NamedSheet, *, several: bool) -> Waiting:
    """A leader's own sheet."""
    unit = sheet.survey_unit
    return Waiting(
        day_of(unit.closes_at),
        led("Fill in your leaders’ sheet", unit.unit_name, several=several),
        f"{unit.survey.title}. It is in your name.",
        "Open your sheet",
        leaders_link(sheet),
    )


def screening_row(organisation: Organisation, screening: Screening) -> Waiting:
    """Comments that this reader decides about."""
    unit = screening.survey_unit
    until = unit.closes_at + KEPT_FOR
    return Waiting(
        day_of(until),
        f"{unit.unit_name}: read the comments before the ward does",
        f"{unit.survey.title}. If nobody decides by {day(until)}, they are deleted unread.",
        "Read the comments",
        reverse("survey_comments", args=[organisation.slug, unit.survey_id, unit.pk]),
    )


def draft_row(organisation: Organisation, draft: Version) -> Waiting:
    """A draft that only its editors see until it is published."""
    saved = f"Last saved {day(draft.saved_at)}. " if draft.saved_at else ""
    return Waiting(
        day_of(draft.saved_at or timezone.now()),
        f"Finish the draft: {draft.title}",
        f"{saved}No survey can use it before it is published.",
        "Open the draft",
        reverse("question_bank_version", args=[organisation.slug, draft.pk]),
    )


def survey_row(organisation: Organisation, unit: SurveyUnit, *, several: bool) -> Waiting:
    """A unit that is asked, or that had too few answers."""
    survey, title = unit.survey, unit.survey.title
    page = reverse("survey", args=[organisation.slug, survey.pk])
    due, kind = unit.closes_at, ""
    if survey.count_failure:
        what, sentence = "The count failed", f"{title}. Tell your administrator."
        button, kind = "See why", "failed"
    elif unit.state == SurveyUnit.State.WAITING:
        what, due, button, kind = "The survey opens", survey.opens_at, "See the survey", "opens"
        sentence = f"{title}. It opens by itself at {clock(survey.opens_at)}."
        if survey.opens_at <= timezone.now():
            sentence = f"{title}. It is being made ready, a few seconds."
    elif unit.state == SurveyUnit.State.OPEN:
        what, button, kind = "Tell everyone about the survey", "Poster and script", "open"
        enough = "enough answers for a result" if unit.enough else "not enough answers yet"
        sentence = f"{title} is open and has {enough}. It closes {day(unit.closes_at)}."
        if unit.way == SurveyUnit.Way.JOINT:
            what, button, kind = "Score the joint sheet with the team", "Joint sheet", ""
            sentence = f"{title}. It closes {day(unit.closes_at)}."
    elif unit.state == SurveyUnit.State.TOO_FEW:
        what, due = "Too few answers", unit.published_at or unit.closes_at
        sentence = f"{title}. The answers were deleted unopened."
        button, kind = "What now", "too_few"
    else:
        what, button, kind = "The survey is being counted", "See the survey", "counting"
        sentence = f"{title}. A few minutes; you get an e-mail."
    return Waiting(
        day_of(due),
        led(what, unit.unit_name, several=several),
        sentence,
        button,
        page,
        unit=unit.unit_name,
        kind=kind,
    )
