"""What every signed-in page may show about where one is."""

from django.http import HttpRequest

from organisations.models import Role


def here(request: HttpRequest) -> dict[str, object]:
    """The organisation of this address and the member's roles in it, if a view found them; and
    since when restored records wait, for those who steer surveys and those who are asked about it.
    """
    roles: frozenset[str] = getattr(request, "roles", frozenset())
    is_told = roles & {Role.MANAGER, Role.LEAD, Role.ADMINISTRATOR}
    return {
        "organisation": getattr(request, "organisation", None),
        "roles": roles,
        "on_hold_since": getattr(request, "on_hold_since", None) if is_told else None,
    }
