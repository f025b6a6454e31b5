"""Where a person reads that an action was refused."""

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.test import RequestFactory

from organisations.forms.refusals import said_in, said_to, shown_on
from organisations.rules.refusal import Refused


class NameForm(forms.Form):
    name = forms.CharField()
    day = forms.DateField(required=False)


@pytest.fixture
def form() -> NameForm:
    bound = NameForm({"name": "Ward 7"})
    assert bound.is_valid()
    return bound


def test_a_refusal_stands_at_the_field_that_it_names(form: NameForm) -> None:
    with shown_on(form, "name"):
        raise Refused("Not on a Sunday.", field="day")
    assert form.errors == {"day": ["Not on a Sunday."]}


def test_else_at_the_field_of_the_page(form: NameForm) -> None:
    with shown_on(form, "name"):
        raise Refused("That name is taken.")
    assert form.errors == {"name": ["That name is taken."]}


@pytest.mark.parametrize("field", [None, "headcount"])
def test_else_above_the_form_also_where_the_form_lacks_the_field(
    form: NameForm, field: str | None
) -> None:
    with shown_on(form):
        raise Refused("Not now.", field=field)
    assert form.non_field_errors() == ["Not now."]


def test_the_rest_of_the_block_is_left_out_and_another_error_goes_on(form: NameForm) -> None:
    done = []
    with shown_on(form):
        done.append("asked")
        raise Refused("No.")
        done.append("thanked")
    with pytest.raises(ZeroDivisionError), shown_on(form):
        raise ZeroDivisionError
    assert done == ["asked"]


def test_nothing_is_said_where_nothing_is_refused(form: NameForm) -> None:
    context: dict[str, object] = {"refused": ""}
    with shown_on(form), said_in(context):
        pass
    assert form.is_valid() and context == {"refused": ""}


def test_a_page_that_only_asks_has_the_sentence() -> None:
    context: dict[str, object] = {}
    with said_in(context):
        raise Refused("It is closed.")
    with said_in(context, "problem"):
        raise Refused("It is counted.")
    assert context == {"refused": "It is closed.", "problem": "It is counted."}


@pytest.mark.parametrize("level", [messages.WARNING, messages.ERROR])
def test_the_next_page_has_it_as_a_message(level: int) -> None:
    class Kept(BaseStorage):
        def _get(self, *args: object, **kwargs: object) -> tuple[list[object], bool]:
            return [], True

        def _store(self, *args: object, **kwargs: object) -> list[object]:
            return []

    request = RequestFactory().post("/")
    request._messages = Kept(request)  # type: ignore[attr-defined]
    with said_to(request, level):
        raise Refused("Somebody was first.")
    assert [(one.level, one.message) for one in messages.get_messages(request)] == [
        (level, "Somebody was first.")
    ]
