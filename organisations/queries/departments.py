"""Reads the departments that teams can send a request to."""

from django.db.models import QuerySet

from organisations.models import Department, Organisation


def departments_of(organisation: Organisation) -> QuerySet[Department]:
    """All of an organisation's, by name."""
    return Department.objects.filter(organisation=organisation)
