"""Tasks of the default queue. Each is safe to run twice; the database says what is due."""

from celery import shared_task

from initiatives.actions.status import begin_planned


@shared_task(name="initiatives.begin_planned")
def begin() -> None:
    """What is planned begins on its day."""
    begin_planned()
