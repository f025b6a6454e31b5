"""A survey's page: where it stands, what comes when, how to reach the staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from fieldwork.actions.poster import can_renew
from fieldwork.presenters.cancelling import what_cancelling_does
from fieldwork.presenters.qr import qr_svg
from fieldwork.presenters.survey_list import result_words
from instruments.rules.answering_time import in_words
from organisations.words.dates import clock, day, in_days, moment
from surveys.models import Message, NamedResponse, Survey, SurveyUnit
from surveys.presenters.message_plan import can_pause, plan_rows
from surveys.queries.outbox import StepCount
from surveys.rules import closing_times
from surveys.words import messages

BEING_COUNTED = "We’re counting the answers. This takes a few minutes."
READY_WITHIN = timedelta(minutes=2)
_WAITING, _OPEN = SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN


@dataclass(frozen=True, slots=True)
class Point:
    """One moment on the line of time."""

    when: str
    what: str
    past: bool


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit of the survey as its manager meets it."""

    row: SurveyUnit
    link: str
    shown_link: str
    script: str
    later: datetime

    @property
    def qr(self) -> SafeString:
        """Made where it is shown: it costs more than all the rest of a unit."""
        svg = qr_svg(self.link, title=f"QR code of {self.row.unit_name}", css_class="app-card__qr")
        return mark_safe(svg)  # noqa: S308 (made here, of our own address)

    @property
    def joint(self) -> bool:
        """Whether the team scores together on one sheet."""
        return self.row.mode == SurveyUnit.Mode.JOINT

    @property
    def renewable(self) -> bool:
        """Whether its poster may get a new code."""
        return can_renew(self.row)

    @property
    def running(self) -> bool:
        """Whether staff can still answer, now or soon."""
        return self.row.state in (_WAITING, _OPEN)

    @property
    def ends(self) -> str:
        """Where the unit stands, in a sentence."""
        state = self.row.state
        if state in (_WAITING, _OPEN):
            return f"Closes {moment(self.row.closes_at)}, {in_days(self.row.closes_at)}."
        if state == SurveyUnit.State.CLOSED:
            return (
                "The answers could not be counted."
                if self.row.survey.count_failure
                else BEING_COUNTED
            )
        if state == SurveyUnit.State.TOO_FEW:
            return (
                f"Fewer than {self.row.minimum_group} of {self.row.headcount} staff answered. "
                "The answers were deleted unopened."
            )
        if state == SurveyUnit.State.CANCELLED:
            return "Cancelled."
        return "The result is ready." if self.row.published_at else "Counted."


def handover_script(*, survey: Survey, unit: SurveyUnit, statements: int) -> str:
    """What to say at handover, about 20 seconds, of a survey that asks so many statements."""
    local = timezone.localtime(unit.closes_at)
    takes = in_words(statements)
    return (
        f"We’re planning an improvement called {survey.title}. Before we start, please tell us if "
        f"you think we’re ready. The poster has a QR code. It takes {takes} on your phone and does "
        f"not ask your name. If at least {unit.minimum_group} of us answer, we’ll all "
        f"see the result {_result_words(survey, local)}."
    )


def _result_words(survey: Survey, closes: datetime) -> str:
    when = timezone.localtime(survey.result_at) if survey.result_at else closes
    return f"on {when:%A} the {_ordinal(when.day)}"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 11 <= number <= 13 else ending}"


def unit_card(*, survey: Survey, unit: SurveyUnit, statements: int) -> UnitCard:
    """The card of one unit."""
    link = messages.poster_link(unit.answer_code)
    return UnitCard(
        row=unit,
        link=link,
        shown_link=shown_address(link),
        script=handover_script(survey=survey, unit=unit, statements=statements),
        later=closing_times.extended(
            unit.closes_at, zone=survey.organisation.zone, now=unit.closes_at
        ),
    )


def shown_address(link: str) -> str:
    """An address as people type it: without `https://`."""
    parts = urlsplit(link)
    return f"{parts.netloc}{parts.path}"


def timeline(survey: Survey, units: list[SurveyUnit], steps: list[StepCount]) -> list[Point]:
    """Opening, the reminders still in the plan, closing, and the result if it has its own day."""
    now = timezone.now()
    opened = survey.state not in (Survey.State.PREPARING, Survey.State.SCHEDULED)
    today = timezone.localdate(survey.opens_at) == timezone.localdate(now)
    said = f"{'Opened' if opened else 'Opens'}{' today' if today else ''}"
    points = [Point(day(survey.opens_at), f"{said} at {clock(survey.opens_at)}", opened)]
    points += [
        Point(day(row.due_at), row.name, row.due_at <= now)
        for row in plan_rows(survey, steps)
        if row.is_reminder and row.in_plan
    ]
    closes = max(unit.closes_at for unit in units)
    result = survey.result_at
    same_day = result is None or timezone.localdate(result) == timezone.localdate(closes)
    ended = "Closed" if closes <= now else "Closes"
    what = f"{ended}, result the same day" if same_day else ended
    points.append(Point(f"{day(closes)}, {clock(closes)}", what, closes <= now))
    if not same_day and result is not None:
        points.append(Point(f"{day(result)}, {clock(result)}", "Result", result <= now))
    return points


