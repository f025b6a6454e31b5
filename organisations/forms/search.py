"""What was typed into the search field of a list."""

from django.http import HttpRequest

LONGEST = 120
# A list with more than so many units has a search field.
MANY = 15


def searched(request: HttpRequest) -> str:
    """The text after `?q=`, without what no name holds."""
    return request.GET.get("q", "").strip()[:LONGEST]
