"""Signs a change of wording, so that its history names the editor."""

from typing import TypeVar

from django.db import models

from organisations.models import User

Row = TypeVar("Row", bound=models.Model)


def signed(row: Row, by: User | None) -> Row:
    """The row; what is saved or deleted of it next stands in the history under this name."""
    row._history_user = by  # type: ignore[attr-defined]
    return row
