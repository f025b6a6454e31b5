"""The start page's list: one line for each thing that waits, by its date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from organisations.dates import clock, day
from organisations.models import Organisation
from surveys.actions.screening import KEPT_FOR
from surveys.messages import leaders_link
from surveys.models import NamedSheet, Screening, SurveyUnit

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do: its date, what, a sentence, one button."""

    due_at: datetime
    what: str
    sentence: str
    button: str
    href: str


def waiting_list(
    *,
    organisation: Organisation,
    units: Iterable[SurveyUnit],
    sheets: Iterable[NamedSheet],
    screenings: Iterable[Screening],
    several: bool,
) -> list[Waiting]:
    """All that waits, the soonest first."""
    rows = [_unit_row(organisation, unit, several=several) for unit in units]
    rows += [_sheet_row(sheet, several=several) for sheet in sheets]
    rows += [_screening_row(organisation, one) for one in screenings]
    return sorted(rows, key=lambda row: row.due_at)


def _sheet_row(sheet: NamedSheet, *, several: bool) -> Waiting:
    unit = sheet.survey_unit
    return Waiting(
        unit.closes_at,
        _led("Fill in your leaders’ sheet", unit, several=several),
        f"{unit.survey.title}. It is in your name.",
        "Open your sheet",
        leaders_link(sheet.pk),
    )


def _screening_row(organisation: Organisation, screening: Screening) -> Waiting:
    unit = screening.survey_unit
    until = unit.closes_at + KEPT_FOR
    return Waiting(
        until,
        f"{unit.unit_name}: read the comments before the ward does",
        f"{unit.survey.title}. If nobody decides by {day(until)}, they are deleted unread.",
        "Read the comments",
        reverse("survey_comments", args=[organisation.slug, unit.survey_id, unit.pk]),
    )


def _led(what: str, unit: SurveyUnit, *, several: bool) -> str:
    """Where a member has several units, the unit's name leads."""
    return f"{unit.unit_name}: {what[0].lower()}{what[1:]}" if several else what


def _unit_row(organisation: Organisation, unit: SurveyUnit, *, several: bool) -> Waiting:
    survey = unit.survey
    page = reverse("survey", args=[organisation.slug, survey.pk])
    state = unit.state
    if survey.count_failure:
        what, sentence = "The count failed", f"{survey.title}. Tell your administrator."
        return Waiting(unit.closes_at, _led(what, unit, several=several), sentence, "See why", page)
    if state == SurveyUnit.State.WAITING:
        what, due, button = "The survey opens", survey.opens_at, "See the survey"
        sentence = f"{survey.title}. It opens by itself at {clock(survey.opens_at)}."
        if survey.opens_at <= timezone.now():
            sentence = f"{survey.title}. It is being made ready, a few seconds."
    elif state == SurveyUnit.State.OPEN:
        what, due, button = "Tell everyone about the survey", unit.closes_at, "Poster and script"
        enough = "enough answers for a result" if unit.enough else "not enough answers yet"
        sentence = f"{survey.title} is open and has {enough}. It closes {day(unit.closes_at)}."
        if unit.way == SurveyUnit.Way.JOINT:
            what, button = "Score the joint sheet with the team", "Joint sheet"
            sentence = f"{survey.title}. It closes {day(unit.closes_at)}."
    elif state == SurveyUnit.State.CLOSED:
        what, due, button = "The survey is being counted", unit.closes_at, "See the survey"
        sentence = f"{survey.title}. A few minutes; you get an e-mail."
    elif state == SurveyUnit.State.TOO_FEW:
        what, due, button = "Too few answers", unit.published_at or unit.closes_at, "What now"
        sentence = f"{survey.title}. The answers were deleted unopened."
    else:
        what, button = "Talk the result through with the team", "See the result"
        due = survey.talk_at or unit.published_at or timezone.now()
        sentence = f"{survey.title}. The ward sees it too."
    return Waiting(due, _led(what, unit, several=several), sentence, button, page)
