"""The sentences that only documents have: their titles, and what follows from a result."""

from datetime import datetime
from decimal import Decimal

from initiatives.models import Decision
from organisations.words import dates
from results.words.phrases import full_date, plural, within
from surveys.models import SurveyUnit
from surveys.rules.between_surveys import ASK_AGAIN_AFTER

HEADLINES = {
    Decision.Choice.GO_AHEAD: "{unit} goes ahead with “{improvement}”",
    Decision.Choice.STRENGTHEN: "{unit} strengthens first, then starts “{improvement}”",
    Decision.Choice.HOLD: "{unit} puts “{improvement}” on hold",
}
ALONE = "We cannot do this alone."
COMPARE_NONE = "Compare no team with another: these words describe one team on one day."
NOT_VALIDATED = "not validated"
_FEW = SurveyUnit.State.TOO_FEW


def headline(unit: SurveyUnit, decision: Decision | None, debrief_at: datetime | None) -> str:
    """The decision as a title; before it, when the team discusses the result."""
    name, improvement = unit.unit_name, unit.survey.title
    if decision is not None:
        said = HEADLINES[Decision.Choice(decision.choice)]
        return said.format(unit=name, improvement=improvement)
    if unit.debrief_state == SurveyUnit.DebriefState.DIFFER:
        return f"The debriefs of {name} differ on “{improvement}”"
    said = f"{name} has not decided yet"
    return f"{said}: the team debrief is on {dates.day(debrief_at)}" if debrief_at else said


def headline_of(unit: SurveyUnit, said: str) -> str:
    """`Ward 7: “Fewer falls” has stopped`, of `This improvement has stopped`."""
    return f"{unit.unit_name}: {said.replace('This improvement', f'“{unit.survey.title}”', 1)}"


def hours_in_words(hours: Decimal | None) -> str:
    """`It takes about 3 hours a week.`"""
    if not hours:
        return ""
    number = f"{hours.normalize():f}"
    return f"It takes about {number} {'hour' if number == '1' else 'hours'} of staff time a week."


def what_is_next(unit: SurveyUnit, debrief_at: datetime | None, *, is_decided: bool) -> str:
    """What happens after this: the debrief, or from when the team can be asked again."""
    if not is_decided:
        what = f"“{unit.survey.title}” without figures" if unit.state == _FEW else "the result"
        if debrief_at is None:
            return f"The team discusses {what}, then decides. The debrief has no date yet."
        return f"The team discusses {what} on {dates.moment(debrief_at)}, then decides."
    again = full_date(unit.closes_at + ASK_AGAIN_AFTER)
    return f"The survey about “{unit.survey.title}” can be repeated from {again}."


def priorities_in_words(priorities: int, alone: int) -> str:
    """`3 priorities, 1 of them we cannot do alone`: the title of the plan's slide."""
    if not priorities:
        return "No priority is in the plan yet"
    said = plural(priorities, "priority", "priorities")
    if not alone:
        return f"{said} for us to work on"
    if alone == priorities:
        return f"{said} that we cannot do alone"
    return f"{said}, {alone} of them we cannot do alone"


def help_wanted(title: str, who: str) -> str:
    """Who could help with one priority."""
    return f"{title}: {within(who)} could help." if who else f"{title}: tell us who could help."


def more_rows(count: int) -> str:
    """`And 2 more in the plan.`; empty where all are listed."""
    return f"And {count} more in the plan." if count > 0 else ""
