"""What cancelling does, before and after: a unit that was counted keeps its result."""

from collections.abc import Sequence

from surveys.models import SurveyUnit


def what_cancelling_does(units: Sequence[SurveyUnit]) -> str:
    """For the page that asks."""
    kept = _kept(units)
    if not kept:
        return (
            "We’ll permanently delete all answers, email addresses, mobile numbers and "
            "the key. Nobody will see a result."
        )
    keep = "1 unit is counted already and keeps its result."
    if kept > 1:
        keep = f"{kept} units are counted already and keep their results."
    return (
        f"{keep} The answers and contact details of the others are deleted permanently. Nobody "
        "will see a result of them."
    )


def what_cancelling_did(units: Sequence[SurveyUnit]) -> str:
    """For the message afterwards; `units` as they were."""
    if _kept(units):
        return "The survey is cancelled. What was not counted is deleted."
    return "Survey cancelled and its answers deleted"


def _kept(units: Sequence[SurveyUnit]) -> int:
    return sum(1 for unit in units if unit.state == SurveyUnit.State.COUNTED)
