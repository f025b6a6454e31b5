"""The plan of messages before launch: a table of dates, for people who work by day and by night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from fieldwork.forms.launch import LaunchForm
from organisations.words.dates import clock, day
from surveys.actions.plan import planned_times
from surveys.exchange.addresses import Address
from surveys.models import Message, Survey, SurveyUnit
from surveys.presenters.message_plan import NAMES
from surveys.presenters.without_message import without_message_words
from surveys.rules import wall_clock

TOO_LATE = "Not sent: the survey closes before then"
AFTER_CLOSING = (
    "After the survey closes, everyone on the staff list gets up to 2 messages: when there is a "
    "result, and when the team has decided what to do."
)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One moment: what happens, when, and when for people who work nights if that differs."""

    what: str
    when: str
    nights: str = ""


@dataclass(frozen=True, slots=True)
class PlannedMessages:
    """The rows in order, and what else there is to say; `missing` instead while a date is."""

    rows: Sequence[PlanRow]
    notes: Sequence[str]
    missing: str = ""


def planned_messages(form: LaunchForm, closes_at: datetime) -> PlannedMessages:
    """What a launch with these choices would send, as they stand, mistakes left out. No query."""
    now = timezone.now()
    if form.is_bound:
        form.is_valid()
    said = form.cleaned_data if form.is_bound else {}
    opens_at: datetime | None = said.get("opens_time")
    if form.is_bound and ("closes" not in said or (_opens_later(form) and opens_at is None)):
        return PlannedMessages((), (), "Enter the dates of opening and closing to see the plan.")
    survey = Survey(
        organisation=form.offer.organisation,
        opens_at=opens_at or now,
        closes_at=closes_at,
        reminder_days=reminder_days_of(form),
    )
    unit = SurveyUnit(survey=survey, closes_at=closes_at)
    by_day, by_night = (planned_times(unit, works_nights=nights) for nights in (False, True))
    rows = [PlanRow("Opens", _when(survey.opens_at, now))]
    rows += [
        PlanRow(NAMES[step], _before(by_day[step], unit, now), _before(by_night[step], unit, now))
        for step in by_day
    ]
    rows.append(PlanRow("Closes", _when(closes_at, now)))
    result: datetime | None = said.get("result_time")
    if result is not None:
        rows.append(PlanRow("Result", _when(result, now)))
    return PlannedMessages(rows, _notes(form, survey, by_day))


def _opens_later(form: LaunchForm) -> bool:
    return str(form["opens"].value()) == "later"


def reminder_days_of(form: LaunchForm) -> list[int]:
    """The ticked days of reminders, of those that the form offers."""
    chosen = {str(day) for day in form["reminders"].value() or []}
    return [day for day in wall_clock.REMINDER_CHOICES if str(day) in chosen]


def _when(moment: datetime, now: datetime) -> str:
    if moment <= now:
        return f"Now, {clock(now)}"
    return f"{day(moment)}, {clock(moment)}"


def _before(moment: datetime, unit: SurveyUnit, now: datetime) -> str:
    return _when(moment, now) if moment < unit.closes_at else TOO_LATE


def _notes(form: LaunchForm, survey: Survey, planned: dict[Message.Step, datetime]) -> list[str]:
    everyone = form["remind"].value() == "everyone"
    whom = "all of them, as a thank-you" if everyone else "staff who have not answered"
    notes = [
        "We send invitations to leaders and to staff with a personal link. Reminders go to "
        f"{whom}. Everyone else can use the poster."
    ]
    late = len(survey.reminder_days) - (len(planned) - 1)
    if late > 0:
        said = "1 reminder" if late == 1 else f"{late} reminders"
        notes.append(f"We will not send {said}, because none go out on the closing day or later.")
    people: list[Address] = form.staff_so_far
    if people:
        notes.append(AFTER_CLOSING)
    notes.append(without_message_words(sum(1 for one in people if not one.email)))
    return [note for note in notes if note]