def state_sentence(survey: Survey, units: list[SurveyUnit]) -> tuple[str, str]:
    """The tag and the sentence beside it."""
    closes = max(unit.closes_at for unit in units)
    if survey.state == Survey.State.SCHEDULED:
        if survey.opens_at <= timezone.now():
            return "Getting ready", "Opening now. This takes a few seconds."
        return "Scheduled", f"Opens {moment(survey.opens_at)}, {in_days(survey.opens_at)}."
    if survey.state == Survey.State.OPEN:
        return "Open", f"Closes {moment(closes)}, {in_days(closes)}."
    if survey.state == Survey.State.CLOSED:
        return (
            "Closed",
            "The answers could not be counted." if survey.count_failure else BEING_COUNTED,
        )
    if survey.state == Survey.State.COUNTED:
        if survey.result_at:
            return "Counted", f"The result will be ready on {moment(survey.result_at)}."
        return "Counted", "We’re preparing the result. This takes a few minutes."
    if survey.state == Survey.State.PUBLISHED:
        return result_words(units), f"Closed {day(closes)}."
    if survey.state == Survey.State.CANCELLED:
        return "Cancelled", (
            "All answers, contact details and the key were deleted. Nobody will see a result."
        )
    return "Getting ready", "This takes a few seconds."


def survey_context(
    survey: Survey,
    units: list[SurveyUnit],
    *,
    steps: list[StepCount],
    leaders: Iterable[NamedResponse],
    statements: int,
    whole: bool,
) -> dict[str, object]:
    """All that the template needs.

    `leaders` are the leaders' forms; `statements` how many the ward is asked; `whole` if this
    member reaches every unit.
    """
    tag, sentence = state_sentence(survey, units)
    cards = [unit_card(survey=survey, unit=unit, statements=statements) for unit in units]
    starting = survey.state == Survey.State.PREPARING or (
        survey.state == Survey.State.SCHEDULED and survey.opens_at <= timezone.now()
    )
    return {
        "survey": survey,
        "cards": cards,
        "tag": tag,
        "sentence": sentence,
        "whole": whole,
        "cancelling": what_cancelling_does(units),
        "starting": starting,
        "slow": starting and timezone.now() - survey.opens_at > READY_WITHIN,
        "active": survey.state in (Survey.State.SCHEDULED, Survey.State.OPEN) and not starting,
        "points": timeline(survey, units, steps),
        "plan": plan_rows(survey, steps),
        "can_pause": can_pause(survey, steps),
        "invited": _invited(steps),
        "leaders": leader_rows(leaders),
    }


@dataclass(frozen=True, slots=True)
class Invited:
    """How many staff got a personal link, and how many addresses came back."""

    number: int
    sent: int
    failed: int


def _invited(steps: list[StepCount]) -> Invited | None:
    for count in steps:
        if count.step == Message.Step.INVITATION and count.staff:
            failed = count.staff.get(Message.State.FAILED, 0)
            failed += count.staff.get(Message.State.RETURNED, 0)
            sent = count.staff.get(Message.State.SENT, 0)
            return Invited(sum(count.staff.values()), sent, failed)
    return None


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """A leader by name: they answer in their own name, so the page may say if they have.

    `stuck` is the invitation that may be sent again.
    """

    name: str
    unit: str
    invitation: str
    sheet: str
    stuck: int | None


def leader_rows(forms: Iterable[NamedResponse]) -> list[LeaderRow]:
    """The leaders invited, unit by unit."""
    rows = []
    for sheet in forms:
        invited = next(
            (one for one in sheet.messages.all() if one.step == Message.Step.INVITATION), None
        )
        runs = sheet.survey_unit.state in (_WAITING, _OPEN)
        is_stuck = runs and invited is not None and invited.state in Message.STUCK
        rows.append(
            LeaderRow(
                sheet.name,
                sheet.survey_unit.unit_name,
                _invitation_words(
                    invited.state if invited else "",
                    waits=sheet.survey_unit.state == SurveyUnit.State.NOT_OPEN,
                ),
                _sheet_words(sheet),
                invited.pk if invited and is_stuck and not sheet.sent_at else None,
            )
        )
    return rows


def _sheet_words(sheet: NamedResponse) -> str:
    if sheet.sent_at is None:
        return "Not sent yet"
    together = ", for all leaders" if sheet.survey_unit.leaders_together else ""
    return f"Sent {day(sheet.sent_at)}{together}"


def _invitation_words(state: str, *, waits: bool) -> str:
    said: dict[str, str] = {
        Message.State.SENT: "Invited",
        Message.State.FAILED: "Not delivered",
        Message.State.RETURNED: "Not delivered",
        Message.State.HELD: "We do not know if it was delivered",
        Message.State.DROPPED: "Not needed",
    }
    return said.get(state, "Will be sent when the survey opens" if waits else "On its way")
