"""What comes next with a unit's latest result or survey: one short line on its card."""

from dataclasses import dataclass

from django.urls import reverse

from initiatives.models import Decision
from organisations.models import Organisation
from organisations.words import dates
from overview.queries.overview import Latest
from results.presenters.page import to_come
from results.words.decision import actions_in_words
from surveys.models import SurveyUnit

STATES = SurveyUnit.DebriefState


@dataclass(frozen=True)
class NextStep:
    """`lead` stands in bold, `rest` after it, then a link where there is something to do."""

    lead: str
    rest: str = ""
    link: tuple[str, str] = ("", "")


def next_step(organisation: Organisation, latest: Latest) -> NextStep | None:
    """After a result its debrief, decision or plan; before one the end of its survey."""
    if latest.result is not None:
        return _of_result(organisation, latest.result, latest)
    running = latest.running
    if running is None:
        return None
    if running.state == SurveyUnit.State.NOT_OPEN:
        return NextStep("Next:", f"it opens {dates.in_days(running.survey.opens_at)}.")
    if running.state == SurveyUnit.State.OPEN:
        return NextStep("Next:", f"it closes {dates.in_days(running.closes_at)}.")
    return None


def _of_result(organisation: Organisation, unit: SurveyUnit, latest: Latest) -> NextStep:
    slug, digest = organisation.slug, latest.digest
    if latest.has_ended:
        return NextStep("The improvement has ended here.")
    debrief = reverse("debrief", args=[slug, unit.pk])
    if unit.debrief_state == STATES.DECIDED and latest.decided is not None:
        decision = latest.decided.decision
        choice = Decision.Choice(decision.choice).label
        day = dates.day(decision.decided_at)
        return NextStep(
            f"{choice},",
            f"decided {day}. {actions_in_words(latest.decided.progress)}",
            ("The plan", reverse("plan", args=[slug, unit.pk])),
        )
    if unit.debrief_state == STATES.DIFFER:
        said = dict.fromkeys(
            Decision.Choice(one["choice"]).label.lower() for one in unit.debrief_views
        )
        views = reverse("debrief_views", args=[slug, unit.pk])
        return NextStep(
            "The debriefs differ:", f"{', '.join(said)}.", ("Bring them together", views)
        )
    if unit.debrief_state == STATES.BEGUN:
        return NextStep("A debrief has begun.", link=("Continue the debrief", debrief))
    if unit.debriefed_at is not None:
        return NextStep("Discussed.", link=("The plan", reverse("plan", args=[slug, unit.pk])))
    few = digest is not None and digest.tier == "too_few"
    planned = to_come(unit.survey.debrief_at)
    if planned is not None:
        first = bool(digest and digest.leaders and not latest.leaders_met)
        return NextStep(
            f"Debrief on {dates.day(planned)}.", "Leaders have not met yet." if first else ""
        )
    if few and unit.mode == SurveyUnit.Mode.JOINT:
        return NextStep("No debrief planned.")
    if few:
        return NextStep("No debrief planned.", link=("Discuss without figures", debrief))
    survey = reverse("survey", args=[slug, unit.survey_id])
    return NextStep("No debrief date yet.", link=("Set a date", survey))
