"""Rows of the register: where an improvement stands on a unit, and what comes next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from initiatives.models import Commitment, Initiative
from initiatives.presenters.status import state_words, transitions_from
from initiatives.rules.hours import Load, counted
from organisations.models import Organisation, Unit
from organisations.rules.limits import Limits
from organisations.words.dates import clock, day, moment
from organisations.words.units import closed_words
from overview.queries.unit_progress import UnitProgress
from surveys.models import SurveyUnit
from surveys.words.no_result import no_result_words

STATES = SurveyUnit.State
# So long a result waits to be talked through; then the next thing is to ask again.
TALK_WITHIN = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """One improvement on one unit. `step` is a link to what can be done next, if anything."""

    initiative: Initiative
    unit_id: int
    unit: str
    state: str
    ways: tuple[tuple[str, str], ...]
    stands: str
    hours: str
    following: str
    step: tuple[str, str] | None
    beyond: str
    may_be_decided: bool


def initiative_rows(
    standings: Iterable[UnitProgress],
    *,
    organisation: Organisation,
    steers: bool,
    reads: Callable[[Unit], bool],
) -> list[InitiativeRow]:
    """A row each; links only for those who may launch, to results only where they read them."""
    return [_row(one, organisation, steers=steers, reads=reads) for one in standings]


def _row(
    one: UnitProgress, organisation: Organisation, *, steers: bool, reads: Callable[[Unit], bool]
) -> InitiativeRow:
    works = not closed_words(one.commitment.unit)
    following, step = _following(one, organisation, reads=reads(one.commitment.unit))
    if not following and not (steers and step):
        following = "No survey yet" if one.asked is None else "Nothing to do"
    return InitiativeRow(
        initiative=one.commitment.initiative,
        unit_id=one.commitment.unit_id,
        unit=one.commitment.unit.name,
        state=state_words(one.commitment),
        ways=transitions_from(one.commitment.state, starts=works),
        stands=_stands(one),
        hours=hours_words(one.commitment, organisation),
        following=following,
        step=step if steers else None,
        beyond=_beyond(one),
        may_be_decided=one.asked is None and works,
    )


def _is_decided_last(one: UnitProgress) -> bool:
    """Whether the decision is younger than what was asked last."""
    if one.decision is None:
        return False
    return one.asked is None or one.decision.decided_at > one.asked.survey.opens_at


def _stands(one: UnitProgress) -> str:
    asked = one.asked
    if one.decision is not None and _is_decided_last(one) and not _runs(asked):
        without = ", without a survey" if one.decision.without_survey else ""
        word = one.decision.choice.label
        return f"Decided{without}: {word[:1].lower()}{word[1:]}"
    if asked is None:
        return "No survey yet"
    joint = asked.mode == SurveyUnit.Mode.JOINT
    match asked.state:
        case STATES.NOT_OPEN:
            return "Survey scheduled"
        case STATES.OPEN if joint:
            return "Joint form open"
        case STATES.OPEN:
            return f"Survey open: {'enough for a result' if asked.enough else 'not enough yet'}"
        case STATES.CLOSED:
            return "Could not be counted" if asked.survey.count_failure else "Being counted"
        case STATES.TOO_FEW:
            return no_result_words(asked)
    return "Result ready" if asked.published_at else "Counted"


def _runs(asked: SurveyUnit | None) -> bool:
    return asked is not None and asked.state in (STATES.NOT_OPEN, STATES.OPEN, STATES.CLOSED)


def _following(
    one: UnitProgress, organisation: Organisation, *, reads: bool
) -> tuple[str, tuple[str, str] | None]:
    slug, asked = organisation.slug, one.asked
    closed = closed_words(one.commitment.unit, name="The unit")
    launch = reverse("launch", args=[slug])
    if asked is None and closed:
        return closed, None
    if asked is None:
        address = (
            f"{launch}?initiative={one.commitment.initiative_id}&unit={one.commitment.unit_id}"
        )
        return "", ("Launch a survey", address)
    survey = asked.survey
    match asked.state:
        case STATES.NOT_OPEN:
            return f"Opens {day(survey.opens_at)}, {clock(survey.opens_at)}", None
        case STATES.OPEN:
            return f"Closes {day(asked.closes_at)}, {clock(asked.closes_at)}", None
        case STATES.CLOSED:
            return "Result in a few minutes", None
    again = ("Ask again", f"{launch}?repeat={survey.pk}&unit={asked.unit_id}")
    result = reverse("result", args=[slug, asked.pk])
    if asked.published_at is None:
        return f"Result {moment(survey.result_at)}" if survey.result_at else "Result soon", None
    if asked.state == STATES.TOO_FEW and not _is_decided_last(one):
        return "", ("What now", result) if reads else None
    if survey.debrief_at is not None and survey.debrief_at > timezone.now():
        return f"Team debrief {day(survey.debrief_at)}, {clock(survey.debrief_at)}", None
    if asked.published_at > timezone.now() - TALK_WITHIN and not _is_decided_last(one):
        return "", ("Start the debrief", result) if reads else None
    return (closed, None) if closed else ("", again)


def beyond_words(asked: SurveyUnit) -> str:
    """That a survey was launched on a full week, and why; empty where it was not."""
    survey = asked.survey
    if survey.hours_at_launch is None:
        return ""
    return _full_week("Launched", survey.hours_at_launch, survey.why_now)


def _beyond(one: UnitProgress) -> str:
    """The same of what was asked last, else of when it was added."""
    said = beyond_words(one.asked) if one.asked else ""
    hours = one.commitment.hours_at_start
    if said or hours is None:
        return said
    return _full_week("Added", hours, one.commitment.why_now)


def _full_week(what: str, hours: Decimal, why_now: str) -> str:
    why = f"Why now: {why_now}" if why_now else "No reason was given."
    return f"{what} at {float(hours):g} staff hours a week. {why}"


def hours_words(one: Commitment, organisation: Organisation) -> str:
    """Its hours, a guess marked as one, what has not begun as planned."""
    number = f"{float(counted(one.hours_a_week, organisation.hours_guess)):g}"
    words = f"{number} (a guess)" if one.is_guess else number
    planned = (Initiative.State.PROPOSED, Initiative.State.PLANNED)
    return f"{words} planned" if one.state in planned and not one.is_guess else words


def load_words(organisation: Organisation, load: Load, limits: Limits) -> str:
    """What one unit carries this week, beside what it is asked to stay below; empty with nothing.

    `limits` are the unit's.
    """
    if not load.now:
        return ""
    who = "units" if limits == organisation.limits else "this unit"
    asks = f"{organisation.name} asks {who} to stay below {limits.hours}."
    return f"About {float(load.now):g} staff hours a week in total, open surveys included. {asks}"
