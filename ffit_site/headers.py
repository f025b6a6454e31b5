"""What browsers are told about every answer: keep nothing, ask for no camera, stay apart."""

from collections.abc import Callable
from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

# What no page of ours uses; a passkey may be used by our own pages alone.
PERMISSIONS = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
WITH_ETAGS = "/api/v1/"


def _set_no_cookie_twice(request: HttpRequest, response: HttpResponse) -> None:
    """Django sends the cookie of forms with every page, to make it last longer.

    Browsers forget a page as soon as a cookie changes, and with it what was typed there; signing in
    renews the cookie often enough.
    """
    name = settings.CSRF_COOKIE_NAME
    again = response.cookies.get(name)
    if again is not None and again.value and again.value == request.COOKIES.get(name):
        del response.cookies[name]


class BrowserMiddleware:
    """Only files under `/static/` may be kept: nothing of a member's is left on a shared computer.

    Answers of the API may be asked for again by their ETag. A page may name fewer permissions.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            has_etag = request.path.startswith(WITH_ETAGS)
            response["Cache-Control"] = "private, no-cache" if has_etag else "no-store"
            if not has_etag:
                # What nobody keeps differs for nobody; the answer page counts each byte.
                response.headers.pop("Vary", None)
            _set_no_cookie_twice(request, response)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class PolicyMiddleware(CSPMiddleware):
    """The policy of django-csp, which builds it anew for each answer, a tenth of an answer page.

    A page may bring its own; a page that asked for no nonce has the site's, built once.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if HEADER in response:
            return response
        parts = self.get_policy_parts(request=request, response=response)
        if parts == PolicyParts():
            response[HEADER] = _plain_policy()
            return response
        return super().process_response(request, response)


@cache
def _plain_policy() -> str:
    return build_policy()
