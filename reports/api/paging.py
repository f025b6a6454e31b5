"""Lists in pages by key: stable while rows are added, and as quick at the end as at the start."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest
from pydantic import Field

T = TypeVar("T")
MOST = 200
Cursor = Annotated[str, Field(max_length=40, description="From the `next` of the page before.")]
Limit = Annotated[int, Field(ge=1, le=MOST, description="How many items at most.")]


class BadCursor(ValueError):
    """A cursor that this API did not give."""


def after(cursor: str) -> int:
    """The key behind which a page begins."""
    if not cursor:
        return 0
    try:
        key = int(urlsafe_b64decode(cursor.encode("ascii")).decode("ascii"))
    except ValueError as error:
        raise BadCursor("cursor: take it from the `next` of the page before.") from error
    if not 0 <= key < 2**63:
        raise BadCursor("cursor: take it from the `next` of the page before.")
    return key


def page(
    request: HttpRequest,
    rows: Sequence[T],
    *,
    limit: int,
    key: Callable[[T], int],
    shown: Callable[[T], Any],
) -> dict[str, Any]:
    """A page of at most `limit` of `rows`, which holds one more if there is a next page."""
    following = None
    if len(rows) > limit:
        rows = rows[:limit]
        cursor = urlsafe_b64encode(str(key(rows[-1])).encode()).decode()
        query = request.GET.copy()
        query["cursor"] = cursor
        following = f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"
    return {"items": [shown(row) for row in rows], "next": following}
