"""Where the API is: open to tokens without a session, with ETags."""

from django.contrib.auth.decorators import login_not_required
from django.middleware.http import ConditionalGetMiddleware
from django.urls import URLPattern, URLResolver
from django.utils.decorators import decorator_from_middleware

from reports.api.v1 import api

with_etag = decorator_from_middleware(ConditionalGetMiddleware)


def api_urls() -> tuple[list[URLResolver | URLPattern], str, str]:
    """The addresses of version 1 for `path("api/v1/", …)`."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if pattern.callback is not None:
            pattern.callback = login_not_required(with_etag(pattern.callback))
    return patterns, app_name, namespace
