"""The list of improvements again, after it was checked."""

from django.http import QueryDict

from initiatives.exchange.improvement_list import ImprovementList
from organisations.forms.list_fields import CheckedListForm
from organisations.rules import typed


class CheckedImprovementsForm(CheckedListForm[ImprovementList]):
    """With what was said about names that are on the register already."""

    def another(self) -> set[int]:
        """Keys of the improvements on the register that only have the same name."""
        posted = self.data.getlist("another") if isinstance(self.data, QueryDict) else []
        ticked = (typed.key(value) for value in posted)
        return {key for key in ticked if key is not None}
