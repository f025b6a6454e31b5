"""Tasks of the default queue. Each is safe to run twice; the database says what is due."""

from celery import shared_task
from django.utils import timezone

from initiatives.actions.ideas import erase_old_ideas, show_new_ideas
from initiatives.actions.status import begin_planned
from organisations.queries.deployment import may_act


@shared_task(name="initiatives.begin_planned")
def begin() -> None:
    """What is planned begins on its day."""
    begin_planned()


@shared_task(name="initiatives.ideas")
def ideas() -> None:
    """New ideas are shown in the morning, old ones erased; nothing while records may be old."""
    if may_act():
        show_new_ideas(timezone.now())
        erase_old_ideas(timezone.localdate())
