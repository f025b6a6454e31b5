"""Staff lists as the worker adds them, without a worker."""

from surveys.actions.staff_import import add_uploaded
from surveys.models import StaffImport


def add_all() -> None:
    """Adds every list that waits."""
    for key in StaffImport.objects.filter(state="waiting").values_list("pk", flat=True):
        add_uploaded(import_id=key)
