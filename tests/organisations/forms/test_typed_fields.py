"""Every box for a number, a day or a time reads what people type and refuses the rest."""

from datetime import date, time
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path

import pytest
from django import forms

from organisations.forms.typed_fields import ClockField, DateField, WholeNumberField

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
