"""A caution in words: why a unit may have enough on its hands already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from fieldwork.queries.launching import Caution
from initiatives.models import Commitment
from initiatives.rules.hours import counted
from organisations.models import Organisation, Unit
from organisations.words.dates import day
from surveys.models import SurveyUnit
from surveys.rules.between_surveys import BETWEEN_BARS, is_too_soon


@dataclass(frozen=True, slots=True)
class Reason:
    """One survey or initiative; a survey is linked."""

    name: str
    rest: str
    survey_id: int | None = None


@dataclass(frozen=True, slots=True)
class CautionText:
    """What the yellow box says."""

    unit_id: int
    heading: str
    reasons: list[Reason]
    total: str
    is_over: bool


def caution_texts(
    organisation: Organisation,
    units: Sequence[Unit],
    cautions: Mapping[int, Caution],
    closes_at: datetime,
) -> list[CautionText]:
    """The box of each unit that has something to be cautious about, in the order of the units."""
    said = (
        caution_text(
            organisation=organisation,
            unit=unit,
            caution=cautions[unit.pk],
            named=len(units) > 1,
            closes_at=closes_at,
        )
        for unit in units
        if unit.pk in cautions
    )
    return [text for text in said if text]


def caution_text(
    *,
    organisation: Organisation,
    unit: Unit,
    caution: Caution,
    named: bool,
    closes_at: datetime,
) -> CautionText | None:
    """Heading, reasons and the sum; it always ends by saying that one may go on. None where the
    chosen closing time leaves nothing to say.

    `named` where the page is about several units.
    """
    who = unit.name if named else "This unit"
    lately = caution.shown
    closed_on = _day_of(lately.closes_at, organisation) if lately is not None else None
    if closed_on is None or not is_too_soon(closed_on, _day_of(closes_at, organisation)):
        lately = None
    number = len(caution.commitments)
    initiatives = f"{number} improvement{'' if number == 1 else 's'} running"
    has_actions = caution.open_actions > 0
    actions = f"{caution.open_actions} open action{'' if caution.open_actions == 1 else 's'}"
    if not caution.running and not number:
        if lately is None and not has_actions:
            return None
        heading = f"{who} had a survey a short time ago" if lately else f"{who} has {actions}"
    elif caution.running and number:
        heading = f"{who} already has a survey running and {initiatives}"
    elif caution.running:
        heading = f"{who} already has a survey running"
    else:
        heading = f"{who} already has {initiatives}"
    reasons = [
        Reason(one.survey.title, f", a survey that {_closing(one)}.", one.survey_id)
        for one in caution.running
    ]
    reasons += [
        Reason(
            one.initiative.title,
            f", since {one.begins_on:%B %Y}: {_hours(one, organisation)} staff hours a week.",
        )
        for one in caution.commitments
    ]
    if lately is not None and closed_on is not None:
        text = (
            f" closed on {day(closed_on)} with enough answers for bars. A survey of this "
            f"unit that closes before {day(closed_on + BETWEEN_BARS)} may show no bars."
        )
        reasons.append(Reason(lately.survey.title, text, lately.survey_id))
    if has_actions:
        text = f"{actions} from earlier results. Staff may want to see them done first."
        reasons.append(Reason("", text))
    total = ""
    if caution.is_over:
        limits = unit.limits(organisation)
        total = (
            f"That’s about {float(caution.load.all):g} hours a week in total and "
            f"{_improvements(caution.load.improvements)}. {organisation.name} asks "
            f"{'this unit' if unit.has_own_limit else 'units'} to stay "
            f"below {limits.hours} hours, with up to {_improvements(limits.improvements)}. "
        )
    end = "You can still launch this survey."
    if caution.is_over:
        end += " The senior reviewer will see it."
    return CautionText(unit.pk, heading, reasons, f"{total}{end}", caution.is_over)


def _improvements(number: int) -> str:
    return f"{number} improvement{'' if number == 1 else 's'}"


def said_of_bars(bars: bool | None) -> str:
    """What closing too near to an earlier survey costs; "" where it costs nothing."""
    if bars:
        return ""
    return "This result may show no bars." if bars is None else "This result will show no bars."


def _day_of(moment: datetime, organisation: Organisation) -> date:
    return timezone.localtime(moment, organisation.zone).date()


def _closing(one: SurveyUnit) -> str:
    if one.state == SurveyUnit.State.CLOSED:
        return "is being counted"
    return f"closes {day(one.closes_at)}"


def _hours(one: Commitment, organisation: Organisation) -> str:
    number = f"{float(counted(one.hours_a_week, organisation.hours_guess)):g}"
    return f"our guess is {number}" if one.is_guess else f"about {number}"
