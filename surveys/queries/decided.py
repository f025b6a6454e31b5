"""What messages say of a decision: read when they go, so that it still holds."""

from dataclasses import dataclass

from initiatives.models import DebriefReply, Decision, Initiative, StatusChange
from initiatives.queries.plans import chosen_for
from surveys.models import Message, SurveyUnit


@dataclass(frozen=True, slots=True)
class DecidedNews:
    """A decision's choice and reason, the views it does not follow, and what comes first.

    Of a stop the reason alone.
    """

    reason: str
    choice: str = ""
    replies: tuple[DebriefReply, ...] = ()
    priorities: tuple[str, ...] = ()


def decided_news(unit: SurveyUnit, step: str) -> DecidedNews | None:
    """What this step says of the unit; None where it says nothing of a decision, or there is none.

    Two queries.
    """
    initiative = unit.survey.initiative_id
    if step == Message.Step.STOPPED:
        stopped = StatusChange.objects.filter(
            initiative=initiative, unit=unit.unit_id, state=Initiative.State.STOPPED
        ).order_by("pk")
        change = stopped.last()
        return None if change is None else DecidedNews(change.why)
    if step != Message.Step.DECIDED:
        return None
    decision = Decision.objects.filter(result=unit.pk).order_by("pk").last()
    if decision is None:
        return None
    return DecidedNews(
        decision.reason,
        decision.choice,
        tuple(decision.replies),
        tuple(chosen_for([unit.pk]).values_list("title", flat=True)),
    )
