"""The demo's own round of the clock."""

from celery import shared_task
from django.utils import timezone

from demo.actions.fast_forward import refresh_at_once


@shared_task(name="demo.hurry")
def fast_forward() -> None:
    """Looks at what is open in the sample organisation."""
    refresh_at_once(now=timezone.now())
