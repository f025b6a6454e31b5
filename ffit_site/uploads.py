"""Files that people send are read in memory, two at a time in a process."""

import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from ffit_site.gate import UPLOADS

AT_A_TIME = 2
WAITS = 5.0
BUSY = (
    "Other files are being read at this moment. Nothing was changed. Go back and send yours again "
    "in a minute."
)
_places = threading.BoundedSemaphore(AT_A_TIME)


class UploadsMiddleware:
    """The third waits for its turn, then 503. Stands behind the sign-in and before who reads.

    No upload handler of Django's: nobody tells a handler that a sender broke off, so it could not
    give back its place.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._held = threading.local()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self._held.is_held = False
        try:
            return self.get_response(request)
        finally:
            if self._held.is_held:
                self._held.is_held = False
                _places.release()

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Takes a place where a file is coming."""
        match = request.resolver_match
        if request.content_type != "multipart/form-data" or match is None:
            return None
        if match.url_name not in UPLOADS:
            return None
        if not _places.acquire(timeout=WAITS):
            return HttpResponse(
                BUSY, status=503, content_type="text/plain", headers={"Retry-After": "60"}
            )
        self._held.is_held = True
        return None
