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
from django.http import HttpRequest

from organisations.rules.refusal import Refused


@contextmanager
def shown_on(form: forms.BaseForm, field: str | None = None) -> Iterator[None]:
    """At the field that the refusal names, else at `field`, else above the form."""
    try:
        yield
    except Refused as refused:
        named = refused.field if refused.field in form.fields else field
        form.add_error(named, str(refused))


@contextmanager
def said_to(request: HttpRequest, level: int = messages.WARNING) -> Iterator[None]:
    """In a message on the next page."""
    try:
        yield
    except Refused as refused:
        messages.add_message(request, level, str(refused))


@contextmanager
def said_in(context: dict[str, object], name: str = "refused") -> Iterator[None]:
    """On a page that only asks: its template shows what is under `name`."""
    try:
        yield
    except Refused as refused:
        context[name] = str(refused)
