"""Lists in pages by key: stable while rows are added, and as quick at the end as at the start."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypedDict, TypeVar

from django.http import HttpRequest
from pydantic import Field

T = TypeVar("T")
Shown = TypeVar("Shown")
Cursor = Annotated[
    int, Field(ge=0, le=2**63 - 1, description="From the `next` of the page before.")
]
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Limit = Annotated[int, Field(ge=1, le=200, description="The maximum number of items to return.")]


class Page(TypedDict, Generic[Shown]):
    """A page of a list, as `schemas.Listed` describes it."""

    items: list[Shown]
    next: str | None


def page(
    request: HttpRequest,
    rows: Sequence[T],
    *,
    limit: int,
    key: Callable[[T], int],
    shown: Callable[[T], Shown],
) -> Page[Shown]:
    """A page of at most `limit` of `rows`, which holds one more if there is a next page."""
    following = None
    if len(rows) > limit:
        rows = rows[:limit]
        query = request.GET.copy()
        query["cursor"] = str(key(rows[-1]))
        following = f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"
    return {"items": [shown(row) for row in rows], "next": following}
