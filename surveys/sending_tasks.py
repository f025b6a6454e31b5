"""The task that empties the outbox. Beat calls it every few seconds; opening a survey asks too."""

from celery import shared_task

from surveys.actions.sending import BATCH, send_due_messages


@shared_task(name="surveys.send_due_messages")
def send_due() -> None:
    """Sends what is due, batch by batch, until nothing is left."""
    while send_due_messages() == BATCH:
        pass
