"""The links under a long list."""

from typing import Any

from django.core.paginator import Page
from django.http import QueryDict


def page_links(page: Page[Any], query: QueryDict) -> dict[str, object] | None:
    """What the NHS pagination takes, keeping the filters; nothing where one page is enough."""
    if page.paginator.num_pages == 1:
        return None

    def address(number: int) -> str:
        kept = query.copy()
        kept["page"] = str(number)
        return f"?{kept.urlencode()}"

    items: list[dict[str, object]] = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            items.append(
                {"number": number, "href": address(number), "current": number == page.number}
            )
        else:
            items.append({"ellipsis": True})
    links: dict[str, object] = {"items": items}
    if page.has_previous():
        links["previous"] = {"href": address(page.previous_page_number())}
    if page.has_next():
        links["next"] = {"href": address(page.next_page_number())}
    return links
