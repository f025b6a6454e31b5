"""Forms in NHS look: crispy's helper and what the pack `templates/nhs` asks of a field."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import BaseInput, Submit
from django.forms import BaseForm, BoundField, DateInput, Form
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

# Widget attributes that the pack gives to a macro by name, not as HTML attributes.
NAMED = {
    "class",
    "suffix",
    "inputmode",
    "autocomplete",
    "label_class",
    "rows",
    "cols",
    "id",
    "aria-describedby",
    "aria-invalid",
    "required",
}


def nhs_helper(submit: str) -> FormHelper:
    """A helper with one button."""
    helper = FormHelper()
    helper.form_action = ""
    helper.add_input(Submit("submit", submit))
    return helper


class NhsForm(Form):
    """A form whose button says `submit`."""

    submit = "Save"

    @cached_property
    def helper(self) -> FormHelper:
        """What crispy asks for."""
        return nhs_helper(self.submit)


def day_input() -> DateInput:
    """A box in which the browser offers a calendar."""
    return DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "nhsuk-input--width-10"})


def nhs_input(button: BaseInput) -> SafeString:
    """A button of a helper."""
    return SafeString(render_to_string("nhs/layout/baseinput.html", {"input": button}))


def nhs_choices(field: BoundField) -> list[tuple[str, str]]:
    """The choices as strings: the macros take 0 for "no value"."""
    choices: list[tuple[str, str]] = []
    for value, text in field.field.widget.choices:
        choices.append(("" if value is None else str(value), str(text)))
    return choices


def nhs_chosen(field: BoundField) -> set[str]:
    """What is chosen now, as strings."""
    value = field.value()
    if isinstance(value, list | tuple | set):
        return {str(one) for one in value}
    return set() if value is None else {str(value)}


def nhs_value(field: BoundField) -> str:
    """What stands in the field, formatted as its widget would."""
    value = field.field.widget.format_value(field.value())
    return "" if value is None else str(value)


def nhs_attributes(field: BoundField) -> dict[str, object]:
    """Further HTML attributes of the control."""
    attributes = field.build_widget_attrs({})
    merged = {**field.field.widget.attrs, **attributes}
    return {name: value for name, value in merged.items() if name not in NAMED}


def nhs_errors(form: BaseForm) -> list[dict[str, str]]:
    """Rows for the error summary: each sentence links to its field."""
    rows = []
    for name, problems in form.errors.items():
        where = form[name] if name in form.fields else None
        for problem in problems:
            row = {"text": str(problem)}
            if where is not None:
                row["href"] = f"#{where.id_for_label or where.auto_id}"
            rows.append(row)
    return rows
