"""A refusal of an action as a person reads it: on the form, or on the next page.

    with shown_on(form):
        launch_survey(...)
        return redirect(...)

The block ends where it is refused, and the view goes on behind it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest

from organisations.rules.refusal import OnHold, Refused

_HELD = "on_hold"


@contextmanager
def shown_on(form: forms.BaseForm, field: str | None = None) -> Iterator[None]:
    """At the field that the refusal names, else at `field`, else above the form."""
    try:
        yield
    except Refused as refused:
        named = refused.field if refused.field in form.fields else field
        code = _HELD if isinstance(refused, OnHold) else None
        form.add_error(named, forms.ValidationError(str(refused), code=code))


def status_of(form: forms.BaseForm) -> int:
    """Of the page that shows a form: 422 with something to correct, 409 where only time helps."""
    if form.has_error(NON_FIELD_ERRORS, _HELD):
        return 409
    return 422 if form.errors else 200


@contextmanager
def said_to(request: HttpRequest, level: int = messages.WARNING) -> Iterator[None]:
    """In a message on the next page. `OnHold` goes on: it has a page of its own (409)."""
    try:
        yield
    except OnHold:
        raise
    except Refused as refused:
        messages.add_message(request, level, str(refused))


def say_errors(request: HttpRequest, form: forms.BaseForm) -> None:
    """The first problem of each field in messages, for a page that shows none beside its fields."""
    for problems in form.errors.values():
        messages.warning(request, str(problems[0]))


@contextmanager
def said_in(context: dict[str, object], name: str = "refused") -> Iterator[None]:
    """On a page that only asks: its template shows what is under `name`."""
    try:
        yield
    except Refused as refused:
        context[name] = str(refused)
