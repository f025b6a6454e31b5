"""Every box for a number, a day or a time reads what people type and refuses the rest."""

from datetime import date, time, timedelta
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path

import pytest
from django import forms
from django.utils import timezone

from fieldwork.forms.date_fields import DayField
from organisations.forms.typed_fields import ClockField, DateField, WholeNumberField
from organisations.words.dates import day as day_words

ODD = ["²", "\uff11\uff12", "1e3", "9" * 5000, "12\0", "abc", "-"]
ROOT = Path(__file__).parents[3]
LENIENT = (forms.DecimalField, forms.DateField, forms.DateTimeField, forms.TimeField)


def form_classes() -> list[type[forms.BaseForm]]:
    """Every form of the product."""
    found: set[type[forms.BaseForm]] = set()
    for path in ROOT.glob("*/forms/*.py"):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        found |= {one for _, one in getmembers(module, isclass) if issubclass(one, forms.BaseForm)}
    return sorted(found, key=lambda one: f"{one.__module__}.{one.__qualname__}")


@pytest.mark.parametrize("form", form_classes(), ids=lambda one: one.__qualname__)
def test_nothing_typed_is_read_by_a_lenient_field(form: type[forms.BaseForm]) -> None:
    fields = getattr(form, "base_fields", {})
    lenient = [
        name
        for name, field in fields.items()
        if isinstance(field, LENIENT)
        or (isinstance(field, forms.IntegerField) and not field.widget.is_hidden)
    ]
    assert lenient == []


@pytest.mark.parametrize("typed", ODD)
def test_what_is_no_number_gets_the_sentence(typed: str) -> None:
    class Asked(forms.Form):
        number = WholeNumberField(wanted="Enter a number", least=2, most=10)
        day = DateField(wanted="Enter a day")
        at = ClockField(wanted="Enter a time")

    form = Asked({"number": typed, "day": typed, "at": typed})
    assert form.errors == {
        "number": ["Enter a number"],
        "day": ["Enter a day"],
        "at": ["Enter a time"],
    }


def test_the_bounds_are_kept() -> None:
    field = WholeNumberField(
        wanted="Enter a number", least=2, most=10, too_small="Too few", too_large="Too many"
    )
    assert [field.clean(text) for text in ("2", "3", "9", "10")] == [2, 3, 9, 10]
    for text, sentence in (("1", "Too few"), ("11", "Too many"), ("", "Enter a number")):
        with pytest.raises(forms.ValidationError, match=sentence):
            field.clean(text)


def test_days_and_times_are_read_as_people_write_them() -> None:
    assert DateField(wanted="-").clean("1 Dec 2026") == date(2026, 12, 1)
    assert ClockField(wanted="-").clean("9am") == time(9)
    assert ClockField(wanted="-", required=False).clean("") is None
    with pytest.raises(forms.ValidationError):
        DateField(wanted="-").clean("1 Dec 1999")


def test_a_day_is_at_most_two_years_ahead() -> None:
    latest = timezone.localdate() + timedelta(days=730)
    field = DateField(wanted="Enter a date")
    assert field.clean(f"{latest}") == latest
    for far in (latest + timedelta(days=1), date(2100, 1, 1), date(9999, 12, 31)):
        with pytest.raises(forms.ValidationError) as refused:
            field.clean(f"{far}")
        assert refused.value.messages == [f"Enter a date no later than {day_words(latest)}"]


def test_a_day_in_three_boxes_too() -> None:
    latest = timezone.localdate() + timedelta(days=730)
    field = DayField(name="Result date")
    boxes = [[f"{day.day}", f"{day.month}", f"{day.year}"] for day in (latest, date(2100, 1, 1))]
    assert field.clean(boxes[0]) == latest
    with pytest.raises(forms.ValidationError, match="Result date must be no later than "):
        field.clean(boxes[1])


@pytest.mark.parametrize(
    "typed", ["29/2/2027", "31 Feb 2027", "2027-02-29", "0/1/2027", "1/13/2027"]
)
def test_a_day_that_no_calendar_has_gets_the_sentence(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="Enter a date"):
        DateField(wanted="Enter a date").clean(typed)
    assert DateField(wanted="-").clean("29/2/2028") == date(2028, 2, 29)
