"""Keeps note of database backups, for keys wait for one taken after their count."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from organisations.actions.audit_log import record
from responses.models import Backup


@transaction.atomic
def record_backup(*, taken_at: datetime) -> Backup:
    """Notes that a backup, begun at `taken_at`, is safe. Recording it twice is no fault."""
    if taken_at > timezone.now():
        raise ValueError("A backup cannot have been taken in the future.")
    backup, is_new = Backup.objects.get_or_create(taken_at=taken_at)
    if is_new:
        record(action="backup recorded", on=backup, organisation=None, by=None)
    return backup
