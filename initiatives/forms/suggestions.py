"""The fields of a local suggestion."""

from typing import Any

from django import forms

from initiatives.soffts import soffts
from organisations.nhs_forms import nhs_helper


def _text(most: int, label: str, help_text: str, empty: str, rows: int = 1) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput(),
        error_messages={
            "required": empty,
            "max_length": f"Use {most} letters at most here.",
            "null_characters_not_allowed": "Type this again without invisible characters.",
        },
    )


class SuggestionForm(forms.Form):
    """What to try, what it achieves, which tasks it serves, and who found that it helped."""

    title = _text(
        60, "In a few words", "Like “Try one idea from staff this month”.", "Say it in a few words."
    )
    what = _text(
        240,
        "What could a ward do?",
        "One thing, and who does it, in one or two short sentences. Name no person.",
        "Say what a ward could do.",
        rows=3,
    )
    achieves = _text(
        160, "What does it achieve?", "One short sentence.", "Say what it achieves.", rows=2
    )
    source = _text(
        160,
        "Where does it come from?",
        "A ward that tried it, a document, a guideline of ours.",
        "Say where it comes from, so that people can ask.",
    )
    tasks = forms.MultipleChoiceField(
        label="Which tasks does it help with?",
        help_text="It is offered where a statement speaks to one of these.",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "nhsuk-checkboxes--small"}),
        error_messages={
            "required": "Choose at least one task.",
            "invalid_choice": "Choose tasks from the list.",
        },
    )

    def __init__(self, *args: Any, submit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tasks"].choices = [  # type: ignore[attr-defined]
            (task.code, f"{task.code} {task.title}") for task in soffts().tasks.values()
        ]
        self.helper = nhs_helper(submit)
