"""Rows of the register: where an improvement stands on a unit, and what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from initiatives.models import Commitment, Initiative
from initiatives.queries.register import sum_of
from organisations.dates import clock, moment, short_day
from organisations.models import Organisation
from surveys.models import SurveyUnit
from surveys.queries.standing import Standing

STATES = SurveyUnit.State
# So long a result waits to be talked through; then the next thing is to ask again.
TALK_WITHIN = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """One improvement on one unit. `step` is a link to what can be done next, if anything."""

    initiative: Initiative
    unit_id: int
    unit: str
    stands: str
    hours: str
    following: str
    step: tuple[str, str] | None
    beyond: str


def initiative_rows(
    standings: Iterable[Standing], *, organisation: Organisation, steers: bool
) -> list[InitiativeRow]:
    """A row each; links only for those who may launch."""
    return [_row(one, organisation, steers=steers) for one in standings]


def _row(one: Standing, organisation: Organisation, *, steers: bool) -> InitiativeRow:
    following, step = _following(one, organisation)
    hours = one.commitment.hours_a_week
    return InitiativeRow(
        initiative=one.commitment.initiative,
        unit_id=one.commitment.unit_id,
        unit=one.commitment.unit.name,
        stands=_stands(one),
        hours=f"{float(hours):g}" if hours else "not set",
        following=following,
        step=step if steers else None,
        beyond=beyond_words(one.asked) if one.asked else "",
    )


def _is_decided_last(one: Standing) -> bool:
    """Whether the decision is younger than what was asked last."""
    if one.decision is None:
        return False
    return one.asked is None or one.decision.decided_at > one.asked.survey.opens_at


def _stands(one: Standing) -> str:
    asked = one.asked
    if one.decision is not None and _is_decided_last(one) and not _runs(asked):
        without = ", without a survey" if one.decision.without_survey else ""
        word = one.decision.get_word_display()
        return f"Decided{without}: {word[:1].lower()}{word[1:]}"
    if asked is None:
        return "Not asked yet"
    joint = asked.way == SurveyUnit.Way.JOINT
    match asked.state:
        case STATES.WAITING:
            return "Survey scheduled"
        case STATES.OPEN if joint:
            return "Joint sheet open"
        case STATES.OPEN:
            return f"Survey open: {'enough for a result' if asked.enough else 'not enough yet'}"
        case STATES.CLOSED:
            return "Count failed" if asked.survey.count_failure else "Being counted"
        case STATES.TOO_FEW:
            return "No result: joint sheet not sent" if joint else "No result: too few answered"
    return "Result ready" if asked.published_at else "Counted"


def _runs(asked: SurveyUnit | None) -> bool:
    return asked is not None and asked.state in (STATES.WAITING, STATES.OPEN, STATES.CLOSED)


def _following(one: Standing, organisation: Organisation) -> tuple[str, tuple[str, str] | None]:
    slug, asked = organisation.slug, one.asked
    launch = reverse("launch", args=[slug])
    if asked is None:
        address = (
            f"{launch}?initiative={one.commitment.initiative_id}&unit={one.commitment.unit_id}"
        )
        return "", ("Launch a survey", address)
    survey = asked.survey
    match asked.state:
        case STATES.WAITING:
            return f"Opens {short_day(survey.opens_at)}, {clock(survey.opens_at)}", None
        case STATES.OPEN:
            return f"Closes {short_day(asked.closes_at)}, {clock(asked.closes_at)}", None
        case STATES.CLOSED:
            return "Result in a few minutes", None
    again = ("Ask again", f"{launch}?repeat={survey.pk}")
    result = reverse("result", args=[slug, asked.pk])
    if asked.published_at is None:
        return f"Result {moment(survey.result_at)}" if survey.result_at else "Result soon", None
    if asked.state == STATES.TOO_FEW and not _is_decided_last(one):
        return "", ("What now", result)
    if survey.talk_at is not None and survey.talk_at > timezone.now():
        return f"Team talk {short_day(survey.talk_at)}, {clock(survey.talk_at)}", None
    if asked.published_at > timezone.now() - TALK_WITHIN and not _is_decided_last(one):
        return "", ("Talk the result through", result)
    return "", again


def beyond_words(asked: SurveyUnit) -> str:
    """That a survey was launched on a full week, and why; empty where it was not."""
    survey = asked.survey
    if survey.hours_at_launch is None:
        return ""
    why = f"Why now: {survey.why_now}" if survey.why_now else "No reason was given."
    return f"Launched at {float(survey.hours_at_launch):g} staff hours a week. {why}"


def load_words(organisation: Organisation, commitments: Sequence[Commitment]) -> str:
    """The hours of one unit together, beside what the organisation asks; empty with no hours."""
    active = Initiative.State.ACTIVE
    hours = sum_of(one for one in commitments if one.initiative.state == active)
    if not hours:
        return ""
    asks = f"{organisation.name} asks units to stay below {organisation.weekly_hours_limit}."
    return f"Together about {float(hours):g} staff hours a week. {asks}"
