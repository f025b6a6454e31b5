"""The small forms of the question bank."""

import re

from django import forms
from django.http import QueryDict

from instruments.exchange.faults import CODE
from instruments.models import Edition
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.text_fields import WordsField
from organisations.forms.typed_fields import SignedNumberField


def _long(rows: int = 3, **attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def _short(width: str = "") -> forms.TextInput:
    return forms.TextInput(attrs={"class": width} if width else {})


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class NewInstrumentForm(NhsForm):
    """An instrument of one's own: name, code, scale."""

    submit = "Start a draft"
    title = WordsField(
        label="What is it called?",
        max_length=120,
        error_messages={"required": "Enter a name, such as Team climate."},
    )
    code = forms.CharField(
        label="Short code",
        max_length=30,
        help_text="Letters and numbers, for example CLIMATE. We use it in exports.",
        widget=_short("nhsuk-input--width-10"),
        error_messages={"required": "Enter a short code, such as CLIMATE."},
    )
    minimum = SignedNumberField(
        wanted="Enter the lowest number from -10 to 10, such as 0.",
        label="Lowest number of the scale",
        least=-10,
        most=10,
        initial=0,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-2", "inputmode": "numeric"}),
    )
    labels = WordsField(
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


class SectionForm(NhsForm):
    """A section with its stem."""

    submit = "Add the section"
    title = WordsField(label="Title", max_length=120, error_messages={"required": "Enter a title."})
    stem = WordsField(
        label="Stem",
        max_length=400,
        help_text="The words above every statement, such as: To what extent do we:",
        widget=_long(2),
        error_messages={"required": "Enter the words above the statements."},
    )


class StatementForm(NhsForm):
    """A statement's first words."""

    submit = "Add the statement"
    text = WordsField(
        label="Statement",
        max_length=400,
        help_text="It continues the sentence in the stem",
        widget=_long(2),
        error_messages={"required": "Enter the statement."},
    )


class DeclareForm(NhsForm):
    """Whether a changed wording measures the same."""

    same = forms.ChoiceField(
        label="Does it still measure the same?",
        choices=[
            ("yes", "Yes. It keeps its code, and we compare it with earlier surveys"),
            ("no", "No. It gets a new code, and we do not compare it with earlier surveys"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )


class EditionForm(NhsForm):
    """An edition's name, mark and reason; a new one is copied from another."""

    copy_of = forms.ChoiceField(label="Copy the wording of", required=False)
    name = WordsField(
        label="Name",
        max_length=80,
        help_text="Such as: Night staff edition",
        error_messages={"required": "Enter a name."},
    )
    label = WordsField(
        label="Label shown on pages",
        max_length=40,
        initial="adapted wording",
        error_messages={"required": "Enter the mark, such as: adapted wording"},
    )
    why = WordsField(label="Why it exists", max_length=2000, required=False, widget=_long(3))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        editions: list[Edition] | None = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        if editions is None:
            del self.fields["copy_of"]
        else:
            _offer(self.fields["copy_of"], [(str(one.pk), one.name) for one in editions])


class LanguageForm(NhsForm):
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

    def __init__(self, data: QueryDict | None = None, *, editions: list[Edition]) -> None:
        super().__init__(data)
        _offer(self.fields["edition"], [(str(one.pk), one.name) for one in editions])


class ScaleWordsForm(NhsForm):
    """The scale's labels in one language, and "I can't say"."""

    not_sure_label = WordsField(label="Words for “I can’t say”", max_length=40, required=False)
    not_sure_help = WordsField(label="Help under it", max_length=160, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        values: range,
        labels: dict[int, str],
        english: dict[int, str],
        initial: dict[str, object],
    ) -> None:
        super().__init__(data, initial=initial)
        for value in values:
            self.fields[f"label_{value}"] = WordsField(
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


TASKS = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2})?")
SIDES = (
    ("technical", "Technical"),
    ("soft", "Soft"),
    ("learning", "Learning"),
    ("base", "Base"),
)


class ReadingForm(NhsForm):
    """Help for a statement, and our reading of it."""

    help = WordsField(
        label="Help text for people answering",
        max_length=400,
        required=False,
        widget=_long(2, label_class="nhsuk-label--s"),
    )
    tasks = WordsField(
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

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        challenges: list[tuple[str, str]],
        initial: dict[str, object],
    ) -> None:
        super().__init__(data, initial=initial)
        _offer(self.fields["challenges"], challenges)

    def clean_tasks(self) -> list[str]:
        """Numbers of tasks, apart by commas."""
        tasks = [part.strip() for part in self.cleaned_data["tasks"].split(",") if part.strip()]
        for task in tasks:
            if not TASKS.fullmatch(task):
                raise forms.ValidationError(
                    f"{task} is not a task. Enter numbers, for example 1.2, 3.1"
                )
        return list(dict.fromkeys(tasks))


class ImportForm(NhsForm):
    """A file to bring in."""

    submit = "Check the file"
    file = forms.FileField(
        label="The file",
        help_text="JSON, a spreadsheet or XLSForm (.xlsx), or LimeSurvey’s structure (.lss, .txt).",
        error_messages={
            "required": "Choose a file.",
            "empty": "The selected file is empty.",
        },
    )


class DescribeForm(NhsForm):
    """What a version says of itself."""

    title = WordsField(label="Title", max_length=120, error_messages={"required": "Enter a title."})
    purpose = WordsField(label="Purpose", max_length=4000, required=False, widget=_long(4))
    notice = WordsField(
        label="Notice to show with every result", max_length=2000, required=False, widget=_long(3)
    )
    source = WordsField(label="Source", max_length=2000, required=False, widget=_long(2))
