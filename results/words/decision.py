"""What was decided of a result, and how far it is, in sentences."""

from django.utils import timezone

from initiatives.models import DebriefSaid, Decision
from initiatives.queries.plans import PlanProgress
from organisations.words import dates
from results.words.phrases import plural

DECIDED = {
    Decision.Choice.GO_AHEAD: "We go ahead.",
    Decision.Choice.STRENGTHEN: "We’ve decided to strengthen first, then start.",
    Decision.Choice.HOLD: "We put it on hold. Now is not the time.",
}
UNNAMED = "one of our debriefs"


def name_of(said: DebriefSaid) -> str:
    """The debrief's name; a small one that did not agree to be named has none."""
    return said["name"] or UNNAMED


def progress_in_words(plan: PlanProgress) -> str:
    """`3 priorities. 1 of 3 actions is done; the next is due on 14 December.`"""
    if not plan.priorities:
        return "No priority is in the plan yet."
    return f"{plural(plan.priorities, 'priority', 'priorities')}. {actions_in_words(plan)}"


def actions_in_words(plan: PlanProgress) -> str:
    """`1 of 3 actions is done; the next is due on 14 December.`; dropped ones do not count.

    What is overdue: `one was due on 28 November`.
    """
    if not plan.actions:
        return "No action yet."
    if plan.done == plan.actions:
        return "The action is done." if plan.done == 1 else f"All {plan.done} actions are done."
    of = plural(plan.actions, "action")
    said = f"{plan.done or 'None'} of {of} {'is' if plan.done < 2 else 'are'} done"
    if plan.next_due is None:
        return f"{said}."
    is_late = plan.next_due < timezone.localdate()
    due = f"{'was' if is_late else 'is'} due on {dates.day(plan.next_due)}"
    if plan.actions == 1:
        return f"The action is not done yet; it {due}."
    return f"{said}; {'one' if is_late else 'the next'} {due}."
