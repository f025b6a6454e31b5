"""People whom no message reaches, and what to do about them."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from surveys import text_messages
from surveys.actions.claiming import hours_of
from surveys.addresses import Address
from surveys.models import SurveyUnit


def unreached(mobile_only: int) -> int:
    """How many of so many people with nothing but a mobile number get no message."""
    return 0 if text_messages.are_on() else mobile_only


def unreached_words(mobile_only: int) -> str:
    """For the page; empty where everybody is reached."""
    number = unreached(mobile_only)
    if not number:
        return ""
    who = "1 person has" if number == 1 else f"{number} people have"
    return (
        f"{who} only a mobile number, and text messages are switched off here: they get no "
        "message. Give them a code slip or show them the poster, add an e-mail address for them, "
        "or ask whoever runs this site to switch text messages on."
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
        f"{who} nights, and the survey closes before the evening when we may write to them: they "
        "get no message. Tell them at handover, or extend the survey."
    )
