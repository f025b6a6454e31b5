"""What stands in a result's place before it is published, and its state in a list."""

from dataclasses import dataclass

from organisations.words import dates
from surveys.models import Survey, SurveyUnit


@dataclass(frozen=True)
class State:
    """A heading and what happens next, said to the people of the ward."""

    heading: str
    sentences: tuple[str, ...]


def state_of(unit: SurveyUnit) -> State:
    """The page of a unit whose result is not there yet, or never will be."""
    survey = unit.survey
    match unit.state:
        case SurveyUnit.State.CANCELLED:
            return State(
                "This survey was cancelled",
                ("All answers were deleted unopened. There will be no result.",),
            )
        case SurveyUnit.State.NOT_OPEN:
            return State(
                "The survey has not opened yet",
                (
                    f"It opens on {dates.moment(survey.opens_at)} and closes on "
                    f"{dates.moment(unit.closes_at)}.",
                    f"The result will be on this page{_on_its_day(survey)}.",
                ),
            )
        case SurveyUnit.State.OPEN:
            return State(
                "The survey is still open",
                (
                    f"It closes on {dates.moment(unit.closes_at)}. Until then the answers "
                    "stay locked and nobody can see any of them.",
                    f"The result will be on this page{_on_its_day(survey)}.",
                ),
            )
        case _ if survey.count_failure:
            return State(
                "Counting is taking longer than usual",
                (
                    "Something went wrong while we were counting. We’re looking into it. The "
                    "answers stay locked.",
                    "Check this page again tomorrow.",
                ),
            )
        case _ if survey.result_at is not None:
            return State(
                f"The result comes on {dates.moment(survey.result_at)}",
                (
                    "The survey has closed. Thank you to everyone who answered.",
                    "The whole team will see the result here at the same time.",
                ),
            )
        case _:
            return State(
                "The answers are being counted",
                ("This takes a few minutes. The result will then be on this page.",),
            )


def _on_its_day(survey: Survey) -> str:
    if survey.result_at is None:
        return " soon after it closes"
    return f" on {dates.moment(survey.result_at)}"


def state_in_list(unit: SurveyUnit) -> str:
    """A few words beside the unit's name, when there is no result to open."""
    match unit.state:
        case SurveyUnit.State.NOT_OPEN:
            return f"Opens {dates.day(unit.survey.opens_at)}"
        case SurveyUnit.State.OPEN:
            return f"Open until {dates.day(unit.closes_at)}"
        case _ if unit.survey.count_failure:
            return "Could not be counted"
        case _ if unit.survey.result_at is not None:
            return f"Result on {dates.day(unit.survey.result_at)}"
        case _:
            return "Being counted, a few minutes"
