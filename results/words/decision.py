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
NO_PRIORITY = "No priority is in the plan yet."
UNNAMED = "one of our debriefs"


def name_of(said: DebriefSaid) -> str:
    """The debrief's name; a small one that did not agree to be named has none."""
    return said["name"] or UNNAMED


def progress_in_words(plan: PlanProgress) -> str:
    """`3 priorities from this result. 1 of 3 actions for them is done; the next is due on …`"""
    if not plan.priorities:
        return NO_PRIORITY
    chosen = plural(plan.priorities, "priority", "priorities")
    of = "it" if plan.priorities == 1 else "them"
    return f"{chosen} from this result. {actions_in_words(plan, of=of)}"


def actions_in_words(plan: PlanProgress, *, of: str = "") -> str:
    """`1 of 3 actions for its priorities is done; the next is due on 14 December. 1 was dropped.`

    `of` is what the actions are for. Dropped ones are not among those that are to be done. What is
    overdue: `one was due on 28 November`.
    """
    if not plan.priorities:
        return NO_PRIORITY
    of = of or ("its priority" if plan.priorities == 1 else "its priorities")
    if not plan.actions and not plan.dropped:
        return f"No action for {of} yet."
    dropped = f"{'was' if plan.dropped == 1 else 'were'} dropped."
    if not plan.actions:
        which = "The action" if plan.dropped == 1 else f"All {plan.dropped} actions"
        return f"{which} for {of} {dropped}"
    said = _done_of(plan, of)
    return f"{said} {plan.dropped} {dropped}" if plan.dropped else said


def _done_of(plan: PlanProgress, of: str) -> str:
    if plan.done == plan.actions:
        which = "The action" if plan.done == 1 else f"All {plan.done} actions"
        return f"{which} for {of} {'is' if plan.done == 1 else 'are'} done."
    said = f"{plan.done or 'None'} of {plan.actions} actions for {of}"
    said += f" {'is' if plan.done < 2 else 'are'} done"
    if plan.next_due is None:
        return f"{said}."
    is_late = plan.next_due < timezone.localdate()
    due = f"{'was' if is_late else 'is'} due on {dates.day(plan.next_due)}"
    if plan.actions == 1:
        return f"The action for {of} is not done yet; it {due}."
    return f"{said}; {'one' if is_late else 'the next'} {due}."
