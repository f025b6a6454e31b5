"""The start page's lines about requests to departments and members."""

from django.urls import reverse
from django.utils import timezone

from initiatives.queries.requests import RequestStanding
from initiatives.rules.requests import Standing
from initiatives.words.requests import asked, request_line
from organisations.models import Organisation, User
from organisations.rules.plain_text import as_sentence
from organisations.words.dates import day
from overview.presenters.to_do import ToDoItem, led

_UNDELIVERED = {"no": "could not be delivered", "unknown": "may not have been delivered"}


def request_item(
    organisation: Organisation, state: RequestStanding, *, reader: User, several: bool
) -> ToDoItem:
    """One that waits for its reader, or that nobody answered; `requests_to_do` found it."""
    one = state.request
    needs = as_sentence(one.needs)
    due, button = one.answer_by, "See the request"
    if state.standing is Standing.WAITING and one.member_id == reader.pk:
        what = f"{one.unit.name} asks you for something"
        sentence, button = f"{needs} Answer due {day(due)}.", "Answer"
    elif state.has_left:
        what = led(f"{asked(one)} can no longer answer", one.unit.name, several=several)
        due = timezone.localdate()
        sentence = f"{needs} Ask someone else, or withdraw the request."
    elif state.standing is Standing.WAITING and one.undelivered:
        what = f"The request to {one.whom} {_UNDELIVERED[one.undelivered]}"
        what = led(what, one.unit.name, several=several)
        due = timezone.localdate(one.sent_again_at or one.asked_at)
        sentence = f"{needs} Check the address, then send it again."
    elif state.standing is Standing.WAITING:
        what = led(f"No answer from {one.whom} yet", one.unit.name, several=several)
        sentence = f"{needs} The answer was due {day(due)}."
    elif state.standing is Standing.RETURNED:
        what = led("Ask someone else", one.unit.name, several=several)
        sentence = f"{needs} {request_line(state)}"
    else:
        due = one.promised_on or due
        what = led("Has it come?", one.unit.name, several=several)
        sentence, button = f"{needs} {asked(one)} said yes, by {day(due)}.", "Answer"
    return ToDoItem(
        due,
        what,
        sentence,
        button,
        reverse("request", args=[organisation.slug, one.pk]),
        unit=one.unit.name,
        kind="request",
    )
