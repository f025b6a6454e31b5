"""Ideas from staff in the sample: one answered, one that waits."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from initiatives.actions.ideas import SHOWN_AT, answer_idea, send_idea, show_new_ideas
from initiatives.models import Idea
from organisations.models import Organisation, Unit, User

WHERE = "Ward 9 – stroke rehabilitation"
ANSWERED = ("A bell for the tea round, so that meals are quiet", "From Monday, for a week")
WAITS = "Tablets before lunch, not in the middle of it"


def send_some(organisation: Organisation, units: Mapping[str, Unit], by: User) -> None:
    """Sent a few days ago, shown the next morning; the first is answered by the lead."""
    unit, today = units[WHERE], timezone.localdate(timezone=organisation.zone)
    for words in (ANSWERED[0], WAITS):
        send_idea(unit=unit, words=words, for_lead_only=False)
    morning = datetime.combine(today - timedelta(days=2), SHOWN_AT, organisation.zone)
    show_new_ideas(morning)
    answer_idea(
        idea=Idea.objects.get(unit=unit, words=ANSWERED[0]),
        answer=Idea.Answer.DO,
        words=ANSWERED[1],
        on=today,
        by=by,
    )
