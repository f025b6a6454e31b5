"""People whom no message reaches, and what to do about them."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from surveys.actions.outbox_leases import hours_of
from surveys.carriers import text_messages
from surveys.exchange.addresses import Address
from surveys.models import SurveyUnit


def without_message(mobile_only: int) -> int:
    """How many of so many people with nothing but a mobile number get no message."""
    return 0 if text_messages.is_enabled() else mobile_only


def without_message_words(mobile_only: int) -> str:
    """For the page; empty where everybody is reached."""
    number = without_message(mobile_only)
    if not number:
        return ""
    who = "1 person has" if number == 1 else f"{number} people have"
    return (
        f"{who} only a mobile number. Text messages are turned off on this site, so they will "
        "not get a message. Give them a code slip, show them the poster, add an email address for "
        "them, or ask the person who runs this site to turn on text messages."
    )


def too_late_words(units: Sequence[SurveyUnit], people: Mapping[int, Sequence[Address]]) -> str:
    """For those of these people, by survey unit, whose unit closes before their next evening."""
    late = 0
    for unit in units:
        soonest = max(timezone.now(), unit.survey.opens_at)
        hours = hours_of(unit.survey.organisation)
        if hours.first_from(soonest, works_nights=True) >= unit.closes_at:
            late += sum(1 for one in people.get(unit.pk, ()) if one.works_nights)
    if not late:
        return ""
    who = "1 person works" if late == 1 else f"{late} people work"
    return (
        f"{who} nights and the survey closes before we can message them (6pm to 8pm). They "
        "will not get a message. Tell them at handover or extend the survey."
    )
