"""What a section asks about, and the questions of a debrief, all on one page."""

from django import forms
from django.http import QueryDict

from instruments.models import Section
from instruments.queries.questions import SectionQuestions
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words

LONGEST = 240


class QuestionsForm(NhsForm):
    """What the section asks about, its question and one for each statement.

    Without a question a statement has the section's, and a section the usual one.
    """

    submit = "Save questions"

    def __init__(self, data: QueryDict | None = None, *, asked: SectionQuestions) -> None:
        super().__init__(data)
        self.fields["asks_about"] = forms.ChoiceField(
            label="What does this section ask about?",
            help_text="A section about the place asks the same whatever is to be improved. It is "
            "shown side by side in surveys of two improvements.",
            choices=Section.AsksAbout,
            initial=asked.asks_about,
            widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
            error_messages=dict.fromkeys(
                ("required", "invalid_choice"), "Choose what this section asks about"
            ),
        )
        self.fields["section"] = _field(f"{asked.title} (the whole section)", asked.question)
        for one in asked.items:
            self.fields[f"item-{one.item}"] = _field(f"{one.code} {one.text}", one.question)

    def of_items(self) -> dict[int, str]:
        """The statements' questions by the statement's key."""
        return {
            int(name.removeprefix("item-")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("item-")
        }


def _field(label: str, question: str) -> forms.Field:
    field = words(label, LONGEST, "", rows=2, required=False)
    field.initial = question
    field.widget.attrs["label_class"] = "nhsuk-label--s"
    return field
