"""A result whose debriefs decided: two debriefs, three priorities, an action and a promise."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from debriefs.models import Choice, Debrief, Note
from initiatives.models import Commitment, Decision
from organisations.models import Role
from surveys.models import SurveyUnit
from tests.debriefs.held import held_debrief
from tests.factories import ActionFactory, PriorityFactory
from tests.published_house import House

MOMENT = "Bed 6 on a Tuesday: ready at nine, medicines came at half past two."
SHOWN, NOT_SHOWN = "Nobody knew whose task it was.", "This note stays with the manager."
REASON = "The papers help only if pharmacy is told the evening before."
REPLY = "So nobody begins papers at night."
PRIORITIES = ("Pharmacy knows who goes home", "No papers at night", "The porters’ list is clear")
ACTIONS = ("A list at the five o’clock huddle", "Write it in our guide", "Ask the site manager")
PROMISE = "We change the porters’ list"


def decide(house: House, unit: SurveyUnit, *, texts: int = 0, priorities: int = 3) -> None:
    """Day team: strengthen first. Night team: hold, answered. With `texts` all are so long."""

    def said(words: str, most: int) -> str:
        return (f"{words} " + "and so on without an end, " * 20)[:most] if texts else words

    by = house.member(Role.LEAD)
    day = held_debrief(unit, by=by, name=said("Day team", 60), choice="strengthen")
    night = held_debrief(unit, by=by, name="Night team", choice="hold", people=6)
    Debrief.objects.filter(pk=day.pk).update(
        reason=said(REASON, 240), counted=said("Waits", 120), count_result=said("9 of 31", 120)
    )
    for step, words, is_shown in (
        ("moment", MOMENT, True),
        ("discuss", SHOWN, True),
        ("discuss", NOT_SHOWN, False),
    ):
        Note.objects.create(debrief=day, step=step, text=said(words, 400), is_shown=is_shown)
    evidence: dict[str, Any] = {
        "evidence_code": "RES01",
        "evidence_wording": "enough staff where it will happen",
        "evidence_link": "/x",
    }
    about: dict[str, Any] = {"initiative": unit.survey.initiative, "unit": unit.unit}
    due = timezone.localdate() + timedelta(days=14)
    for place in range(priorities):
        priority = PriorityFactory.create(
            result=unit.pk, title=said(PRIORITIES[place % 3], 80), needs_help=place % 3 == 2,
            help_from=said("The site manager", 80) if place % 3 == 2 else "", **about, **evidence,
        )  # fmt: skip
        Choice.objects.create(priority=priority, debrief=day)
        ActionFactory.create(
            priority=priority, what=said(ACTIONS[place % 3], 160), due_on=due,
            owner=said("Nurse in charge", 80), added_by=by, **about, **evidence,
        )  # fmt: skip
    ActionFactory.create(
        what=PROMISE, owner="Matron", due_on=due, added_by=by, is_promise=True, result=unit.pk,
        **about, evidence_code="", evidence_wording="", evidence_link="",
    )  # fmt: skip
    now = str(timezone.localdate())
    Decision.objects.create(
        **about, choice="strengthen", reason=said(REASON, 240), result=unit.pk, decided_by=by,
        debriefs=[{"debrief": day.pk, "name": day.name, "day": now, "choice": "strengthen"}],
        replies=[
            {
                "debrief": night.pk, "name": night.name, "day": now, "choice": "hold",
                "reply": said(REPLY, 240),
            }
        ],
    )  # fmt: skip
    Commitment.objects.update_or_create(**about, defaults={"hours_a_week": 3})
    SurveyUnit.objects.filter(pk=unit.pk).update(debrief_state=SurveyUnit.DebriefState.DECIDED)
    unit.refresh_from_db()
