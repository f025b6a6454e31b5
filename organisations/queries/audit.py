"""Reads the audit trail of one organisation."""

from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.db.models import QuerySet

from organisations.models import AuditEntry, Organisation
from organisations.rules import typed
from organisations.rules.audit_detail import kind_of

# What may be called by its own name on the page. Never a form, an invitation, an answer, an idea.
NAMED = (
    *("unit", "user", "organisation", "initiative", "survey", "surveyunit", "version", "edition"),
    *("instrument", "section", "action", "priority", "debrief", "suggestion", "accesstoken"),
    *("membership", "translation", "measure", "smalltest", "department"),
)


def audit_trail(
    organisation: Organisation,
    *,
    action: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEntry]:
    """Entries from the latest on; the days are whole days in the organisation's time zone."""
    entries = AuditEntry.objects.filter(organisation=organisation).select_related("actor")
    if action:
        entries = entries.filter(action=action)
    if since is not None:
        entries = entries.filter(at__gte=datetime.combine(since, time.min, organisation.zone))
    if until is not None:
        end = datetime.combine(until + timedelta(days=1), time.min, organisation.zone)
        entries = entries.filter(at__lt=end)
    return entries


def no_entries() -> QuerySet[AuditEntry]:
    """For filters that make no sense."""
    return AuditEntry.objects.none()


def actions_taken(organisation: Organisation) -> list[str]:
    """Every action that the trail knows, by word."""
    return list(
        AuditEntry.objects.filter(organisation=organisation)
        .order_by("action")
        .values_list("action", flat=True)
        .distinct()
    )


def names_of(entries: list[AuditEntry]) -> dict[tuple[str, str], str]:
    """What the objects of these entries are called today: one query for each kind of object."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        key = typed.key(entry.object_id)
        if entry.object_type in NAMED and key is not None:
            wanted.setdefault(entry.object_type, set()).add(key)
        for key, value in entry.detail.items():
            if kind := kind_of(key):
                ids = value if isinstance(value, list) else [value]
                wanted.setdefault(kind, set()).update(one for one in ids if isinstance(one, int))
    names: dict[tuple[str, str], str] = {}
    for model in apps.get_models():
        kind = model._meta.model_name or ""
        if kind in wanted:
            for pk, found in model._default_manager.in_bulk(list(wanted[kind])).items():
                names[kind, str(pk)] = str(found)
    return names
