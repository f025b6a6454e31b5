"""Ideas from staff in the sample: one answered, with its action, and one that waits; a unit whose
ideas are closed for a time.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from debriefs.queries.ideas import plans_for_ideas
from initiatives.actions.idea_box import close_idea_box
from initiatives.actions.ideas import SHOWN_AT, act_on_idea, answer_idea, send_idea, show_new_ideas
from initiatives.models import Idea
from organisations.models import Organisation, Unit, User

WHERE = "Ward 9 – stroke rehabilitation"
ANSWERED = ("A bell for the tea round, so that meals are quiet", "From Monday, for a week")
ACTION = ("Hang a bell at the tea trolley", "Housekeeper")
CLOSED = ("Ward 11 – acute medicine", "our manager is on leave")
WAITS = "Tablets before lunch, not in the middle of it"


def send_some(organisation: Organisation, units: Mapping[str, Unit], by: User) -> None:
    """Sent a few days ago, shown the next morning; the first is answered by the lead.

    Its action is in the plan of the unit's latest result, if it has one.
    """
    unit, today = units[WHERE], timezone.localdate(timezone=organisation.zone)
    for words in (ANSWERED[0], WAITS):
        send_idea(unit=unit, words=words, for_lead_only=False)
    morning = datetime.combine(today - timedelta(days=2), SHOWN_AT, organisation.zone)
    show_new_ideas(morning)
    answered = Idea.objects.get(unit=unit, words=ANSWERED[0])
    answer_idea(
        idea=answered,
        answer=Idea.Answer.DO,
        words=ANSWERED[1],
        on=today,
        by=by,
    )
    what, owner = ACTION
    for plan in plans_for_ideas(unit)[:1]:
        act_on_idea(
            idea=answered,
            initiative=plan.survey.initiative,
            result=plan.pk,
            what=what,
            owner=owner,
            due_on=today + timedelta(days=3),
            by=by,
        )
    away, why = CLOSED
    until = today + timedelta(days=14)
    close_idea_box(unit=units[away], until=until, why=why, today=today, by=by)
