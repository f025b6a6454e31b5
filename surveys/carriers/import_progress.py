"""How far a staff list is. Not in the database, where the list is added all at once.

Lost with Redis; then a page shows a bar without a number.
"""

from django.core.cache import cache

_KEY = "staff-import:{}"
_REMEMBERED = 3600


def set_progress(import_id: int, number: int) -> None:
    """Notes how many people are in."""
    cache.set(_KEY.format(import_id), number, _REMEMBERED)


def get_progress(import_id: int) -> int:
    """How many are in as far as is known."""
    return int(cache.get(_KEY.format(import_id)) or 0)
