"""Reads units: which are open, what lies below, what a unit is called in full."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from organisations.models import Membership, Organisation, Unit


def units_of(organisation: Organisation) -> QuerySet[Unit]:
    """Every unit there ever was, by name."""
    return Unit.objects.filter(organisation=organisation)


def works(today: date, *, unit: str = "") -> Q:
    """Rows whose unit works on this day: it is closed from its `valid_to` on. `unit` is the way
    from the row to its unit; empty where the row is one.
    """
    way = f"{unit}__" if unit else ""
    return Q(**{f"{way}valid_to": None}) | Q(**{f"{way}valid_to__gt": today})


def open_units(organisation: Organisation) -> QuerySet[Unit]:
    """Units that work today."""
    return units_of(organisation).filter(works(timezone.localdate()))


def closed_units(organisation: Organisation) -> list[Unit]:
    """Units that no longer work, with what followed them."""
    now_open = open_units(organisation).values("pk")
    return list(units_of(organisation).exclude(pk__in=now_open).select_related("successor"))


def units_in(unit: Unit) -> list[Unit]:
    """The open units directly under this one, by name."""
    return list(open_units(unit.organisation).filter(parent=unit))


def is_open(unit: Unit) -> bool:
    """Whether the unit works today."""
    return unit.valid_to is None or unit.valid_to > timezone.localdate()


def below(unit: Unit) -> QuerySet[Unit]:
    """The units under this one, at any depth, without it."""
    return Unit.objects.filter(
        organisation_id=unit.organisation_id, path__startswith=unit.path
    ).exclude(pk=unit.pk)


def names_by_path(units: Iterable[Unit]) -> dict[int, str]:
    """`Medicine > Ward 7` for each unit's id; needs the units above among `units`."""
    known = {unit.pk: unit.name for unit in units}
    names = {}
    for unit in units:
        ids = [int(part) for part in unit.path.strip("/").split("/") if part]
        names[unit.pk] = " > ".join(known[pk] for pk in ids if pk in known)
    return names


def above(unit: Unit) -> list[Unit]:
    """The units over this one, the highest first."""
    ids = [int(part) for part in unit.path.strip("/").split("/")][:-1]
    found = Unit.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def memberships_at(unit: Unit) -> QuerySet[Membership]:
    """Active roles given at exactly this unit, with their people."""
    return (
        Membership.objects.filter(unit=unit, is_active=True, user__is_active=True)
        .select_related("user")
        .order_by("user__name", "user__email")
    )
