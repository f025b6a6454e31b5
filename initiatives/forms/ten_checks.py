"""The sentence to one of the ten checks."""

from django.http import QueryDict

from initiatives.rules.ten_checks import Check
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words


class CheckForm(NhsForm):
    """One sentence, filled in with the one that stands."""

    def __init__(self, data: QueryDict | None = None, *, check: Check, answer: str) -> None:
        super().__init__(data, initial={"answer": answer})
        self.fields["answer"] = words("Your answer", 240, "Enter your answer", check.hint, rows=3)
