"""Signs of life of processes that open no port."""

from django.utils import timezone

from organisations.models import Heartbeat


def give_sign(process: Heartbeat.Process, *, problem: str = "") -> None:
    """Writes that this kind of process lives, and what of it should wake somebody."""
    Heartbeat.objects.update_or_create(
        process=process, defaults={"at": timezone.now(), "problem": problem[:200]}
    )
