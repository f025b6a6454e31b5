"""Deciding about comments: each is shown or left out, and nothing is chosen beforehand."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import forms

from responses.queries.comments import Written

SHOW, LEAVE_OUT = "show", "leave out"


class ScreeningForm(forms.Form):
    """One pair of radios for each comment, named by its key."""

    def __init__(
        self, data: Mapping[str, str] | None = None, *, comments: Sequence[Written]
    ) -> None:
        super().__init__(data)
        for comment in comments:
            self.fields[str(comment.key)] = forms.ChoiceField(
                label=comment.text,
                choices=[(SHOW, "Show it"), (LEAVE_OUT, "Leave it out")],
                widget=forms.RadioSelect(
                    attrs={
                        "class": "nhsuk-radios--small nhsuk-radios--inline",
                        "label_class": "nhsuk-label--s",
                    }
                ),
                error_messages={
                    "required": "Choose “Show it” or “Leave it out” for every comment",
                    "invalid_choice": "Choose “Show it” or “Leave it out” for every comment",
                },
            )

    @property
    def shown(self) -> list[UUID]:
        """The keys of those to be shown."""
        return [UUID(name) for name, choice in self.cleaned_data.items() if choice == SHOW]
