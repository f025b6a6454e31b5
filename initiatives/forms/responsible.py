"""Who is responsible for an improvement: three times a person of the organisation, or words."""

from collections.abc import Iterable, Sequence

from django import forms
from django.http import QueryDict

from initiatives.actions.responsible import Named
from initiatives.models import Responsibility
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words

PARTS = {
    Responsibility.Part.LED_BY: ("Led by", "They answer for it from week to week"),
    Responsibility.Part.DEPUTY: ("Deputy", "They step in when the lead is away"),
    Responsibility.Part.SPONSOR: ("Sponsor", "A senior person who backs it"),
}
NOBODY = "Nobody from the list"


class ResponsibleForm(NhsForm):
    """For each part one of `people`, pairs of id and name, or up to 80 letters."""

    submit = "Save"

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: Sequence[tuple[str, str]],
        now: Iterable[Responsibility] = (),
    ) -> None:
        initial: dict[str, object] = {}
        offered = dict(people)
        for one in now:
            initial |= {one.part: one.user_id or "", _words_of(one.part): one.words}
            if one.user_id is not None:
                offered.setdefault(str(one.user_id), f"{one.user}, has no role now")
        super().__init__(data, initial=initial)
        for part, (label, hint) in PARTS.items():
            self.fields[str(part)] = forms.ChoiceField(
                label=label,
                help_text=hint,
                choices=[("", NOBODY), *offered.items()],
                required=False,
                error_messages={"invalid_choice": "Choose a person from the list"},
            )
            self.fields[_words_of(part)] = words(
                f"{label}, if not on the list", 80, "", "A name or a role", required=False
            )

    def clean(self) -> dict[str, object]:
        """One or the other, for each part."""
        for part in PARTS:
            if self.cleaned_data.get(part) and self.cleaned_data.get(_words_of(part)):
                self.add_error(
                    _words_of(part), "Choose a person from the list or enter a name, not both"
                )
        return self.cleaned_data

    @property
    def named(self) -> dict[str, Named]:
        """The valid form, by part."""
        said = self.cleaned_data
        return {
            str(part): Named(int(said[part]) if said[part] else None, said[_words_of(part)])
            for part in PARTS
        }


def _words_of(part: str) -> str:
    return f"{part}_words"
