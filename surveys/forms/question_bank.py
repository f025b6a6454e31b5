"""The small forms of the question bank."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from organisations.nhs_forms import nhs_helper
from surveys.exchange_faults import CODE
from surveys.models import Edition


class _NhsForm(forms.Form):
    submit = "Save"

    @property
    def helper(self) -> FormHelper:
        """One button."""
        return nhs_helper(self.submit)


def _long(rows: int = 3, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def _short(width: str = "") -> forms.TextInput:
    return forms.TextInput(attrs={"class": width} if width else {})


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class NewInstrumentForm(_NhsForm):
    """An instrument of one's own: name, code, scale."""

    submit = "Start a draft"
    title = forms.CharField(
        label="What is it called?",
        max_length=120,
        error_messages={"required": "Enter a name, such as Team climate."},
    )
    code = forms.CharField(
        label="Short code",
        max_length=30,
        help_text="Letters and digits, such as CLIMATE. It stands in exports.",
        widget=_short("nhsuk-input--width-10"),
        error_messages={"required": "Enter a short code, such as CLIMATE."},
    )
    minimum = forms.IntegerField(
        label="Lowest number of the scale",
        min_value=-10,
        max_value=10,
        initial=0,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-2", "inputmode": "numeric"}),
        error_messages={"required": "Enter the lowest number, such as 0."},
    )
    labels = forms.CharField(
        label="Words for each number, lowest first",
        help_text="One line for each number: from 2 to 11 lines.",
        widget=_long(6),
        initial="Not at all\nTo a small extent\nTo some extent\nTo a moderate extent\n"
        "To a great extent\nTo a very great extent",
        error_messages={"required": "Enter the words, one line for each number."},
    )

    def clean_code(self) -> str:
        """Letters, digits, dot, hyphen and underscore."""
        code: str = self.cleaned_data["code"]
        if not CODE.fullmatch(code):
            raise forms.ValidationError("Use letters, digits, hyphen and underscore only.")
        return code

    def clean_labels(self) -> tuple[str, ...]:
        """A label for each number."""
        labels = tuple(
            " ".join(line.split())
            for line in self.cleaned_data["labels"].splitlines()
            if line.strip()
        )
        if not 2 <= len(labels) <= 11:
            raise forms.ValidationError(f"Enter from 2 to 11 lines. You have {len(labels)}.")
        if any(len(label) > 80 for label in labels):
            raise forms.ValidationError("Use 80 characters or fewer on each line.")
        return labels


class SectionForm(_NhsForm):
    """A section with its stem."""

    submit = "Add the section"
    title = forms.CharField(
        label="Title", max_length=120, error_messages={"required": "Enter a title."}
    )
    stem = forms.CharField(
        label="Stem",
        max_length=400,
        help_text="The words above every statement, such as: To what extent do we:",
        widget=_long(2),
        error_messages={"required": "Enter the words above the statements."},
    )


class StatementForm(_NhsForm):
    """A statement's first words."""

    submit = "Add the statement"
    text = forms.CharField(
        label="Statement",
        max_length=400,
        help_text="It goes on from the stem.",
        widget=_long(2),
        error_messages={"required": "Enter the statement."},
    )


