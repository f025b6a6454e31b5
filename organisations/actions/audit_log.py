"""Writes the audit trail. Call it inside the transaction of the change it records."""

from django.db import connection, models

from organisations.models import AuditEntry, Organisation, User


def record(
    *,
    action: str,
    on: models.Model,
    organisation: Organisation | None,
    by: User | None,
    **detail: object,
) -> AuditEntry:
    """One entry: `action` in the field's words; `by` is None where the clock or a worker acted.

    `detail` may hold ids, codes and figures only, never a name, an address or an answer.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An entry of the audit log belongs in the transaction of its change.")
    return AuditEntry.objects.create(
        organisation=organisation,
        actor=by,
        action=action,
        object_type=on._meta.model_name or "",
        object_id=str(on.pk),
        detail=detail,
    )
