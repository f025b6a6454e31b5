"""People as a list offers them."""

from collections.abc import Iterable

from organisations.queries.people import Person


def choices_of(people: Iterable[Person]) -> list[tuple[str, str]]:
    """Id and name of each, with their roles, so that two of one name can be told apart."""
    return [(str(one.user.pk), f"{one.user}, {_roles(one)}") for one in people]


def _roles(person: Person) -> str:
    roles = (
        f"{held.get_role_display().lower()}{f', {held.unit}' if held.unit else ''}"
        for held in person.memberships
        if held.is_active
    )
    return "; ".join(dict.fromkeys(roles))
