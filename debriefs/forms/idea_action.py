"""The action that follows from an idea from staff."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from debriefs.forms.plan import NewActionForm
from surveys.models import SurveyUnit


class IdeaActionForm(NewActionForm):
    """What, who, by when; with several `plans` also for which improvement."""

    def __init__(self, data: QueryDict | None = None, *, plans: Sequence[SurveyUnit]) -> None:
        super().__init__(data)
        self.plans = plans
        if len(plans) > 1:
            self.fields["plan"] = forms.ChoiceField(
                label="Which improvement is it for?",
                choices=[(str(one.pk), one.survey.initiative.title) for one in plans],
                widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
                error_messages=dict.fromkeys(
                    ("required", "invalid_choice"), "Choose an improvement"
                ),
            )

    @property
    def plan(self) -> SurveyUnit:
        """The one that was chosen, or the only one."""
        chosen = self.cleaned_data.get("plan", str(self.plans[0].pk))
        return next(one for one in self.plans if str(one.pk) == chosen)
