"""What a request brings to a form."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """The fields of a POST, even when it has none; nothing for a page that is only read."""
    return request.POST if request.method == "POST" else None
