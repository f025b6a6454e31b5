"""Every refusal of the API as problem+json (RFC 9457): a title, a status and a sentence."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema

from organisations.wrong_guesses import count_wrong, seconds_to_wait

CONTENT_TYPE = "application/problem+json"
TITLES = {
    401: "No valid token",
    403: "Not allowed",
    404: "Not found",
    422: "Not understood",
    429: "Too many tries",
}


class Problem(Schema):
    """Why there is no answer."""

    title: str
    status: int
    detail: str


def problem(status: int, detail: str) -> HttpResponse:
    """The answer to a request that is refused."""
    response = JsonResponse(
        {"title": TITLES[status], "status": status, "detail": detail},
        status=status,
        content_type=CONTENT_TYPE,
    )
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="FFIT"'
    return response


def no_token(request: HttpRequest, refusal: Any) -> HttpResponse:
    """401, the same for an unknown token, an ended one and none; 429 after very many wrong ones."""
    if "Authorization" in request.headers and count_wrong(request):
        response = problem(429, "Too many wrong tokens came from this address. Wait and try again.")
        response["Retry-After"] = str(seconds_to_wait())
        return response
    return problem(401, "Send a valid token: Authorization: Bearer ffit_…")


def not_allowed(request: HttpRequest, refusal: Any) -> HttpResponse:
    """403."""
    return problem(403, str(refusal) or "The holder of this token may not read this.")


def not_found(request: HttpRequest, refusal: Any) -> HttpResponse:
    """404."""
    return problem(404, "There is nothing at this address for this token.")


def not_understood(request: HttpRequest, refusal: Any) -> HttpResponse:
    """422, naming the parameter."""
    errors = getattr(refusal, "errors", [])
    said = "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in errors)
    return problem(422, said or str(refusal) or "A parameter cannot be read.")
