"""Asks the workers for a task as soon as the transaction is kept."""

from celery import current_app
from django.db import transaction


def enqueue_on_commit(task: str, *ids: int) -> None:
    """Enqueues `task` on commit. With the broker away nothing is lost: the sweeps find what is due.

    By name, since actions know no tasks.
    """

    # A function and no partial: Django names it in the log when the broker is away.
    def send() -> None:
        current_app.send_task(task, args=ids, retry=False)

    transaction.on_commit(send, robust=True)
