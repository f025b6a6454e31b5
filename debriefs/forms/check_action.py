"""The action that follows from one of the ten checks."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from debriefs.forms.plan import NewActionForm
from initiatives.models import Priority


class CheckActionForm(NewActionForm):
    """What, who, by when; with several `priorities` also for which."""

    def __init__(
        self, data: QueryDict | None = None, *, priorities: Sequence[Priority], what: str
    ) -> None:
        super().__init__(data, initial={"what": what})
        self.priorities = priorities
        if len(priorities) > 1:
            self.fields["priority"] = forms.ChoiceField(
                label="Which priority is it for?",
                choices=[(str(one.pk), f"{one.unit.name}: {one.title}") for one in priorities],
                widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a priority"),
            )

    @property
    def priority(self) -> Priority:
        """The one that was chosen, or the only one."""
        chosen = self.cleaned_data.get("priority", str(self.priorities[0].pk))
        return next(one for one in self.priorities if str(one.pk) == chosen)
