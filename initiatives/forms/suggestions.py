"""The fields of a local suggestion."""

from django import forms
from django.http import QueryDict

from initiatives.rules.soffts import soffts
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.text_fields import LineField, WordsField


def _text(most: int, label: str, help_text: str, empty: str, rows: int = 1) -> forms.CharField:
    field = WordsField if rows > 1 else LineField
    return field(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput(),
        error_messages={
            "required": empty,
            "max_length": f"Use {most} characters or fewer",
            "null_characters_not_allowed": "Remove any hidden characters. Try typing the "
            "text instead of pasting it.",
        },
    )


class SuggestionForm(NhsForm):
    """What to try, what it achieves, which tasks it serves, and who found that it helped."""

    title = _text(
        60,
        "Short title",
        "For example, “Try one idea from staff this month”",
        "Enter a short title",
    )
    what = _text(
        240,
        "What could a team do?",
        "One thing and who does it, in 1 or 2 short sentences. Do not name anyone.",
        "Enter what a team could do",
        rows=3,
    )
    achieves = _text(
        160, "What does it achieve?", "One short sentence.", "Enter what it achieves", rows=2
    )
    source = _text(
        160,
        "Where does it come from?",
        "For example, a team that tried it, a document or a local guideline",
        "Enter where it comes from",
    )
    tasks = forms.MultipleChoiceField(
        label="Which tasks does it help with?",
        help_text="We show the suggestion with statements about these tasks",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "nhsuk-checkboxes--small"}),
        error_messages={
            "required": "Choose at least one task.",
            "invalid_choice": "Choose tasks from the list.",
        },
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        submit: str,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.submit = submit
        self.fields["tasks"].choices = [  # type: ignore[attr-defined]
            (task.code, f"{task.code} {task.title}") for task in soffts().tasks.values()
        ]
