"""What messages to staff and departments carry holds no link, by whichever form it comes."""

from types import SimpleNamespace

import pytest
from django import forms
from django.core.exceptions import ValidationError

from debriefs.forms.debrief import DecideForm, PriorityForm, RecordForm, StartForm
from debriefs.forms.without_survey import DecisionForm
from fieldwork.forms.launch import LaunchForm
from initiatives.forms.requests import AnswerForm, SendRequestForm
from initiatives.forms.status import StatusForm
from overview.forms.add_improvement import AddForm
from overview.forms.review import ReviewForm

SENT = [
    (SendRequestForm, "needs"),
    *((form, name) for form in (AddForm, LaunchForm) for name in ("title", "problem", "change")),
    (PriorityForm, "title"),
    (StartForm, "name"),
    *((form, "reason") for form in (DecideForm, RecordForm, DecisionForm, ReviewForm)),
    (StatusForm, "why"),
    *((ReviewForm, name) for name in ("keeps", "begins_when")),
]


@pytest.mark.parametrize(
    ("form", "name"), SENT, ids=lambda one: one if isinstance(one, str) else one.__name__
)
def test_a_link_is_refused(form: type[forms.Form], name: str) -> None:
    field = form.base_fields[name]
    for link in ("https://a.example", "sign in: estates\u200b-login.com"):
        with pytest.raises(ValidationError, match="Remove the link"):
            field.clean(link)
    assert field.clean("A trolley with brakes. 2.5 of 7.5 hours")


def test_a_reply_to_another_debrief_has_none_either() -> None:
    other = SimpleNamespace(
        pk=1, name="Night team", choice="hold", get_choice_display=lambda: "Put on hold"
    )
    form = RecordForm(
        {"choice": "go_ahead", "reason": "So.", "reply-1": "www.evil.example"},  # type: ignore[arg-type]
        others=[other],  # type: ignore[list-item]
    )
    assert form.errors == {
        "reply-1": ["Remove the link “www.evil.example”. This text is sent in messages"]
    }


def test_the_answer_of_a_department_has_none() -> None:
    form = AnswerForm({"why": "See trust-login.com"}, answer="no", departments=[])  # type: ignore[arg-type]
    assert list(form.errors) == ["why"]
