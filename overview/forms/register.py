"""The filters of the register, kept in the address."""

from collections.abc import Iterable, Mapping

from django import forms

from initiatives.models import Initiative
from initiatives.queries.register import NOT_RUNNING, RUNNING, Sought
from organisations.forms.search import LONGEST
from organisations.models import Unit


class RegisterFilter(forms.Form):
    """Status, division and words. What is none of those offered finds everything."""

    status = forms.ChoiceField(label="Status", required=False)
    division = forms.ChoiceField(label="Division", required=False)
    q = forms.CharField(label="Improvement or unit", required=False, max_length=LONGEST)

    def __init__(
        self, data: Mapping[str, str], *, is_over: bool, divisions: Iterable[Unit]
    ) -> None:
        super().__init__(data)
        self.paths = {str(one.pk): one.path for one in divisions}
        self.states = NOT_RUNNING if is_over else RUNNING
        everything = "All of these" if is_over else "Everything that runs"
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            ("", everything),
            *((one.value, Initiative.State(one).label) for one in self.states),
        ]
        self.fields["division"].choices = [  # type: ignore[attr-defined]
            ("", "All divisions"),
            *((str(one.pk), one.name) for one in divisions),
        ]

    @property
    def sought(self) -> Sought:
        """What the filters say."""
        self.full_clean()
        said = getattr(self, "cleaned_data", {})
        return Sought(
            states=(said["status"],) if said.get("status") else self.states,
            division=self.paths.get(said.get("division", ""), "/"),
            words=said.get("q", ""),
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return self.sought != Sought(states=self.states)
