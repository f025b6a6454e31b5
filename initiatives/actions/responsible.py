"""Names who is responsible for an improvement."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from initiatives.actions.status import lock_initiative
from initiatives.models import Initiative, Responsibility
from initiatives.queries.responsible import people_to_name
from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules.refusal import Refused


@dataclass(frozen=True, slots=True)
class Named:
    """A user, or a person or role in words; neither is nobody."""

    user: int | None = None
    words: str = ""


@transaction.atomic
def name_responsible(*, initiative: Initiative, named: Mapping[str, Named], by: User) -> None:
    """Says who leads it, steps in and backs it; a part that is not mentioned stays as it is.

    The same again changes nothing. Raises `Refused` for somebody who cannot be named.
    """
    initiative = lock_initiative(initiative)
    before = {one.part: one for one in initiative.responsibilities.all()}
    possible = {one.user.pk for one in people_to_name(initiative.organisation)}
    changed = {part: one for part, one in named.items() if one != _named(before.get(part))}
    for part, one in changed.items():
        if one.user is not None and one.user not in possible:
            raise Refused("Choose a person from the list", field=part)
    Responsibility.objects.filter(initiative=initiative, part__in=changed).delete()
    Responsibility.objects.bulk_create(
        Responsibility(initiative=initiative, part=part, user_id=one.user, words=one.words)
        for part, one in changed.items()
        if one != Named()
    )
    for part, one in changed.items():
        # Words may be a name: the trail keeps none.
        record(
            action="responsibility changed",
            on=initiative,
            organisation=initiative.organisation,
            by=by,
            part=str(part),
            was=_named(before.get(part)).user,
            now=one.user,
        )


def _named(row: Responsibility | None) -> Named:
    return Named(row.user_id, row.words) if row else Named()
