"""Numbers over the whole site, for those who run it; they name nobody."""

from django.db.models import Count

from surveys.models import Message, Survey


def messages_by_outcome() -> dict[str, int]:
    """How many messages are in each state. One query."""
    rows = Message.objects.values_list("state").annotate(number=Count("pk")).order_by("state")
    return dict(rows)


def surveys_by_state() -> dict[str, int]:
    """How many surveys are in each state. One query."""
    rows = Survey.objects.values_list("state").annotate(number=Count("pk")).order_by("state")
    return dict(rows)
