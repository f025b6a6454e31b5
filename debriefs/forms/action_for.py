"""An action added from outside a plan: what, who, by when, and where it belongs if that is open."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from django import forms
from django.db.models import Model
from django.http import QueryDict

from debriefs.forms.plan import NewActionForm
from initiatives.models import Priority
from surveys.models import SurveyUnit

Place = TypeVar("Place", bound=Model)


class ActionForForm(NewActionForm, Generic[Place]):
    """With several `places` it also asks for which of them; with one it is that one."""

    field: str
    question: str
    wanted: str

    def __init__(
        self, data: QueryDict | None = None, *, places: Sequence[Place], what: str = ""
    ) -> None:
        super().__init__(data, initial={"what": what})
        self.places = places
        if len(places) > 1:
            self.fields[self.field] = forms.ChoiceField(
                label=self.question,
                choices=[(str(one.pk), self.name_of(one)) for one in places],
                widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
                error_messages=dict.fromkeys(("required", "invalid_choice"), self.wanted),
            )

    def name_of(self, place: Place) -> str:
        """What the place is called among the others."""
        raise NotImplementedError

    @property
    def place(self) -> Place:
        """The one that was chosen, or the only one."""
        chosen = self.cleaned_data.get(self.field, str(self.places[0].pk))
        return next(one for one in self.places if str(one.pk) == chosen)


class IdeaActionForm(ActionForForm[SurveyUnit]):
    """The action that follows from an idea from staff, in one of the unit's plans."""

    field, question, wanted = "plan", "Which improvement is it for?", "Choose an improvement"

    def name_of(self, place: SurveyUnit) -> str:
        return place.survey.initiative.title


class CheckActionForm(ActionForForm[Priority]):
    """The action that follows from one of the ten checks, for one of the priorities."""

    field, question, wanted = "priority", "Which priority is it for?", "Choose a priority"

    def name_of(self, place: Priority) -> str:
        return f"{place.unit.name}: {place.title}"
