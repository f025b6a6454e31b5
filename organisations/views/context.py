"""What every signed-in page may show about where one is."""

from django.http import HttpRequest


def here(request: HttpRequest) -> dict[str, object]:
    """The organisation of this address and the member's roles in it, if a view found them."""
    return {
        "organisation": getattr(request, "organisation", None),
        "roles": getattr(request, "roles", frozenset()),
    }
