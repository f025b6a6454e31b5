"""A caution in words: why a unit may have enough on its hands already."""

from dataclasses import dataclass

from organisations.dates import short_day
from organisations.models import Organisation, Unit
from surveys.models import SurveyUnit
from surveys.queries.launching import Caution

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


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


def caution_text(
    *, organisation: Organisation, unit: Unit, caution: Caution, named: bool
) -> CautionText:
    """Heading, reasons and the sum; it always ends by saying that one may go on.

    `named` where the page is about several units.
    """
    who = unit.name if named else "This unit"
    number = len(caution.commitments)
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    initiatives = f"{word} initiative{'' if number == 1 else 's'} running"
    if caution.running and number:
        heading = f"{who} already has a survey under way and {initiatives}"
    elif caution.running:
        heading = f"{who} already has a survey under way"
    else:
        heading = f"{who} already has {initiatives}"
    reasons = [
        Reason(one.survey.title, f", a survey that {_closing(one)}.", one.survey_id)
        for one in caution.running
    ]
    reasons += [
        Reason(
            one.initiative.title,
            f", since {one.begins_on:%B %Y}: about {float(one.hours_a_week):g} staff hours a week.",
        )
        for one in caution.commitments
    ]
    total = ""
    if caution.is_over:
        total = (
            f"Together about {float(caution.hours):g} hours a week; {organisation.name} asks "
            f"units to stay below {caution.limit}. "
        )
    end = "You can still launch."
    if caution.is_over:
        end += " The senior reviewer will see it."
    return CautionText(unit.pk, heading, reasons, f"{total}{end}", caution.is_over)


def _closing(one: SurveyUnit) -> str:
    if one.state == SurveyUnit.State.CLOSED:
        return "is being counted"
    return f"closes {short_day(one.closes_at)}"