class DeclareForm(_NhsForm):
    """Whether a changed wording measures the same."""

    same = forms.ChoiceField(
        label="Does it still measure the same?",
        choices=[
            ("yes", "Yes. Its code stays, and change over audits joins it."),
            ("no", "No. It gets a new code, and nothing is joined."),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )


class EditionForm(_NhsForm):
    """An edition's name, mark and reason; a new one is copied from another."""

    copy_of = forms.ChoiceField(label="Copy the words of", required=False)
    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="Such as: Night staff edition",
        error_messages={"required": "Enter a name."},
    )
    label = forms.CharField(
        label="How pages mark it",
        max_length=40,
        initial="adapted wording",
        error_messages={"required": "Enter the mark, such as: adapted wording"},
    )
    why = forms.CharField(label="Why it exists", max_length=2000, required=False, widget=_long(3))

    def __init__(self, *args: Any, editions: list[Edition] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editions is None:
            del self.fields["copy_of"]
        else:
            _offer(self.fields["copy_of"], [(str(one.pk), one.name) for one in editions])


class LanguageForm(_NhsForm):
    """A language to add to an edition."""

    submit = "Add the language"
    edition = forms.ChoiceField(label="Edition")
    language = forms.CharField(
        label="Language code",
        max_length=12,
        help_text="Such as cy for Welsh, pl for Polish, ur for Urdu.",
        widget=_short("nhsuk-input--width-5"),
        error_messages={"required": "Enter a language code such as cy."},
    )

    def __init__(self, *args: Any, editions: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["edition"], [(str(one.pk), one.name) for one in editions])


class ScaleWordsForm(_NhsForm):
    """The scale's labels in one language, and "I can't say"."""

    not_sure_label = forms.CharField(label="Words for “I can’t say”", max_length=40, required=False)
    not_sure_help = forms.CharField(label="Help under it", max_length=160, required=False)

    def __init__(
        self, *args: Any, values: range, labels: dict[int, str], english: dict[int, str], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        for value in values:
            self.fields[f"label_{value}"] = forms.CharField(
                label=f"Words for {value}",
                max_length=80,
                required=False,
                initial=labels.get(value, ""),
                help_text=english.get(value, ""),
            )
        self.order_fields([f"label_{value}" for value in values])

    @property
    def labels(self) -> dict[int, str]:
        """The labels by value."""
        return {
            int(name.removeprefix("label_")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("label_")
        }


TASKS = re.compile(r"\d{1,2}(\.\d{1,2})?")
SIDES = (
    ("technical", "Technical"),
    ("soft", "Soft"),
    ("learning", "Learning"),
    ("base", "Base"),
)


class ReadingForm(forms.Form):
    """Help for a statement, and our reading of it."""

    help = forms.CharField(
        label="Help for respondents, in plain words",
        max_length=400,
        required=False,
        widget=_long(2, label_class="nhsuk-label--s"),
    )
    tasks = forms.CharField(
        label="SOFFT tasks",
        max_length=80,
        required=False,
        help_text="Such as 1.2, 3.1. Leave it empty where none fits exactly.",
        widget=forms.TextInput(
            attrs={"class": "nhsuk-input--width-10", "label_class": "nhsuk-label--s"}
        ),
    )
    sides = forms.MultipleChoiceField(
        label="Sides of the pyramid",
        choices=SIDES,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"label_class": "nhsuk-label--s"}),
    )
    challenges = forms.MultipleChoiceField(
        label="Improvement challenges",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"label_class": "nhsuk-label--s"}),
    )

    def __init__(self, *args: Any, challenges: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["challenges"], challenges)

    @property
    def helper(self) -> FormHelper:
        """One button."""
        return nhs_helper("Save")

    def clean_tasks(self) -> list[str]:
        """Numbers of tasks, apart by commas."""
        tasks = [part.strip() for part in self.cleaned_data["tasks"].split(",") if part.strip()]
        for task in tasks:
            if not TASKS.fullmatch(task):
                raise forms.ValidationError(f"{task} is no task. Enter numbers such as 1.2, 3.1.")
        return list(dict.fromkeys(tasks))


class ImportForm(_NhsForm):
    """A file to bring in."""

    submit = "Check the file"
    file = forms.FileField(
        label="The file",
        help_text="JSON, a spreadsheet (.xlsx), or LimeSurvey’s tab-separated structure (.txt).",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty.",
        },
    )


class DescribeForm(_NhsForm):
    """What a version says of itself."""

    title = forms.CharField(
        label="Title", max_length=120, error_messages={"required": "Enter a title."}
    )
    purpose = forms.CharField(label="Purpose", max_length=4000, required=False, widget=_long(4))
    notice = forms.CharField(
        label="Notice with every result", max_length=2000, required=False, widget=_long(3)
    )
    source = forms.CharField(label="Source", max_length=2000, required=False, widget=_long(2))
